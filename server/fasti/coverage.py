"""Which characters of a source stand behind a statement, and what is left, with a reason or a hint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fasti.documents import Document
from fasti.documents.nodes import Node, texts
from fasti.mapping import Mapped
from fasti.store import Literal, NamedNode, Quad, Term
from fasti.vocabulary import Vocabulary

_HEADINGS = ("Title", "Head", "Infobox")
_LINES = ("Name", "Field", "Item", "Row", "Sentence")


@dataclass(frozen=True, slots=True)
class Unread:
    """Words that no statement rests on; `reason` says why that is right, `hint` what would change it."""

    start: int
    line: int
    text: str
    reason: str
    hint: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Characters of a source, headings and white space left out: all, and those behind a statement."""

    document: Document
    characters: int
    covered: int
    unread: tuple[Unread, ...]

    @property
    def share(self) -> float:
        """The covered part, from 0 to 1."""
        return self.covered / self.characters if self.characters else 1.0


def coverage(document: Document, mapped: Mapped, vocabulary: Vocabulary) -> Coverage:
    """Measure one document against what was read from it. A description alone does not count as a statement."""
    read = _read(document, mapped, vocabulary)
    wanted = _wanted(document)
    counted = [i for i, char in enumerate(document.text) if wanted[i] and not char.isspace()]
    known = bytearray(a | (not b) for a, b in zip(read, wanted, strict=True))
    unread = tuple(_unread(document, known, mapped, vocabulary))
    for node in document.nodes:  # marks between words that were read are read with them
        if node.kind in _LINES:
            read[node.start : node.end] = b"\x01" * (node.end - node.start)
    for each in unread:
        read[each.start : each.start + len(each.text)] = bytes(len(each.text))
    return Coverage(document, len(counted), sum(read[i] for i in counted), unread)


def coverage_quads(measured: Coverage, vocabulary: Vocabulary) -> Iterator[Quad]:
    """What `graph/quality` says of a source: how much of it is read, and each stretch that is not, with its reason."""
    graph = NamedNode(vocabulary.graph("quality"))
    source = NamedNode(vocabulary.source(measured.document.stem))

    def said(subject: NamedNode, name: str, value: Term) -> Quad:
        return Quad(subject, NamedNode(vocabulary.expand(name)), value, graph)

    decimal = NamedNode(vocabulary.expand("xsd:decimal"))
    yield said(source, "fasti:characters", Literal(measured.characters))
    yield said(source, "fasti:charactersRead", Literal(measured.covered))
    yield said(source, "fasti:coverage", Literal(f"{measured.share:.4f}", datatype=decimal))
    for unread in measured.unread:
        node = NamedNode(f"{source.value}#unread-{unread.start}")
        yield said(source, "fasti:unread", node)
        yield said(node, "rdf:type", NamedNode(vocabulary.expand("fasti:Unread")))
        yield said(node, "fasti:line", Literal(unread.line))
        yield said(node, "oa:exact", Literal(unread.text))
        yield said(node, "fasti:reason", Literal(unread.reason or unread.hint, language="en"))


def _read(document: Document, mapped: Mapped, vocabulary: Vocabulary) -> bytearray:
    """One byte a character: 1 where a passage says something."""
    read = bytearray(len(document.text))
    prefix = vocabulary.passage(document.stem, 0, 0).rpartition("/")[0] + "/"
    for iri in mapped.speaking.get(document.stem, ()):
        start, _, end = iri[len(prefix) :].partition("-")
        read[int(start) : int(end)] = b"\x01" * (int(end) - int(start))
    return read


def _wanted(document: Document) -> bytearray:
    wanted = bytearray(b"\x01" * len(document.text))
    for node in document.nodes:
        if node.kind in _HEADINGS:
            wanted[node.start : node.end] = bytes(node.end - node.start)
    return wanted


def _unread(document: Document, read: bytearray, mapped: Mapped, vocabulary: Vocabulary) -> Iterator[Unread]:
    reasons: Mapping[tuple[int, int], str] = mapped.reasons.get(document.stem, {})
    for node in document.nodes:
        if node.kind not in _LINES:
            continue
        for start, end in _gaps(document.text, read, node):
            reason = next((why for (a, b), why in reasons.items() if a <= start and end <= b), "")
            text = document.text[start:end]
            hint = "" if reason else _hint(node, document, mapped, vocabulary)
            line = node.line + document.text.count("\n", node.start, start)
            if not reason and hint.startswith("="):
                reason, hint = hint[1:], ""
            yield Unread(start, line, text, reason, hint)


def _gaps(text: str, read: bytearray, node: Node) -> Iterator[tuple[int, int]]:
    """The stretches of a node that nothing read; punctuation between two that were read is none."""
    start = None
    for i in range(node.start, node.end + 1):
        inside = i < node.end and not read[i]
        if inside and start is None:
            start = i
        elif not inside and start is not None:
            piece = text[start:i]
            if any(c.isalnum() for c in piece):
                left = start + len(piece) - len(piece.lstrip())
                yield left, left + len(piece.strip())
            start = None


def _hint(node: Node, document: Document, mapped: Mapped, vocabulary: Vocabulary) -> str:
    """What a curator can do about it; a reason to leave it out starts with `=`."""
    lexicon = mapped.identities.lexicon
    if node.kind == "Field":
        key = next(texts(node, "key"), "")
        term = lexicon.exact(key, vocabulary.expand("doc:FieldKey"))
        if term == vocabulary.expand("doc:presentational"):
            return "=says how the page looks"
        if term == vocabulary.expand("doc:unprofiled"):
            return "=the profile has no place for what it says"
        return (
            f"the key '{key}' is understood, its value is not"
            if term
            else f"no doc:FieldKey has the wording '{key}': add it in lexicon.ttl"
        )
    if node.kind == "Row":
        return "nothing read this row: a column of names, its header a doc:Column in lexicon.ttl, makes it an item of its heading"
    if node.kind == "Item":
        under = next((v.number for k, v in node.facts if k == "under" and not isinstance(v, str | int)), None)
        heading = next(texts(document.nodes[under], "text"), "") if under is not None else ""
        if heading and lexicon.exact(heading, vocabulary.expand("doc:ReferenceHeading")):
            return "=a reference of the article, no fact about the body"
        return (
            f"nothing read it under '{heading}': if that heading announces units or holders, add its wording in lexicon.ttl (doc:UnitPhrase, doc:LeadersHeading …)"
            if heading
            else "a list without a heading"
        )
    return "prose that no rule reads: add a doc:Phrase, a rule, or a reading"
