"""A picture of a query's answer where one fits: a timeline when its columns are dates, bars when one is a number."""

from __future__ import annotations

import math
import re
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fasti.vocabulary import Vocabulary

WIDTH = 1000  # units from the left to the right end of a bar's track
MOST = 40  # bars that are drawn
_TAIL = WIDTH // 30  # how far a bar fades out where its end is unknown
_NARROWEST = WIDTH // 200  # a day in a century would not be seen

Binding = Mapping[str, str]
Row = Mapping[str, Binding]
Stretch = tuple[float, float]  # in years, the end exclusive

_PLAIN = re.compile(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*|Z|[+-]\d\d:\d\d)?")
_DECADE = re.compile(r"(\d{3})X")
_INTERVAL = re.compile(r"[\d.X?~%[\]-]*/[\d.X?~%[\]-]*|\d{4}(?:-\d\d){0,2}|\d{3}X")
_HEDGED = re.compile(r"\[(?:\.\.)?(?P<one>[^.\]]+)(?:\.\.)?\]|(?P<two>[^?~%]+)[?~%]")


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: what it is called, and its track, in units of `WIDTH`."""

    label: Binding
    begin: str
    """As the answer writes it; of a bar that counts, the number."""
    end: str
    x: int
    width: int
    soft: tuple[tuple[int, int], ...] = ()
    """Where it fades out, position and width: an end that nobody knows looks like no other end."""


@dataclass(frozen=True, slots=True)
class Chart:
    """What to draw of an answer; `ticks` are years and where they stand, none for bars that count."""

    column: str
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[int, str], ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class _Span:
    """When something was: from the earliest begin to the latest end that are known, and what of that is not certain."""

    whole: Stretch
    text: tuple[str, str]
    soft_begin: bool
    soft_end: bool
    hedged: bool = False


def chart(vocabulary: Vocabulary, columns: Sequence[str], rows: Sequence[Row], today: date) -> Chart | None:
    """The picture that fits the answer's columns, if any.

    Columns of dates make a timeline: one of EDTF, or two of dates, or one; then a column of numbers makes bars.

    Args:
        vocabulary: says which datatypes are dates and numbers.
        columns: the variables, in order.
        rows: the solutions as the SPARQL 1.1 Query Results JSON Format has them.
        today: where a bar ends that goes on.
    """
    edtf, dates, numbers = _datatypes(vocabulary)
    intervals = [name for name in columns if _all(rows, name, edtf) or _reads_as_intervals(rows, name)]
    days = [name for name in columns if _all(rows, name, dates)]
    counts = [name for name in columns if _all(rows, name, numbers)]
    label = _label(columns, rows, {*intervals, *days, *counts})
    if intervals and label:
        return _timeline(label, intervals[0], rows, lambda row: _edtf(row.get(intervals[0]), today))
    if label and days and (len(days) == 2 or not counts):
        return _timeline(label, days[0], rows, lambda row: _between([row.get(name) for name in days[:2]]))
    label = label or next(iter(days), None)
    return _bars(label, counts[0], rows) if label and len(counts) == 1 else None


def _datatypes(vocabulary: Vocabulary) -> tuple[set[str], set[str], set[str]]:
    dates = {vocabulary.expand(f"xsd:{name}") for name in ("date", "dateTime", "gYear", "gYearMonth")}
    numbers = {vocabulary.expand(f"xsd:{name}") for name in ("integer", "decimal", "double", "float")}
    return {vocabulary.expand("edtf:EDTF")}, dates, numbers


def _all(rows: Sequence[Row], name: str, datatypes: set[str]) -> bool:
    """Whether the column has values, and all are of these datatypes."""
    found = [row[name].get("datatype", "") for row in rows if name in row]
    return bool(found) and all(datatype in datatypes for datatype in found)


def _reads_as_intervals(rows: Sequence[Row], name: str) -> bool:
    """Whether all are plain texts as `1957/` and `1966-05/..`: queries often make a text of what is EDTF."""
    found = [row[name] for row in rows if name in row]
    return bool(found) and all(
        each["type"] == "literal" and not each.get("datatype") and _INTERVAL.fullmatch(each["value"]) for each in found
    )


def _label(columns: Sequence[str], rows: Sequence[Row], used: set[str]) -> str | None:
    """The column that names the rows: the first of words, or else of IRIs, that is never empty."""
    whole = [name for name in columns if name not in used and all(name in row for row in rows)]
    worded = (name for name in whole if all(row[name]["type"] == "literal" for row in rows))
    return next(worded, next(iter(whole), None))


def _bars(label: str, column: str, rows: Sequence[Row]) -> Chart | None:
    values = [(row, float(row[column]["value"])) for row in rows if column in row]
    drawn = [(row, value) for row, value in values if math.isfinite(value) and value >= 0 and label in row]
    top = max((value for _, value in drawn), default=0.0)
    if len(drawn) < 2 or len(drawn) < len(rows) or not top:
        return None
    bars = (Bar(row[label], row[column]["value"], "", 0, round(value / top * WIDTH)) for row, value in drawn[:MOST])
    return Chart(column, tuple(bars), (), max(0, len(drawn) - MOST))


def _timeline(label: str, column: str, rows: Sequence[Row], read: Callable[[Row], _Span | None]) -> Chart | None:
    spans = [(row[label], span) for row in rows if (span := read(row)) is not None]
    if len(spans) < 2:
        return None
    shown = spans[:MOST]
    ticks = _ticks(min(span.whole[0] for _, span in shown), max(span.whole[1] for _, span in shown))
    first, last = ticks[0], ticks[-1]

    def place(year: float) -> int:
        return round((year - first) / (last - first) * WIDTH)

    bars = tuple(_bar(name, span, place) for name, span in shown)
    return Chart(column, bars, tuple((place(year), str(year)) for year in ticks), len(spans) - len(shown))


def _bar(label: Binding, span: _Span, place: Callable[[float], int]) -> Bar:
    x, right = (place(year) for year in span.whole)
    width = max(right - x, _NARROWEST)
    soft = []
    if span.soft_begin:
        soft.append((max(0, x - _TAIL), min(x, _TAIL)))
    if span.soft_end:
        soft.append((x + width, min(WIDTH - x - width, _TAIL)))
    if span.hedged:
        return Bar(label, *span.text, x, 0, (*soft, (x, width)))
    return Bar(label, *span.text, x, width, tuple(soft))


def _ticks(first: float, last: float) -> list[int]:
    """Round years around the whole, at most ten."""
    steps = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)
    step = next((s for s in steps if (last - first) / s <= 8), 2000)
    low, high = math.floor(first / step) * step, math.ceil(last / step) * step
    return list(range(low, max(high, low + step) + step, step))


def _edtf(binding: Binding | None, today: date) -> _Span | None:
    """An interval or a date in EDTF (ISO 8601-2): `..` goes on until today, nothing beside the slash is unknown."""
    if binding is None:
        return None
    first, slash, last = binding["value"].partition("/")
    if not slash:
        return _span(first, first, _stretch(first), hedged=_HEDGED.fullmatch(first) is not None)
    end = (_year(today), _year(today)) if last == ".." else _stretch(last)
    return _span(first, last, _stretch(first), end)


def _between(bindings: Sequence[Binding | None]) -> _Span | None:
    first, last = [binding["value"] if binding else "" for binding in (bindings[0], bindings[-1])]
    return _span(first, last, _stretch(first), _stretch(last))


def _span(
    first: str, last: str, begin: Stretch | None, end: Stretch | None = None, *, hedged: bool = False
) -> _Span | None:
    if first == last:
        end = begin
    known = [stretch for stretch in (begin, end) if stretch]
    if not known:
        return None
    soft_begin, soft_end = begin is None or first.startswith("[.."), end is None or last.endswith("..]")
    return _Span((known[0][0], max(known[-1][1], known[0][1])), (first, last), soft_begin, soft_end, hedged)


def _stretch(text: str) -> Stretch | None:
    """From when to when a date of that precision may be."""
    if hedged := _HEDGED.fullmatch(text):
        text = hedged["one"] or hedged["two"]
    if decade := _DECADE.fullmatch(text):
        return int(decade[1]) * 10.0, int(decade[1]) * 10.0 + 10
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if not 1 <= month <= 12:
        return float(year), year + 1.0
    days = monthrange(year, month)[1]
    start = year + (month - 1) / 12 + (max(day, 1) - 1) / days / 12
    return start, start + (1 / days / 12 if day else 1 / 12)


def _year(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 366
