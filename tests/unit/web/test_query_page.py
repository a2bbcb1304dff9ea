"""`/sparql` over HTTP: who gets the protocol and who gets a page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
import rdflib
from flask import Flask
from flask.testing import FlaskClient

from fasti.paths import data
from fasti.web import create_app, current, sparql

EDITOR = data("seeds").parent / "server" / "editor"
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


def test_the_place_of_a_mistake_is_in_the_page(asking: FlaskClient) -> None:
    answer = asking.get("/sparql", query_string={"query": "SELECT *\n{ ?s rank }"}, headers={"Accept": "text/html"})

    assert 'data-line="2" data-column="6"' in answer.text
    assert "{ ?s rank }\n     ^</pre>" in answer.text


def test_dates_are_drawn_and_words_are_not(asking: FlaskClient) -> None:
    tenures = "SELECT ?name ?when { ?t org:member/rdfs:label ?name ; org:memberDuring/fasti:edtf ?when } ORDER BY ?when"
    drawn = asking.get("/sparql", query_string={"query": tenures}, headers={"Accept": "text/html"}).text
    plain = asking.get("/sparql", query_string={"query": NAMES}, headers={"Accept": "text/html"}).text

    assert drawn.count('<svg class="track"') == 3
    assert "unknown" in drawn
    assert "<svg" not in plain


def test_labels_with_markup_are_text_in_table_and_picture(asking: FlaskClient) -> None:
    query = 'SELECT ?l ?n { VALUES (?l ?n) { ("<b>one</b>" 1) ("<script>" 2) } }'
    answer = asking.get("/sparql", query_string={"query": query}, headers={"Accept": "text/html"}).text

    assert answer.count("&lt;b&gt;one&lt;/b&gt;") == 3  # the query itself is on the page too
    assert "<b>one" not in answer
    assert not re.search(r'<script(?! type="(?:module" src="/static/|application/ld\+json">))', answer)


def test_a_graph_can_be_downloaded_in_the_formats_of_graphs(asking: FlaskClient) -> None:
    query = {"query": "CONSTRUCT WHERE { ?s rdfs:label ?l }"}
    answer = asking.get("/sparql", query_string=query, headers={"Accept": "text/html"}).text

    for name in ("ttl", "jsonld", "nt", "rdf"):
        assert f"format={name}" in answer
        assert asking.get("/sparql", query_string=query | {"format": name}).status_code == 200


def test_without_the_editor_the_page_loads_nothing_of_it(asking: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sparql, "_EDITOR", data("seeds") / "no-such-file")
    answer = asking.get("/sparql", headers={"Accept": "text/html"}).text

    assert "vendor" not in answer
    assert "<textarea" in answer


def test_examples_are_links_that_lead_to_their_answers(asking: FlaskClient) -> None:
    page = asking.get("/sparql", headers={"Accept": "text/html"}).text
    links = re.findall(r'<li><a href="(/sparql\?example=[^"]+)"', page)

    assert links
    for link in links:
        found = asking.get(unescape(link), headers={"Accept": "text/html"})
        assert found.status_code == 200
        assert (
            sum(len(name) + len(value) + 4 for name, value in found.headers) < 2_000
        )  # a proxy's buffer for them is 4 KiB
        query = re.search(r"<textarea[^>]*>([^<]*)", found.text)
        assert query
        answer = asking.get("/sparql", query_string={"query": unescape(query[1])}, headers={"Accept": "text/html"})
        assert answer.text.count("<tr>") == found.text.count("<tr>") > 0


def test_an_example_that_there_is_not_is_a_question_without_a_query(asking: FlaskClient) -> None:
    assert asking.get("/sparql?example=no-such", headers={"Accept": "text/html"}).status_code == 400


def test_a_page_shows_what_it_can_bear_and_says_so(asking: FlaskClient) -> None:
    query = "SELECT * { GRAPH ?g { ?s ?p ?o } GRAPH ?h { ?t ?q ?u } } LIMIT 400"
    answer = asking.get("/sparql", query_string={"query": query}, headers={"Accept": "text/html"})

    shown = re.search(r"The first (\d+) rows are shown", answer.text)
    assert shown
    assert answer.text.count("<tr>") - 1 == int(shown[1]) < 400
    assert len(answer.data) < 80_000


def test_the_page_is_in_the_language_of_the_request(asking: FlaskClient) -> None:
    chosen = asking.get("/sparql", query_string={"query": NAMES, "lang": "zh-Hans"}, headers={"Accept": "text/html"})

    assert chosen.headers["Content-Language"] == "zh-Hans"
    assert 'name="lang" value="zh-Hans"' in chosen.text
    assert "Accept-Language" in chosen.headers["Vary"]


def test_terms_are_completed_by_prefixed_name_and_label(asking: FlaskClient) -> None:
    known = asking.get("/sparql/terms.json").get_json()
    terms = {term["name"]: term for term in known["terms"]}

    assert known["prefixes"]["org"] == "http://www.w3.org/ns/org#"
    assert terms["fasti:internalUnitOf"]["label"] == "internal unit of"
    assert (terms["rank:bureau-level"]["kind"], terms["rank:bureau-level"]["label"]) == (
        "concept",
        "<b>Bureau & level</b>",
    )
    assert terms["org:Membership"]["kind"] == "class"
    assert terms["org:Membership"]["uses"] == 3
    assert terms["org:subOrganizationOf"]["label"] == "sub organization of"


@pytest.mark.skipif(not EDITOR.is_dir(), reason="a wheel does not carry the editor's set-up")
def test_the_editor_is_pinned_by_digest_and_names_no_registry() -> None:
    packages = json.loads((EDITOR / "package-lock.json").read_text("utf-8"))["packages"]
    of_others = [about for folder, about in packages.items() if folder]

    assert len(of_others) >= 10
    assert all(about["integrity"].startswith("sha512-") and "resolved" not in about for about in of_others)
