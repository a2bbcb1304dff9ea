"""Why the record says something: stated by a passage, or derived from statements that some passage makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from fasti.documents import parse
from fasti.errors import UsageError
from fasti.explanation import Explained, explain
from fasti.mapping import map_documents
from fasti.mapping.engine import Mappings
from fasti.paths import data
from fasti.record import form
from fasti.store import Dataset
from fasti.vocabulary import Vocabulary

VOCABULARY = Vocabulary()
MINT = """= Royal Mint of Ruritania =

Infobox
- Agency Name: Royal Mint of Ruritania
- Leader Title: Director

== Internal organization ==
- Assay Office of Gold

== Directors of the Royal Mint of Ruritania ==
1. Bob Stone (1990–2001)
"""


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    document = parse(MINT, Path("mint.txt"))
    return form(map_documents([document], Mappings.load(data("mappings"), VOCABULARY)), [document], VOCABULARY)


def statements(dataset: Dataset, iri: str, predicate: str) -> list[Explained]:
    wanted = VOCABULARY.expand(predicate)
    return [e for e in explain(dataset, iri) if e.quad.predicate.value == wanted]


def test_a_stated_fact_shows_quote_source_line_and_rule(dataset: Dataset) -> None:
    """`fasti explain`: the words that say it, where they stand, what read them."""
    [name] = statements(dataset, "person/bob-stone", "foaf:name")
    [support] = name.supports
    assert (support.quote, support.source, support.line) == ("1. Bob Stone (1990–2001)", "mint", 11)
    assert "tenures" in support.rules
    assert name.derived == ()


def test_a_derived_fact_shows_the_rule_and_the_quotes_of_its_premises(dataset: Dataset) -> None:
    """org:hasSubOrganization follows from the list item that names the unit."""
    [found] = statements(dataset, "organization/royal-mint-of-ruritania", "org:hasSubOrganization")
    assert found.derived == ("has-sub-organization",)
    assert [support.quote for support in found.supports] == ["- Assay Office of Gold"]


def test_a_derived_label_rests_on_the_line_that_names_the_thing(dataset: Dataset) -> None:
    """rdfs:label comes from foaf:name."""
    [found] = statements(dataset, "person/bob-stone", "rdfs:label")
    assert "labels" in found.derived
    assert {support.quote for support in found.supports} == {"1. Bob Stone (1990–2001)"}


def test_the_parts_of_an_entity_are_explained_with_it(dataset: Dataset) -> None:
    """A tenure's interval and instants are hash children, and belong to the answer."""
    [tenure] = statements(dataset, "person/bob-stone", "org:member")
    iri = tenure.quad.subject.value  # type: ignore[union-attr]
    years = {e.quad.object.value for e in statements(dataset, iri, "time:inXSDgYear")}  # type: ignore[union-attr]
    assert years == {"1990", "2001"}


@pytest.mark.parametrize(
    "iri", ["person/bob-stone", "id/person/bob-stone", "/id/person/bob-stone", VOCABULARY.entity("person", "bob-stone")]
)
def test_an_entity_can_be_named_in_short_or_in_full(dataset: Dataset, iri: str) -> None:
    """With or without the base, with or without `id/`."""
    assert statements(dataset, iri, "foaf:name")


def test_every_statement_about_an_entity_has_words_behind_it(dataset: Dataset) -> None:
    """Profile 2: who says so has an answer, for derived statements too."""
    for iri in ("organization/royal-mint-of-ruritania", "person/bob-stone"):
        assert [e.text for e in explain(dataset, iri) if not e.supports] == []


def test_what_the_record_does_not_know_is_a_usage_error(dataset: Dataset) -> None:
    """The message says what was looked up and what an IRI looks like."""
    with pytest.raises(UsageError, match=r"nobody.*expected"):
        list(explain(dataset, "person/nobody"))


def test_an_explanation_is_text_for_people_and_a_mapping_for_programs(dataset: Dataset) -> None:
    """Both forms carry the quote."""
    [name] = statements(dataset, "person/bob-stone", "foaf:name")
    assert "“1. Bob Stone (1990–2001)”" in str(name)
    assert "mint" in str(name)
    as_dict = name.as_dict()
    assert as_dict["object"] == "Bob Stone"
    assert [support["quote"] for support in as_dict["supports"]] == ["1. Bob Stone (1990–2001)"]  # type: ignore[index, attr-defined]
