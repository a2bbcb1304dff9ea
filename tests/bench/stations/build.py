"""From documents to a published release: how long for a document, how that grows, how much memory at most."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import corpora
from engines import Engine
from measure import Bench, Figure

from fasti.release import Release

_SIZES, _SIZES_SHORT = (100, 1000), (20, 200)  # documents
_DOCUMENT = 180 / 10_000  # seconds: ten thousand in three minutes
_GROWTH, _MEMORY = 11.0, 2048.0


def measure(bench: Bench, _: Release) -> Iterator[Figure]:
    """`fasti build` as anybody runs it, with nothing in its cache."""
    few, many = _SIZES_SHORT if bench.short else _SIZES
    runs = [_built(bench.folder / "build", count) for count in (few, many)]
    (first, _), (second, most) = runs
    yield Figure(
        "build", f"seconds a document, of {many:,}", "s", second / many, "promise", _DOCUMENT, 1, more_is_better=False
    )
    yield Figure(
        "build",
        f"{many:,} documents for {few:,}",
        "times as long",
        second / first,
        "promise",
        _GROWTH,
        1,
        more_is_better=False,
    )
    yield Figure(
        "build", f"resident at most, {many:,} documents", "MiB", most, "promise", _MEMORY, 1, more_is_better=False
    )


def _built(folder: Path, count: int) -> tuple[float, float]:
    """Seconds that a build takes, and the most mebibytes that its processes hold together."""
    shutil.rmtree(folder, ignore_errors=True)
    documents = folder / "documents"
    corpora.write(count, documents)
    command = [
        sys.executable,
        "-m",
        "fasti.cli",
        "build",
        "--seeds",
        str(documents),
        "--releases",
        str(folder / "releases"),
    ]
    began, most = time.perf_counter(), 0
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        while process.poll() is None:
            most = max(most, Engine("", process.pid).resident())
            time.sleep(0.1)
    took = time.perf_counter() - began
    if process.returncode:
        raise RuntimeError((folder / "log").read_text("utf-8")[-2000:])
    return took, float(most)
