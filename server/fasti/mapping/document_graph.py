"""A document as RDF: its nodes and what they say, in the vocabulary that mapping rules match on."""

from __future__ import annotations

from collections.abc import Iterator

from fasti.documents import Document
from fasti.documents.nodes import Node, Ref
from fasti.mapping.lexicon import Lexicon
from fasti.store.lines import Lines, iri, literal
from fasti.vocabulary import Vocabulary


class DocumentGraph:
    """Writes the graph of one document as N-Quads: `doc:` terms, one IRI a node, offsets and passages on each."""

    def __init__(self, document: Document, subject: str, lexicon: Lexicon, vocabulary: Vocabulary) -> None:
        self.document = document
        self.lexicon = lexicon
        self.vocabulary = vocabulary
        self._nodes = f"{vocabulary.expand('doc:')}{document.stem}/"
        self.iri = f"{self._nodes}document"
        lines = Lines(vocabulary, self.iri)
        self.quad, self.term = lines.quad, lines.term
        self._document = iri(self.iri)
        self._subject = iri(subject)
        self._place = vocabulary.passage(document.stem, 0, 0).rpartition("/")[0]

    def quads(self) -> Iterator[str]:
        """The statements of the document graph, which its document names."""
        doc = self.document
        yield self.quad(self._document, "rdf:type", self.term("doc:Document"))
        yield self.quad(self._document, "doc:source", iri(self.vocabulary.source(doc.stem)))
        yield self.quad(self._document, "doc:subject", self._subject)
        for name in doc.names:
            yield self.quad(self._document, "doc:name", literal(name))
        for node in doc.nodes:
            yield from self._node(node)

    def node(self, number: int, part: str = "") -> str:
        """The IRI of a node by its number, or of a part of it."""
        return iri(f"{self._nodes}n{number}{part}")

    def _node(self, node: Node) -> Iterator[str]:
        own = self.node(node.number)
        yield self.quad(own, "rdf:type", self.term(f"doc:{node.kind}"))
        yield from self.placed(own, node.start, node.end, node.line)
        for name, value in node.facts:
            if isinstance(value, Ref):
                yield self.quad(own, f"doc:{name}", self.node(value.number))
            elif value != "":
                yield self.quad(own, f"doc:{name}", literal(value))
                if name == "key" and node.kind == "Field":
                    yield from self._meaning(own, str(value))

    def _meaning(self, field: str, key: str) -> Iterator[str]:
        """What the key of a field means."""
        term = self.lexicon.exact(key, self.vocabulary.expand("doc:FieldKey"))
        if term:
            yield self.quad(field, "doc:means", iri(term))

    def placed(self, node: str, start: int, end: int, line: int) -> Iterator[str]:
        """Where a node stands."""
        yield self.quad(node, "doc:document", self._document)
        yield self.quad(node, "doc:start", literal(start))
        yield self.quad(node, "doc:end", literal(end))
        yield self.quad(node, "doc:line", literal(line))
        yield self.quad(node, "doc:passage", iri(f"{self._place}/{start}-{end}"))
