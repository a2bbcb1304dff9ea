"""What kind of line each spelling is, and that its spans put together are the line."""

from __future__ import annotations

import pytest

from fasti.documents.lines import Kind, Line, lines


def one(text: str) -> Line:
    (line,) = lines(text)
    return line


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("= Mint =", Kind.HEADING, "Mint"),
        ("=Mint=", Kind.HEADING, "Mint"),
        ("==  History ==  ", Kind.HEADING, "History"),
        ("== History", Kind.HEADING, "History"),
        ("History ==", Kind.HEADING, "History"),
        ("==== Director ===", Kind.HEADING, "Director"),
        ("'''Director'''", Kind.HEADING, "Director"),
        ("**Units**:", Kind.HEADING, "Units"),
        (";Chief", Kind.TERM, "Chief"),
        ("- Jane Doe", Kind.ITEM, "Jane Doe"),
        ("*\tJane Doe", Kind.ITEM, "Jane Doe"),
        ("*\u00a0Jane Doe", Kind.ITEM, "Jane Doe"),
        ("*Jane Doe", Kind.ITEM, "Jane Doe"),
        ("*1990–1995: Jane Doe", Kind.ITEM, "1990–1995: Jane Doe"),
        ("• Jane Doe", Kind.ITEM, "Jane Doe"),
        ("12. Jane Doe", Kind.ITEM, "Jane Doe"),
        ("3) Jane Doe", Kind.ITEM, "Jane Doe"),
        ("(3) Jane Doe", Kind.ITEM, "Jane Doe"),
        ("3.Jane Doe", Kind.ITEM, "Jane Doe"),
        ("1.2 million", Kind.PROSE, "1.2 million"),
        ("-5 degrees", Kind.PROSE, "-5 degrees"),
        ("The Mint is an office.", Kind.PROSE, "The Mint is an office."),
        ("  \t", Kind.BLANK, ""),
    ],
)
def test_each_spelling_is_of_one_kind(text: str, kind: Kind, said: str) -> None:
    """A line is a heading, a term, an item, blank or prose by its first and last characters alone."""
    line = one(text)

    assert (line.kind, line.text, str(line)) == (kind, said, text)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("= A =", 1),
        ("=== A ===", 3),
        ("==== A ===", 3),
        ("== A =", 2),
        ("= A ==", 2),
        ("== A", 2),
        ("A ===", 3),
        ("'''A'''", 7),
    ],
)
def test_a_heading_has_the_level_of_its_shorter_mark(text: str, level: int) -> None:
    """Where the two runs of = differ the shorter counts, but a lone = beside a longer run is a slip."""
    assert one(text).level == level


@pytest.mark.parametrize(("text", "depth"), [("- a", 0), ("  - a", 2), ("\t- a", 4), ("** a", 2), ("  *** a", 6)])
def test_an_item_is_as_deep_as_its_indent_and_its_marker(text: str, depth: int) -> None:
    """A tab is four columns; each further *, # or : is one step of two."""
    assert one(text).depth == depth


def test_numbers_do_not_make_an_item_deeper() -> None:
    """`10.` and `(9)` are as deep as `-`: only the indent counts."""
    assert {one(f"  {marker} a").depth for marker in ("9.", "10.", "(9)", "9)", "-")} == {2}


def test_line_endings_of_every_system_end_lines() -> None:
    """LF, CRLF and CR end a line and belong to it."""
    found = list(lines("a\r\nb\rc\n\nd"))

    assert [str(line) for line in found] == ["a\r\n", "b\r", "c\n", "\n", "d"]
    assert [line.number for line in found] == [1, 2, 3, 4, 5]


def test_spans_know_where_they_stand() -> None:
    """The offset of a span is that of its first character in the whole text."""
    _, line = lines("x\n  - Jane ")

    assert (line.start, line.offset("marker"), line.offset("text"), line.content) == (2, 4, 6, (4, 10))
