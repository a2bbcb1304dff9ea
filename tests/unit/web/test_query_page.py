"""`/sparql` over HTTP: who gets the protocol and who gets a page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from flask import Flask
from flask.testing import FlaskClient

from fasti.web import create_app, current

NAMES = "SELECT ?name { ?person a foaf:Person ; rdfs:label ?name } ORDER BY ?name"


@pytest.fixture(scope="module")
def asked(releases: Path) -> Iterator[Flask]:
    app = create_app(releases)
    yield app
    current(app).close()


@pytest.fixture
def asking(asked: Flask) -> FlaskClient:
    return asked.test_client()


def test_a_program_gets_results(asking: FlaskClient) -> None:
    answer = asking.get("/sparql", query_string={"query": NAMES})

    assert answer.mimetype == "application/sparql-results+json"
    names = [row["name"]["value"] for row in json.loads(answer.data)["results"]["bindings"]]
    assert names == ["He Zai", "Li Na", "Wang Gang"]


def test_a_query_may_be_posted_either_way(asking: FlaskClient) -> None:
    form = asking.post("/sparql", data={"query": NAMES}, headers={"Accept": "text/csv"})
    direct = asking.post("/sparql", data=NAMES, content_type="application/sparql-query", headers={"Accept": "text/csv"})

    assert form.data == direct.data
    assert form.mimetype == "text/csv"


def test_a_person_gets_a_table_with_downloads(asking: FlaskClient) -> None:
    answer = asking.get("/sparql", query_string={"query": NAMES}, headers={"Accept": "text/html,*/*;q=0.8"})

    assert answer.mimetype == "text/html"
    assert '<td><span lang="en">Wang Gang</span>' in " ".join(answer.text.split())
    assert "format=csv" in answer.text
    assert asking.get("/sparql", query_string={"query": NAMES, "format": "csv"}).mimetype == "text/csv"


def test_without_a_query_a_person_gets_the_form_and_a_program_the_description(asking: FlaskClient) -> None:
    assert "<textarea" in asking.get("/sparql", headers={"Accept": "text/html"}).text
    answer = asking.get("/sparql", headers={"Accept": "text/turtle"})
    service = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#").Service
    assert list(rdflib.Graph().parse(data=answer.text, format="turtle").subjects(rdflib.RDF.type, service))


def test_an_error_is_a_problem_for_programs_and_words_for_people(asking: FlaskClient) -> None:
    wrong = {"query": "SELECT * { ?s ?p }"}
    program = asking.get("/sparql", query_string=wrong)
    person = asking.get("/sparql", query_string=wrong, headers={"Accept": "text/html"})

    assert (program.status_code, program.mimetype) == (400, "application/problem+json")
    assert (person.status_code, person.mimetype) == (400, "text/html")
    assert "SELECT * { ?s ?p }</textarea>" in person.text
    assert 'role="alert"' in person.text


@pytest.mark.parametrize("query", ["INSERT DATA { <a> <b> <c> }", "DELETE WHERE { ?s ?p ?o }"])
def test_nothing_can_be_changed(asking: FlaskClient, query: str) -> None:
    for answer in (
        asking.get("/sparql", query_string={"query": query}),
        asking.post("/sparql", data={"update": query}),
    ):
        assert answer.status_code in (400, 405)
    assert asking.put("/sparql", data="x").status_code == 405


def test_any_origin_may_ask(asking: FlaskClient) -> None:
    answer = asking.get("/sparql", query_string={"query": "ASK {}"})

    assert answer.headers.getlist("Access-Control-Allow-Origin") == ["*"]
