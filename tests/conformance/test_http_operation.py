"""A server under way: releases change, it is told to stop, it is watched; nobody who asks notices."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fasti.release import open_release, publish
from fasti.store.embedded import DefaultGraph, Literal, NamedNode, Quad

if TYPE_CHECKING:
    from conftest import LiveServer

JSON = "application/sparql-results+json"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture
def server(serve_seeds: Callable[..., LiveServer]) -> LiveServer:
    """One that a test may stop."""
    return serve_seeds()


def publish_anew(releases: Path, mark: str) -> str:
    """Another release of the same folder: the current one and one more statement."""
    current = open_release(releases)
    words = current.vocabulary
    label = Quad(NamedNode(words.entity("organization", "ogs")), NamedNode(words.expand("skos:altLabel")), Literal(mark), DefaultGraph())  # fmt: skip
    dataset = type(current.dataset).memory(words)
    dataset.add([*current.dataset.quads(), label])
    texts = {path.stem: path.read_bytes() for path in current.sources.iterdir()}
    return publish(dataset, texts, releases).id


def test_releases_change_without_a_failed_request(server: LiveServer) -> None:
    """Pages, data, files and queries are asked for all the time while two releases are published."""
    done, seen = threading.Event(), Counter[tuple[str, int]]()
    wanted = [("/doc/organization/ogs", "text/html"), ("/doc/organization/ogs.nq", None), ("/", "text/html"),
              ("/dumps/record.nt.gz", None), ("/catalog", "text/turtle"), ("/health", None)]  # fmt: skip

    def ask() -> None:
        while not done.is_set():
            for path, accept in wanted:
                answer = server.get(path, accept)
                seen[(path, answer.status)] += 1
            seen[("/sparql", server.get("/sparql", JSON, query=COUNT).status)] += 1

    with ThreadPoolExecutor(3) as pool:
        asking = [pool.submit(ask) for _ in range(3)]
        for mark in ("first", "second"):
            time.sleep(0.2)
            published = publish_anew(server.releases, mark)
            until = time.monotonic() + 20
            while time.monotonic() < until and json.loads(server.get("/health").body)["release"] != published:
                time.sleep(0.02)
        time.sleep(0.3)
        done.set()
        for each in asking:
            each.result()

    assert {status for _, status in seen} == {200}, seen
    assert {path for path, _ in seen} == {path for path, _ in wanted} | {"/sparql"}
    assert json.loads(server.get("/health").body)["release"] == published
    assert b'"second"' in server.get("/doc/organization/ogs.nt").body
    assert b'"first"' in server.get("/doc/organization/ogs.nt").body


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_requests_under_way_are_finished_before_the_end(server: LiveServer, number: int) -> None:
    """The query that runs is answered (here by its deadline), new connections are refused, the exit code is 0."""
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(server.get, "/sparql", JSON, query=ENDLESS, timeout="2")
        time.sleep(0.5)
        began = time.monotonic()
        server.process.send_signal(number)
        time.sleep(0.3)
        with pytest.raises(OSError):  # noqa: PT011 - refused or reset, as the kernel likes
            server.request("GET", "/health", seconds=2)
        answer = running.result()

    assert answer.status == 503
    assert json.loads(answer.body)["code"] == "deadline"
    assert server.process.wait(10) == 0
    assert time.monotonic() - began > 1
    assert server.log.read_text().rstrip().endswith("stopped")


def test_silent_connections_do_not_hold_the_end_up(server: LiveServer) -> None:
    """One kept alive after an answer, one that has sent half a request, one that has sent nothing."""
    kept = http.client.HTTPConnection("127.0.0.1", server.port)
    kept.request("GET", "/health")
    kept.getresponse().read()
    with (
        socket.create_connection(("127.0.0.1", server.port)) as half,
        socket.create_connection(("127.0.0.1", server.port)),
    ):
        half.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        time.sleep(0.1)
        began = time.monotonic()
        server.process.send_signal(signal.SIGTERM)

        assert server.process.wait(10) == 0
    assert time.monotonic() - began < 4
    kept.close()


def test_every_request_has_its_line_in_the_log(live_server: LiveServer) -> None:
    for number in range(3):
        live_server.request("GET", f"/nothing/{number}", headers={"X-Request-ID": f"log-test-{number}"})
    time.sleep(0.2)
    lines = [json.loads(line) for line in live_server.log.read_text().splitlines() if line.startswith("{")]
    mine = {line["id"]: line for line in lines if line["id"].startswith("log-test-")}

    assert set(mine) == {f"log-test-{number}" for number in range(3)}
    assert all(line["status"] == 404 and line["client"] == "127.0.0.1" for line in mine.values())


def test_the_quality_page_explains_every_warning(live_server: LiveServer) -> None:
    """Each shape with its message, its results as links, the words behind them; coverage of all five documents."""
    page = live_server.get("/quality", "text/html").body.decode()
    report = live_server.get("/sparql", JSON, query=(
        "SELECT DISTINCT ?shape ?focus { GRAPH <graph/quality> { ?r a sh:ValidationResult ; sh:sourceShape ?shape ; sh:focusNode ?focus } }"
    ))  # fmt: skip
    rows = json.loads(report.body)["results"]["bindings"]

    assert rows
    for row in rows:
        code = row["shape"]["value"].rpartition("#")[2]
        assert f'id="{code}"' in page
        assert f"/shapes?term={code}#{code}" in page
        assert f'/doc/{row["focus"]["value"].partition("/id/")[2]}"' in page
    assert page.count('<th scope="row">') == 5
    assert page.count('class="readings"') >= 2
