"""A time as its source bounds it, for drawing, and in words, for saying it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from fasti.store.embedded import NamedNode, Term
from fasti.web.dates import span
from fasti.web.intervals import Intervals
from fasti.web.moments import Bounds, Day

_DATE = re.compile(r"(-?\d{4,})-(\d\d)-(\d\d)", re.ASCII)
_BOUNDS = ("earliestBegin", "latestBegin", "earliestEnd", "latestEnd")


@dataclass(frozen=True, slots=True)
class Stretch:
    """The bounds, as days and as the text of each; the statuses are those of the code list `date-status`."""

    bounds: Bounds
    begin_status: str
    end_status: str
    days: tuple[str, str, str, str]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw: no bound, and nothing that goes on."""
        return not any(self.days) and not self.bounds.ongoing

    @property
    def key(self) -> str:
        """What it sorts by: the first bound that there is; what only has an end comes before what begins that day."""
        begin, end = (next((day for day in days if day), "") for days in (self.days[:2], self.days[2:]))
        return f"{begin}b" if begin else f"{end}a" if end else ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one interval: its stretch, its words, its notation."""

    stretch: Stretch
    words: str
    edtf: str


def stretch(row: Mapping[str, Term]) -> Stretch | None:
    """The time that a solution with the bounds of an interval gives; None when it says nothing of time."""
    begin_status, end_status = (
        row[n].value.rpartition("#")[2] if n in row else "" for n in ("beginStatus", "endStatus")
    )
    begin, begun, end, ended = (row[name].value if name in row else "" for name in _BOUNDS)
    if not any((begin_status, end_status, begin, begun, end, ended)):
        return None
    bounds = Bounds(_day(begin), _day(begun), _day(end), _day(ended), end_status == "ongoing")
    return Stretch(bounds, begin_status, end_status, (begin, begun, end, ended))


def known(intervals: Intervals, interval: NamedNode) -> Known | None:
    """All about one interval; None for something else."""
    row = intervals.row(interval)
    found = stretch(row)
    if found is None:
        return None
    told = span(row)
    return Known(found, told.words, told.notation)


def existence(intervals: Intervals, thing: str) -> Known | None:
    """When a thing was: the first of its intervals of which something is known."""
    found = (known(intervals, interval) for interval in intervals.of(NamedNode(thing)))
    return next((each for each in found if each is not None), None)


def _day(text: str) -> Day | None:
    match = _DATE.fullmatch(text)
    return (int(match[1]), int(match[2]), int(match[3])) if match else None
