"""`?at=1966-05-20`: what is certainly and what is possibly the case on a day, by the profile's definitions.

On day D a thing that has a time *certainly* is the case when latestBegin ≤ D, and D ≤ earliestEnd or its end is
ongoing; it *possibly* is when neither earliestBegin > D nor latestEnd < D. A bound that no source gives makes
nothing certain and rules nothing out. `?at=1966` and `?at=1966-05` ask for at least one day of that year or month.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from flask import abort, g, has_request_context, request
from werkzeug.exceptions import BadRequest

from fasti.release import Release
from fasti.store.embedded import NamedNode, Term
from fasti.web.current import release
from fasti.web.intervals import Intervals

Day = tuple[int, int, int]
_ASKED = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_DAY = re.compile(r"(-?\d{4,})-(\d\d)-(\d\d)", re.ASCII)
_DATATYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}


class Certainty(StrEnum):
    """How a thing that has a time stands to a day."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class Bounds:
    """The four bounds of an interval, None where no source gives one, and whether it is said to go on."""

    earliest_begin: Day | None = None
    latest_begin: Day | None = None
    earliest_end: Day | None = None
    latest_end: Day | None = None
    ongoing: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, or a month or year of days: `text` as it was asked for, its first and its last day."""

    text: str
    first: Day
    last: Day

    @property
    def datatype(self) -> str:
        """The XML Schema datatype of `text`: `date`, `gYearMonth` or `gYear`."""
        return _DATATYPES[len(self.text)]

    def certainty(self, bounds: Bounds) -> Certainty:
        """How an interval with these bounds stands to this moment (profile, section 5)."""
        begun = bounds.earliest_begin is None or bounds.earliest_begin <= self.last
        lasts = bounds.latest_end is None or self.first <= bounds.latest_end
        if not (begun and lasts):
            return Certainty.EXCLUDED
        return Certainty.CERTAIN if self._certain(bounds) else Certainty.POSSIBLE

    def _certain(self, bounds: Bounds) -> bool:
        """Whether there is a day in the moment that it has certainly begun by and certainly not ended by."""
        if bounds.latest_begin is None or bounds.latest_begin > self.last:
            return False
        if bounds.ongoing:
            return True
        return bounds.earliest_end is not None and max(bounds.latest_begin, self.first) <= bounds.earliest_end


def parse(text: str) -> Moment | None:
    """The moment that `YYYY`, `YYYY-MM` or `YYYY-MM-DD` names; None for anything else, also for 30 February."""
    match = _ASKED.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if not year or (month is not None and not 1 <= month <= 12):
        return None
    first, last = month or 1, month or 12
    end = monthrange(year, last)[1]
    if day is not None and not 1 <= day <= end:
        return None
    return Moment(text, (year, first, day or 1), (year, last, day or end))


def asked() -> Moment | None:
    """The moment that the request asks for with `at`; an empty one, as a form sends it, is none.

    Raises:
        BadRequest: it is no date, or there are several.
    """
    if not has_request_context():
        return None
    if "moment" not in g:
        given = [value.strip() for value in request.args.getlist("at")]
        moments = [parse(value) for value in given if value]
        if len(given) > 1 or None in moments:
            found = ", ".join(repr(value[:40]) for value in given[:3])
            abort(400, description=f"One date was expected in 'at', as 1966, 1966-05 or 1966-05-20; found {found}.")
        g.moment = moments[0] if moments else None
    found_moment: Moment | None = g.moment
    return found_moment


def shown_moment() -> str:
    """The text of the moment that the request asks for; empty when there is none, or what it asks for is no date."""
    try:
        moment = asked()
    except BadRequest:
        return ""
    return moment.text if moment else ""


class Times:
    """When the things of one release were: tenures, bodies, rank tenures and events; each looked up when asked for."""

    def __init__(self, current: Release) -> None:
        self._intervals = Intervals(current)
        self.bounds = lru_cache(maxsize=None)(self._bounds)

    def certainty(self, iri: str, moment: Moment) -> Certainty | None:
        """How a thing stands to a moment; None for what has no time. Of several times the best counts."""
        several = {moment.certainty(bounds) for bounds in self.bounds(iri)}
        return next((each for each in Certainty if each in several), None)

    def _bounds(self, iri: str) -> tuple[Bounds, ...]:
        """A tenure without an interval has bounds that say nothing: whatever it was, it was not for ever."""
        node = NamedNode(iri)
        found = tuple(_bounds(self._intervals.row(interval)) for interval in self._intervals.of(node))
        return found or ((Bounds(),) if self._intervals.is_timed(node) else ())


def times() -> Times:
    """The times of this request's release."""
    if "times" not in g:
        g.times = Times(release())
    found: Times = g.times
    return found


def _bounds(row: Mapping[str, Term]) -> Bounds:
    earliest_begin, latest_begin, earliest_end, latest_end = (
        _day(row.get(name)) for name in ("earliestBegin", "latestBegin", "earliestEnd", "latestEnd")
    )
    ongoing = "endStatus" in row and row["endStatus"].value.endswith("#ongoing")
    return Bounds(earliest_begin, latest_begin, earliest_end, latest_end, ongoing)


def _day(term: Term | None) -> Day | None:
    match = _DAY.fullmatch(term.value) if term is not None else None
    return (int(match[1]), int(match[2]), int(match[3])) if match else None
