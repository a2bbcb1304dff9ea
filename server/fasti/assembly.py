"""Puts a data set together on disk: documents are read and mapped by many processes, nothing is whole in memory."""

from __future__ import annotations

import hashlib
import pickle
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from fasti import harvest
from fasti.conflicts import Conflict, Scale
from fasti.documents.revisions import families
from fasti.dumps import tree_digest
from fasti.errors import DocumentError, Notice, UsageError
from fasti.evidence import relatives
from fasti.harvest import BUCKETS, Field, Plot, Sheaf, Surveyed
from fasti.mapping import Identities, Mappings
from fasti.mapping.claims import Claims, contradicted
from fasti.paths import data
from fasti.processes import Scheduler, uncollected
from fasti.record import finish, weighed
from fasti.store import Dataset, NamedNode, Quad
from fasti.texts import Texts
from fasti.validation import Report, validate
from fasti.vocabulary import Vocabulary

Progress = Callable[[str], None]

_DOCUMENTS = 64  # to a sheaf, about: what is mapped again when one of them changes
_READING = ("documents/**/*.py", "mapping/*.py", "store/*.py", "coverage.py", "evidence.py", "harvest.py", "record.py",
            "vocabulary.py")  # fmt: skip
_PART = 32  # documents that are weighed together, about as much of what they say
_LOADED = 48 * 1024 * 1024  # bytes of N-Quads that the engine loads at once


@dataclass(frozen=True, slots=True)
class Assembled:
    """A data set in the folder of a store, closed, and its lines; and what the build had to say about its input."""

    store: Path
    lines: Path
    vocabulary: Vocabulary
    texts: Mapping[str, Path]
    report: Report
    notices: tuple[Notice, ...]
    failures: tuple[DocumentError, ...]


def assemble(
    paths: Sequence[Path],
    vocabulary: Vocabulary,
    folder: Path,
    cache: Path,
    scheduler: Scheduler,
    progress: Progress = lambda _: None,
    processes: int = 1,
) -> Assembled:
    """Build a data set from source texts; the same as `build.build` does in memory.

    Args:
        paths: the texts, each `STEM.txt`.
        vocabulary: the IRIs of the deployment that it is for.
        folder: where to put the store, and what is needed on the way; made, and expected not to be there.
        cache: where documents' statements are kept from one build to the next.
        scheduler: where the documents are mapped; its processes see `folder`, `cache` and the texts.
        progress: told what is going on, in words.
        processes: how many share the validation.

    Raises:
        DocumentError: not one of the texts can be read.
        MappingError: the mapping itself is wrong, or an identity is not settled.
    """
    folder.mkdir(parents=True)
    cache.mkdir(parents=True, exist_ok=True)
    progress(f"reading {len(paths)} documents")
    mappings = Mappings.load(data("mappings"), vocabulary)
    surveys = list(scheduler.map(harvest.survey, _surveys(paths, folder, mappings)))
    failures = tuple(failure for survey in surveys for failure in survey.failures)
    texts = {Path(path).stem: Path(path) for survey in surveys for path, _ in survey.digests}
    if not texts:
        raise failures[0] if failures else UsageError("no documents to build from")
    progress(f"mapping {len(texts)} documents")
    identities, field = _field(surveys, mappings, folder, cache)
    sheaves = _reaped(surveys, identities, field, scheduler)
    progress("weighing")
    store, lines = folder / "store", folder / "lines"
    dataset = Dataset.new(store, vocabulary, lines)
    conflicts = _weigh(sheaves, field, folder, dataset, scheduler)
    progress("entailing")
    applied = {rule for sheaf in sheaves for rule in sheaf.rules}
    finish(dataset, conflicts, applied, mappings.rules, mappings.authority)
    dataset.close()
    progress("validating")
    report = validate(Dataset.read_only(store, vocabulary), texts=Texts(texts), store=store, processes=processes)
    dataset = Dataset.new(store, vocabulary, lines)
    quality = NamedNode(vocabulary.graph("quality"))
    dataset.add([Quad(triple.subject, triple.predicate, triple.object, quality) for triple in report.triples])
    dataset.close()
    _keep(cache, sheaves)
    notices = tuple(notice for survey in surveys for notice in survey.notices)
    return Assembled(store, lines, vocabulary, texts, report, notices, failures)


def _surveys(
    paths: Sequence[Path], folder: Path, mappings: Mappings
) -> Iterator[tuple[tuple[Path, ...], Path, Mappings]]:
    """Texts in groups that do not move when one is added: the names say where a group ends."""
    group: list[Path] = []
    number = 0
    ordered = sorted(paths, key=lambda p: (p.stem, str(p)))
    for path, following in zip(ordered, [*ordered[1:], None], strict=True):
        group.append(path)
        ends = int.from_bytes(hashlib.blake2b(path.stem.encode(), digest_size=4).digest()) % _DOCUMENTS == 0
        if following is None or (following.stem != path.stem and (ends or len(group) >= 4 * _DOCUMENTS)):
            yield tuple(group), folder / f"{number}.documents", mappings
            group, number = [], number + 1


def _field(surveys: Sequence[Surveyed], mappings: Mappings, folder: Path, cache: Path) -> tuple[Identities, Path]:
    """Who is who, settled for all documents, in a file that every process reads."""
    profiles = [profile for survey in surveys for profile in survey.profiles]
    identities = Identities(mappings.vocabulary, mappings.lexicon, mappings.authority)
    identities.enrol(profiles)
    family = families({profile.stem: profile.shingles for profile in profiles})
    code = "\n".join([_code(), version("pyoxigraph"), tree_digest(data("mappings")), mappings.vocabulary.base])
    path = folder / "field"
    field = Field(mappings, identities, family, relatives(family), cache, code)
    path.write_bytes(pickle.dumps(field, pickle.HIGHEST_PROTOCOL))
    return identities, path


def _code() -> str:
    """SHA-256 of the code that what a document says depends on."""
    package = Path(__file__).parent
    files = sorted(path for name in _READING for path in package.glob(name))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def _reaped(surveys: Sequence[Surveyed], identities: Identities, field: Path, scheduler: Scheduler) -> list[Sheaf]:
    """Map all documents; again those that said something first which an earlier one had said."""
    sheaves: list[Sheaf] = []
    given: dict[str, Claims] = {}
    plots = {number: Plot(field, survey.file) for number, survey in enumerate(surveys)}
    while plots:
        found = dict(zip(plots, scheduler.map(harvest.reap, plots.values()), strict=True))
        sheaves = [found.get(number) or sheaves[number] for number in range(len(surveys))]
        given |= (again := contradicted((claim for sheaf in sheaves for claim in sheaf.claims), given))
        plots = {
            number: Plot(field, surveys[number].file, tuple((s, given[s]) for s, _ in sheaf.claims if s in given))
            for number, sheaf in enumerate(sheaves)
            if any(stem in again for stem, _ in sheaf.claims)
        }
    for sheaf in sheaves:
        for _, claims in sheaf.claims:
            identities.adopt(claims)
    return sheaves


def _weigh(
    sheaves: Sequence[Sheaf], field: Path, folder: Path, dataset: Dataset, scheduler: Scheduler
) -> list[Conflict]:
    """Load evidence, passages and the weighed record into the data set; give the conflicts."""
    files = [sheaf.file for sheaf in sheaves]
    documents = sum(len(sheaf.claims) for sheaf in sheaves)
    step = max(1, BUCKETS * _PART // max(documents, _PART))
    tasks = [
        (field, files, range(first, min(BUCKETS, first + step)), folder / f"{first}.part")
        for first in range(0, BUCKETS, step)
    ]
    conflicts: list[Conflict] = []
    with _Loader(dataset) as loader:
        for sheaf in sheaves:
            loader.add(sheaf.evidence)
        for part, found in scheduler.map(_part, tasks):
            conflicts += found
            loader.add(part, spent=True)
    return conflicts


@uncollected()
def _part(task: tuple[Path, Sequence[Path], range, Path]) -> tuple[Path, tuple[Conflict, ...]]:
    """Weigh what is said of the entities of some buckets; write all of it, and give the conflicts."""
    field, files, numbers, file = task
    opened = harvest.opened(field)
    identities = opened.identities.alone()
    ruled: list[bytes] = []
    readings: list[bytes] = []
    for each in files:
        rules, read = harvest.bucket(each, numbers.start, numbers.stop)
        ruled += rules
        readings += read
    weights, bodies, said = dict[str, int](), set[str](), list[bytes]()
    for row in ruled:
        _take(row, weights, bodies, identities, said)
    for row in readings:
        _take(row, weights, bodies, identities, said)
    quads = list[Quad](parse(input=b"\n".join(said), format=RdfFormat.N_QUADS, lenient=True))
    part = weighed(quads, bodies, identities, Scale(weights, opened.families))
    with file.open("wb") as out:
        out.writelines(row + b"\n" for row in said)
        out.writelines(harvest.line(triple) for triple in part.record)
        out.writelines(harvest.line(quad) for quad in part.derived)
    return file, part.conflicts


def _take(row: bytes, weights: dict[str, int], bodies: set[str], identities: Identities, said: list[bytes]) -> None:
    sign = row[:1]
    if sign == b"<":
        said.append(row)
        return
    text = row[1:].decode()
    if sign == b"^":
        passage, _, weight = text.partition(" ")
        weights[passage] = int(weight)
    elif sign == b"@":
        bodies.add(text)
    elif sign == b"=":
        iri, _, name = text.partition("\t")
        identities.adopt(Claims({iri: name}))


class _Loader:
    """Loads files of N-Quads, several at once, in a thread: the engine works without Python's lock, others go on."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._thread = ThreadPoolExecutor(1)
        self._loading: list[Future[None]] = []
        self._files: list[tuple[Path, bool]] = []
        self._size = 0

    def add(self, file: Path, *, spent: bool = False) -> None:
        """Load a file sooner or later, and remove it if it is of no use any more."""
        self._files.append((file, spent))
        self._size += file.stat().st_size
        if self._size >= _LOADED:
            self._start()

    def _start(self) -> None:
        self._loading.append(self._thread.submit(self._load, self._files))
        self._files, self._size = [], 0

    def _load(self, files: Sequence[tuple[Path, bool]]) -> None:
        self._dataset.load_lines(b"".join(file.read_bytes() for file, _ in files))
        for file, spent in files:
            if spent:
                file.unlink()

    def __enter__(self) -> _Loader:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if kind is None:
            self._start()
        self._thread.shutdown(cancel_futures=kind is not None)
        for each in self._loading if kind is None else ():
            each.result()


def _keep(cache: Path, sheaves: Iterable[Sheaf]) -> None:
    """Forget what this build did not use: the cache is as large as one build."""
    used = {path for sheaf in sheaves for path in (sheaf.file, sheaf.evidence)}
    for path in cache.iterdir():
        if path not in used:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


__all__ = ["Assembled", "assemble"]
