"""Ask a store for what it holds: today the embedded engine, whose types the rest of the package uses as they are."""

from fasti.store.embedded import Dataset, canonical, settled
from fasti.store.notation import shorten
from fasti.store.terms import DefaultGraph, Engine, Graph, Literal, NamedNode, Quad, Term, Triple, graph_iri

__all__ = [
    "Dataset",
    "DefaultGraph",
    "Engine",
    "Graph",
    "Literal",
    "NamedNode",
    "Quad",
    "Term",
    "Triple",
    "canonical",
    "graph_iri",
    "settled",
    "shorten",
]
