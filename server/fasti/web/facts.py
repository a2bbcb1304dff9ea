"""Statements as pages need them: subjects with an IRI, values that are an IRI or a literal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from fasti.store.embedded import Literal, NamedNode, Quad


class Fact(NamedTuple):
    """A statement without its graph; the data have no blank nodes."""

    subject: NamedNode
    predicate: NamedNode
    object: NamedNode | Literal


def facts(quads: Iterable[Quad]) -> Iterator[Fact]:
    """The statements of the quads; one with another kind of term, which no release holds, is passed over."""
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            yield Fact(quad.subject, quad.predicate, quad.object)
