"""Who held what in a unit and below it on a day: the product's way beside one plain query, here and on Virtuoso."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from measure import Bench, Figure, seconds

from fasti.index import Browser, Filter, Listed, Period
from fasti.release import Release

DAY = date(1980, 1, 1)
UNITS = {"unit-of-sixty": ("60 tenures", 5.0), "unit-of-nine-hundred": ("900 tenures", 30.0)}
PLAIN = """
SELECT ?tenure ?person ?post {{
  ?unit org:subOrganizationOf* <{unit}> .
  ?tenure org:organization ?unit ; org:member ?person .
  OPTIONAL {{ ?tenure fasti:post ?post }}
  OPTIONAL {{ ?tenure org:memberDuring/fasti:earliestBegin ?begin }}
  OPTIONAL {{ ?tenure org:memberDuring/fasti:latestEnd ?end }}
  FILTER((!BOUND(?begin) || ?begin <= "{day}"^^xsd:date) && (!BOUND(?end) || ?end >= "{day}"^^xsd:date))
}}
"""


def measure(bench: Bench, release: Release) -> Iterator[Figure]:
    """In this process, so that it is the question that is measured and not HTTP."""
    for slug, (name, most) in UNITS.items():
        unit = release.vocabulary.entity("organization", slug)
        plain = PLAIN.format(unit=unit, day=DAY)
        found = {each.iri for each in _listed(release, unit)}
        also = {str(row["tenure"].value) for row in _plain(release, plain)}
        if found != also or not found:
            raise RuntimeError(f"{slug}: {len(found)} tenures by the index, {len(also)} by the query")
        ours, theirs = bench.alternate(
            lambda unit=unit: seconds(lambda: _listed(release, unit), 9) * 1000,
            lambda plain=plain: seconds(lambda: _plain(release, plain), 3) * 1000,
        )
        label = f"subtree on a day, {name} ({len(found)} then)"
        yield Figure("product queries", label, "ms", ours, "one query on Oxigraph", theirs, 1, more_is_better=False)
        yield Figure("product queries", label, "ms", ours, "promise", most, 1, more_is_better=False)


def _listed(release: Release, unit: str) -> list[Listed]:
    """The rows of `/browse/membership?parent=…&at=…`: whose tenure of what, in which body, when, how certain."""
    number = DAY.year * 10_000 + DAY.month * 100 + DAY.day
    return Browser(release.index, Filter("membership", parent=unit, periods=[Period(number, number)])).things(size=-1)


def _plain(release: Release, query: str) -> list[dict[str, object]]:
    answer = release.dataset.store.query(query, prefixes=release.vocabulary.prefixes)
    return [{"tenure": row["tenure"]} for row in answer]  # type: ignore[union-attr]
