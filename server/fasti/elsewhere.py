"""A release that a store elsewhere holds: what a server without a release of its own serves."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
import threading
import time
import weakref
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from fasti.errors import ReleaseError, StoreError
from fasti.index import grouped, write_index
from fasti.release import INDEX, Release
from fasti.store import DefaultGraph, NamedNode, Quad, Triple
from fasti.store.remote import RELEASE, RemoteDataset, Service
from fasti.store.runs import ordered
from fasti.store.serialize import read_lines
from fasti.vocabulary import Vocabulary

LOOK = 2.0  # seconds between two looks at which release the store holds
_PATIENCE = 10.0  # seconds until what could not be opened is tried again, and until a look has to be answered
_CURE = "run 'fasti load' to put one there"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RemoteRelease(Release):
    """A release in a store that speaks SPARQL; `path` is a folder for what this server derives from it."""

    service: Service

    @cached_property
    def dataset(self) -> RemoteDataset:
        """The data, asked over HTTP."""
        return RemoteDataset(self.service, self.vocabulary)

    @property
    def queried(self) -> RemoteDataset:
        """The store itself."""
        return self.dataset

    @cached_property
    def stems(self) -> frozenset[str]:
        """The names of the source texts."""
        name, graph = self.vocabulary.expand("dct:identifier"), self.vocabulary.graph("evidence")
        named = self.dataset.quads(p=NamedNode(name), graph=NamedNode(graph))
        return frozenset(q.object.value for q in named if q.subject.value == self.vocabulary.source(q.object.value))

    def text(self, stem: str) -> bytes:
        """The source text of that name, one of `stems`, byte for byte."""
        found = self.dataset.text(self.vocabulary.text(stem))
        if found is None:
            raise StoreError(f"{self.service.url}: expected the text of the document '{stem}', found none; {_CURE}")
        return b64decode(found)

    @property
    def sizes(self) -> Mapping[str, int]:
        """None are known: files for download are written for whoever asks."""
        return {}

    def stream(self, *, graphs: bool) -> Iterator[Quad]:
        """Every statement of the record, or of the whole data set, while they come.

        Raises:
            StoreError: the store gave up, or gave more or fewer than the release has.
        """
        number, expected = 0, self.counts["quads" if graphs else "record"]
        for quad in self.dataset.stream(None if graphs else DefaultGraph()):
            number += 1
            yield quad
        if number != expected:
            raise StoreError(
                f"{self.service.url}: expected {expected} statements of release {self.id}, found {number}; "
                f"a store that limits its answers has to be told to allow as many rows"
            )

    def close(self) -> None:
        """Remove what was derived."""
        shutil.rmtree(self.path.parent, ignore_errors=True)


def open_remote(service: Service, written: str) -> RemoteRelease:
    """The release that a store holds, with an index of it made for this server.

    Args:
        service: the store.
        written: what it says of its release.

    Raises:
        ReleaseError: it is not what `fasti load` writes.
        StoreError: the store cannot be asked, or does not give the whole record.
    """
    folder = Path(tempfile.mkdtemp(prefix="fasti-release-"))
    try:
        release = _described(service, written, folder)
        weakref.finalize(release, shutil.rmtree, folder, ignore_errors=True)
        release.path.mkdir()
        _write_index(release)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return release


def _described(service: Service, written: str, folder: Path) -> RemoteRelease:
    try:
        about = json.loads(b64decode(written))
        created = datetime.fromisoformat(about["created"])
        return RemoteRelease(
            folder / about["id"], about["id"], about["base"], created, about["counts"], about["rdfc10"], about["fasti"],
            service,
        )  # fmt: skip
    except (ValueError, KeyError, TypeError) as error:
        raise ReleaseError(f"{service.url}: what the store says of its release is cut ({error}); {_CURE}") from error


def _write_index(release: RemoteRelease) -> None:
    """Lay the record out for look-ups; a store gives it in any order, so it is sorted in a file first."""
    raw = release.path / "record.nt"
    with raw.open("w", encoding="utf-8") as out:
        out.writelines(f"{quad.triple} .\n" for quad in release.stream(graphs=False))
    write_index(release.path / INDEX, grouped(_sorted(raw)), release.vocabulary)
    raw.unlink()


def _sorted(raw: Path) -> Iterator[Triple]:
    for block in ordered(raw):
        yield from read_lines(b"".join(block))


class ReleaseElsewhere:
    """Follows the release that a store holds for the deployment at `base`.

    It looks in the background every few seconds. A store that does not answer changes nothing: what is ready goes
    on being served. One that says it has no release, or another one, no longer has the one that was served.

    Args:
        service: the store.
        base: what the IRIs of the release start with.
    """

    lasting = False  # a release is gone as soon as there is another one

    def __init__(self, service: Service, base: str) -> None:
        self.service = service
        self._asked = RemoteDataset(service, Vocabulary(base), seconds=_PATIENCE, most_bytes=0)
        self._written: str | None = None
        self._next_look = self._next_opening = 0.0
        self._silent = False
        self._looking = threading.Lock()
        self._opened: RemoteRelease | None = None

    def target(self) -> str:
        """What the store said of its release when it was asked last.

        Raises:
            ReleaseError: it has none.
            StoreError: it has never answered.
        """
        if self._written is None:
            self._look()
        elif time.monotonic() >= self._next_look and self._looking.acquire(blocking=False):
            threading.Thread(target=self._look_again, name="store-look", daemon=True).start()
        if not self._written:
            raise ReleaseError(
                f"{self.service.url}: no release whose IRIs begin with {self._asked.vocabulary.base} in this store; {_CURE}"
            )
        return self._written

    def open(self) -> RemoteRelease:
        """The release that the store holds.

        Raises:
            ReleaseError: it has none, or one that cannot be opened; that is tried again after a while.
            StoreError: it does not answer.
        """
        written = self.target()
        if time.monotonic() < self._next_opening:
            raise ReleaseError(f"{self.service.url}: its release could not be opened a moment ago")
        self._next_opening = time.monotonic() + _PATIENCE
        self._opened = open_remote(self.service, written)
        self._next_opening = 0.0
        return self._opened

    def close(self) -> None:
        """Remove what this server derived from the release."""
        if self._opened is not None:
            self._opened.close()

    def _look_again(self) -> None:
        try:
            self._look()
        except StoreError as error:
            if not self._silent:
                log.warning("%s; what is ready goes on being served", error)
            self._silent = True
        else:
            self._silent = False
        finally:
            self._looking.release()

    def _look(self) -> None:
        try:
            self._written = self._asked.text(self._asked.vocabulary.graph(RELEASE)) or ""
        finally:
            self._next_look = time.monotonic() + LOOK
