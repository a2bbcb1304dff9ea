"""The folder of releases: one is current, few are kept, and each step is done whole or not at all."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fasti import verified

CURRENT = "current"
KEPT = 3  # releases on disk, the current one among them
_BUILDING = ".building-"


@contextmanager
def locked(releases: Path) -> Iterator[None]:
    """Hold the folder's lock, waiting for another build; the system frees it when this process dies."""
    with (releases / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def begin(releases: Path) -> Path:
    """An empty folder for the next release, which `move` gives its name; what a killed build left is removed."""
    _sweep(releases)
    building = releases / f"{_BUILDING}new"
    building.mkdir()
    return building


def sync(folder: Path) -> None:
    """Force every file and folder below `folder`, and itself, to the disk."""
    for path in (*folder.rglob("*"), folder):
        _sync_one(path)


def _sync_one(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def move(building: Path, final: Path) -> None:
    """Give a finished release its name; a damaged one in its place makes way."""
    if final.exists():
        final.rename(final.with_name(f"{_BUILDING}damaged-{final.name}"))
    building.rename(final)
    _sync_one(final.parent)


def point(releases: Path, identifier: str) -> None:
    """Let `current` name the release, in one step that a reader sees either before or after."""
    link = releases / f"{_BUILDING}link"
    link.symlink_to(identifier)
    link.replace(releases / CURRENT)
    _sync_one(releases)


def prune(releases: Path) -> None:
    """Remove all but the newest releases; the current one stays whatever its age."""
    current = (releases / CURRENT).readlink().name
    folders = [path for path in releases.iterdir() if path.is_dir() and not path.is_symlink() and path.name[0] != "."]
    folders.sort(key=lambda path: (path.name == current, path.stat().st_mtime), reverse=True)
    for path in folders[KEPT:]:
        shutil.rmtree(path)
        verified.forget(path)
    _sweep(releases)


def _sweep(releases: Path) -> None:
    """Remove what a killed build left."""
    for path in releases.glob(f"{_BUILDING}*"):
        path.unlink() if path.is_symlink() else shutil.rmtree(path)
