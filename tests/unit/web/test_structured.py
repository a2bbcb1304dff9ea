"""Every page says what it is to programs, has a twin as data, and shows the query behind it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from flask import Flask
from flask.testing import FlaskClient
from rdflib import Graph, URIRef

from fasti.web import create_app, current

PAGES = ["/", "/search", "/doc/organization/bureau-of-records", "/doc/post/director--bureau-of-records", "/doc/person/li-na", "/search?q=records", "/browse/organization", "/browse/person?lang=zh-Hans", "/browse/membership",
         "/questions/", "/questions/career-of-a-person", "/source/", "/source/records", "/dumps/", "/def", "/shapes", "/quality", "/catalog", "/graph/evidence", "/chart/timeline/organization/bureau-of-records"]  # fmt: skip


@pytest.fixture(scope="module")
def site(releases: Path) -> Iterator[Flask]:
    app = create_app(releases)
    yield app
    current(app).close()


@pytest.fixture
def client(site: Flask) -> FlaskClient:
    return site.test_client()


def page(client: FlaskClient, path: str) -> str:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return answer.text


def said(client: FlaskClient, path: str) -> dict[str, Any]:
    """What the one script of data in a page says."""
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page(client, path), re.DOTALL)
    found: dict[str, Any] = json.loads(text)
    return found


@pytest.mark.parametrize("path", [*PAGES, "/search", "/sparql", "/sparql?query=ASK+%7B%7D"])
def test_every_page_says_what_it_is(client: FlaskClient, path: str) -> None:
    found = said(client, path)

    assert found.keys() & {"@type", "@graph"}
    assert "@id" not in found or urljoin("http://localhost:8000/", found["@id"]).startswith("http://localhost:8000/")


@pytest.mark.parametrize("path", [*PAGES, "/search", "/sparql"])
def test_every_page_has_a_twin_as_data_that_answers(client: FlaskClient, path: str) -> None:
    links = re.findall(r'<(?:link|a)\b[^>]*rel="alternate"[^>]*>', page(client, path))
    twins = [unescape(re.findall(r'href="([^"]*)"', link)[0]) for link in links]

    assert twins
    for twin in twins:
        assert client.get(urljoin(path, twin)).status_code == 200, twin


@pytest.mark.parametrize("path", PAGES)
def test_every_page_shows_a_query_that_is_answered(client: FlaskClient, path: str) -> None:
    (link, *_) = re.findall(r'href="(/sparql\?[^"]*query=[^"]*)"', page(client, path))
    answer = client.get(unescape(link), headers={"Accept": "text/turtle, application/sparql-results+json;q=0.9"})

    assert answer.status_code == 200, answer.text
    # Of this release the checks found nothing.
    assert (b'"bindings":[{' in answer.data or answer.mimetype == "text/turtle") != (path in ("/quality", "/shapes"))


@pytest.mark.parametrize("query", ["", "?at=1957"])
@pytest.mark.parametrize(
    "path",
    [
        "organization/bureau-of-records", "organization/old-registry", "post/director--bureau-of-records", "person/li-na",
        "membership/he-zai--director--bureau-of-records--1956", "event/foundation--bureau-of-records",
        "period/reform", "source/records", "conflict/head--bureau-of-records",
    ],
)  # fmt: skip
def test_the_query_of_an_entity_gives_what_its_data_say(client: FlaskClient, path: str, query: str) -> None:
    """In both directions, of hash children too, with labels; but for the document itself, and what a day leaves out."""
    (link, *_) = re.findall(r'href="(/sparql\?[^"]*query=[^"]*)"', page(client, f"/doc/{path}{query}"))
    asked = Graph().parse(data=client.get(unescape(link), headers={"Accept": "text/turtle"}).text)
    whole = Graph().parse(data=client.get(f"/doc/{path}.ttl").text)
    document = URIRef(f"http://localhost:8000/doc/{path}")

    assert set(asked) == {triple for triple in whole if triple[0] != document}
    assert len(asked) > 3


@pytest.mark.parametrize("path", ["/search?q=records", "/browse/organization", "/questions/", "/source/", "/def"])
def test_a_list_names_what_it_leads_to(client: FlaskClient, path: str) -> None:
    found = said(client, path)["mainEntity"]
    items = [each["item"] for each in found["itemListElement"]]

    assert found["numberOfItems"] >= len(items) > 0
    assert [each["position"] for each in found["itemListElement"]] == list(range(1, len(items) + 1))
    for item in items:
        assert item["name"]
        answer = client.get(item["@id"].removeprefix("http://localhost:8000"), follow_redirects=True)
        assert answer.status_code == 200, item


def test_what_says_the_same_as_data_has_the_type_it_says(client: FlaskClient) -> None:
    for path in ("/search?q=records", "/browse/organization", "/questions/career-of-a-person", "/quality", "/def"):
        for twin in said(client, path)["encoding"]:
            answer = client.get(twin["contentUrl"].removeprefix("http://localhost:8000"))
            assert (answer.status_code, answer.mimetype) == (200, twin["encodingFormat"]), twin


def test_names_cannot_end_the_script(client: FlaskClient) -> None:
    found = said(client, "/search?q=%3C/script%3E%3Cb%3Ex")

    assert "</script><b>x" in found["name"]
