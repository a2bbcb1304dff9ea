"""Writes a data set in each RDF format from its lines, as `serialize.write` does, with little of it in memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import Quad, RdfFormat, Triple, parse

from fasti.store import serialize
from fasti.store.runs import ordered
from fasti.store.serialize import JSON_LD, RDF_XML, TYPE, Format
from fasti.store.terms import Engine
from fasti.vocabulary import Vocabulary

RECORD, ALL = "record.nt", "dataset.nq"
_IN_ORDER, _BY_GRAPH = ".record", ".graphs"
_BLOCK = 1 << 22  # bytes in which namespaces are looked for at a time
_TAGGED, _PLAIN = re.compile(rb'"@[a-z]'), re.compile(rb'" (?:<[^>]*> )?\.\n')
_TYPE = f"<{TYPE}> ".encode()


@dataclass(frozen=True, slots=True)
class Exports:
    """The folder for the files of a data set: first its lines are put in order, of which every other format is made."""

    folder: Path
    vocabulary: Vocabulary

    def order(self, lines: Path) -> tuple[int, int]:
        """Write `dataset.nq` and `record.nt` from lines of N-Quads in any order, and what `write` reads.

        Returns:
            How many statements there are in all, and in the record.
        """
        everything = record = 0
        grouped, sorted_ = self.folder / _BY_GRAPH, self.folder / _IN_ORDER
        raw = sorted_.with_suffix(".raw")
        with (
            (self.folder / ALL).open("wb") as all_,
            (self.folder / RECORD).open("wb") as triples,
            raw.open("wb") as classes_first,
            grouped.open("wb") as by_graph,
        ):
            for block in ordered(lines):
                all_.writelines(block)
                told = [(graph_of(line), line) for line in block]
                own = [line for graph, line in told if not graph]
                triples.writelines(own)
                classes_first.writelines(map(_class_first, own))
                by_graph.writelines(graph + b"\t" + _class_first(line) for graph, line in told if graph)
                everything, record = everything + len(block), record + len(own)
        with sorted_.open("wb") as out:
            for block in ordered(raw):
                out.writelines(block)
        raw.unlink()
        return everything, record

    def write(self, form: Format, out: BinaryIO) -> None:
        """Write the whole data set, or the record in a format without graphs; `order` was done before."""
        if form == JSON_LD:
            out.writelines(serialize.json_ld(self._record(), self._used(RECORD)))
        elif form.graphs:
            serialize.engine(self._quads(), form, self._used(ALL), out)
        else:
            target: Engine = _Xml(out) if form == RDF_XML else out
            serialize.engine(self._record(), form, self._used(RECORD), target)

    def tidy(self) -> None:
        """Remove what only `write` reads."""
        for name in (_IN_ORDER, _BY_GRAPH):
            (self.folder / name).unlink()

    def _record(self) -> Iterator[Triple]:
        """The triples of the record in the order of Turtle."""
        return (quad.triple for quad in parse(path=str(self.folder / _IN_ORDER), format=RdfFormat.N_TRIPLES))

    def _quads(self) -> Iterator[Quad]:
        """All quads, graph by graph, the record first."""
        record = parse(path=str(self.folder / _IN_ORDER), format=RdfFormat.N_QUADS)
        others = (
            parse(input=b"".join(line.partition(b"\t")[2] for line in block), format=RdfFormat.N_QUADS)
            for block in ordered(self.folder / _BY_GRAPH)
        )
        return chain(record, chain.from_iterable(others))

    def _used(self, name: str) -> dict[str, str]:
        """The prefixes that some term or datatype uses: those that RDF leaves unwritten count too."""
        wanted = {prefix: _pattern(namespace) for prefix, namespace in self.vocabulary.prefixes.items()}
        unwritten = {"rdf": _TAGGED, "xsd": _PLAIN}
        found: set[str] = set()
        with (self.folder / name).open("rb") as lines:
            while block := b"".join(lines.readlines(_BLOCK)):
                found |= {
                    prefix
                    for prefix, pattern in wanted.items()
                    if pattern.search(block) or (prefix in unwritten and unwritten[prefix].search(block))
                }
                wanted = {prefix: pattern for prefix, pattern in wanted.items() if prefix not in found}
        return {prefix: namespace for prefix, namespace in self.vocabulary.prefixes.items() if prefix in found}


@lru_cache(maxsize=256)
def _pattern(namespace: str) -> re.Pattern[bytes]:
    return re.compile(b"<" + re.escape(namespace.encode()) + rb"[^/#>]*>")


def _class_first(line: bytes) -> bytes:
    """A line that is sorted before the subject's others if it says a class: with two spaces before the property."""
    subject, _, rest = line.partition(b" ")
    return subject + b"  " + rest if rest.startswith(_TYPE) else line


def graph_of(line: bytes) -> bytes:
    """The graph of a line of canonical N-Quads, as it stands there; nothing for the default graph."""
    rest, last, _ = line.rsplit(b" ", 2)
    named = last.startswith(b"<") and last.endswith(b">") and b'"' not in last  # no IRI has a quotation mark
    return last if named and rest.count(b" ", 0, rest.find(b'"') if b'"' in rest else None) >= 2 else b""


class _Xml:
    """A writer that leaves no character in the text which XML cannot hold."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def write(self, piece: bytes) -> int:
        self._out.write(serialize.for_xml(piece))
        return len(piece)

    def flush(self) -> None:
        self._out.flush()
