"""How lines become titles, fields, heads and items, and what the reader says about broken ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from fasti.documents import Document, parse
from fasti.documents.nodes import Node, Ref, texts


def read(*lines: str) -> Document:
    return parse("\n".join(lines), Path("mint.txt"))


def say(document: Document, kind: str, name: str = "text") -> list[str]:
    return [text for node in document.nodes if node.kind == kind for text in texts(node, name)]


def fact(node: Node, name: str) -> object:
    return next((value for key, value in node.facts if key == name), None)


@pytest.mark.parametrize(
    "key", ["Minister2 Name", "minister2_name", "Minister Name2", "minister2Name", "'''Minister2 Name'''"]
)
def test_the_number_of_a_key_is_not_of_its_name(key: str) -> None:
    """Both styles of numbered families give one key, one family and one number."""
    document = read("Infobox", f"- {key}: Ada Low")
    (field,) = [node for node in document.nodes if node.kind == "Field"]

    assert [fact(field, name) for name in ("key", "group", "number")] == ["minister name", "minister", 2]


@pytest.mark.parametrize("first", ["= Mint =", "== Mint ==", "== Mint", "=Mint="])
def test_the_first_heading_over_an_infobox_is_the_title(first: str) -> None:
    """Whatever its level: an article has a title."""
    assert say(read(first, "", "Infobox", "- Formed: 1990"), "Title") == ["Mint"]


def test_the_first_heading_over_fields_without_the_sign_of_an_item_is_the_title() -> None:
    """`Type: Order` below `Founded: 1160` is an infobox that lost its marks."""
    document = read("== Mint ==", "Founded: 1160", "Type: Order", "", "== Directors ==", "- Ada Low: 1990")

    assert say(document, "Title") == ["Mint"]
    assert [fact(node, "key") for node in document.nodes if node.kind == "Field"] == ["founded", "type"]


def test_an_infobox_may_stand_after_the_introduction() -> None:
    """A list without a heading whose items are keys and values; one of years and names is none."""
    lead = ("= Mint =", "", "The Mint strikes coins.", "")
    document = read(*lead, "- Formed: 1990", "- Director: Ada Low", "", "== Staff ==", "- Registrar: Bo Ek")
    dated = read(*lead, "- Ada Low: 1990", "- Bo Ek: 1991")

    assert [fact(node, "key") for node in document.nodes if node.kind == "Field"] == ["formed", "director"]
    assert not [node for node in dated.nodes if node.kind == "Field"]


def test_a_parameter_that_nobody_can_read_does_not_end_the_infobox() -> None:
    """Others follow it."""
    document = read("{{Infobox agency", "| formed = 1990", "| a = b = c | d", "| parent = Mint", "}}", "It strikes.")

    assert [fact(node, "key") for node in document.nodes if node.kind == "Field"] == ["formed", "parent"]


def test_a_first_heading_over_a_list_is_a_heading() -> None:
    """A text without a title begins with a section."""
    document = read("== Directors ==", "- Ada Low: 1990", "- Bo Ek: 1991")

    assert say(document, "Title") == []
    assert say(document, "Head") == ["Directors"]


def test_a_line_before_fields_names_the_infobox() -> None:
    """What stands in brackets there in another script, with a language or as a short form is no part of the name."""
    assert say(read("= M =", "", "Mint (MT)", "- Type: Office"), "Name") == ["Mint"]
    assert say(read("= M =", "", "Mint (Latin: Moneta)", "- Type: Office"), "Name") == ["Mint"]
    assert say(read("= M =", "", "Mint (Rome)", "- Type: Office"), "Name") == ["Mint (Rome)"]


def test_nested_items_hang_on_the_item_above() -> None:
    """By indent, by repeated markers, and through any depth; a heading starts anew."""
    document = read("== Units ==", "- A", "  - B", "    - C", "- D", "** E", "== More ==", "  - F")
    items = {fact(node, "label"): node for node in document.nodes if node.kind == "Item"}
    above = {label: within for label, node in items.items() if isinstance(within := fact(node, "within"), Ref)}

    assert {label: document.nodes[ref.number] for label, ref in above.items()} == {
        "B": items["A"],
        "C": items["B"],
        "E": items["D"],
    }


def test_headings_hang_on_the_nearest_above_of_a_lower_level() -> None:
    """Levels may be left out; a term and an introducing line are below every heading."""
    document = read("= T =", "== A ==", "==== B ====", ";C", "- x", "== D ==", "It has these parts:", "- y")
    heads = [node for node in document.nodes if node.kind == "Head"]
    parents = [
        (fact(n, "text"), fact(document.nodes[r.number], "text"))
        for n in heads
        if isinstance(r := fact(n, "under"), Ref)
    ]

    assert parents == [("B", "A"), ("C", "B"), ("It has these parts", "D")]


def test_plain_lines_are_headings_only_where_no_line_is_marked() -> None:
    """A text without any markup has short capitalized lines for headings."""
    prose = "The Mint is an office."

    assert say(read(prose, "History", prose), "Head") == ["History"]
    assert say(read("== A ==", prose, "== B ==", "History", prose), "Head") == ["A", "B"]


def test_a_date_after_a_colon_is_no_value_of_a_key() -> None:
    """`Ada Low: 1990–1995` is a name with a date, `Director: Ada Low` a key with a name."""
    document = read("= T =", "== Directors ==", "- Ada Low: 1990–1995", "- Director: Ada Low")
    first, second = [node for node in document.nodes if node.kind == "Item"]

    assert (fact(first, "label"), fact(first, "key")) == ("Ada Low", None)
    assert (fact(second, "key"), fact(second, "value")) == ("Director", "Ada Low")


@pytest.mark.parametrize(
    ("lines", "place", "message"),
    [
        (["= T =", "== A", "- x"], (2, 5), "heading opened by '=='"),
        (["= T =", "==== A ===="], (2, 1), "heading of level 4 under level 1"),
        (["= T =", "- Type: Mint (x"], (2, 14), "bracket that nothing closes"),
        (["= T =", "- Type:"], (2, 8), "field 'Type' has no value"),
    ],
)
def test_broken_markup_is_said_with_line_column_and_caret(
    lines: list[str], place: tuple[int, int], message: str
) -> None:
    """The document is read all the same; a notice points at the place."""
    notice = next(n for n in read(*lines).notices if n.message.startswith(message))

    assert (notice.line, notice.column) == place
    assert str(notice).splitlines()[-1].index("^") - 4 == notice.column - 1
