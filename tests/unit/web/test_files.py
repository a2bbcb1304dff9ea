"""Dumps, documents, vocabulary, catalog: as files and as data."""

from __future__ import annotations

import hashlib

import pytest
import rdflib
from flask.testing import FlaskClient

from fasti import dumps
from fasti.release import Release


@pytest.mark.parametrize("dump", dumps.DUMPS, ids=lambda dump: dump.name)
def test_a_dump_has_its_media_type_and_its_digest_as_tag(
    client: FlaskClient, release: Release, dump: dumps.Dump
) -> None:
    answer = client.get(f"/dumps/{dump.name}")

    assert answer.mimetype == dump.form.media_type
    assert answer.headers["ETag"] == f'"{hashlib.sha256(answer.data).hexdigest()}"'
    assert answer.data == (release.dumps / dump.name).read_bytes()


@pytest.mark.parametrize("path", ["/dumps/record.nt", "/dumps/record.ttl.zst", "/source/records.txt"])
def test_a_part_of_a_file_can_be_had(client: FlaskClient, path: str) -> None:
    whole = client.get(path)
    part = client.get(path, headers={"Range": "bytes=5-14", "If-Range": whole.headers["ETag"]})

    assert part.status_code == 206
    assert part.data == whole.data[5:15]
    assert part.headers["Content-Range"] == f"bytes 5-14/{len(whole.data)}"
    assert client.get(path, headers={"Range": "bytes=99999999-"}).status_code == 416


def test_a_file_that_is_known_already_is_304(client: FlaskClient) -> None:
    tag = client.get("/dumps/dataset.nq.gz").headers["ETag"]

    assert client.get("/dumps/dataset.nq.gz", headers={"If-None-Match": tag}).status_code == 304


OTHERS = """/dumps/nothing /dumps/..%2frelease.json /source/..%2frelease.json.txt /source/no /source/no.txt
/scheme/no /graph/no /def.exe /shapes.exe /catalog.exe"""


@pytest.mark.parametrize("path", OTHERS.split())
def test_other_files_are_404(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_document_is_served_byte_for_byte_as_utf_8(client: FlaskClient, release: Release) -> None:
    answer = client.get("/source/records.txt")

    assert answer.content_type == "text/plain; charset=utf-8"
    assert answer.data == (release.sources / "records.txt").read_bytes()


@pytest.mark.parametrize("path", ["/catalog", "/def", "/scheme/rank", "/shapes", "/graph/quality"])
def test_what_describes_the_data_is_data(client: FlaskClient, path: str) -> None:
    turtle = client.get(path, headers={"Accept": "text/turtle"})

    assert turtle.mimetype == "text/turtle"
    graph = rdflib.Graph().parse(data=turtle.text, format="turtle")
    assert len(graph) == len(rdflib.Graph().parse(data=client.get(f"{path}.nt").text, format="nt"))
    if path != "/shapes":
        assert len(graph) > 0


def test_a_scheme_holds_its_concepts(client: FlaskClient, release: Release) -> None:
    graph = rdflib.Graph().parse(data=client.get("/scheme/rank.ttl").text, format="turtle")
    concept = rdflib.URIRef(release.base + "scheme/rank#bureau-level")

    assert rdflib.Literal("局级", lang="zh-hans") in set(graph.objects(concept, rdflib.SKOS.prefLabel))


def test_the_well_known_address_leads_to_the_catalog(client: FlaskClient) -> None:
    answer = client.get("/.well-known/void", headers={"Accept": "text/turtle"}, follow_redirects=True)

    assert answer.status_code == 200
    assert rdflib.Graph().parse(data=answer.text, format="turtle")


def test_every_distribution_of_the_catalog_can_be_downloaded(client: FlaskClient, release: Release) -> None:
    graph = rdflib.Graph().parse(data=client.get("/catalog.nt").text, format="nt")
    urls = [str(url) for url in graph.objects(predicate=rdflib.DCAT.downloadURL)]

    assert len(urls) == 18
    for url in urls:
        assert client.head("/" + url.removeprefix(release.base)).status_code == 200
