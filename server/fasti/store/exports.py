"""Writes what a store on disk holds in each RDF format, as `serialize.write` does, with little of it in memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import Quad, RdfFormat, Store, Triple, parse

from fasti.store import serialize
from fasti.store.runs import ordered
from fasti.store.serialize import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, Format
from fasti.store.terms import Engine
from fasti.vocabulary import Vocabulary

_RECORD, _ALL = "record.nt", "dataset.nq"
_BLOCK = 1 << 22  # bytes in which namespaces are looked for at a time
_TAGGED, _PLAIN = re.compile(rb'"@[a-z]'), re.compile(rb'" (?:<[^>]*> )?\.\n')


@dataclass(frozen=True, slots=True)
class Sources:
    """A store, and the folder for its dumps: N-Quads are made of the store, N-Triples of those, the rest of the two."""

    store: Path
    folder: Path
    vocabulary: Vocabulary

    def write(self, form: Format, out: BinaryIO) -> None:
        """Write the whole data set, or the record in a format without graphs."""
        if form == N_QUADS:
            self._dump(out)
        elif form == N_TRIPLES:
            out.writelines(line for line in self._lines(_ALL) if not graph_of(line))
        elif form == JSON_LD:
            out.writelines(serialize.json_ld(self._record(), self._used(_RECORD)))
        elif form.graphs:
            serialize.engine(_in_order(self._quads()), form, self._used(_ALL), out)
        else:
            target: Engine = _Xml(out) if form == RDF_XML else out
            serialize.engine(self._record(), form, self._used(_RECORD), target)

    def _dump(self, out: BinaryIO) -> None:
        raw = self.folder / ".raw"
        Store.read_only(str(self.store)).dump(str(raw), format=RdfFormat.N_QUADS)
        try:
            for block in ordered(raw):
                out.writelines(block)
        finally:
            raw.unlink()

    def _lines(self, name: str) -> Iterator[bytes]:
        with (self.folder / name).open("rb") as lines:
            yield from lines

    def _record(self) -> Iterator[Triple]:
        """The triples of the record in the order of Turtle."""
        return (quad.triple for quad in _in_order(parse(path=str(self.folder / _RECORD), format=RdfFormat.N_TRIPLES)))

    def _quads(self) -> Iterator[Quad]:
        """All quads, graph by graph, the record first."""
        raw = self.folder / ".graphs"
        with raw.open("wb") as out:
            out.writelines(graph_of(line) + b"\t" + line for line in self._lines(_ALL))
        try:
            for block in ordered(raw):
                lines = b"".join(line.partition(b"\t")[2] for line in block)
                yield from parse(input=lines, format=RdfFormat.N_QUADS)
        finally:
            raw.unlink()

    @staticmethod
    def _text(file: Path) -> Iterator[bytes]:
        """The text of a file, whole lines at a time."""
        with file.open("rb") as lines:
            while block := lines.readlines(_BLOCK):
                yield b"".join(block)

    def _used(self, name: str) -> dict[str, str]:
        """The prefixes that some term or datatype uses: those that RDF leaves unwritten count too."""
        wanted = {prefix: _pattern(namespace) for prefix, namespace in self.vocabulary.prefixes.items()}
        unwritten = {"rdf": _TAGGED, "xsd": _PLAIN}
        found: set[str] = set()
        for block in self._text(self.folder / name):
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


def graph_of(line: bytes) -> bytes:
    """The graph of a line of canonical N-Quads, as it stands there; nothing for the default graph."""
    rest, last, _ = line.rsplit(b" ", 2)
    named = last.startswith(b"<") and last.endswith(b">") and b'"' not in last  # no IRI has a quotation mark
    return last if named and rest.count(b" ", 0, rest.find(b'"') if b'"' in rest else None) >= 2 else b""


def _in_order(quads: Engine) -> Iterator[Quad]:
    """Quads that come grouped by subject, in the order of Turtle within each group."""
    for _, group in groupby(quads, key=lambda quad: (quad.graph_name, quad.subject)):
        yield from sorted(group, key=lambda quad: serialize.triple_order(quad.triple))


class _Xml:
    """A writer that leaves no character in the text which XML cannot hold."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def write(self, piece: bytes) -> int:
        self._out.write(serialize.for_xml(piece))
        return len(piece)

    def flush(self) -> None:
        self._out.flush()
