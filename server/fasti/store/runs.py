"""Sorts more lines than memory holds: sorted runs in files, merged a block at a time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_RUN = 96 * 1024 * 1024  # bytes of lines that are sorted in memory
_READ = 32 * 1024 * 1024  # bytes of all runs together that are in memory while they are merged
_BLOCK = 50_000  # lines


def ordered(file: Path) -> Iterator[list[bytes]]:
    """The lines of a file in the order of their bytes, in blocks; each once.

    The runs are put beside the file, and removed in the end.
    """
    runs: list[Path] = []
    try:
        with file.open("rb") as lines:
            while block := lines.readlines(_RUN):
                block.sort()
                if not runs and lines.tell() == file.stat().st_size:
                    yield from _once(block[start : start + _BLOCK] for start in range(0, len(block), _BLOCK))
                    return
                runs.append(file.with_suffix(f"{file.suffix}.{len(runs)}"))
                with runs[-1].open("wb") as out:
                    out.writelines(block)
                del block
        yield from _once(_merged(runs))
    finally:
        for run in runs:
            run.unlink(missing_ok=True)


def _merged(runs: list[Path]) -> Iterator[list[bytes]]:
    """Blocks of lines, sorted over all the runs: of each, what is not beyond the first to end of those in memory."""
    size = 1 + _READ // max(1, len(runs))
    files: list[BinaryIO] = [run.open("rb") for run in runs]
    try:
        held = [file.readlines(size) for file in files]
        while any(held):
            bound = min(lines[-1] for lines in held if lines)
            block: list[bytes] = []
            for number, lines in enumerate(held):
                stop = bisect_right(lines, bound)
                block += lines[:stop]
                held[number] = lines[stop:] or files[number].readlines(size)
            block.sort()
            yield block
    finally:
        for file in files:
            file.close()


def _once(blocks: Iterator[list[bytes]]) -> Iterator[list[bytes]]:
    """Blocks without lines that came before."""
    last = b""
    for block in blocks:
        kept = [line for line, before in zip(block, [last, *block], strict=False) if line != before]
        last = block[-1] if block else last
        yield kept
