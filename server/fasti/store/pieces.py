"""Writes statements in each RDF format while they come, in whatever order: what a store elsewhere is dumped with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from itertools import groupby, islice

from fasti.store.serialize import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, Format, engine, for_xml, json_ld, triple_order
from fasti.store.terms import Engine, Quad, Triple

_AT_A_TIME = 1000  # statements
_HEAD = re.compile(rb"(?:<\?xml[^\n]*\n<rdf:RDF[^\n]*\n|(?:@prefix [^\n]*\n)*)")
_TAIL = b"</rdf:RDF>"


def pieces(quads: Iterable[Quad], form: Format, prefixes: Mapping[str, str]) -> Iterator[bytes]:
    """The statements as a document in `form`, a piece at a time; a format without graphs drops those.

    Nothing is sorted, so the same statements may give other bytes, and a subject may come several times.

    Args:
        quads: taken as they are needed.
        form: the format.
        prefixes: declared in it, used or not.
    """
    if form == JSON_LD:
        yield from _joined(json_ld(_by_subject(quad.triple for quad in quads), prefixes))
        return
    rows = iter(quads)
    first = True
    while batch := list(islice(rows, _AT_A_TIME)):
        written = _written(batch, form, prefixes)
        yield written if first else _HEAD.sub(b"", written, count=1)
        first = False
    if form == RDF_XML:
        yield _TAIL if not first else _document((), form, prefixes)


def _written(batch: list[Quad], form: Format, prefixes: Mapping[str, str]) -> bytes:
    """The batch as a document of its own, without what ends it."""
    if form in (N_TRIPLES, N_QUADS):
        return "".join(f"{quad if form.graphs else quad.triple} .\n" for quad in batch).encode()
    written = _document(batch if form.graphs else [quad.triple for quad in batch], form, prefixes)
    return written.removesuffix(_TAIL) if form == RDF_XML else written


def _document(statements: Engine, form: Format, prefixes: Mapping[str, str]) -> bytes:
    out = BytesIO()
    engine(statements, form, prefixes, out)
    return for_xml(out.getvalue()) if form == RDF_XML else out.getvalue()


def _by_subject(triples: Iterable[Triple]) -> Iterator[Engine]:
    """Each run of triples about one subject in the order that JSON-LD's nodes are made of."""
    for _, run in groupby(triples, key=lambda triple: triple.subject):
        found: set[Engine] = set(run)
        yield from sorted(found, key=triple_order)


def _joined(parts: Iterator[bytes]) -> Iterator[bytes]:
    while batch := list(islice(parts, _AT_A_TIME)):
        yield b"".join(batch)
