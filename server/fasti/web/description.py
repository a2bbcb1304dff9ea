"""A description as the web shows it: at a moment if one is asked for, with who says so where a format can tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from fasti import description
from fasti.release import Release
from fasti.store.embedded import DefaultGraph, Literal, NamedNode, Quad
from fasti.store.serialize import Format
from fasti.web.facts import Fact
from fasti.web.moments import Moment
from fasti.web.states import State

OUTWEIGHED = "The record does not follow this: it is what a passage says whose reading others outweigh."


@dataclass(frozen=True)
class Description(description.Description):
    """An entity and its hash children in one release; make it with `describe`.

    With a `moment` it is the state then (see `states`), and the document says `fasti:stateAt` the moment. Passage
    graphs are those that make one of the statements left; what they say is the source's and is not cut.
    """

    release: Release
    moment: Moment | None = None

    @cached_property
    def graphs(self) -> list[NamedNode | DefaultGraph]:
        """The graphs that describe the entity: those of its kind, or of what the record does not follow the passages."""
        return [*self.own, *self._saying] if self.is_outweighed else self.own

    @cached_property
    def is_outweighed(self) -> bool:
        """Whether only passages know of the entity, whose readings the record does not follow (profile, section 7)."""
        node, dataset = NamedNode(self.iri), self.release.dataset
        return not any(
            next(quads, None)
            for g in self.own
            for quads in (dataset.quads(s=node, graph=g), dataset.quads(o=node, graph=g))
        )

    @property
    def _saying(self) -> list[NamedNode]:
        """The passages that say something of the entity."""
        prefix = self.release.base + "id/passage/"
        graphs = {quad.graph_name for quad in self.release.dataset.quads(s=NamedNode(self.iri))}
        found = [graph for graph in graphs if isinstance(graph, NamedNode) and graph.value.startswith(prefix)]
        return sorted(found, key=lambda graph: graph.value)

    def data(self, form: Format) -> Iterator[Quad]:
        """The description in the record's terms; a format that tells graphs apart also has who says so."""
        yield from super().data(form)
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

    @property
    def address(self) -> tuple[NamedNode, list[tuple[str, NamedNode | Literal]]]:
        """The document's own IRI; of a state what it is a version of, and when; that the record does not follow it."""
        whole, _ = super().address
        said: list[tuple[str, NamedNode | Literal]] = []
        if self.is_outweighed:
            said.append(("rdfs:comment", Literal(OUTWEIGHED, language="en")))
        if self.state is None:
            return whole, said
        own = NamedNode(f"{whole.value}?at={self.state.moment.text}")
        return own, [*said, ("dct:isVersionOf", whole), ("fasti:stateAt", self.state.day)]

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


def describe(release: Release, iri: str, moment: Moment | None = None) -> Description | None:
    """The description of an entity, at a moment if one is given; None when the release does not know the IRI."""
    found = Description(release, iri, moment)
    return found if next(found.touching(), None) is not None else None
