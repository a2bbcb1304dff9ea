"""Running: settings, changes of release, damage, errors, the headers of every answer."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fasti.release import publish
from fasti.store import Dataset
from fasti.store.embedded import DefaultGraph, Literal, NamedNode, Quad
from fasti.vocabulary import Vocabulary
from fasti.web import create_app


def data(label: str, slug: str = "one") -> Dataset:
    words = Vocabulary()
    dataset = Dataset.memory(words)
    body = NamedNode(words.entity("organization", slug))
    dataset.add([Quad(body, NamedNode(words.expand("rdfs:label")), Literal(label), DefaultGraph())])
    return dataset


def test_nothing_is_opened_before_the_first_request(tmp_path: Path) -> None:
    app = create_app(tmp_path / "missing")

    assert app.test_client().get("/health").status_code == 503


def test_without_a_release_answers_are_503_and_say_no_paths(tmp_path: Path) -> None:
    answer = create_app(tmp_path).test_client().get("/", headers={"Accept": "application/json"})

    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert str(tmp_path) not in answer.text


def test_a_new_release_is_served_without_a_restart(tmp_path: Path) -> None:
    publish(data("Old"), {}, tmp_path)
    client = create_app(tmp_path).test_client()
    before = client.get("/doc/organization/one.nt")
    publish(data("New"), {}, tmp_path)
    after = client.get("/doc/organization/one.nt")

    assert b'"Old"' in before.data
    assert b'"New"' in after.data
    assert before.headers["ETag"] != after.headers["ETag"]


def test_no_request_fails_while_releases_change(tmp_path: Path) -> None:
    publish(data("0"), {}, tmp_path)
    app, done = create_app(tmp_path), threading.Event()

    def read() -> set[int]:
        client, seen = app.test_client(), set()
        while not done.is_set():
            seen.add(client.get("/doc/organization/one.trig").status_code)
        return seen

    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read) for _ in range(4)]
        for number in range(1, 6):
            publish(data(str(number)), {}, tmp_path)
        done.set()

    assert set().union(*(reader.result() for reader in readers)) == {200}


def test_a_damaged_new_release_leaves_the_old_one_serving(tmp_path: Path) -> None:
    publish(data("Old"), {}, tmp_path)
    client = create_app(tmp_path).test_client()
    client.get("/health")
    new = publish(data("New"), {}, tmp_path)
    (new.path / "release.json").write_text("{")

    assert b'"Old"' in client.get("/doc/organization/one.nt").data
    assert b'"Old"' in client.get("/doc/organization/one.nt").data
    publish(data("New"), {}, tmp_path)  # cured: but the name is the one that was refused
    publish(data("Newer"), {}, tmp_path)
    assert b'"Newer"' in client.get("/doc/organization/one.nt").data


def test_a_cured_release_is_picked_up(tmp_path: Path) -> None:
    publish(data("Old"), {}, tmp_path)
    client = create_app(tmp_path).test_client()
    client.get("/health")
    new = publish(data("New"), {}, tmp_path)
    (new.path / "release.json").write_text("{")
    client.get("/health")
    publish(data("New"), {}, tmp_path)

    assert b'"New"' in client.get("/doc/organization/one.nt").data


def test_settings_come_from_defaults_then_environment_then_arguments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert create_app(tmp_path).config["PROXY_HOPS"] == 0
    monkeypatch.setenv("FASTI_PROXY_HOPS", "1")
    assert create_app(tmp_path).config["PROXY_HOPS"] == 1
    assert create_app(tmp_path, proxy_hops=2).config["PROXY_HOPS"] == 2


FORWARDED = {"X-Forwarded-Prefix": "/data", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "example.org"}


def test_a_proxy_is_believed_only_when_configured(app: Flask, releases: Path) -> None:
    path = "/id/organization/bureau-of-records"
    behind = create_app(releases, proxy_hops=1)

    assert app.test_client().get(path, headers=FORWARDED).location == "/doc/organization/bureau-of-records"
    assert behind.test_client().get(path, headers=FORWARDED).location == "/data/doc/organization/bureau-of-records"


@pytest.mark.parametrize("slug", ["记录局", "caf%C3%A9", "a(b)"])
def test_a_name_in_any_script_is_found_written_out_or_encoded(tmp_path: Path, slug: str) -> None:
    publish(data("One", slug), {}, tmp_path)
    client = create_app(tmp_path).test_client()

    for spelling in {slug, quote(slug, safe="%")}:
        answer = client.get(f"/id/organization/{spelling}", follow_redirects=True, headers={"Accept": "text/turtle"})
        assert answer.status_code == 200
        assert slug in answer.text.replace("\\", "")


@pytest.mark.parametrize("path", ["/dumps", "/source"])
def test_a_folder_without_its_slash_is_found(client: FlaskClient, path: str) -> None:
    assert client.get(path, follow_redirects=True, headers={"Accept": "text/html"}).status_code == 200


def test_health_tells_the_release(client: FlaskClient) -> None:
    answer = client.get("/health")

    assert answer.status_code == 200
    assert json.loads(answer.data)["status"] == "pass"


@pytest.mark.parametrize(
    "path", ["/", "/doc/organization/bureau-of-records.ttl", "/dumps/record.ttl", "/nothing", "/health"]
)
def test_every_answer_may_be_read_by_any_origin_and_loads_nothing_foreign(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers

    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_a_preflight_is_answered(client: FlaskClient) -> None:
    answer = client.options("/doc/organization/bureau-of-records", headers={"Origin": "https://example.org"})

    assert answer.status_code in (200, 204)
    assert "GET" in answer.headers["Access-Control-Allow-Methods"]


def test_a_wrong_method_is_405_with_what_is_allowed(client: FlaskClient) -> None:
    answer = client.delete("/doc/organization/bureau-of-records", headers={"Accept": "application/json"})

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert answer.content_type == "application/problem+json"


def test_a_fault_of_ours_shows_no_trace(releases: Path) -> None:
    app = create_app(releases)

    @app.get("/fault")
    def fault() -> str:
        raise RuntimeError("secret")

    answer = app.test_client().get("/fault")

    assert answer.status_code == 500
    assert "secret" not in answer.text


def test_robots_may_read_but_not_query(client: FlaskClient) -> None:
    assert "Disallow: /sparql?" in client.get("/robots.txt").text
