"""A document as RDF: its nodes and what they say, in the vocabulary that mapping rules match on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from fasti.documents import Document
from fasti.documents.nodes import Node, Ref
from fasti.mapping.lexicon import Lexicon
from fasti.store import Literal, NamedNode, Quad
from fasti.vocabulary import Vocabulary


class DocumentGraph:
    """Writes the graph of one document: `doc:` terms, one IRI a node, offsets and passages on each."""

    def __init__(self, document: Document, subject: str, lexicon: Lexicon, vocabulary: Vocabulary) -> None:
        self.document = document
        self.lexicon = lexicon
        self.vocabulary = vocabulary
        self._nodes = f"{vocabulary.expand('doc:')}{document.stem}/"
        self.iri = self.named("document")
        self._subject = NamedNode(subject)
        self._place = vocabulary.passage(document.stem, 0, 0).rpartition("/")[0]

    def quads(self) -> Iterator[Quad]:
        """The statements of the document graph, which its document names."""
        doc = self.document
        yield self.quad(self.iri, "rdf:type", self.term("doc:Document"))
        yield self.quad(self.iri, "doc:source", NamedNode(self.vocabulary.source(doc.stem)))
        yield self.quad(self.iri, "doc:subject", self._subject)
        for name in doc.names:
            yield self.quad(self.iri, "doc:name", Literal(name))
        for node in doc.nodes:
            yield from self._node(node)

    def node(self, number: int) -> NamedNode:
        """The IRI of a node by its number."""
        return self.named(f"n{number}")

    def _node(self, node: Node) -> Iterator[Quad]:
        iri = self.node(node.number)
        yield self.quad(iri, "rdf:type", self.term(f"doc:{node.kind}"))
        yield from self.placed(iri, node.start, node.end, node.line)
        for name, value in node.facts:
            if isinstance(value, Ref):
                yield self.quad(iri, f"doc:{name}", self.node(value.number))
            elif value != "":
                yield self.quad(iri, f"doc:{name}", Literal(value))
                if name == "key" and node.kind == "Field":
                    yield from self._meaning(iri, str(value))

    def _meaning(self, field: NamedNode, key: str) -> Iterator[Quad]:
        """What the key of a field means."""
        term = self.lexicon.exact(key, self.vocabulary.expand("doc:FieldKey"))
        if term:
            yield self.quad(field, "doc:means", NamedNode(term))

    def placed(self, iri: NamedNode, start: int, end: int, line: int) -> Iterator[Quad]:
        """Where a node stands."""
        yield self.quad(iri, "doc:document", self.iri)
        yield self.quad(iri, "doc:start", Literal(start))
        yield self.quad(iri, "doc:end", Literal(end))
        yield self.quad(iri, "doc:line", Literal(line))
        yield self.quad(iri, "doc:passage", NamedNode(f"{self._place}/{start}-{end}"))

    def quad(self, s: NamedNode, p: str, o: NamedNode | Literal) -> Quad:
        """One triple of the document graph, its predicate a prefixed name."""
        return Quad(s, self.term(p), o, self.iri)

    def term(self, name: str) -> NamedNode:
        """The node of a prefixed name."""
        return _term(self.vocabulary, name)

    def named(self, local: str) -> NamedNode:
        """A node of this document graph, by a name of its own."""
        return NamedNode(self._nodes + local)


@lru_cache(maxsize=1024)
def _term(vocabulary: Vocabulary, name: str) -> NamedNode:
    return NamedNode(vocabulary.expand(name))
