"""Documents mapped on a cluster come out as on one machine, whoever dies on the way."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from fasti.assembly import assemble
from fasti.paths import data
from fasti.processes import Here, cluster
from fasti.store import Dataset
from fasti.vocabulary import Vocabulary

pytestmark = pytest.mark.faults
distributed = pytest.importorskip("distributed")

VOCABULARY = Vocabulary()


def _corpus(folder: Path) -> list[Path]:
    """The seeds, and some more documents, each in a sheaf of its own."""
    folder.mkdir()
    for path in data("seeds").glob("*.txt"):
        (folder / path.name).write_bytes(path.read_bytes())
    for number in range(24):
        text = f"= Harbour Board of Port {number:02d}x =\n\nInfobox\n- Formation: 19{number:02d}\n\n== Directors ==\n- Ada Low (1990–1995)\n"
        (folder / f"h{number}.txt").write_text(text, "utf-8")
    return sorted(folder.glob("*.txt"))


def test_a_worker_that_is_killed_half_way_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its tasks run again on another; the quads are those of a build in this process."""
    monkeypatch.setattr("fasti.assembly._DOCUMENTS", 1)
    paths = _corpus(tmp_path / "texts")
    alone = assemble(paths, VOCABULARY, tmp_path / "alone", tmp_path / "cache-alone", Here())
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as two:
        victim = next(iter(two.workers.values())).pid
        cache = tmp_path / "cache"

        def kill() -> None:
            deadline = time.monotonic() + 120
            while time.monotonic() < deadline and len(list(cache.glob("*.said"))) < 3:
                time.sleep(0.01)
            os.kill(victim, signal.SIGKILL)

        killer = threading.Thread(target=kill)
        killer.start()
        with cluster(two.scheduler_address) as there:
            found = assemble(paths, VOCABULARY, tmp_path / "there", cache, there)
        killer.join()

    def lines(folder: Path) -> list[str]:
        return sorted(map(str, Dataset.read_only(folder, VOCABULARY).quads()))

    assert lines(found.store) == lines(alone.store)
