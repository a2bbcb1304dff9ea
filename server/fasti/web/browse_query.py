"""The query that says in SPARQL what a list of `/browse` asks of the index."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fasti import paths
from fasti.index import NONE, Filter, Period
from fasti.store import Literal, NamedNode, Term
from fasti.store.binding import bind
from fasti.vocabulary import Vocabulary

_OPTIONAL = re.compile(r"\s*#\? (?P<words>.*)$")


def query(vocabulary: Vocabulary, wanted: Filter) -> str:
    """`queries/browse.rq` without the lines that are not asked for, its variables filled in."""
    words = {
        wanted.kind,
        *(f"{'without' if value == NONE else 'with'}-{name}" for name, value in wanted.values.items()),
    }
    bindings: dict[str, Term] = {name: NamedNode(iri) for name, iri in wanted.values.items() if iri != NONE}
    if wanted.parent:
        words.add("direct" if wanted.direct else "below")
        bindings["parent"] = NamedNode(wanted.parent)
    if wanted.periods:
        words |= {"dated", wanted.certainty}
        bindings |= _days(vocabulary, wanted.periods[0], "first", "last")
    if len(wanted.periods) > 1:
        words.add("at")
        bindings |= _days(vocabulary, wanted.periods[1], "atFirst", "atLast")
    return bind("".join(_lines(words)), bindings)


def _lines(words: set[str]) -> Iterator[str]:
    for line in paths.query("browse").splitlines(keepends=True)[1:]:
        tagged = _OPTIONAL.search(line)
        if tagged is None:
            yield line
        elif words >= {*tagged["words"].split()}:
            yield line[: tagged.start()] + "\n"


def _days(vocabulary: Vocabulary, period: Period, first: str, last: str) -> dict[str, Term]:
    kind = NamedNode(vocabulary.expand("xsd:date"))
    days = {first: period.first or 1_01_01, last: period.last}
    return {
        name: Literal(f"{day // 10_000:04}-{day // 100 % 100:02}-{day % 100:02}", datatype=kind)
        for name, day in days.items()
    }
