"""Dumps, documents, vocabulary, catalog: as files and as data."""

from __future__ import annotations

import gzip
import hashlib
import re
from itertools import takewhile
from pathlib import Path

import brotli
import pytest
import rdflib
import zstandard
from flask.testing import FlaskClient

from fasti import dumps
from fasti.release import Release
from fasti.web import create_app, current

FILES = [*(f"/dumps/{dump.name}{ending}" for dump in dumps.DUMPS for ending in ("", *dumps.COMPRESSIONS)),
         "/dumps/", "/dumps/SHA256SUMS", f"/dumps/{dumps.RDFC}", "/source/records.txt", "/"]  # fmt: skip


@pytest.mark.parametrize("dump", dumps.DUMPS, ids=lambda dump: dump.name)
def test_a_dump_has_its_media_type_and_its_digest_as_tag(
    client: FlaskClient, release: Release, dump: dumps.Dump
) -> None:
    answer = client.get(f"/dumps/{dump.name}")

    assert answer.mimetype == dump.form.media_type
    assert answer.headers["ETag"] == f'"{hashlib.sha256(answer.data).hexdigest()}"'
    assert answer.data == (release.dumps / dump.name).read_bytes()


def test_files_are_found_below_a_folder_that_is_named_from_here(
    releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `fasti serve` does without being told where: `.releases`."""
    monkeypatch.chdir(releases.parent)
    app = create_app(Path(releases.name))
    statuses = {path: app.test_client().get(path, buffered=True).status_code for path in FILES}
    current(app).close()

    assert statuses == dict.fromkeys(FILES, 200)


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


@pytest.mark.parametrize("name", ["fasti.css", "search.js", "drawing.css"])
def test_what_pages_load_is_packed_with_a_tag_for_each_coding(client: FlaskClient, name: str) -> None:
    """RFC 9110, section 8.8.3.3."""
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress,
              "zstd": lambda body: zstandard.ZstdDecompressor().decompress(body), "identity": bytes}  # fmt: skip
    path, tags = f"/static/{name}", set()
    plain = client.get(path, headers={"Accept-Encoding": "identity"}).data
    for coding, read in unpack.items():
        answer = client.get(path, headers={"Accept-Encoding": coding})
        tags.add(answer.headers["ETag"])
        assert answer.headers.get("Content-Encoding", "identity") == coding
        assert read(answer.data) == plain
        assert answer.vary.as_set() == {"accept-encoding"}
        assert answer.headers["Cache-Control"] == "public, max-age=3600"
        again = client.get(path, headers={"Accept-Encoding": coding, "If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304

    assert len(tags) == len(unpack)
    assert not any(tag.startswith("W/") for tag in tags)
    part = client.get(path, headers={"Range": "bytes=2-5"})
    assert (part.status_code, part.data) == (206, plain[2:6])
    assert part.headers["ETag"] == client.get(path).headers["ETag"]


def test_a_long_page_of_terms_is_cut_into_parts_that_have_every_subject_once(client: FlaskClient) -> None:
    graph = rdflib.Graph().parse(data=client.get("/shapes.ttl").data, format="turtle")
    subjects = sorted({subject.fragment for subject in graph.subjects() if isinstance(subject, rdflib.URIRef)})
    answers = (client.get(f"/shapes.html?page={number}") for number in range(1, 10))
    parts = list(takewhile(lambda answer: answer.status_code == 200, answers))
    shown = [name for part in parts for name in re.findall(r'<section class="term" id="([^"]+)"', part.text)]

    assert sorted(shown) == subjects
    assert len(subjects) > 100
    assert all(len(part.data) < 80_000 for part in parts)
    assert 1 < len(parts) < 5
    assert client.get(f"/shapes.html?page={len(parts) + 1}").status_code == 404
    assert [client.get(f"/shapes.html?{wrong}").status_code for wrong in ("page=x", "term=a&term=b")] == [400] * 2


def test_a_term_is_found_by_its_name_on_whatever_part_it_stands(client: FlaskClient) -> None:
    for name in ("label", "tenure-overlap"):
        assert f'<section class="term" id="{name}"' in client.get(f"/shapes.html?term={name}").text
    assert [
        client.get("/shapes.html", query_string={"term": none}).status_code for none in ("no-shape", "J^ }\t<")
    ] == [404] * 2
