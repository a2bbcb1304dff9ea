"""Let pySHACL judge some focus nodes by some shapes: its only importer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import rdflib
from rdflib.namespace import RDF, RDFS, SH

from fasti.errors import ValidationError
from fasti.validation.interchange import quiet_about_literals
from fasti.validation.shapes import ShapeNode, Unit

Told = Mapping[str, rdflib.term.Node]  # what a result says, by SHACL's names: focusNode, value, sourceShape …

_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)


class Judge:
    """Judges graphs by the shapes of a shapes graph."""

    def __init__(self, shapes: rdflib.Graph, units: Iterable[Unit]) -> None:
        self._shapes = shapes
        apart = {unit.shape.node for unit in units if not any((unit.shape.node, t, None) in shapes for t in _TARGETS)}
        self._aimless = [triple for triple in shapes if not _aims(triple, apart)]

    def whole(self, graph: rdflib.Graph) -> list[Told]:
        """All results for a graph, by the shapes as they stand."""
        return _results(graph, self._shapes)

    def some(self, graph: rdflib.Graph, suspects: Iterable[tuple[ShapeNode, rdflib.term.Node]]) -> list[Told]:
        """The results for pairs of a shape and a focus node only, whatever the shapes' own targets are."""
        shapes = rdflib.Graph(bind_namespaces="none")
        for triple in self._aimless:
            shapes.add(triple)
        for shape, focus in suspects:
            shapes.add((shape, SH.targetNode, focus))
        return _results(graph, shapes)


def _aims(triple: tuple[ShapeNode, ShapeNode, ShapeNode], apart: set[ShapeNode]) -> bool:
    """Whether a triple gives a shape targets: of its own, as a class, or those of its node shape."""
    _, p, o = triple
    return p in _TARGETS or (p == RDF.type and o == RDFS.Class) or (p == SH.property and o in apart)


def _results(graph: rdflib.Graph, shapes: rdflib.Graph) -> list[Told]:
    """The report's own results: sh:detail leads to further ones, which are about parts of them."""
    import pyshacl  # here, because only a build needs it, and it takes a while

    with quiet_about_literals():
        _, raw, text = pyshacl.validate(graph, shacl_graph=shapes, inplace=True, advanced=False, inference="none")
    if not isinstance(raw, rdflib.Graph):
        raise ValidationError(f"the shapes cannot be run: {text}")
    return [_told(raw, node) for node in raw.objects(None, SH.result)]


def _told(raw: rdflib.Graph, node: rdflib.term.Node) -> Told:
    pairs = sorted(raw.predicate_objects(node), key=str, reverse=True)  # of several messages the first counts
    return {str(p).rpartition("#")[2]: o for p, o in pairs}
