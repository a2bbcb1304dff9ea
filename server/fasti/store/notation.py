"""Statements as people read them: prefixed names, IRIs relative to the base."""

from __future__ import annotations

import re

from fasti.store.terms import Literal, NamedNode, Quad
from fasti.vocabulary import Vocabulary


def shorten(quad: Quad, vocabulary: Vocabulary) -> str:
    """A statement with prefixed names and IRIs relative to the base."""
    return " ".join(_short(term, vocabulary) for term in (quad.subject, quad.predicate, quad.object))


def _short(term: object, vocabulary: Vocabulary) -> str:
    if isinstance(term, Literal):
        plain = term.datatype.value.endswith(("#string", "#langString"))
        return f'"{term.value}"' + (
            f"@{term.language}" if term.language else "" if plain else f"^^{_short(term.datatype, vocabulary)}"
        )
    if not isinstance(term, NamedNode):
        return str(term)
    for prefix, namespace in vocabulary.prefixes.items():
        local = term.value.removeprefix(namespace)
        if local != term.value and re.fullmatch(r"[\w.-]+", local):
            return f"{prefix}:{local}"
    return f"<{term.value.removeprefix(vocabulary.base)}>"
