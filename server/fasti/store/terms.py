"""The engine's terms, typed as narrowly as this data set uses them: no blank nodes, no triple terms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode

Term = NamedNode | Literal
Graph = NamedNode | DefaultGraph
Engine = Any  # the engine's own, wider types, where a module hands terms over to it

if TYPE_CHECKING:

    class Triple:
        """A triple whose subject is an IRI and whose object is an IRI or a literal."""

        def __init__(self, subject: NamedNode, predicate: NamedNode, object: Term) -> None: ...
        @property
        def subject(self) -> NamedNode: ...
        @property
        def predicate(self) -> NamedNode: ...
        @property
        def object(self) -> Term: ...
        def __hash__(self) -> int: ...
        def __iter__(self) -> Iterator[Any]: ...

    class Quad:
        """Such a triple in a graph; the default graph is the record."""

        def __init__(self, subject: NamedNode, predicate: NamedNode, object: Term, graph_name: Graph = ...) -> None: ...
        @property
        def subject(self) -> NamedNode: ...
        @property
        def predicate(self) -> NamedNode: ...
        @property
        def object(self) -> Term: ...
        @property
        def graph_name(self) -> Graph: ...
        @property
        def triple(self) -> Triple: ...
        def __hash__(self) -> int: ...
        def __iter__(self) -> Iterator[Any]: ...

else:
    from pyoxigraph import Quad, Triple


def graph_iri(quad: Quad) -> str:
    """The IRI of the graph that a quad stands in; nothing for the record."""
    graph = quad.graph_name
    return graph.value if isinstance(graph, NamedNode) else ""


__all__ = [
    "BlankNode",
    "DefaultGraph",
    "Engine",
    "Graph",
    "Literal",
    "NamedNode",
    "Quad",
    "Term",
    "Triple",
    "graph_iri",
]
