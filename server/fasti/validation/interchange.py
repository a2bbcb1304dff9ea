"""Carry terms between the engine and rdflib, which pySHACL works on, without a detour through text."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import rdflib

from fasti.errors import ValidationError
from fasti.store.embedded import BlankNode, Literal, NamedNode, Triple


class Interchange:
    """An rdflib graph filled from the engine's terms, without a detour through text."""

    def __init__(self, graph: rdflib.Graph | None = None) -> None:
        self.graph = rdflib.Graph(bind_namespaces="none") if graph is None else graph
        self._terms: dict[object, rdflib.term.Node] = {}

    def take(self, triples: Iterable[Triple]) -> None:
        """Add these triples."""
        for triple in triples:
            self.graph.add((self._term(triple.subject), self._term(triple.predicate), self._term(triple.object)))

    def _term(self, term: object) -> rdflib.term.Node:
        known = self._terms.get(term)
        if known is None:
            known = self._terms[term] = to_rdflib(term)
        return known


def to_rdflib(term: object) -> rdflib.term.Node:
    """The interchange's term for the engine's, its lexical form untouched."""
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if not isinstance(term, Literal):
        raise ValidationError(f"found {term}, expected an IRI, a blank node or a literal")
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)


def from_rdflib(node: rdflib.term.Node) -> NamedNode | Literal:
    """The engine's term for an IRI or a literal; there is none in a query for a blank node."""
    if isinstance(node, rdflib.Literal):
        if node.language:
            return Literal(str(node), language=node.language)
        kind = str(node.datatype or rdflib.XSD.string)
        return Literal(str(node), datatype=NamedNode(kind))
    return NamedNode(str(node))


@contextmanager
def quiet_about_literals() -> Iterator[None]:
    """Silence rdflib's tracebacks about malformed literals: the shapes report them with their passage."""
    log = logging.getLogger("rdflib.term")
    level = log.level
    log.setLevel(logging.ERROR + 1)
    try:
        yield
    finally:
        log.setLevel(level)
