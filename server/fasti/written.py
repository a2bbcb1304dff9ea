"""What is said of each entity in Turtle, written when a release is published: a file in which each is one look-up.

The file has a Zstandard frame for each entity (RFC 8878), of its name, a line feed and the Turtle; then the dictionary
that they were compressed with, then two arrays of 64-bit numbers, the hashes of the names in order and where the frames
begin, then the footer. The time of publication is left out and put in when it is read, so that the same data give the
same file.
"""

from __future__ import annotations

import hashlib
import mmap
import re
import struct
import threading
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from itertools import chain, groupby, islice
from pathlib import Path

import zstandard

from fasti.description import Description, date_time
from fasti.processes import Scheduler
from fasti.store.embedded import Dataset, NamedNode, Quad
from fasti.store.serialize import TURTLE, write
from fasti.vocabulary import EXTERNAL, Vocabulary

MOST = 50_000
"""Statements about one entity, beyond which it is left out: they are in memory together."""

_FOOTER = struct.Struct("=8sQQQ")  # mark, where the dictionary begins, where the arrays begin, how many entities
_MARK = b"fastidd1"  # another one when the layout changes, or what a description says
_LEVEL = 3
_REMEMBERED = 10_000  # terms whose labels are
_TOGETHER = 1000  # entities that are described by one task
_SAMPLES, _SAMPLE = 32, 2000  # how many descriptions make the dictionary, and how many bytes of each
_NO_TIME = datetime.min.replace(tzinfo=UTC)
_UNDATED = f'dct:modified "{date_time(_NO_TIME)}"^^'.encode()
# Names that stand in an address as they are and that a router leaves alone. Passages are half of all names, and hardly
# anybody asks for one by itself.
_NAME = rb"(?!passage/)((?:[A-Za-z0-9:@!$&'()*+,;=._~-]+/)*[A-Za-z0-9:@!$&'()*+,;=._~-]+)"
_LONGEST = 1000  # bytes of an IRI
_DEPRECATED = f"<{EXTERNAL['owl']}deprecated>".encode()


class Written:
    """The descriptions in a file; any number of threads may ask."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._file = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        mark, dictionary, arrays, count = _FOOTER.unpack(self._file[-_FOOTER.size :])
        if mark != _MARK:
            raise ValueError(f"{path}: expected the mark {_MARK!r}, found {mark!r}")
        numbers = self._file[arrays : arrays + 16 * count].cast("Q")
        self._hashes, self._starts, self._end = numbers[:count], numbers[count:], dictionary
        self._unpacker = zstandard.ZstdDecompressor(_dictionary(self._file[dictionary:arrays].tobytes()))
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._hashes)

    def turtle(self, name: str, modified: datetime) -> bytes | None:
        """The description of the entity `id/{name}` in a release of that time; None when the file has none of it."""
        number, key = _hash(name.encode()), name.encode() + b"\n"
        place = bisect_left(self._hashes, number)
        if place == len(self._hashes) or self._hashes[place] != number:
            return None
        with self._lock:
            entry = self._unpacker.decompress(self._file[self._starts[place] : self._end])
        if not entry.startswith(key):
            return None
        dated = _UNDATED.replace(date_time(_NO_TIME).encode(), date_time(modified).encode())
        return entry[len(key) :].replace(_UNDATED, dated, 1)


def open_written(path: Path) -> Written | None:
    """The descriptions in the file `path`; None when there is none, or one that other code wrote."""
    try:
        return Written(path)
    except (OSError, ValueError, struct.error):
        return None


@dataclass(frozen=True)
class _Edition:
    """What will be a release, as far as descriptions are made of it."""

    dataset: Dataset
    vocabulary: Vocabulary
    created: datetime = _NO_TIME

    @cached_property
    def labels(self) -> Callable[[NamedNode], list[Quad]]:
        """The labels of a term, remembered: those who stand side by side name the same."""
        label, dataset = NamedNode(self.vocabulary.expand("rdfs:label")), self.dataset  # no circle: stores are large
        return lru_cache(_REMEMBERED)(lambda term: list(dataset.quads(s=term, p=label)))


class _TooMuchError(Exception):
    """More is said of an entity than is written here."""


class _Bounded(Description):
    """A description that is not made when it is too large."""

    release: _Edition

    def _look_up(self, node: NamedNode) -> list[Quad]:
        dataset = self.release.dataset
        found = list(islice(chain(dataset.quads(s=node), dataset.quads(o=node)), MOST + 1))
        if len(found) > MOST:
            raise _TooMuchError
        return found

    def _labels_of(self, term: NamedNode) -> list[Quad]:
        return self.release.labels(term)


@dataclass(frozen=True, slots=True)
class _Task:
    """Some entities of the data set in the folder `store`, and the dictionary."""

    names: list[str]
    store: Path
    vocabulary: Vocabulary
    dictionary: bytes


def write_descriptions(path: Path, store: Path, lines: Path, vocabulary: Vocabulary, scheduler: Scheduler) -> None:
    """Write the descriptions of all entities to the new file `path`.

    In memory are some entities at a time, and two numbers for each.

    Args:
        path: the file.
        store: the folder of the data set.
        lines: its canonical N-Quads.
        vocabulary: the IRIs of the deployment.
        scheduler: where the work is done.

    Raises:
        OSError: no space, no permission.
    """
    dictionary = _sampled(_spread(_names(lines, vocabulary), _SAMPLES), store, vocabulary)
    tasks = (_Task(names, store, vocabulary, dictionary) for names in _batches(_names(lines, vocabulary)))
    places: list[tuple[int, int]] = []
    with path.open("wb") as out:
        for found in scheduler.map(_frames, tasks):
            for number, frame in found:
                places.append((number, out.tell()))
                out.write(frame)
        places.sort()
        out.write(bytes(-(out.tell() + len(dictionary)) % 8))  # so that the arrays begin at a multiple of eight
        begin = out.tell()
        arrays = begin + out.write(dictionary)
        for column in zip(*places, strict=True):
            out.write(array("Q", column).tobytes())
        out.write(_FOOTER.pack(_MARK, begin, arrays, len(places)))


def _names(lines: Path, vocabulary: Vocabulary) -> Iterator[str]:
    """The names of the subjects below `id/`; left out are passages, hash children and what was given up."""
    wanted = re.compile(b"<" + re.escape(f"{vocabulary.base}id/".encode()) + _NAME + b">")
    with lines.open("rb") as file:
        for subject, said in groupby(file, key=lambda line: line[: line.find(b" ")]):
            found = wanted.fullmatch(subject)
            if found and len(subject) < _LONGEST and not any(_DEPRECATED in line for line in said):
                yield found[1].decode()


def _spread(names: Iterable[str], most: int) -> list[str]:
    """At most `most` of the names, from everywhere among them."""
    kept: list[str] = []
    step = 1
    for number, name in enumerate(names):
        if number % step == 0:
            kept.append(name)
        if len(kept) > 2 * most:
            kept, step = kept[::2], step * 2
    return kept[:: 1 + len(kept) // (most + 1)]


def _batches(names: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(islice(names, _TOGETHER)):
        yield batch


def _sampled(names: Iterable[str], store: Path, vocabulary: Vocabulary) -> bytes:
    """A dictionary of what descriptions have in common."""
    edition = _Edition(Dataset.read_only(store, vocabulary), vocabulary)
    return b"".join((_turtle(edition, name) or b"")[:_SAMPLE] for name in names)


def _frames(task: _Task) -> list[tuple[int, bytes]]:
    """The hash of each name, and its frame."""
    edition = _Edition(Dataset.read_only(task.store, task.vocabulary), task.vocabulary)
    packer = zstandard.ZstdCompressor(_LEVEL, dict_data=_dictionary(task.dictionary))
    found = ((name.encode(), _turtle(edition, name)) for name in task.names)
    return [(_hash(name), packer.compress(name + b"\n" + turtle)) for name, turtle in found if turtle is not None]


def _turtle(edition: _Edition, name: str) -> bytes | None:
    """What `/doc/{name}.ttl` is, but for its time; None where it is too much, or the graphs about it have nothing."""
    description = _Bounded(edition, f"{edition.vocabulary.base}id/{name}")
    try:
        if not description.statements:
            return None
    except _TooMuchError:
        return None
    return write(description.data(TURTLE), TURTLE, edition.vocabulary.prefixes)


def _dictionary(content: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(content, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def _hash(name: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(name, digest_size=8).digest(), "little")
