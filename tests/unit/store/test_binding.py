"""Queries for a store that takes nothing but text say what the embedded engine's substitutions say."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Variable

from fasti.store.binding import bind, within

DATA = """
<http://e/a> <http://e/p> <http://e/b>, "?x { } #" . <http://e/b> <http://e/q> "b"@en .
<http://e/g> { <http://e/c> <http://e/p> <http://e/b> . <http://e/a> <http://e/p> <http://e/b> }
"""
A, B = NamedNode("http://e/a"), NamedNode("http://e/b")
CASES = [
    ("SELECT ?x ?o WHERE { ?x <http://e/p> ?o } ORDER BY ?o", {"x": A}),
    ("SELECT ?x ?o WHERE { $x <http://e/p> ?o OPTIONAL { ?o <http://e/q> ?x2 } } ORDER BY ?o", {"x": A}),
    ("SELECT ?x ?o (COUNT(*) AS ?n) WHERE { ?x ?p ?o } GROUP BY ?x ?o ORDER BY ?x ?o", {"x": A}),
    ("SELECT ?x ?s WHERE { ?s ?p ?o FILTER(?o = ?x) } ORDER BY ?s", {"x": Literal("b", language="en")}),
    ('SELECT ?x ?s WHERE { ?s ?p ?o FILTER(STR(?o) = "?x { } #") } # ?x {\nORDER BY ?x ?s', {"x": A}),
    (
        "SELECT ?x ?s WHERE { { SELECT ?x ?s WHERE { ?s <http://e/p> ?x } GROUP BY ?x ?s } UNION { ?x ?q ?s } } ORDER BY ?s",
        {"x": B},
    ),
    ("SELECT ?x ?g WHERE { GRAPH ?g { ?s ?p ?x } } ORDER BY ?g", {"x": B}),
    ("ASK { ?x <http://e/q> ?o }", {"x": B}),
]


def answer(query: str, **how: object) -> object:
    store = Store()
    store.load(DATA.encode(), format=RdfFormat.TRIG)
    found = store.query(query, **how)  # type: ignore[arg-type]
    return bool(found) if query.lstrip().startswith("ASK") else [tuple(map(str, row)) for row in found]  # type: ignore[union-attr]


@pytest.mark.parametrize(("query", "terms"), CASES)
def test_a_bound_query_answers_as_with_substitutions(query: str, terms: dict[str, NamedNode | Literal]) -> None:
    substitutions = {Variable(name): term for name, term in terms.items()}

    assert answer(bind(query, terms)) == answer(query, substitutions=substitutions)


def test_a_term_is_written_so_that_it_cannot_end_itself() -> None:
    hostile = Literal('" } ; DROP ALL #\n')

    assert answer(bind("SELECT ?s WHERE { ?s ?p ?x }", {"x": hostile})) == []


def test_a_name_that_the_query_has_not_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"\?y is no variable"):
        bind("SELECT ?x WHERE { ?x ?p ?o } # ?y", {"y": A})


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT ?s WHERE { ?s ?p ?o }", "SELECT ?s WHERE { GRAPH <http://e/g> { ?s ?p ?o } }"),
        ("ASK { ?s ?p ?o }", "ASK { GRAPH <http://e/g> { ?s ?p ?o } }"),
        ("CONSTRUCT { ?s ?p 1 } WHERE { ?s ?p ?o } LIMIT 1", "CONSTRUCT { ?s ?p 1 } WHERE { GRAPH <http://e/g> { ?s ?p ?o } } LIMIT 1"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "CONSTRUCT {  ?s ?p ?o  } WHERE { GRAPH <http://e/g> {  ?s ?p ?o  } }"),
        ("SELECT * { ?s ?p ?o } VALUES ?o { 1 }", "SELECT * { GRAPH <http://e/g> { ?s ?p ?o } } VALUES ?o { 1 }"),
        ("SELECT * { ?s ?p '}' # }\n}", "SELECT * { GRAPH <http://e/g> { ?s ?p '}' # }\n} }"),
        ("DESCRIBE ?s WHERE { ?s ?p ?o }", "DESCRIBE ?s WHERE { GRAPH <http://e/g> { ?s ?p ?o } }"),
    ],
)  # fmt: skip
def test_a_pattern_that_names_no_graph_is_asked_of_the_record(query: str, expected: str) -> None:
    assert within(query, NamedNode("http://e/g")) == expected


def test_a_part_that_names_a_graph_is_left_to_it() -> None:
    query = "SELECT ?s ?g WHERE { ?s <http://e/q> ?l GRAPH ?g { ?x <http://e/p> ?s } }"
    everything = Store()
    everything.load(DATA.encode(), format=RdfFormat.TRIG)
    everything.update("INSERT { GRAPH <http://e/record> { ?s ?p ?o } } WHERE { ?s ?p ?o }")

    rows = {tuple(map(str, row)) for row in everything.query(within(query, NamedNode("http://e/record")))}  # type: ignore[union-attr]

    assert ("<http://e/b>", "<http://e/g>") in rows


def test_a_query_without_a_pattern_cannot_be_asked_of_one_graph() -> None:
    with pytest.raises(ValueError, match="pattern was expected"):
        within("DESCRIBE <http://e/a>", NamedNode("http://e/g"))
