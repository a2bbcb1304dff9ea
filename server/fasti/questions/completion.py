"""Writes terms into the blanks of a question: a complete query that anybody can run anywhere."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fasti.questions.question import Question
from fasti.store.terms import Literal, Term
from fasti.vocabulary import Vocabulary

_PREFIX = re.compile(r"(?<![\w:<\"])(\w+):(?=\w)")
_RELATIVE = re.compile(r"<(?!\w+:)[^<>\s]+>")
_QUIET = re.compile(r'"[^"\n]*"|<[^<>\s]*>')


def complete(question: Question, terms: Mapping[str, Term], vocabulary: Vocabulary) -> str:
    """The query with its blanks given by `VALUES`, its prefixes declared, and its title, filled too, as a comment.

    Terms are written by the engine's own serializer in the notation of N-Triples, which is SPARQL's as well.

    Args:
        question: the question.
        terms: one term for each of its blanks, by name.
        vocabulary: of the deployment that it is asked of.
    """
    before, after = question.halves()
    title = question.title.format_map({name: _said(term) for name, term in terms.items()})
    return f"# {title}\n{prologue(question.text, vocabulary)}{before}{_values(question, terms)}{after}"


def _said(term: Term) -> str:
    """A term in a comment: an IRI in brackets, a day as it is written."""
    return term.value if isinstance(term, Literal) else str(term)


def _values(question: Question, terms: Mapping[str, Term]) -> str:
    if not question.blanks:
        return ""
    names = " ".join(f"?{blank.name}" for blank in question.blanks)
    row = " ".join(str(terms[blank.name]) for blank in question.blanks)
    return f"\n  VALUES ({names}) {{ ({row}) }}"


def prologue(text: str, vocabulary: Vocabulary) -> str:
    """The declarations that a query file needs elsewhere: `BASE` where it has relative IRIs, and its prefixes."""
    used = set(_PREFIX.findall(_QUIET.sub("", text)))
    base = f"BASE <{vocabulary.base}>\n" if _RELATIVE.search(text) else ""
    declared = "".join(f"PREFIX {p}: <{iri}>\n" for p, iri in vocabulary.prefixes.items() if p in used)
    return base + declared
