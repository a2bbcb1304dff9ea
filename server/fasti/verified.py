"""Which files of a release were held against their digests already, so that a start need not read gigabytes again.

A file that was whole is whole for as long as the system says that nobody touched it: its size, its inode and the times
of its last change, of which no program can set the second (ctime), are those noted when it was read. Decay of the disk
that the system does not notice is found after `forget`, when everything is read.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from fasti import dumps

Stamp = list[int | str]
_SETTLED = 1_000_000_000  # nanoseconds: what changed later than that could change again in the same tick of the clock


def changed(release: Path, listed: Mapping[str, str]) -> str | None:
    """The first of the files that does not have its digest, or None; what is known to be whole is not read.

    Args:
        release: the folder.
        listed: name to SHA-256, of files that are there.

    Raises:
        OSError: a file cannot be read.
    """
    known = _known(release)
    found = dict(_stamps(release, listed))
    for name, digest in sorted(listed.items()):
        if known.get(name) != found[name] and dumps.sha256(release / name) != digest:
            return name
    now = time.time_ns()
    settled = {name: stamp for name, stamp in found.items() if now - int(stamp[-1]) > _SETTLED}
    if known != settled:
        _note(release, settled)
    return None


def forget(release: Path) -> None:
    """Know nothing about that release any more: `changed` reads all of it."""
    _notes(release).unlink(missing_ok=True)


def _notes(release: Path) -> Path:
    return release.with_name(f".verified-{release.name}")


def _known(release: Path) -> dict[str, Stamp]:
    try:
        noted = json.loads(_notes(release).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}


def _stamps(release: Path, listed: Mapping[str, str]) -> Iterator[tuple[str, Stamp]]:
    for name, digest in listed.items():
        status = (release / name).stat()
        yield name, [digest, status.st_size, status.st_ino, status.st_mtime_ns, status.st_ctime_ns]


def _note(release: Path, settled: Mapping[str, Stamp]) -> None:
    """Write down what is whole; where that is not allowed, the next start reads again."""
    new = _notes(release).with_suffix(f".{os.getpid()}")
    with contextlib.suppress(OSError):
        new.write_text(json.dumps(settled), "utf-8")
        new.replace(_notes(release))
