"""What the functions of mapping rules answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from fasti.documents import parse
from fasti.mapping.authority import Authority
from fasti.mapping.functions import Functions
from fasti.mapping.identities import Identities
from fasti.mapping.lexicon import Lexicon
from fasti.paths import data
from fasti.store import Literal
from fasti.vocabulary import Vocabulary

VOCABULARY = Vocabulary()
LEXICON = Lexicon.load(data("mappings") / "lexicon.ttl", VOCABULARY)


@pytest.fixture(scope="module")
def functions() -> Functions:
    """The functions for a document on a mint."""
    text = "= Mint of Elbonia =\n\nInfobox\n- Parent: Treasury of Elbonia\n- Location: Tokyo, Japan\n"
    document = parse(text, Path("mint.txt"))
    identities = Identities(VOCABULARY, LEXICON, Authority())
    identities.register([document])
    return Functions(document, identities, LEXICON, VOCABULARY)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Ada Low", "Ada Low"),
        ("Ada Low, acting", "Ada Low"),
        ("Ada Low – Minister of Trade", "Ada Low"),
        ("Ada Low, first", "Ada Low"),
        ("Ada Low MP", "Ada Low"),
        ("Charles Spencer, 3rd Earl of Sunderland", "Charles Spencer"),
        ("The Duke of Newcastle", "The Duke of Newcastle"),
        ("Neville Chamberlain", "Neville Chamberlain"),
        ("Albert Hall", "Albert Hall"),
        ("张三", "张三"),
        ("S. J. Low Jr.", "S. J. Low Jr."),
    ],
)
def test_a_person_is_called_by_the_name_alone(functions: Functions, label: str, name: str) -> None:
    """Titles, manners, ordinals, peerages and letters after the name are not of it."""
    assert functions.person_name(Literal(label)) == Literal(name)


@pytest.mark.parametrize(
    "label",
    [
        *("Vacant", "Office vacant", "vacant", "Unknown", "Replaced by Bo Ek", "???", "—", "It was merged.", "a=b"),
        *("Second Permanent Secretary", "Budget Office", "Committee on Trade", "Treasury of Elbonia", "Department 3"),
        "12 agents",
    ],
)
def test_what_names_nobody_is_no_person(functions: Functions, label: str) -> None:
    """Vacancies, titles, bodies, remarks and signs."""
    assert functions.person_name(Literal(label)) is None
    assert functions.person(Literal(label)) is None


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("Heads of the Mint", "Head", "mint-of-elbonia"),
        ("Speaker of the Treasury of Elbonia", "Speaker", "treasury-of-elbonia"),
        ("Directors of the Policy Office", "Director", "policy-office--mint-of-elbonia"),
        ("Minister of Trade and Industry", "Minister of Trade and Industry", None),
        ("Minister for the Mint", "Minister for the Mint", "mint-of-elbonia"),
        ("Directors of Department", "Director of Department", None),
    ],
)
def test_a_title_says_which_body_it_is_of(functions: Functions, text: str, title: str, body: str | None) -> None:
    """A known body, or a unit of the subject's; `for` keeps the title whole."""
    found = functions.title_of(Literal(text))

    assert functions.title(Literal(text)) == Literal(title)
    assert (found.value.rpartition("/")[2] if found else None) == body


def test_labels_have_the_language_of_their_words(functions: Functions) -> None:
    """English unless most letters are not; the document's country settles Chinese characters; `The` is no name."""
    assert functions.label(Literal("The Mint")) == Literal("Mint", language="en")
    assert functions.label(Literal("I月nternational Office")) == Literal("I月nternational Office", language="en")
    assert functions.label(Literal("造幣局"), Literal("")) == Literal("造幣局", language="ja")


def test_two_tenures_of_one_year_are_two(functions: Functions) -> None:
    """One attested in a year and one that begins in it."""
    assert functions.when(Literal("2004")) == Literal("in-2004")
    assert functions.when(Literal("2004–2005")) == Literal("2004")
    assert functions.when(Literal("until 2005")) == Literal("until-2005")
