"""Behind a proxy: on a sub-path, with https and another host, every link is right and the data keep their IRIs."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from flask import Flask
from flask.testing import FlaskClient

from fasti.web import create_app, current

FORWARDED = {"X-Forwarded-Prefix": "/data", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "example.org",
             "X-Forwarded-For": "192.0.2.7", "X-Forwarded-Port": "443"}  # fmt: skip
PAGES = ["/", "/?at=1957", "/doc/organization/bureau-of-records", "/doc/post/director--bureau-of-records?at=1957-01-01",
         "/doc/passage/records/0-17", "/source/", "/source/records", "/dumps/", "/sparql", "/def", "/scheme/rank",
         "/catalog", "/shapes", "/quality", "/doc/organization/nobody", "/doc/person/nobody"]  # fmt: skip
DATA = ["/doc/organization/bureau-of-records", "/catalog", "/def", "/quality"]


@pytest.fixture(scope="module")
def behind(releases: Path, app: Flask) -> Iterator[Flask]:
    made = create_app(releases, proxy_hops=1)
    made.test_client_class = app.test_client_class
    yield made
    current(made).close()


@pytest.fixture
def proxied(behind: Flask) -> Iterator[FlaskClient]:
    with behind.test_client() as client:
        yield client


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_a_page_stays_below_the_sub_path(proxied: FlaskClient, client: FlaskClient, path: str) -> None:
    page = proxied.get(path, headers=FORWARDED | {"Accept": "text/html"})
    links = [html.unescape(link) for link in re.findall(r'(?:href|src|action)="([^"]*)"', page.text)]

    assert len(links) > 5
    for link in links:
        assert re.match(r"(/data/|#|https?://(?!example\.org))", link), link
        if link.startswith("/data/"):
            target = link.removeprefix("/data").partition("#")[0]
            itself = (page.status_code,) if target.partition("?")[0] == path else ()  # in another language
            answer = client.get(target, headers={"Accept": "*/*;q=0.1, text/html"})
            assert answer.status_code in (200, 303, 302, 308, *itself), link


@pytest.mark.parametrize("path", DATA)
def test_links_of_headers_too(proxied: FlaskClient, path: str) -> None:
    answer = proxied.get(path, headers=FORWARDED | {"Accept": "text/turtle"})

    assert answer.headers["Content-Location"] == f"/data{path}.ttl"
    targets = re.findall(r"<([^>]*)>", answer.headers["Link"])
    assert all(target.startswith(("/data/", "http://localhost:8000/", "https://creativecommons")) for target in targets)


@pytest.mark.parametrize("suffix", ["nt", "ttl", "jsonld", "rdf", "nq"])
@pytest.mark.parametrize("path", DATA)
def test_the_data_are_the_same_wherever_they_are_asked_for(
    proxied: FlaskClient, client: FlaskClient, path: str, suffix: str
) -> None:
    """The IRIs are those that the release was built for."""
    assert proxied.get(f"{path}.{suffix}", headers=FORWARDED).data == client.get(f"{path}.{suffix}").data


def test_redirections_stay_below_the_sub_path(proxied: FlaskClient) -> None:
    for path, target in (
        ("/id/organization/bureau-of-records", "/data/doc/organization/bureau-of-records"),
        ("/id/organization/record-office", "/data/id/organization/bureau-of-records"),
        ("/source", "/data/source/"),
        ("/.well-known/void", "/data/catalog"),
        ("/id/organization/bureau-of-records/", "/data/id/organization/bureau-of-records"),
    ):
        assert proxied.get(path, headers=FORWARDED).location == target


def test_descriptions_for_machines_name_the_sub_path(proxied: FlaskClient) -> None:
    assert json.loads(proxied.get("/openapi.json", headers=FORWARDED).data)["servers"] == [{"url": "/data"}]
    assert "Disallow: /data/sparql?" in proxied.get("/robots.txt", headers=FORWARDED).text
    refused = proxied.get("/def", headers=FORWARDED | {"Accept": "image/png"})
    assert all(each["href"].startswith("/data/def.") for each in json.loads(refused.data)["alternatives"])


def test_a_problem_in_rdf_is_named_below_the_address_that_was_asked_for(proxied: FlaskClient) -> None:
    answer = proxied.get("/doc/organization/nobody", headers=FORWARDED | {"Accept": "text/turtle"})
    subjects = set(rdflib.Graph().parse(data=answer.text, format="turtle").subjects())

    assert subjects == {rdflib.URIRef("https://example.org/data/doc/organization/nobody#problem")}


@pytest.mark.parametrize("path", PAGES)
def test_nobody_is_believed_who_is_not_configured(client: FlaskClient, path: str) -> None:
    kind = {"Accept": "text/html"}

    assert client.get(path, headers=FORWARDED | kind).data == client.get(path, headers=kind).data


def test_only_as_many_proxies_are_believed_as_there_are(proxied: FlaskClient) -> None:
    """With one proxy, what a client wrote before it in the same header is not taken."""
    forged = FORWARDED | {"X-Forwarded-Host": "evil.example, example.org", "X-Forwarded-Prefix": "/evil, /data"}
    answer = proxied.get("/doc/organization/nobody", headers=forged | {"Accept": "text/turtle"})

    assert "evil" not in answer.text
    assert "https://example.org/data/" in answer.text


def test_what_is_kept_for_one_root_is_not_given_to_another(proxied: FlaskClient, client: FlaskClient) -> None:
    path, kind = "/doc/organization/bureau-of-records", {"Accept": "text/html"}
    below = [proxied.get(path, headers=FORWARDED | {"X-Forwarded-Prefix": p} | kind).text for p in ("/a", "/b", "/a")]

    assert below[0] == below[2]
    assert '"/a/doc/' in below[0]
    assert '"/a/doc/' not in below[1]
    assert proxied.get(path, headers=kind).data == client.get(path, headers=kind).data
