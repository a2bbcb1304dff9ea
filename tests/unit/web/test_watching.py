"""What operators and programs watch: metrics, health, the access log, faults, the description of the surface."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from pyld import jsonld
from werkzeug.test import Client, EnvironBuilder

from fasti.release import Release, publish
from fasti.store import Dataset
from fasti.web import create_app, current, entities
from fasti.web.access import AccessLog

BUREAU = "/doc/organization/bureau-of-records"


@pytest.fixture
def fresh(releases: Path, app: Flask) -> Iterator[Flask]:
    """An application whose numbers begin at nothing."""
    made = create_app(releases)
    made.test_client_class = app.test_client_class
    yield made
    current(made).close()


def numbers(app: Flask) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    text = app.test_client().get("/metrics").text
    samples = (sample for family in text_string_to_metric_families(text) for sample in family.samples)
    return {(sample.name, frozenset(sample.labels.items())): sample.value for sample in samples}


def test_requests_are_counted_by_route_method_and_status(fresh: Flask) -> None:
    client = fresh.test_client()
    for path in (f"{BUREAU}.ttl", f"{BUREAU}.nt", "/doc/organization/nobody", "/nothing", "/nothing/else"):
        client.get(path)
    client.open("/", method="BREW")
    found = numbers(fresh)

    def count(**labels: str) -> float:
        return found[("fasti_http_requests_total", frozenset(labels.items()))]

    assert count(method="GET", route="/doc/<path:path>", status="200") == 2
    assert count(method="GET", route="/doc/<path:path>", status="404") == 1
    assert count(method="GET", route="none", status="404") == 2
    assert count(method="other", route="none", status="405") == 1
    assert found[("fasti_http_request_seconds_count", frozenset({("route", "/doc/<path:path>")}))] == 3


def test_the_release_and_the_workers_are_among_the_metrics(fresh: Flask, release: Release) -> None:
    client = fresh.test_client()
    kinds = {"Accept": "application/sparql-results+json"}
    assert client.get("/sparql?query=ASK{}", headers=kinds).status_code == 200
    assert client.get("/sparql?query=ASK", headers=kinds).status_code == 400
    found = numbers(fresh)
    about = next(labels for name, labels in found if name == "fasti_release_info")

    assert ("id", release.id) in about
    assert found[("fasti_sparql_busy", frozenset())] == 0
    assert found[("fasti_sparql_answers_total", frozenset({("outcome", "ok")}))] == 1
    assert found[("fasti_sparql_answers_total", frozenset({("outcome", "syntax")}))] == 1
    for reason in ("deadline", "worker-died", "out-of-memory"):
        assert found[("fasti_sparql_worker_deaths_total", frozenset({("reason", reason)}))] == 0
    assert found[("process_open_fds", frozenset())] > 0


def test_metrics_are_there_without_a_release(tmp_path: Path) -> None:
    answer = create_app(tmp_path).test_client().get("/metrics")

    assert answer.status_code == 200
    assert "fasti_release_info" not in answer.text


class Broken(Dataset):
    """A store that has failed under a server that runs."""

    def quads(self, *_: Any, **__: Any) -> Iterator[Any]:
        """As a disk that is gone."""
        raise OSError("Input/output error: /secret/path")


def test_health_fails_when_the_store_does(fresh: Flask, release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = current(fresh).release()
    monkeypatch.setitem(opened.__dict__, "dataset", Broken(opened.dataset.store, opened.vocabulary))
    answer = fresh.test_client().get("/health")

    assert answer.status_code == 503
    assert answer.json["status"] == "fail"  # type: ignore[index]
    assert "secret" not in answer.text
    page = fresh.test_client().get(BUREAU, headers={"Accept": "application/json"})
    assert page.status_code == 500
    assert "secret" not in page.text


def test_health_warns_of_a_release_that_was_refused(tmp_path: Path, dataset: Dataset) -> None:
    publish(dataset, {}, tmp_path)
    client = create_app(tmp_path).test_client()
    assert client.get("/health").json["status"] == "pass"  # type: ignore[index]
    new = publish(dataset, {"other": b"text"}, tmp_path)
    (new.path / "release.json").write_text("{")

    answer = client.get("/health")
    assert (answer.status_code, answer.json["status"]) == (200, "warn")  # type: ignore[index]


ACCEPTS = ["text/html", "application/json", "text/turtle", "application/ld+json", "*/*", "image/png"]


@pytest.mark.parametrize("accept", ACCEPTS)
def test_a_fault_in_a_view_shows_nothing_of_itself(
    fresh: Flask, accept: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """An exception planted in a view, for every kind of client: a problem, the trace in the log only."""

    def explode(*_: object) -> None:
        raise RuntimeError("secret: /etc/fasti/password")

    monkeypatch.setattr(entities, "describe", explode)
    with caplog.at_level(logging.ERROR):
        answer = fresh.test_client().get(BUREAU, headers={"Accept": accept}, environ_base={"fasti.request_id": "r1"})

    assert answer.status_code == 500
    for word in ("secret", "Traceback", "RuntimeError", ".py", "password"):
        assert word not in answer.text
    assert "secret" in caplog.text
    assert "r1" in caplog.text
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Access-Control-Allow-Origin"):
        assert answer.headers[name]


def test_a_fault_in_a_template_shows_nothing_of_itself(fresh: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(fresh.jinja_env.filters, "number", lambda _: 1 / 0)
    answer = fresh.test_client().get("/", headers={"Accept": "text/html"})

    assert answer.status_code == 500
    assert "ZeroDivisionError" not in answer.text
    assert "<h1>" in answer.text


def test_a_problem_tells_which_request_it_was(fresh: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entities, "describe", lambda *_: 1 / 0)
    client = Client(AccessLog(fresh, write=lambda _: None))
    answer = client.get(BUREAU, headers={"Accept": "application/json", "X-Request-ID": "abc-1"})

    assert answer.json["requestId"] == answer.headers["X-Request-ID"] == "abc-1"  # type: ignore[index]


def logged(app: Any, path: str, **headers: str) -> dict[str, Any]:
    lines: list[str] = []
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    Client(AccessLog(app, write=lines.append)).get(path, headers=names, buffered=True).close()
    assert len(lines) == 1
    assert lines[0].endswith("\n")
    found: dict[str, Any] = json.loads(lines[0])
    return found


def test_the_access_log_is_a_json_object_a_line(fresh: Flask) -> None:
    line = logged(fresh, f"{BUREAU}.ttl?at=1957", User_Agent="curl/8", Referer="https://example.org/")

    assert line["method"] == "GET"
    assert (line["path"], line["query"], line["status"]) == (f"{BUREAU}.ttl", "at=1957", 200)
    assert line["bytes"] == len(fresh.test_client().get(f"{BUREAU}.ttl?at=1957").data)
    assert (line["agent"], line["referer"]) == ("curl/8", "https://example.org/")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line["time"])
    assert re.fullmatch(r"[0-9a-f]{32}", line["id"])
    assert line["ms"] > 0


@pytest.mark.parametrize("given", ["x" * 65, 'a"b', "a b", "ä"])
def test_an_identifier_that_is_none_is_replaced(fresh: Flask, given: str) -> None:
    assert re.fullmatch(r"[0-9a-f]{32}", logged(fresh, "/health", X_Request_ID=given)["id"])


def test_nobody_forges_a_line_of_the_log(fresh: Flask) -> None:
    line = logged(fresh, "/id/a%0A%7B%22status%22:200%7D", User_Agent='"}{"' + "x" * 9000)

    assert line["path"] == '/id/a\n{"status":200}'
    assert len(line["agent"]) == 2000


def test_an_answer_that_breaks_off_is_logged_once() -> None:
    def breaking(environ: Any, start_response: Any) -> Iterable[bytes]:
        raise OSError("gone")

    lines: list[str] = []
    with pytest.raises(OSError, match="gone"):
        AccessLog(breaking, write=lines.append)(EnvironBuilder().get_environ(), lambda *_: lambda _: None)

    assert [json.loads(line)["status"] for line in lines] == [500]


def test_the_description_names_every_route_and_no_other(app: Flask, client: FlaskClient) -> None:
    described = set(json.loads(client.get("/openapi.json").data)["paths"])
    routes = {re.sub(r"<(?:[^:>]*:)?([^>]*)>", r"{\1}", rule.rule) for rule in app.url_map.iter_rules()}

    assert described == routes


def test_the_description_is_openapi_3_1_with_unique_names(client: FlaskClient) -> None:
    document = json.loads(client.get("/openapi.json").data)
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    names = [operation["operationId"] for operation in operations]

    assert document["openapi"].startswith("3.1")
    assert len(names) == len(set(names))
    for path, item in document["paths"].items():
        for operation in item.values():
            placed = {p["name"] for p in operation["parameters"] if p["in"] == "path"}
            assert placed == set(re.findall(r"{(\w+)}", path))


def test_the_context_is_absolute_and_makes_rdf_of_plain_json(client: FlaskClient, release: Release) -> None:
    answer = client.get("/context.jsonld")
    context = json.loads(answer.data)["@context"]

    assert answer.mimetype == "application/ld+json"
    assert context["fasti"] == release.base + "def#"
    assert all(":" in context[prefix] for prefix in release.vocabulary.prefixes if prefix in context)
    expanded = jsonld.expand({"@context": context, "@id": release.base + "id/x", "fasti:rank": {"@id": "rank:bureau"}})
    assert expanded[0][release.base + "def#rank"] == [{"@id": release.base + "scheme/rank#bureau"}]


def test_the_quality_page_groups_results_and_shows_conflicts_side_by_side(
    client: FlaskClient, release: Release
) -> None:
    page = client.get("/quality", headers={"Accept": "text/html"}).text

    assert (
        page.index("What the checks found") < page.index("Where the sources disagree") < page.index("How much is read")
    )
    assert "Li Na" in page
    assert "Wang Gang is its only director." in page
    data = rdflib.Graph().parse(data=client.get("/quality.nt").text, format="nt")
    graph = rdflib.Graph().parse(data=client.get("/graph/quality.nt").text, format="nt")
    assert set(data) == set(graph)
