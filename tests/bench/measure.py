"""What a figure is, and how it is taken: runs that alternate with the peer's, medians, ratios."""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Run = Callable[[], float]
_SPEED = re.compile(r"Requests/sec:\s+([\d.]+)")
_ONCE = re.compile(
    r"Asked once: ([\d.]+)/s"
)  # wrk itself counts the time that it was told to take, also when it ends before
_LATENCY = re.compile(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s)", re.MULTILINE)
_FAILED = re.compile(r"Non-2xx or 3xx responses: (\d+)")
_SECONDS = {"us": 1e-6, "ms": 1e-3, "s": 1.0}


@dataclass(frozen=True)
class Figure:
    """One line of the table; `ratio` is above 1 where Fasti is ahead, whether much or little is good."""

    station: str
    name: str
    unit: str
    ours: float
    peer: str
    theirs: float
    wanted: float
    """The least ratio that is promised."""
    more_is_better: bool = True
    note: str = ""

    @property
    def ratio(self) -> float:
        """Ours to theirs, or theirs to ours where less is better."""
        if not self.ours or not self.theirs:
            return 0.0
        return self.ours / self.theirs if self.more_is_better else self.theirs / self.ours

    @property
    def kept(self) -> bool:
        """Whether the promise is."""
        return self.ratio >= self.wanted


@dataclass(frozen=True)
class Load:
    """What wrk saw: requests a second, and half and ninety-nine hundredths of the seconds that they took."""

    speed: float
    median: float
    worst: float


@dataclass
class Bench:
    """One run of the harness: how long, how often, where to leave files."""

    folder: Path
    short: bool = False
    statements: int = 1_000_000
    versions: dict[str, str] = field(default_factory=dict)
    memory: dict[str, int] = field(default_factory=dict)
    """Mebibytes resident after a warm-up, by program."""

    @property
    def rounds(self) -> int:
        """How often each side is measured."""
        return 1 if self.short else 3

    @property
    def seconds(self) -> int:
        """How long one run under load takes."""
        return 2 if self.short else 4

    def alternate(self, *sides: Run) -> list[float]:
        """The median of each side's runs, taken in turns so that a busy moment meets all of them."""
        taken = [[side() for side in sides] for _ in range(self.rounds)]
        return [statistics.median(column) for column in zip(*taken, strict=True)]

    def load(
        self, url: str, paths: Sequence[str], *, connections: int = 32, accept: str = "*/*", once: bool = False
    ) -> Load:
        """Ask for the paths in turn, over and over or, at most, `once`.

        Raises:
            RuntimeError: something was answered with an error.
        """
        script = self.folder / "paths.lua"
        script.write_text(
            _SCRIPT.replace("LIST", _lua(paths))
            .replace("ACCEPT", json.dumps(accept))
            .replace("ONCE", str(once).lower()),
            "utf-8",
        )
        command = [
            "wrk",
            "-t1",
            f"-c{connections}",
            f"-d{self.seconds}s",
            "--timeout",
            "30s",
            "--latency",
            "-s",
            str(script),
            url,
        ]
        out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        if failed := _FAILED.search(out):
            raise RuntimeError(f"{url}{paths[0]}: {failed[0]}")
        speed = _ONCE.search(out) or _SPEED.search(out)
        if speed is None:
            raise RuntimeError(f"{url}: no figure in what wrk says: {out}")
        spread = {percent: float(number) * _SECONDS[unit] for percent, number, unit in _LATENCY.findall(out)}
        return Load(float(speed[1]), spread["50"], spread["99"])


def seconds(ask: Callable[[], object], times: int = 5) -> float:
    """The median time of a call, after one that is not counted."""
    ask()
    return statistics.median(_timed(ask) for _ in range(times))


def _timed(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return time.perf_counter() - began


def _lua(paths: Sequence[str]) -> str:
    return "{" + ",".join(json.dumps(path) for path in paths) + "}"


_SCRIPT = """
local ffi = require("ffi")
ffi.cdef("typedef struct { long s, us; } moment; int gettimeofday(moment *, void *);")
local function now()
  local at = ffi.new("moment")
  ffi.C.gettimeofday(at, nil)
  return tonumber(at.s) + tonumber(at.us) / 1e6
end
local paths, number, began = LIST, 0, now()
request = function()
  if number == 1 then began = now() end
  if ONCE and number == #paths then
    print(string.format("Asked once: %f/s", (number - 1) / (now() - began)))
    wrk.thread:stop()
  end
  number = number % #paths + 1
  return wrk.format("GET", paths[number], {["Accept"] = ACCEPT})
end
"""
