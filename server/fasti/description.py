"""Everything the data say of one entity, in both directions, with what a reader needs to make sense of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol

from fasti.catalog import LICENSE
from fasti.store.embedded import Dataset, DefaultGraph, Literal, NamedNode, Quad
from fasti.store.serialize import Format
from fasti.vocabulary import Vocabulary

_RECORD = DefaultGraph()
# Kinds of entity that other graphs than the record describe.
_GRAPHS = {"passage": "evidence", "source": "evidence", "conflict": "quality"}


class Described(Protocol):
    """What a description is made from: a release, or what will be one."""

    @property
    def dataset(self) -> Dataset:
        """The data."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The IRIs of the deployment."""

    @property
    def created(self) -> datetime:
        """When it was published first (UTC)."""


@dataclass(frozen=True)
class Description:
    """An entity and its hash children in one release."""

    release: Described
    iri: str

    @cached_property
    def graphs(self) -> list[NamedNode | DefaultGraph]:
        """The graphs that describe the entity."""
        return self.own

    @property
    def own(self) -> list[NamedNode | DefaultGraph]:
        """The graphs that describe an entity of this kind: the record, and another one for some kinds."""
        vocabulary = self.release.vocabulary
        kind = self.iri.removeprefix(vocabulary.base + "id/").partition("/")[0]
        named = [NamedNode(vocabulary.graph(_GRAPHS[kind]))] if kind in _GRAPHS else []
        return [_RECORD, *named]

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
        prefix = self.release.vocabulary.base + "id/passage/"
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
            found[node] = self._look_up(node)
            terms = (term for q in found[node] if self._describes(q) for term in (q.subject, q.object))
            waiting += [term for term in terms if isinstance(term, NamedNode) and term.value.startswith(f"{self.iri}#")]
        return found

    def _look_up(self, node: NamedNode) -> list[Quad]:
        """What any graph says of a node."""
        return [*self.release.dataset.quads(s=node), *self.release.dataset.quads(o=node)]

    def _describes(self, quad: Quad) -> bool:
        return quad.graph_name in self.graphs

    @cached_property
    def sources(self) -> list[NamedNode]:
        """The documents that those passages stand in."""
        return sorted({self._source(passage) for passage in self.passages}, key=lambda node: node.value)

    def data(self, form: Format) -> Iterator[Quad]:
        """The description in the record's terms; no format has more of it here."""
        yield from self.statements
        yield from self.labels(self.statements)
        yield from self.document(self.sources)

    def holds(self, statement: Any) -> bool:
        """Whether a statement belongs to the description; every one does."""
        return True

    def touching(self) -> Iterator[Quad]:
        """The statements that have the entity itself as subject or object."""
        for graph in self.graphs:
            yield from self.release.dataset.quads(s=NamedNode(self.iri), graph=graph)
            yield from self.release.dataset.quads(o=NamedNode(self.iri), graph=graph)

    def labels(self, quads: Iterable[Any]) -> Iterator[Quad]:
        """The labels of what statements (they have a `subject` and an `object`) name besides the entity itself."""
        named = {term for quad in quads for term in (quad.subject, quad.object) if isinstance(term, NamedNode)}
        for term in named:
            if term.value.partition("#")[0] != self.iri:
                yield from filter(self._describes, self._labels_of(term))

    def _labels_of(self, term: NamedNode) -> Iterable[Quad]:
        """The labels that any graph gives a term."""
        return self.release.dataset.quads(s=term, p=NamedNode(self.release.vocabulary.expand("rdfs:label")))

    def document(self, sources: Iterable[NamedNode]) -> Iterator[Quad]:
        """What the document at `doc/…` is: about what, from which sources, under which licence, how old."""
        base, expand = self.release.vocabulary.base, self.release.vocabulary.expand
        facts: list[tuple[str, NamedNode | Literal]] = [
            ("rdf:type", NamedNode(expand("foaf:Document"))),
            ("foaf:primaryTopic", NamedNode(self.iri)),
            ("dct:license", NamedNode(LICENSE)),
            ("dct:isPartOf", NamedNode(base + "catalog#dataset")),
            ("dct:modified", Literal(date_time(self.release.created), datatype=NamedNode(expand("xsd:dateTime")))),
            *(("dct:source", source) for source in sources),
        ]
        address, more = self.address
        for name, value in (*facts, *more):
            yield Quad(address, NamedNode(expand(name)), value, _RECORD)

    @property
    def address(self) -> tuple[NamedNode, list[tuple[str, NamedNode | Literal]]]:
        """The document's own IRI, and what else is to be said of it: names of properties and values."""
        base = self.release.vocabulary.base
        return NamedNode(f"{base}doc/{self.iri.removeprefix(base + 'id/')}"), []

    def _source(self, passage: NamedNode) -> NamedNode:
        """The source that a passage's IRI names: `id/passage/{stem}/{start}-{end}`."""
        vocabulary = self.release.vocabulary
        stem = passage.value.removeprefix(vocabulary.base + "id/passage/").rpartition("/")[0]
        return NamedNode(vocabulary.source(stem))


def date_time(moment: datetime) -> str:
    """A moment of UTC as xsd:dateTime."""
    return moment.isoformat().replace("+00:00", "Z")
