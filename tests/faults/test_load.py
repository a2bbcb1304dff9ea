"""Mixed load at the machine's capacity, while releases change and workers are killed: nobody notices.

Twenty seconds, or as long as `FASTI_LOAD_SECONDS` says (an hour by hand: 3600).
"""

from __future__ import annotations

import gzip
import http.client
import json
import os
import random
import shutil
import signal
import statistics
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import pytest

from fasti.paths import data

if TYPE_CHECKING:
    from conftest import Build, LiveServer, Serve

pytestmark = pytest.mark.faults

SECONDS = float(os.environ.get("FASTI_LOAD_SECONDS", "20"))
CLIENTS = 6
KILL_EVERY, PUBLISH_EVERY = 0.7, 4.0  # seconds
FORMATS = ("text/html", "text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples", "application/trig", "application/n-quads")  # fmt: skip
QUERIES = (
    "SELECT ?s ?n { ?s a org:Post ; rdfs:label ?n } ORDER BY ?n",
    "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
    "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n)",
    "CONSTRUCT { ?s rdfs:label ?n } WHERE { ?s rdfs:label ?n }",
    "DESCRIBE <id/organization/ogs>",
    "ASK { ?s org:memberDuring ?t }",
    "SELECT * { ?s ?p ?o } LIMIT 5000",
    "SELECT (COUNT(*) AS ?n) { ?s a ?t . ?s (!<x>)* ?o }",
)
# What a request may come back with, and nothing else; 503 is counted against the workers that were killed.
OTHERS = {
    "/": {200}, "/nothing/here": {404}, "/dumps/": {200}, "/dumps/record.nt": {200}, "/dumps/record.ttl.gz": {200},
    "/source/": {200}, "/health": {200}, "/robots.txt": {200}, "/def": {200}, "/.well-known/void": {200, 302, 303}, "/sparql": {200},
    "/id/organization/ogs": {303}, "/sparql?query=nonsense": {400},
}  # fmt: skip


@dataclass
class Load:
    """A server, those who ask it, and what became of their requests."""

    server: LiveServer
    entities: list[str]
    seeds: tuple[Path, Path]
    over: threading.Event = field(default_factory=threading.Event)
    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    queries: list[float] = field(default_factory=list)
    releases: set[str] = field(default_factory=set)
    killed: int = 0
    published: int = 0
    memory: list[int] = field(default_factory=list)
    files: list[int] = field(default_factory=list)

    def ask(self, number: int) -> None:
        """One client: mostly entities, some queries, now and then a file; a connection lasts for a while."""
        chance = random.Random(number)
        while not self.over.is_set():
            connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
            try:
                for _ in range(40):
                    if self.over.is_set():
                        break
                    self._one(connection, chance)
            except (OSError, http.client.HTTPException) as error:
                self.faults.append(repr(error))
            finally:
                connection.close()

    def _one(self, connection: http.client.HTTPConnection, chance: random.Random) -> None:
        target, accept, allowed = self._choose(chance)
        packed = chance.random() < 0.3
        headers = {"Accept": accept} | ({"Accept-Encoding": "gzip"} if packed else {})
        start = time.monotonic()
        connection.request("GET", target, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        (self.queries if target.startswith("/sparql") else self.pages).append(time.monotonic() - start)
        self.statuses[answer.status] += 1
        if answer.status == 503 and b'"worker-died"' in body:
            return
        if answer.status not in allowed:
            self.faults.append(f"{answer.status} {target} {accept}: {body[:200]!r}")
        elif answer.status == 200 and (fault := _fault(answer.headers, body, target)):
            self.faults.append(f"{target} {accept}: {fault}")

    def _choose(self, chance: random.Random) -> tuple[str, str, set[int]]:
        kind = chance.random()
        if kind < 0.6:
            return chance.choice(self.entities), chance.choice(FORMATS), {200}
        if kind < 0.85:
            pairs = {"query": chance.choice(QUERIES)}
            return f"/sparql?{urlencode(pairs)}", "*/*", {200}
        target = chance.choice(list(OTHERS))
        return target, "*/*", OTHERS[target]

    def kill(self) -> None:
        """The worst that the machine's memory killer would do."""
        chance = random.Random(0)
        while not self.over.wait(KILL_EVERY):
            if workers := self.server.workers():
                try:
                    os.kill(chance.choice(sorted(workers)), signal.SIGKILL)
                except ProcessLookupError:
                    continue
                self.killed += 1

    def publish(self, build: Build) -> None:
        """Four documents, five, four, five: each time another release becomes the current one."""
        while not self.over.wait(PUBLISH_EVERY):
            build(self.server.releases, self.server.base, seeds=self.seeds[self.published % 2])
            self.published += 1
            self.releases.add((self.server.releases / "current").readlink().name)

    def watch(self) -> None:
        """What the server process holds, four times a second."""
        status = Path(f"/proc/{self.server.process.pid}/statm")
        while not self.over.wait(0.25):
            self.memory.append(int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE"))
            self.files.append(self.server.open_files())


def _fault(headers: Mapping[str, str], body: bytes, target: str) -> str | None:
    """What is wrong with an answer that looks right."""
    if headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    if not body:
        return "empty"
    if headers.get("Content-Type", "").startswith(("application/sparql-results+json", "application/ld+json")):
        json.loads(body)
    return None


@pytest.fixture(scope="module")
def load(serve_seeds: Serve, build_release: Build, tmp_path_factory: pytest.TempPathFactory) -> Load:
    """The load, finished."""
    server = serve_seeds()
    fewer = tmp_path_factory.mktemp("fewer")
    for path in sorted(data("seeds").glob("*.txt"))[:-1]:
        shutil.copy(path, fewer)
    load = Load(server, [], (fewer, data("seeds")))
    build_release(server.releases, server.base, seeds=fewer)
    _await_pick_up(server)
    load.entities = _entities(server)
    jobs = [lambda number=number: load.ask(number) for number in range(CLIENTS)]
    threads = [
        threading.Thread(target=job) for job in (*jobs, load.kill, load.watch, lambda: load.publish(build_release))
    ]
    for thread in threads:
        thread.start()
    time.sleep(SECONDS)
    load.over.set()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
    return load


def _await_pick_up(server: LiveServer) -> None:
    """Return when the release that is current on disk is the one that is served."""
    current, until = (server.releases / "current").readlink().name, time.monotonic() + 20
    while json.loads(server.get("/health").body)["release"] != current:
        assert time.monotonic() < until
        time.sleep(0.05)


def _entities(server: LiveServer) -> list[str]:
    """The pages of what the release with fewer documents says something about: both have them."""
    query = "SELECT DISTINCT ?s { ?s a ?t FILTER(STRSTARTS(STR(?s), STR(<id/>)) && !CONTAINS(STR(?s), '#')) } ORDER BY ?s"  # fmt: skip
    found = json.loads(server.get("/sparql", "application/sparql-results+json", query=query).body)
    paths = [urlsplit(row["s"]["value"]).path for row in found["results"]["bindings"]]
    return [path.replace("/id/", "/doc/", 1) for path in paths if not path.startswith("/id/source/")]


def test_there_was_load(load: Load) -> None:
    assert len(load.entities) > 50
    assert sum(load.statuses.values()) > 20 * SECONDS
    assert load.killed >= SECONDS / 2
    assert load.published >= SECONDS / 20
    assert len(load.releases) == min(2, load.published)


def test_no_request_failed_but_those_that_deserved_it(load: Load) -> None:
    """A query whose worker is killed is told so; there are no more of these than workers that were killed."""
    assert load.faults == []
    assert load.statuses[503] <= load.killed


def test_answers_came_in_time(load: Load) -> None:
    """Pages do not wait for queries; queries share a few workers, and some of these were killed."""
    assert statistics.quantiles(load.pages, n=100)[98] < 1
    assert max(load.pages) < 3
    assert max(load.queries) < 10


def test_memory_and_open_files_do_not_grow(load: Load) -> None:
    """After warm-up, which is the first half: the end is where the middle was.

    A short run is over before every thread has met every kind of request and two releases: it gets more room.
    """
    room = (24 if SECONDS >= 200 else 96) << 20
    half = len(load.memory) // 2
    middle, end = slice(half, half + half // 4), slice(-half // 4, None)
    memory = [statistics.median(load.memory[part]) for part in (middle, end)]
    files = [statistics.median(load.files[part]) for part in (middle, end)]

    assert memory[1] <= memory[0] * 1.1 + room, [round(each) >> 20 for each in memory]
    assert files[1] <= files[0] + 30, files  # one release more may be open just then


def test_the_server_is_as_it_was(load: Load) -> None:
    assert load.server.process.poll() is None
    assert load.server.get("/sparql", query="ASK {}").status == 200
    assert load.server.get("/health").status == 200
