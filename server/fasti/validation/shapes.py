"""The shapes as screening needs them: read from the shapes graph, with what it does not know named (SHACL 1.0, Core)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import rdflib
from rdflib.namespace import RDF, RDFS, SH

from fasti.store import NamedNode, Term
from fasti.validation.interchange import from_rdflib
from fasti.validation.paths import Path, UnknownPathError, read_path

ShapeNode = rdflib.term.Node

_NUMBERS = ("minCount", "maxCount", "minLength", "maxLength")
_TERMS = (
    *("class", "datatype", "nodeKind", "hasValue", "equals", "disjoint", "lessThan", "lessThanOrEquals", "pattern"),
    *("minInclusive", "maxInclusive", "minExclusive", "maxExclusive"),
)
_LISTS = ("in", "languageIn")
_SHAPES = ("node", "property", "not")
_SHAPE_LISTS = ("and", "or", "xone")
_SAY_NOTHING = {  # of what is valid: what a result carries, what a form shows, where the targets are
    *("path", "severity", "message", "name", "description", "order", "group", "defaultValue", "deactivated"),
    *("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf"),
    *("flags", "ignoredProperties", "qualifiedMinCount", "qualifiedMaxCount", "qualifiedValueShapesDisjoint"),
    *("target", "rule", "expression", "js"),  # of SHACL's Advanced Features, which the judge does not run
}


@dataclass(frozen=True, slots=True)
class Constraint:
    """One constraint of a shape: the component's parameter (SHACL, section 4) and what it is given."""

    kind: str
    terms: tuple[Term, ...] = ()
    shapes: tuple[Shape, ...] = ()
    least: int = 0
    most: int | None = None
    text: str = ""

    @property
    def number(self) -> int:
        """The value of a parameter that takes an integer."""
        return int(self.terms[0].value)


@dataclass(frozen=True, slots=True)
class Targets:
    """Where a shape looks for its focus nodes (SHACL, section 2.1.3)."""

    nodes: tuple[rdflib.term.Node, ...] = ()
    classes: tuple[NamedNode, ...] = ()
    subjects_of: tuple[NamedNode, ...] = ()
    objects_of: tuple[NamedNode, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.nodes or self.classes or self.subjects_of or self.objects_of)


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape or, with a path, a property shape; `unknown` names what of it screening cannot read."""

    node: ShapeNode
    path: Path | None
    constraints: tuple[Constraint, ...] = field(repr=False)
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A shape and the targets that it is judged for; a property shape may have those of its node shape."""

    shape: Shape
    targets: Targets


class ShapesGraph:
    """Reads shapes from a graph."""

    def __init__(self, graph: rdflib.Graph) -> None:
        self.graph = graph
        self._custom = {
            path
            for component in graph.subjects(RDF.type, SH.ConstraintComponent)
            for parameter in graph.objects(component, SH.parameter)
            for path in graph.objects(parameter, SH.path)
        }
        self._reading: list[ShapeNode] = []

    def units(self) -> Iterator[Unit]:
        """Every shape that has targets, its property shapes apart from it where that changes nothing."""
        targeted = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
        nodes = {node for predicate in targeted for node in self.graph.subjects(predicate)}
        nodes |= {node for kind in (SH.NodeShape, SH.PropertyShape) for node in self.graph.subjects(RDF.type, kind)}
        for node in sorted(nodes, key=str):
            targets = self._targets(node)
            if not targets or self._deactivated(node):
                continue
            parts = list(self.graph.objects(node, SH.property)) if self._is_apart(node) else []
            apart = [part for part in parts if self._is_own_part(part)]
            for part in sorted(apart, key=str):
                yield Unit(self.shape(part), targets)
            shape = self.shape(node, without=frozenset(apart))
            if shape.constraints or shape.unknown:
                yield Unit(shape, targets)

    def _is_apart(self, node: ShapeNode) -> bool:
        """Whether its property shapes mean the same without this node shape, and nothing but its targets leads to it."""
        used = set(self.graph.predicates(node))
        return not any(self.graph.subjects(None, node)) and not used & {SH.path, SH.closed}

    def _is_own_part(self, part: ShapeNode) -> bool:
        """Whether a property shape belongs to one node shape only, and is judged through it only."""
        return len(list(self.graph.subjects(None, part))) == 1 and not self._targets(part)

    def _deactivated(self, node: ShapeNode) -> bool:
        return any(str(value) == "true" for value in self.graph.objects(node, SH.deactivated))

    def _targets(self, node: ShapeNode) -> Targets:
        def iris(predicate: rdflib.URIRef) -> tuple[NamedNode, ...]:
            return tuple(sorted(map(_iri, self.graph.objects(node, predicate)), key=str))

        implicit = (_iri(node),) if (node, RDF.type, RDFS.Class) in self.graph else ()
        return Targets(
            nodes=tuple(self.graph.objects(node, SH.targetNode)),
            classes=iris(SH.targetClass) + implicit,
            subjects_of=iris(SH.targetSubjectsOf),
            objects_of=iris(SH.targetObjectsOf),
        )

    def shape(self, node: ShapeNode, without: frozenset[ShapeNode] = frozenset()) -> Shape:
        """A shape and those that its constraints name, but for some of its property shapes."""
        if node in self._reading:
            return Shape(node, None, (), ("a shape that leads back to itself",))
        if self._deactivated(node):
            return Shape(node, None, ())
        self._reading.append(node)
        try:
            return self._shape(node, without)
        finally:
            self._reading.pop()

    def _shape(self, node: ShapeNode, without: frozenset[ShapeNode]) -> Shape:
        unknown: list[str] = []
        path = None
        if (found := self.graph.value(node, SH.path)) is not None:
            try:
                path = read_path(self.graph, found)
            except UnknownPathError as error:
                unknown.append(str(error))
        constraints: list[Constraint] = []
        for predicate, value in sorted(self.graph.predicate_objects(node), key=str):
            name = str(predicate).removeprefix(str(SH))
            if predicate in self._custom:
                unknown.append(f"the parameter {predicate} of a component of its own")
            elif name != str(predicate) and name not in _SAY_NOTHING and value not in without:
                read = self._constraint(node, name, value)
                constraints += [read] if read else []
                unknown += [] if read else [f"sh:{name}"]
        nested = (u for c in constraints for s in c.shapes for u in s.unknown)
        return Shape(node, path, tuple(constraints), tuple(dict.fromkeys((*unknown, *nested))))

    def _constraint(self, node: ShapeNode, name: str, value: rdflib.term.Node) -> Constraint | None:
        """A constraint by its parameter, or None where there is no such in SHACL Core or SHACL-SPARQL."""
        items = list(self.graph.items(value)) if name in _LISTS else [value] if name in (*_NUMBERS, *_TERMS) else []
        if any(isinstance(item, rdflib.BNode) for item in items):
            return None
        if name in _NUMBERS or name in _TERMS:
            flags = "".join(str(f) for f in self.graph.objects(node, SH.flags)) if name == "pattern" else ""
            return Constraint(name, (from_rdflib(value),), text=flags)
        if name in _LISTS:
            return Constraint(name, tuple(map(from_rdflib, items)))
        if name in _SHAPES:
            return Constraint(name, shapes=(self.shape(value),))
        if name in _SHAPE_LISTS:
            return Constraint(name, shapes=tuple(self.shape(item) for item in self.graph.items(value)))
        if name == "uniqueLang":
            return Constraint(name, (from_rdflib(value),))
        if name == "closed":
            ignored = [i for found in self.graph.objects(node, SH.ignoredProperties) for i in self.graph.items(found)]
            own = [p for part in self.graph.objects(node, SH.property) for p in self.graph.objects(part, SH.path)]
            allowed = {i for i in (*ignored, *own) if isinstance(i, rdflib.URIRef)}
            return Constraint(name, tuple(sorted(map(_iri, allowed), key=str)), text=str(value))
        if name == "qualifiedValueShape":
            return self._qualified(node, value)
        if name == "sparql":
            return Constraint(name, text=self._select(value))
        return None

    def _qualified(self, node: ShapeNode, value: rdflib.term.Node) -> Constraint | None:
        least, most = (self.graph.value(node, p) for p in (SH.qualifiedMinCount, SH.qualifiedMaxCount))
        if str(self.graph.value(node, SH.qualifiedValueShapesDisjoint)) == "true":
            return None  # the shapes beside it would have to be read too
        counts = (int(str(least or 0)), None if most is None else int(str(most)))
        return Constraint("qualifiedValueShape", (), (self.shape(value),), *counts)

    def _select(self, constraint: rdflib.term.Node) -> str:
        """The text of a SPARQL constraint with the prefixes that it declares."""
        declared = [d for o in self.graph.objects(constraint, SH.prefixes) for d in self.graph.objects(o, SH.declare)]
        prefixes = sorted(
            f"PREFIX {self.graph.value(d, SH.prefix)}: <{self.graph.value(d, SH.namespace)}>" for d in declared
        )
        return "\n".join([*prefixes, str(self.graph.value(constraint, SH.select) or "")])


def _iri(node: rdflib.term.Node) -> NamedNode:
    return NamedNode(str(node))
