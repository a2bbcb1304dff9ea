"""Tables that a crawler left as text."""

from __future__ import annotations

import time

import pytest

from fasti.documents.lines import lines
from fasti.documents.tables import parameter, rows

WIKI = """{| class="wikitable"
! No. !! Name !! Term
|-
| 1 || Ada Low || 1990–1995
|-
| style="x" | 2
| Bo Ek
| 1995–
|}
"""
PIPES = "| No. | Name | Term |\n|---|---|---|\n| 1 | Ada Low | 1990–1995 |\n| 2 | Bo Ek | 1995– |\n"
TABS = "No.\tName\tTerm\n1\tAda Low\t1990–1995\n2\tBo Ek\t1995–\n"
BARE = "No. | Name | Term\n1 | Ada Low | 1990–1995\n2 | Bo Ek | 1995–\n"


@pytest.mark.parametrize("text", [WIKI, PIPES, TABS, BARE])
def test_a_row_has_its_cells_and_the_headers_of_these(text: str) -> None:
    """However it is written, the first row names the columns of the others."""
    found = [row for row in rows(list(lines(text))).values() if row]

    assert [row.cells for row in found] == [("1", "Ada Low", "1990–1995"), ("2", "Bo Ek", "1995–")]
    assert {row.columns for row in found} == {("No.", "Name", "Term")}


def test_a_row_with_other_than_all_cells_has_no_columns() -> None:
    """A cell that spans rows shifts the others: which header is whose is not guessed."""
    (whole, short) = (row for row in rows(list(lines("A | B | C\n1 | 2 | 3\n4 | 5\n"))).values() if row)

    assert whole.columns == ("A", "B", "C")
    assert short.columns == ()


@pytest.mark.parametrize(
    "text", ["* a\tb\n* c\td\n", "Some prose\twith a tab.\nAnd more.\n", "- a | b | c\n- d | e | f\n"]
)
def test_lists_and_prose_are_no_tables(text: str) -> None:
    """A bullet before a tab, or one tab in prose, makes no table."""
    assert rows(list(lines(text))) == {}


def test_a_table_without_its_end_ends_where_its_rows_do() -> None:
    """An opening that nothing closes takes no list with it."""
    found = rows(list(lines("{|\n! Name\n|-\n| Ada\n- Bo Ek\nProse.\n")))

    assert max(found) == 3


def test_parameters_of_an_infobox_are_pairs() -> None:
    """`| formed = 1990` is a key and a value; a row with several cells is none."""
    assert parameter("| formed = 1990") == ("formed", "1990")
    assert parameter("| a = b | c") is None
    assert parameter("| parent = [[Mint of X|Mint]]") == ("parent", "[[Mint of X|Mint]]")
    assert parameter('| chief1_name = Ada<ref name="a">{{cite|url=b}}</ref>') == (
        "chief1_name", 'Ada<ref name="a">{{cite|url=b}}</ref>',
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "date"),
    [("{{Start date|1862|8|29}}", "1862-08-29"), ("{{start date and age|1862|df=y}}", "1862"),
     ("{{dts|1862|8}} in Rome", "1862-08 in Rome"), ("{{plainlist|1862}}", "{{plainlist|1862}}"),
     ("{{Start date|x}}", "{{Start date|x}}")],
)  # fmt: skip
def test_a_template_of_a_date_is_the_date(value: str, date: str) -> None:
    """Its numbers are year, month and day."""
    assert parameter(f"| formed = {value}") == ("formed", date)


@pytest.mark.parametrize("piece", ["[[", "{{", "<ref>", "<ref", "{{a|b}}", "[[a|b]]", "|", "<ref>a</ref>"])
def test_a_long_parameter_takes_no_time(piece: str) -> None:
    """The time grows with its length, whatever is not closed."""
    started = time.process_time()
    parameter("| formed = " + piece * 50_000)

    assert time.process_time() - started < 2


@pytest.mark.parametrize("piece", ["{|\n", "| a | b\n", "a\tb\n", "! a !! b\n", "|-\n", "a | b | c\n"])
def test_many_rows_take_no_time(piece: str) -> None:
    """The time grows with the text."""
    made = list(lines(piece * 20_000))
    started = time.process_time()
    rows(made)

    assert time.process_time() - started < 2
