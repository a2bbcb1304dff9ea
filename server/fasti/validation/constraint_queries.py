"""SPARQL constraints (SHACL, section 5): which can be asked for all nodes at once, and what of the data they can see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import URIRef, Variable
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from fasti.store import NamedNode

_WRAPPED = ("SelectQuery", "Project", "Distinct", "Filter")


def set_wise(select: str) -> str | None:
    """The query as it is, if `$this` as a variable has the same solutions as one query for each of its values.

    That is so for conditions on one group of triple patterns that names `$this`: binding it beforehand and joining
    afterwards are the same there. Anything else (OPTIONAL, UNION, BIND, nested groups, aggregates) is not looked into.
    """
    pattern = _parsed(select)
    while pattern is not None and pattern.name in _WRAPPED:
        pattern = pattern.p
    if pattern is None or pattern.name != "BGP":
        return None
    in_it = any(Variable("this") in (s, o) for s, _, o in pattern.triples)
    special = {Variable(name) for name in ("PATH", "currentShape", "shapesGraph")}
    return select if in_it and not special & {Variable(v) for v in _variables(_parsed(select))} else None


@dataclass(frozen=True, slots=True)
class Sight:
    """The properties whose statements a query can match; None is any."""

    properties: frozenset[NamedNode] | None


def sight(select: str) -> Sight:
    """What a query can see: a graph with all statements of these properties gives the same solutions as the whole."""
    parsed = _parsed(select)
    if parsed is None:
        return Sight(None)
    found: set[NamedNode] = set()
    for predicate in _predicates(parsed):
        named = _named(predicate)
        if named is None:
            return Sight(None)
        found |= named
    return Sight(frozenset(found))


def _parsed(select: str) -> CompValue | None:
    try:
        return prepareQuery(select).algebra
    except Exception:  # the parser's own and pyparsing's; the judge will say what is wrong with it
        return None


def _predicates(part: object) -> Iterator[object]:
    """The predicate of every triple pattern, however deep in the algebra."""
    if isinstance(part, CompValue):
        if "triples" in part:
            yield from (p for triples in part.triples for p in triples[1::3])  # some are lists of several
        if part.name == "Graph":
            yield None
        for key, value in part.items():
            if key not in ("triples", "_vars"):
                yield from _predicates(value)
    elif isinstance(part, list | tuple | set):
        for item in part:
            yield from _predicates(item)


def _named(predicate: object) -> set[NamedNode] | None:
    """The properties of a predicate or a path, or None where it may be any, or match nodes without statements."""
    if isinstance(predicate, URIRef):
        return {NamedNode(str(predicate))}
    if isinstance(predicate, InvPath):
        return _named(predicate.arg)
    if isinstance(predicate, SequencePath | AlternativePath):
        parts = [_named(arg) for arg in predicate.args]
        return None if None in parts else {iri for part in parts if part for iri in part}
    if isinstance(predicate, MulPath) and not predicate.zero:
        return _named(predicate.path)
    return None


def _variables(part: object) -> Iterator[str]:
    """The names of all variables, wherever they are."""
    if isinstance(part, Variable):
        yield str(part)
    elif isinstance(part, CompValue):
        for value in part.values():
            yield from _variables(value)
    elif isinstance(part, list | tuple | set | frozenset):
        for item in part:
            yield from _variables(item)
