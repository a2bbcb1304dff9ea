"""Where things are in a chart: bars on an axis, texts in their room, bodies in layers."""

from __future__ import annotations

import itertools

import pytest

from fasti.store import Literal, NamedNode
from fasti.web.charts.axis import Axis, years
from fasti.web.charts.bars import TAIL, Piece, pieces
from fasti.web.charts.layers import layers
from fasti.web.charts.stretches import Stretch, stretch
from fasti.web.charts.text import elide, printable, width, wrap

AXIS = Axis(1940, 2040, 0, 1000)  # ten pixels a year
EDGE = AXIS.x(2026)
SOFT = ("fade-in", "fade-out", "doubtful")


def made(begin: str, end: str, *days: str) -> Stretch:
    """A stretch from statuses and the four bounds; "" where there is none."""
    names = ("earliestBegin", "latestBegin", "earliestEnd", "latestEnd")
    row = {name: Literal(day) for name, day in zip(names, days, strict=True) if day}
    statuses = {"beginStatus": NamedNode(f"http://x/#{begin}"), "endStatus": NamedNode(f"http://x/#{end}")}
    found = stretch({**row, **statuses})
    assert found is not None
    return found


def looks(found: list[Piece]) -> list[str]:
    return [piece.look for piece in found]


def bar(*of: str) -> list[Piece]:
    return list(pieces(made(*of), AXIS, EDGE))


def test_a_bar_is_solid_between_its_inner_bounds_and_soft_between_each_pair_of_bounds() -> None:
    found = bar("known", "known", "1956-01-01", "1956-12-31", "1966-01-01", "1966-12-31")

    assert looks(found) == ["fade-in", "solid", "fade-out"]
    fade_in, solid, fade_out = found
    assert fade_in.start == pytest.approx(AXIS.x(1956))
    assert fade_in.stop == solid.start == pytest.approx(AXIS.x(years((1956, 12, 31))))
    assert solid.stop == fade_out.start == pytest.approx(AXIS.x(1966))
    assert fade_out.stop == pytest.approx(AXIS.x(1967))


def test_a_day_has_hard_edges() -> None:
    found = bar("known", "known", "1956-03-01", "1956-03-01", "1966-05-20", "1966-05-20")

    assert sum(piece.stop - piece.start for piece in found if piece.look in SOFT) < 0.1


def test_only_what_goes_on_has_an_arrow_and_it_is_at_the_present() -> None:
    found = bar("known", "ongoing", "1956-01-01", "1956-12-31", "", "")

    assert looks(found) == ["fade-in", "solid", "arrow"]
    assert found[-1].start == EDGE


@pytest.mark.parametrize("status", ["unknown", "uncertain", "not-stated"])
@pytest.mark.parametrize("year", [1957, 1999, 2020, 2025, 2026])
def test_an_end_without_a_bound_never_reaches_the_present_and_never_looks_as_if_it_went_on(
    status: str, year: int
) -> None:
    found = bar("known", status, f"{year}-01-01", f"{year}-01-31", f"{year}-01-01", "")
    tail = found[-1]

    assert tail.look == ("silent" if status == "not-stated" else "unknown")
    assert "arrow" not in looks(found)
    assert "solid" not in looks(found)
    assert tail.stop <= max(EDGE - 1, tail.start)
    assert tail.stop - tail.start <= TAIL


def test_an_unknown_end_differs_from_one_of_which_nothing_is_said() -> None:
    bounds = ("1957-01-01", "1957-12-31", "1957-01-01", "")

    assert looks(bar("known", "unknown", *bounds)) != looks(bar("known", "not-stated", *bounds))


def test_an_unknown_begin_has_its_tail_on_the_left() -> None:
    found = bar("unknown", "known", "", "1966-05-31", "1966-05-01", "1966-05-31")
    (tail,) = (piece for piece in found if piece.look == "unknown")

    assert tail.stop == pytest.approx(tail.start - TAIL)
    assert tail.start == pytest.approx(AXIS.x(years((1966, 5, 1))))


def test_a_hedged_end_is_marked_where_it_is_hedged_and_nowhere_else() -> None:
    found = bar("known", "uncertain", "1955-01-01", "1955-12-31", "1966-01-01", "1966-12-31")

    assert looks(found) == ["fade-in", "solid", "doubtful"]


def test_what_is_attested_at_some_time_is_certain_on_no_day() -> None:
    found = bar("unknown", "unknown", "", "1989-12-31", "1980-01-01", "")

    assert looks(found) == ["attested", "unknown", "unknown"]
    assert (found[0].start, found[0].stop) == (pytest.approx(400), pytest.approx(AXIS.x(years((1989, 12, 31)))))


def test_a_short_time_on_a_long_axis_can_still_be_seen() -> None:
    axis = Axis(1700, 2020, 0, 600)
    found = pieces(made("known", "known", *["1850-05-01", "1850-05-31"] * 2), axis, 600)

    assert found[-1].stop - found[0].start >= 6
    assert found[0].start < axis.x(1850.37) < found[-1].stop


def test_no_bound_and_nothing_that_goes_on_is_no_bar() -> None:
    assert pieces(made("unknown", "unknown", "", "", "", ""), AXIS, EDGE) == ()


def test_every_combination_of_bounds_and_statuses_has_a_bar_from_left_to_right() -> None:
    """Solid only where the profile says certain: from the latest begin to the earliest end or, ongoing, the present."""
    days = ("1950-01-01", "1950-12-31", "1960-01-01", "1960-12-31")
    checked = 0
    for held in itertools.product((True, False), repeat=4):
        for begin, end in itertools.product(
            ("known", "uncertain", "unknown", "not-stated"), ("known", "unknown", "ongoing")
        ):
            given = [day if keep else "" for day, keep in zip(days, held, strict=True)]
            if end == "ongoing":
                given[2:] = ["", ""]
            time = made(begin, end, *given)
            found = [piece for piece in pieces(time, AXIS, EDGE) if piece.look not in ("unknown", "silent")]
            assert all(piece.start <= piece.stop for piece in found)
            assert all(one.stop <= other.start + 0.01 for one, other in itertools.pairwise(found))
            assert ("arrow" in looks(found)) == (end == "ongoing")
            checked += 1

    assert checked == 16 * 12


@pytest.mark.parametrize("span", [(1966, 1967), (1956, 1966), (1911, 2026), (1700, 2026), (1, 1999)])
@pytest.mark.parametrize("pixels", [240, 520, 1200])
def test_labels_of_an_axis_have_room_and_are_more_than_one(span: tuple[int, int], pixels: int) -> None:
    axis = Axis(span[0], span[1] + 1, 0, pixels)
    labelled = [tick for tick in axis.ticks() if tick.label]

    assert len(labelled) >= 2
    for one, other in itertools.pairwise(labelled):
        assert other.x - one.x >= (width(one.label, 11.5) + width(other.label, 11.5)) / 2
    assert all(0 <= tick.x <= pixels + 0.01 for tick in labelled)


def test_an_ideograph_is_twice_as_wide_as_a_letter_and_a_tone_mark_has_no_width() -> None:
    assert width("记录局", 10) == 30
    assert width("a", 10) < 7
    assert width("ǒ", 10) == width("o", 10) == width("o\u030c", 10)


@pytest.mark.parametrize("text", ["Office of the General Secretary of the Central Committee", "中国共产党中央委员会办公厅总书记办公室",
                                  "Donaudampfschifffahrtsgesellschaftskapitänswitwe", "中央办公厅 Secretariat 秘书局"])  # fmt: skip
@pytest.mark.parametrize("lines", [1, 2, 3])
@pytest.mark.parametrize("room", [60, 120, 400])
def test_a_text_keeps_within_its_room_and_lines(text: str, lines: int, room: int) -> None:
    found = wrap(text, 13, room, lines)

    assert 1 <= len(found) <= lines
    assert all(width(line, 13) <= room for line in found)
    if not any("…" in line for line in found):
        assert "".join(found).replace(" ", "") == text.replace(" ", "")


def test_a_text_that_fits_stays_as_it_is() -> None:
    assert elide("Bureau", 13, 100) == "Bureau"
    assert wrap("Bureau of Records", 13, 300, 2) == ["Bureau of Records"]


def test_what_xml_cannot_hold_is_left_out() -> None:
    assert printable("a\x00b\x0bc\n d\ufffe") == "abc d"


def test_layers_put_everything_before_what_follows_it_also_in_a_circle() -> None:
    edges = [("a", "m"), ("b", "m"), ("m", "c"), ("c", "n"), ("n", "d"), ("n", "e"), ("late", "n")]
    found = layers(["a", "b", "c", "d", "e", "late", "m", "n"], edges)
    place = {node: number for number, layer in enumerate(found) for node in layer}

    assert all(place[before] < place[after] for before, after in edges)
    assert place["late"] == place["n"] - 1

    circle = layers(["a", "x", "b", "y"], [("a", "x"), ("x", "b"), ("b", "y"), ("y", "a"), ("a", "a")])
    assert sorted(node for layer in circle for node in layer) == ["a", "b", "x", "y"]
    assert layers([], []) == []


def test_layers_keep_edges_from_crossing_where_they_can() -> None:
    found = layers(["a", "b", "x", "y"], [("a", "y"), ("b", "x")])

    assert found == [["a", "b"], ["y", "x"]]
