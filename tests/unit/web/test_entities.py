"""`/id` and `/doc`: 303, negotiation, the same graph in every format, the headers that caches need."""

from __future__ import annotations

import gzip
import json
import re

import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib.compare import to_isomorphic

from fasti.release import Release

BUREAU = "/doc/organization/bureau-of-records"
FORMS = {
    "ttl": ("text/turtle", "turtle"),
    "jsonld": ("application/ld+json", "json-ld"),
    "nt": ("application/n-triples", "nt"),
    "rdf": ("application/rdf+xml", "xml"),
    "trig": ("application/trig", "trig"),
    "nq": ("application/n-quads", "nquads"),
}
PATHS = [
    "organization/bureau-of-records",
    "organization/ministry-of-works",
    "post/director--bureau-of-records",
    "person/wang-gang",
    "membership/wang-gang--director--bureau-of-records--1957",
    "event/foundation--bureau-of-records",
    "conflict/head--bureau-of-records",
    "source/records",
]
ORG = rdflib.Namespace("http://www.w3.org/ns/org#")
RDFS = rdflib.RDFS


def graph(client: FlaskClient, path: str, suffix: str = "ttl") -> rdflib.Graph:
    answer = client.get(f"/doc/{path}.{suffix}")
    assert answer.status_code == 200, answer.text
    return rdflib.Graph().parse(data=answer.text, format=FORMS[suffix][1])


@pytest.mark.parametrize("path", PATHS)
def test_a_thing_is_not_the_document_about_it(client: FlaskClient, path: str) -> None:
    answer = client.get(f"/id/{path}")

    assert answer.status_code == 303
    assert answer.location == f"/doc/{path}"
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("application/ld+json", "application/ld+json"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "application/ld+json"),
        ("application/n-triples", "application/n-triples"),
        ("text/plain", "text/plain; charset=utf-8"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/trig", "application/trig"),
        ("application/n-quads", "application/n-quads"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html; charset=utf-8"),
        ("text/html;q=0.2, text/turtle;q=0.9", "text/turtle; charset=utf-8"),
        ("text/html;q=0, */*", "text/turtle; charset=utf-8"),
        ("*/*", "text/html; charset=utf-8"),
        (None, "text/html; charset=utf-8"),
        ("nonsense", "text/html; charset=utf-8"),
    ],
)
def test_accept_decides(client: FlaskClient, accept: str | None, expected: str) -> None:
    answer = client.get(BUREAU, headers={"Accept": accept} if accept else {})

    assert answer.status_code == 200
    assert answer.content_type == expected
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize("suffix", [*FORMS, "html"])
def test_a_suffix_fixes_the_format_whatever_is_accepted(client: FlaskClient, suffix: str) -> None:
    answer = client.get(f"{BUREAU}.{suffix}", headers={"Accept": "image/png"})

    assert answer.status_code == 200
    assert answer.mimetype == ("text/html" if suffix == "html" else FORMS[suffix][0])
    assert answer.headers["Content-Location"] == f"{BUREAU}.{suffix}"


def test_the_content_location_gives_the_same_bytes(client: FlaskClient) -> None:
    negotiated = client.get(BUREAU, headers={"Accept": "application/rdf+xml"})

    assert client.get(negotiated.headers["Content-Location"]).data == negotiated.data


def test_what_nobody_offers_is_406_with_the_alternatives(client: FlaskClient) -> None:
    answer = client.get(BUREAU, headers={"Accept": "image/png"})

    assert answer.status_code == 406
    assert answer.content_type == "application/problem+json"
    listed = {(each["href"], each["type"]) for each in json.loads(answer.data)["alternatives"]}
    assert listed == {(f"{BUREAU}.{s}", kind) for s, (kind, _) in FORMS.items()} | {(f"{BUREAU}.html", "text/html")}


@pytest.mark.parametrize("path", PATHS)
def test_every_format_is_the_same_graph(client: FlaskClient, path: str) -> None:
    reference = to_isomorphic(graph(client, path, "nt"))

    assert len(reference) > 5
    for suffix in ("ttl", "jsonld", "rdf"):
        assert to_isomorphic(graph(client, path, suffix)) == reference, suffix


def test_trig_and_n_quads_are_the_same_data_set(client: FlaskClient) -> None:
    made = []
    for suffix in ("trig", "nq"):
        dataset = rdflib.Dataset()
        dataset.parse(data=client.get(f"{BUREAU}.{suffix}").text, format=FORMS[suffix][1])
        made.append(set(dataset.quads()))

    assert made[0] == made[1]


def test_the_passages_that_speak_of_an_entity_come_with_the_quads(client: FlaskClient, release: Release) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(data=client.get(f"{BUREAU}.nq").text, format="nquads")
    graphs = {str(graph.identifier) for graph in dataset.graphs()}

    assert any("/id/passage/records/" in name for name in graphs)
    assert {release.vocabulary.graph("evidence"), release.vocabulary.graph("quality")} <= graphs


def test_a_description_goes_both_ways_with_labels(client: FlaskClient, release: Release) -> None:
    found = graph(client, "organization/bureau-of-records")
    bureau = rdflib.URIRef(release.base + "id/organization/bureau-of-records")
    ministry = rdflib.URIRef(release.base + "id/organization/ministry-of-works")

    assert (bureau, ORG.subOrganizationOf, ministry) in found
    assert (ministry, ORG.hasSubOrganization, bureau) in found
    assert (ministry, RDFS.label, rdflib.Literal("Ministry of Works", lang="en")) in found
    assert list(found.subjects(ORG.organization, bureau))


def test_hash_children_are_described_with_their_owner(client: FlaskClient, release: Release) -> None:
    found = graph(client, "membership/he-zai--director--bureau-of-records--1956")
    owner = release.base + "id/membership/he-zai--director--bureau-of-records--1956"

    for part in ("time", "begin", "end"):
        assert list(found.predicate_objects(rdflib.URIRef(f"{owner}#{part}"))), part


def test_a_document_describes_itself(client: FlaskClient, release: Release) -> None:
    found = graph(client, "organization/bureau-of-records")
    document = rdflib.URIRef(release.base + "doc/organization/bureau-of-records")
    dct = rdflib.DCTERMS

    assert found.value(document, rdflib.FOAF.primaryTopic) == rdflib.URIRef(
        release.base + "id/organization/bureau-of-records"
    )
    assert found.value(document, dct.license) == rdflib.URIRef("https://creativecommons.org/licenses/by-sa/4.0/")
    assert found.value(document, dct.source) == rdflib.URIRef(release.base + "id/source/records")
    assert found.value(document, dct.modified).toPython() == release.created  # type: ignore[union-attr]


@pytest.mark.parametrize("accept", ["text/html", "text/turtle", "application/ld+json"])
def test_conditions_are_honoured_per_representation(client: FlaskClient, accept: str) -> None:
    first = client.get(BUREAU, headers={"Accept": accept})
    tag = first.headers["ETag"]

    assert re.fullmatch(r'"[^"]+"', tag)  # strong
    assert client.get(BUREAU, headers={"Accept": accept, "If-None-Match": tag}).status_code == 304
    other = client.get(BUREAU, headers={"Accept": "application/n-triples", "If-None-Match": tag})
    assert other.status_code == 200
    since = client.get(BUREAU, headers={"Accept": accept, "If-Modified-Since": first.headers["Last-Modified"]})
    assert since.status_code == 304
    assert not since.data


@pytest.mark.parametrize("path", [BUREAU, f"{BUREAU}.jsonld", "/", "/dumps/record.ttl", "/source/records.txt"])
def test_head_is_get_without_the_body(client: FlaskClient, path: str) -> None:
    get, head = client.get(path), client.head(path)

    assert not head.data
    ignored = {"Date"}
    assert {k: v for k, v in head.headers if k not in ignored} == {k: v for k, v in get.headers if k not in ignored}


def test_a_packed_answer_is_the_same_with_another_tag(client: FlaskClient) -> None:
    plain = client.get(f"{BUREAU}.ttl")
    packed = client.get(f"{BUREAU}.ttl", headers={"Accept-Encoding": "gzip"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert "Accept-Encoding" in plain.headers["Vary"]
    refused = client.get(f"{BUREAU}.ttl", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers


def test_links_tell_licence_citation_description_and_alternates(client: FlaskClient, release: Release) -> None:
    links = client.get(f"{BUREAU}.ttl").headers["Link"]

    for relation in ("alternate", "describedby", "license", "cite-as"):
        assert f'rel="{relation}"' in links
    assert f"<{release.base}id/organization/bureau-of-records>" in links


def test_json_ld_has_no_alternates(client: FlaskClient) -> None:
    """Pyld refuses a document that has several."""
    assert "alternate" not in client.get(f"{BUREAU}.jsonld").headers["Link"]


def test_json_ld_is_compact(client: FlaskClient) -> None:
    document = json.loads(client.get(f"{BUREAU}.jsonld").data)
    node = next(n for n in document["@graph"] if n["@id"].endswith("/id/organization/bureau-of-records"))

    assert node["@type"] == ["org:OrganizationalUnit"]
    assert document["@context"]["org"] == str(ORG)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("text/html", "text/html; charset=utf-8"),
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("application/ld+json", "application/ld+json"),
        ("application/json", "application/problem+json"),
        ("image/png", "application/problem+json"),
    ],
)
@pytest.mark.parametrize(
    "path", ["/id/organization/nobody", "/doc/organization/nobody", "/id/organization/x%20%3Cy%3E"]
)
def test_the_unknown_is_404_in_the_negotiated_format(
    client: FlaskClient, path: str, accept: str, expected: str
) -> None:
    answer = client.get(path, headers={"Accept": accept})

    assert (answer.status_code, answer.content_type) == (404, expected)
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "path", ["/doc/organization/nobody", "/id/organization/nobody", "/doc/organization/nobody.ttl"]
)
def test_an_error_in_rdf_names_nothing_but_the_answer(client: FlaskClient, path: str) -> None:
    """A machine must not take `404 Not Found` for the name of what was asked for: it has none."""
    answer = client.get(path, headers={"Accept": "text/turtle"})
    graph, http = (
        rdflib.Graph().parse(data=answer.text, format="turtle"),
        rdflib.Namespace("http://www.w3.org/2011/http#"),
    )

    assert set(graph.subjects()) == {rdflib.URIRef(f"http://localhost{path}#problem")}
    assert {str(found) for found in graph.objects(predicate=http.statusCodeValue)} == {"404"}
    assert {str(found) for found in graph.objects(predicate=http.reasonPhrase)} == {"Not Found"}
    assert not set(graph.objects(predicate=rdflib.RDFS.label))


@pytest.mark.parametrize(
    ("suffix", "accept", "expected"),
    [
        ("ttl", None, "text/turtle; charset=utf-8"),
        ("ttl", "*/*", "text/turtle; charset=utf-8"),
        ("nt", "*/*", "application/n-triples"),
        ("jsonld", "*/*", "application/ld+json"),
        ("ttl", "application/json", "application/problem+json"),
        ("rdf", "text/html,*/*;q=0.8", "text/html; charset=utf-8"),
        ("html", "*/*", "text/html; charset=utf-8"),
    ],
)
def test_an_error_has_the_format_of_the_suffix_unless_another_is_wanted(
    client: FlaskClient, suffix: str, accept: str | None, expected: str
) -> None:
    answer = client.get(f"/doc/organization/nobody.{suffix}", headers={"Accept": accept} if accept else {})

    assert (answer.status_code, answer.content_type) == (404, expected)
