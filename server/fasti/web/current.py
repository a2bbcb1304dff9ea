"""Which release answers a request: the one that `current` names when the request begins."""

from __future__ import annotations

import gc
import logging
import threading
from pathlib import Path

from flask import current_app, g

from fasti.errors import ReleaseError
from fasti.release import CURRENT, Release, open_release
from fasti.sparql.endpoint import Endpoint

# What tells a release's folder from another of its name, made in its place: name, inode, time.
Folder = tuple[str, int, int]
log = logging.getLogger(__name__)


class CurrentRelease:
    """Follows the link `current`; a request keeps the release that it began with."""

    def __init__(self, releases: Path) -> None:
        self.folder = releases
        self._release: Release | None = None
        self._served: Folder | None = None
        self._refused: Folder | None = None
        self._endpoint: tuple[str, Endpoint] | None = None
        self._opening = threading.Lock()
        self._asking = threading.Lock()

    def release(self) -> Release:
        """The current release; one that turns out damaged is logged, and the one before goes on.

        Raises:
            ReleaseError: there is no release, or the first one to be opened is damaged.
        """
        known = self._release
        if known is not None and self._target() in (self._served, self._refused):
            return known
        # While another thread opens a new release, requests are answered from the one before.
        if not self._opening.acquire(blocking=known is None):
            return known or self.release()
        try:
            return self._open()
        finally:
            self._opening.release()

    @property
    def refused(self) -> bool:
        """Whether `current` names a release that is damaged, and the one before is served in its place."""
        return self._refused is not None and self._target() == self._refused

    def endpoint(self, release: Release) -> Endpoint:
        """The SPARQL endpoint over `release`, made by the first query and switched with the release."""
        with self._asking:
            if self._endpoint is None:
                self._endpoint = (release.id, Endpoint(release.store, release.vocabulary))
            elif self._endpoint[0] != release.id and release is self._release:
                self._endpoint[1].switch(release.store)
                self._endpoint = (release.id, self._endpoint[1])
            return self._endpoint[1]

    def close(self) -> None:
        """End the workers of the endpoint."""
        with self._asking:
            if self._endpoint is not None:
                self._endpoint[1].close()
                self._endpoint = None

    def _target(self) -> Folder | None:
        try:
            found = (self.folder / CURRENT).stat()
            return (self.folder / CURRENT).readlink().name, found.st_ino, found.st_mtime_ns
        except OSError:
            return None

    def _open(self) -> Release:
        target = self._target()
        if self._release is not None and target == self._served:
            return self._release
        try:
            opened = open_release(self.folder)
            len(opened.dataset)  # a store that cannot be read is found here, not by a visitor
        except ReleaseError as error:
            if self._release is None:
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
