"""A data set assembled on disk, by parts and from a cache, is the one that is built in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fasti import assembly
from fasti.assembly import assemble
from fasti.build import build
from fasti.paths import data
from fasti.processes import Here, here
from fasti.store import Dataset
from fasti.vocabulary import Vocabulary

VOCABULARY = Vocabulary()
TESTS = Path(__file__).parents[1]
HALL, BOARD = "= Trade Hall of Elbonia =", "= Trade Board of Elbonia ="
TEXTS = {
    "a": f"{HALL}\n\nInfobox\n- Formation: 1901\n- Parent Agency: Treasury of Elbonia\n\n== Directors ==\n- ada low (1990–1995)\n- Ada Low (1995–1999)\n",
    "b": f"{BOARD}\n\nInfobox\n- Parent Agency: Trade Hall of Elbonia\n- Formation: 1950\n\nThe Trade Hall of Elbonia was established in 1903.\n\n== Directors ==\n- Bo Ek (1950–1960)\n",
    "c": f"{HALL}\n\nInfobox\n- Parent Agency: Treasury of Elbonia\n\n== Organization ==\n- Treasury of Elbonia\n- Legal Office\n\n== Directors ==\n- Bo Ek (1990–1995)\n- ADA LOW (1999–)\n",
}


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every document is mapped alone, so that whatever two have in common is settled between them."""
    monkeypatch.setattr(assembly, "_DOCUMENTS", 1)
    monkeypatch.setattr(assembly, "_PART", 1)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder of documents that speak of each other and disagree."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for stem, text in TEXTS.items():
        (folder / f"{stem}.txt").write_text(text, "utf-8")
    return folder


def lines(dataset: Dataset) -> list[str]:
    return sorted(map(str, dataset.quads()))


def made(texts: Path, folder: Path, cache: Path) -> list[str]:
    """What a build on disk comes to; its lines say the same."""
    assembled = assemble(sorted(texts.glob("*.txt")), VOCABULARY, folder, cache, Here())
    found = lines(Dataset.read_only(assembled.store, VOCABULARY))
    assert sorted({*assembled.lines.read_text("utf-8").splitlines()}) == [f"{quad} ." for quad in found]
    return found


def stored(texts: Path) -> Iterator[str]:
    """What a build in memory comes to."""
    yield from lines(build(sorted(texts.glob("*.txt")), VOCABULARY).dataset)


@pytest.mark.parametrize("folder", [data("seeds"), TESTS / "generality/documents"], ids=["seeds", "many countries"])
def test_documents_come_out_as_in_memory(folder: Path, tmp_path: Path) -> None:
    """Parts of the record are weighed apart, and nothing differs."""
    assert made(folder, tmp_path / "work", tmp_path / "cache") == list(stored(folder))


def test_documents_that_share_entities_come_out_as_in_memory(texts: Path, tmp_path: Path) -> None:
    """Who names something first, and which year outweighs which, is settled over all documents."""
    found = made(texts, tmp_path / "work", tmp_path / "cache")

    assert found == list(stored(texts))
    assert sum("def#Conflict>" in line and "rdf-syntax-ns#type" in line for line in found) == 3


@pytest.mark.parametrize(("stem", "before", "after"), [
    ("b", "Bo Ek (1950", "Di Fa (1950"), ("a", "ada low", "Ada Low"), ("a", HALL, "= Trade House of Elbonia ="),
    ("c", "- Legal Office\n", ""),
])  # fmt: skip
def test_a_changed_document_comes_out_of_the_cache_as_without_one(
    texts: Path, tmp_path: Path, stem: str, before: str, after: str
) -> None:
    """What the change makes of the names in other documents is noticed too."""
    made(texts, tmp_path / "first", tmp_path / "cache")
    changed = texts / f"{stem}.txt"
    changed.write_text(TEXTS[stem].replace(before, after), "utf-8")

    assert TEXTS[stem] != changed.read_text("utf-8")
    assert made(texts, tmp_path / "second", tmp_path / "cache") == made(texts, tmp_path / "third", tmp_path / "fresh")


def test_only_what_changed_is_mapped_again(texts: Path, tmp_path: Path) -> None:
    """The other documents' files in the cache are not written; what is not used any more goes."""
    cache = tmp_path / "cache"
    made(texts, tmp_path / "first", cache)
    before = {path: path.stat().st_mtime_ns for path in cache.iterdir()}
    (texts / "b.txt").write_text(TEXTS["b"].replace("Bo Ek (1950", "Di Fa (1950"), "utf-8")
    made(texts, tmp_path / "second", cache)
    after = {path: path.stat().st_mtime_ns for path in cache.iterdir()}

    assert len(before) == len(after) == 2 * len(TEXTS)
    assert len(before.items() & after.items()) == 2 * (len(TEXTS) - 1)


def test_a_text_that_cannot_be_read_keeps_no_other_from_being_built(texts: Path, tmp_path: Path) -> None:
    (texts / "bad.txt").write_bytes(b"\xff")
    found = assemble(sorted(texts.glob("*.txt")), VOCABULARY, tmp_path / "work", tmp_path / "cache", Here())

    assert sorted(found.texts) == sorted(TEXTS)
    assert ["bad.txt" in str(failure) for failure in found.failures] == [True]


def test_results_come_in_the_order_of_the_arguments() -> None:
    """However many processes there are, and however long each task takes."""
    with here(2) as two:
        assert list(two.map(abs, range(-40, 0))) == list(range(40, 0, -1))
