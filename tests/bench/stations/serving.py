"""An entity over HTTP: ready ones beside nginx with the same bytes as files, first ones beside other linked-data servers."""

from __future__ import annotations

import random
import sqlite3
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import engines
from measure import Bench, Figure, Load
from pyoxigraph import DefaultGraph, RdfFormat

from fasti.release import Release

KINDS = {"HTML": "text/html", "Turtle": "text/turtle", "JSON-LD": "application/ld+json"}
DOCUMENT = "organization/unit-of-sixty"
HOT = f"/doc/{DOCUMENT}"
_CONSTRUCT = (
    "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {{ BIND(<{0}> AS ?s) ?s ?p ?o }} UNION {{ BIND(<{0}> AS ?o) ?s ?p ?o }} }}"
)


def measure(bench: Bench, release: Release) -> Iterator[Figure]:
    """Ready answers, the spread of their times, then answers nobody has asked for yet."""
    with engines.fasti(release.path.parent, bench.folder) as fasti:
        yield from _ready(bench, fasti)
        bench.memory[f"fasti, {release.counts['quads']:,} statements"] = fasti.resident()
    yield from _first(bench, release)


def _ready(bench: Bench, fasti: engines.Engine) -> Iterator[Figure]:
    files = bench.folder / "files"
    files.mkdir(exist_ok=True)
    (files / "probe").write_text("ok")
    for name, accept in KINDS.items():
        (files / name).write_bytes(_get(fasti.url + HOT, accept))
    with engines.nginx(files, bench.folder) as nginx:
        for name, accept in KINDS.items():
            seen: list[Load] = []

            def ours(accept: str = accept, seen: list[Load] = seen) -> float:
                seen.append(bench.load(fasti.url, [HOT], accept=accept))
                return seen[-1].speed

            speed, theirs = bench.alternate(ours, lambda name=name: bench.load(nginx.url, [f"/{name}"]).speed)
            size = (files / name).stat().st_size
            yield Figure(
                "serving", f"ready entity, {name} ({size:,} bytes)", "requests/s", speed, "nginx, file", theirs, 0.6
            )
            if bench.short:
                continue  # the slowest hundredth of two seconds says nothing
            spread = sorted(load.worst / load.median for load in seen)[len(seen) // 2]
            yield Figure(
                "serving", f"ready entity, {name}: p99 / p50", "", spread, "promise", 5.0, 1.0, more_is_better=False
            )
        bench.memory["nginx"] = nginx.resident()


def _first(bench: Bench, release: Release) -> Iterator[Figure]:
    """Each entity is asked for once in a run, so that nothing is ready."""
    paths = entities(release)[: release.counts["sources"]]
    random.Random(1).shuffle(paths)
    record = _record(bench, release)
    with (
        engines.oxigraph(release.store, bench.folder) as store,
        engines.trifid(f"{store.url}/query", release.base, bench.folder) as trifid,
        engines.rdflib_endpoint(record, bench.folder) as rdflib,
    ):
        bench.memory |= {"trifid": trifid.resident(), "rdflib-endpoint": rdflib.resident()}
        fasti = _Once(bench, release, paths)
        queries = [f"/?query={quote(_CONSTRUCT.format(release.base + path))}" for path in paths[-40:]]
        speed, trifids, rdflibs = bench.alternate(
            fasti,
            lambda: (
                bench.load(trifid.url, [f"/{path}" for path in paths[-40:]], connections=8, accept="text/turtle").speed
            ),
            lambda: bench.load(rdflib.url, queries, connections=8, accept="text/turtle").speed,
        )
    yield Figure(
        "serving", "first answer about an entity, Turtle", "requests/s", speed, "Trifid over Oxigraph", trifids, 20
    )
    yield Figure(
        "serving", "first answer about an entity, Turtle", "requests/s", speed, "rdflib-endpoint, CONSTRUCT", rdflibs, 8
    )


class _Once:
    """A fresh server for each run, asked for every entity at most once."""

    def __init__(self, bench: Bench, release: Release, paths: list[str]) -> None:
        self.bench, self.release, self.paths = bench, release, paths

    def __call__(self) -> float:
        with engines.fasti(self.release.path.parent, self.bench.folder) as fasti:
            paths = [f"/{path.replace('id/', 'doc/', 1)}" for path in self.paths]
            _get(f"{fasti.url}/doc/{DOCUMENT}", "text/turtle")
            return self.bench.load(fasti.url, paths, connections=8, accept="text/turtle", once=True).speed


def entities(release: Release) -> list[str]:
    """The paths of tens of thousands of entities of all kinds, `id/…`; first the bodies that have documents."""
    with sqlite3.connect(f"{(release.path / 'index.sqlite').as_uri()}?mode=ro", uri=True) as index:
        return [
            f"id/{path}"
            for (path,) in index.execute(
                "SELECT path FROM thing WHERE kind < 4 ORDER BY kind, interval IS NULL LIMIT 40000"
            )
        ]


def _record(bench: Bench, release: Release) -> Path:
    """The record as N-Triples: what rdflib-endpoint reads."""
    path = bench.folder / "record.nt"
    release.dataset.store.dump(str(path), format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    return path


def _get(url: str, accept: str) -> bytes:
    request = urllib.request.Request(url, headers={"Accept": accept})
    with urllib.request.urlopen(request) as answer:
        body: bytes = answer.read()
    if not body or urlsplit(url).scheme != "http":
        raise RuntimeError(f"{url}: nothing came")
    return body
