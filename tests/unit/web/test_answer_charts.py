"""Which picture an answer gets, and that no end looks like another kind of end."""

from __future__ import annotations

from datetime import date

import pytest

from fasti.vocabulary import Vocabulary
from fasti.web.answer_charts import MOST, WIDTH, Bar, Chart, Row, chart

VOCABULARY = Vocabulary()
TODAY = date(2026, 1, 1)


def literal(value: str, datatype: str = "") -> dict[str, str]:
    named = {"datatype": VOCABULARY.expand(datatype)} if datatype else {}
    return {"type": "literal", "value": value, **named}


def drawn(rows: list[Row]) -> Chart | None:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    return chart(VOCABULARY, columns, rows, TODAY)


def timeline(*intervals: str) -> list[Bar]:
    rows: list[Row] = [{"who": literal(f"p{n}"), "when": literal(i, "edtf:EDTF")} for n, i in enumerate(intervals)]
    found = drawn(rows)
    assert found is not None
    return list(found.bars)


def test_one_column_of_words_and_one_of_numbers_are_bars_in_proportion() -> None:
    rows: list[Row] = [{"body": literal(name), "n": literal(n, "xsd:integer")} for name, n in (("a", "5"), ("b", "20"))]
    found = drawn(rows)

    assert found is not None
    assert [(bar.label["value"], bar.width) for bar in found.bars] == [("a", WIDTH // 4), ("b", WIDTH)]
    assert found.ticks == ()


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{"body": literal("a"), "n": literal("5", "xsd:integer")}],
        [{"body": literal("a")}, {"body": literal("b")}],
        [{"n": literal("5", "xsd:integer")}, {"n": literal("6", "xsd:integer")}],
        [{"a": literal("a"), "n": literal("0", "xsd:integer")}, {"a": literal("b"), "n": literal("0", "xsd:integer")}],
        [{"a": literal("a"), "n": literal("-1", "xsd:integer")}, {"a": literal("b"), "n": literal("3", "xsd:integer")}],
        [{"a": literal("a"), "n": literal("NaN", "xsd:double")}, {"a": literal("b"), "n": literal("3", "xsd:double")}],
        [{"a": literal("a"), "d": literal("x", "edtf:EDTF")}, {"a": literal("b"), "d": literal("y", "edtf:EDTF")}],
    ],
    ids=["nothing", "one row", "words", "numbers", "zeroes", "negative", "not a number", "no dates"],
)
def test_an_answer_that_no_picture_fits_gets_none(rows: list[Row]) -> None:
    assert drawn(rows) is None


def test_bars_of_a_timeline_stand_where_their_years_are() -> None:
    first, second = timeline("1950/1959", "1960/1969")

    assert (first.x, first.x + first.width) == (0, WIDTH // 2)
    assert (second.x, second.x + second.width) == (WIDTH // 2, WIDTH)
    assert first.soft == second.soft == ()


def test_an_unknown_end_fades_out_and_an_open_one_reaches_today() -> None:
    unknown, ongoing, known = timeline("2000/", "2000/..", "2000/2009")

    assert unknown.soft[0][0] == unknown.x + unknown.width
    assert unknown.width < known.width < ongoing.width
    assert ongoing.soft == known.soft == ()
    assert (unknown.begin, unknown.end) == ("2000", "")


def test_an_unknown_begin_fades_out_to_the_left() -> None:
    bar, _ = timeline("/1966-05", "1950/1960")

    (x, width) = bar.soft[0]
    assert x + width == bar.x


@pytest.mark.parametrize("hedged", ["198X", "1983"])
def test_a_decade_is_as_long_as_ten_years(hedged: str) -> None:
    bar, year, *_ = timeline(hedged, "1985", "1970/1999")

    assert round(bar.width / year.width) == (10 if hedged == "198X" else 1)


def test_a_date_that_is_only_probable_is_soft_throughout() -> None:
    bar, _ = timeline("1966?", "1960/1970")

    assert bar.width == 0
    assert bar.soft[0][1] > 0


def test_two_columns_of_dates_are_begin_and_end() -> None:
    rows: list[Row] = [
        {"body": literal("a"), "from": literal("1950", "xsd:gYear"), "to": literal("1954-12-31", "xsd:date")},
        {"body": literal("b"), "from": literal("1955-01", "xsd:gYearMonth")},
    ]
    found = drawn(rows)

    assert found is not None
    closed, open_ended = found.bars
    assert (closed.begin, closed.end, closed.soft) == ("1950", "1954-12-31", ())
    assert (open_ended.end, len(open_ended.soft)) == ("", 1)


def test_texts_that_read_as_intervals_are_drawn_as_such() -> None:
    rows: list[Row] = [
        {"who": literal("a"), "when": literal("1957/")},
        {"who": literal("b"), "when": literal("1966-05/..")},
    ]
    found = drawn(rows)

    assert found is not None
    assert [bool(bar.soft) for bar in found.bars] == [True, False]


def test_years_with_counts_are_bars() -> None:
    rows: list[Row] = [
        {"y": literal(y, "xsd:gYear"), "n": literal(n, "xsd:integer")} for y, n in (("1950", "1"), ("1951", "3"))
    ]
    found = drawn(rows)

    assert found is not None
    assert found.column == "n"
    assert [bar.label["value"] for bar in found.bars] == ["1950", "1951"]


def test_what_is_not_drawn_is_counted() -> None:
    rows: list[Row] = [{"a": literal(str(n)), "n": literal(str(n), "xsd:integer")} for n in range(MOST + 7)]
    found = drawn(rows)

    assert found is not None
    assert (len(found.bars), found.left_out) == (MOST, 7)
