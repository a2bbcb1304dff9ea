"""The geometry of a bar: what is certain is solid, what is bounded fades, what is unknown says so.

The solid part runs from the latest begin to the earliest end. Before it the bar fades in from the earliest begin,
after it fades out to the latest end; where the source hedges such an end ("probably 1966") it is `doubtful`. An end without a bound has a tail of a fixed length: `unknown` where the source
says that it does not know, `silent` where it says nothing. Only what a source says to go on reaches the edge of the
present, and none but that has an arrow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fasti.web.charts.axis import Axis, years
from fasti.web.charts.stretches import Stretch

Look = Literal["solid", "fade-in", "fade-out", "doubtful", "attested", "unknown", "silent", "arrow"]
TAIL = 46.0  # pixels of an end that has no bound
_LEAST = 7.0  # pixels of a bar, however short the time and long the axis
_ROOM = 5.0  # pixels between a tail and the edge of the present


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar from `start` to `stop`; a tail points to the side where `stop` lies, which may be the left."""

    look: Look
    start: float
    stop: float


def pieces(stretch: Stretch, axis: Axis, edge: float) -> Sequence[Piece]:
    """The parts of the bar of a time, left to right as far as they have an order.

    Args:
        stretch: the time; a time without bounds that does not go on has no bar.
        axis: where days are.
        edge: where the present is, in pixels; also where nothing goes on.
    """
    if stretch.empty:
        return ()
    low, high = _side(stretch, axis, begin=True), _side(stretch, axis, begin=False)
    going_on = stretch.bounds.ongoing
    start, stop = _core(low, high, edge, going_on)
    found: list[Piece] = []
    if low.outer is not None:
        found.append(_soft(low, min(low.outer, start), start, begin=True))
    if start < stop:
        found.append(Piece("solid", start, stop))
    elif stop < start:  # at some time in between, nobody says when and for how long
        found.append(Piece("attested", stop, start))
        start, stop = stop, start
    if going_on:
        found.append(Piece("arrow", stop, stop))
    elif high.outer is not None:
        found.append(_soft(high, stop, max(high.outer, stop), begin=False))
    found = _widened(found)
    if found and found[0].look == "attested":
        start, stop = found[0].start, found[0].stop
    if low.outer is None:
        found.append(Piece(low.tail, start, max(start - TAIL, axis.left)))
    if high.outer is None and not going_on:
        found.append(Piece(high.tail, stop, max(stop, min(stop + TAIL, edge - _ROOM))))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Side:
    """One end in pixels: `outer` is the bound away from the bar, `inner` the one towards it, as far as there are any."""

    outer: float | None
    inner: float | None
    tail: Look
    hedged: bool


def _side(stretch: Stretch, axis: Axis, *, begin: bool) -> _Side:
    bounds = stretch.bounds
    outer, inner = (bounds.earliest_begin, bounds.latest_begin) if begin else (bounds.latest_end, bounds.earliest_end)
    status = stretch.begin_status if begin else stretch.end_status
    return _Side(
        None if outer is None else axis.x(years(outer, ended=not begin)),
        None if inner is None else axis.x(years(inner)),
        "unknown" if status in ("unknown", "uncertain") else "silent",
        status == "uncertain",
    )


def _soft(side: _Side, start: float, stop: float, *, begin: bool) -> Piece:
    """The part of a bar between the bounds of an end."""
    if not side.hedged:
        return Piece("fade-in" if begin else "fade-out", start, stop)
    wide = max(_LEAST, stop - start)
    return Piece("doubtful", stop - wide, stop) if begin else Piece("doubtful", start, start + wide)


def _core(low: _Side, high: _Side, edge: float, going_on: bool) -> tuple[float, float]:
    """Where the certain part starts and stops; the same pixel twice where nothing is certain.

    Of a time that is only attested at some time ("in the 1980s") it starts after it stops: in between it was.
    """
    start, stop = low.inner, edge if going_on else high.inner
    if going_on and start is None:
        start = max(low.outer, edge - TAIL) if low.outer is not None else edge - TAIL / 2
    if start is None:
        start = stop if stop is not None else high.outer if high.outer is not None else low.outer
    if stop is None:
        stop = start
    assert start is not None and stop is not None  # noqa: S101, PT018 - a time without any bound has no bar
    if start <= stop or (low.outer is None and high.outer is None):
        return start, stop
    if low.outer is None or high.outer is None:
        one = stop if low.outer is None else start
    else:
        one = min(max((start + stop) / 2, low.outer), high.outer)
    return one, one


def _widened(found: list[Piece]) -> list[Piece]:
    """The same bar, wide enough to be seen."""
    if not found:
        return found
    first, last = found[0].start, found[-1].stop
    least = 2 * _LEAST if found[0].look == "attested" else _LEAST
    if last - first >= least or any(piece.look == "arrow" for piece in found):
        return found
    middle = (first + last) / 2
    left, right = middle - least / 2, middle + least / 2
    if any(piece.look.startswith("fade") for piece in found):
        return [Piece("fade-in", left, middle), Piece("fade-out", middle, right)]
    return [Piece(found[0].look, left, right)]
