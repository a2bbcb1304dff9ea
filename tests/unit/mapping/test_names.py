"""Names are found in a text wherever their words stand, and at its end."""

from __future__ import annotations

import pytest

from fasti.mapping.names import Names


@pytest.fixture
def names() -> Names:
    made = Names()
    for name in ("mint", "mint of elbonia", "st. john's office", "sub office of trade"):
        made.add(name, f"iri:{name}")
    return made


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Mint of Elbonia, and more", {"mint", "mint of elbonia"}),
        ("the mint's coins", {"mint"}),
        ("the (Mint)", {"mint"}),
        ("at St. John’s Office.", {"st. john's office"}),
        ("a Sub-Office of\nTrade", {"sub office of trade"}),
        ("Minting of Elbonia", set()),
        ("", set()),
    ],
)
def test_a_name_is_found_whatever_parts_its_words(names: Names, text: str, found: set[str]) -> None:
    assert set(names.within(text)) == found


def test_a_name_at_the_end_is_found(names: Names) -> None:
    """Longer and shorter ones that end there are all told."""
    names.add("elbonia", "iri:elbonia")

    assert set(names.ending("the mint of elbonia")) == {"mint of elbonia", "elbonia"}


def test_the_first_to_claim_a_name_keeps_it(names: Names) -> None:
    names.add("mint", "iri:other")

    assert names.get("mint") == "iri:mint"
