"""What of a source stands behind a statement, and what is said of the rest."""

from __future__ import annotations

from pathlib import Path

from fasti.coverage import Coverage, Unread, coverage
from fasti.documents import parse
from fasti.mapping import map_documents
from fasti.mapping.engine import Mappings
from fasti.paths import data
from fasti.vocabulary import Vocabulary

VOCABULARY = Vocabulary()
MAPPINGS = Mappings.load(data("mappings"), VOCABULARY)
TOP = """= Royal Mint of Ruritania =

Infobox
- Agency Name: Royal Mint of Ruritania
"""


def measured(text: str) -> Coverage:
    document = parse(text, Path("mint.txt"))
    return coverage(document, map_documents([document], MAPPINGS), VOCABULARY)


def unread(text: str) -> list[Unread]:
    return list(measured(TOP + text).unread)


def test_a_text_that_is_read_to_the_last_word_is_covered_whole() -> None:
    """Title and field each stand behind a statement."""
    found = measured(TOP + "- Leader Title: Director\n- Leader Name: Ann Smith\n")
    assert found.share == 1.0
    assert found.unread == ()


def test_headings_and_white_space_do_not_count() -> None:
    """Acceptance is measured on the non-heading characters: more headings and blank lines change nothing."""
    plain, spaced = measured(TOP), measured(TOP.replace("\n\n", "\n\n\n\n") + "\n\n== Some heading ==\n\n")
    assert (plain.characters, plain.covered) == (spaced.characters, spaced.covered)


def test_prose_that_nothing_reads_is_listed_with_its_line_and_a_hint() -> None:
    """A curator sees what is left."""
    [left] = unread("\nIts griffin is asleep on most Tuesdays.\n")
    assert (left.line, left.text) == (6, "Its griffin is asleep on most Tuesdays.")
    assert left.reason == ""
    assert "reading" in left.hint


def test_an_unknown_field_is_listed_with_the_wording_to_add() -> None:
    """The hint names the key."""
    [left] = unread("- Mascot: A griffin\n")
    assert "mascot" in left.hint.lower()
    assert "lexicon.ttl" in left.hint
    assert left.reason == ""


def test_a_field_about_the_look_of_the_page_has_a_reason_and_no_hint() -> None:
    """A caption's width says nothing: there is nothing to do about it."""
    [left] = unread("- Logo Width: 150px\n")
    assert left.reason
    assert left.hint == ""


def test_an_item_under_a_heading_that_announces_nothing_is_listed_with_the_heading() -> None:
    """The hint says which wording would make a list of it."""
    [left] = unread("\n== Curiosities ==\n- Golden toothpick\n")
    assert left.text == "- Golden toothpick"
    assert "Curiosities" in left.hint


def test_the_share_is_the_covered_part_of_the_counted_characters() -> None:
    """From 0 to 1, white space left out on both sides."""
    found = measured(TOP + "- Mascot: A griffin\n")
    lost = sum(len("".join(left.text.split())) for left in found.unread)
    assert found.characters - found.covered == lost
    assert found.share == found.covered / found.characters < 1


def test_a_document_of_headings_alone_is_covered() -> None:
    """Nothing to read is not a gap, and no division by zero."""
    assert measured("= Royal Mint of Ruritania =\n").share == 1.0
