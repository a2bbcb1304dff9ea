"""Content codings: which one is chosen, that each is the same content, that packing is kept and bounded."""

from __future__ import annotations

import gzip

import brotli
import pytest
import zstandard
from flask import Flask
from flask.testing import FlaskClient

from fasti.web.encodings import PACKERS, Packed, choose_coding

PATH = "/doc/organization/bureau-of-records.ttl"
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "zstd": zstandard.ZstdDecompressor().decompress}
CHOICES = [
    (None, "identity"), ("", "identity"), ("identity", "identity"), ("gzip", "gzip"), ("br", "br"), ("zstd", "zstd"),
    ("gzip, deflate, br, zstd", "br"), ("gzip, deflate, br", "br"), ("gzip, deflate", "gzip"), ("br,gzip,deflate", "br"),
    ("gzip;q=1.0, br;q=0.5", "gzip"), ("br;q=0, gzip;q=0.1", "gzip"), ("gzip;q=0", "identity"), ("deflate", "identity"),
    ("*", "gzip"), ("*;q=0.5, br;q=0.2", "gzip"), ("gzip;q=0, *", "identity"), ("GZIP", "gzip"), ("x-gzip", "gzip"),
    ("identity;q=0.5, gzip;q=0.4", "identity"), ("identity;q=0.5, gzip;q=0.5", "gzip"), ("gzip;q=high", "identity"),
    ("br ; q=0.9 , zstd ; q=1", "zstd"), ("identity;q=0", None), ("*;q=0", None), ("*;q=0, gzip", "gzip"),
    ("identity;q=0, zstd", "zstd"), (", ,", "identity"), ("gzip;q=0.001", "gzip"), ("compress, br;q=7", "br"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "expected"), CHOICES)
def test_accept_encoding_decides(header: str | None, expected: str | None) -> None:
    """RFC 9110, section 12.5.3."""
    assert choose_coding(header) == expected


@pytest.mark.parametrize("coding", PACKERS)
def test_a_packed_answer_unpacks_to_the_plain_one(client: FlaskClient, coding: str) -> None:
    plain, packed = client.get(PATH), client.get(PATH, headers={"Accept-Encoding": coding})

    assert packed.headers["Content-Encoding"] == coding
    assert UNPACK[coding](packed.data) == plain.data
    assert len(packed.data) < len(plain.data)
    assert {"Accept-Encoding"} <= set(packed.headers["Vary"].split(", ")) & set(plain.headers["Vary"].split(", "))


def test_each_coding_has_a_strong_tag_of_its_own(client: FlaskClient) -> None:
    tags = [client.get(PATH, headers={"Accept-Encoding": coding}).headers["ETag"] for coding in ("identity", *PACKERS)]

    assert len(set(tags)) == 4
    assert not any(tag.startswith("W/") for tag in tags)


@pytest.mark.parametrize("coding", PACKERS)
def test_a_tag_is_good_for_its_coding_only(client: FlaskClient, coding: str) -> None:
    tag = client.get(PATH, headers={"Accept-Encoding": coding}).headers["ETag"]

    again = client.get(PATH, headers={"Accept-Encoding": coding, "If-None-Match": tag})
    assert (again.status_code, again.headers["ETag"]) == (304, tag)
    assert "Accept-Encoding" in again.headers["Vary"]
    assert client.get(PATH, headers={"If-None-Match": tag}).status_code == 200


def test_who_refuses_everything_gets_the_plain_form(client: FlaskClient) -> None:
    answer = client.get(PATH, headers={"Accept-Encoding": "identity;q=0, *;q=0"})

    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers


def test_what_is_small_is_not_packed(client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get("/robots.txt", headers={"Accept-Encoding": "gzip"}).headers


def test_the_same_content_is_packed_once(app: Flask, client: FlaskClient) -> None:
    packed: Packed = app.extensions["fasti.packed"]
    client.get(PATH, headers={"Accept-Encoding": "br"})
    before = packed.bytes
    client.get(PATH, headers={"Accept-Encoding": "br"})

    assert packed.bytes == before > 0


def test_what_is_kept_is_bounded() -> None:
    packed = Packed(most_bytes=1000)
    bodies = [bytes([n]) * 10 + bytes(range(200)) for n in range(50)]
    for body in bodies:
        packed.pack(body, "gzip")

    assert 0 < packed.bytes <= 1000
    assert gzip.decompress(packed.pack(bodies[0], "gzip")) == bodies[0]


def test_one_giant_does_not_push_out_the_rest() -> None:
    packed = Packed(most_bytes=400)
    packed.pack(bytes(50), "gzip")
    kept = packed.bytes
    packed.pack(bytes(range(256)) * 4, "gzip")

    assert packed.bytes == kept


@pytest.mark.parametrize(("coding", "ending"), [("gzip", ".gz"), ("zstd", ".zst")])
def test_a_dump_comes_packed_as_it_lies_on_disk(client: FlaskClient, coding: str, ending: str) -> None:
    plain = client.get("/dumps/dataset.nq")
    packed = client.get("/dumps/dataset.nq", headers={"Accept-Encoding": coding})

    assert packed.headers["Content-Encoding"] == coding
    assert packed.mimetype == plain.mimetype == "application/n-quads"
    assert UNPACK[coding](packed.data) == plain.data
    assert packed.data == client.get(f"/dumps/dataset.nq{ending}").data
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_a_range_is_of_the_plain_dump(client: FlaskClient) -> None:
    plain = client.get("/dumps/dataset.nq").data
    part = client.get("/dumps/dataset.nq", headers={"Accept-Encoding": "gzip", "Range": "bytes=3-9"})

    assert part.status_code == 206
    assert part.data == plain[3:10]
    assert "Content-Encoding" not in part.headers


@pytest.mark.parametrize("coding", ["identity", *PACKERS])
def test_answers_to_queries_are_packed_and_have_tags_too(client: FlaskClient, coding: str) -> None:
    query = {"query": "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 40"}
    headers = {"Accept": "application/sparql-results+json", "Accept-Encoding": coding}
    answer = client.get("/sparql", query_string=query, headers=headers)
    head = client.head("/sparql", query_string=query, headers=headers)
    posted = client.post("/sparql", data=query, headers=headers)

    assert answer.headers.get("Content-Encoding", "identity") == coding
    assert {"Accept", "Accept-Encoding"} <= set(answer.headers["Vary"].split(", "))
    assert posted.data == answer.data
    assert "ETag" not in posted.headers
    assert (head.data, head.headers["ETag"]) == (b"", answer.headers["ETag"])
    assert head.headers["Content-Length"] == str(len(answer.data))
    again = client.get("/sparql", query_string=query, headers=headers | {"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_page_is_made_once_for_a_release(app: Flask, client: FlaskClient) -> None:
    kept = app.extensions["fasti.kept"]
    first = client.get("/doc/person/he-zai", headers={"Accept": "text/html"})
    before = kept.bytes
    again = client.get("/doc/person/he-zai", headers={"Accept": "text/html"})

    assert kept.bytes == before > 0
    assert again.data == first.data
    client.get("/doc/person/he-zai?at=1957-03-03", headers={"Accept": "text/html"})
    assert kept.bytes > before
