"""Ready questions with blanks: what they ask, how a blank is filled, and the query that comes of it."""

from fasti.questions.completion import complete, prologue
from fasti.questions.examples import day, examples, filled
from fasti.questions.question import CLASSES, Blank, Question, questions

__all__ = ["CLASSES", "Blank", "Question", "complete", "day", "examples", "filled", "prologue", "questions"]
