"""Dumps made of a store on disk have the bytes that `serialize.write` gives of its quads in memory."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from fasti.store import Dataset, DefaultGraph, Literal, NamedNode, Quad
from fasti.store.embedded import persist
from fasti.store.exports import Sources, graph_of
from fasti.store.serialize import FORMATS, JSON_LD, N_QUADS, N_TRIPLES, write
from fasti.vocabulary import Vocabulary

VOCABULARY = Vocabulary()


def quads() -> list[Quad]:
    """Subjects one of which begins like another, values that look like graphs, several graphs."""
    label, kind = (NamedNode(VOCABULARY.expand(name)) for name in ("rdfs:label", "rdf:type"))
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
    return [*said, *(Quad(thing, kind, NamedNode(VOCABULARY.expand("org:Post")), places[0]) for thing in things)]


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_a_dump_of_a_store_has_the_same_bytes(tmp_path: Path, form: object) -> None:
    persist(quads(), tmp_path / "store")
    sources = Sources(tmp_path / "store", tmp_path, VOCABULARY)
    written: dict[object, bytes] = {}
    for each in (N_QUADS, N_TRIPLES, *FORMATS):
        out = io.BytesIO()
        sources.write(each, out)
        written[each] = out.getvalue()
        name = {N_QUADS: "dataset.nq", N_TRIPLES: "record.nt"}.get(each)
        if name:
            (tmp_path / name).write_bytes(out.getvalue())
    dataset = Dataset.read_only(tmp_path / "store", VOCABULARY)
    wanted = next(each for each in FORMATS if each == form)
    held = dataset.quads(graph=None if wanted.graphs else DefaultGraph())

    assert written[form] == write(held, wanted, VOCABULARY.prefixes)
    assert JSON_LD in written


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
