"""Dumps made of lines in any order have the bytes that `serialize.write` gives of its quads in memory."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest

from fasti.store import DefaultGraph, Literal, NamedNode, Quad
from fasti.store.exports import ALL, RECORD, Exports, graph_of
from fasti.store.serialize import FORMATS, N_QUADS, N_TRIPLES, Format, write
from fasti.vocabulary import Vocabulary

VOCABULARY = Vocabulary()


def quads() -> list[Quad]:
    """Subjects one of which begins like another, values that look like graphs, several graphs."""
    label, kind = (NamedNode(VOCABULARY.expand(name)) for name in ("rdfs:label", "rdf:type"))
    begin, status = (NamedNode(VOCABULARY.expand(f"fasti:{name}")) for name in ("begin", "beginStatus"))
    values = [
        Literal("a <b> c"),
        Literal('x "<y>'),
        Literal("Mint", language="en"),
        Literal(3),
        Literal("tab\tend\x01"),
    ]
    things = [NamedNode(VOCABULARY.entity("organization", name)) for name in ("mint", "mint-a", "mint.b", "mint/c")]
    places = [DefaultGraph(), NamedNode(VOCABULARY.passage("m", 0, 9)), NamedNode(VOCABULARY.graph("evidence"))]
    said = [Quad(thing, label, value, place) for thing in things for value in values for place in places]
    said += [Quad(things[0], each, kind, places[0]) for each in (begin, status)]
    return [*said, *(Quad(thing, kind, NamedNode(VOCABULARY.expand("org:Post")), places[0]) for thing in things)]


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_a_dump_has_the_same_bytes(tmp_path: Path, form: Format) -> None:
    lines = [f"{quad} .\n" for quad in quads()]
    random.Random(1).shuffle(lines)
    (tmp_path / "lines").write_text("".join([*lines, *lines[:5]]))
    exports = Exports(tmp_path, VOCABULARY)
    counts = exports.order(tmp_path / "lines")
    written = io.BytesIO()
    if form in (N_QUADS, N_TRIPLES):
        written.write((tmp_path / {N_QUADS: ALL, N_TRIPLES: RECORD}[form]).read_bytes())
    else:
        exports.write(form, written)
    held = [quad for quad in quads() if form.graphs or quad.graph_name == DefaultGraph()]

    assert written.getvalue() == write(held, form, VOCABULARY.prefixes)
    assert counts == (len(quads()), sum(quad.graph_name == DefaultGraph() for quad in quads()))


def test_only_dumps_stay(tmp_path: Path) -> None:
    (tmp_path / "lines").write_text("".join(f"{quad} .\n" for quad in quads()))
    exports = Exports(tmp_path, VOCABULARY)
    exports.order(tmp_path / "lines")
    exports.tidy()

    assert {file.name for file in tmp_path.iterdir()} == {"lines", ALL, RECORD}


@pytest.mark.parametrize(
    ("line", "graph"),
    [
        (b"<s> <p> <o> .\n", b""),
        (b"<s> <p> <o> <g> .\n", b"<g>"),
        (b'<s> <p> "a <b> c" .\n', b""),
        (b'<s> <p> "a <b"^^<d> .\n', b""),
        (b'<s> <p> "a <b" <g> .\n', b"<g>"),
        (b'<s> <p> "x y"@en <g> .\n', b"<g>"),
        (b'<s> <p> "x"^^<d> <g> .\n', b"<g>"),
        (b'<s> <p> "x \\" <y>" .\n', b""),
    ],
)
def test_the_graph_of_a_line_is_told_from_its_object(line: bytes, graph: bytes) -> None:
    assert graph_of(line) == graph
