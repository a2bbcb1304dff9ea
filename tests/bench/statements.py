"""Synthetic documents with what they say, as lines of N-Quads in the form of the profile."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from fasti.evidence import CONTEXT, LICENSE
from fasti.vocabulary import Vocabulary

Statement = tuple[str, str]
"""Subject, and the rest of a triple: both as N-Triples writes them."""


class Terms:
    """Spells terms of one deployment as N-Triples does, each property and fixed value once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.base = vocabulary.base
        self._known: dict[str, str] = {}

    def name(self, prefixed: str) -> str:
        """`org:Post` as `<http://www.w3.org/ns/org#Post>`."""
        if prefixed not in self._known:
            self._known[prefixed] = f"<{self.vocabulary.expand(prefixed)}>"
        return self._known[prefixed]

    def entity(self, kind: str, slug: str) -> str:
        """`<…id/kind/slug>`."""
        return f"<{self.base}id/{kind}/{slug}>"

    def typed(self, value: object, datatype: str) -> str:
        """A literal of a datatype."""
        return f'"{value}"^^{self.name(datatype)}'

    def text(self, words: str, language: str = "en") -> str:
        """Words in a language; without one when it is empty."""
        quoted = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{quoted}"@{language}' if language else f'"{quoted}"'


def part(node: str, name: str) -> str:
    """The hash child of an entity."""
    return f"{node[:-1]}#{name}>"


@dataclass
class Passage:
    """A stretch of a document and what it says."""

    start: int
    end: int
    line: int
    rule: str
    weight: int
    heading: str
    said: list[Statement] = field(default_factory=list)


@dataclass
class Source:
    """A document that is being written, passage by passage."""

    terms: Terms
    stem: str
    title: str
    about: str
    parts: list[str] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    entailed: list[Statement] = field(default_factory=list)
    quality: list[Statement] = field(default_factory=list)
    length: int = 0
    line: int = 1
    heading: str = ""

    def write(self, text: str) -> None:
        """Text that says nothing by itself, to the end of its line."""
        self.parts.append(f"{text}\n")
        self.length += len(text) + 1
        self.line += 1

    def head(self, text: str) -> None:
        """A heading, under which what follows stands."""
        self.write("")
        self.write(f"== {text} ==")
        self.write("")
        self.heading = text

    def read(self, words: str, rule: str, weight: int = 2, before: str = "- ") -> Passage:
        """A line of which `words` say something."""
        start = self.length + len(before)
        passage = Passage(start, start + len(words), self.line, rule, weight, self.heading)
        self.passages.append(passage)
        self.write(before + words)
        return passage

    def iri(self, passage: Passage) -> str:
        """The passage's name, which is its graph's too."""
        return self.terms.entity("passage", f"{self.stem}/{passage.start}-{passage.end}")

    def text(self) -> str:
        """The whole."""
        return "".join(self.parts)

    def lines(self) -> Iterator[str]:
        """All that the document adds to the data set."""
        text, graph = self.text(), self.terms.vocabulary.graph
        evidence, entailments, quality = (f"<{graph(name)}>" for name in ("evidence", "entailments", "quality"))
        for passage in self.passages:
            iri = self.iri(passage)
            for subject, rest in passage.said:
                yield f"{subject} {rest} .\n{subject} {rest} {iri} .\n"
            for subject, rest in self._evidence(passage, iri, text):
                yield f"{subject} {rest} {evidence} .\n"
        for subject, rest in dict.fromkeys(self.entailed):
            yield f"{subject} {rest} .\n{subject} {rest} {entailments} .\n"
        for subject, rest in self._described(text):
            yield f"{subject} {rest} {evidence} .\n"
        for subject, rest in self.quality:
            yield f"{subject} {rest} {quality} .\n"

    def _evidence(self, passage: Passage, iri: str, text: str) -> Iterator[Statement]:
        n, number = self.terms.name, self.terms.typed
        quote, position = part(iri, "quote"), part(iri, "position")
        rule, applied = n(f"rule:{passage.rule}"), part(iri, f"by-{passage.rule}")
        words = {
            "exact": text[passage.start : passage.end],
            "prefix": text[max(0, passage.start - CONTEXT) : passage.start],
            "suffix": text[passage.end : passage.end + CONTEXT],
        }
        yield iri, f"{n('rdf:type')} {n('fasti:Passage')}"
        yield iri, f"{n('rdf:type')} {n('oa:SpecificResource')}"
        yield iri, f"{n('oa:hasSource')} {self.terms.entity('source', self.stem)}"
        yield iri, f"{n('oa:hasSelector')} {quote}"
        yield iri, f"{n('oa:hasSelector')} {position}"
        yield iri, f"{n('fasti:line')} {number(passage.line, 'xsd:integer')}"
        yield iri, f"{n('fasti:weight')} {number(passage.weight, 'xsd:integer')}"
        if passage.heading:
            yield iri, f"{n('fasti:heading')} {self.terms.text(passage.heading)}"
        yield iri, f"{n('fasti:readBy')} {rule}"
        yield iri, f"{n('fasti:application')} {applied}"
        yield applied, f"{n('rdf:type')} {n('fasti:Application')}"
        yield applied, f"{n('fasti:rule')} {rule}"
        for subject in dict.fromkeys(subject for subject, _ in passage.said):
            yield applied, f"{n('fasti:about')} {subject}"
        yield quote, f"{n('rdf:type')} {n('oa:TextQuoteSelector')}"
        for name, value in words.items():
            yield quote, f"{n(f'oa:{name}')} {self.terms.text(value, '')}"
        yield position, f"{n('rdf:type')} {n('oa:TextPositionSelector')}"
        yield position, f"{n('oa:start')} {number(passage.start, 'xsd:integer')}"
        yield position, f"{n('oa:end')} {number(passage.end, 'xsd:integer')}"

    def _described(self, text: str) -> Iterator[Statement]:
        """The source itself; how much of it is read goes to graph/quality."""
        n, words, iri = self.terms.name, self.terms.text, self.terms.entity("source", self.stem)
        for kind in ("fasti:Source", "prov:Entity", "foaf:Document"):
            yield iri, f"{n('rdf:type')} {n(kind)}"
        for name in ("rdfs:label", "dct:title"):
            yield iri, f"{n(name)} {words(self.title)}"
        yield iri, f"{n('dct:identifier')} {words(self.stem, '')}"
        yield iri, f"{n('dct:license')} <{LICENSE}>"
        yield iri, f"{n('dct:language')} {words('en', '')}"
        yield iri, f"{n('fasti:sha256')} {words(hashlib.sha256(text.encode()).hexdigest(), '')}"
        yield iri, f"{n('schema:contentUrl')} <{self.terms.vocabulary.text(self.stem)}>"
        yield iri, f"{n('foaf:primaryTopic')} {self.about}"
        read = sum(passage.end - passage.start for passage in self.passages)
        self.quality += [
            (iri, f"{n('fasti:characters')} {self.terms.typed(len(text), 'xsd:integer')}"),
            (iri, f"{n('fasti:charactersRead')} {self.terms.typed(read, 'xsd:integer')}"),
            (iri, f"{n('fasti:coverage')} {self.terms.typed(f'{read / len(text):.4f}', 'xsd:decimal')}"),
        ]
