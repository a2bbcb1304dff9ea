"""Publishing: whole or not at all, the same bytes for the same data, and damage is told."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
import zstandard
from rdflib.compare import to_isomorphic

from fasti import dumps
from fasti.errors import ReleaseError
from fasti.publication import KEPT
from fasti.release import open_release, publish
from fasti.store.embedded import Dataset, DefaultGraph, Literal, NamedNode, Quad
from fasti.vocabulary import Vocabulary

TEXTS = {"one": b"= One =\n"}


def data(label: str = "One", base: str = "http://localhost:8000/") -> Dataset:
    words = Vocabulary(base)
    body, passage = NamedNode(words.entity("organization", "one")), NamedNode(words.passage("one", 2, 5))
    statements = [
        (body, NamedNode(words.expand("rdf:type")), NamedNode(words.expand("org:FormalOrganization"))),
        (
            body,
            NamedNode(words.expand("rdfs:label")),
            Literal(f'{label} "quoted"\t\u0007\u2028 é', language="en"),
        ),
        (body, NamedNode(words.expand("skos:prefLabel")), Literal("一", language="zh-Hans")),
        (
            body,
            NamedNode(words.expand("dct:created")),
            Literal("1957", datatype=NamedNode(words.expand("xsd:gYear"))),
        ),
        (
            body,
            NamedNode(words.expand("fasti:ordinal")),
            Literal("01", datatype=NamedNode(words.expand("xsd:integer"))),
        ),
    ]
    dataset = Dataset.memory(words)
    dataset.add(Quad(*statement, graph) for statement in statements for graph in (DefaultGraph(), passage))
    return dataset


def test_the_same_data_give_the_same_bytes_wherever_they_are_built(tmp_path: Path) -> None:
    first, second = publish(data(), TEXTS, tmp_path / "a"), publish(data(), TEXTS, tmp_path / "b")

    assert first.id == second.id
    names = sorted(path.name for path in first.dumps.iterdir())
    assert names == sorted(path.name for path in second.dumps.iterdir())
    for name in names:
        assert (first.dumps / name).read_bytes() == (second.dumps / name).read_bytes(), name


def test_publishing_again_changes_nothing(tmp_path: Path) -> None:
    first = publish(data(), TEXTS, tmp_path)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    published = [path for path in files if path.name != ".lock" and not path.match(".verified-*")]
    before = {path: path.stat().st_mtime_ns for path in published}
    second = publish(data(), TEXTS, tmp_path)

    assert second.created == first.created
    assert before == {path: path.stat().st_mtime_ns for path in before}


def test_the_last_three_releases_stay(tmp_path: Path) -> None:
    made = [publish(data(f"Body {number}"), TEXTS, tmp_path).id for number in range(5)]

    assert open_release(tmp_path).id == made[-1]
    assert sorted(path.name for path in tmp_path.iterdir() if path.name[0] != "." and path.name != "current") == sorted(
        made[-KEPT:]
    )


def test_an_older_release_becomes_current_again_without_being_written_anew(tmp_path: Path) -> None:
    first = publish(data("One"), TEXTS, tmp_path)
    publish(data("Two"), TEXTS, tmp_path)

    assert publish(data("One"), TEXTS, tmp_path) == first


def test_the_link_is_relative_so_that_the_folder_can_move(tmp_path: Path) -> None:
    made = publish(data(), TEXTS, tmp_path / "here")
    (tmp_path / "here").rename(tmp_path / "there")

    assert open_release(tmp_path / "there").id == made.id


def test_the_digest_is_that_of_the_canonical_n_quads(tmp_path: Path) -> None:
    release = publish(data(), TEXTS, tmp_path)
    canonical = (release.dumps / "dataset.nq").read_bytes()

    assert hashlib.sha256(canonical).hexdigest() == release.digest
    assert release.digest.startswith(release.id)
    assert (release.dumps / dumps.RDFC).read_text() == f"{release.digest}  dataset.nq\n"
    lines = canonical.decode().split("\n")[:-1]  # not splitlines(): U+2028 stands in literals as it is
    assert lines == sorted(set(lines))


def test_dumps_say_what_the_store_holds(tmp_path: Path) -> None:
    """The engine rewrites 01 to 1 and zh-Hans to zh-hans: a dump equals what SPARQL serves."""
    release = publish(data(), TEXTS, tmp_path)

    assert (release.dumps / "dataset.nq").read_text("utf-8") == "".join(
        f"{quad} .\n" for quad in sorted(map(str, release.dataset.quads()))
    )


@pytest.mark.parametrize("name", ["record.ttl", "record.jsonld", "record.rdf"])
def test_every_format_of_the_record_is_the_same_graph(tmp_path: Path, name: str) -> None:
    release = publish(data(), TEXTS, tmp_path)
    reference = rdflib.Graph().parse(release.dumps / "record.nt", format="nt")
    text = (release.dumps / name).read_text("utf-8")
    if name == "record.rdf":  # XML has no bell
        text = text.replace("\ufffd", "")
        reference = rdflib.Graph().parse(data=(release.dumps / "record.nt").read_text("utf-8").replace("\\u0007", ""))
    forms = {"record.ttl": "turtle", "record.jsonld": "json-ld", "record.rdf": "xml"}

    assert to_isomorphic(rdflib.Graph().parse(data=text, format=forms[name])) == to_isomorphic(reference)


def test_trig_and_n_quads_are_the_same_data_set(tmp_path: Path) -> None:
    release = publish(data(), TEXTS, tmp_path)
    trig, nquads = rdflib.Dataset(), rdflib.Dataset()
    trig.parse(release.dumps / "dataset.trig", format="trig")
    nquads.parse(release.dumps / "dataset.nq", format="nquads")

    assert set(trig.quads()) == set(nquads.quads())
    assert len(set(nquads.quads())) == len(release.dataset)


def test_compressed_copies_hold_the_same_bytes(tmp_path: Path) -> None:
    folder = publish(data(), TEXTS, tmp_path).dumps

    for dump in dumps.DUMPS:
        plain = (folder / dump.name).read_bytes()
        assert gzip.decompress((folder / f"{dump.name}.gz").read_bytes()) == plain
        assert zstandard.ZstdDecompressor().decompress((folder / f"{dump.name}.zst").read_bytes()) == plain


def test_sha256sum_accepts_the_sums(tmp_path: Path) -> None:
    release = publish(data(), TEXTS, tmp_path)

    for folder in (release.path, release.dumps):
        subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=folder, check=True)


def test_the_catalog_counts_what_sparql_counts(tmp_path: Path) -> None:
    release = publish(data(), TEXTS, tmp_path)
    words = release.vocabulary
    triples = next(
        iter(release.dataset.quads(NamedNode(words.base + "catalog#record"), NamedNode(words.expand("void:triples"))))
    )

    assert triples.object == next(iter(release.dataset.select("catalog-totals")))["triples"]
    assert triples.object.value == str(release.counts["record"])


def test_the_catalog_has_no_blank_nodes(tmp_path: Path) -> None:
    release = publish(data(), TEXTS, tmp_path, {"mappings": "0" * 64})

    assert " _:" not in " " + (release.dumps / "dataset.nq").read_text("utf-8").replace("\n", " ")


@pytest.mark.parametrize("name", ["release.json", "SHA256SUMS", "dumps/record.ttl", "sources/one.txt", "store/CURRENT"])
def test_a_missing_file_is_told(tmp_path: Path, name: str) -> None:
    release = publish(data(), TEXTS, tmp_path)
    (release.path / name).unlink()

    with pytest.raises(ReleaseError, match=rf"{name.split('/')[-1]}.*fasti build"):
        open_release(tmp_path)


@pytest.mark.parametrize("name", ["dumps/record.ttl", "sources/one.txt", "store/CURRENT", "release.json", "SHA256SUMS"])
def test_a_changed_file_is_told(tmp_path: Path, name: str) -> None:
    release = publish(data(), TEXTS, tmp_path)
    content = (release.path / name).read_bytes()
    (release.path / name).write_bytes(content[: len(content) // 2])

    with pytest.raises(ReleaseError, match=r"damaged release.*fasti build"):
        open_release(tmp_path)


def test_a_build_cures_a_damaged_release(tmp_path: Path) -> None:
    release = publish(data(), TEXTS, tmp_path)
    (release.dumps / "record.ttl").write_text("cut")

    assert publish(data(), TEXTS, tmp_path).id == release.id
    assert (release.dumps / "record.ttl").read_text() != "cut"


def test_no_release_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match=r"no release here.*fasti build"):
        open_release(tmp_path)


def test_leftovers_of_a_killed_build_are_removed(tmp_path: Path) -> None:
    (tmp_path / ".building-0123").mkdir()
    (tmp_path / ".building-0123" / "store").touch()
    (tmp_path / ".building-link").symlink_to("nowhere")
    publish(data(), TEXTS, tmp_path)

    assert not list(tmp_path.glob(".building*"))


@pytest.mark.parametrize(
    "step", ["release.persist", "dumps.write_dumps", "publication.sync", "publication.move", "publication.point"]
)
def test_a_build_that_fails_at_any_step_leaves_the_old_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    old = publish(data("Old"), TEXTS, tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(f"fasti.{step}", full)
    with pytest.raises(ReleaseError, match="No space left"):
        publish(data("New"), TEXTS, tmp_path)
    monkeypatch.undo()

    assert open_release(tmp_path) == old
    assert publish(data("New"), TEXTS, tmp_path).id != old.id


KILLED = """
import os, sys
sys.path.insert(0, {tests!r})
from pathlib import Path
from fasti import publication, release
from test_release import TEXTS, data
setattr({module}, {step!r}, lambda *_: os.kill(os.getpid(), 9))
release.publish(data("New"), TEXTS, Path({folder!r}))
"""


@pytest.mark.parametrize(
    ("module", "step"),
    [("release", "persist"), *(("publication", step) for step in ("sync", "move", "point", "prune"))],
)
def test_a_build_that_is_killed_leaves_a_whole_release(tmp_path: Path, module: str, step: str) -> None:
    old = publish(data("Old"), TEXTS, tmp_path)
    script = KILLED.format(tests=str(Path(__file__).parent), module=module, step=step, folder=str(tmp_path))
    ended = subprocess.run([sys.executable, "-c", script], check=False)

    assert ended.returncode == -9
    assert (open_release(tmp_path).id == old.id) == (step != "prune")
    publish(data("Next"), TEXTS, tmp_path)  # the lock died with its holder
    assert not list(tmp_path.glob(".building*"))


def test_a_release_can_be_copied_elsewhere_and_opened(tmp_path: Path) -> None:
    release = publish(data(), TEXTS, tmp_path / "here")
    shutil.copytree(tmp_path / "here", tmp_path / "copy", symlinks=True)

    assert len(open_release(tmp_path / "copy").dataset) == len(release.dataset)
