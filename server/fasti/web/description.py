"""Everything the data say of one entity, in both directions, with what a reader needs to make sense of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from fasti.catalog import LICENSE
from fasti.release import Release
from fasti.store.embedded import DefaultGraph, Literal, NamedNode, Quad
from fasti.store.serialize import Format
from fasti.web.facts import Fact
from fasti.web.moments import Moment
from fasti.web.states import State

OUTWEIGHED = "The record does not follow this: it is what a passage says whose reading others outweigh."
_RECORD = DefaultGraph()
# Kinds of entity that other graphs than the record describe.
_GRAPHS = {"passage": "evidence", "source": "evidence", "conflict": "quality"}


@dataclass(frozen=True)
class Description:
    """An entity and its hash children in one release; make it with `describe`.

    With a `moment` it is the state then (see `states`), and the document says `fasti:stateAt` the moment. Passage
    graphs are those that make one of the statements left; what they say is the source's and is not cut.
    """

    release: Release
    iri: str
    moment: Moment | None = None

    @cached_property
    def graphs(self) -> list[NamedNode | DefaultGraph]:
        """The graphs that describe an entity of this kind: the record, and another one for some kinds."""
        return [*self._own, *self._saying] if self.is_outweighed else self._own

    @cached_property
    def is_outweighed(self) -> bool:
        """Whether only passages know of the entity, whose readings the record does not follow (profile, section 7)."""
        node, dataset = NamedNode(self.iri), self.release.dataset
        return not any(
            next(quads, None)
            for g in self._own
            for quads in (dataset.quads(s=node, graph=g), dataset.quads(o=node, graph=g))
        )

    @property
    def _own(self) -> list[NamedNode | DefaultGraph]:
        kind = self.iri.removeprefix(self.release.base + "id/").partition("/")[0]
        named = [NamedNode(self.release.vocabulary.graph(_GRAPHS[kind]))] if kind in _GRAPHS else []
        return [_RECORD, *named]

    @property
    def _saying(self) -> list[NamedNode]:
        """The passages that say something of the entity."""
        prefix = self.release.base + "id/passage/"
        graphs = {quad.graph_name for quad in self.release.dataset.quads(s=NamedNode(self.iri))}
        found = [graph for graph in graphs if isinstance(graph, NamedNode) and graph.value.startswith(prefix)]
        return sorted(found, key=lambda graph: graph.value)

    @cached_property
    def subjects(self) -> list[NamedNode]:
        """The entity and its hash children, found by the statements that connect them."""
        return list(self._around)

    @cached_property
    def statements(self) -> list[Quad]:
        """The statements that have the entity or a hash child as subject or object."""
        found = dict.fromkeys(quad for quads in self._around.values() for quad in quads if self._describes(quad))
        return [quad for quad in found if self.holds(quad)]

    @cached_property
    def passages(self) -> list[NamedNode]:
        """The passages that speak of the entity, in the order of their IRIs."""
        prefix = self.release.base + "id/passage/"
        graphs = {quad.graph_name for quads in self._around.values() for quad in quads if self.holds(quad)}
        own = {NamedNode(self.iri)} if self.iri.startswith(prefix) else set()
        named = {g for g in graphs if isinstance(g, NamedNode) and g.value.startswith(prefix)} | own
        return sorted(named, key=lambda node: node.value)

    @cached_property
    def _around(self) -> dict[NamedNode, list[Quad]]:
        """The entity and its hash children, each with what any graph says of it: two look-ups in the store for each."""
        found: dict[NamedNode, list[Quad]] = {}
        waiting = [NamedNode(self.iri)]
        while waiting:
            node = waiting.pop()
            if node in found:
                continue
            dataset = self.release.dataset
            found[node] = [*dataset.quads(s=node), *dataset.quads(o=node)]
            terms = (term for q in found[node] if self._describes(q) for term in (q.subject, q.object))
            waiting += [term for term in terms if isinstance(term, NamedNode) and term.value.startswith(f"{self.iri}#")]
        return found

    def _describes(self, quad: Quad) -> bool:
        return quad.graph_name in self.graphs

    @cached_property
    def sources(self) -> list[NamedNode]:
        """The documents that those passages stand in."""
        return sorted({self._source(passage) for passage in self.passages}, key=lambda node: node.value)

    def data(self, form: Format) -> Iterator[Quad]:
        """The description in the record's terms; a format that tells graphs apart also has who says so."""
        yield from self.statements
        yield from self.labels(self.statements)
        yield from self.document(self.sources)
        if self.state is not None:
            yield from self.state.marks(self.statements)
        if form.graphs:
            yield from self._evidence()

    @cached_property
    def state(self) -> State | None:
        """The state at the moment, if there is one."""
        return State(self.iri, self.moment, self.release.vocabulary) if self.moment is not None else None

    def certainty(self, node: object) -> str:
        """How something stands to the moment, in a word; nothing where it has no time, or nobody asked."""
        return (self.state.certainty(node) or "") if self.state is not None else ""

    def holds(self, statement: Quad | Fact) -> bool:
        """Whether a statement belongs to the state at the moment; every statement does when there is none."""
        return self.state is None or self.state.holds(statement)

    def _touching(self, node: NamedNode) -> Iterator[Quad]:
        for graph in self.graphs:
            yield from self.release.dataset.quads(s=node, graph=graph)
            yield from self.release.dataset.quads(o=node, graph=graph)

    def labels(self, quads: Iterable[Quad | Fact]) -> Iterator[Quad]:
        """The labels of what statements name besides the entity itself."""
        label = NamedNode(self.release.vocabulary.expand("rdfs:label"))
        named = {term for quad in quads for term in (quad.subject, quad.object) if isinstance(term, NamedNode)}
        for term in named:
            if term.value.partition("#")[0] == self.iri:
                continue
            for graph in self.graphs:
                yield from self.release.dataset.quads(s=term, p=label, graph=graph)

    def document(self, sources: Iterable[NamedNode]) -> Iterator[Quad]:
        """What the document at `doc/…` is: about what, from which sources, under which licence, how old."""
        base, expand = self.release.base, self.release.vocabulary.expand
        document = whole = NamedNode(f"{base}doc/{self.iri.removeprefix(base + 'id/')}")
        modified = self.release.created.isoformat().replace("+00:00", "Z")
        facts: list[tuple[str, NamedNode | Literal]] = [
            ("rdf:type", NamedNode(expand("foaf:Document"))),
            ("foaf:primaryTopic", NamedNode(self.iri)),
            ("dct:license", NamedNode(LICENSE)),
            ("dct:isPartOf", NamedNode(base + "catalog#dataset")),
            ("dct:modified", Literal(modified, datatype=NamedNode(expand("xsd:dateTime")))),
            *(("dct:source", source) for source in sources),
        ]
        if self.is_outweighed:
            facts.append(("rdfs:comment", Literal(OUTWEIGHED, language="en")))
        if self.state is not None:
            document = NamedNode(f"{whole.value}?at={self.state.moment.text}")
            facts += [("dct:isVersionOf", whole), ("fasti:stateAt", self.state.day)]
        for name, value in facts:
            yield Quad(document, NamedNode(expand(name)), value, _RECORD)

    def _evidence(self) -> Iterator[Quad]:
        """The graphs of the passages that speak of the entity, what is known of those, conflicts about it."""
        dataset, vocabulary = self.release.dataset, self.release.vocabulary
        evidence, quality = (NamedNode(vocabulary.graph(name)) for name in ("evidence", "quality"))
        for passage in self.passages:
            yield from dataset.quads(graph=passage)
            for quad in dataset.quads(s=passage, graph=evidence):
                yield quad
                if isinstance(quad.object, NamedNode) and quad.object.value.startswith(f"{passage.value}#"):
                    yield from dataset.quads(s=quad.object, graph=evidence)
        for source in self.sources:
            yield from dataset.quads(s=source, graph=evidence)
        for node in self.subjects:
            yield from dataset.quads(o=node, graph=quality)

    def _source(self, passage: NamedNode) -> NamedNode:
        """The source that a passage's IRI names: `id/passage/{stem}/{start}-{end}`."""
        stem = passage.value.removeprefix(self.release.base + "id/passage/").rpartition("/")[0]
        return NamedNode(self.release.vocabulary.source(stem))


def describe(release: Release, iri: str, moment: Moment | None = None) -> Description | None:
    """The description of an entity, at a moment if one is given; None when the release does not know the IRI."""
    found = Description(release, iri, moment)
    return found if any(True for _ in found._touching(NamedNode(iri))) else None
