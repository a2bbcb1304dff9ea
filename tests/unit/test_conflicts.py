"""Which of several readings enters the record, and when readings contradict each other at all."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from fasti.conflicts import Conflict, ConflictWriter, Scale, single_values, spellings
from fasti.store import Literal, NamedNode, Quad, Term
from fasti.tenure_conflicts import head_conflicts
from fasti.vocabulary import Vocabulary

VOCABULARY = Vocabulary()
MINT = VOCABULARY.entity("organization", "mint")
POST = VOCABULARY.entity("post", "director--mint")

# A passage is "source/start-end weight"; sources a1 and a2 are revisions of one text.
FAMILIES = {"a1": "a1", "a2": "a1", "b": "b", "c": "c"}


def place(name: str) -> str:
    return VOCABULARY.entity("passage", name.partition(" ")[0])


def said(passage: str, s: str, p: str, o: Term | str) -> Quad:
    value = NamedNode(o) if isinstance(o, str) else o
    return Quad(NamedNode(s), NamedNode(VOCABULARY.expand(p)), value, NamedNode(place(passage)))


def scale(*passages: str) -> Scale:
    return Scale({place(name): int(name.partition(" ")[2]) for name in passages}, FAMILIES)


def rank(passage: str, name: str) -> Quad:
    return said(passage, MINT, "fasti:rank", VOCABULARY.expand(f"rank:{name}"))


def weighed(quads: list[Quad], *passages: str) -> list[Conflict]:
    return list(single_values(quads, VOCABULARY, scale(*passages)))


def test_a_strictly_heavier_reading_wins_and_only_the_other_stays_out() -> None:
    """Profile 7: a strict winner enters the record."""
    heavy, light = rank("a1/0-1 2", "ministerial"), rank("b/0-1 1", "bureau")
    [found] = weighed([light, heavy], "a1/0-1 2", "b/0-1 1")
    assert found.winner is not None
    assert found.winner.value == heavy.object
    assert list(found.excluded) == [light]


def test_a_tie_leaves_the_record_silent() -> None:
    """Profile 7: of two readings of equal weight neither enters the record."""
    one, other = rank("a1/0-1 2", "ministerial"), rank("a1/5-6 2", "bureau")
    [found] = weighed([one, other], "a1/0-1 2", "a1/5-6 2")
    assert found.winner is None
    assert set(found.excluded) == {one, other}


def test_two_revisions_of_one_text_count_once() -> None:
    """Profile 7: weight is per family of sources, and revisions are one family: 2 against 2 is a tie."""
    twice = [rank("a1/0-1 2", "ministerial"), rank("a2/0-1 2", "ministerial")]
    [found] = weighed([*twice, rank("b/0-1 2", "bureau")], "a1/0-1 2", "a2/0-1 2", "b/0-1 2")
    assert [reading.weight for reading in found.readings] == [2, 2]
    assert found.winner is None


def test_independent_families_add_up() -> None:
    """Profile 7: two unrelated documents outweigh one of the same weight."""
    agreeing = [rank("b/0-1 1", "bureau"), rank("c/0-1 1", "bureau")]
    [found] = weighed([*agreeing, rank("a1/0-1 1", "ministerial")], "a1/0-1 1", "b/0-1 1", "c/0-1 1")
    assert found.winner is not None
    assert found.winner.weight == 2
    assert found.winner.passages == [place("b/0-1"), place("c/0-1")]


def test_of_one_family_the_heaviest_passage_counts() -> None:
    """Profile 7: a dated list entry (3) and an infobox line (2) of one document weigh 3, not 5."""
    both = [rank("a1/0-1 3", "bureau"), rank("a1/5-6 2", "bureau")]
    assert scale("a1/0-1 3", "a1/5-6 2").weigh(both) == 3


def test_passages_that_agree_are_no_conflict() -> None:
    """A conflict needs two values."""
    assert not weighed([rank("a1/0-1 2", "bureau"), rank("b/0-1 2", "bureau")], "a1/0-1 2", "b/0-1 2")


def test_names_conflict_within_a_language_only() -> None:
    """Profile 3: one prefLabel per language; a name in another language is another name."""
    english = said("a1/0-1 2", MINT, "skos:prefLabel", Literal("Mint", language="en"))
    chinese = said("a1/5-6 2", MINT, "skos:prefLabel", Literal("造币厂", language="zh-hans"))
    variant = said("b/0-1 1", MINT, "skos:prefLabel", Literal("The Mint", language="en"))
    assert not weighed([english, chinese], "a1/0-1 2", "a1/5-6 2")
    [found] = weighed([english, chinese, variant], "a1/0-1 2", "a1/5-6 2", "b/0-1 1")
    assert list(found.excluded) == [variant]


def test_two_spellings_of_a_name_are_no_conflict_and_the_first_is_kept() -> None:
    """`Vice-President` and `Vice President` make one IRI, which has one preferred name."""
    hyphen = said("a1/0-1 2", MINT, "skos:prefLabel", Literal("Vice-Mint", language="en"))
    spaced = said("b/0-1 1", MINT, "skos:prefLabel", Literal("vice mint", language="en"))

    assert not weighed([hyphen, spaced], "a1/0-1 2", "b/0-1 1")
    assert list(spellings([hyphen, spaced], VOCABULARY)) == [spaced]


def test_a_place_that_another_one_refines_is_no_conflict() -> None:
    """Profile 7: coarse and fine that nest do not contradict each other."""
    coarse = said("a1/0-1 2", MINT, "org:hasPrimarySite", VOCABULARY.entity("site", "beijing"))
    fine = said("b/0-1 2", MINT, "org:hasPrimarySite", VOCABULARY.entity("site", "west-building-beijing"))
    assert not weighed([coarse, fine], "a1/0-1 2", "b/0-1 2")


def test_a_property_with_many_values_is_never_in_conflict() -> None:
    """A body may have any number of other names."""
    names = [said("a1/0-1 2", MINT, "skos:altLabel", Literal(name, language="en")) for name in ("A", "B")]
    assert not weighed(names, "a1/0-1 2")


# ── who is the head ──


def head(passage: str, person: str, **facts: str) -> list[Quad]:
    """One person's tenure as director: `begin` and `end` are the certain bounds, `mode` and `now` as they say."""
    tenure = VOCABULARY.entity("membership", f"{person}--director--mint")
    quads = [
        said(passage, POST, "org:postIn", MINT),
        said(passage, POST, "org:role", VOCABULARY.expand("org:Head")),
        said(passage, tenure, "org:member", VOCABULARY.entity("person", person)),
        said(passage, tenure, "fasti:post", POST),
    ]
    if "mode" in facts:
        quads.append(said(passage, tenure, "fasti:tenureMode", VOCABULARY.expand(f"mode:{facts['mode']}")))
    if "now" in facts:
        quads.append(said(passage, tenure, "fasti:incumbentAsOf", VOCABULARY.source(facts["now"])))
    for key, name in (("begin", "fasti:latestBegin"), ("end", "fasti:earliestEnd")):
        if key in facts:
            quads.append(said(passage, f"{tenure}#time", name, Literal(facts[key])))
    return quads


def heads(*tenures: Iterable[Quad], passages: tuple[str, ...]) -> list[Conflict]:
    return list(head_conflicts([quad for tenure in tenures for quad in tenure], VOCABULARY, scale(*passages)))


def test_two_current_heads_in_two_places_contradict_each_other() -> None:
    """Profile 7: one head of a body at a time; the dated list entry outweighs the clause."""
    listed = head("a1/0-1 3", "han", begin="2023-12-31", now="a1")
    claimed = head("a2/0-1 1", "cai", now="a2")
    [found] = heads(listed, claimed, passages=("a1/0-1 3", "a2/0-1 1"))
    assert found.winner is not None
    assert found.winner.value == NamedNode(VOCABULARY.entity("person", "han"))
    excluded = {quad.subject.value for quad in found.excluded if isinstance(quad.subject, NamedNode)}
    assert VOCABULARY.entity("membership", "cai--director--mint") in excluded
    assert VOCABULARY.entity("membership", "han--director--mint") not in excluded


def test_a_losing_tenure_takes_nothing_of_the_post_with_it() -> None:
    """What both readings take for granted, the post and its body, stays in the record."""
    [found] = heads(
        head("a1/0-1 3", "han", now="a1"), head("b/0-1 1", "cai", now="b"), passages=("a1/0-1 3", "b/0-1 1")
    )
    assert NamedNode(POST) not in {quad.subject for quad in found.excluded}


def test_tenures_that_only_possibly_overlap_are_no_conflict() -> None:
    """1982–1987 and 1987–1989 share no day for certain."""
    first = head("a1/0-1 3", "lin", begin="1982-12-31", end="1987-01-01")
    second = head("b/0-1 3", "bao", begin="1987-12-31", end="1989-06-01")
    assert not heads(first, second, passages=("a1/0-1 3", "b/0-1 3"))


def test_tenures_that_certainly_overlap_in_two_documents_are_a_conflict() -> None:
    """1982–1989 and 1985–1987, said by two documents, cannot both hold."""
    first = head("a1/0-1 3", "lin", begin="1982-12-31", end="1989-01-01")
    second = head("b/0-1 3", "bao", begin="1985-12-31", end="1987-01-01")
    [found] = heads(first, second, passages=("a1/0-1 3", "b/0-1 3"))
    assert found.winner is None


def test_entries_of_one_list_do_not_contradict_each_other() -> None:
    """Whoever wrote a list with overlapping entries meant both."""
    first = head("a1/0-1 3", "lin", begin="1982-12-31", end="1989-01-01")
    second = head("a1/5-6 3", "bao", begin="1985-12-31", end="1987-01-01")
    assert not heads(first, second, passages=("a1/0-1 3", "a1/5-6 3"))


def test_two_names_in_one_line_do_not_contradict_each_other() -> None:
    """A line with two names means two heads."""
    assert not heads(head("a1/0-1 2", "lin", now="a1"), head("a1/0-1 2", "bao", now="a1"), passages=("a1/0-1 2",))


@pytest.mark.parametrize("mode", ["acting", "interim", "deputising", "former", "honorary"])
def test_who_stands_in_contradicts_nobody(mode: str) -> None:
    """An acting head and the head can both be in office."""
    assert not heads(
        head("a1/0-1 2", "lin", now="a1"), head("b/0-1 2", "bao", now="b", mode=mode), passages=("a1/0-1 2", "b/0-1 2")
    )


def test_posts_below_the_top_may_have_several_holders() -> None:
    """Two deputies are no conflict: only org:Head is single."""
    quads = [q for n, s in (("lin", "a1"), ("bao", "b")) for q in head(f"{s}/0-1 2", n, now=s)]
    below = [quad for quad in quads if quad.predicate.value != VOCABULARY.expand("org:role")]
    assert not heads(below, passages=("a1/0-1 2", "b/0-1 2"))


# ── what is written of them ──


def written(found: Conflict) -> set[tuple[str, str, str]]:
    quads = list(ConflictWriter(VOCABULARY).quads(found, "Mint: bureau or ministerial"))
    assert {quad.graph_name for quad in quads} == {NamedNode(VOCABULARY.graph("quality"))}
    return {(q.subject.value, q.predicate.value, q.object.value) for q in quads}  # type: ignore[union-attr]


def test_a_conflict_is_written_with_both_readings_and_their_passages() -> None:
    """Profile 7: about, property, and per reading value, status, weight and passages."""
    [found] = weighed([rank("a1/0-1 2", "ministerial"), rank("b/0-1 1", "bureau")], "a1/0-1 2", "b/0-1 1")
    triples = written(found)
    iri, expand = VOCABULARY.entity("conflict", "rank--mint"), VOCABULARY.expand
    assert (iri, expand("fasti:about"), MINT) in triples
    assert (iri, expand("fasti:onProperty"), expand("fasti:rank")) in triples
    assert (f"{iri}#reading-1", expand("fasti:status"), expand("reading:preferred")) in triples
    assert (f"{iri}#reading-2", expand("fasti:status"), expand("reading:contested")) in triples
    assert (f"{iri}#reading-2", expand("fasti:passage"), place("b/0-1")) in triples


def test_conflicts_about_two_things_never_share_an_identifier() -> None:
    """Profile 1: an IRI names one thing, also where a code list's concept is what the conflict is about."""
    concepts = [VOCABULARY.expand(f"role:{name}") for name in ("director", "warden")]
    quads = [
        said(f"{stem}/0-1 2", concept, "skos:prefLabel", Literal(f"{concept[-3:]} {stem}", language="en"))
        for concept in concepts
        for stem in ("a1", "b")
    ]
    found = weighed(quads, "a1/0-1 2", "b/0-1 2")
    about = VOCABULARY.expand("fasti:about")
    named = {s: o for conflict in found for s, p, o in written(conflict) if p == about}
    assert sorted(named.values()) == sorted(concepts)
