"""Each ready question, asked of the five seeds: the answer is written from the texts, and the lines are named."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from fasti.build import Built, build, sources
from fasti.paths import data
from fasti.questions import Question, complete, day, examples, filled, questions
from fasti.store import Dataset, Literal, NamedNode, Quad
from fasti.store.terms import Engine, Term
from fasti.vocabulary import Vocabulary

VOCABULARY = Vocabulary()
Ask = Callable[..., list[tuple[str, ...]]]

OGS, SECRETARYS_OFFICE = "organization/ogs", "organization/secretarys-office--general-office-ccp"
OGS_DIRECTOR, OFFICE_DIRECTOR = "post/director--ogs", "post/director--secretarys-office--general-office-ccp"
CPPCC = "organization/general-office-cppcc"

# Question, blanks, columns that are looked at, rows: the words of the seeds stand in lists and sentences there.
ANSWERS: Sequence[tuple[str, Mapping[str, str], str, list[tuple[str, ...]]]] = [
    # 002, lines 24 to 29: a list of directors with years.
    (
        "holders-of-a-post-on-a-day",
        {"post": OGS_DIRECTOR, "day": "1989-06-04"},
        "certainty personLabel mode when",
        [("possible", "Bao Tong", "de facto", "1987/1989-06"), ("possible", "Jia Tingan", "", "1989-06/2002")],
    ),
    (
        "holders-of-a-post-on-a-day",
        {"post": OGS_DIRECTOR, "day": "1995-01-01"},
        "certainty personLabel",
        [("certain", "Jia Tingan")],
    ),
    ("holders-of-a-post-on-a-day", {"post": OGS_DIRECTOR, "day": "1981-12-31"}, "personLabel", []),
    (
        "holders-of-a-post",
        {"post": OGS_DIRECTOR},
        "personLabel when basis",
        [
            ("Lin Mu", "1982/1987", "dated"),
            ("Bao Tong", "1987/1989-06", "dated"),
            ("Jia Tingan", "1989-06/2002", "dated"),
            ("Chen Shiju", "2002/2013", "dated"),
            ("Ding Xuexiang", "2013/2023", "dated"),
            ("Han Shiming", "2023/..", "dated"),
        ],
    ),
    # 001, line 24: its chief at that time, 1942; lines 10 and 11: the incumbent.
    (
        "holders-of-a-post",
        {"post": "post/director--general-office-ccp"},
        "personLabel when basis",
        [("Li Fuchun", "1942", "attested"), ("Cai Qi", "", "incumbent")],
    ),
    # 002, line 29 against 003, line 2: the list outweighs the sentence.
    (
        "head-of-a-body-on-a-day",
        {"body": OGS, "day": "2024-05-01"},
        "certainty personLabel postLabel",
        [("certain", "Han Shiming", "Director")],
    ),
    # 000, line 8: a leader without a date is possible on any day.
    (
        "head-of-a-body-on-a-day",
        {"body": "organization/secretariat--general-office-ccp--1966", "day": "2020-01-01"},
        "certainty personLabel basis",
        [("possible", "Kong Shaoxun", "incumbent")],
    ),
    # 000, lines 45 to 50.
    (
        "office-holders-of-a-body-on-a-day",
        {"body": SECRETARYS_OFFICE, "day": "1956-12-31"},
        "certainty postLabel personLabel mode",
        [
            ("certain", "Deputy Director", "Chen Bingchen", ""),
            ("certain", "Director", "He Zai", "head"),
            ("possible", "Director", "Tian Jiaying", ""),
        ],
    ),
    (
        "only-possible-tenures-on-a-day",
        {"body": SECRETARYS_OFFICE, "day": "1966-05-20"},
        "personLabel when",
        [("Chen Bingchen", "1956/1966"), ("Tian Jiaying", "/1966-05"), ("Wang Gang", "1957/")],
    ),
    # 000, line 47: the parenthesis is a second post, without a date.
    (
        "career-of-a-person",
        {"person": "person/tian-jiaying"},
        "postLabel when basis",
        [("Director", "/1966-05", "dated"), ("Deputy Director", "", "undated")],
    ),
    (
        "colleagues-of-a-person",
        {"person": "person/he-zai"},
        "certainty colleagueLabel",
        [("certain", "Chen Bingchen"), ("possible", "Tian Jiaying"), ("possible", "Wang Gang")],
    ),
    # 003, line 2: concurrently head of the General Office and member of the Standing Committee.
    (
        "people-of-two-bodies",
        {"one": "organization/general-office-ccp", "other": "organization/politburo-standing-committee-ccp"},
        "personLabel firstPostLabel secondPostLabel",
        [("Cai Qi", "Director", "Member")],
    ),
    (
        "overlapping-tenures-of-a-post",
        {"post": OFFICE_DIRECTOR},
        "certainty personLabel laterLabel",
        [
            ("possible", "He Zai", "Wang Gang"),
            ("possible", "He Zai", "Tian Jiaying"),
            ("possible", "Wang Gang", "Tian Jiaying"),
        ],
    ),
    (
        "posts-without-a-certain-holder",
        {"body": SECRETARYS_OFFICE, "day": "1960-01-01"},
        "state postLabel possibleHolders",
        [("possibly held", "Director", "Tian Jiaying, Wang Gang")],
    ),
    ("posts-without-a-certain-holder", {"body": SECRETARYS_OFFICE, "day": "1956-12-31"}, "postLabel", []),
    # 002, lines 6 and 24: a post of a body that was founded in June 1989, with two de facto holders before.
    ("posts-without-a-certain-holder", {"body": OGS, "day": "1981-01-01"}, "postLabel", []),
    (
        "posts-without-a-certain-holder",
        {"body": OGS, "day": "2024-01-01"},
        "state postLabel possibleHolders",
        [("nobody known", "Staff", "")],
    ),
    # 004, lines 26 to 29: three bureaus under the Research Office.
    (
        "units-of-a-body-on-a-day",
        {"body": "organization/research-office--general-office-cppcc", "day": "1990-01-01"},
        "distance certainty unitLabel basis",
        [
            ("direct", "possible", "Information Bureau of the Research Office", "undated"),
            ("direct", "possible", "Office of the Research Office", "undated"),
            ("direct", "possible", "Theoretical Bureau of the Research Office", "undated"),
        ],
    ),
    # 000, lines 45 to 50; an end that is unknown may be in these years, and so may a beginning that is.
    (
        "changes-in-a-body",
        {"body": SECRETARYS_OFFICE, "from": "1956-01-01", "to": "1957-12-31"},
        "certainty change subjectLabel earliest latest",
        [
            ("certain", "takes up a post", "Chen Bingchen", "1956-01-01", "1956-12-31"),
            ("certain", "takes up a post", "He Zai", "1956-01-01", "1956-12-31"),
            ("certain", "leaves a post", "He Zai", "1957-01-01", "1957-12-31"),
            ("certain", "takes up a post", "Wang Gang", "1957-01-01", "1957-12-31"),
            ("possible", "leaves a post", "Wang Gang", "1957-01-01", ""),
            ("possible", "takes up a post", "Tian Jiaying", "", "1966-05-31"),
        ],
    ),
    # 000, lines 14 and 16: founded on 18 June 1966; the year of the abolition before is only probable.
    (
        "changes-in-a-body",
        {"body": "organization/secretariat--general-office-ccp--1955", "from": "1955-01-01", "to": "1966-06-30"},
        "certainty change earliest latest",
        [
            ("certain", "comes into being", "1955-01-01", "1955-12-31"),
            ("possible", "changes or ends", "1966-01-01", "1966-12-31"),
        ],
    ),
    # 004, line 18: the predecessor.
    (
        "what-became-of-a-body",
        {"body": "organization/secretariat-cppcc-national-committee"},
        "beforeLabel afterLabel",
        [
            (
                "Secretariat of the CPPCC National Committee",
                "General Office of the National Committee of the Chinese People's Political Consultative Conference",
            )
        ],
    ),
    (
        "what-came-before-a-body",
        {"body": CPPCC},
        "beforeLabel when",
        [("", "1980-12-30"), ("", "1949-10"), ("Secretariat of the CPPCC National Committee", "")],
    ),
    # 001, line 24: exercised by others before, which is not to say that it came from them.
    (
        "what-came-before-a-body",
        {"body": "organization/general-office-ccp"},
        "event before",
        [("", "organization/organization-department-ccp"), ("", "organization/technical-secretariats--ccp")],
    ),
    # 002, lines 7, 8, 11, 29; 003, line 2.
    (
        "conflicts",
        {},
        "about valueLabel statusLabel weight passage",
        [
            (OGS, "Han Shiming", "preferred", "3", "passage/002_1d64dcd03acc08de/2750-2772"),
            (OGS, "Han Shiming", "preferred", "3", "passage/002_1d64dcd03acc08de/478-504"),
            (OGS, "Cai Qi", "contested", "1", "passage/003_bd2f3338674bbc18/897-962"),
            (OGS, "departmental level", "contested", "2", "passage/002_1d64dcd03acc08de/367-400"),
            (OGS, "deputy-ministerial level", "contested", "2", "passage/002_1d64dcd03acc08de/255-366"),
        ],
    ),
    (
        "documents-that-speak-of",
        {"thing": "person/tian-jiaying"},
        "document passages firstLine",
        [("source/000_71a7f1b4f807d914", "1", "47")],
    ),
    (
        "who-says-so",
        {"thing": "person/tian-jiaying"},
        "value words line",
        [
            (
                "http://xmlns.com/foaf/0.1/Person",
                "- Tian Jiaying (? - May 1966, deputy director of the General Office of the CCP Central Committee)",
                "47",
            ),
            (
                "Tian Jiaying",
                "- Tian Jiaying (? - May 1966, deputy director of the General Office of the CCP Central Committee)",
                "47",
            ),
        ],
    ),
]


@pytest.fixture(scope="module")
def seeds() -> Built:
    return build(sources(data("seeds")), VOCABULARY)


@pytest.fixture(scope="module")
def ask(seeds: Built) -> Ask:
    """Asks a question of the seeds as anybody would, with nothing but the completed text."""

    def asked(name: str, blanks: Mapping[str, str], columns: str) -> list[tuple[str, ...]]:
        question = questions()[name]
        found: Engine = seeds.dataset.store.query(complete(question, _terms(question, blanks), VOCABULARY))
        return [tuple(_cell(solution[column]) for column in columns.split()) for solution in found]

    return asked


def _terms(question: Question, blanks: Mapping[str, str]) -> dict[str, Term]:
    return {
        blank.name: day(blanks[blank.name], VOCABULARY)
        if blank.is_day
        else NamedNode(f"{VOCABULARY.base}id/{blanks[blank.name]}")
        for blank in question.blanks
    }


def _cell(term: Term | None) -> str:
    return term.value.removeprefix(f"{VOCABULARY.base}id/") if term is not None else ""


def test_every_question_has_an_answer_from_the_seeds() -> None:
    assert len(questions()) == 17
    assert {name for name, *_ in ANSWERS} == set(questions())


@pytest.mark.parametrize(
    ("name", "blanks", "columns", "rows"), ANSWERS, ids=[f"{n}-{i}" for i, (n, *_) in enumerate(ANSWERS)]
)
def test_a_question_has_the_answer_that_the_texts_give(
    ask: Ask, name: str, blanks: Mapping[str, str], columns: str, rows: list[tuple[str, ...]]
) -> None:
    found = ask(name, blanks, columns)
    if name == "changes-in-a-body" and "subjectLabel" in columns:  # a tenure's label goes on with post and body
        found = [(row[0], row[1], row[2].partition(",")[0], *row[3:]) for row in found]
    if name == "posts-without-a-certain-holder" and found and len(found[0]) > 2:  # names are in no order
        found = [(*row[:2], ", ".join(sorted(row[2].split(", ")))) for row in found]

    assert found == rows


def test_a_body_that_nobody_knows_has_an_empty_answer(ask: Ask) -> None:
    asked = 0
    for question in questions().values():
        if question.blanks:
            blanks = {b.name: "1966-05-20" if b.is_day else f"{b.kinds[0]}/no-such-thing" for b in question.blanks}
            assert ask(question.name, blanks, "") == [], question.name
            asked += 1

    assert asked == 16


def test_odd_days_are_days(ask: Ask) -> None:
    """The first and the last day of the calendar, and a leap day: nobody is certain but who goes on."""
    asked = 0
    for question in questions().values():
        days = [blank for blank in question.blanks if blank.is_day]
        for odd in ("0001-01-01", "1988-02-29", "9999-12-31") if days else ():
            blanks = {b.name: odd if b.is_day else b.default.removeprefix("id/") for b in question.blanks}
            ask(question.name, blanks, "")
            asked += 1
    last = ask("holders-of-a-post-on-a-day", {"post": OGS_DIRECTOR, "day": "9999-12-31"}, "certainty personLabel")

    assert asked == 21
    assert last == [("certain", "Han Shiming")]
    assert ask("holders-of-a-post-on-a-day", {"post": OGS_DIRECTOR, "day": "0001-01-01"}, "personLabel") == []


def test_each_example_of_the_catalog_has_an_answer_and_is_described_for_editors(seeds: Built) -> None:
    """As the SPARQL examples of the SIB are: the classes, `sh:select`, `rdfs:comment`, `schema:target`."""
    described = Dataset.memory(VOCABULARY)
    described.add(examples(seeds.dataset))
    select, kind = (NamedNode(VOCABULARY.expand(name)) for name in ("sh:select", "rdf:type"))
    executable = NamedNode(VOCABULARY.expand("sh:SPARQLSelectExecutable"))
    found = [quad.subject for quad in described.quads(None, kind, executable)]

    assert len(found) == 17
    for subject in found:
        said = {quad.predicate.value for quad in described.quads(subject)}
        assert {VOCABULARY.expand(name) for name in ("rdfs:label", "rdfs:comment", "schema:target")} <= said
        (query,) = (quad.object.value for quad in described.quads(subject, select))
        rows: Engine = seeds.dataset.store.query(query)
        assert len(list(rows)) > 0, subject.value


def test_an_example_names_what_is_there_when_the_default_is_not() -> None:
    other = Dataset.memory(VOCABULARY)
    person, kind = NamedNode(f"{VOCABULARY.base}id/person/somebody"), NamedNode(VOCABULARY.expand("rdf:type"))
    other.add([Quad(person, kind, NamedNode(VOCABULARY.expand("foaf:Person")))])

    assert filled(other, questions()["career-of-a-person"]) == {"person": person}
    assert filled(other, questions()["holders-of-a-post"]) == {}
    assert {quad.subject.value.rpartition("/")[2] for quad in examples(other)} == {
        "career-of-a-person", "colleagues-of-a-person", "conflicts", "documents-that-speak-of", "who-says-so",
    }  # fmt: skip


def test_a_term_cannot_leave_its_place_in_the_query() -> None:
    """Whatever a literal holds, it is written as one token."""
    question = questions()["holders-of-a-post"]
    text = complete(question, {"post": Literal('x" } DROP ALL #\n\\')}, VOCABULARY)

    assert '(?post) { ("x\\" } DROP ALL #\\n\\\\") }' in text


@pytest.mark.parametrize("question", questions().values(), ids=str)
def test_a_completed_query_declares_what_it_uses(question: Question) -> None:
    terms = _terms(question, {b.name: "1966-05-20" if b.is_day else f"{b.kinds[0]}/x" for b in question.blanks})
    text = complete(question, terms, VOCABULARY)
    strange = Dataset.memory(VOCABULARY).store

    strange.query(text)  # without prefixes and without a base of its own
    assert "subOrganizationOf*" not in text
    assert all(f"{{{blank.name}}}" in question.title for blank in question.blanks)
