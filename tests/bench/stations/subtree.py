"""Who held what in a unit and below it on a day: the product's way beside one plain query, here and on Virtuoso."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from datetime import date
from urllib.parse import quote

import engines
from measure import Bench, Figure, seconds

from fasti.index import Browser, Filter, Listed, Period
from fasti.release import Release

DAY = date(1980, 1, 1)
_RECORD = "urn:record"
UNITS = {"unit-of-sixty": ("60 tenures", 5.0), "unit-of-nine-hundred": ("900 tenures", 30.0)}
PLAIN = """
SELECT ?tenure ?person ?post {graph}{{
  ?unit org:subOrganizationOf* <{unit}> .
  ?tenure org:organization ?unit ; org:member ?person .
  OPTIONAL {{ ?tenure fasti:post ?post }}
  OPTIONAL {{ ?tenure org:memberDuring/fasti:earliestBegin ?begin }}
  OPTIONAL {{ ?tenure org:memberDuring/fasti:latestEnd ?end }}
  FILTER((!BOUND(?begin) || ?begin <= "{day}"^^xsd:date) && (!BOUND(?end) || ?end >= "{day}"^^xsd:date))
}}
"""


def measure(bench: Bench, release: Release) -> Iterator[Figure]:
    """In this process, so that it is the question that is measured and not HTTP; Virtuoso can be asked over HTTP alone."""
    with engines.virtuoso(release, _RECORD, bench.folder) as virtuoso:
        yield from _figures(bench, release, virtuoso)


def _figures(bench: Bench, release: Release, virtuoso: engines.Engine) -> Iterator[Figure]:
    prefixes = "".join(f"PREFIX {name}: <{iri}> " for name, iri in release.vocabulary.prefixes.items()
                       if name in ("org", "fasti", "xsd"))  # fmt: skip
    for slug, (name, most) in UNITS.items():
        unit = release.vocabulary.entity("organization", slug)
        plain = PLAIN.format(unit=unit, day=DAY, graph="")
        there = prefixes + PLAIN.format(unit=unit, day=DAY, graph=f"FROM <{_RECORD}> ")
        found = {each.iri for each in _listed(release, unit)}
        also = {str(row["tenure"].value) for row in _plain(release, plain)}
        elsewhere = {row["tenure"]["value"] for row in _elsewhere(virtuoso, there)}
        if not found == also == elsewhere or not found:
            raise RuntimeError(
                f"{slug}: {len(found)} tenures by the index, {len(also)} by the query, {len(elsewhere)} there"
            )
        ours, theirs, others = bench.alternate(
            lambda unit=unit: seconds(lambda: _listed(release, unit), 9) * 1000,
            lambda plain=plain: seconds(lambda: _plain(release, plain), 3) * 1000,
            lambda there=there: seconds(lambda: _elsewhere(virtuoso, there), 3) * 1000,
        )
        label = f"subtree on a day, {name} ({len(found)} then)"
        yield Figure("product queries", label, "ms", ours, "one query on Oxigraph", theirs, 1, more_is_better=False)
        yield Figure(
            "product queries", label, "ms", ours, "the same on Virtuoso, HTTP", others, 1, more_is_better=False
        )
        yield Figure("product queries", label, "ms", ours, "promise", most, 1, more_is_better=False)


def _listed(release: Release, unit: str) -> list[Listed]:
    """The rows of `/browse/membership?parent=…&at=…`: whose tenure of what, in which body, when, how certain."""
    number = DAY.year * 10_000 + DAY.month * 100 + DAY.day
    return Browser(release.index, Filter("membership", parent=unit, periods=[Period(number, number)])).things(size=-1)


def _plain(release: Release, query: str) -> list[dict[str, object]]:
    answer = release.dataset.store.query(query, prefixes=release.vocabulary.prefixes)
    return [{"tenure": row["tenure"]} for row in answer]  # type: ignore[union-attr]


def _elsewhere(engine: engines.Engine, query: str) -> list[dict[str, dict[str, str]]]:
    address = f"{engine.url}/sparql?query={quote(query, safe='')}"
    asked = urllib.request.Request(address, headers={"Accept": "application/sparql-results+json"})
    with urllib.request.urlopen(asked) as answer:
        rows: list[dict[str, dict[str, str]]] = json.load(answer)["results"]["bindings"]
    return rows
