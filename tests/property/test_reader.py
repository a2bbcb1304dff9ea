"""What holds of every text that a reader may be given: nothing is lost, nothing crashes, places are places."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.documents import Document, parse
from fasti.errors import DocumentError

same_every_time = settings(derandomize=True, deadline=None, max_examples=200)

PATH = Path("any.txt")
PIECES = [
    *(
        "= Mint =",
        "== Directors ==",
        "==Units=",
        "=== See also",
        "History ==",
        ";Heads",
        "**Bold**",
        "History",
        "Infobox",
    ),
    *(
        "- Agency Name: Mint",
        "- Minister1 Name: Ada Low",
        "- Formed: 1 May 1791",
        "Key: value",
        "Members:",
        "- Members:",
    ),
    *(
        "* Coin Bureau",
        "** Die Section (first bureau)",
        "\t- nested (",
        "1. Ada Low (1990–1995, acting)",
        "2) Bo Ek [1995–",
    ),
    *(
        "- A; B",
        "- A and B (1990)",
        "[[a|b]] ]]",
        "<ref>x</ref>",
        "{{t}}",
        "（中文）",
        "1922 Committee",
        "# x",
        ":",
        "- ",
    ),
    "The Mint is an office.",
]
lines = st.lists(st.sampled_from(PIECES) | st.text(max_size=40), max_size=14)
texts = st.builds(lambda parts, end: end.join(parts), lines, st.sampled_from(["\n", "\r\n", "\r", "\n\n", " "]))


def read(text: str) -> Document | None:
    """The document, or nothing where there is none to read."""
    try:
        return parse(text, PATH)
    except DocumentError:
        return None


@same_every_time
@given(texts)
def test_lines_put_together_are_the_document(text: str) -> None:
    """Reading leaves nothing out: the lines give the text back; the only error is a DocumentError."""
    document = read(text)

    assert document is None or "".join(map(str, document.lines)) == text


@same_every_time
@given(texts)
def test_every_place_is_in_the_document(text: str) -> None:
    """The offsets of a node are those of a stretch of the text, and its line is the one that it starts on."""
    document = read(text)

    for node in document.nodes if document else ():
        line = document.lines[node.line - 1] if document else None
        assert 0 <= node.start <= node.end <= len(text)
        assert line is not None
        assert line.start <= node.start <= line.start + len(str(line))


@same_every_time
@given(texts)
def test_every_notice_points_into_its_line(text: str) -> None:
    """A notice's column is one of its line, or the one after it, and its picture has the caret below the place."""
    document = read(text)

    for notice in document.notices if document else ():
        assert 1 <= notice.column <= len(notice.excerpt) + 1
        assert str(notice).endswith("^")


@same_every_time
@given(texts)
def test_reading_twice_gives_the_same(text: str) -> None:
    """The same text is the same document, whatever was read before."""
    assert read(text) == read(text)
