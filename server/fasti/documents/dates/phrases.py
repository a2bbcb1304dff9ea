"""A written date, and the phrase of qualifiers around it, with the moment that they come to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from fasti.documents.dates import calendar_dates as calendar
from fasti.documents.dates.model import Moment
from fasti.documents.dates.tokens import Kind

BOUNDS = {Kind.BY, Kind.BEFORE, Kind.AFTER, Kind.NOT_BEFORE, Kind.AT_LEAST}


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it is written: numbers, of which the other side of a range may lend some, or a moment.

    `settled` marks the second, also when there is no such moment; `shaky` marks `2005-08`, which a list of
    tenures may mean for 2005 to 2008, and `small` a year of three digits, which alone may be any number.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    moment: Moment | None = None
    settled: bool = False
    shaky: bool = False
    small: bool = False

    @property
    def complete(self) -> bool:
        """Whether it is a date without help."""
        return self.settled or (self.year is not None and (self.day is None or self.month is not None))

    def resolve(self) -> Moment | None:
        """The moment; None where the calendar has none."""
        if self.settled:
            return self.moment
        return None if self.year is None else calendar.moment_of(self.year, self.month, self.day)

    def borrow(self, other: Written) -> Written:
        """What it lacks, from the other side: "3–7 May 1990", "May–June 1990", "May 5–7, 1990"."""
        if self.complete or other.month is None or (self.month is None and other.day is None):
            return self
        return replace(self, year=self.year or other.year, month=self.month or other.month)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A date with what is said about it: `before`, `c.`, `?`, `or 1991`."""

    said: frozenset[Kind]
    date: Written
    alternative: Written | None
    end: int

    @property
    def complete(self) -> bool:
        """Whether all its dates are dates without help."""
        return self.date.complete and (self.alternative is None or self.alternative.complete)

    def borrow(self, other: Phrase) -> Phrase:
        """The phrase with what its date lacks."""
        return replace(self, date=self.date.borrow(other.date))

    def doubted(self) -> Phrase:
        """The phrase with a "probably" that stands before the whole range."""
        return replace(self, said=self.said | {Kind.PERHAPS})

    def resolve(self, *, at_least: Callable[[Moment], Moment | None] | None = None) -> Moment | None:
        """The moment; `at_least` is what "at least" means where the phrase stands."""
        moment = self.date.resolve()
        if moment and self.alternative:
            other = self.alternative.resolve()
            moment = calendar.either(moment, other) if other else None
        if moment and self.said & {Kind.ABOUT, Kind.TILDE}:
            moment = calendar.about(moment)
        if moment and self.said & {Kind.PERHAPS, Kind.UNKNOWN}:
            moment = calendar.doubtful(moment)
        return self._bound(moment, at_least) if moment else None

    def _bound(self, moment: Moment, at_least: Callable[[Moment], Moment | None] | None) -> Moment | None:
        """The moment as the limit that "by", "after" and their like make of it."""
        bounds = self.said & BOUNDS
        if not bounds:
            return moment
        if len(bounds) > 1:
            return None
        if Kind.AT_LEAST in bounds:
            return at_least(moment) if at_least else None
        return calendar.no_later(moment) if bounds & {Kind.BY, Kind.BEFORE} else calendar.no_earlier(moment)
