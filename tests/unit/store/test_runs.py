"""Lines come sorted, each once, however many runs they were sorted in."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from fasti.store import runs


@pytest.mark.parametrize("size", [10, 300, 1 << 20])
def test_lines_are_sorted_by_their_bytes_each_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """Whether they fit into one run or make many, of which some end early."""
    monkeypatch.setattr(runs, "_RUN", size)
    monkeypatch.setattr(runs, "_READ", 8)
    dice = random.Random(7)
    lines = [f"{dice.choice('aäb')} {dice.randrange(60)}\n".encode() for _ in range(400)]
    file = tmp_path / "lines"
    file.write_bytes(b"".join(lines))

    assert [line for block in runs.ordered(file) for line in block] == sorted(set(lines))
    assert list(tmp_path.iterdir()) == [file]


def test_an_empty_file_has_no_lines(tmp_path: Path) -> None:
    (tmp_path / "lines").touch()

    assert list(runs.ordered(tmp_path / "lines")) == []
