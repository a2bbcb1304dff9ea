"""Entities with crowds around them: counted, grouped, paged; never read whole and never dumped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fasti.release import open_release, publish
from fasti.store import Dataset, DefaultGraph, Literal, NamedNode, Quad
from fasti.vocabulary import Vocabulary
from fasti.web import create_app, current
from fasti.web.surroundings import FEW, by_name

UNITS, HOLDERS, WORKS = 900, 500, 700
BODY, POST, PERSON = "/doc/organization/council", "/doc/post/chair", "/doc/person/zhou-yi"
VOCABULARY = Vocabulary()


def node(name: str) -> NamedNode:
    kind, _, slug = name.partition("/")
    return NamedNode(VOCABULARY.entity(kind, slug))


def statements() -> Iterator[tuple[NamedNode, str, NamedNode | Literal]]:
    """A council with many units, a post with many holders, a person whom many works name."""
    council, chair, zhou = node("organization/council"), node("post/chair"), node("person/zhou-yi")
    internal, parts = (
        NamedNode(VOCABULARY.expand(f"{name}Of")) for name in ("fasti:internalUnit", "org:subOrganization")
    )
    yield internal, "rdfs:subPropertyOf", parts
    yield from thing(council, "org:FormalOrganization", "Council")
    yield from thing(chair, "org:Post", "Chair")
    yield from thing(zhou, "foaf:Person", "Zhou Yi")
    yield chair, "org:postIn", council
    yield chair, "org:role", NamedNode(VOCABULARY.expand("org:Head"))
    for n in range(UNITS):
        unit = node(f"organization/office-{n}")
        yield from thing(unit, "org:OrganizationalUnit", f"Office {n}")
        yield unit, "fasti:internalUnitOf", council
        yield unit, "org:subOrganizationOf", council
        yield unit, "org:transitiveSubOrganizationOf", council
        yield council, "org:hasSubOrganization", unit
    for n in range(WORKS):
        work = node(f"work/volume-{n}")
        yield from thing(work, "schema:Periodical", f"Volume {n}")
        yield work, "fasti:editedBy", zhou
    for n in range(HOLDERS):
        yield from tenure(n, zhou if n == 7 else node(f"person/holder-{n}"), chair, council)


def thing(subject: NamedNode, kind: str, label: str) -> Iterator[tuple[NamedNode, str, NamedNode | Literal]]:
    yield subject, "rdf:type", NamedNode(VOCABULARY.expand(kind))
    yield subject, "rdfs:label", Literal(label, language="en")


def tenure(
    number: int, person: NamedNode, post: NamedNode, body: NamedNode
) -> Iterator[tuple[NamedNode, str, NamedNode | Literal]]:
    """One year for each holder; where the last one's ends, no source says."""
    membership = node(f"membership/holder-{number}--chair")
    interval, year = NamedNode(f"{membership.value}#time"), 1400 + number
    if person.value.endswith(f"holder-{number}"):
        yield from thing(person, "foaf:Person", f"Holder {number}")
    yield from thing(membership, "org:Membership", f"Holder {number}, Chair")
    yield membership, "org:member", person
    yield membership, "fasti:post", post
    yield membership, "org:organization", body
    yield membership, "org:memberDuring", interval
    yield interval, "rdf:type", NamedNode(VOCABULARY.expand("time:Interval"))
    unknown = NamedNode(VOCABULARY.scheme("date-status") + "#unknown")
    yield interval, "fasti:endStatus", unknown
    for name in ("earliestBegin", "latestBegin"):
        yield interval, f"fasti:{name}", Literal(f"{year}-01-01", datatype=NamedNode(VOCABULARY.expand("xsd:date")))


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    dataset = Dataset.memory(VOCABULARY)
    dataset.add(Quad(s, NamedNode(VOCABULARY.expand(p)), o, DefaultGraph()) for s, p, o in statements())
    folder = tmp_path_factory.mktemp("crowds")
    publish(dataset, {}, folder)
    made = create_app(folder)
    yield made
    current(made).close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def page(client: FlaskClient, path: str) -> str:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return answer.text


def test_a_crowd_is_one_by_definition() -> None:
    assert min(UNITS, HOLDERS, WORKS) > FEW


@pytest.mark.parametrize("path", [BODY, f"{BODY}?at=1950", POST, f"{POST}?at=1450", PERSON, "/"])
def test_a_page_stays_small(client: FlaskClient, path: str) -> None:
    assert len(page(client, path).encode()) < 100_000


def test_units_are_counted_under_their_relation_and_paged(client: FlaskClient) -> None:
    first = page(client, BODY)
    below = first[first.index('id="below"') :]

    assert '<span class="count">900</span>' in below
    assert "Internal units" in below
    assert len(re.findall(r"/doc/organization/office-\d+", below)) == 60
    assert 'rel="next" href="/doc/organization/council?below-internalUnitOf=2#list-below-internalUnitOf"' in below


def test_a_relation_that_another_one_repeats_is_listed_once(client: FlaskClient) -> None:
    """Each unit is connected by four properties; it stands under the one that says most."""
    assert page(client, BODY).count('id="list-below') == 1


def test_all_pages_together_have_every_unit_once_in_the_order_of_its_number(client: FlaskClient) -> None:
    found = []
    for number in range(1, 16):
        text = page(client, f"{BODY}?below-internalUnitOf={number}")
        found += [int(n) for n in re.findall(r"/doc/organization/office-(\d+)", text[text.index('id="below"') :])]

    assert found == list(range(UNITS))


@pytest.mark.parametrize(
    ("query", "status"),
    [("below-internalUnitOf=16", 404), ("tenures=99", 200), ("below=0", 400), ("below=x", 400), ("posts=2", 404)],
)
def test_a_page_that_a_list_does_not_have_is_not_found(client: FlaskClient, query: str, status: int) -> None:
    """A body's tenures stand under its posts: it has no list of that name, and nothing to miss."""
    assert client.get(f"{BODY}?{query}", headers={"Accept": "text/html"}).status_code == status


def test_the_moment_and_the_language_stay_on_every_page_of_a_list(client: FlaskClient) -> None:
    text = page(client, f"{BODY}?at=1950&lang=zh-Hans&below-internalUnitOf=2")

    assert "?at=1950&amp;lang=zh-Hans&amp;below-internalUnitOf=3#list" in text
    assert "?at=1950&amp;lang=zh-Hans#list" in text
    assert "?at=1950&amp;lang=en&amp;below-internalUnitOf=2" in text


def test_holders_are_paged_in_the_order_of_time(client: FlaskClient) -> None:
    first, last = page(client, POST), page(client, f"{POST}?tenures=13")

    assert re.findall(r'class="who"[^>]*>([\w ]+)<', first) == [
        f"Holder {n}" if n != 7 else "Zhou Yi" for n in range(40)
    ]
    assert "Page 1 of 13" in first
    assert "Holder 499" in last


def test_at_a_moment_only_those_are_listed_whom_it_allows(client: FlaskClient) -> None:
    text = page(client, f"{POST}?at=1403")

    assert len(re.findall(r'<li class="possible">', text)) == 4
    assert "Page 1" not in text


def test_who_is_named_often_is_counted_by_property(client: FlaskClient) -> None:
    text = page(client, PERSON)
    mentions = text[text.index('id="mentions"') :]

    assert 'as “edited by” <span class="count">700</span>' in mentions
    assert len(re.findall(r"/doc/work/volume-\d+", mentions)) == 12


def test_the_json_ld_of_a_giant_says_what_is_said_of_it_and_where_the_rest_is(client: FlaskClient) -> None:
    text = page(client, BODY)
    embedded = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert embedded is not None
    graph = json.loads(embedded[1])["@graph"]
    council = next(each for each in graph if each["@id"] == VOCABULARY.entity("organization", "council"))

    assert len(embedded[1]) < 5_000
    assert council["rdfs:seeAlso"] == {"@id": f"{VOCABULARY.base}doc/organization/council.jsonld"}


@pytest.mark.parametrize(("path", "most"), [(BODY, 2_500), (POST, 2_500), (PERSON, 2_500)])
def test_a_page_reads_a_bounded_number_of_statements(
    app: Flask, monkeypatch: pytest.MonkeyPatch, path: str, most: int
) -> None:
    """Whatever the crowds: they are counted in the engine, and their lists are kept."""
    app.test_client().get(path)
    app.extensions["fasti.kept"]._values.clear()
    read = 0
    quads = Dataset.quads

    def counted(self: Dataset, *args: object, **kwargs: object) -> Iterator[Quad]:
        nonlocal read
        for quad in quads(self, *args, **kwargs):  # type: ignore[arg-type]
            read += 1
            yield quad

    monkeypatch.setattr(Dataset, "quads", counted)
    page(app.test_client(), path)

    assert 0 < read < most


def test_numbers_in_names_sort_by_value() -> None:
    assert sorted(["Bureau 10", "bureau 9", "Archive"], key=by_name) == ["Archive", "bureau 9", "Bureau 10"]


def test_the_release_of_this_test_is_what_it_says(app: Flask) -> None:
    release = open_release(current(app).followed.folder)
    kind = NamedNode(VOCABULARY.expand("org:OrganizationalUnit"))

    assert sum(1 for _ in release.dataset.quads(o=kind, graph=DefaultGraph())) == UNITS
