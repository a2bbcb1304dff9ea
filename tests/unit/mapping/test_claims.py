"""What the first document says of a name holds for the later ones, in whatever order they are mapped."""

from __future__ import annotations

from fasti.mapping.claims import Claims, FirstCome, contradicted

MINT = "iri:mint"


def test_the_first_value_stays_over_all_layers() -> None:
    below = FirstCome[str, str]()
    below.setdefault("a", "1")
    above = below.above({"b": "2"})

    assert [above.setdefault(key, "3") for key in ("a", "b", "c")] == ["1", "2", "3"]
    assert above.own == {"c": "3"}
    assert below.own == {"a": "1"}


def test_who_says_the_same_as_an_earlier_one_is_not_asked_again() -> None:
    claims = [("a", Claims(names={MINT: "Mint"})), ("b", Claims(names={MINT: "Mint"}))]

    assert contradicted(claims, {}) == {}


def test_who_says_something_else_is_told_and_asked_again() -> None:
    claims = [
        ("a", Claims({MINT: "Mint"}, {("x", "de"): "Amt"})),
        ("b", Claims({MINT: "The Mint"}, {("x", "de"): "Haus"})),
    ]

    assert contradicted(claims, {}) == {"b": Claims({MINT: "Mint"}, {("x", "de"): "Amt"})}


def test_who_asked_for_a_name_that_an_earlier_one_gives_is_told() -> None:
    claims = [("a", Claims(names={MINT: "Mint"})), ("b", Claims(missed=frozenset({MINT})))]

    assert contradicted(claims, {})["b"].names == {MINT: "Mint"}


def test_what_was_told_and_still_holds_settles_it() -> None:
    told = {"b": Claims(names={MINT: "Mint"})}

    assert contradicted([("a", Claims(names={MINT: "Mint"})), ("b", Claims())], told) == {}
    assert contradicted([("a", Claims(names={MINT: "Münze"})), ("b", Claims())], told)["b"].names == {MINT: "Münze"}
