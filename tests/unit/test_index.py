"""The index: what it finds and in which order, what is below what, and that the same data give the same file."""

from __future__ import annotations

import random
import shutil
import sqlite3
import threading
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from fasti.errors import ReleaseError
from fasti.index import Browser, Filter, Index, Statement, Subject, search, suggest, write_index
from fasti.index.folding import fold, key, words
from fasti.index.pinyin import SYLLABLES, splits
from fasti.release import INDEX, open_release, publish
from fasti.store import Dataset, Literal, NamedNode, Quad
from fasti.vocabulary import Vocabulary

WORDS = Vocabulary()
LABEL, ALTERNATIVE, HIDDEN = "rdfs:label", "skos:altLabel", "skos:hiddenLabel"


def said(name: str, *statements: tuple[str, str, str]) -> Subject:
    """`kind/slug` with statements: property, an IRI's path (`id/…`) or a text, its language."""
    return f"{WORDS.base}id/{name}", [
        Statement(WORDS.expand(term), WORDS.base + value if value.startswith("id/") else value, language)
        for term, value, language in statements
    ]


def body(slug: str, name: str, *parents: str, **names: str) -> Subject:
    """A body with an English name; `names` are others by property, as `alternative="…"`."""
    terms = {"alternative": ALTERNATIVE, "hidden": HIDDEN, "native": "skos:prefLabel"}
    others = [(terms[term], text, "zh-hans" if term == "native" else "en") for term, text in names.items()]
    above = [("org:subOrganizationOf", f"id/organization/{parent}", "") for parent in parents]
    return said(f"organization/{slug}", (LABEL, name, "en"), *others, *above)


SUBJECTS = [
    body("committee", "Central Committee", alternative="CC"),
    said(
        "organization/office",
        (LABEL, "General Office of the Central Committee", "en"),
        ("skos:prefLabel", "中央委员会办公厅", "zh-hans"),
        ("skos:prefLabel", "Zhōngyāng Wěiyuánhuì Bàngōngtīng", "zh-latn-pinyin"),
        (ALTERNATIVE, "General Office", "en"),
        (ALTERNATIVE, "中办", "zh-hans"),
        ("org:subOrganizationOf", "id/organization/committee", ""),
    ),
    body("state", "General Office", native="国务院办公厅"),
    body("affairs", "General Affairs Office", "committee"),
    body("research", "Research Office", "office", alternative="Office of Policy Study", hidden="Reserch Ofice"),
    body("personnel", "Personnel Bureau", "office"),
    body("other-personnel", "Personnel Bureau", "state"),
    body("markup", 'A <b>bold</b> & "quoted" name'),
    said("person/general", (LABEL, "General Officer", "en"), ("foaf:name", "General Officer", "")),
    said("person/deng", (LABEL, "Deng Xiaoping", "en"), ("foaf:name", "Deng Xiaoping", "")),
    said("person/strasse", (LABEL, "Jörg Großmann", "de"), ("foaf:name", "Jörg Großmann", "")),
    said("post/director", (LABEL, "Director", "en"), ("org:postIn", "id/organization/office", "")),
    said("post/head", (LABEL, "Director", "en"), ("org:postIn", "id/organization/state", "")),
    said("work/secretarial", (LABEL, "General Office Work", "en")),
    said("membership/m", (LABEL, "Deng Xiaoping, Director", "en"), ("org:member", "id/person/deng", ""),
         ("org:organization", "id/organization/office", "")),
]  # fmt: skip


def written(path: Path, subjects: list[Subject]) -> Index:
    write_index(path, iter(subjects), WORDS)
    return Index(path, WORDS.base)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return written(tmp_path_factory.mktemp("index") / "index.sqlite", SUBJECTS)


def found(index: Index, text: str, kind: str = "") -> list[str]:
    hits = search(index, text, kind).hits
    return [hit.thing.iri.removeprefix(f"{WORDS.base}id/").partition("/")[2] for hit in hits]


@pytest.mark.parametrize(
    "text",
    [
        "Zhōngyāng Wěiyuánhuì Bàngōngtīng",
        "zhongyang weiyuanhui bangongting",
        "zhongyangbangongting",
        "zhong yang ban gong ting",
        "ZHONGYANGB",
        "zhongyangbang",
        "bangongting zhongyang",
        "中央委员会",
        "中央办公厅",
        "中办",
    ],
)
def test_a_chinese_name_is_found_in_characters_and_in_pinyin_however_it_is_written(index: Index, text: str) -> None:
    assert found(index, text)[0] == "office"


def test_one_character_is_found_wherever_it_stands(index: Index) -> None:
    assert {*found(index, "办")} == {*found(index, "厅")} == {"office", "state"}
    assert found(index, "国") == ["state"]


def test_a_name_written_together_is_found_by_its_syllables(index: Index) -> None:
    assert found(index, "dengxiaoping") == found(index, "deng xiao ping") == found(index, "xiaoping deng") == ["deng"]


def test_exact_names_come_before_beginnings_before_all_words_and_bodies_before_people_before_the_rest(
    index: Index,
) -> None:
    """The office has "General Office" as an alternative name only, so the body that is so called comes first."""
    assert found(index, "general office") == ["state", "office", "secretarial", "affairs", "general", "research"]


def test_a_whole_word_comes_before_one_that_only_begins_so(tmp_path: Path) -> None:
    """Who types `li` may be about to type `Liaison`, but has typed the name of Li Xin already."""
    index = written(tmp_path / "index.sqlite", [
        body("liaison", "Liaison Bureau"), said("person/xin", (LABEL, "Li Xin", "en")),
        said("person/fu", (LABEL, "Fu Li", "en")), said("person/mu", (LABEL, "Lin Mu", "en")),
    ])  # fmt: skip

    assert found(index, "li") == ["xin", "fu", "liaison", "mu"]
    assert found(index, "lia") == ["liaison"]
    assert [hit.name for hit in suggest(index, "Li")] == ["Li Xin", "Fu Li", "Liaison Bureau", "Lin Mu"]


def test_words_are_found_in_any_order_and_the_last_one_when_it_is_only_begun(index: Index) -> None:
    assert found(index, "office affairs gen") == ["affairs"]
    assert found(index, "gen affairs") == []


def test_a_blank_at_the_end_finishes_the_last_word(index: Index) -> None:
    assert "general" in found(index, "general office")
    assert "general" not in found(index, "general office ")


def test_case_marks_and_sharp_s_do_not_count(index: Index) -> None:
    assert found(index, "jorg grossmann") == found(index, "JÖRG GROSSMANN") == ["strasse"]


def test_a_hit_says_by_which_name_it_was_found(index: Index) -> None:
    other, misspelt = (search(index, text).hits[0] for text in ("policy study", "reserch"))

    assert (other.name_kind, other.name, other.thing.label) == (
        "alternative",
        "Office of Policy Study",
        "Research Office",
    )
    assert misspelt.name_kind == "misspelt"


def test_homonyms_are_found_by_the_name_of_what_they_are_in(index: Index) -> None:
    assert found(index, "director central committee") == ["director"]
    assert found(index, "personnel bureau general cc") == []
    assert {*found(index, "personnel bureau")} == {"personnel", "other-personnel"}
    assert found(index, "personnel 国务院") == ["other-personnel"]


def test_words_of_the_parent_alone_find_nothing(index: Index) -> None:
    assert "director" not in found(index, "central committee")


def test_only_things_of_a_kind_are_found_when_one_is_asked_for(index: Index) -> None:
    assert found(index, "general", "person") == ["general"]


@pytest.mark.parametrize("text", ["", " ", "…", '"', "^", "AND", "x" * 5000, "\0", "a OR b NOT c*", "{}()", "@central"])
def test_no_text_is_too_odd_to_be_searched(index: Index, text: str) -> None:
    assert search(index, text).total == len(found(index, text))


def test_hits_come_in_pages_that_together_are_all_of_them(index: Index) -> None:
    every = found(index, "o")
    paged = [hit.thing.iri for first in range(0, 20, 2) for hit in search(index, "o", first=first, size=2).hits]

    assert len(every) > 4
    assert [iri.rpartition("/")[2] for iri in paged] == every
    assert [hit.thing.iri for hit in suggest(index, "o", 3)] == paged[:3]


def test_any_thread_may_ask(index: Index) -> None:
    answers: list[list[str]] = []
    threads = [threading.Thread(target=lambda: answers.append(found(index, "general"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [found(index, "general")] * 8


def test_the_same_data_in_any_order_give_the_same_bytes(tmp_path: Path) -> None:
    shuffled = [(iri, statements[::-1]) for iri, statements in SUBJECTS]
    random.Random(5).shuffle(shuffled)
    one, other = written(tmp_path / "one", SUBJECTS), written(tmp_path / "other", shuffled)

    assert one.path.read_bytes() == other.path.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "other"]


def test_a_subject_that_comes_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="came twice"):
        written(tmp_path / "index", [SUBJECTS[0], SUBJECTS[0]])


def tree(index: Index, slug: str, kind: str = "organization") -> list[str]:
    below = Browser(index, Filter(kind, parent=f"{WORDS.base}id/organization/{slug}"))
    return [each.iri.rpartition("/")[2] for each in below.things(size=-1)]


def test_a_body_with_two_parents_counts_once_below_each_and_once_above_both(tmp_path: Path) -> None:
    subjects = [body("top", "Top"), body("left", "Left", "top"), body("right", "Right", "top"),
                body("both", "Both", "left", "right"), body("leaf", "Leaf", "both"),
                said("post/p", (LABEL, "Post", "en"), ("org:postIn", "id/organization/leaf", ""),
                     ("org:postIn", "id/organization/right", ""))]  # fmt: skip
    index = written(tmp_path / "index", subjects)

    assert [*map(sorted, (tree(index, "left"), tree(index, "right")))] == [["both", "leaf"]] * 2
    assert sorted(tree(index, "top")) == ["both", "leaf", "left", "right"]
    assert [tree(index, slug, "post") for slug in ("top", "left", "right", "both")] == [["p"]] * 4
    assert index.counts(f"{WORDS.base}id/organization/top")["organization"] == 4
    assert index.counts(f"{WORDS.base}id/organization/top")["post"] == 1
    assert [above.label for above in index.ancestors(f"{WORDS.base}id/organization/leaf")] == ["Both", "Left", "Top"]


def test_bodies_in_a_circle_are_listed_and_end(tmp_path: Path) -> None:
    index = written(tmp_path / "index", [body("a", "A", "c"), body("b", "B", "a"), body("c", "C", "b")])

    assert {*tree(index, "a")} == {"b", "c"}
    assert len(index.ancestors(f"{WORDS.base}id/organization/a")) == 2


def test_the_tree_of_bodies_agrees_with_a_walk_over_random_ones(tmp_path: Path) -> None:
    draw = random.Random(11)
    parents = {n: draw.sample(range(n), min(n, draw.choice([0, 1, 1, 1, 2]))) for n in range(120)}
    index = written(
        tmp_path / "index", [body(f"b{n}", f"B {n}", *(f"b{p}" for p in above)) for n, above in parents.items()]
    )
    checked = 0
    for top in parents:
        below: set[int] = set()
        for n in parents:  # parents have smaller numbers
            if any(p == top or p in below for p in parents[n]):
                below.add(n)
        assert sorted(tree(index, f"b{top}")) == sorted(f"b{n}" for n in below)
        assert index.counts(f"{WORDS.base}id/organization/b{top}")["organization"] == len(below)
        checked += 1
    assert checked == 120


def test_children_come_in_pages_by_name(tmp_path: Path) -> None:
    index = written(
        tmp_path / "index", [body("top", "Top"), *(body(f"b{n}", f"Unit {n:03}", "top") for n in range(250))]
    )
    pages = [index.children(f"{WORDS.base}id/organization/top", page=page) for page in (1, 2, 3)]

    assert [page.total for page in pages] == [250] * 3
    assert [thing.label for page in pages for thing in page.things] == [f"Unit {n:03}" for n in range(250)]
    assert index.children(f"{WORDS.base}id/organization/nobody").total == 0


def test_a_person_is_below_the_bodies_of_their_tenures(index: Index) -> None:
    assert tree(index, "committee", "person") == tree(index, "office", "person") == ["deng"]
    assert tree(index, "state", "person") == []


def test_the_syllables_of_pinyin_are_all_there() -> None:
    """Without tones, ü as u, and without the interjections that have no vowel."""
    assert len(SYLLABLES) == 409
    assert {"zhuang", "lue", "er", "xiong", "ng", "lv"} & SYLLABLES == {"zhuang", "lue", "er", "xiong"}


def test_a_word_that_can_be_read_in_two_ways_is_found_by_both() -> None:
    assert splits("xian") == (("xian",), ("xi", "an"))
    assert splits("office") == ()
    assert splits("zhongyangbango", unfinished=True)[:2] == (
        ("zhong", "yang", "bang", "o"),
        ("zhong", "yang", "ban", "go"),
    )
    assert splits("a" * 59 + "q") == ()


def test_folding_leaves_what_names_have_in_common() -> None:
    assert fold("Zhōngyāng Łódź’s Straße Ⅷ") == "zhongyang lodzs strasse viii"
    assert key(words(fold("“General–Office” (中办)"))) == "generaloffice中办"


class Counted:
    """Subjects made one at a time, which knows how many are held at once."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __iter__(self) -> Iterator[Subject]:
        for n in range(self.number):
            yield body(f"b{n}", f"Unit {n}", *([f"b{n // 10}"] if n else []))


def test_writing_needs_no_more_memory_for_more_subjects(tmp_path: Path) -> None:
    """What Python holds at its peak stays the same for eight times the subjects."""
    peaks = []
    for number in (1_000, 8_000):
        tracemalloc.start()
        write_index(tmp_path / str(number), Counted(number), WORDS)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] < 3 * peaks[0] + 8_000_000, peaks  # a batch of rows, and the caches of words


def one_body() -> Dataset:
    made = Dataset.memory(WORDS)
    node = NamedNode(f"{WORDS.base}id/organization/one")
    made.add([Quad(node, NamedNode(WORDS.expand("rdfs:label")), Literal("One", language="en"))])
    return made


def test_a_release_has_the_index_of_its_record_under_its_checksums(tmp_path: Path) -> None:
    release = publish(one_body(), {"one": b""}, tmp_path)

    assert [hit.thing.label for hit in search(release.index, "one").hits] == ["One"]
    assert f"  {INDEX}\n" in (release.path / "SHA256SUMS").read_text("utf-8")


def test_a_release_without_an_index_is_refused_with_the_cure(tmp_path: Path) -> None:
    release = publish(one_body(), {"one": b""}, tmp_path)
    sums = release.path / "SHA256SUMS"
    sums.write_text("".join(line for line in sums.read_text("utf-8").splitlines(True) if INDEX not in line), "utf-8")
    (release.path / INDEX).unlink()

    with pytest.raises(ReleaseError, match=r"no index\.sqlite.*fasti build"):
        open_release(tmp_path)
    assert open_release_after_publishing(tmp_path) == ["One"]


def open_release_after_publishing(releases: Path) -> list[str]:
    return [hit.thing.label for hit in search(publish(one_body(), {"one": b""}, releases).index, "one").hits]


def test_an_index_of_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    written(path, SUBJECTS[:1])
    shutil.copy(path, tmp_path / "later")
    database = sqlite3.connect(tmp_path / "later")
    database.execute("PRAGMA user_version = 99")
    database.close()
    (tmp_path / "none").write_bytes(b"no database " * 100)

    with pytest.raises(ReleaseError, match="format 99"):
        search(Index(tmp_path / "later", WORDS.base), "x")
    with pytest.raises(ReleaseError, match="cannot be read"):
        search(Index(tmp_path / "none", WORDS.base), "x")
