"""Questions that people ask of the data, each with the answer that the source texts give.

A question is a pair of files: `TOPIC-what.rq` and `TOPIC-what.tsv`. The query starts with comments that say what it
asks, why that matters and where in the texts the answer stands; it spells its prefixes out, so that it runs
anywhere. The answer is written from the texts, not recorded from the output: a line with the variables, then a line
for each solution, cells separated by tabs. A cell is the lexical form of a term, an IRI shortened by the query's own
prefixes, or empty where nothing is bound. Order counts where the query says ORDER BY.

`# Control: "this" => "that"` belongs to a question whose right answer is nothing: put that way, the same query must
find something, so that it is the data which is silent and not the query which is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from fasti.build import Built, build, sources
from fasti.paths import data
from fasti.store import Literal, Term
from fasti.vocabulary import Vocabulary

HERE = Path(__file__).parent
QUESTIONS = sorted(path.stem for path in HERE.glob("*.rq"))
Row = tuple[str, ...]


@pytest.fixture(scope="session")
def seeds() -> Built:
    """The five seeds, built in memory with the default base."""
    return build(sources(data("seeds")), Vocabulary())


def _text(question: str) -> str:
    return (HERE / f"{question}.rq").read_text("utf-8")


def _expected(question: str) -> tuple[Row, list[Row]]:
    lines = (HERE / f"{question}.tsv").read_text("utf-8").removesuffix("\n").split("\n")
    header, *rows = [tuple(line.split("\t")) for line in lines]
    return header, rows


def _answer(built: Built, query: str) -> tuple[Row, list[Row]]:
    prefixes = re.findall(r"^PREFIX (\w+): <(.*)>$", query, re.M)
    found = built.dataset.store.query(query)
    names = tuple(variable.value for variable in found.variables)
    return names, [tuple(_cell(solution[name], prefixes) for name in names) for solution in found]


def _cell(term: Term | None, prefixes: list[tuple[str, str]]) -> str:
    if term is None or isinstance(term, Literal):
        return term.value.replace("\n", " ") if term else ""
    for prefix, namespace in prefixes:
        if term.value.startswith(namespace):
            return f"{prefix}:{term.value.removeprefix(namespace)}"
    return term.value


def _difference(expected: list[Row], found: list[Row]) -> Iterator[str]:
    yield from ("missing  " + " | ".join(row) for row in expected if row not in found)
    yield from ("unwanted " + " | ".join(row) for row in found if row not in expected)
    if sorted(expected) == sorted(found):
        yield from ("in this order: " + " | ".join(row) for row in found)


def test_there_are_at_least_sixty_questions() -> None:
    assert len(QUESTIONS) >= 60
    assert sorted(path.stem for path in HERE.glob("*.tsv")) == QUESTIONS


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_has_the_answer_that_the_texts_give(seeds: Built, question: str) -> None:
    header, expected = _expected(question)
    names, found = _answer(seeds, _text(question))
    assert names == header
    if "ORDER BY" not in _text(question):
        expected, found = sorted(expected), sorted(found)
    assert found == expected, "\n" + "\n".join(list(_difference(expected, found))[:30])


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_says_what_it_asks_and_why_and_where_the_answer_stands(question: str) -> None:
    assert re.match(r"# Asks: .+\n(#.*\n)*# Why: .+\n(#.*\n)*# Text: .+\n", _text(question))


@pytest.mark.parametrize("question", [question for question in QUESTIONS if "# Control: " in _text(question)])
def test_where_nothing_is_the_right_answer_a_control_finds_something(seeds: Built, question: str) -> None:
    text = _text(question)
    before, after = re.findall(r'^# Control: "(.*)" => "(.*)"$', text, re.M)[0]
    query = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    assert before in query
    assert not _answer(seeds, query)[1]
    assert _answer(seeds, query.replace(before, after))[1]


@pytest.mark.parametrize("question", [question for question in QUESTIONS if len(_expected(question)[1]) == 0])
def test_every_question_without_an_answer_has_a_control(question: str) -> None:
    assert "# Control: " in _text(question)


def test_every_quote_is_the_text_at_its_offsets(seeds: Built) -> None:
    texts = {document.stem: document.text for document in seeds.documents}
    query = """PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX dct: <http://purl.org/dc/terms/>
        SELECT ?source ?start ?end ?exact { GRAPH ?g { ?passage oa:hasSource/dct:identifier ?source ;
        oa:hasSelector/oa:start ?start ; oa:hasSelector/oa:end ?end ; oa:hasSelector/oa:exact ?exact } }"""
    found = list(seeds.dataset.store.query(query))
    assert len(found) > 100
    for solution in found:
        source, start, end, exact = (solution[name].value for name in ("source", "start", "end", "exact"))
        assert texts[source][int(start) : int(end)] == exact
