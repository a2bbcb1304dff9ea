"""What a date text says: a moment or a span, with statuses, EDTF and the bounds that make it queryable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal


class Status(StrEnum):
    """How much the text says of a begin or an end; the names of the concepts in `scheme/date-status#`."""

    KNOWN = "known"
    UNCERTAIN = "uncertain"
    UNKNOWN = "unknown"
    ONGOING = "ongoing"
    NOT_STATED = "not-stated"


@dataclass(frozen=True, slots=True)
class Instant:
    """A year, month or day in the lexical form of its XSD datatype: `1957`, `1966-05`, `1980-12-30`."""

    value: str
    precision: Literal["year", "month", "day"]


@dataclass(frozen=True, slots=True)
class Interval:
    """The `time:Interval` of section 5 of the profile.

    `edtf` says the whole, or `attested_edtf` when it was merely so at that time, or `begin_edtf` and
    `end_edtf` when EDTF cannot put both in one interval. A bound is there only where the text gives one. A
    side is known only if it has an instant, and never lies outside the instant that it has.
    """

    edtf: str | None
    attested_edtf: str | None
    begin_edtf: str | None
    end_edtf: str | None
    begin: Instant | None
    end: Instant | None
    begin_status: Status
    end_status: Status
    earliest_begin: date | None
    latest_begin: date | None
    earliest_end: date | None
    latest_end: date | None


@dataclass(frozen=True, slots=True)
class Found:
    """A date expression and where it stands: offsets in code points, end exclusive."""

    start: int
    end: int
    interval: Interval


@dataclass(frozen=True, slots=True)
class Moment:
    """One point in time as far as the text tells it: on or after `lo`, on or before `hi`."""

    edtf: str
    lo: date | None
    hi: date | None
    instant: Instant | None
    status: Status = Status.KNOWN

    @property
    def is_set(self) -> bool:
        """Whether its EDTF is a set ("one of these"), which no EDTF interval may contain."""
        return self.edtf.startswith("[")

    @property
    def is_plain(self) -> bool:
        """Whether its EDTF is a bare date, without a qualifier, that sets and bounds may contain."""
        return not self.is_set and self.edtf[-1] not in "?~%"


def at(moment: Moment) -> Interval:
    """The interval of an event: its begin and its end are the same moment."""
    return Interval(
        edtf=moment.edtf,
        attested_edtf=None,
        begin_edtf=None,
        end_edtf=None,
        begin=moment.instant,
        end=moment.instant,
        begin_status=moment.status,
        end_status=moment.status,
        earliest_begin=moment.lo,
        latest_begin=moment.hi,
        earliest_end=moment.lo,
        latest_end=moment.hi,
    )


def during(moment: Moment) -> Interval:
    """The interval of something that was so at that moment: begun by then, ended then or later."""
    return Interval(
        edtf=None,
        attested_edtf=moment.edtf,
        begin_edtf=None,
        end_edtf=None,
        begin=None,
        end=None,
        begin_status=Status.UNKNOWN,
        end_status=Status.UNKNOWN,
        earliest_begin=None,
        latest_begin=moment.hi,
        earliest_end=moment.lo,
        latest_end=None,
    )


def between(begin: Moment | Status, end: Moment | Status) -> Interval | None:
    """The interval from one side to the other; a side without a date is its status.

    What one side leaves open the other may bound: nothing ends before its earliest begin, or begins after its
    latest end. An ongoing end has no bounds.

    Returns:
        None when both sides are without a date, or when the end lies before the begin.
    """
    first = begin if isinstance(begin, Moment) else None
    last = end if isinstance(end, Moment) else None
    if first is None and last is None:
        return None
    lo, hi = (first.lo if first else None), (last.hi if last else None)
    if lo and hi and hi < lo:
        return None
    whole = not ((first and first.is_set) or (last and last.is_set))
    return Interval(
        edtf=f"{first.edtf if first else ''}/{_side(end)}" if whole else None,
        attested_edtf=None,
        begin_edtf=first.edtf if first and not whole else None,
        end_edtf=last.edtf if last and not whole else None,
        begin=first.instant if first else None,
        end=last.instant if last else None,
        begin_status=begin.status if isinstance(begin, Moment) else begin,
        end_status=end.status if isinstance(end, Moment) else end,
        earliest_begin=lo,
        latest_begin=(first.hi if first else None) or hi,
        earliest_end=(last.lo if last else None) or (None if end is Status.ONGOING else lo),
        latest_end=hi,
    )


def _side(end: Moment | Status) -> str:
    """How EDTF writes the end of an interval: a date, open, or (unknown and not stated alike) nothing."""
    if isinstance(end, Moment):
        return end.edtf
    return ".." if end is Status.ONGOING else ""


def attested(point: Interval) -> Interval:
    """What a point says when it dates a state instead of an event ("its chief at that time", 1942).

    Args:
        point: what `parse_point` gave, or `find` for a single date.

    Returns:
        The interval with `attested_edtf`; see profile section 5, row "in the 1980s".

    Raises:
        ValueError: if the interval is no point: a side of it is open.
    """
    return during(_moment(point))


def span(begin: Interval | None = None, end: Interval | None = None, *, ongoing: bool = False) -> Interval | None:
    """A tenure or an existence put together from the dates of its begin and its end ("established in …").

    Args:
        begin: the point at which it began, if that is stated.
        end: the point at which it ended, if that is stated.
        ongoing: whether the text says that it goes on ("a body described in the present tense is ongoing").

    Returns:
        The interval (profile section 5, row "existed by 1942"); None without any point, or with the
        end first.

    Raises:
        ValueError: if a point has an open side, or an end is given for something ongoing.
    """
    if end is not None and ongoing:
        raise ValueError("found an end for something that goes on; expected one or the other")
    finish = Status.ONGOING if ongoing else Status.NOT_STATED
    return between(
        _moment(begin) if begin else Status.NOT_STATED,
        _moment(end) if end else finish,
    )


def _moment(point: Interval) -> Moment:
    """The moment behind a point; of an event that lasted, some moment in its span."""
    dated = {point.begin_status, point.end_status} <= {Status.KNOWN, Status.UNCERTAIN}
    if point.edtf is None or not dated:
        raise ValueError(f"found {point.edtf or point.attested_edtf or point}, expected the date of an event")
    if "/" not in point.edtf:
        return Moment(point.edtf, point.earliest_begin, point.latest_end, point.begin, point.begin_status)
    lo, hi = point.earliest_begin, point.latest_end
    if lo is None or hi is None:
        raise ValueError(f"found {point.edtf}, expected a begin and an end that have bounds")
    first = point.begin.value if point.begin else f"{lo.year:04}"
    last = point.end.value if point.end else f"{hi.year:04}"
    return Moment(f"[{first}..{last}]", lo, hi, None, Status.UNCERTAIN)
