"""Files that were found whole are read again only when something happened to them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fasti import dumps, verified


@pytest.fixture
def release(tmp_path: Path) -> Path:
    folder = tmp_path / "release"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / name).write_text(name * 10)
    return folder


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are read from now on."""
    names: list[str] = []
    real = dumps.sha256

    def note(path: Path) -> str:
        names.append(path.name)
        return real(path)

    monkeypatch.setattr(dumps, "sha256", note)
    return names


def settle(monkeypatch: pytest.MonkeyPatch, seconds: int = 2) -> None:
    """Let so many seconds pass."""
    now = verified.time.time_ns() + seconds * 10**9
    monkeypatch.setattr(verified.time, "time_ns", lambda: now)


def sums(release: Path) -> dict[str, str]:
    return {path.name: dumps.sha256(path) for path in sorted(release.iterdir())}


def test_what_was_whole_is_not_read_again(release: Path, read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    listed = sums(release)
    settle(monkeypatch)
    read.clear()

    assert verified.changed(release, listed) is None
    assert read == ["a", "b"]
    assert verified.changed(release, listed) is None
    assert read == ["a", "b"]


@pytest.mark.parametrize("keep_times", [False, True])
def test_a_change_is_found_whatever_its_time(release: Path, monkeypatch: pytest.MonkeyPatch, keep_times: bool) -> None:
    """Also one of the same length whose time of change was put back."""
    listed = sums(release)
    before = (release / "b").stat()
    settle(monkeypatch)
    verified.changed(release, listed)
    (release / "b").write_text("x" * 10)
    if keep_times:
        os.utime(release / "b", ns=(before.st_atime_ns, before.st_mtime_ns))

    assert verified.changed(release, listed) == "b"


def test_what_has_just_been_written_is_read_again(release: Path, read: list[str]) -> None:
    """It could change in the same tick of the clock without a trace."""
    listed = sums(release)
    verified.changed(release, listed)
    read.clear()

    assert verified.changed(release, listed) is None
    assert read == ["a", "b"]


def test_everything_is_read_on_demand(release: Path, read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    listed = sums(release)
    settle(monkeypatch)
    verified.changed(release, listed)
    read.clear()

    verified.forget(release)

    assert verified.changed(release, listed) is None
    assert read == ["a", "b"]


def test_notes_that_cannot_be_read_or_written_cost_only_time(
    release: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = sums(release)
    settle(monkeypatch)
    verified.changed(release, listed)
    release.with_name(".verified-release").write_text("{")
    monkeypatch.setattr(Path, "write_text", lambda *_: (_ for _ in ()).throw(OSError))
    read.clear()

    assert verified.changed(release, listed) is None
    assert verified.changed(release, listed) is None
    assert read == ["a", "b", "a", "b"]


def test_another_digest_is_another_file(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = sums(release)
    settle(monkeypatch)
    verified.changed(release, listed)

    assert verified.changed(release, listed | {"a": "0" * 64}) == "a"
