"""Which digits in running prose are the dates that they look like; in doubt, they are not."""

from __future__ import annotations

import re

from fasti.documents.dates.grammar import Grammar
from fasti.documents.dates.phrases import BOUNDS
from fasti.documents.dates.tokens import Kind

_SET_OFF = {Kind.OPEN, Kind.CLOSE, Kind.COMMA, Kind.SEMICOLON, Kind.LINE, None}
_ENDS = _SET_OFF | {Kind.DOT}
_LIKELY = range(1800, 2101)
_COUNTED = frozenset(
    word
    for line in (
        "people persons men women members delegates deputies soldiers troops officers officials staff",
        "workers employees cadres students households families villages towns counties units offices items",
        "documents copies pages words votes seats yuan dollars pounds euros rubles yen tons",
        "tonnes metres meters miles kilometres km square hectares acres percent % million billion thousand",
        "hours days weeks months years",
    )
    for word in line.split()
)
_NUMBERED = re.compile("nos?|pp?|pages?|room|articles?|section|iso|tel|fax|vol|volume|number|line")
_NO_PLURALS = ("was", "is", "as", "has", "its", "his", "this")
_COUNTING = {Kind.ABOUT, Kind.TILDE, Kind.THE, Kind.FROM, Kind.BETWEEN} | BOUNDS


def plausible(words: Grammar, start: int, end: int, *, bare: bool, chained: bool) -> bool:
    """Whether what stands from `start` to `end` dates something.

    Args:
        words: the text's words.
        start: the expression's first word.
        end: the word after it.
        bare: whether it begins with a year that nothing introduces.
        chained: whether it goes on from another date ("in 1956, 1960 and 1964").

    Returns:
        False for quantities ("about 1500 staff"), numbers of things ("No. 1990"), parts of codes, and single
        bare years that neither punctuation nor another date sets apart.
    """
    if _counts(words, start, end) or _coded(words, start, end):
        return False
    first = words.tokens[start]
    if end - start == 1 and first.kind is Kind.YEAR_MONTH and "." in first.text:
        return False
    if end - start == 2 and first.kind is Kind.THE and words.kind(start + 1) is Kind.YEAR:
        return words.tokens[start + 1].value in _LIKELY
    if not bare:
        return not (first.text in ("on", "at") and words.kind(start + 1) is Kind.YEAR)
    before = words.tokens[start - (2 if words.kind(start - 1) is Kind.DOT else 1)].text if start else ""
    if _NUMBERED.fullmatch(before):
        return False
    return end - start > 1 or chained or _set_off(words, start, end)


def _set_off(words: Grammar, start: int, end: int) -> bool:
    """Whether a single year stands apart, in brackets or between commas; or is that of "law of 1982"."""
    before = words.kind(start - 1) if start else None
    if before is Kind.OF:
        return words.tokens[start].value in _LIKELY
    return before in _SET_OFF - {Kind.CLOSE} and words.kind(end) in _ENDS


def _counts(words: Grammar, start: int, end: int) -> bool:
    """Whether the digits at the end count what comes next."""
    if end >= len(words.tokens) or words.kind(end - 1) not in (Kind.YEAR, Kind.NUMBER):
        return False
    after = words.tokens[end].text
    if after in _COUNTED:
        return True
    plural = words.kind(end) is Kind.OTHER and after.endswith("s") and after not in _NO_PLURALS
    return plural and words.kind(end - 2) is not Kind.MONTH and words.kind(start) in _COUNTING


def _coded(words: Grammar, start: int, end: int) -> bool:
    """Whether a hyphen or a stroke without blanks ties the expression to more letters or digits."""
    before = start > 1 and words.tokens[start - 1].text in ("-", "/") and not words.tokens[start].blank
    if before and not words.tokens[start - 1].blank:
        return True
    if end + 1 >= len(words.tokens) or words.tokens[end].text not in ("-", "/"):
        return False
    tied = not (words.tokens[end].blank or words.tokens[end + 1].blank)
    return tied and words.kind(end + 1) not in _ENDS
