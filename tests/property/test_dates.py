"""What holds of every date text: bounds in order, nothing tighter than the text, one meaning per spelling."""

from __future__ import annotations

import calendar
from dataclasses import fields
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fasti.documents.dates import Instant, Interval, Status, find, parse, parse_all, parse_point, wellformed

same_every_time = settings(derandomize=True, deadline=None, max_examples=150)

MONTHS = list(calendar.month_name)[1:]
DASHES = list("-‐‑‒–—―−〜～－")
BLANKS = ["", " ", "\u00a0", "\u2009", "\u202f", "  ", "\u3000"]
SPELLINGS = (
    "in on by before after since from until between to and or the early mid late end of about circa c."
    " probably ? ?? – - — / ~ , ; ( ) . .. [ ] present unknown now date onwards not later than at least as of"
    " may May June 5 5th 12 31 95 1990 1995 2001 1990s 198X 20th century 19XX Q1 spring winter first half BC"
    " quarter AD 1990-05 1990-05-03 03/04/1990 1980/81 1990/1995 No. people \n\u00a0"
)
WORDS = SPELLINGS.split(" ")

days = st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31))
texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join) | st.lists(st.sampled_from(WORDS), max_size=9).map(
    "".join
)
anything = st.text(max_size=60) | texts


def spelled(day: date, precision: str) -> str:
    """The day, month or year, as English writes it."""
    words = [str(day.day), MONTHS[day.month - 1], str(day.year)]
    return " ".join(words[{"day": 0, "month": 1, "year": 2}[precision] :])


def bounds(interval: Interval) -> list[date | None]:
    return [interval.earliest_begin, interval.latest_begin, interval.earliest_end, interval.latest_end]


def extent(instant: Instant) -> tuple[date, date]:
    point = parse_point(instant.value)

    assert point is not None
    assert point.earliest_begin is not None
    assert point.latest_end is not None
    return point.earliest_begin, point.latest_end


def in_order(first: date | None, second: date | None) -> bool:
    return first is None or second is None or first <= second


def check(interval: Interval) -> None:
    """The rules of section 5 of the profile for any interval."""
    assert in_order(interval.earliest_begin, interval.latest_begin)
    assert in_order(interval.earliest_end, interval.latest_end)
    assert in_order(interval.earliest_begin, interval.latest_end)
    said = [interval.edtf, interval.attested_edtf, interval.begin_edtf, interval.end_edtf]
    assert any(said)
    assert all(wellformed(edtf) for edtf in said if edtf is not None)
    assert [interval.edtf, interval.attested_edtf, interval.begin_edtf or interval.end_edtf].count(None) == 2
    assert interval.begin or interval.begin_status is not Status.KNOWN
    assert interval.end or interval.end_status is not Status.KNOWN
    assert interval.begin_status is not Status.ONGOING
    if interval.end_status is Status.ONGOING:
        assert (interval.end, interval.earliest_end, interval.latest_end) == (None, None, None)
    if interval.begin:
        lo, hi = extent(interval.begin)
        assert interval.earliest_begin is not None
        assert interval.latest_begin is not None
        assert lo <= interval.earliest_begin <= interval.latest_begin <= hi
    if interval.end:
        lo, hi = extent(interval.end)
        assert interval.earliest_end is not None
        assert interval.latest_end is not None
        assert lo <= interval.earliest_end <= interval.latest_end <= hi


@same_every_time
@given(anything)
def test_any_text_is_read_without_an_exception_and_by_the_rules(text: str) -> None:
    for interval in (parse(text), parse_point(text)):
        if interval:
            check(interval)
    for part in parse_all(text):
        check(part.interval)


@same_every_time
@given(anything)
def test_what_is_found_is_read_the_same_alone(text: str) -> None:
    after = 0
    for found in find(text):
        words = text[found.start : found.end]

        assert after <= found.start < found.end <= len(text)
        assert found.interval in (parse(words), parse_point(words)), words
        check(found.interval)
        after = found.end


@same_every_time
@given(anything)
def test_the_parts_of_a_list_are_read_the_same_alone(text: str) -> None:
    for part in parse_all(text):
        assert part.interval == parse(text[part.start : part.end])


@same_every_time
@given(days)
def test_coarser_text_never_gives_tighter_bounds(day: date) -> None:
    """The bounds of the year hold those of the month, which hold those of the day, which are the day."""
    read = [parse_point(spelled(day, precision)) for precision in ("day", "month", "year")]

    assert all(read)
    intervals = [interval for interval in read if interval]
    assert bounds(intervals[0]) == [day] * 4
    for fine, coarse in pairwise(intervals):
        assert coarse.earliest_begin
        assert fine.earliest_begin
        assert coarse.latest_end
        assert fine.latest_end
        assert coarse.earliest_begin <= fine.earliest_begin
        assert fine.latest_end <= coarse.latest_end


@same_every_time
@given(days, st.sampled_from(["spring", "summer", "autumn", "winter", "early", "late", "mid-"]), st.booleans())
def test_vague_words_never_exclude_the_year(day: date, word: str, month: bool) -> None:
    text = f"{word} {spelled(day, 'month' if month and word in ('early', 'late', 'mid-') else 'year')}"
    point, plain = (
        parse_point(text),
        parse_point(spelled(day, "month" if month and word in ("early", "late", "mid-") else "year")),
    )

    assert point
    assert plain
    assert in_order(point.earliest_begin, plain.earliest_begin)
    assert in_order(plain.latest_end, point.latest_end)


@same_every_time
@given(days, st.sampled_from(["decade", "century"]))
def test_a_decade_and_a_century_hold_their_years(day: date, kind: str) -> None:
    text = f"{day.year // 10}0s" if kind == "decade" else f"{day.year // 100}XX"
    point = parse_point(text)

    assert point
    assert point.earliest_begin
    assert point.latest_end
    assert point.earliest_begin.year <= day.year <= point.latest_end.year


@same_every_time
@given(days, days, st.sampled_from(DASHES), st.sampled_from(BLANKS), st.sampled_from(BLANKS), st.data())
def test_every_dash_and_blank_means_the_same(
    one: date, other: date, dash: str, before: str, after: str, data: st.DataObject
) -> None:
    """Words and ISO days; the ISO month is the one spelling in which a hyphen says something of its own."""
    first, last = sorted((one, other))
    written = data.draw(st.sampled_from(["day", "month", "year", "iso"]))
    left, right = (str(side) if written == "iso" else spelled(side, written) for side in (first, last))

    assert parse(f"{left}{before}{dash}{after}{right}") == parse(f"{left}–{right}")
    assert parse(f"{left}{before}{dash}{after}{right}") == parse(f"from {left} to {right}")
    assert parse(f"{left}{before}{dash}") == parse(f"{left}–present") == parse(f"since {left}")
    assert parse(f"{dash}{after}{right}") == parse(f"until {right}")


@same_every_time
@given(days, st.integers(1, 40_000), st.sampled_from(["day", "month", "year"]))
def test_a_range_has_the_bounds_of_its_sides(day: date, later: int, precision: str) -> None:
    last = day + timedelta(days=min(later, (date(2999, 12, 31) - day).days))
    left, right = spelled(day, precision), spelled(last, precision)
    whole, begin, end = parse(f"{left} – {right}"), parse_point(left), parse_point(right)

    assert whole
    assert begin
    assert end
    assert bounds(whole) == [*bounds(begin)[:2], *bounds(end)[2:]]


@same_every_time
@given(days, days)
def test_no_range_ends_before_it_begins(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assume(first != last)

    assert parse(f"{spelled(last, 'day')} – {spelled(first, 'day')}") is None


@same_every_time
@given(st.sampled_from(["", "(", "[", " "]), texts, st.sampled_from(["Upper", "wide"]))
def test_letter_case_and_width_do_not_matter(lead: str, text: str, how: str) -> None:
    changed = text.upper() if how == "Upper" else text.translate({48 + digit: 0xFF10 + digit for digit in range(10)})
    close = {"(": ")", "[": "]"}.get(lead, lead)

    assert parse(f"{lead}{changed}{close}") == parse(f"{lead}{text}{close}")


def test_the_fields_are_those_of_the_profile() -> None:
    assert [field.name for field in fields(Interval)] == [
        "edtf", "attested_edtf", "begin_edtf", "end_edtf", "begin", "end", "begin_status", "end_status",
        "earliest_begin", "latest_begin", "earliest_end", "latest_end",
    ]  # fmt: skip
