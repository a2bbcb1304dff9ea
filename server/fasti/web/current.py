"""Which release answers a request: the one that is current when the request begins, here or in a store elsewhere."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Hashable
from pathlib import Path
from typing import Protocol

from flask import current_app, g

from fasti.errors import ReleaseError
from fasti.publication import CURRENT
from fasti.release import Release, open_release
from fasti.sparql.endpoint import Endpoint

log = logging.getLogger(__name__)


class Followed(Protocol):
    """Where releases are published; `lasting` when one that is served stays whole while the next one is opened."""

    lasting: bool

    def target(self) -> Hashable:
        """What tells the release that is current from any other; None where there is none."""

    def open(self) -> Release:
        """The release that is current, checked."""

    def close(self) -> None:
        """Remove what was made to serve it."""


class ReleaseFolder:
    """A folder of releases and its link `current`."""

    lasting = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def target(self) -> Hashable:
        """The release's folder, told from another of its name, made in its place: name, inode, time."""
        try:
            found = (self.folder / CURRENT).stat()
            return (self.folder / CURRENT).readlink().name, found.st_ino, found.st_mtime_ns
        except OSError:
            return None

    def open(self) -> Release:
        """The release that the link names.

        Raises:
            ReleaseError: there is none, or it is damaged.
        """
        opened = open_release(self.folder)
        next(opened.dataset.quads(), None)  # a store that cannot be read is found here, not by a visitor
        return opened

    def close(self) -> None:
        """Nothing was made."""


class CurrentRelease:
    """Follows what is current; a request keeps the release that it began with."""

    def __init__(self, followed: Followed) -> None:
        self.followed = followed
        self._release: Release | None = None
        self._served: Hashable = None
        self._refused: Hashable = None
        self._endpoint: tuple[Path, Endpoint] | None = None
        self._opening = threading.Lock()
        self._asking = threading.Lock()

    def release(self) -> Release:
        """The current release; one that turns out damaged is logged, and the one before goes on.

        Raises:
            ReleaseError: there is no release, or the first one to be opened is damaged.
            StoreError: the store elsewhere that has it does not answer.
        """
        known = self._release
        if known is not None and self.followed.target() in (self._served, self._refused):
            return known
        # While another thread opens a new release, requests are answered from the one before, if it is still there.
        if not self._opening.acquire(blocking=known is None):
            if not self.followed.lasting:
                raise ReleaseError("a new release is being opened, and the one before is gone")
            return known or self.release()
        try:
            return self._open()
        finally:
            self._opening.release()

    @property
    def opened(self) -> Release | None:
        """The release that was opened last; to ask costs nothing, and another may be current already."""
        return self._release

    @property
    def serial(self) -> object:
        """Equal for as long as the same release is served."""
        return self._served

    @property
    def refused(self) -> bool:
        """Whether `current` names a release that is damaged, and the one before is served in its place."""
        return self._refused is not None and self.followed.target() == self._refused

    def endpoint(self, release: Release) -> Endpoint:
        """The SPARQL endpoint over `release`, made by the first query and switched with the release."""
        with self._asking:
            if self._endpoint is None:
                self._endpoint = (release.path, Endpoint(release.queried, release.vocabulary))
            elif self._endpoint[0] != release.path and release is self._release:
                self._endpoint[1].switch(release.queried)
                self._endpoint = (release.path, self._endpoint[1])
            return self._endpoint[1]

    @property
    def asked(self) -> Endpoint | None:
        """The endpoint over the release that was opened last, if it is there; to ask costs nothing, and never waits."""
        made, opened = self._endpoint, self._release
        return made[1] if made is not None and opened is not None and made[0] == opened.path else None

    def close(self) -> None:
        """End the workers of the endpoint."""
        with self._asking:
            if self._endpoint is not None:
                self._endpoint[1].close()
                self._endpoint = None
        self.followed.close()

    def _open(self) -> Release:
        target = self.followed.target()
        if self._release is not None and target == self._served:
            return self._release
        try:
            opened = self.followed.open()
        except ReleaseError as error:
            if self._release is None or not self.followed.lasting:
                raise
            log.error("%s; release %s goes on being served", error, self._release.id)
            self._refused = target
            return self._release
        self._release, self._served, self._refused = opened, target, None
        gc.collect()  # the release before stands in reference cycles of its caches, and holds open files
        return opened


def release() -> Release:
    """The release of this request."""
    if "release" not in g:
        g.release = current_app.extensions["fasti.current"].release()
    found: Release = g.release
    return found
