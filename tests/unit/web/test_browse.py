"""Browse: lists by class, narrowed down by links, in pages, with their data and their query."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fasti.index import FACETS, KINDS
from fasti.release import publish
from fasti.store import Dataset, Literal, NamedNode, Quad
from fasti.vocabulary import Vocabulary
from fasti.web import create_app


def text(client: FlaskClient, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, response.get_data(as_text=True)
    return response.get_data(as_text=True)


def names(page: str) -> list[str]:
    return re.findall(r'<a class="who" href="/doc/[a-z]+/([^"?]*)', page)


def test_each_kind_is_listed_by_name(client: FlaskClient) -> None:
    assert names(text(client, "/browse/organization")) == ["bureau-of-records", "ministry-of-works", "old-registry"]
    assert names(text(client, "/browse/person")) == ["he-zai", "li-na", "wang-gang"]
    assert names(text(client, "/browse/event")) == ["foundation--bureau-of-records"]


def test_a_kind_that_there_is_not_is_told(client: FlaskClient) -> None:
    assert "expected one of organization" in text(client, "/browse/nothing", 404)
    assert client.get("/browse/").headers["Location"] == "/browse/organization"


def test_facets_are_links_with_counts_and_active_ones_are_taken_away_by_their_link(client: FlaskClient) -> None:
    page = text(client, "/browse/organization")
    link = re.search(
        r'<a href="([^"]*rank=bureau-level)"><span>&lt;b&gt;Bureau &amp; level&lt;/b&gt;</span> <span class="n">1<',
        page,
    )
    assert link is not None
    narrowed = text(client, html.unescape(link[1]))

    assert names(narrowed) == ["bureau-of-records"]
    assert re.search(r'<a class="active" aria-current="true" href="/browse/organization">', narrowed)


def test_what_has_no_value_can_be_asked_for(client: FlaskClient) -> None:
    assert names(text(client, "/browse/organization?rank=none")) == ["ministry-of-works", "old-registry"]


def test_a_parent_narrows_to_what_is_anywhere_below_or_directly_in_it(client: FlaskClient) -> None:
    assert names(text(client, "/browse/organization?parent=ministry-of-works")) == ["bureau-of-records", "old-registry"]
    assert names(text(client, "/browse/post?parent=ministry-of-works")) == ["director--bureau-of-records"]
    assert names(text(client, "/browse/post?parent=ministry-of-works&direct=1")) == []
    assert len(names(text(client, "/browse/person?parent=ministry-of-works"))) == 3


def test_at_a_moment_certain_and_possible_are_marked_and_what_was_not_then_is_left_out(client: FlaskClient) -> None:
    """Nothing dates the bureau and the ministry: they are listed, without a mark."""
    page = text(client, "/browse/organization?at=1934")

    assert names(page) == ["bureau-of-records", "ministry-of-works", "old-registry"]
    assert page.count('class="certainty certain"') == 1
    assert names(text(client, "/browse/organization?at=1940")) == ["bureau-of-records", "ministry-of-works"]
    assert 'href="/doc/organization/old-registry?at=1934"' in page


def test_a_period_counts_what_is_certain_possible_and_undated(client: FlaskClient) -> None:
    """Wang Gang began in 1957 and may have ended in it: no day of the period is certain."""
    found = json.loads(text(client, "/browse/membership.json?from=1957&until=1958"))

    assert found["certainties"] == {"certain": 1, "possible": 1, "undated": 0}
    assert json.loads(text(client, "/browse/membership.json?from=1960&until=1962"))["certainties"]["possible"] == 1
    assert len(names(text(client, "/browse/membership?until=1956&when=possible"))) == 0
    assert len(names(text(client, "/browse/membership?until=1956"))) == 1


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("from=1966-13", "A date was expected in &#39;from&#39;"),
        ("until=soon", "A date was expected in &#39;until&#39;"),
        ("from=1970&until=1960", "no later than"),
        ("parent=nobody", "The name of a body was expected"),
        ("rank=high", "such as bureau-level; found &#39;high&#39;"),
        ("when=certain", "A period was expected beside"),
        ("sort=size", "One of name, begin was expected"),
        ("page=none", "A page from 1"),
        ("at=yesterday", "One date was expected in &#39;at&#39;"),
    ],
)
def test_what_cannot_be_asked_for_is_told_with_what_can(client: FlaskClient, query: str, expected: str) -> None:
    assert expected in text(client, f"/browse/organization?{query}", 400)


def test_csv_and_json_have_the_same_things_as_the_page(client: FlaskClient) -> None:
    rows = [*csv.DictReader(io.StringIO(text(client, "/browse/organization.csv?parent=ministry-of-works&at=1934")))]
    things = json.loads(text(client, "/browse/organization.json?parent=ministry-of-works&at=1934"))["things"]

    assert [(row["label"], row["rank"], row["certainty"]) for row in rows] == [
        ("Bureau of Records", "bureau-level", ""),
        ("Old Registry", "", "certain"),
    ]
    assert [thing["iri"] for thing in things] == [row["iri"] for row in rows]
    assert things[1]["edtf"] == "/1936-05"


LISTS = [
    "organization",
    "organization?parent=ministry-of-works",
    "organization?parent=ministry-of-works&direct=1&rank=none",
    "organization?rank=bureau-level",
    "organization?at=1934",
    "organization?at=1934&when=certain",
    "organization?from=1930&until=1935&when=undated",
    "organization?from=1930&until=1940&at=1934",
    "post?parent=ministry-of-works",
    "person?parent=ministry-of-works",
    "person?parent=bureau-of-records&direct=1",
    "membership?from=1957&until=1958&when=certain",
    "membership?from=1960&until=1962&when=possible",
    "membership?mode=head",
    "event?type=Foundation&at=1949-10",
]


FILTERS = ["parent=ministry-of-works", "parent=ministry-of-works&direct=1", "from=1950&until=1960&when=undated",
           "at=1950&when=certain", *(f"{facet}=none" for facet in FACETS)]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("wanted", FILTERS)
def test_every_filter_can_be_asked_of_every_kind(client: FlaskClient, kind: str, wanted: str) -> None:
    """Links from one kind to the next keep what is asked for, also where nothing can meet it."""
    found = [client.get(f"/browse/{kind}{ending}?{wanted}").status_code for ending in ("", ".csv", ".json")]

    assert found == [200, 200, 200]


@pytest.mark.parametrize("path", LISTS)
def test_the_query_behind_a_list_finds_the_same_things(client: FlaskClient, path: str) -> None:
    page = text(client, f"/browse/{path}")
    link = re.search(r'href="(/sparql\?[^"]*query=[^"]+)"', page)
    assert link is not None
    answer = client.get(html.unescape(link[1]), headers={"Accept": "text/csv"}).get_data(as_text=True)

    found = sorted(row["thing"].rpartition("/")[2] for row in csv.DictReader(io.StringIO(answer)))
    assert found == sorted(names(page)), html.unescape(link[1])


def test_below_a_sub_path_every_link_stays_there(app: Flask) -> None:
    with app.test_client() as client:
        page = client.get("/browse/organization?at=1934", environ_overrides={"SCRIPT_NAME": "/f"}).get_data(
            as_text=True
        )

    links = re.findall(r'(?:href|action|src|data-suggest)="(/[^"]*)"', page)
    assert len(links) > 20
    assert [link for link in links if not link.startswith("/f/")] == []


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A body of 2 310 units."""
    words = Vocabulary()
    folder, made = tmp_path_factory.mktemp("crowd"), Dataset.memory(words)
    label, part = (NamedNode(words.expand(name)) for name in ("rdfs:label", "org:subOrganizationOf"))
    top = NamedNode(words.entity("organization", "top"))
    units = [NamedNode(words.entity("organization", f"unit-{n:04}")) for n in range(2310)]
    made.add([Quad(top, label, Literal("Top", language="en"))])
    made.add(Quad(unit, label, Literal(f"Unit {n:04}", language="en")) for n, unit in enumerate(units))
    made.add(Quad(unit, part, top) for unit in units)
    publish(made, {}, folder)
    return folder


def test_a_long_list_is_paged_with_links_to_its_neighbours_and_its_ends(crowd: Path) -> None:
    with create_app(crowd).test_client() as client:
        first, middle, last = (text(client, f"/browse/organization?parent=top&page={n}") for n in (1, 20, 47))

        assert names(first)[0], names(first)[-1] == ("unit-0000", "unit-0049")
        assert (names(middle)[0], len(names(last)), names(last)[-1]) == ("unit-0950", 10, "unit-2309")
        assert [*re.findall(r'rel="(prev|next)" href="[^"]*page=(\d+)"', middle)] == [
            ("prev", "19"),
            ("next", "21"),
        ] * 2
        assert 'rel="next"' not in last
        assert "951–1,000 of 2,310" in middle
        assert "has 47 pages" in text(client, "/browse/organization?parent=top&page=48", 404)
        assert len(middle.encode()) < 60_000


def test_long_data_come_in_parts_that_lead_to_the_next(crowd: Path) -> None:
    rows, path, parts = [], "/browse/organization.csv?parent=top&sort=begin", 0
    with create_app(crowd).test_client() as client:
        while path:
            response = client.get(path)
            rows += [*csv.DictReader(io.StringIO(response.get_data(as_text=True)))]
            following = re.fullmatch(r'<([^>]+)>; rel="next"', response.headers.get("Link", ""))
            path, parts = following[1] if following else "", parts + 1

    assert (parts, len({row["iri"] for row in rows})) == (3, 2310)


DAYS = [
    ("1955-12-31", {}),
    ("1956-12-31", {"he-zai": "certain"}),
    ("1957-06-01", {"he-zai": "possible", "wang-gang": "possible"}),
    ("1958-01-01", {"wang-gang": "possible"}),
    ("2025-01-01", {"wang-gang": "possible", "li-na": "certain"}),
]


@pytest.mark.parametrize("body", ["ministry-of-works", "bureau-of-records"])
@pytest.mark.parametrize(("day", "expected"), DAYS, ids=[day for day, _ in DAYS])
def test_tenures_in_a_body_and_below_stand_to_a_day_as_the_profile_says(
    client: FlaskClient, body: str, day: str, expected: dict[str, str]
) -> None:
    """Section 5; those of a unit are found below its parent too."""
    things = json.loads(text(client, f"/browse/membership.json?parent={body}&at={day}"))["things"]

    assert {each["iri"].rpartition("/")[2].partition("--")[0]: each["certainty"] for each in things} == expected
