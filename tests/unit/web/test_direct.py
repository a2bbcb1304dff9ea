"""Queries that are answered without the application are answered as it does, header for header and byte for byte."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from conftest import LiveServer, Serve

JSON, XML, CSV, TURTLE = "application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/turtle"
LARGE = "SELECT * { ?s ?p ?o } LIMIT 3000"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
CASES = [
    (query, accept)
    for query, accepts in {
        "ASK {}": (JSON, XML, TURTLE, "*/*"),
        "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 40": (JSON, XML, CSV, "text/tab-separated-values", "image/png"),
        "CONSTRUCT WHERE { ?s a org:Post }": (TURTLE, "application/ld+json", "application/rdf+xml", CSV),
        "PREFIX o: <http://www.w3.org/ns/org#> DESCRIBE ?x { ?x a o:FormalOrganization }": (TURTLE,),
        "SELECT ?é { VALUES ?é { 'a+b %41 \\u00e9' } }": (JSON,),
        "SELECT * FROM <nowhere> { ?s ?p ?o }": (JSON,),
        "SELECT ?x WHERE { ?s ?p }": (JSON,),
        "INSERT DATA { <a> <b> <c> }": (JSON,),
        "ASK { SERVICE <http://127.0.0.1:9/> {} }": (JSON,),
        "CONSTRUCT { <x> <http://a/1> 1 } {}": ("application/rdf+xml",),
    }.items()
    for accept in accepts
]
WISHES: list[Mapping[str, str]] = [{}, {"Accept-Encoding": "br"}, {"Accept-Encoding": "gzip"}, {"If-None-Match": "*"}]


@pytest.fixture(scope="module")
def server(serve_seeds: Serve) -> LiveServer:
    """One that has been asked before: the first query is the application's."""
    server = serve_seeds()
    server.get("/sparql", query="ASK {}")
    return server


@pytest.mark.parametrize("wish", WISHES, ids=str)
@pytest.mark.parametrize(("query", "accept"), CASES)
def test_it_is_the_application_s_answer(server: LiveServer, query: str, accept: str, wish: Mapping[str, str]) -> None:
    """`If-Unmodified-Since` leads to the application."""
    for method in ("GET", "HEAD"):
        path = f"/sparql?query={quote(f'{query} # {wish} {method} {accept}')}"
        once = server.request(method, path, headers={"Accept": accept} | wish)
        other = {"Accept": accept, "If-Unmodified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"} | wish
        told = server.request(method, path, headers=other)

        assert (once.status, once.body) == (told.status, told.body)
        assert same(once.headers) == same(told.headers)


def test_so_is_one_that_takes_long_to_pack(server: LiveServer) -> None:
    for coding in ({}, {"Accept-Encoding": "br"}):
        path = f"/sparql?query={quote(f'{LARGE} # {coding}')}"
        once, told = (
            server.request("GET", path, headers={"Accept": JSON} | coding | more)
            for more in ({}, {"If-Unmodified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"})
        )

        assert (once.body, same(once.headers)) == (told.body, same(told.headers))


def same(told: Mapping[str, str]) -> dict[str, str]:
    """Headers without those that differ from one request to the next."""
    return {name: value for name, value in told.items() if name not in ("date", "x-request-id")}


def test_it_is_in_the_log_and_in_the_numbers(server: LiveServer) -> None:
    before = counted(server)
    for number, query in enumerate(("ASK { }", "ASK { } # again", "ASK")):
        server.request(
            "GET", f"/sparql?query={quote(query)}", headers={"Accept": JSON, "X-Request-ID": f"own-{number}"}
        )
    time.sleep(0.2)
    lines = [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]
    mine = {line["id"]: line["status"] for line in lines if line["id"].startswith("own-")}

    assert mine == {"own-0": 200, "own-1": 200, "own-2": 400}
    assert [after - was for after, was in zip(counted(server), before, strict=True)] == [2, 1, 2, 1, 0]


def counted(server: LiveServer) -> list[float]:
    """Queries by outcome, requests by status, and how many are under way."""
    numbers = dict(line.rsplit(" ", 1) for line in server.get("/metrics").body.decode().splitlines() if line[0] != "#")
    route = 'fasti_http_requests_total{method="GET",route="/sparql",status='
    names = ['fasti_sparql_answers_total{outcome="ok"}', 'fasti_sparql_answers_total{outcome="syntax"}',
             route + '"200"}', route + '"400"}', "fasti_sparql_busy"]  # fmt: skip
    return [float(numbers.get(name, 0)) for name in names]


def test_a_query_whose_client_has_gone_is_stopped(server: LiveServer) -> None:
    request = f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: x\r\nAccept: {JSON}\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
        connection.sendall(request)
        until = time.monotonic() + 5
        while not counted(server)[-1]:
            assert time.monotonic() < until
    while counted(server)[-1]:
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_query_that_takes_too_long_is_told_so(server: LiveServer) -> None:
    answer = server.request("GET", f"/sparql?timeout=0.3&query={quote(ENDLESS)}", headers={"Accept": JSON})

    assert answer.status == 503
    assert json.loads(answer.body)["code"] == "deadline"
