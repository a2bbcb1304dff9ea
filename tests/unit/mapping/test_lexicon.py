"""How wordings are compared, and what a title is."""

from __future__ import annotations

from pathlib import Path

import pytest

from fasti.errors import MappingError
from fasti.mapping.lexicon import Lexicon, normal
from fasti.paths import data
from fasti.vocabulary import Vocabulary

VOCABULARY = Vocabulary()


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    """The lexicon of the checkout."""
    return Lexicon.load(data("mappings") / "lexicon.ttl", VOCABULARY)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sub-Organisations", "sub organizations"),
        ("The Mint’s  Office", "mint's office"),
        ("Organisational Structure", "organizational structure"),
        ("Trade & Industry", "trade and industry"),
        ("Research Centre", "research center"),
        ("“Members:”", "members"),
    ],
)
def test_wordings_are_compared_without_spelling(one: str, other: str) -> None:
    """Case, article, hyphen, apostrophe, &, -isation and quotes make no difference."""
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("text", "name", "tail", "of", "head"),
    [
        ("Directors of the Mint", "Director", "of the Mint", "Mint", True),
        ("List of former deputy directors", "Deputy Director", "", None, False),
        ("Secretaries-General", "Secretary-General", "", None, True),
        ("Under-Secretaries of State", "Under-Secretary", "of State", "State", False),
        ("Attorneys General", "Attorney General", "", None, True),
        ("Acting Ministers for the Cabinet Office", "Minister", "for the Cabinet Office", "Cabinet Office", True),
        ("Director (acting)", "Director", "", None, True),
    ],
)
def test_a_title_is_words_that_end_in_its_noun(
    lexicon: Lexicon, text: str, name: str, tail: str, of: str | None, head: bool
) -> None:
    """Plurals give the singular; openers and brackets go; what it is of is kept; a deputy is at no top."""
    read = lexicon.title(text, VOCABULARY)

    assert read is not None
    assert (read.name, read.tail, read.of, read.head) == (name, tail, of, head)


@pytest.mark.parametrize(
    "text", ["History", "Mint of Directors Street", "Office of the Prime Minister", "", "x " * 90 + "director"]
)
def test_what_does_not_end_in_a_noun_for_titles_is_none(lexicon: Lexicon, text: str) -> None:
    """Nor is a sentence, whatever its last word."""
    assert lexicon.title(text, VOCABULARY) is None


def test_the_longest_wording_in_a_text_counts(lexicon: Lexicon) -> None:
    """`deputy ministerial level` is not `ministerial level`."""
    kind = VOCABULARY.expand("doc:Rank")

    assert lexicon.contained("a deputy-ministerial level body", kind) == VOCABULARY.expand("rank:deputy-ministerial")
    assert lexicon.exact("a deputy-ministerial level body", kind) is None


def test_one_wording_means_one_thing(tmp_path: Path) -> None:
    """A wording of one class with two terms is an error that names file and wording."""
    path = tmp_path / "lexicon.ttl"
    path.write_text(
        '@prefix doc: <def/document#> . doc:a a doc:K ; doc:wording "x" . doc:b a doc:K ; doc:wording "The X" .',
        "utf-8",
    )
    with pytest.raises(MappingError, match=r"lexicon\.ttl: '(The X|x)' means both"):
        Lexicon.load(path, VOCABULARY)
