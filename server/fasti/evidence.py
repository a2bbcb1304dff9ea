"""Passages and sources as RDF: where every statement stands, word for word, and how much a passage weighs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from fasti.documents import Document, revisions
from fasti.documents.nodes import Node, texts
from fasti.mapping import Mapped
from fasti.store.lines import Lines, iri, literal
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
    for place, _ in mapped.applications:
        if place not in found:
            stem, _, offsets = place.partition("/passage/")[2].rpartition("/")
            start, _, end = offsets.partition("-")
            found[place] = _passage(place, by_stem[stem], int(start), int(end))
    return found


def _passage(place: str, document: Document, start: int, end: int) -> Passage:
    containing = [node for node in document.nodes if node.start <= start and end <= node.end]
    node = min(containing, key=lambda n: (n.end - n.start, n.number), default=None)
    line = document.text.count("\n", 0, start) + 1
    return Passage(place, document, start, end, line, _weight(node, document), _heading(node, document))


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
    """Writes `graph/evidence`, as lines of N-Quads."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        lines = Lines(vocabulary, vocabulary.graph("evidence"))
        self._quad, self._term = lines.quad, lines.term

    def source(self, document: Document, subject: str, relatives: Sequence[str]) -> Iterator[str]:
        """A source: title, digest, where its text is, what it is about, its other revisions."""
        source = iri(self.vocabulary.source(document.stem))
        title = document.names[0] if document.names else document.stem
        for kind in ("fasti:Source", "prov:Entity", "foaf:Document"):
            yield self._quad(source, "rdf:type", self._term(kind))
        for name in ("rdfs:label", "dct:title"):
            yield self._quad(source, name, literal(title, LANGUAGE))
        yield self._quad(source, "dct:identifier", literal(document.stem))
        yield self._quad(source, "dct:language", literal(LANGUAGE))
        yield self._quad(source, "fasti:sha256", literal(document.sha256))
        yield self._quad(source, "schema:contentUrl", iri(self.vocabulary.text(document.stem)))
        yield self._quad(source, "foaf:primaryTopic", iri(subject))
        for stem in relatives:
            yield self._quad(source, "prov:alternateOf", iri(self.vocabulary.source(stem)))

    def passage(self, passage: Passage, applications: Mapping[str, Set[str]]) -> Iterator[str]:
        """A passage: its source, selectors (Web Annotation Data Model, sections 4.2.4 and 4.2.5), line, rules."""
        text = passage.document.text
        place, quote, position = (iri(passage.iri + fragment) for fragment in ("", "#quote", "#position"))
        yield self._quad(place, "rdf:type", self._term("fasti:Passage"))
        yield self._quad(place, "rdf:type", self._term("oa:SpecificResource"))
        yield self._quad(place, "oa:hasSource", iri(self.vocabulary.source(passage.document.stem)))
        yield self._quad(place, "oa:hasSelector", quote)
        yield self._quad(place, "oa:hasSelector", position)
        yield self._quad(place, "fasti:line", literal(passage.line))
        yield self._quad(place, "fasti:weight", literal(passage.weight))
        if passage.heading:
            yield self._quad(place, "fasti:heading", literal(passage.heading, LANGUAGE))
        yield self._quad(quote, "rdf:type", self._term("oa:TextQuoteSelector"))
        yield self._quad(quote, "oa:exact", literal(passage.quote))
        yield self._quad(quote, "oa:prefix", literal(text[max(0, passage.start - CONTEXT) : passage.start]))
        yield self._quad(quote, "oa:suffix", literal(text[passage.end : passage.end + CONTEXT]))
        yield self._quad(position, "rdf:type", self._term("oa:TextPositionSelector"))
        yield self._quad(position, "oa:start", literal(passage.start))
        yield self._quad(position, "oa:end", literal(passage.end))
        for name, subjects in sorted(applications.items()):
            yield from self._application(passage.iri, name, subjects)

    def _application(self, passage: str, name: str, subjects: Set[str]) -> Iterator[str]:
        place, rule = iri(passage), self._term(f"rule:{name}")
        application = iri(f"{passage}#by-{name}")
        yield self._quad(place, "fasti:readBy", rule)
        yield self._quad(place, "fasti:application", application)
        yield self._quad(application, "rdf:type", self._term("fasti:Application"))
        yield self._quad(application, "fasti:rule", rule)
        for subject in sorted(subjects):
            yield self._quad(application, "fasti:about", iri(subject))
