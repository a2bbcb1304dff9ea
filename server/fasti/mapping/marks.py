"""Marks in sentences: names that are known, phrases of the lexicon, titles and dates, each linked to the next one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fasti.documents import Document, dates, entries
from fasti.documents.nodes import Node, texts
from fasti.mapping.document_graph import DocumentGraph
from fasti.mapping.identities import Identities
from fasti.mapping.lexicon import Lexicon, normal
from fasti.store.lines import iri, literal


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a sentence that means something: `property` and `value`, as N-Quads have it, say what."""

    start: int
    end: int
    kind: str
    property: str
    value: str


def marks(document: Document, graph: DocumentGraph, identities: Identities, lexicon: Lexicon) -> Iterator[str]:
    """The marks of every sentence as quads of the document graph.

    A mark has its text, its passage, `doc:lead` (the words between it and the mark before), `doc:next`, and
    `doc:from` and `doc:to`: its place, drawn out to the ends of the sentence where only a "The" or a full stop is between.
    """
    prose = " ".join(text for node in document.nodes if node.kind == "Sentence" for text in texts(node, "text"))
    names = identities.names_in(document.stem, prose)
    pattern = _pattern(names)
    subject = iri(identities.subject(document.stem))
    about_subject = False  # whether the sentence before spoke of the document's subject: "It" is the subject then
    for node in document.nodes:
        if node.kind == "Paragraph":
            about_subject = False
        if node.kind != "Sentence":
            continue
        text = next(texts(node, "text"))
        found = [*_mentions(text, names, pattern), *_phrases(text, graph, lexicon), *_dates(text)]
        pronoun = re.match(r"It\b", text)
        if pronoun and about_subject:
            found.append(Mark(0, 2, "Mention", "names", subject))
        chosen = _disjoint(found)
        about_subject = (
            bool(chosen) and chosen[0].value == subject and text[: chosen[0].start].strip().casefold() in ("", "the")
        )
        yield from _linked(chosen, text, node, graph)


def _pattern(names: dict[str, str]) -> re.Pattern[str]:
    alternatives = "|".join(
        re.escape(name).replace(r"\ ", r"[\s-]+").replace("'", "['’]") for name in sorted(names, key=len, reverse=True)
    )
    return re.compile(rf"(?<![\w-])(?:{alternatives or '(?!)'})(?![\w-])", re.IGNORECASE)


def _mentions(text: str, names: dict[str, str], pattern: re.Pattern[str]) -> Iterator[Mark]:
    for match in pattern.finditer(text):
        named = names.get(normal(match[0]))
        resumed = match.start() == 4 and text.startswith("The ")  # "The office is …" resumes what the text is about
        if named and (match[0][0].isupper() or resumed):
            yield Mark(*match.span(), "Mention", "names", iri(named))


def _phrases(text: str, graph: DocumentGraph, lexicon: Lexicon) -> Iterator[Mark]:
    for start, end, term in lexicon.occurrences(text, graph.vocabulary.expand("doc:Phrase")):
        yield Mark(start, end, "Phrase", "means", iri(term))


def _dates(text: str) -> Iterator[Mark]:
    for found in dates.find(text):
        yield Mark(found.start, found.end, "Date", "date", literal(text[found.start : found.end]))


def _disjoint(found: list[Mark]) -> list[Mark]:
    """The longest of those that overlap, in the order of the text."""
    kept: list[Mark] = []
    for mark in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        if all(mark.end <= other.start or mark.start >= other.end for other in kept):
            kept.append(mark)
    return sorted(kept, key=lambda m: m.start)


def _linked(chosen: list[Mark], text: str, sentence: Node, graph: DocumentGraph) -> Iterator[str]:
    nodes = [graph.node(sentence.number, f"-m{position}") for position in range(len(chosen))]
    last = 0
    for position, (mark, node) in enumerate(zip(chosen, nodes, strict=True)):
        yield graph.quad(node, "rdf:type", graph.term(f"doc:{mark.kind}"))
        yield from graph.placed(node, sentence.start + mark.start, sentence.start + mark.end, sentence.line)
        yield graph.quad(node, "doc:in", graph.node(sentence.number))
        yield graph.quad(node, "doc:position", literal(position))
        yield graph.quad(node, "doc:text", literal(text[mark.start : mark.end]))
        yield graph.quad(node, "doc:lead", literal(text[last : mark.start].strip()))
        first, final = (
            position == 0 and mark.start <= 4,
            position == len(chosen) - 1 and not re.search(r"\w", text[mark.end :]),
        )
        yield graph.quad(node, "doc:from", literal(sentence.start if first else sentence.start + mark.start))
        yield graph.quad(node, "doc:to", literal(sentence.end if final else sentence.start + mark.end))
        yield graph.quad(node, f"doc:{mark.property}", mark.value)
        if position:
            yield graph.quad(nodes[position - 1], "doc:next", node)
        if mark.kind == "Phrase":
            yield from _enumerated(mark.end, position, text, sentence, graph)
        last = mark.end
    if chosen:
        yield graph.quad(nodes[-1], "doc:tail", literal(text[last:].strip()))


def _enumerated(after: int, mark: int, text: str, sentence: Node, graph: DocumentGraph) -> Iterator[str]:
    """What the phrase that is that mark governs, as a list: the words after it, cut at commas, each with its place."""
    phrase = graph.node(sentence.number, f"-m{mark}")
    for position, (offset, piece) in enumerate(entries.parts(text[after:])):
        words = re.sub(r"^(?:and|or|as well as)\s+", "", piece).rstrip(" .;,")
        start = sentence.start + after + offset
        end = start + len(piece.rstrip(" .;,"))
        node = graph.node(sentence.number, f"-m{mark}-e{position}")
        yield graph.quad(phrase, "doc:enumerates", node)
        yield graph.quad(node, "doc:text", literal(words))
        yield graph.quad(node, "doc:position", literal(position))
        yield from graph.placed(node, start, end, sentence.line)
