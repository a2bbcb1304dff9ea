"""First answers about entities are what the application says, header for header and byte for byte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from fasti.release import DESCRIPTIONS, Release, open_release
from fasti.web import create_app, current
from fasti.web import first as module
from fasti.web.encodings import Packed
from fasti.web.first import ROUTE, FirstAnswers
from fasti.web.ready import ReadyAnswers

ENTITIES = 227  # of the seeds
PREFIX = {"X-Forwarded-Prefix": "/data/", "X-Forwarded-Host": "example.org", "X-Forwarded-Port": "443"}
FORMS = [("", "text/turtle"), ("", "text/n3, */*;q=0.1"), (".ttl", "text/html")]
OTHERS = [("", "application/ld+json"), ("", "text/plain"), (".nt", "*/*"), (".rdf", "*/*"), (".jsonld", "*/*")]


@dataclass(frozen=True)
class Asked:
    """The headers of a request as granian has them."""

    named: Mapping[str, str]

    def get_all(self, name: str) -> list[str]:
        """All values of a header, whose name is in lower case."""
        return [value for known, value in self.named.items() if known.lower() == name]


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory, build_release: Any) -> Path:
    folder: Path = tmp_path_factory.mktemp("first") / "releases"
    build_release(folder, "http://localhost:8000/")
    return folder


@pytest.fixture(scope="module")
def released(seeds: Path) -> Release:
    return open_release(seeds)


@pytest.fixture(scope="module", params=[0, 1], ids=["direct", "behind a proxy"])
def site(request: pytest.FixtureRequest, seeds: Path) -> Iterator[Flask]:
    app = create_app(seeds, proxy_hops=request.param)
    yield app
    current(app).close()


def first(site: Flask, release: Release) -> FirstAnswers:
    config = site.config
    return FirstAnswers(lambda: release, Packed(), config["PAGE_MAX_AGE"], config["PROXY_HOPS"])


def headers(site: Flask, accept: str, coding: str) -> dict[str, str]:
    asked = {"Host": "localhost:8000", "Accept": accept}
    return asked | ({"Accept-Encoding": coding} if coding else {}) | (PREFIX if site.config["PROXY_HOPS"] else {})


def kept(site: Flask, path: str, asked: Mapping[str, str]) -> Any:
    """What the gateway keeps of the application's answer."""
    answer = site.test_client().get(path, headers=asked)
    assert answer.status_code == 200
    told = [header for header in answer.headers if header[0] != "Date"]
    return comparable(told, answer.data)


def comparable(told: list[tuple[str, str]], body: bytes) -> Any:
    """A ready answer without its time, its headers in one order: of GET, of HEAD and, the bare ones, of a 304."""
    made = ReadyAnswers(lambda: 1, 60).keep("key", 1, ROUTE, told, body)
    return sorted(made.headers), made.body, made.tag, made.modified, sorted(made.bare)


def test_the_first_answer_is_the_application_s(site: Flask, released: Release) -> None:
    assert ROUTE in {rule.rule for rule in site.url_map.iter_rules()}
    answers, compared = first(site, released), 0
    for name in names(released):
        for (suffix, accept), coding in product(FORMS, ("", "gzip", "br, gzip", "zstd;q=0.5, gzip;q=0.1")):
            path, asked = f"/doc/{name}{suffix}", headers(site, accept, coding)
            made = answers.make(path, "", Asked(asked))
            assert made is not None, path
            assert comparable(*made) == kept(site, path, asked), (path, asked)
            compared += 1

    assert compared == ENTITIES * len(FORMS) * 4


def test_so_it_is_in_another_format(site: Flask, released: Release) -> None:
    answers, compared = first(site, released), 0
    for name in names(released):
        for suffix, accept in OTHERS:
            path, asked = f"/doc/{name}{suffix}", headers(site, accept, "")
            made = answers.make(path, "", Asked(asked))
            assert made is not None, path
            assert comparable(*made) == kept(site, path, asked), (path, asked)
            compared += 1

    assert compared == ENTITIES * len(OTHERS)


def test_nobody_waits_while_much_is_packed_or_rewritten(released: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SOON", 1000)
    answers, path = FirstAnswers(lambda: released, Packed(), 60, 0), f"/doc/{names(released)[0]}"
    asked = {"Host": "localhost:8000", "Accept": "text/turtle"}

    assert answers.make(path, "", Asked(asked)) is not None
    assert answers.make(path, "", Asked(asked | {"Accept-Encoding": "gzip"})) is None
    assert answers.make(f"{path}.jsonld", "", Asked(asked)) is None


def names(release: Release) -> list[str]:
    """The names of all entities whose descriptions are written."""
    start, written = f"{release.base}id/", release.written
    assert written is not None
    subjects = sorted({q.subject.value for q in release.dataset.quads() if q.subject.value.startswith(start)})
    found = [iri.removeprefix(start) for iri in subjects if written.turtle(iri.removeprefix(start), release.created)]
    assert len(found) == len(written)
    return found


@pytest.mark.parametrize(
    ("path", "query", "asked"),
    [
        ("/doc/organization/no-such-thing", "", {}),
        ("/doc/{}", "at=1957", {}),
        ("/doc/{}.html", "", {}),
        ("/doc/{}.trig", "", {}),
        ("/doc/{}/", "", {}),
        ("/id/{}", "", {}),
        ("/doc/{}", "", {"Accept": "text/html"}),
        ("/doc/{}", "", {"Accept": "image/png"}),
        ("/doc/{}", "", {"Host": "two hosts"}),
        ("/doc/{}", "", {"Host": ""}),
    ],
)
def test_the_rest_is_the_application_s_to_answer(
    released: Release, path: str, query: str, asked: Mapping[str, str]
) -> None:
    named = {"Host": "localhost:8000", "Accept": "text/turtle"} | asked
    answers = FirstAnswers(lambda: released, Packed(), 60, 0)

    assert answers.make("/doc/" + names(released)[0], "", Asked(named | {"Host": "a", "Accept": "text/turtle"}))
    assert answers.make(path.format(names(released)[0]), query, Asked(named)) is None


def test_without_what_was_written_the_application_answers(tmp_path: Path, build_release: Any) -> None:
    """A release from before there were descriptions is served; building the same data again gives it some."""
    folder = tmp_path / "releases"
    build_release(folder, "http://localhost:8000/")
    path = folder / "current" / DESCRIPTIONS
    sums, whole = path.with_name("SHA256SUMS"), path.read_bytes()
    path.unlink()
    sums.write_text("".join(each for each in sums.read_text().splitlines(keepends=True) if DESCRIPTIONS not in each))
    old = open_release(folder)

    assert old.written is None
    asked = Asked({"Host": "localhost", "Accept": "text/turtle"})
    assert FirstAnswers(lambda: old, Packed(), 60, 0).make("/doc/organization/ogs", "", asked) is None
    build_release(folder, "http://localhost:8000/")
    assert path.read_bytes() == whole


def test_a_server_gives_first_what_its_application_gives(serve_seeds: Any) -> None:
    """`If-Unmodified-Since` leads past everything that is ready."""
    server = serve_seeds(FASTI_PROXY_HOPS="1")
    release = open_release(server.releases)
    compared = 0
    for name in names(release)[::20]:
        for more in ({}, {"Accept-Encoding": "br"}, PREFIX, {"If-None-Match": "*"}):
            for method in ("HEAD", "GET"):
                asked = {"Accept": "text/turtle", "User-Agent": method + name} | more
                once = server.request(method, f"/doc/{name}", headers=asked)
                other = asked | {"If-Unmodified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
                told = server.request(method, f"/doc/{name}", headers=other)
                assert (once.status, once.body) == (told.status, told.body)
                assert same(once.headers) == same(told.headers)
                compared += 1

    assert compared == 12 * 4 * 2


def same(told: Mapping[str, str]) -> dict[str, str]:
    """Headers without those that differ from one request to the next."""
    return {name: value for name, value in told.items() if name not in ("date", "x-request-id")}
