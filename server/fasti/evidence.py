"""Passages and sources as RDF: where every statement stands, word for word, and how much a passage weighs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fasti.documents import Document, revisions
from fasti.documents.nodes import Node, texts
from fasti.mapping import Mapped
from fasti.store import Graph, Literal, NamedNode, Quad
from fasti.vocabulary import Vocabulary

CONTEXT = 48  # code points of prefix and suffix in a text quote selector
LANGUAGE = "en"  # the one that documents are read in
DATED_ITEM, LINE, PROSE = 3, 2, 1  # profile, section 7


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a source that says something: offsets in code points, end exclusive."""

    iri: str
    document: Document
    start: int
    end: int
    line: int
    weight: int
    heading: str

    @property
    def quote(self) -> str:
        """The words themselves."""
        return self.document.text[self.start : self.end]


def passages(mapped: Mapped, documents: Sequence[Document]) -> dict[str, Passage]:
    """Every passage that some rule read, by IRI."""
    by_stem = {document.stem: document for document in documents}
    found = {}
    for iri, _ in mapped.applications:
        if iri not in found:
            stem, _, offsets = iri.partition("/passage/")[2].rpartition("/")
            start, _, end = offsets.partition("-")
            found[iri] = _passage(iri, by_stem[stem], int(start), int(end))
    return found


def _passage(iri: str, document: Document, start: int, end: int) -> Passage:
    containing = [node for node in document.nodes if node.start <= start and end <= node.end]
    node = min(containing, key=lambda n: (n.end - n.start, n.number), default=None)
    line = document.text.count("\n", 0, start) + 1
    return Passage(iri, document, start, end, line, _weight(node, document), _heading(node, document))


def _weight(node: Node | None, document: Document) -> int:
    if node is None or node.kind in ("Sentence", "Paragraph"):
        return PROSE
    notes = [
        document.nodes[value.number] for key, value in node.facts if key == "note" and not isinstance(value, str | int)
    ]
    dated = any(True for note in notes for _ in texts(note, "date"))
    return DATED_ITEM if node.kind == "Item" and dated else LINE


def _heading(node: Node | None, document: Document) -> str:
    """The headings that a node stands under, outermost first."""
    trail: list[str] = []
    while node is not None:
        outer = next(
            (value for key, value in node.facts if key in ("under", "in") and not isinstance(value, str | int)), None
        )
        node = document.nodes[outer.number] if outer else None
        if node is not None and node.kind == "Head":
            trail.insert(0, next(texts(node, "text")))
    return " › ".join(trail)


def families(documents: Sequence[Document]) -> dict[str, str]:
    """Document stem to the family it belongs to: revisions of one text are one family."""
    return revisions.families({document.stem: revisions.shingles(document.text) for document in documents})


def relatives(family: Mapping[str, str]) -> dict[str, list[str]]:
    """From document stem to family, those of a family that has several members: the others, in order."""
    members: dict[str, list[str]] = {}
    for stem, name in sorted(family.items()):
        members.setdefault(name, []).append(stem)
    several = (stems for stems in members.values() if len(stems) > 1)
    return {stem: [other for other in stems if other != stem] for stems in several for stem in stems}


class Evidence:
    """Writes `graph/evidence`."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.graph: Graph = NamedNode(vocabulary.graph("evidence"))

    def source(self, document: Document, subject: str, relatives: Sequence[str]) -> Iterator[Quad]:
        """A source: title, digest, where its text is, what it is about, its other revisions."""
        iri = NamedNode(self.vocabulary.source(document.stem))
        title = document.names[0] if document.names else document.stem
        for kind in ("fasti:Source", "prov:Entity", "foaf:Document"):
            yield self._quad(iri, "rdf:type", self._node(kind))
        for name in ("rdfs:label", "dct:title"):
            yield self._quad(iri, name, Literal(title, language="en"))
        yield self._quad(iri, "dct:identifier", Literal(document.stem))
        yield self._quad(iri, "dct:language", Literal(LANGUAGE))
        yield self._quad(iri, "fasti:sha256", Literal(document.sha256))
        yield self._quad(iri, "schema:contentUrl", NamedNode(self.vocabulary.text(document.stem)))
        yield self._quad(iri, "foaf:primaryTopic", NamedNode(subject))
        for stem in relatives:
            yield self._quad(iri, "prov:alternateOf", NamedNode(self.vocabulary.source(stem)))

    def passage(self, passage: Passage, applications: dict[str, set[str]]) -> Iterator[Quad]:
        """A passage: its source, selectors (Web Annotation Data Model, sections 4.2.4 and 4.2.5), line, rules."""
        iri = NamedNode(passage.iri)
        text = passage.document.text
        quote, position = NamedNode(f"{passage.iri}#quote"), NamedNode(f"{passage.iri}#position")
        yield self._quad(iri, "rdf:type", self._node("fasti:Passage"))
        yield self._quad(iri, "rdf:type", self._node("oa:SpecificResource"))
        yield self._quad(iri, "oa:hasSource", NamedNode(self.vocabulary.source(passage.document.stem)))
        yield self._quad(iri, "oa:hasSelector", quote)
        yield self._quad(iri, "oa:hasSelector", position)
        yield self._quad(iri, "fasti:line", Literal(passage.line))
        yield self._quad(iri, "fasti:weight", Literal(passage.weight))
        if passage.heading:
            yield self._quad(iri, "fasti:heading", Literal(passage.heading, language="en"))
        yield self._quad(quote, "rdf:type", self._node("oa:TextQuoteSelector"))
        yield self._quad(quote, "oa:exact", Literal(passage.quote))
        yield self._quad(quote, "oa:prefix", Literal(text[max(0, passage.start - CONTEXT) : passage.start]))
        yield self._quad(quote, "oa:suffix", Literal(text[passage.end : passage.end + CONTEXT]))
        yield self._quad(position, "rdf:type", self._node("oa:TextPositionSelector"))
        yield self._quad(position, "oa:start", Literal(passage.start))
        yield self._quad(position, "oa:end", Literal(passage.end))
        for name, subjects in sorted(applications.items()):
            yield from self._application(iri, name, subjects)

    def _application(self, passage: NamedNode, name: str, subjects: set[str]) -> Iterator[Quad]:
        rule = NamedNode(self.vocabulary.rule(name))
        application = NamedNode(f"{passage.value}#by-{name}")
        yield self._quad(passage, "fasti:readBy", rule)
        yield self._quad(passage, "fasti:application", application)
        yield self._quad(application, "rdf:type", self._node("fasti:Application"))
        yield self._quad(application, "fasti:rule", rule)
        for subject in sorted(subjects):
            yield self._quad(application, "fasti:about", NamedNode(subject))

    def _node(self, name: str) -> NamedNode:
        return NamedNode(self.vocabulary.expand(name))

    def _quad(self, s: NamedNode, p: str, o: NamedNode | Literal) -> Quad:
        return Quad(s, self._node(p), o, self.graph)
