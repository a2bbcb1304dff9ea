"""A release on disk: published whole or not at all, and refused when it is damaged."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from fasti import catalog, dumps, publication, verified
from fasti.errors import ReleaseError
from fasti.index import Index, check_index, subjects, write_index
from fasti.processes import Here, Scheduler
from fasti.store.embedded import Dataset, NamedNode, persist
from fasti.store.remote import RemoteDataset
from fasti.vocabulary import Vocabulary
from fasti.written import Written, open_written, write_descriptions

STORE = "store"
INDEX = "index.sqlite"
DESCRIPTIONS = "descriptions.pack"
_LINES = ".lines"
_CURE = "run 'fasti build' to publish it anew"


@dataclass(frozen=True)
class Release:
    """A published release: a folder with the store, dumps, sources, index, descriptions and their digests.

    `id` is the start of the canonical digest of its data, `created` the time of its first publication (UTC).
    """

    path: Path
    id: str
    base: str
    created: datetime
    counts: Mapping[str, int]
    digest: str
    code: str

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The IRIs of the deployment that this release was built for."""
        return Vocabulary(self.base)

    @cached_property
    def dataset(self) -> Dataset:
        """The data, opened read-only when first asked for."""
        return Dataset.read_only(self.store, self.vocabulary)

    @cached_property
    def index(self) -> Index:
        """The names, the tree of bodies and the counts; its file is opened by the first question."""
        return Index(self.path / INDEX, self.base)

    @cached_property
    def written(self) -> Written | None:
        """The descriptions that were written with it; None for a release that has none."""
        return open_written(self.path / DESCRIPTIONS)

    @property
    def store(self) -> Path:
        """The folder of the engine's store."""
        return self.path / STORE

    @property
    def queried(self) -> Path | RemoteDataset:
        """What public queries are put to: the folder of a store, or a dataset that answers them itself."""
        return self.store

    @property
    def dumps(self) -> Path:
        """The folder of the files for download."""
        return self.path / "dumps"

    @property
    def sources(self) -> Path:
        """The folder of the source texts."""
        return self.path / "sources"

    @cached_property
    def stems(self) -> frozenset[str]:
        """The names of the source texts."""
        return frozenset(file.stem for file in self.sources.iterdir())

    def text(self, stem: str) -> bytes:
        """The source text of that name, one of `stems`, byte for byte."""
        return (self.sources / f"{stem}.txt").read_bytes()

    @property
    def sizes(self) -> Mapping[str, int]:
        """The bytes of each file for download; of none when they are written for whoever asks."""
        return {file.name: file.stat().st_size for file in sorted(self.dumps.iterdir())}


def publish(
    dataset: Dataset, sources: Mapping[str, bytes], releases: Path, inputs: Mapping[str, str] | None = None
) -> Release:
    """Publish `dataset` with its catalog as the current release of the folder `releases`.

    Whatever happens on the way, the release that was current before stays so until the new one is whole and
    on disk. Data that are published already are not written again and keep their time.

    Args:
        dataset: the data without their catalog.
        sources: the texts by file stem, as they came.
        releases: the folder of releases; made when missing.
        inputs: what else the build read, name to SHA-256, for the catalog.

    Raises:
        ReleaseError: it could not be written.
    """
    graph = NamedNode(dataset.vocabulary.graph("catalog"))

    def place(building: Path) -> None:
        persist((quad for quad in dataset.quads() if quad.graph_name != graph), building / STORE, building / _LINES)

    return _published(place, _Contents(dataset.vocabulary, sources, inputs or {}, Here()), releases)


def publish_store(
    store: Path,
    lines: Path,
    vocabulary: Vocabulary,
    sources: Mapping[str, bytes],
    releases: Path,
    inputs: Mapping[str, str],
    scheduler: Scheduler,
) -> Release:
    """Publish the data set in the folder `store`, which moves into the release, as `publish` does.

    `lines` has the same statements, as `Dataset.new` writes them; it is used up.

    Raises:
        ReleaseError: it could not be written.
    """

    def place(building: Path) -> None:
        shutil.move(store, building / STORE)
        shutil.move(lines, building / _LINES)

    return _published(place, _Contents(vocabulary, sources, inputs, scheduler), releases)


@dataclass(frozen=True)
class _Contents:
    """What a release is made of beside its data, and where the work is done."""

    vocabulary: Vocabulary
    sources: Mapping[str, bytes]
    inputs: Mapping[str, str]
    scheduler: Scheduler


def _published(place: Callable[[Path], None], contents: _Contents, releases: Path) -> Release:
    try:
        releases.mkdir(parents=True, exist_ok=True)
        with publication.locked(releases):
            building = publication.begin(releases)
            place(building)
            digest = _write(building, contents)
            if _is_whole(releases / digest[:16]):
                shutil.rmtree(building)
            else:
                publication.move(building, releases / digest[:16])
            publication.point(releases, digest[:16])
            publication.prune(releases)
    except (OSError, RuntimeError) as error:
        raise ReleaseError(f"{releases}: the release could not be written ({error}); the old one stays") from error
    return open_release(releases)


def open_release(releases: Path) -> Release:
    """The current release of the folder `releases`.

    Raises:
        ReleaseError: there is none, or it is damaged; the message says what is wrong and how to cure it.
    """
    return _read(_current(releases))


def verify_release(releases: Path) -> Release:
    """The current release, every file of it read again, also those that nothing is known to have touched.

    Raises:
        ReleaseError: as `open_release`.
    """
    verified.forget(_current(releases))
    return open_release(releases)


def _current(releases: Path) -> Path:
    current = releases / publication.CURRENT
    if not current.is_symlink():
        raise ReleaseError(f"{releases}: no release here, expected the link '{publication.CURRENT}'; run 'fasti build'")
    return releases.absolute() / current.readlink().name  # to be found from wherever a file is sent


def _read(path: Path) -> Release:
    """The release in the folder `path`, after checking every file of it against its digest."""
    try:
        about = json.loads((path / "release.json").read_text("utf-8"))
        listed = dumps.read_sums(path)
        created = datetime.fromisoformat(about["created"])
        release = Release(path, about["id"], about["base"], created, about["counts"], about["rdfc10"], about["fasti"])
    except OSError as error:
        raise ReleaseError(f"{path}: damaged release, {error.strerror}: {error.filename}; {_CURE}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ReleaseError(f"{path}: damaged release, release.json or SHA256SUMS is cut ({error}); {_CURE}") from error
    if fault := _fault(path, listed, release.id):
        raise ReleaseError(f"{path}: damaged release, {fault}; {_CURE}")
    return release


def _fault(path: Path, listed: Mapping[str, str], identifier: str) -> str | None:
    """What is wrong with the files of a release, or None."""
    if identifier != path.name:
        return f"release.json is of release {identifier}"
    present = {file.relative_to(path).as_posix() for file in _files(path)} - {"SHA256SUMS"}
    if missing := sorted(listed.keys() - present):
        return f"{missing[0]} is missing"
    if unlisted := sorted(present - listed.keys()):
        return f"{unlisted[0]} is not in SHA256SUMS"
    if INDEX not in listed:
        return f"it has no {INDEX}, which older ones had not"
    if changed := verified.changed(path, listed):
        return f"{changed} does not have the SHA-256 that SHA256SUMS expects"
    return check_index(path / INDEX)


def _is_whole(path: Path) -> bool:
    """Whether the release is there, with all that this code writes: one from before there were descriptions lacks them."""
    try:
        return _read(path).written is not None
    except ReleaseError:
        return False


def _write(folder: Path, contents: _Contents) -> str:
    """Fill `folder`, which has the store, with a release; bring it to the disk, and give the digest of its data."""
    vocabulary, sources, run = contents.vocabulary, contents.sources, contents.scheduler
    store, lines, files = folder / STORE, folder / _LINES, folder / "dumps"
    dataset = Dataset.new(store, vocabulary, lines)
    dataset.add(catalog.describe(dataset, sources, contents.inputs))
    with ThreadPoolExecutor() as aside:
        ordered = aside.submit(lambda: next(run.map(dumps.order_lines, [(lines, files, vocabulary)])))
        dataset.close(optimize=True)
        stored = Dataset.read_only(store, vocabulary)
        indexed = aside.submit(_index, folder / INDEX, stored)
        quads, record = ordered.result()
        lines.unlink()
        if quads != len(stored):
            raise ReleaseError(f"{folder}: {quads} statements are to be published, and {len(stored)} are in the store")
        pack = (folder / DESCRIPTIONS, store, files / dumps.CANONICAL, vocabulary, run)
        described = aside.submit(write_descriptions, *pack)
        digest = dumps.write_dumps(files, vocabulary, run)
        counts = {"record": record, "quads": quads, "sources": len(sources), **_entities(stored)}
        for each in (indexed, described):
            each.result()
    (folder / "sources").mkdir()
    for stem, text in sources.items():
        (folder / "sources" / f"{stem}.txt").write_bytes(text)
    about = {
        "id": digest[:16],
        "base": vocabulary.base,
        "created": datetime.now(UTC).replace(microsecond=0).isoformat(),
        "counts": counts,
        "rdfc10": digest,
        "fasti": version("fasti"),
    }
    (folder / "release.json").write_text(json.dumps(about, indent=2) + "\n", "utf-8")
    dumps.write_sums(folder, sorted(_files(folder)))
    publication.sync(folder)
    return digest


def _index(path: Path, dataset: Dataset) -> None:
    """Write the index; what reads a store stays in one thread."""
    write_index(path, subjects(dataset), dataset.vocabulary)


def _entities(dataset: Dataset) -> dict[str, int]:
    """How many there are of each class that a home page counts."""
    return {row["name"].value: int(row["count"].value) for row in dataset.select("release-counts")}


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
