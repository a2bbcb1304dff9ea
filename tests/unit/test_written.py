"""The file of descriptions: the same bytes from the same data wherever they are made, and each one a look-up."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from fasti import written
from fasti.processes import Here, Scheduler, here
from fasti.store.embedded import Dataset, canonical, persist
from fasti.vocabulary import Vocabulary
from fasti.written import Written, open_written, write_descriptions

NOON = datetime(2026, 5, 20, 12, tzinfo=UTC)
DATA = """
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix org: <http://www.w3.org/ns/org#> .
<id/organization/a> org:hasPost <id/post/b> ; rdfs:label "A"@en ; org:hasSite <id/organization/a#site> .
<id/organization/a#site> rdfs:label "The site of A"@en .
<id/post/b> rdfs:label "B"@en .
<id/person/given-up> rdfs:label "Nobody"@en .
<id/person/%E6%9D%8E> rdfs:label "Li"@en .
<id/organization/many> rdfs:label "Many"@en .
<id/passage/s/1-2> rdfs:label "Words"@en .
<graph/links> { <id/person/given-up> owl:deprecated true . <id/person/elsewhere> owl:sameAs <id/organization/a> . }
""" + "".join(f"<id/post/p{number}> org:postIn <id/organization/many> .\n" for number in range(40))  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With a store, and its lines."""
    made = tmp_path_factory.mktemp("written")
    (made / "data.trig").write_text(DATA)
    dataset = Dataset.memory(Vocabulary())
    dataset.load(made / "data.trig")
    persist(dataset.quads(), made / "store")
    (made / "lines.nq").write_text("".join(f"{quad} .\n" for quad in canonical(dataset.quads())))
    return made


def wrote(folder: Path, path: Path, scheduler: Scheduler | None = None) -> Written:
    write_descriptions(path, folder / "store", folder / "lines.nq", Vocabulary(), scheduler or Here())
    return Written(path)


def test_a_description_has_both_directions_the_labels_and_the_time(folder: Path, tmp_path: Path) -> None:
    found = wrote(folder, tmp_path / "pack").turtle("post/b", NOON)

    assert found is not None
    text = found.decode()
    assert '<http://localhost:8000/id/organization/a> rdfs:label "A"@en' in text
    assert "org:hasPost <http://localhost:8000/id/post/b>" in text
    assert 'dct:modified "2026-05-20T12:00:00Z"^^xsd:dateTime' in text
    assert "0001" not in text


def test_what_is_not_served_as_it_is_named_is_left_out(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(written, "MOST", 30)
    found = wrote(folder, tmp_path / "pack")

    assert len(found) == 42  # a, b and the forty posts
    for name in ("person/given-up", "person/%E6%9D%8E", "organization/many", "passage/s/1-2", "organization/a#site",
                 "person/elsewhere", "nothing"):  # fmt: skip
        assert found.turtle(name, NOON) is None, name


def test_the_same_data_give_the_same_file_wherever_it_is_made(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(written, "_TOGETHER", 7)
    one = wrote(folder, tmp_path / "one")
    with here(2) as processes:
        other = wrote(folder, tmp_path / "other", processes)

    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
    assert len(one) == len(other) == 43


def test_two_names_with_one_hash_are_told_apart(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = wrote(folder, tmp_path / "pack")
    known = written._hash(b"post/b")
    monkeypatch.setattr(written, "_hash", lambda _: known)

    assert found.turtle("post/b", NOON)
    assert found.turtle("post/nothing", NOON) is None


@pytest.mark.parametrize("content", [None, b"", b"short", bytes(100)], ids=["absent", "empty", "short", "of others"])
def test_a_file_of_other_code_is_as_good_as_none(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "pack").write_bytes(content)

    assert open_written(tmp_path / "pack") is None


def test_no_data_give_a_file_without_descriptions(tmp_path: Path) -> None:
    persist([], tmp_path / "store")
    (tmp_path / "lines.nq").touch()
    found = wrote(tmp_path, tmp_path / "pack")

    assert (len(found), found.turtle("post/b", NOON)) == (0, None)


@pytest.mark.parametrize("count", [0, 1, 5, 32, 33, 64, 65, 1000])
def test_samples_come_from_everywhere(count: int) -> None:
    names = [str(number) for number in range(count)]
    found = written._spread(names, 32)

    assert min(count, 16) <= len(found) <= 32
    assert not count or int(found[-1]) >= (count - 1) * 0.8
