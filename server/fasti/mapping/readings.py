"""What only a reader can tell from prose: `mappings/readings`, statements bound to exact quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from fasti.documents import Document
from fasti.errors import MappingError
from fasti.mapping.mapped import Mapped
from fasti.store import DefaultGraph, Literal, NamedNode, Quad, graph_iri
from fasti.vocabulary import Vocabulary


@dataclass
class Reading:
    """Statements that one quote of one source makes; `prefix` are the words before it, where it recurs.

    Instead of statements there may be a `reason` why the quote says nothing to publish.
    """

    name: str
    path: str
    source: str = ""
    quote: str = ""
    prefix: str = ""
    reason: str = ""
    quads: list[Quad] = field(default_factory=list)


def load_readings(folder: Path, vocabulary: Vocabulary) -> tuple[Reading, ...]:
    """Read every TriG file of the folder: a named graph is a reading, the default graph says what it quotes.

    Raises:
        MappingError: a file is not TriG, or a reading has no source, no quote, or no statement.
    """
    made: dict[str, Reading] = {}
    for path in sorted(folder.glob("*.trig")):
        try:
            quads = list(parse(path=str(path), format=RdfFormat.TRIG, base_iri=vocabulary.base))
        except SyntaxError as error:
            raise MappingError(f"{path}: {error}; expected TriG") from error
        for quad in quads:
            _take(quad, made, str(path), vocabulary)
    for reading in made.values():
        missing = [
            what
            for what in ("source", "quote", "quads")
            if not getattr(reading, what) and not (what == "quads" and reading.reason)
        ]
        if missing:
            raise MappingError(
                f"{reading.path}: reading <{reading.name}> has no {missing[0]}; expected doc:in, doc:quote and a graph of statements"
            )
    return tuple(made.values())


def _take(quad: Quad, made: dict[str, Reading], path: str, vocabulary: Vocabulary) -> None:
    about = quad.graph_name != DefaultGraph()
    name = graph_iri(quad) or quad.subject.value
    reading = made.setdefault(name, Reading(name, path))
    if about:
        reading.quads.append(quad)
        return
    slot = {"doc:in": "source", "doc:quote": "quote", "doc:prefix": "prefix", "doc:reason": "reason"}
    known = {vocabulary.expand(term): attribute for term, attribute in slot.items()}
    if quad.predicate.value not in known:
        raise MappingError(
            f"{path}: reading <{name}> has <{quad.predicate.value}>; expected doc:in, doc:quote, doc:prefix or doc:reason"
        )
    setattr(reading, known[quad.predicate.value], quad.object.value)


def place(readings: Sequence[Reading], documents: Sequence[Document], mapped: Mapped) -> None:
    """Put each reading whose source is among the documents into the graph of the passage that it quotes.

    Raises:
        MappingError: the quote is not in the source, or is there more than once without a prefix that settles it.
    """
    vocabulary = mapped.identities.vocabulary
    texts = {vocabulary.source(document.stem): document for document in documents}
    for reading in readings:
        document = texts.get(reading.source)
        if document is None:
            continue
        start = _locate(reading, document)
        if reading.reason:
            mapped.reasons.setdefault(document.stem, {})[start, start + len(reading.quote)] = reading.reason
        passage = NamedNode(vocabulary.passage(document.stem, start, start + len(reading.quote)))
        moved = [Quad(q.subject, q.predicate, q.object, passage) for q in reading.quads]
        for quad in moved:
            _check_words(quad, reading, vocabulary)
        mapped.record(reading.name.rpartition("#")[2], moved)


def _locate(reading: Reading, document: Document) -> int:
    places, at = [], document.text.find(reading.prefix + reading.quote)
    while at >= 0:
        places.append(at + len(reading.prefix))
        at = document.text.find(reading.prefix + reading.quote, at + 1)
    if len(places) != 1:
        found = "is not in" if not places else f"is {len(places)} times in"
        cure = (
            "expected the exact words" if not places else "expected doc:prefix, the words before the one that is meant"
        )
        raise MappingError(
            f"{reading.path}: reading <{reading.name}>: its quote {reading.quote[:60]!r} {found} {document.path}; {cure}"
        )
    return places[0]


def _check_words(quad: Quad, reading: Reading, vocabulary: Vocabulary) -> None:
    """A date that a reading gives in words must be in its quote."""
    spelled = {vocabulary.expand(f"doc:{name}") for name in ("span", "moment", "begins", "ends")}
    if quad.predicate.value in spelled and isinstance(quad.object, Literal) and quad.object.value not in reading.quote:
        raise MappingError(
            f"{reading.path}: reading <{reading.name}> dates something {quad.object.value!r}; expected words of its quote"
        )
