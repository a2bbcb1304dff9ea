"""An entity in plain words: what the record says, no more, in the language of the interface."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fasti.release import publish
from fasti.store import Dataset
from fasti.web import create_app, current
from fasti.web.moments import Bounds
from fasti.web.steps import _of

MORE = """
@prefix fasti: <def#> . @prefix org: <http://www.w3.org/ns/org#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix time: <http://www.w3.org/2006/time#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix status: <scheme/date-status#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
<id/post/director--bureau-of-records> org:role org:Head .
<id/organization/archive> a org:OrganizationalUnit ; rdfs:label "<i>Archive</i>"@en ; skos:prefLabel "<i>Archive</i>"@en, "档案馆"@zh-Hans ;
  org:subOrganizationOf <id/organization/bureau-of-records> .
<id/post/keeper--archive> a org:Post ; rdfs:label "Keeper"@en ; org:postIn <id/organization/archive> ; org:role org:Head .
<id/membership/ma-li--keeper--archive--1957> a org:Membership ; rdfs:label "Ma Li, Keeper"@en ; org:member <id/person/ma-li> ;
  fasti:post <id/post/keeper--archive> ; org:organization <id/organization/archive> ; org:memberDuring <id/membership/ma-li--keeper--archive--1957#time> .
<id/membership/ma-li--keeper--archive--1957#time> a time:Interval ; fasti:beginStatus status:known ; fasti:endStatus status:unknown ;
  time:hasBeginning <id/membership/ma-li--keeper--archive--1957#begin> ; fasti:earliestBegin "1957-01-01"^^xsd:date ;
  fasti:latestBegin "1957-12-31"^^xsd:date ; fasti:earliestEnd "1957-01-01"^^xsd:date .
<id/membership/ma-li--keeper--archive--1957#begin> a time:Instant ; time:inXSDgYear "1957"^^xsd:gYear .
<id/person/ma-li> a foaf:Person ; rdfs:label "Ma Li"@en .
<id/post/clerk--archive> a org:Post ; rdfs:label "Clerk"@en ; org:postIn <id/organization/archive> .
<id/organization/empty-office> a org:Organization ; rdfs:label "Empty Office"@en .
<id/post/head--empty-office> a org:Post ; rdfs:label "Head"@en ; org:postIn <id/organization/empty-office> ; org:role org:Head .
"""


@pytest.fixture(scope="module")
def app(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("sentences")
    (folder / "more.ttl").write_text(MORE, "utf-8")
    made = Dataset.memory(dataset.vocabulary)
    made.add(dataset.quads())
    made.load(folder / "more.ttl")
    publish(made, {}, Path(folder) / "releases")
    serving = create_app(folder / "releases")
    yield serving
    current(serving).close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def said(client: FlaskClient, path: str) -> str:
    """The sentence on a page, as text."""
    text = client.get(path, headers={"Accept": "text/html"}).text
    found = re.search(r'<p class="lead sentence">(.*?)</p>', text, re.DOTALL)
    return html.unescape(re.sub("<[^>]*>", "", found[1])) if found else ""


BUREAU, POST = "/doc/organization/bureau-of-records", "/doc/post/director--bureau-of-records"
SENTENCES = [
    (BUREAU, "An internal unit of the Ministry of Works; headed by Li Na since 2023."),
    (
        f"{BUREAU}?at=1957-01-01",
        "On 1 January 1957: An internal unit of the Ministry of Works; headed by He Zai; possibly headed by Wang Gang (person in charge; from 1957, end unknown).",
    ),
    (f"{BUREAU}?at=1952", "In 1952: An internal unit of the Ministry of Works."),
    ("/doc/organization/ministry-of-works", "A body."),
    (
        "/doc/organization/old-registry",
        "A part of the Ministry of Works; in existence until May 1936, beginning unknown.",
    ),
    ("/doc/organization/old-registry?at=1950", ""),
    (
        "/doc/organization/archive",
        "A part of the Bureau of Records; no source says who heads it now: the last head named is Ma Li (from 1957, end unknown).",
    ),
    ("/doc/organization/empty-office", "A body; no source names its head."),
    (POST, "The head of the Bureau of Records; held by Li Na since 2023."),
    (
        f"{POST}?at=1990",
        "In 1990: The head of the Bureau of Records; possibly held by Wang Gang (person in charge; from 1957, end unknown).",
    ),
    ("/doc/post/clerk--archive", "A post in <i>Archive</i>; no source names a holder."),
    ("/doc/person/li-na", "Director of the Bureau of Records since 2023."),
    ("/doc/person/wang-gang", "Named as Director of the Bureau of Records (person in charge; from 1957, end unknown)."),
    (
        "/doc/person/wang-gang?at=1999",
        "In 1999: possibly Director of the Bureau of Records (person in charge; from 1957, end unknown).",
    ),
    (
        "/doc/membership/li-na--director--bureau-of-records--2023",
        "Li Na, Director of the Bureau of Records since 2023.",
    ),
    (
        f"{BUREAU}?at=1957-06",
        "In June 1957: An internal unit of the Ministry of Works; possibly headed by He Zai (1956 to 1957) or Wang Gang (person in charge; from 1957, end unknown).",
    ),
    ("/doc/event/foundation--bureau-of-records", "Foundation: October 1949."),
    ("/doc/source/records", ""),
]


@pytest.mark.parametrize(("path", "sentence"), SENTENCES)
def test_a_sentence_says_what_the_record_says(client: FlaskClient, path: str, sentence: str) -> None:
    """Unknown is neither current nor vacant, possible is not certain, and what is not said is left out."""
    assert said(client, path) == sentence


def test_a_label_with_markup_is_text_in_a_sentence_and_in_the_description(client: FlaskClient) -> None:
    text = client.get("/doc/post/clerk--archive", headers={"Accept": "text/html"}).text

    assert "<i>" not in text
    assert "A post in <a" in text


def test_the_sentence_is_what_search_engines_are_told(client: FlaskClient) -> None:
    text = client.get(POST, headers={"Accept": "text/html"}).text

    assert '<meta name="description" content="The head of the Bureau of Records; held by Li Na since 2023.">' in text


def test_dates_are_in_the_language_of_the_interface(client: FlaskClient) -> None:
    assert "2023年" in said(client, f"{POST}?lang=zh-Hans")
    assert "2023年" not in said(client, POST)


def test_a_name_in_the_language_of_the_interface_comes_first(client: FlaskClient) -> None:
    """Then English, marked as such."""
    chinese = client.get("/doc/organization/archive?lang=zh-Hans", headers={"Accept": "text/html"}).text
    post = client.get("/doc/post/clerk--archive?lang=zh-Hans", headers={"Accept": "text/html"}).text

    assert "<h1>档案馆</h1>" in chinese
    assert '<h1 lang="en">Clerk</h1>' in post
    assert "<h1>&lt;i&gt;Archive&lt;/i&gt;</h1>" in client.get("/doc/organization/archive.html").text


def test_a_chain_leads_to_the_bodies_above(client: FlaskClient) -> None:
    text = client.get("/doc/post/clerk--archive.html").text
    chain = re.search(r'<nav class="chain".*?</nav>', text, re.DOTALL)

    assert chain is not None
    assert re.findall(r'href="([^"]+)"', chain[0]) == [
        "/doc/organization/ministry-of-works", "/doc/organization/bureau-of-records", "/doc/organization/archive"]  # fmt: skip


@pytest.mark.parametrize(
    ("at", "before", "after"),
    [
        ("", "2023", ""),
        ("2023", "1957", ""),
        ("1957-06-01", "1957", "2023"),
        ("1957", "1956", "2023"),
        ("1956-01-01", "", "1956"),
        ("1990", "1957", "2023"),
        ("2024-01-01", "2023", ""),
    ],
)
def test_a_reader_steps_from_change_to_change(client: FlaskClient, at: str, before: str, after: str) -> None:
    """A change is named as exactly as the sources do: a tenure that began in 2023 did not begin on a day of it."""
    text = client.get(f"{POST}.html", query_string={"at": at}).text
    steps = re.search(r'<span class="steps">.*?</span>\s*<span class="help"', text, re.DOTALL)
    assert steps is not None
    found = dict(re.findall(r'rel="(prev|next)" href="[^"]*\?at=([\d-]+)"', steps[0]))

    assert (found.get("prev", ""), found.get("next", "")) == (before, after)


@pytest.mark.parametrize(
    ("bounds", "dates"),
    [
        (Bounds((1956, 1, 1), (1956, 12, 31), (1957, 5, 1), (1957, 5, 31)), ["1956", "1957-05"]),
        (Bounds((1966, 6, 18), (1966, 6, 18), (1966, 6, 18)), ["1966-06-18"]),
        (Bounds(latest_begin=(1966, 5, 31), earliest_end=(1966, 5, 1), latest_end=(1966, 5, 31)), ["1966-05"]),
        (Bounds((1980, 1, 1), (1989, 12, 31), (1990, 1, 1), (1990, 12, 31)), ["1980", "1989", "1990"]),
        (Bounds(latest_begin=(1942, 12, 31), ongoing=True), ["1942"]),
        (Bounds((1966, 3, 5), (1966, 4, 20)), ["1966"]),
        (Bounds(), []),
    ],
)
def test_a_change_has_the_precision_of_its_bounds(bounds: Bounds, dates: list[str]) -> None:
    """What one end lends the other is no change."""
    assert list(_of(bounds)) == dates


def test_who_holds_a_post_is_told_only_where_a_source_says_so(client: FlaskClient) -> None:
    text = client.get("/doc/organization/archive.html").text

    assert (
        text.index("Keeper")
        < text.index("Who holds it now, no source says.")
        < text.index(">Ma Li<", text.index('id="posts"'))
    )
    assert "No source names a holder." in text[text.index("Clerk") :]
