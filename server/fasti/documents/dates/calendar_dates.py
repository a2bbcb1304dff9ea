"""Moments out of numbers: each kind of date with its EDTF, its bounds and its instant."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date

from fasti.documents.dates.model import Instant, Moment, Status

_CALENDARS_APART = range(10, 14)  # days, from 1582 to 2100
YEARS = range(1, 3000)
"""What is outside it is a number, or a slip, and no year that a document of this kind speaks of."""


def moment_of(year: int, month: int | None = None, day: int | None = None) -> Moment | None:
    """A year, month or day; None where the calendar has no such day."""
    if year not in YEARS or (month is not None and not 1 <= month <= 12):
        return None
    if month is None:
        return Moment(f"{year:04}", date(year, 1, 1), date(year, 12, 31), Instant(f"{year:04}", "year"))
    last = monthrange(year, month)[1]
    text = f"{year:04}-{month:02}"
    if day is None:
        return Moment(text, date(year, month, 1), date(year, month, last), Instant(text, "month"))
    if not 1 <= day <= last:
        return None
    text = f"{text}-{day:02}"
    return Moment(text, date(year, month, day), date(year, month, day), Instant(text, "day"))


def numeric(first: int, second: int, year: int) -> Moment | None:
    """`30/12/1980` or `12/30/1980`; where either order makes a date, one of the two, and no guess which."""
    found = {moment_of(year, second, first), moment_of(year, first, second)} - {None}
    moments = [moment for moment in found if moment is not None]
    return moments[0] if len(moments) == 1 else either(*moments) if moments else None


def dual(year: int, old: tuple[int, int], new: tuple[int, int]) -> Moment | None:
    """One day in the old and in the new calendar, months and days: `10/21 June`; None where these do not go together.

    Which of the two calendars EDTF would want is clear, which of the two numbers the text means is not always.
    """
    first, second = moment_of(year, *old), moment_of(year, *new)
    if not (first and second and first.lo and second.lo and (second.lo - first.lo).days in _CALENDARS_APART):
        return None
    return either(first, second)


def winter(year: int) -> Moment:
    """The winter of `1935/36`: between December and March on the northern half of the globe."""
    return Moment(f"{year:04}-24", date(year, 12, 1), date(year + 1, 3, 31), None, Status.UNCERTAIN)


def season(year: int, code: int) -> Moment | None:
    """A season of a year, on either half of the globe.

    Spring and autumn lie within the year in both. Summer and winter can begin in the December before, or run
    into the March after, so no instant is theirs.
    """
    if year not in YEARS:
        return None
    edtf = f"{year:04}-{code}"
    if code in (21, 23):
        return Moment(edtf, date(year, 1, 1), date(year, 12, 31), Instant(f"{year}", "year"))
    return Moment(edtf, date(year - 1, 12, 1), date(year + 1, 3, 31), None, Status.UNCERTAIN)


def part_of_year(year: int, code: int) -> Moment | None:
    """A quarter (EDTF 33 to 36) or a half (40, 41) of the calendar year."""
    if year not in YEARS:
        return None
    months = 3 if code < 40 else 6
    first = (code - (33 if code < 40 else 40)) * months + 1
    last = first + months - 1
    hi = date(year, last, monthrange(year, last)[1])
    return Moment(f"{year}-{code}", date(year, first, 1), hi, Instant(f"{year}", "year"))


def decade(first: int) -> Moment | None:
    """`1980s`. "1900s" can be a decade or a century, so it is the century, which holds both."""
    if first not in YEARS:
        return None
    if first % 100:
        return Moment(f"{first // 10}X", date(first, 1, 1), date(first + 9, 12, 31), None, Status.UNCERTAIN)
    return Moment(f"{first // 100}XX", date(first, 1, 1), date(first + 99, 12, 31), None, Status.UNCERTAIN)


def century(number: int) -> Moment | None:
    """The 20th century, EDTF 19XX: by the book 1901–2000, by custom 1900–1999; the bounds hold both."""
    if not 1 <= number <= YEARS.stop // 100:
        return None
    first = (number - 1) * 100
    lo, hi = date(max(first, 1), 1, 1), date(first + 100, 12, 31)
    return Moment(f"{number - 1:02}XX", lo, hi, None, Status.UNCERTAIN)


def either(one: Moment, other: Moment) -> Moment | None:
    """One of two dates: `[1990,1991]`."""
    if not (one.is_plain and other.is_plain and one.lo and other.lo and one.hi and other.hi):
        return None
    first, last = sorted((one, other), key=lambda moment: (moment.lo or date.min, moment.edtf))
    lo, hi = min(one.lo, other.lo), max(one.hi, other.hi)
    return Moment(f"[{_member(first)},{_member(last)}]", lo, hi, None, Status.UNCERTAIN)


def within(first: Moment, last: Moment) -> Moment | None:
    """Some time between two dates: `[1990..1995]`."""
    if not (first.is_plain and last.is_plain and first.lo and last.hi and first.lo <= last.hi):
        return None
    return Moment(f"[{_from(first)}..{_to(last)}]", first.lo, last.hi, None, Status.UNCERTAIN)


def no_later(moment: Moment) -> Moment | None:
    """By that date, or before it: `[..1942]`.

    "Before 1942" takes in 1942, as the profile's "after 1955" takes in 1955.
    """
    if moment.hi is None:
        return None
    return Moment(f"[..{_to(moment)}]", None, moment.hi, None, Status.UNCERTAIN)


def no_earlier(moment: Moment) -> Moment | None:
    """On that date or after it: `[1955..]`."""
    if moment.lo is None:
        return None
    return Moment(f"[{_from(moment)}..]", moment.lo, None, None, Status.UNCERTAIN)


def doubtful(moment: Moment) -> Moment:
    """Probably then: `1966?`, bounds and instant as if it were so; the status says that it may not be."""
    edtf = f"{moment.edtf}?" if moment.is_plain else moment.edtf.replace("~", "%")
    return replace(moment, edtf=edtf, status=Status.UNCERTAIN)


def about(moment: Moment) -> Moment | None:
    """Around then: `1990~`, without bounds or instant, for no text says how far "circa" reaches."""
    if moment.is_set:
        return None
    return Moment(moment.edtf.rstrip("?") + "~", None, None, None, Status.UNCERTAIN)


def _from(moment: Moment) -> str:
    """Its EDTF as the lower end of a set, where no digit may be left open and no doubt marked."""
    vague = moment.lo and (moment.is_set or "X" in moment.edtf)
    return f"{moment.lo.year:04}" if moment.lo and vague else moment.edtf.rstrip("?")


def _to(moment: Moment) -> str:
    """Its EDTF as the upper end of a set, where no digit may be left open and no doubt marked."""
    vague = moment.hi and (moment.is_set or "X" in moment.edtf)
    return f"{moment.hi.year:04}" if moment.hi and vague else moment.edtf.rstrip("?")


def _member(moment: Moment) -> str:
    """Its EDTF as a member of a set: a decade is the run of its years."""
    return f"{_from(moment)}..{_to(moment)}" if "X" in moment.edtf else moment.edtf
