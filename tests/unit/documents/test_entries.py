"""Names with what stands around them: brackets, dates, marks, and lists in one line."""

from __future__ import annotations

import pytest

from fasti.documents import entries
from fasti.documents.entries import Note, entry


@pytest.mark.parametrize(
    ("text", "label", "notes"),
    [
        ("He Zai (1956–1957, head)", "He Zai", [Note("1956–1957", "1956–1957"), Note("head")]),
        ("He Zai（1956–1957）", "He Zai", [Note("1956–1957", "1956–1957")]),
        ("He Zai (1956–1957", "He Zai", [Note("1956–1957", "1956–1957")]),
        ("He Zai (1956–1957))", "He Zai", [Note("1956–1957", "1956–1957")]),
        ("1956–1957: He Zai", "He Zai", [Note("1956–1957", "1956–1957")]),
        ("He Zai, 1956–1957", "He Zai", [Note("1956–1957", "1956–1957")]),
        ("He Zai 1956–1957", "He Zai", [Note("1956–1957", "1956–1957")]),
        ("He Zai – 4 May 1956 to 1957", "He Zai", [Note("4 May 1956 to 1957", "4 May 1956 to 1957")]),
        (
            "He Zai (acting from 1956 to 1957)",
            "He Zai",
            [Note("acting from 1956 to 1957", "from 1956 to 1957", "acting")],
        ),
        ("He Zai (acting: 1956)", "He Zai", [Note("acting: 1956", "1956", "acting")]),
        ("He Zai (Labour; 1956–57)", "He Zai", [Note("Labour"), Note("1956–57", "1956–57")]),
        ("Budget Office (founded in 1990)", "Budget Office", [Note("founded in 1990", "in 1990", "founded")]),
        ("Budget Office – plans the budget", "Budget Office", [Note("plans the budget")]),
        ("Asia – Pacific Office", "Asia – Pacific Office", []),
        ("Vision 2030", "Vision 2030", []),
        ("1922 Committee", "1922 Committee", []),
        ("1943 or 1944", "1943 or 1944", []),
        ("(Mint)", "Mint", []),
        ("Ada Low (1990–1995), chemist", "Ada Low", [Note("1990–1995", "1990–1995"), Note("chemist")]),
        ("Ada Low – 1990–1995, Nordic law", "Ada Low", [Note("1990–1995", "1990–1995"), Note("Nordic law")]),
        ("Ada Low [acting] 1990", "Ada Low", [Note("acting"), Note("1990", "1990")]),
        ("Ada Low (1990–95: acting)", "Ada Low", [Note("1990–95: acting", "1990–95", "acting")]),
        ("Ada Low (1990–95 & 1997-99)", "Ada Low", [Note("1990–95", "1990–95"), Note("1997-99", "1997-99")]),
        ("Ada Low (3rd time: 1990–95)", "Ada Low", [Note("3rd time: 1990–95", "1990–95", "3rd time")]),
        ("Ada Low (* 1940; † 1999)", "Ada Low", [Note("* 1940", "1940", "*"), Note("† 1999", "1999", "†")]),
        ("Ada Low (to 11 May 1725 O.S.)", "Ada Low", [Note("to 11 May 1725 O.S.")]),
        ("1 February [O.S. 20 January] 1918", "1 February 1918", [Note("O.S. 20 January")]),
        ("14 (25) January 1721", "14 (25) January 1721", []),
        ("Ada\u200b Low\u200f", "Ada Low", []),
        ("می\u200cخواهم", "می\u200cخواهم", []),
        ("Mint Office[edit]", "Mint Office", []),
        ("Mint Office|the Mint", "the Mint", []),
        ("Unit 101 – 110", "Unit 101 – 110", []),
    ],
)
def test_a_name_and_its_notes(text: str, label: str, notes: list[Note]) -> None:
    """Brackets, a date at either end, and a comment after a dash are notes; a year in a name is part of it."""
    read = entry(text)

    assert (read.label, list(read.notes)) == (label, notes)


@pytest.mark.parametrize(
    ("text", "label", "marks"),
    [
        ("Meng Xiangfeng*", "Meng Xiangfeng", ("*",)),
        ("Uno Veering[3]", "Uno Veering", ("[3]",)),
        ("Jeremy Heywood †", "Jeremy Heywood", ("†",)),
        ("Marek Wagner[a][b]", "Marek Wagner", ("[a]", "[b]")),
        ("Shizuka Kamei?", "Shizuka Kamei", ("?",)),
    ],
)
def test_marks_are_no_part_of_a_name(text: str, label: str, marks: tuple[str, ...]) -> None:
    """Footnote signs and a mark of doubt are kept apart from the name."""
    read = entry(text)

    assert (read.label, read.marks) == (label, marks)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("[[Mint (Rome)|Mint]]", "Mint"),
        ("[[Mint]] of '''Rome'''", "Mint of Rome"),
        ("[https://x.org The Mint]", "The Mint"),
        ("Mint<ref name=a>b</ref> {{flag|It}}<br>", "Mint"),
        ("A &amp; B", "A & B"),
        ("Mint ]]", "Mint"),
    ],
)
def test_wiki_residue_says_nothing(text: str, plain: str) -> None:
    """Links give their words; references, templates and tags give none."""
    assert entries.plain(text) == plain


def test_an_unclosed_bracket_is_known_by_its_place() -> None:
    """The place is where the bracket opens; a closed one has none."""
    assert entry("He Zai (1956").unclosed == 7
    assert entry("He Zai (1956)").unclosed is None


def test_values_are_separated_outside_brackets_quotes_and_dates() -> None:
    """Breaks come first; else commas; `and` separates the last of several."""
    assert [v for _, v in entries.parts('A (x, y), "B, C", May 5, 1990')] == ["A (x, y)", '"B, C"', "May 5, 1990"]
    assert [v for _, v in entries.parts("A, B; C")] == ["A, B", "C"]
    assert [v for _, v in entries.conjuncts("A, B and C & D")] == ["A", "B", "C", "D"]
    assert entries.parts("A, B")[1] == (3, "B")


def test_a_key_is_words_before_a_colon() -> None:
    """Brackets may stand in it; a date or an address of the web is no key."""
    assert entries.keyed("Department 1 (Abteilung 1): Law") == ("Department 1 (Abteilung 1)", "Law")
    assert entries.keyed("1990–1995: Jane Doe") is None
    assert entries.keyed("see http://x.org") is None


def test_an_entity_parts_nothing() -> None:
    """The semicolon of `&amp;` is of the character, not of the list."""
    assert entries.items("Maps &amp; Surveys Office") == [(0, "Maps &amp; Surveys Office")]
    assert entries.parts("Maps &#38; Surveys, Mint") == [(0, "Maps &#38; Surveys"), (20, "Mint")]


def test_dates_after_a_semicolon_are_no_item() -> None:
    """`Ada Low; 1990–1995` is one holder."""
    assert entries.items("Ada Low; 1990–1995") == [(0, "Ada Low; 1990–1995")]


def test_each_of_two_names_keeps_its_own_brackets() -> None:
    """Two names with a bracket each are two entries; with one bracket behind both they share it."""
    assert entries.joint("Ada Low (1990–95) and Bo Ek (1995–)") == ["Ada Low (1990–95)", "Bo Ek (1995–)"]
    assert entries.joint("Ada Low and Bo Ek (1990–95)") == ["Ada Low", "Bo Ek"]
