"""What the address of a list asks for: values of facets, a body, a period, an order."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, request

from fasti.index import CERTAINTIES, FACETS, NONE, SORTS, Filter, Index, Period
from fasti.web.current import release
from fasti.web.moments import Day, asked, parse

MOST_PAGES = 100_000
UNSTATED = "none"
"""How an address asks for things that have no value of a facet."""


@dataclass(frozen=True, slots=True)
class AskedList:
    """A filter, the order of its list, and the period's begin and end as they were written."""

    filter: Filter
    sort: str
    begin: str
    end: str

    def parameters(self) -> dict[str, str]:
        """The parameters that ask for this list, but for the page, the moment and the language."""
        found = {facet: short_name(value) for facet, value in self.filter.values.items()}
        found |= {"parent": short_name(self.filter.parent) if self.filter.parent else "",
                  "direct": "1" if self.filter.direct else "", "from": self.begin, "until": self.end,
                  "when": self.filter.certainty, "sort": self.sort if self.sort != SORTS[0] else ""}  # fmt: skip
        return {name: value for name, value in found.items() if value}


def asked_list(index: Index, kind: str) -> AskedList:
    """The list of a kind that the request asks for.

    Raises:
        BadRequest: a parameter is not what it has to be; the message says what was expected.
    """
    begin, end = _date("from"), _date("until")
    periods = [*_period(begin, end), *_moment()]
    certainty = _one_of("when", CERTAINTIES)
    if certainty and not periods:
        abort(400, description="A period was expected beside 'when': 'from', 'until' or 'at'.")
    wanted = Filter(
        kind=kind,
        values={facet: value for facet in FACETS if (value := _value(index, kind, facet)) is not None},
        parent=_parent(index),
        direct=_one_of("direct", ("1",)) == "1",
        periods=periods,
        certainty=certainty,
    )
    return AskedList(wanted, _one_of("sort", SORTS) or SORTS[0], begin, end)


def short_name(iri: str) -> str:
    """What an address calls a value of a facet or a body: the end of its IRI."""
    return iri.rpartition("#")[2].rpartition("/")[2] if iri else UNSTATED


def _value(index: Index, kind: str, facet: str) -> str | None:
    """The IRI that the parameter of a facet names; None when it names none.

    Raises:
        BadRequest: nothing of this kind has such a value.
    """
    given = request.args.get(facet, "").strip()
    if not given:
        return None
    if given == UNSTATED:
        return NONE
    known = index.values(kind, facet)
    found = next((iri for iri in known if given in (iri, short_name(iri))), None)
    if found is None:
        some = ", ".join(short_name(iri) for iri in known[:8]) or "none"
        abort(400, description=f"A value of '{facet}' was expected, such as {some}; found '{given[:60]}'.")
    return found


def _parent(index: Index) -> str:
    """The IRI of the body that is asked for, by its name or IRI."""
    given = request.args.get("parent", "").strip()
    if not given:
        return ""
    iri = given if given.startswith(release().base) else f"{release().base}id/organization/{given}"
    if index.body(iri) is None:
        abort(400, description=f"The name of a body was expected in 'parent', as in its address; found '{given[:60]}'.")
    return iri


def _one_of(name: str, allowed: tuple[str, ...]) -> str:
    given = request.args.get(name, "")
    if given and given not in allowed:
        abort(400, description=f"One of {', '.join(allowed)} was expected in '{name}'; found '{given[:40]}'.")
    return given


def _date(name: str) -> str:
    given = request.args.get(name, "").strip()
    if given and parse(given) is None:
        abort(
            400, description=f"A date was expected in '{name}', as 1966, 1966-05 or 1966-05-20; found '{given[:40]}'."
        )
    return given


def _period(begin: str, end: str) -> list[Period]:
    """The period from the first day of `begin` to the last day of `end`; a side that is not given is open."""
    if not begin and not end:
        return []
    first, last = parse(begin), parse(end)
    period = Period(_number(first.first) if first else 0, _number(last.last) if last else 9999_12_31)
    if period.first > period.last:
        abort(400, description=f"'from' was expected to be no later than 'until'; found {begin} and {end}.")
    return [period]


def _moment() -> list[Period]:
    moment = asked()
    return [Period(_number(moment.first), _number(moment.last))] if moment else []


def _number(day: Day) -> int:
    return day[0] * 10_000 + day[1] * 100 + day[2]
