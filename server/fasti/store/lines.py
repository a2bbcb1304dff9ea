"""Quads as lines of N-Quads, put together from terms that are written already: cheaper by far than to make each quad."""

from __future__ import annotations

from functools import lru_cache

from fasti.store.terms import Literal, NamedNode
from fasti.vocabulary import Vocabulary


class Lines:
    """Writes quads of one graph."""

    def __init__(self, vocabulary: Vocabulary, graph: str) -> None:
        self._terms = _terms(vocabulary)
        self._end = f" {iri(graph)} .\n"

    def quad(self, s: str, p: str, o: str) -> str:
        """A line: subject and object as N-Quads have them, the predicate a prefixed name."""
        return f"{s} {self._terms[p]} {o}{self._end}"

    def term(self, name: str) -> str:
        """The IRI of a prefixed name, as N-Quads have it."""
        return self._terms[name]


def iri(value: str) -> str:
    """An IRI that is known to be one, as N-Quads have it."""
    return f"<{value}>"


def literal(value: str | int, language: str | None = None) -> str:
    """A literal as N-Quads have it."""
    return str(Literal(value, language=language))


class _Terms(dict[str, str]):
    """Prefixed names to their IRIs as N-Quads have them, each written once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def __missing__(self, name: str) -> str:
        written = self[name] = str(NamedNode(self._vocabulary.expand(name)))
        return written


@lru_cache(maxsize=4)
def _terms(vocabulary: Vocabulary) -> _Terms:
    return _Terms(vocabulary)


__all__ = ["Lines", "iri", "literal"]
