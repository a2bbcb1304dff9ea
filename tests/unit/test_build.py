"""Building: what goes in, what comes out, and what a bad document costs the others: nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from fasti import build as building
from fasti.errors import DocumentError, UsageError, ValidationError
from fasti.paths import data
from fasti.store import DefaultGraph, Literal, NamedNode, Quad
from fasti.validation import validate
from fasti.vocabulary import Vocabulary

MINISTRY = """= Ministry of Salt =

Ministry of Salt
- Formation: 3 May 1901
- Leader Title: Minister
- Leader Name: Ada Brine
- Parent Organization: Government of Ruritania

== Ministers ==
1. Otto Halit (1901–1910)
2. Ada Brine (1910–)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "salt.txt").write_text(MINISTRY, "utf-8")
    return tmp_path


def test_a_document_that_cannot_be_read_does_not_keep_the_others_from_building(folder: Path) -> None:
    """Undecodable bytes and an empty file are errors that name the file; the rest is built."""
    (folder / "bytes.txt").write_bytes(b"= Office =\n\xff\xfe\n")
    (folder / "empty.txt").write_text("", "utf-8")

    built = building.build(building.sources(folder), Vocabulary())

    assert [document.stem for document in built.documents] == ["salt"]
    assert [Path(str(failure).split(":")[0]).name for failure in built.failures] == ["bytes.txt", "empty.txt"]
    assert "bytes.txt:2: byte 0xFF" in str(built.failures[0])


def test_a_very_long_line_is_an_error_that_names_the_file(folder: Path) -> None:
    """A line of fifty megabytes is refused before anything parses it."""
    (folder / "long.txt").write_text("= Office =\n" + "x" * 50_000_000, "utf-8")

    built = building.build(building.sources(folder), Vocabulary())

    assert "long.txt" in str(built.failures[0])
    assert len(built.documents) == 1


def test_nothing_readable_is_an_error(tmp_path: Path) -> None:
    """With no readable document at all the build says why and makes nothing."""
    (tmp_path / "empty.txt").write_text(" \n", "utf-8")

    with pytest.raises(DocumentError, match=r"empty\.txt"):
        building.build(building.sources(tmp_path), Vocabulary())


def test_a_folder_without_documents_is_wrong_usage(tmp_path: Path) -> None:
    """A missing folder and one without *.txt are told apart."""
    with pytest.raises(UsageError, match="no such folder"):
        building.sources(tmp_path / "missing")
    with pytest.raises(UsageError, match=r"no \*.txt"):
        building.sources(tmp_path)


def test_the_same_input_gives_the_same_statements(folder: Path) -> None:
    """Two builds are equal quad for quad, in whatever order the files are named."""
    paths = [*building.sources(data("seeds")), *building.sources(folder)]

    one, other = (building.build(order, Vocabulary()) for order in (paths, paths[::-1]))

    assert set(map(str, one.dataset.quads())) == set(map(str, other.dataset.quads()))


def test_every_statement_of_the_record_stands_in_a_named_graph(folder: Path) -> None:
    """Nothing is published that cannot say where it comes from."""
    built = building.build(building.sources(folder), Vocabulary())

    named = {(q.subject, q.predicate, q.object) for q in built.dataset.quads() if q.graph_name != DefaultGraph()}
    alone = [q for q in built.dataset.quads(graph=DefaultGraph()) if (q.subject, q.predicate, q.object) not in named]

    assert alone == []


def test_the_base_is_in_every_iri_that_is_ours(folder: Path) -> None:
    """A build for another deployment names no IRI of the default one."""
    built = building.build(building.sources(folder), Vocabulary("https://example.org/offices/"))

    assert not [q for q in built.dataset.quads() if "localhost" in str(q)]


def test_a_violation_names_the_passage_and_the_rule(folder: Path) -> None:
    """What stops a release says which words and which rule it came from."""
    vocabulary = Vocabulary()
    built = building.build(building.sources(folder), vocabulary)
    body = NamedNode(vocabulary.entity("organization", "ministry-of-salt"))
    second = Quad(body, NamedNode(vocabulary.expand("skos:prefLabel")), Literal("Salt Ministry", language="en"))
    built.dataset.add([second])
    report = validate(built.dataset)

    with pytest.raises(ValidationError, match=r"(?s)pref-label.*salt\.txt.*subject"):
        report.require()


def test_whose_words_a_document_is_is_said_and_never_guessed(folder: Path) -> None:
    """A document that `mappings/sources.ttl` does not know has no licence, and a warning says where to give it one."""
    built = building.build(building.sources(folder), Vocabulary())
    words = built.dataset.vocabulary
    licence = NamedNode(words.expand("dct:license"))
    warned = [r for r in built.report.results if r.code == "source-license"]

    assert not list(built.dataset.quads(NamedNode(words.source("salt")), licence))
    assert [(r.severity, r.focus) for r in warned] == [("Warning", words.source("salt"))]
    assert "mappings/sources.ttl" in warned[0].message
