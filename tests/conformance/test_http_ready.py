"""Answers that are ready: the same as those that the application makes, dropped with their release, told in log and numbers."""

from __future__ import annotations

import http.client
import json
import shutil
import signal
import socket
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fasti.paths import data

if TYPE_CHECKING:
    from conftest import Build, LiveServer, Serve

DOC = "/doc/organization/ogs"
NEW_EACH_TIME = ("date", "x-request-id")
WISHES = [
    {"Accept": accept}
    | ({"Accept-Encoding": coding} if coding else {})
    | ({"Accept-Language": language} if language else {})
    for accept in ("text/html", "text/turtle", "application/ld+json")
    for coding in ("", "gzip", "br")
    for language in ("", "zh-Hans")
]


def lasting(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name not in NEW_EACH_TIME}


@pytest.fixture(scope="module")
def server(serve_seeds: Serve) -> LiveServer:
    """One whose release tests may change."""
    return serve_seeds()


@pytest.mark.parametrize("wish", WISHES, ids=str)
def test_the_second_answer_is_the_first_one(server: LiveServer, wish: dict[str, str]) -> None:
    first, second = (server.request("GET", DOC, headers=wish) for _ in range(2))

    assert first.status == second.status == 200
    assert first.body == second.body
    assert lasting(first.headers) == lasting(second.headers)
    assert first.headers["x-request-id"] != second.headers["x-request-id"]


@pytest.mark.parametrize("wish", WISHES[:4], ids=str)
def test_head_of_a_ready_answer_is_get_without_its_body(server: LiveServer, wish: dict[str, str]) -> None:
    ready = [server.request("GET", DOC, headers=wish) for _ in range(2)][1]
    head = server.request("HEAD", DOC, headers=wish)

    assert head.body == b""
    assert lasting(head.headers) == lasting(ready.headers)


CONDITIONS = [
    ({"If-None-Match": "TAG"}, 304), ({"If-None-Match": "W/TAG"}, 304), ({"If-None-Match": "*"}, 304),
    ({"If-None-Match": '"x", TAG'}, 304), ({"If-None-Match": '"x"'}, 200), ({"If-Modified-Since": "TIME"}, 304),
    ({"If-Modified-Since": "TIME", "If-None-Match": '"x"'}, 200), ({"If-Modified-Since": "Mon, 01 Jan 1990 00:00:00 GMT"}, 200),
    ({"If-Match": "TAG"}, 200), ({"If-Match": '"x"'}, 412),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "status"), CONDITIONS, ids=[str(each) for each, _ in CONDITIONS])
def test_conditions_of_ready_answers(server: LiveServer, condition: dict[str, str], status: int) -> None:
    """RFC 9110, section 13.2.2; a 304 has the headers that the application gives it (section 15.4.5)."""
    ready = [server.request("GET", DOC, headers={"Accept": "text/turtle"}) for _ in range(2)][1]
    terms = {"TAG": ready.headers["etag"], "TIME": ready.headers["last-modified"]}
    asked = {
        name: value.replace("TAG", terms["TAG"]).replace("TIME", terms["TIME"]) for name, value in condition.items()
    }
    answer = server.request("GET", DOC, headers=asked | {"Accept": "text/turtle"})

    assert answer.status == status
    assert answer.body == (ready.body if status == 200 else answer.body if status == 412 else b"")
    if status == 304:
        # a body's length makes the application answer, whatever is ready
        made = server.request("GET", DOC, headers=asked | {"Accept": "text/turtle", "Content-Length": "0"})
        assert lasting(answer.headers) == lasting(made.headers)


def test_what_says_the_same_in_two_headers_is_read_as_one(server: LiveServer) -> None:
    """RFC 9110, section 5.3: the second Accept counts too."""
    for _ in range(2):
        server.request("GET", DOC, headers={"Accept": "text/html;q=0.5"})
    raw = server.raw(
        f"GET {DOC} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nAccept: text/html;q=0.5\r\nAccept: text/turtle\r\n"
        "Connection: close\r\n\r\n".encode()
    )

    assert b"content-type: text/turtle" in raw


def test_ready_answers_are_in_the_log_and_in_the_numbers(server: LiveServer) -> None:
    path = "/doc/person/jiang-zemin.ttl"
    for number in range(3):
        server.request("GET", path, headers={"X-Request-ID": f"ready-{number}", "User-Agent": 'a "test"'})
    time.sleep(0.2)
    lines = [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]
    mine = [line for line in lines if line["id"].startswith("ready-")]
    counted = 'fasti_http_requests_total{method="GET",route="/doc/<path:path>",status="200"}'

    assert sorted(line["id"] for line in mine) == ["ready-0", "ready-1", "ready-2"]
    assert {(line["path"], line["status"], line["client"], line["agent"]) for line in mine} == {
        (path, 200, "127.0.0.1", 'a "test"')
    }
    assert len({line["bytes"] for line in mine}) == 1
    assert counted in server.get("/metrics").body.decode()


def test_a_query_of_the_clock_or_of_chance_is_always_asked(server: LiveServer) -> None:
    def twice(expression: str) -> list[bytes]:
        return [server.get("/sparql", query=f"SELECT ({expression} AS ?x) {{}}").body for _ in range(2)]

    for expression in ("UUID()", "struuid()", "RAND()", "STR(NOW())"):
        assert len(set(twice(expression))) == 2, expression
    assert len(set(twice("1 + 1"))) == 1


def test_a_new_release_is_answered_from_within_a_second(
    server: LiveServer, build_release: Build, tmp_path: Path
) -> None:
    """Also when every answer is ready and the application is never asked."""
    for path in sorted(data("seeds").glob("*.txt"))[:-1]:
        shutil.copy(path, tmp_path)
    before = [server.request("GET", DOC, headers={"Accept": "text/turtle"}) for _ in range(2)][1]
    build_release(server.releases, server.base, seeds=tmp_path)
    until, after = time.monotonic() + 10, before
    while time.monotonic() < until and after.headers["last-modified"] == before.headers["last-modified"]:
        after = server.request("GET", DOC, headers={"Accept": "text/turtle"})
        time.sleep(0.02)

    assert after.headers["last-modified"] != before.headers["last-modified"]


def test_a_header_with_an_underscore_is_no_header_of_that_name(server: LiveServer) -> None:
    raw = server.raw(
        f"GET {DOC} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nIf_None_Match: *\r\nConnection: close\r\n\r\n".encode()
    )

    assert raw.split(b" ", 2)[1] == b"200"


@pytest.mark.parametrize("head", [b"Content-Length: 20", b"Transfer-Encoding: chunked"])
def test_a_body_that_breaks_off_is_no_query(server: LiveServer, head: bytes) -> None:
    """What came of it could be another query than the one that was meant."""
    start = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n" + head + b"\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
        connection.sendall(start + (b"6\r\nASK {}\r\n" if b"chunked" in head else b"ASK {}"))
        connection.shutdown(socket.SHUT_WR)

        assert b" 200 " not in connection.recv(1000)


def test_a_second_signal_ends_it_at_once(serve_seeds: Serve) -> None:
    server = serve_seeds()
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("GET", "/sparql?query=" + endless.replace(" ", "+"))
    time.sleep(0.7)
    began = time.monotonic()
    for _ in range(2):
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)

    assert server.process.wait(10) == 0
    assert time.monotonic() - began < 5
    connection.close()


def test_a_part_of_a_file_is_that_part(server: LiveServer) -> None:
    """The server takes it from the file itself."""
    whole = server.get("/dumps/record.nt").body

    for asked, part in (
        ("bytes=0-0", whole[:1]),
        ("bytes=10-19", whole[10:20]),
        ("bytes=-5", whole[-5:]),
        (f"bytes={len(whole) - 3}-", whole[-3:]),
    ):
        answer = server.request("GET", "/dumps/record.nt", headers={"Range": asked})
        assert (answer.status, answer.body) == (206, part)
