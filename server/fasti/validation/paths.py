"""Property paths of shapes (SHACL, section 2.3.1); of inverted ones those that invert a single property."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import rdflib
from rdflib.namespace import RDF, SH

from fasti.store import NamedNode


class UnknownPathError(ValueError):
    """A path that SHACL 1.0 does not describe, or whose meaning is better left to the judge."""


@dataclass(frozen=True, slots=True)
class Step:
    """Along one property, or against it."""

    property: NamedNode
    inverted: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """One path after the other."""

    parts: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Any of several paths."""

    parts: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A path taken `?`, `*` or `+` times."""

    part: Path
    times: str


Path = Step | Sequence | Alternative | Repeated

_REPEATED = ((SH.zeroOrMorePath, "*"), (SH.oneOrMorePath, "+"), (SH.zeroOrOnePath, "?"))


def read_path(graph: rdflib.Graph, node: rdflib.term.Node) -> Path:
    """The path at a node of a shapes graph.

    Raises:
        UnknownPathError: it is none of those that are known.
    """
    if isinstance(node, rdflib.URIRef):
        return Step(NamedNode(str(node)))
    if (node, RDF.first, None) in graph:
        return Sequence(tuple(read_path(graph, part) for part in graph.items(node)))
    if (either := graph.value(node, SH.alternativePath)) is not None:
        return Alternative(tuple(read_path(graph, part) for part in graph.items(either)))
    if (inner := graph.value(node, SH.inversePath)) is not None:
        if isinstance(inner, rdflib.URIRef):
            return Step(NamedNode(str(inner)), inverted=True)
        raise UnknownPathError("an inverted path of several steps")  # pySHACL finds nothing there
    for predicate, times in _REPEATED:
        if (inner := graph.value(node, predicate)) is not None:
            return Repeated(read_path(graph, inner), times)
    raise UnknownPathError("a path that is none of SHACL's")


def steps(path: Path) -> Iterator[Step]:
    """Every single step that a path has in it."""
    if isinstance(path, Step):
        yield path
    elif isinstance(path, Repeated):
        yield from steps(path.part)
    else:
        for part in path.parts:
            yield from steps(part)


def can_repeat(path: Path) -> bool:
    """Whether the path may be taken any number of times somewhere."""
    if isinstance(path, Step):
        return False
    return isinstance(path, Repeated) or any(can_repeat(part) for part in path.parts)
