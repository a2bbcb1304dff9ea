"""Which IRI a name gets: one for each spelling of one name, never one for two bodies."""

from __future__ import annotations

from pathlib import Path

import pytest

from fasti.documents import Document, parse
from fasti.errors import MappingError
from fasti.mapping.authority import Authority
from fasti.mapping.identities import Identities
from fasti.mapping.lexicon import Lexicon
from fasti.paths import data
from fasti.vocabulary import Vocabulary

VOCABULARY = Vocabulary()
LEXICON = Lexicon.load(data("mappings") / "lexicon.ttl", VOCABULARY)


def document(stem: str, *lines: str) -> Document:
    return parse("\n".join(lines), Path(f"{stem}.txt"))


def about(*documents: Document) -> Identities:
    made = Identities(VOCABULARY, LEXICON, Authority())
    made.register(documents)
    return made


MINT = document(
    "mint", "= Mint =", "", "Infobox", "- Agency Name: Mint of Elbonia", "- Parent Agency: Treasury of Elbonia"
)


def short(iri: str) -> str:
    return iri.rpartition("/")[2]


def test_the_infobox_names_the_subject_and_the_title_is_another_name() -> None:
    """Both mean it in the document; what it is called later on (`the Mint`) does too."""
    found = about(MINT)

    assert short(found.subject("mint")) == "mint-of-elbonia"
    assert {found.known(name, "mint") for name in ("Mint of Elbonia", "the Mint", "MINT")} == {found.subject("mint")}
    assert found.labelled(found.subject("mint"), "Mint") == VOCABULARY.expand("skos:altLabel")


def test_what_the_subject_is_a_part_of_is_known_in_the_document() -> None:
    """A parent field makes the parent's name one that titles and prose may use."""
    assert short(about(MINT).known("Treasury of Elbonia", "mint") or "") == "treasury-of-elbonia"


@pytest.mark.parametrize("other", ["Mint’s Bureau", "MINT'S BUREAU", "Mints Bureau", "Mint's bureau"])
def test_a_spelling_is_no_other_body(other: str) -> None:
    """Apostrophes and case settle nothing; no collision is reported."""
    found = about(MINT)

    assert found.organization("Mint's Bureau", "mint") == found.organization(other, "mint")


def test_ampersand_and_diacritics_are_spellings() -> None:
    """`&` is `and`; a name without diacritics is the one with them."""
    found = about(MINT)

    assert found.organization("Assay & Weights Board", "mint") == found.organization("Assay and Weights Board", "mint")
    assert found.person("José Díaz", "mint") == found.person("Jose Diaz", "mint")


def test_two_names_with_other_diacritics_are_two_persons() -> None:
    """One slug for two names stops the build, and the message has both."""
    found = about(MINT)
    found.person("Trần Văn", "mint")
    with pytest.raises(MappingError, match=r"'Trần Văn' in mint and 'Trân Van' in mint"):
        found.person("Trân Van", "mint")


def test_a_name_that_says_little_carries_its_owner() -> None:
    """`Research Office` of two bodies is two bodies."""
    found = about(MINT)
    owners = [VOCABULARY.entity("organization", name) for name in ("mint", "bank")]

    assert [short(found.organization("Research Office", "mint", owner)) for owner in owners] == [
        "research-office--mint",
        "research-office--bank",
    ]


def test_two_texts_on_one_body_are_on_one_body() -> None:
    """A name that says enough and no other parent; or most of the text in common."""
    plain = document("text", "The Mint of Elbonia is an office.")

    found = about(MINT, plain)
    assert found.subject("text") == found.subject("mint")


def test_one_name_and_two_parents_is_not_settled() -> None:
    """The message names both documents and says where to settle it."""
    other = document("other", "= Mint of Elbonia =", "Infobox", "- Parent: Army")
    with pytest.raises(MappingError, match=r"other\.txt: its subject .* that of mint.*authority\.ttl"):
        about(MINT, other)


def test_the_class_of_a_body_is_told_by_its_noun() -> None:
    """The last word before the first preposition, number or bracket."""
    names = ["Office of the King", "Department 3", "Ministry of X (France)", "Directorate General for Y", "Riigikogu"]
    kinds = [about(MINT).kind(name) for name in names]

    unit, formal = VOCABULARY.expand("org:OrganizationalUnit"), VOCABULARY.expand("org:FormalOrganization")
    assert kinds == [unit, unit, formal, unit, None]
