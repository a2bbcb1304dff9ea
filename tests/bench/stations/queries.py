"""Queries that strangers ask: what the process that they run in costs, beside Oxigraph's server over the same store."""

from __future__ import annotations

import random
import urllib.request
from collections.abc import Iterator
from urllib.parse import quote

import engines
from measure import Bench, Figure, seconds
from stations.serving import entities

from fasti.release import Release

SMALL = "SELECT ?label ?whole {{ <{0}> rdfs:label ?label OPTIONAL {{ <{0}> org:subOrganizationOf ?whole }} }}"
HEAVY = {
    "statements by property": "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p",
    "tenures by year": "SELECT ?year (COUNT(*) AS ?n) { ?m org:memberDuring/fasti:earliestBegin ?day BIND(YEAR(?day) AS ?year) } GROUP BY ?year",
    "fifteen thousand rows": "SELECT ?s ?o { ?s rdf:type ?o } LIMIT 15000",
}  # fmt: skip
JSON = "application/sparql-results+json"


def measure(bench: Bench, release: Release) -> Iterator[Figure]:
    """Small ones that repeat, small ones that do not, heavy ones."""
    prefixes = "".join(f"PREFIX {name}: <{iri}> " for name, iri in release.vocabulary.prefixes.items()
                       if name in ("rdf", "rdfs", "org", "fasti"))  # fmt: skip
    random.Random(2).shuffle(paths := entities(release))
    asked = [quote(prefixes + SMALL.format(release.base + path), safe="") for path in paths]
    with (
        engines.fasti(release.path.parent, bench.folder) as fasti,
        engines.oxigraph(release.store, bench.folder) as peer,
    ):
        for server in (fasti.url + "/sparql", peer.url + "/query"):
            for query in asked[:100]:
                _get(f"{server}?query={query}")
        for name, some in (("a hundred that repeat", asked[:100]), ("each asked once", asked[100:])):
            ours, theirs = bench.alternate(
                lambda some=some: bench.load(fasti.url, [f"/sparql?query={each}" for each in some], accept=JSON).speed,
                lambda some=some: bench.load(peer.url, [f"/query?query={each}" for each in some], accept=JSON).speed,
            )
            yield Figure("public queries", f"small ones, {name}", "requests/s", ours, "Oxigraph's server", theirs, 0.5)
        for name, query in HEAVY.items():
            ours, theirs = bench.alternate(
                lambda query=query: seconds(lambda: _ask(fasti.url + "/sparql", prefixes + query), 1) * 1000,
                lambda query=query: seconds(lambda: _ask(peer.url + "/query", prefixes + query), 1) * 1000,
            )
            yield Figure(
                "public queries",
                f"heavy one: {name}",
                "ms",
                ours,
                "Oxigraph's server",
                theirs,
                1 / 1.1,
                more_is_better=False,
            )
        bench.memory |= {"fasti with its workers": fasti.resident(), "oxigraph": peer.resident()}


_number = iter(range(1 << 30))


def _ask(endpoint: str, query: str) -> bytes:
    """Ask with a comment that makes the query another one each time: no cache answers."""
    return _get(f"{endpoint}?query={quote(f'{query} # {next(_number)}', safe='')}")


def _get(url: str) -> bytes:
    with urllib.request.urlopen(urllib.request.Request(url, headers={"Accept": JSON})) as answer:
        body: bytes = answer.read()
    return body
