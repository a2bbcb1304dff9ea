"""`?at=`: certain and possible by the profile's definitions, on pages, in data and in lists."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from flask.testing import FlaskClient
from tests.unit.web.conftest import PREFIXES, TEXT  # type: ignore[import-not-found]

from fasti.release import Release, publish
from fasti.store import Dataset
from fasti.web import create_app, current
from fasti.web.moments import Bounds, Certainty, parse

BUREAU, POST = "/doc/organization/bureau-of-records", "/doc/post/director--bureau-of-records"
C, P, X = Certainty.CERTAIN, Certainty.POSSIBLE, Certainty.EXCLUDED
# The table of the profile: 1956–1957, 1957-?, ? - May 1966, 2023–, by 1942, in the 1980s, nothing known.
CLOSED = Bounds((1956, 1, 1), (1956, 12, 31), (1957, 1, 1), (1957, 12, 31))
UNKNOWN_END = Bounds((1957, 1, 1), (1957, 12, 31), (1957, 1, 1), None)
UNKNOWN_BEGIN = Bounds(None, (1966, 5, 31), (1966, 5, 1), (1966, 5, 31))
ONGOING = Bounds((2023, 1, 1), (2023, 12, 31), None, None, ongoing=True)
BY_1942 = Bounds(None, (1942, 12, 31), None, None, ongoing=True)
ATTESTED = Bounds(None, (1989, 12, 31), (1980, 1, 1), None)
NOTHING = Bounds()
TABLE = [
    (CLOSED, "1955-12-31", X), (CLOSED, "1956-01-01", P), (CLOSED, "1956-12-30", P), (CLOSED, "1956-12-31", C),
    (CLOSED, "1957-01-01", C), (CLOSED, "1957-01-02", P), (CLOSED, "1957-12-31", P), (CLOSED, "1958-01-01", X),
    (CLOSED, "1955", X), (CLOSED, "1956", C), (CLOSED, "1957", C), (CLOSED, "1958", X), (CLOSED, "1956-11", P),
    (CLOSED, "1956-12", C), (CLOSED, "1957-01", C), (CLOSED, "1957-02", P),
    (UNKNOWN_END, "1956", X), (UNKNOWN_END, "1957-12-31", P), (UNKNOWN_END, "1999-01-01", P),
    (UNKNOWN_BEGIN, "1900-01-01", P), (UNKNOWN_BEGIN, "1966-05-20", P), (UNKNOWN_BEGIN, "1966-06-01", X),
    (ONGOING, "2022-12-31", X), (ONGOING, "2023-06-01", P), (ONGOING, "2023-12-31", C), (ONGOING, "2400", C),
    (BY_1942, "1900", P), (BY_1942, "1942-12-30", P), (BY_1942, "1942-12-31", C), (BY_1942, "1942", C),
    (ATTESTED, "1979", P), (ATTESTED, "1985-06-01", P), (ATTESTED, "1999", P),
    (NOTHING, "1950", P), (NOTHING, "1950-06-01", P),
]  # fmt: skip


@pytest.mark.parametrize(("bounds", "at", "expected"), TABLE)
def test_what_is_certain_and_what_possible(bounds: Bounds, at: str, expected: Certainty) -> None:
    """Certainly: latestBegin ≤ D and (D ≤ earliestEnd or ongoing). Possibly: no bound rules D out."""
    moment = parse(at)

    assert moment is not None
    assert moment.certainty(bounds) is expected


@pytest.mark.parametrize("at", ["1956", "1956-05", "1956-05-20", "1956-02-29", "0001", "9999-12-31"])
def test_a_year_a_month_or_a_day_can_be_asked_for(at: str) -> None:
    assert parse(at) is not None


BAD = ["1966-13", "1966-00", "1966-02-30", "1957-02-29", "1966-1", "19660520", "66", "0000", "1966-05-20T00:00", "now",
       "1966/05", "-1966", "１９６６", "1966-05-00", "<b>"]  # fmt: skip


@pytest.mark.parametrize("at", BAD)
@pytest.mark.parametrize("path", [BUREAU, f"{BUREAU}.ttl", "/"])
def test_what_is_no_date_is_a_400_problem(client: FlaskClient, path: str, at: str) -> None:
    answer = client.get(path, query_string={"at": at}, headers={"Accept": "application/json"})

    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    assert "1966-05-20" in answer.json["detail"]  # type: ignore[index]


def test_two_dates_are_a_400(client: FlaskClient) -> None:
    assert client.get(f"{BUREAU}?at=1956&at=1957").status_code == 400


def test_an_empty_date_as_a_form_sends_it_is_none(client: FlaskClient) -> None:
    assert client.get(f"{BUREAU}.nt?at=").data == client.get(f"{BUREAU}.nt").data


def state(client: FlaskClient, path: str, at: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=client.get(f"{path}.nt?at={at}").text, format="nt")


def tenure(release: Release, name: str, begin: str) -> rdflib.URIRef:
    return rdflib.URIRef(release.base + f"id/membership/{name}--director--bureau-of-records--{begin}")


def test_the_data_of_a_day_mark_what_is_certain_and_leave_out_what_was_not(
    client: FlaskClient, release: Release
) -> None:
    graph = state(client, POST, "1957-01-01")
    fasti = rdflib.Namespace(release.base + "def#")
    day = rdflib.Literal("1957-01-01", datatype=rdflib.XSD.date)
    he_zai, wang_gang, li_na = (tenure(release, *t) for t in (("he-zai", "1956"), ("wang-gang", "1957"), ("li-na", "2023")))  # fmt: skip

    assert set(graph.subjects(fasti.certainlyAt, day)) == {he_zai}
    assert set(graph.subjects(fasti.possiblyAt, day)) == {wang_gang}
    assert li_na not in set(graph.all_nodes())


def test_a_month_and_a_year_are_literals_of_their_kind(client: FlaskClient, release: Release) -> None:
    for at, kind in (("1956", "gYear"), ("1956-12", "gYearMonth"), ("1956-12-31", "date")):
        marks = state(client, POST, at).objects(predicate=rdflib.URIRef(release.base + "def#certainlyAt"))

        assert rdflib.Literal(at, datatype=rdflib.XSD[kind]).n3() in {mark.n3() for mark in marks}


def test_shortcuts_that_carry_no_time_are_no_part_of_a_state(client: FlaskClient, release: Release) -> None:
    """Li Na holds the post today; in 1956 she did not."""
    holds = rdflib.URIRef("http://www.w3.org/ns/org#holds")

    assert (None, holds, None) in rdflib.Graph().parse(data=client.get(f"{POST}.nt").text, format="nt")
    assert (None, holds, None) not in state(client, POST, "1956")


def test_the_document_of_a_day_is_a_version_of_the_whole(client: FlaskClient, release: Release) -> None:
    graph = state(client, POST, "1956-12-31")
    document = rdflib.URIRef(release.base + POST[1:] + "?at=1956-12-31")

    assert graph.value(document, rdflib.URIRef(release.base + "def#stateAt")) is not None
    assert graph.value(document, rdflib.DCTERMS.isVersionOf) == rdflib.URIRef(release.base + POST[1:])


def test_a_body_that_was_no_more_is_left_out_of_its_parent(client: FlaskClient, release: Release) -> None:
    ministry, registry = "/doc/organization/ministry-of-works", release.base + "id/organization/old-registry"

    assert registry in client.get(f"{ministry}.nt?at=1935").text
    assert registry not in client.get(f"{ministry}.nt?at=1950").text


def test_a_body_that_was_no_more_says_so_and_has_no_place(client: FlaskClient, release: Release) -> None:
    path = "/doc/organization/old-registry"
    graph = state(client, path, "1950")
    registry = rdflib.URIRef(release.base + path[1:].replace("doc", "id", 1))

    assert graph.value(registry, rdflib.URIRef(release.base + "def#notAt")) is not None
    assert graph.value(registry, rdflib.ORG.subOrganizationOf) is None
    assert graph.value(registry, rdflib.SKOS.prefLabel) is not None
    assert "the body did not exist then" in client.get(f"{path}?at=1950").text


@pytest.mark.parametrize(
    ("at", "mark"), [("1933-06-01", "certainlyAt"), ("1932-06-01", "possiblyAt"), ("1931", None), ("1935", None)]
)
def test_a_rank_that_held_in_a_period_is_there_in_that_period(
    client: FlaskClient, release: Release, at: str, mark: str | None
) -> None:
    """A hash child with a time of its own: the body is older and younger than its rank."""
    graph = state(client, "/doc/organization/old-registry", at)
    rank = rdflib.URIRef(release.base + "id/organization/old-registry#rank-reform")
    marks = {str(p).rpartition("#")[2] for p in graph.predicates(rank) if str(p).endswith("At")}

    assert marks == ({mark} if mark else set())
    assert (rank in set(graph.all_nodes())) == bool(mark)


@pytest.mark.parametrize("suffix", ["ttl", "jsonld", "rdf"])
def test_the_state_is_the_same_in_every_format(client: FlaskClient, suffix: str) -> None:
    form = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}[suffix]
    other = rdflib.Graph().parse(data=client.get(f"{BUREAU}.{suffix}?at=1957").text, format=form)

    assert set(other) == set(state(client, BUREAU, "1957"))


def test_quads_of_a_day_have_the_passages_behind_what_is_left(client: FlaskClient, release: Release) -> None:
    at = rdflib.Dataset()
    at.parse(data=client.get(f"{POST}.nq?at=1956-12-31").text, format="nquads")
    whole = rdflib.Dataset()
    whole.parse(data=client.get(f"{POST}.nq").text, format="nquads")

    def passages(dataset: rdflib.Dataset) -> set[str]:
        return {str(g.identifier) for g in dataset.graphs() if "/id/passage/" in str(g.identifier)}

    assert passages(at) < passages(whole)
    assert passages(at)


def test_a_page_of_a_day_marks_its_tenures_and_keeps_the_day_in_its_links(client: FlaskClient) -> None:
    page = client.get(f"{POST}?at=1957-01-01", headers={"Accept": "text/html"})

    assert "Li Na" not in page.text
    assert page.text.index('<span class="certainty certain">certain</span>') < page.text.rindex(">He Zai<")
    assert 'href="/doc/person/he-zai?at=1957-01-01"' in page.text
    assert f'href="{POST}.ttl?at=1957-01-01"' in page.text
    assert page.headers["Content-Location"] == f"{POST}.html?at=1957-01-01"
    assert f"<{POST}.ttl?at=1957-01-01>" in page.headers["Link"]


def test_a_page_of_all_times_has_no_marks(client: FlaskClient) -> None:
    assert 'class="certainty"' not in client.get(f"{POST}.html").text


def test_the_day_stays_from_the_thing_to_its_document(client: FlaskClient) -> None:
    assert client.get("/id/post/director--bureau-of-records?at=1966").location == f"{POST}?at=1966"


def test_states_of_different_days_have_different_tags(client: FlaskClient) -> None:
    tags = {client.get(f"{POST}.ttl{query}").headers["ETag"] for query in ("", "?at=1956", "?at=2024")}

    assert len(tags) == 3


def test_the_home_page_says_what_its_topics_were_on_a_day(client: FlaskClient) -> None:
    then, always = client.get("/?at=1957-01-01").text, client.get("/").text

    assert "On 1 January 1957: An internal unit of" in then
    assert "On 1 January 1957" not in always
    assert f'href="{BUREAU}?at=1957-01-01"' in then


@pytest.mark.parametrize("path", ["/", BUREAU, POST])
def test_a_form_asks_for_a_day_without_a_script(client: FlaskClient, path: str) -> None:
    assert '<input id="at" name="at"' in client.get(path, headers={"Accept": "text/html"}).text


@pytest.fixture
def with_clerks(dataset: Dataset, tmp_path: Path) -> Iterator[FlaskClient]:
    """The fixture, and a post of the body that is long gone: an undated holder, and one who was it de facto."""
    post, body = "<id/post/clerk--old-registry>", "<id/organization/old-registry>"
    people = "".join(
        f"""<id/membership/{name}--clerk> a org:Membership ; org:member <id/person/{name}> ; org:organization {body} ;
        fasti:post {post} {more} . <id/person/{name}> a foaf:Person ; rdfs:label "{name}"@en .\n"""
        for name, more in (("undated", ""), ("former", "; fasti:tenureMode <scheme/tenure-mode#de-facto>"))
    )
    said = f'{post} a org:Post ; org:postIn {body} ; rdfs:label "Clerk"@en .\n{people}'
    (tmp_path / "clerks.trig").write_text(PREFIXES + said, "utf-8")
    made = Dataset.memory(dataset.vocabulary)
    made.add(dataset.quads())
    made.load(tmp_path / "clerks.trig")
    publish(made, {"records": TEXT.encode()}, tmp_path / "releases")
    app = create_app(tmp_path / "releases")
    yield app.test_client()
    current(app).close()


@pytest.mark.parametrize("path", ["/doc/organization/old-registry", "/doc/post/clerk--old-registry"])
def test_nobody_is_listed_as_possible_in_a_body_that_did_not_exist(with_clerks: FlaskClient, path: str) -> None:
    """But who is said to have done the work before or after it; the data keep the profile's definitions."""
    then, later = (with_clerks.get(f"{path}.html?at={year}").text for year in ("1933", "1950"))

    assert "/doc/person/undated" in then
    assert "the body did not exist then" not in then
    assert "/doc/person/undated" not in later
    assert "/doc/person/former" in later
    assert "the body did not exist then" in later
    membership = with_clerks.get("/doc/membership/undated--clerk.nt?at=1950").text
    assert "possiblyAt" in membership


def test_a_day_after_the_data_were_published_is_told_to_be_one(client: FlaskClient) -> None:
    """Who is in office then is taken to be, by the profile's definition of certainly; readers are told."""
    ahead, behind = (client.get(f"/doc/post/director--bureau-of-records.html?at={at}").text for at in (2900, 2024))

    assert "published before that day" in ahead
    assert "published before that day" not in behind
