"""Lists and their counts: facets, parents and periods, each against a plain count over the same things."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest

from fasti.index import NONE, Browser, Filter, Index, Period, Statement, Subject, write_index
from fasti.vocabulary import Vocabulary
from fasti.web.moments import Bounds, Certainty, Day, Moment

WORDS = Vocabulary()
RANKS = [f"{WORDS.scheme('rank')}#{name}" for name in ("bureau", "ministry")]
KINDS = [f"{WORDS.scheme('classification')}#{name}" for name in ("agency", "school", "press")]
BOUNDS = ("earliestBegin", "latestBegin", "earliestEnd", "latestEnd")


@dataclass(frozen=True)
class Unit:
    """A body of a generated tree, with what is said of it."""

    number: int
    parents: tuple[int, ...]
    rank: str
    kinds: tuple[str, ...]
    times: tuple[Bounds, ...]


def day(year: int, month: int = 1, date: int = 1) -> Day:
    return year, month, date


def times(draw: random.Random) -> tuple[Bounds, ...]:
    """No time, one or several, with bounds that are there or not."""
    several = []
    for _ in range(draw.choice([0, 1, 1, 1, 2, 3])):
        years = sorted(draw.randint(1900, 1960) for _ in range(4))
        bounds = [
            day(year, draw.randint(1, 12), draw.randint(1, 28)) if draw.random() < 0.7 else None for year in years
        ]
        several.append(Bounds(*bounds, ongoing=draw.random() < 0.2))
    return tuple(several)


def units() -> list[Unit]:
    draw = random.Random(23)
    return [
        Unit(n, tuple(draw.sample(range(n), min(n, draw.choice([1, 1, 1, 2])))), draw.choice(["", *RANKS]),
             tuple(sorted(draw.sample(KINDS, draw.choice([0, 1, 2])))), times(draw))
        for n in range(200)
    ]  # fmt: skip


def iri(number: int) -> str:
    return f"{WORDS.base}id/organization/u{number}"


def statements(unit: Unit) -> list[Subject]:
    own = [Statement(WORDS.expand("rdfs:label"), f"Unit {unit.number:03}", "en")]
    own += [Statement(WORDS.expand("org:subOrganizationOf"), iri(parent), "") for parent in unit.parents]
    own += [Statement(WORDS.expand("org:classification"), kind, "") for kind in unit.kinds]
    own += [Statement(WORDS.expand("fasti:rank"), unit.rank, "")] if unit.rank else []
    made = []
    for number, bounds in enumerate(unit.times):
        node = f"{iri(unit.number)}#time-{number}"
        own.append(Statement(WORDS.expand("fasti:existedDuring"), node, ""))
        status = "ongoing" if bounds.ongoing else "unknown"
        values = (bounds.earliest_begin, bounds.latest_begin, bounds.earliest_end, bounds.latest_end)
        dates = [Statement(WORDS.expand(f"fasti:{name}"), f"{value[0]}-{value[1]:02}-{value[2]:02}", "")
                 for name, value in zip(BOUNDS, values, strict=True) if value]  # fmt: skip
        made.append(
            (node, [Statement(WORDS.expand("fasti:endStatus"), f"{WORDS.scheme('date-status')}#{status}", ""), *dates])
        )
    return [(iri(unit.number), own), *made]


UNITS = units()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    path = tmp_path_factory.mktemp("browse") / "index.sqlite"
    write_index(path, (subject for unit in UNITS for subject in statements(unit)), WORDS)
    return Index(path, WORDS.base)


def below(top: int) -> set[int]:
    found: set[int] = set()
    for unit in UNITS:
        if any(parent == top or parent in found for parent in unit.parents):
            found.add(unit.number)
    return found


def stands(unit: Unit, moment: Moment) -> str:
    """The profile's definition, as pages apply it; of several times the best counts."""
    several = {moment.certainty(bounds) for bounds in unit.times}
    return str(next((each for each in Certainty if each in several), "undated"))


def expected(
    rank: str | None, kind: str | None, parent: int | None, direct: bool, moments: list[Moment]
) -> dict[int, str]:
    found = {}
    for unit in UNITS:
        inside = parent is None or (parent in unit.parents if direct else unit.number in below(parent))
        ranked = rank is None or unit.rank == rank
        kinded = kind is None or (kind in unit.kinds if kind else not unit.kinds)
        answers = [stands(unit, moment) for moment in moments]
        if inside and ranked and kinded and "excluded" not in answers:
            found[unit.number] = ("" if not moments else "undated" if "undated" in answers
                                  else "certain" if {*answers} == {"certain"} else "possible")  # fmt: skip
    return found


MOMENTS = [
    Moment("1930-06-15", day(1930, 6, 15), day(1930, 6, 15)),
    Moment("1910", day(1910), day(1910, 12, 31)),
    Moment("1950-02", day(1950, 2), day(1950, 2, 28)),
]


def period(moment: Moment) -> Period:
    return Period(*(year * 10_000 + month * 100 + date for year, month, date in (moment.first, moment.last)))


def test_every_combination_lists_and_counts_what_a_plain_count_does(index: Index) -> None:
    cases = 0
    moments = [[], MOMENTS[:1], MOMENTS[1:2], MOMENTS[2:], [MOMENTS[0], MOMENTS[2]]]
    for rank, kind, parent, direct, asked in product(
        [None, NONE, RANKS[0]], [None, NONE, KINDS[1]], [None, 0, 3, 17], [False, True], moments
    ):
        if direct and parent is None:
            continue
        values = {name: value for name, value in (("rank", rank), ("kind", kind)) if value is not None}
        wanted = Filter("organization", values, "" if parent is None else iri(parent), direct, [*map(period, asked)])
        right = expected(rank, kind, parent, direct, asked)
        browser = Browser(index, wanted)
        counts = browser.counts()
        listed = browser.things(size=300)

        assert [thing.iri for thing in listed] == [iri(number) for number in sorted(right)]
        assert counts.total == browser.total() == len(right)
        if asked:
            assert [thing.certainty or "undated" for thing in listed] == [right[number] for number in sorted(right)]
            assert counts.certainties == {
                name: [*right.values()].count(name) for name in ("certain", "possible", "undated")
            }
        cases += 1
    assert cases == 3 * 3 * 7 * 5


def test_a_facet_counts_what_each_of_its_values_would_list(index: Index) -> None:
    wanted = Filter("organization", {"rank": RANKS[0], "kind": KINDS[0]}, iri(0))
    counted = 0
    for facet, found in Browser(index, wanted).counts().facets.items():
        for value, count in found.items():
            other = Filter("organization", {**wanted.values, facet: value}, iri(0))
            assert Browser(index, other).counts().total == count, (facet, value)
            counted += 1
    assert counted == 3 + 4  # two ranks and none, three kinds and none


@pytest.mark.parametrize("certainty", ["certain", "possible", "undated"])
def test_a_certainty_narrows_the_list_and_every_count(index: Index, certainty: str) -> None:
    wanted = Filter("organization", parent=iri(0), periods=[period(MOMENTS[0])], certainty=certainty)
    right = [n for n, stand in expected(None, None, 0, False, MOMENTS[:1]).items() if stand == certainty]
    counts = Browser(index, wanted).counts()

    assert [thing.iri for thing in Browser(index, wanted).things(size=300)] == [iri(number) for number in sorted(right)]
    assert counts.total == sum(counts.facets["rank"].values()) == len(right)


def test_the_bodies_to_go_on_to_say_how_much_is_listed_there(index: Index) -> None:
    wanted = Filter("organization", {"rank": RANKS[1]}, iri(0), periods=[period(MOMENTS[0])])
    bodies = Browser(index, wanted).counts().bodies

    assert len(bodies) > 2
    for listed, count in bodies:
        there = Filter("organization", wanted.values, listed.iri, periods=wanted.periods)
        assert Browser(index, there).counts().total == count


def test_pages_by_begin_are_in_order_and_the_undated_come_last(index: Index) -> None:
    wanted = Filter("organization")
    listed = [thing for first in range(0, 200, 30) for thing in Browser(index, wanted).things("begin", first, 30)]
    begins = [next((thing.interval[name] for name in BOUNDS if name in thing.interval), "9999") for thing in listed]

    assert len({thing.iri for thing in listed}) == 200
    assert begins == sorted(begins)


def test_a_parent_that_is_no_body_has_nothing_below_it(index: Index) -> None:
    counts = Browser(index, Filter("organization", parent=f"{WORDS.base}id/organization/nobody")).counts()

    assert (counts.total, counts.bodies) == (0, [])
    assert Browser(index, Filter("organization", parent=f"{WORDS.base}id/organization/nobody")).things() == []


def test_a_tenure_without_an_interval_is_possible_at_any_time(tmp_path: Path) -> None:
    """Whatever it was, it was not for ever: it is never undated, and never certain."""
    label = Statement(WORDS.expand("rdfs:label"), "Somebody, Director", "en")
    write_index(tmp_path / "index", [(f"{WORDS.base}id/membership/m", [label])], WORDS)
    wanted = Filter("membership", periods=[Period(1900_01_01, 1900_12_31)])

    assert [thing.certainty for thing in Browser(Index(tmp_path / "index", WORDS.base), wanted).things()] == [
        "possible"
    ]
