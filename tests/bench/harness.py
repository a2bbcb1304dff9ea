"""Measures each station beside its peers and writes BENCHMARKS.md: `python tests/bench/harness.py [--short] [STATION …]`.

A station is a module of `stations/` with `measure(bench, release)`, which yields figures. In the short form, which is
for a gate, little is measured once, and only a ratio below a third of the one in BENCHMARKS.md is a failure.
"""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import engines  # noqa: E402
import releases  # noqa: E402
from measure import Bench, Figure  # noqa: E402

from fasti.release import Release  # noqa: E402

REPORT = HERE / "BENCHMARKS.md"
SHORT, WHOLE = 300_000, 1_000_000  # statements
_BROKEN = (
    1 / 3
)  # of a ratio in the report: the short form is taken on less data, and on machines that do other things too


def main(arguments: Sequence[str]) -> int:
    """Run the stations that are named, or all; 1 when a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="about a minute, for a gate; writes no report")
    parser.add_argument("--statements", type=int, help="of the synthetic release")
    parser.add_argument("stations", nargs="*", help=f"of {', '.join(names())}")
    asked = parser.parse_args(arguments)
    size = asked.statements or (SHORT if asked.short else WHOLE)
    with tempfile.TemporaryDirectory(prefix="fasti-bench-") as folder:
        Path(folder).chmod(0o755)  # nginx's processes are another user
        bench = Bench(Path(folder), asked.short, size)
        found = list(_figures(bench, releases.kept(size), asked.stations or names()))
        if not asked.short:
            REPORT.write_text(_report(bench, found), "utf-8")
    floors = _floors() if asked.short else {}
    least = {figure: floors.get(_key(figure.station, figure.name, figure.peer), 0.0) if asked.short else figure.wanted
             for figure in found}  # fmt: skip
    broken = [figure for figure in found if figure.ratio < least[figure]]
    for figure in broken:
        say(
            f"broken: {figure.station}, {figure.name}: {figure.ratio:.2f} of {figure.peer}, at least {least[figure]:.2f}"
        )
    return int(bool(broken))


def _floors() -> dict[tuple[str, ...], float]:
    """The least ratio of each line of the report, for the short form."""
    rows = [row.strip("| ").split(" | ") for row in REPORT.read_text("utf-8").splitlines() if row.startswith("| ")]
    return {
        _key(row[0], row[1], row[3]): float(row[5]) * _BROKEN
        for row in rows[1:]
        if len(row) >= 6 and row[3] != "promise"
    }


def _key(*words: str) -> tuple[str, ...]:
    """What names a line whatever the size of the data; without its numbers."""
    return tuple(re.sub(r"[\d,]*\d", "#", word) for word in words)


def names() -> list[str]:
    """The stations there are."""
    return sorted(path.stem for path in (HERE / "stations").glob("[a-z]*.py"))


def say(text: str) -> None:
    """Tell whoever waits."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _figures(bench: Bench, release: Release, stations: Iterable[str]) -> Iterable[Figure]:
    for name in stations:
        say(f"{name} …")
        for figure in importlib.import_module(f"stations.{name}").measure(bench, release):
            say(
                f"  {figure.name}: {figure.ours:,.4g} {figure.unit}; {figure.peer}: {figure.theirs:,.4g}; ratio {figure.ratio:.2f}"
            )
            yield figure


def _report(bench: Bench, figures: Iterable[Figure]) -> str:
    rows = [_row(figure) for figure in figures]
    memory = [f"| {name} | {mebibytes} |" for name, mebibytes in bench.memory.items()]
    return _REPORT.format(
        statements=f"{bench.statements:,}", rows="\n".join(rows), memory="\n".join(memory), rounds=bench.rounds,
        versions=", ".join(f"{name} {number}" for name, number in _versions().items()), seconds=bench.seconds,
        machine=f"{platform.system()} {platform.release()}, {len(os.sched_getaffinity(0))} cores",
    )  # fmt: skip


def _row(figure: Figure) -> str:
    verdict = "" if not figure.wanted else f"{figure.wanted:.2f} {'kept' if figure.kept else '**missed**'}"
    return (f"| {figure.station} | {figure.name} | {figure.ours:,.4g} {figure.unit} | {figure.peer} | "
            f"{figure.theirs:,.4g} {figure.unit} | {figure.ratio:.2f} | {verdict} |")  # fmt: skip


def _versions() -> dict[str, str]:
    """What was measured, as each program tells it."""
    found = {name: version(name) for name in ("fasti", "granian", "flask", "pyoxigraph")} | {
        "Python": platform.python_version()
    }
    programs = {"nginx": [shutil.which("nginx") or "/usr/sbin/nginx", "-v"], "Oxigraph": [str(engines.PEERS / "bin/oxigraph"), "--version"],
                "node": ["node", "--version"], "wrk": ["wrk", "-v"]}  # fmt: skip
    for name, command in programs.items():
        try:
            out = subprocess.run(command, capture_output=True, text=True, check=False)
        except OSError:
            continue
        words = (out.stdout + out.stderr).replace("/", " ").split()
        found[name] = next((word.lstrip("v") for word in words if word.lstrip("v")[:1].isdigit()), "?")
    return found


_REPORT = """# Benchmarks

Made by `make bench`; a run writes this file anew. Both sides of a line are measured in turns in one run, {rounds} times
for {seconds} seconds each under load, and the medians are shown. *Ratio* is above 1 where Fasti is ahead, whether much or
little is good. Times of one machine say little about another one's; ratios do.

Data: a synthetic release of {statements} statements (`tests/bench/releases.py`). Machine: {machine}. {versions}.

| station | figure | Fasti | peer | peer's | ratio | promised |
|---|---|---|---|---|---|---|
{rows}

Resident memory after a warm-up, in MiB:

| program | MiB |
|---|---|
{memory}

## What the figures mean

- **Ready entity**: the same entity again and again over 32 connections, by `wrk` on the same machine. nginx sends the same
  bytes from a file, with fewer headers. *p99 / p50*: how much slower the slowest hundredth is than the middle.
- **First answer about an entity**: 8 connections, every entity asked for once, of a server that has just been started.
  Fasti wrote the Turtle when it published the release; what it costs is to find it and to send it. Trifid asks
  Oxigraph's server over the same store; rdflib-endpoint has the record in memory and is asked for everything with the
  entity as subject or object, which is less than Fasti's answer has.
- **Public queries**: over HTTP, beside Oxigraph's own server over the same store. Fasti runs each in a process of its own
  that can be killed. An answer that only the data decide about is ready when the same query comes again; *each asked once*
  is what the process, the screening and the HTTP layer cost when none is.
- **Product queries**: in one process, without HTTP. The plain query is what one would write in SPARQL; both find the same
  tenures, or the run stops.
- **Search**: in one process, without HTTP. Names are typed letter by letter, and each letter is a question.
"""


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
