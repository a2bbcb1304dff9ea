"""The work of validation that several processes can share, on one dataset: find, screen, judge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

import rdflib
from rdflib.namespace import RDF, RDFS

from fasti.errors import ValidationError
from fasti.store import Dataset, DefaultGraph, Engine, Graph, Literal, NamedNode, Term
from fasti.store.embedded import BlankNode, Triple
from fasti.validation.findings import Search, misquotes
from fasti.validation.interchange import Interchange, from_rdflib, quiet_about_literals, to_rdflib
from fasti.validation.judge import Judge
from fasti.validation.neighbourhood import Judged, Neighbourhood
from fasti.validation.results import Found, results
from fasti.validation.screening import Screening
from fasti.validation.shapes import ShapesGraph, Targets, Unit
from fasti.validation.witness import Witness

_JUDGED_GRAPHS = ("evidence", "quality")  # next to the record
_FEW = 300  # targets, up to which it is cheaper to look up their values than to read all values of the path
_SUBCLASS = NamedNode(str(RDFS.subClassOf))
_TYPE = NamedNode(str(RDF.type))

Suspect = tuple[int, Term]  # which unit, and which focus node


@dataclass(frozen=True)
class Clerk:
    """Works on one dataset by the shapes of one folder."""

    dataset: Dataset
    folder: Path

    @cached_property
    def graphs(self) -> tuple[Graph, ...]:
        """The graphs whose union is judged."""
        vocabulary = self.dataset.vocabulary
        return (DefaultGraph(), *(NamedNode(vocabulary.graph(name)) for name in _JUDGED_GRAPHS))

    @cached_property
    def shapes(self) -> rdflib.Graph:
        """The shapes with this deployment's IRIs; the engine's parser is many times faster than rdflib's."""
        parsed = Dataset.memory(self.dataset.vocabulary)
        for path in sorted(self.folder.glob("*.ttl")):
            parsed.load(path)
        if len(parsed) == 0:
            raise ValidationError(f"{self.folder}: found no shapes, expected *.ttl files with SHACL shapes")
        shapes = Interchange()
        shapes.take(quad.triple for quad in parsed.quads())
        return shapes.graph

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """What is judged, in an order that every process has."""
        return tuple(ShapesGraph(self.shapes).units())

    @cached_property
    def judge(self) -> Judge:
        """PySHACL with these shapes."""
        return Judge(self.shapes, self.units)

    @cached_property
    def witness(self) -> Witness:
        """Who knows the words behind a result."""
        return Witness(self.dataset)

    @cached_property
    def screening(self) -> Screening:
        """The compiler for these shapes and the data's classes."""
        return Screening(self.narrower, lambda targets: not self.has(targets, _FEW + 1))

    @cached_property
    def _subclasses(self) -> Mapping[str, frozenset[str]]:
        """The direct subclasses of each class, in the graphs that are judged."""
        below: dict[str, set[str]] = {}
        for graph in self.graphs:
            for quad in self.dataset.quads(p=_SUBCLASS, graph=graph):
                if isinstance(quad.object, NamedNode) and isinstance(quad.subject, NamedNode):
                    below.setdefault(quad.object.value, set()).add(quad.subject.value)
        return {name: frozenset(found) for name, found in below.items()}

    @cached_property
    def needs_the_whole(self) -> bool:
        """Whether only pySHACL on everything will do: a class without a name cannot stand in a query."""
        classes = (t for g in self.graphs for q in self.dataset.quads(p=_SUBCLASS, graph=g) for t in q.triple)
        return any(isinstance(term, BlankNode) for term in classes)

    def narrower(self, wide: NamedNode) -> tuple[NamedNode, ...]:
        """A class and all below it."""
        found, ahead = {wide.value}, [wide.value]
        while ahead:
            more = self._subclasses.get(ahead.pop(), frozenset()) - found
            found |= more
            ahead += more
        return tuple(NamedNode(name) for name in sorted(found))

    def find(self, search: Search) -> list[Triple]:
        """What a query finds."""
        return list(dict.fromkeys(search.run(self.dataset)))

    def compare(self, texts: Mapping[str, str]) -> list[Triple]:
        """What the texts say differently."""
        return list(misquotes(self.dataset, texts))

    def screen(self, number: int, query: str) -> list[Suspect]:
        """The targets of a unit among the solutions of a query."""
        is_target = self._test(self.units[number].targets)
        return [(number, term) for term in self._solutions(query) if is_target(term)]

    def rule(self, suspects: Iterable[Suspect], findings: Iterable[Triple]) -> list[Found]:
        """The judge's results for these suspects, each seen with its own neighbourhood."""
        seen = Neighbourhood(Judged(self.dataset, self.graphs, findings))
        pairs = []
        for number, focus in suspects:
            shape = self.units[number].shape
            seen.see(shape, focus)
            pairs.append((shape.node, to_rdflib(focus)))
        with quiet_about_literals():
            graph = Interchange()
            graph.take(seen.triples)
            told = self.judge.some(graph.graph, pairs)
        return results(told, self.shapes, self.witness)

    def rule_whole(self, findings: Iterable[Triple], graph: rdflib.Graph | None = None) -> list[Found]:
        """The judge's results for everything at once; `graph` is the judged graphs where somebody has them already."""
        judged = Judged(self.dataset, self.graphs, findings)
        with quiet_about_literals():
            whole = Interchange(graph)
            whole.take(judged.triples() if graph is None else judged.findings())
            told = self.judge.whole(whole.graph)
        return results(told, self.shapes, self.witness)

    def _solutions(self, query: str) -> Iterator[Term]:
        graphs: Engine = list(self.graphs)
        answer: Engine = self.dataset.store.query(query, base_iri=self.dataset.vocabulary.base, default_graph=graphs)
        return (solution["this"] for solution in answer)

    def has(self, targets: Targets, number: int = 1) -> bool:
        """Whether there are so many targets, not counting those that findings make."""
        return next(islice(self._aims(targets), number - 1, None), None) is not None

    def _aims(self, targets: Targets) -> Iterator[object]:
        """What makes nodes targets; a node can be made one several times."""
        yield from targets.nodes
        classes = dict.fromkeys(kind for wide in targets.classes for kind in self.narrower(wide))
        properties = (*targets.subjects_of, *targets.objects_of)
        for p, o in (*((_TYPE, kind) for kind in classes), *((p, None) for p in properties)):
            for graph in self.graphs:
                yield from self.dataset.quads(None, p, o, graph)

    def _test(self, targets: Targets) -> Callable[[Term], bool]:
        """Whether a node is a target."""
        classes = {kind for wide in targets.classes for kind in self.narrower(wide)}
        nodes = {from_rdflib(node) for node in targets.nodes}

        def holds(term: Term) -> bool:
            if term in nodes or any(self._any(None, p, term) for p in targets.objects_of):
                return True
            if isinstance(term, Literal):
                return False
            return any(self._any(term, p, None) for p in targets.subjects_of) or any(
                quad.object in classes for g in self.graphs for quad in self.dataset.quads(term, _TYPE, graph=g)
            )

        return holds

    def _any(self, s: NamedNode | None, p: NamedNode, o: Term | None) -> bool:
        return any(True for graph in self.graphs for _ in self.dataset.quads(s, p, o, graph))
