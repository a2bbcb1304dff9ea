"""The part of a build that is done for each document alone, some at a time, and kept until one of them changes."""

from __future__ import annotations

import hashlib
import pickle
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from zlib import crc32

from fasti.coverage import coverage, coverage_quads
from fasti.documents import Document, read
from fasti.errors import DocumentError, Notice
from fasti.evidence import Passage, passages
from fasti.mapping import Identities, Mapped, Mappings, mentioned
from fasti.mapping.claims import Claims
from fasti.mapping.engine import BATCH, MappedDocument, collect, map_batch
from fasti.mapping.profiles import Profile, profile
from fasti.processes import uncollected
from fasti.record import attested
from fasti.store import Quad, Triple, settled
from fasti.vocabulary import Vocabulary

BUCKETS = 512  # of entities: what belongs to one entity is in one bucket
_BEGUN = re.compile(r"\d{1,4}(?:-\d\d)*|until-.*|in-.*")
_READINGS = b"%\n"  # what follows in a bucket is what readers read, after what rules did


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What the others have to know of some documents, and where the documents are, as they were read."""

    file: Path
    profiles: tuple[Profile, ...]
    digests: tuple[tuple[str, str], ...]  # path and SHA-256 of each text
    notices: tuple[Notice, ...]
    failures: tuple[DocumentError, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """What all tasks of a build share; it lies in a file, and each process reads it once."""

    mappings: Mappings
    identities: Identities
    families: Mapping[str, str]
    relatives: Mapping[str, Sequence[str]]
    cache: Path
    code: str
    """Stands for the code and the mappings: what they made is not used by others."""


@dataclass(frozen=True, slots=True)
class Plot:
    """Some documents to be mapped: the file that a survey left, and what earlier documents said first, by stem."""

    field: Path
    documents: Path
    given: tuple[tuple[str, Claims], ...] = ()


@dataclass(frozen=True, slots=True)
class Sheaf:
    """What some documents say: the file, what each was the first to say, and the rules that read something."""

    file: Path
    claims: tuple[tuple[str, Claims], ...]
    rules: frozenset[str]

    @property
    def evidence(self) -> Path:
        """The N-Quads about their passages."""
        return self.file.with_suffix(".nq")


@uncollected()
def survey(task: tuple[tuple[Path, ...], Path, Mappings]) -> Surveyed:
    """Read texts, and keep the documents in a file for `reap`."""
    paths, file, mappings = task
    documents: list[Document] = []
    failures: list[DocumentError] = []
    for path in paths:
        try:
            if documents and documents[-1].stem == path.stem:
                raise DocumentError(f"{path}: a document of that name was read already ({documents[-1].path})")
            documents.append(read(path))
        except DocumentError as error:
            failures.append(error)
    kept = [replace(document, lines=()) for document in documents]  # the nodes have all that is in the lines
    file.write_bytes(pickle.dumps(kept, pickle.HIGHEST_PROTOCOL))
    return Surveyed(
        file,
        tuple(profile(document, mappings.lexicon, mappings.vocabulary) for document in documents),
        tuple((document.path, document.sha256) for document in documents),
        tuple(notice for document in documents for notice in document.notices),
        tuple(failures),
    )


@uncollected()
def reap(task: Plot) -> Sheaf:
    """Map documents, unless what they say is known already."""
    field = opened(task.field)
    documents: list[Document] = pickle.loads(task.documents.read_bytes())  # noqa: S301 # of this build
    given = dict(task.given)
    file = field.cache / f"{_digest(documents, given, field)}.said"
    if not file.exists() or not file.with_suffix(".nq").exists():
        _fill(documents, given, field, file)
    header = _header(file)
    return Sheaf(file, header.claims, header.rules)


@lru_cache(maxsize=2)
def opened(path: Path) -> Field:
    """The field that lies in a file."""
    found: Field = pickle.loads(path.read_bytes())  # noqa: S301 # of this build
    return found


def _digest(documents: Sequence[Document], given: Mapping[str, Claims], field: Field) -> str:
    """Stands for everything that the result depends on."""
    digest = hashlib.sha256(field.code.encode())
    for document in documents:
        told = given.get(document.stem, Claims())
        said = dict.fromkeys(value for node in document.nodes for _, value in node.facts if isinstance(value, str))
        bearing = field.identities.bearing(document.stem, "\n".join([document.text, *said]))
        others = field.relatives.get(document.stem, ())
        digest.update(repr((document.path, document.sha256, bearing, others, sorted(told.names.items()),
                            sorted(told.native.items()))).encode())  # fmt: skip
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class _Header:
    offsets: array[int]  # where each bucket begins, and the end of the last
    claims: tuple[tuple[str, Claims], ...]
    rules: frozenset[str]


def _fill(documents: Sequence[Document], given: Mapping[str, Claims], field: Field, file: Path) -> None:
    made: dict[str, MappedDocument] = {}
    for start in range(0, len(documents), BATCH):
        made |= map_batch(documents[start : start + BATCH], field.mappings, field.identities, given)
    mapped, rules = collect(documents, made, field.mappings, field.identities)
    found = passages(mapped, documents)
    _write_atomically(file.with_suffix(".nq"), _about(documents, mapped, found, field))
    weights = {iri: passage.weight for iri, passage in found.items()}
    claims = tuple((document.stem, made[document.stem].claims) for document in documents)
    buckets = _buckets(mapped, rules, weights, claims)
    offsets = array("Q", [0])
    for number in range(BUCKETS):
        offsets.append(offsets[-1] + sum(map(len, buckets.get(number, ()))))
    header = pickle.dumps(
        _Header(offsets, claims, frozenset(rule for _, rule in mapped.applications)), pickle.HIGHEST_PROTOCOL
    )
    lines = (line for number in range(BUCKETS) for line in buckets.get(number, ()))
    _write_atomically(file, [len(header).to_bytes(8), header, *lines])


def _about(
    documents: Sequence[Document], mapped: Mapped, found: Mapping[str, Passage], field: Field
) -> Iterator[bytes]:
    """Evidence and coverage, as N-Quads."""
    vocabulary = field.mappings.vocabulary
    yield "".join(attested(mapped, documents, found, field.relatives)).encode()
    for document in documents:
        for quad in coverage_quads(coverage(document, mapped, vocabulary), vocabulary):
            yield line(Quad(quad.subject, quad.predicate, settled(quad.object), quad.graph_name))


def _buckets(
    mapped: Mapped, rules: int, weights: Mapping[str, int], claims: Iterable[tuple[str, Claims]]
) -> dict[int, list[bytes]]:
    """What is said, by bucket: what passages weigh (`^`), bodies (`@`), names (`=`), and the quads as N-Quads."""
    vocabulary = mapped.identities.vocabulary
    number = Grouping(mapped.quads, vocabulary).bucket
    notes = {passage: f"^{passage} {weight}\n".encode() for passage, weight in weights.items()}
    found: dict[int, dict[bytes, None]] = defaultdict(dict)
    said: list[dict[int, list[bytes]]] = []
    for part in (mapped.quads[:rules], mapped.quads[rules:]):
        said.append(defaultdict(list))
        for quad in part:
            written = str(quad)
            place = number(written[1 : written.index(">")])  # the subject comes first, the passage last
            found[place][notes[written[written.rindex("<") + 1 : -1]]] = None
            said[-1][place].append(f"{written} .\n".encode())
        for body in mentioned(part, vocabulary):
            found[number(body)][f"@{body}\n".encode()] = None
    for _, own in claims:
        for iri, name in own.names.items():
            found[number(iri)][f"={iri}\t{name}\n".encode()] = None
    ruled, read = said
    return {
        place: [*found[place], *ruled.get(place, ()), *([_READINGS, *read[place]] if place in read else ())]
        for place in found
    }


class Grouping:
    """Tells which entity a thing is a part of; a tenure is a part of its post, so that its holders are together."""

    def __init__(self, quads: Iterable[Quad], vocabulary: Vocabulary) -> None:
        post = vocabulary.expand("fasti:post")
        self._tenures = vocabulary.entity("membership", "")
        self._posts = vocabulary.entity("post", "")
        self._stated: dict[str, str] = {}
        for quad in quads:
            if quad.predicate.value == post:
                held = self._stated.setdefault(quad.subject.value, quad.object.value)
                self._stated[quad.subject.value] = min(held, quad.object.value)

    def of(self, iri: str) -> str:
        """The entity that a thing with this IRI belongs to."""
        root = iri.partition("#")[0]
        if not root.startswith(self._tenures):
            return root
        return self._stated.get(root) or self._posts + _post(root.removeprefix(self._tenures))

    def bucket(self, iri: str) -> int:
        """The number of the bucket of that entity."""
        return crc32(self.of(iri).encode()) % BUCKETS


def _post(tenure: str) -> str:
    """The slug of the post in that of a tenure: `ada-low--director--mint--1990` gives `director--mint`."""
    pieces = tenure.split("--")[1:]
    return "--".join(pieces[:-1] if pieces and _BEGUN.fullmatch(pieces[-1]) else pieces)


def line(said: Quad | Triple) -> bytes:
    """A quad, or a triple of the default graph, as a line of N-Quads."""
    return f"{said} .\n".encode()


def _write_atomically(file: Path, pieces: Iterable[bytes]) -> None:
    building = file.with_suffix(f"{file.suffix}.part")
    with building.open("wb") as out:
        out.writelines(pieces)
    building.replace(file)


@lru_cache(maxsize=4096)
def _header(file: Path) -> _Header:
    with file.open("rb") as opened_file:
        size = int.from_bytes(opened_file.read(8))
        header: _Header = pickle.loads(opened_file.read(size))  # noqa: S301 # the cache is ours, as the releases are
        return header


def bucket(file: Path, first: int, last: int) -> tuple[list[bytes], list[bytes]]:
    """The lines of some buckets of a sheaf: of what rules read, with notes and names, and of what readers read."""
    offsets = _header(file).offsets
    with file.open("rb") as opened_file:
        start = 8 + int.from_bytes(opened_file.read(8))
        ruled: list[bytes] = []
        readings: list[bytes] = []
        for number in range(first, last):
            opened_file.seek(start + offsets[number])
            rules, _, read = opened_file.read(offsets[number + 1] - offsets[number]).partition(b"\n" + _READINGS)
            ruled += [row for row in rules.split(b"\n") if row]
            readings += [row for row in read.split(b"\n") if row]
    return ruled, readings
