"""What of the data a shape can see from a focus node: the statements that its paths, classes and pairs lead over.

Whatever the judge looks up for a focus node and a shape is looked up here too, by the same paths and from the same
nodes, so that it finds in this small graph what it would find in the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib.namespace import RDF, RDFS

from fasti.store import Dataset, Graph, Literal, NamedNode, Term
from fasti.store.embedded import BlankNode, Triple
from fasti.validation.constraint_queries import sight
from fasti.validation.paths import Path, Repeated, Sequence, Step, steps
from fasti.validation.shapes import Constraint, Shape

_PAIRS = ("equals", "disjoint", "lessThan", "lessThanOrEquals")
_TYPE, _SUBCLASS = NamedNode(str(RDF.type)), NamedNode(str(RDFS.subClassOf))

Subject = NamedNode | BlankNode


class Judged:
    """What is judged: the union of some graphs of a dataset, and findings, which stand in none."""

    def __init__(self, dataset: Dataset, graphs: tuple[Graph, ...], findings: Iterable[Triple]) -> None:
        self.dataset = dataset
        self.graphs = graphs
        self._from: dict[Term, list[Triple]] = {}
        self._to: dict[Term, list[Triple]] = {}
        for triple in findings:
            self._from.setdefault(triple.subject, []).append(triple)
            self._to.setdefault(triple.object, []).append(triple)

    def triples(self, s: Term | None = None, p: NamedNode | None = None, o: Term | None = None) -> Iterator[Triple]:
        """The triples that match; None matches anything."""
        if isinstance(s, Literal):
            return
        for graph in self.graphs:
            yield from (quad.triple for quad in self.dataset.quads(s, p, o, graph))
        found = self._from.get(s, ()) if s is not None else self._to.get(o, ()) if o is not None else self.findings()
        yield from (t for t in found if p in (None, t.predicate) and o in (None, t.object))

    def findings(self) -> Iterator[Triple]:
        """The findings alone."""
        return (triple for found in self._from.values() for triple in found)


class Neighbourhood:
    """Collects the statements that shapes can see."""

    def __init__(self, judged: Judged) -> None:
        self._judged = judged
        self.triples: set[Triple] = set()
        self._whole = False
        self._asked: set[str] = set()

    def see(self, shape: Shape, node: Term) -> None:
        """Add what a shape can see from a node."""
        if shape.unknown:
            self._see_all()
            return
        values = self._follow(shape.path, {node}) if shape.path else {node}
        for constraint in shape.constraints:
            self._see(constraint, node, values)

    def _see(self, constraint: Constraint, node: Term, values: set[Term]) -> None:
        for shape in constraint.shapes:
            for value in values:
                self.see(shape, value)
        if constraint.kind == "class":
            for value in values:
                self._see_classes(value)
        elif constraint.kind in _PAIRS:
            self._follow(Step(NamedNode(constraint.terms[0].value)), {node})
        elif constraint.kind == "closed":
            for value in values:
                self._take(self._judged.triples(value))
        elif constraint.kind == "sparql":
            self._see_query(constraint.text)

    def _see_classes(self, value: Term) -> None:
        """The classes of a node and all above them."""
        classes = {t.object for t in self._take(self._judged.triples(value, _TYPE))}
        self._follow(Repeated(Step(_SUBCLASS), "*"), classes)

    def _see_query(self, select: str) -> None:
        """All statements of the properties that a query names, wherever they are."""
        if select in self._asked:
            return
        self._asked.add(select)
        properties = sight(select).properties
        if properties is None:
            self._see_all()
            return
        for name in properties:
            self._take(self._judged.triples(None, name))

    def _see_all(self) -> None:
        if not self._whole:
            self._whole = True
            self._take(self._judged.triples())

    def _take(self, triples: Iterable[Triple]) -> list[Triple]:
        taken = list(triples)
        self.triples.update(taken)
        return taken

    def _follow(self, path: Path, nodes: set[Term]) -> set[Term]:
        """Where a path leads from some nodes; every statement on the way is taken."""
        if isinstance(path, Step):
            if path.inverted:
                return {t.subject for n in nodes for t in self._take(self._judged.triples(None, path.property, n))}
            return {t.object for n in nodes for t in self._take(self._judged.triples(n, path.property))}
        if isinstance(path, Sequence):
            for part in path.parts:
                nodes = self._follow(part, nodes)
            return nodes
        if isinstance(path, Repeated):
            return self._repeat(path, nodes)
        return {found for part in path.parts for found in self._follow(part, nodes)}

    def _repeat(self, path: Repeated, nodes: set[Term]) -> set[Term]:
        reached = set() if path.times == "+" else set(nodes)
        ahead = nodes
        while ahead:
            found = self._follow(path.part, ahead)
            ahead = set() if path.times == "?" else found - reached
            reached |= found
        return reached


def properties(shape: Shape) -> frozenset[NamedNode] | None:
    """The properties whose statements a shape can see; None is any."""
    if shape.unknown:
        return None
    found = {step.property for step in steps(shape.path)} if shape.path else set()
    for constraint in shape.constraints:
        seen = _properties(constraint)
        if seen is None:
            return None
        found |= seen
    return frozenset(found)


def _properties(constraint: Constraint) -> frozenset[NamedNode] | None:
    if constraint.kind == "closed":
        return None
    if constraint.kind == "sparql":
        return sight(constraint.text).properties
    if constraint.kind == "class":
        return frozenset({_TYPE, _SUBCLASS})
    if constraint.kind in _PAIRS:
        return frozenset({NamedNode(constraint.terms[0].value)})
    nested = [properties(shape) for shape in constraint.shapes]
    return None if None in nested else frozenset(iri for found in nested if found for iri in found)
