"""Several passages on one interval: the finer date refines the coarser, dates that cannot both hold conflict."""

from __future__ import annotations

from fasti.conflicts import Scale
from fasti.existence import Weighed, weigh_intervals
from fasti.store import Literal, NamedNode, Quad, Term
from fasti.vocabulary import Vocabulary

VOCABULARY = Vocabulary()
TIME = VOCABULARY.entity("organization", "mint") + "#existence"


def place(stem: str) -> str:
    return VOCABULARY.passage(stem, 0, 1)


def scale(**weights: int) -> Scale:
    return Scale({place(stem): weight for stem, weight in weights.items()}, {stem: stem for stem in weights})


def said(stem: str, s: str, p: str, o: Term) -> Quad:
    return Quad(NamedNode(s), NamedNode(VOCABULARY.expand(p)), o, NamedNode(place(stem)))


def begins(stem: str, date: str, earliest: str, latest: str, status: str = "known") -> list[Quad]:
    """What the passage of a source says of the begin: the date in its own precision, with bounds."""
    instant = f"{TIME}-begin"
    quads = [said(stem, TIME, "fasti:beginStatus", NamedNode(VOCABULARY.expand(f"status:{status}")))]
    if date:
        quads.append(said(stem, TIME, "time:hasBeginning", NamedNode(instant)))
        quads.append(said(stem, instant, "time:inXSDDate" if len(date) > 7 else "time:inXSDgYear", Literal(date)))
    for name, value in (("fasti:earliestBegin", earliest), ("fasti:latestBegin", latest)):
        if value:
            quads.append(said(stem, TIME, name, Literal(value)))
    return quads


def ends(stem: str, status: str, date: str = "") -> list[Quad]:
    quads = [said(stem, TIME, "fasti:endStatus", NamedNode(VOCABULARY.expand(f"status:{status}")))]
    if date:
        bounds = (("fasti:earliestEnd", f"{date}-01-01"), ("fasti:latestEnd", f"{date}-12-31"))
        quads += [said(stem, TIME, name, Literal(value)) for name, value in bounds]
        quads.append(said(stem, TIME, "time:hasEnd", NamedNode(f"{TIME}-end")))
        quads.append(said(stem, f"{TIME}-end", "time:inXSDgYear", Literal(date)))
    return quads


def weigh(quads: list[Quad], **weights: int) -> tuple[Weighed, set[Quad]]:
    """The result, and the quads that enter the record."""
    result = weigh_intervals(quads, VOCABULARY, scale(**weights))
    return result, set(quads) - set(result.excluded)


YEAR = ("1980", "1980-01-01", "1980-12-31")
DAY = ("1980-12-30", "1980-12-30", "1980-12-30")
OTHER = ("1975", "1975-01-01", "1975-12-31")


def test_a_date_within_a_coarser_one_refines_it() -> None:
    """Profile 7: a coarse and a fine date that nest are not a conflict; the record has the fine one."""
    coarse, fine = begins("a", *YEAR), begins("b", *DAY)
    result, kept = weigh([*coarse, *fine], a=2, b=1)
    assert not result.conflicts
    assert kept == set(fine)


def test_passages_with_the_same_date_agree() -> None:
    """Said twice is said once: no conflict, and the date is in the record."""
    result, kept = weigh([*begins("a", *DAY), *begins("b", *DAY)], a=2, b=1)
    assert not result.conflicts
    assert {(q.subject, q.predicate, q.object) for q in kept} == {
        (q.subject, q.predicate, q.object) for q in begins("a", *DAY)
    }


def test_dates_that_cannot_both_hold_are_weighed() -> None:
    """Profile 7: the heavier founding date enters the record, the other one stays in its passage."""
    heavy, light = begins("a", *YEAR), begins("b", *OTHER)
    result, kept = weigh([*heavy, *light], a=2, b=1)
    [found] = result.conflicts
    assert found.winner is not None
    assert found.winner.value == Literal("1980")
    assert kept == set(heavy)


def test_dates_of_equal_weight_leave_the_record_without_a_date() -> None:
    """Profile 7: a tie leaves the record silent on that point."""
    result, kept = weigh([*begins("a", *YEAR), *begins("b", *OTHER)], a=2, b=2)
    assert [conflict.winner for conflict in result.conflicts] == [None]
    assert kept == set()


def test_an_unknown_begin_yields_to_a_known_one() -> None:
    """Who does not know contradicts nobody."""
    unknown, known = begins("a", "", "", "", "unknown"), begins("b", *YEAR)
    result, kept = weigh([*unknown, *known], a=2, b=1)
    assert not result.conflicts
    assert kept == set(known)


def test_each_end_is_settled_by_itself() -> None:
    """One passage gives the begin, another one the end: both enter."""
    quads = [*begins("a", *YEAR), *ends("b", "ongoing")]
    result, kept = weigh(quads, a=2, b=1)
    assert not result.conflicts
    assert kept == set(quads)


def test_going_on_and_having_ended_contradict_each_other() -> None:
    """A body that ended in 1990 is not one that goes on."""
    result, kept = weigh([*ends("a", "ongoing"), *ends("b", "known", "1990")], a=1, b=2)
    [found] = result.conflicts
    assert found.winner is not None
    assert kept == set(ends("b", "known", "1990"))


def test_what_one_passage_says_is_left_alone() -> None:
    """Nothing is weighed where there is one witness."""
    quads = [*begins("a", *YEAR), *ends("a", "ongoing")]
    result, kept = weigh(quads, a=2)
    assert result == Weighed((), ())
    assert kept == set(quads)


def test_the_whole_is_composed_again_where_its_ends_come_from_two_passages() -> None:
    """An EDTF that says 1980/.. is not what the record says once the begin comes from elsewhere."""
    whole = said("a", TIME, "fasti:edtf", Literal("1980/.."))
    _, kept = weigh([*begins("a", *YEAR), *ends("a", "ongoing"), whole, *begins("b", *DAY)], a=2, b=1)
    assert whole not in kept


def test_the_whole_stays_where_both_ends_come_from_its_passage() -> None:
    """A probable year ("1966?") says more than its two ends: it is not composed again as 1966/1966."""
    probable = [*begins("a", "1980", "1980-01-01", "1980-12-31", "uncertain"), *ends("a", "uncertain", "1980")]
    vague = [*begins("b", "", "1975-01-01", "", "uncertain"), *ends("b", "uncertain")]
    whole = said("a", TIME, "fasti:edtf", Literal("1980?"))
    result, kept = weigh([*probable, *vague, whole, said("b", TIME, "fasti:edtf", Literal("[1975..]"))], a=1, b=1)
    assert not result.conflicts
    assert {q for q in kept if q.predicate.value == VOCABULARY.expand("fasti:edtf")} == {whole}


def test_the_whole_of_the_reading_that_wins_both_ends_stays() -> None:
    """An event of 1980 that outweighs one of 1975 is "1980" in the record, not composed again as 1980/1980."""
    heavy = [*begins("a", *YEAR), *ends("a", "known", "1980"), said("a", TIME, "fasti:edtf", Literal("1980"))]
    light = [*begins("b", *OTHER), *ends("b", "known", "1975"), said("b", TIME, "fasti:edtf", Literal("1975"))]
    result, kept = weigh([*heavy, *light], a=2, b=1)
    assert result.conflicts
    assert kept == set(heavy)


def test_dates_without_an_instant_can_contradict_each_other() -> None:
    """Words like "before 1950" and "after 1955" give bounds and no date: still two readings of one conflict."""
    before = begins("a", "", "", "1950-12-31", "uncertain")
    after = begins("b", "", "1955-01-01", "", "uncertain")
    result, kept = weigh([*before, *after], a=2, b=1)
    [found] = result.conflicts
    assert len(found.readings) == 2
    assert kept == set(before)


def test_an_end_before_the_begin_is_a_conflict_between_the_two() -> None:
    """Dates of one existence in the wrong order cannot both hold; equal weights leave the record without either."""
    quads = [*begins("a", *YEAR), *ends("b", "known", "1782")]
    result, kept = weigh(quads, a=2, b=2)
    assert [conflict.winner for conflict in result.conflicts] == [None]
    assert kept == set()
