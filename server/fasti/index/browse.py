"""List things by what they are: facets with their counts, periods with certain and possible, pages in two orders."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from fasti.index.asking import Body, Index, Listed, lowest
from fasti.index.gathering import FACETS, KINDS

NONE = ""
"""The value of a facet for what has no value of it."""

SORTS = ("name", "begin")
CERTAINTIES = ("certain", "possible", "undated")
"""How a thing stands to a period; what certainly was not then is not listed."""

_SHOWN = 10  # bodies that are offered to go on to
_CODES = {2: "certain", 1: "possible", None: "undated"}

# How an interval stands to the days from :first_N to :last_N (profile, section 5): 2 certainly, 1 possibly, 0 not.
_STANDS = """
    CASE WHEN {of}.earliest_begin > :last_{n} OR {of}.latest_end < :first_{n} THEN 0
         WHEN {of}.latest_begin <= :last_{n}
           AND ({of}.ongoing OR max({of}.latest_begin, :first_{n}) <= {of}.earliest_end) THEN 2
         ELSE 1 END"""
# Of several intervals the best counts; what has no time is neither certain nor possible nor excluded (a tenure always
# has one, if an unknown one).
_STANDING = """CASE dated WHEN 0 THEN NULL WHEN 1 THEN {one}
    ELSE (SELECT max({several}) FROM span WHERE span.thing = listed.thing) END"""
_EACH = [_STANDING.format(one=_STANDS.format(of="listed", n=n), several=_STANDS.format(of="span", n=n)) for n in (1, 2)]
_CERTAINTY = f"min({_EACH[0]}, {_EACH[1]})"

_ROWS = """
    listed ON listed.kind = :kind AND listed.bundle = bundle.id AND listed.place BETWEEN :low AND :high
      AND iif(:under IS NULL, listed.before < :low, listed.under = :under)
"""
_COUNT = f"""
    SELECT bundle.id, 0, 0, count(*) FROM bundle CROSS JOIN {_ROWS} WHERE bundle.kind = :kind GROUP BY bundle.id
"""  # noqa: S608 - constants, as below
_COUNT_ALL = "SELECT id, 0, 0, things FROM bundle WHERE kind = :kind"
_COUNT_DATED = f"""
    SELECT bundle, sum(stands IS 2), sum(stands IS 1), sum(stands IS NULL)
    FROM (SELECT bundle.id AS bundle, {_CERTAINTY} AS stands FROM bundle CROSS JOIN {_ROWS} WHERE bundle.kind = :kind)
    GROUP BY bundle
"""  # noqa: S608
_LIST = f"""
    SELECT thing, stands FROM (
      SELECT listed.thing, {{stands}} AS stands,
             coalesce(earliest_begin, latest_begin, earliest_end, latest_end) AS begun
      FROM (SELECT value AS id FROM json_each(:bundles)) AS bundle CROSS JOIN {_ROWS})
    WHERE {{wanted}} ORDER BY {{order}} LIMIT :size OFFSET :skipped
"""  # noqa: S608
_WANTED = {
    "": "stands IS NOT 0",
    "certain": "stands = 2",
    "possible": "stands = 1",
    "undated": "stands IS NULL",
}
_ORDERS = {"name": "thing", "begin": "begun IS NULL, begun, thing"}
_BELOW = """
    SELECT thing.id, thing.place, thing.last FROM part CROSS JOIN thing ON thing.id = part.child
    WHERE part.parent = ? AND part.child <= ? ORDER BY thing.last - thing.place DESC, thing.id LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Period:
    """From a first to a last day, each as yyyymmdd."""

    first: int
    last: int


@dataclass(frozen=True)
class Filter:
    """What is asked for: `values` has one IRI per facet, or `NONE`; `parent` is a body, `direct` leaves out deeper ones.

    Of two periods a thing has to meet both.
    """

    kind: str
    values: Mapping[str, str] = field(default_factory=dict)
    parent: str = ""
    direct: bool = False
    periods: Sequence[Period] = ()
    certainty: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many things there are in all, by each value of each facet, by certainty, and in the bodies to go on to.

    A facet's counts are of what would be listed with that value in the place of the one asked for.
    """

    total: int
    facets: Mapping[str, Mapping[str, int]]
    certainties: Mapping[str, int]
    bodies: Sequence[tuple[Listed, int]]


class Browser:
    """Answers about one filter of one index; `Index.body` says whether its parent is one.

    Args:
        index: the index of a release.
        wanted: the filter; a parent that is no body has nothing below it.
    """

    def __init__(self, index: Index, wanted: Filter) -> None:
        self._index = index
        self._wanted = wanted
        self._bundles = index.bundles(wanted.kind)
        self._parent = index.body(wanted.parent) if wanted.parent else None
        self._scope = self._bounds(self._parent) if wanted.parent else {"low": 0, "high": 1 << 62, "under": None}

    def counts(self) -> Counts:
        """Everything that is counted, in one pass over what the period and the parent leave."""
        counted = {
            bundle: dict(zip(CERTAINTIES, numbers, strict=True)) for bundle, *numbers in self._counted(self._scope)
        }
        wanted = [self._wanted.certainty] if self._wanted.certainty else CERTAINTIES
        by_bundle = {bundle: sum(numbers[name] for name in wanted) for bundle, numbers in counted.items()}
        allowed = {*self._allowed()}
        certainties = {
            name: sum(counted[bundle][name] for bundle in counted if bundle in allowed) for name in CERTAINTIES
        }
        return Counts(
            total=sum(by_bundle[bundle] for bundle in by_bundle if bundle in allowed),
            facets={facet: found for facet in FACETS if (found := self._facet(facet, by_bundle))},
            certainties=certainties if self._wanted.periods else {},
            bodies=self._bodies(allowed, wanted),
        )

    def total(self) -> int:
        """How many things are listed in all."""
        wanted = [self._wanted.certainty] if self._wanted.certainty else CERTAINTIES
        allowed = {*self._allowed()}
        return sum(
            sum(numbers[CERTAINTIES.index(name)] for name in wanted)
            for bundle, *numbers in self._counted(self._scope)
            if bundle in allowed
        )

    def things(self, sort: str = "name", first: int = 0, size: int = 50) -> list[Listed]:
        """Things in the order of `sort`, one of `SORTS`: `size` of them after leaving out `first`."""
        timed = bool(self._wanted.periods)
        if not (timed or self._wanted.parent or self._wanted.values) and sort == "name":
            low, high = self._index.numbers(self._wanted.kind)
            return [self._index.listed(thing) for thing in range(low + first, min(low + first + size, high + 1))]
        text = _LIST.format(
            stands=_CERTAINTY if timed else "NULL",
            wanted=_WANTED[self._wanted.certainty] if timed else "TRUE",
            order=_ORDERS[sort],
        )
        bound = self._bound(self._scope) | {"bundles": json.dumps(self._allowed()), "size": size, "skipped": first}
        rows = self._index.database.execute(text, bound).fetchall()
        return [self._index.listed(thing, _CODES[stands] if timed and stands else "") for thing, stands in rows]

    def _allowed(self, leaving_out: str = "") -> list[int]:
        """The combinations of values that the filter allows."""
        wanted = [(facet, value) for facet, value in self._wanted.values.items() if facet != leaving_out]
        return [
            bundle
            for bundle, facets in self._bundles.items()
            if all(value in facets.get(facet, (NONE,)) for facet, value in wanted)
        ]

    def _facet(self, facet: str, by_bundle: Mapping[int, int]) -> dict[str, int]:
        """Count by value, the largest first; nothing for a facet that no thing of this kind has a value of."""
        if not any(facet in facets for facets in self._bundles.values()):
            return {}
        counted: Counter[str] = Counter()
        for bundle in self._allowed(leaving_out=facet):
            if number := by_bundle.get(bundle, 0):
                for value in self._bundles[bundle].get(facet, (NONE,)):
                    counted[value] += number
        return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))

    def _bodies(self, allowed: set[int], wanted: Iterable[str]) -> list[tuple[Listed, int]]:
        """The bodies below the parent with most in them, or else at the top, and how much of what is asked for."""
        if self._parent is not None:
            _, bodies = self._index.numbers("organization")
            rows: Sequence[tuple[int, int, int]] = self._index.database.execute(
                _BELOW, (self._parent.id, bodies, _SHOWN)
            ).fetchall()
        else:
            rows = [] if self._wanted.parent else self._index.largest(_SHOWN)
        found = []
        for number, place, last in rows:
            counted = self._counted(self._bounds(Body(number, place, last)) | {"under": None})
            within = sum(
                sum(numbers[CERTAINTIES.index(name)] for name in wanted)
                for bundle, *numbers in counted
                if bundle in allowed
            )
            if within:
                found.append((self._index.listed(number), within))
        return sorted(found, key=lambda each: -each[1])

    def _counted(self, scope: Mapping[str, int | None]) -> list[tuple[int, int, int, int]]:
        whole = scope is self._scope and not self._wanted.parent
        text = _COUNT_DATED if self._wanted.periods else _COUNT_ALL if whole else _COUNT
        return self._index.database.execute(text, self._bound(scope)).fetchall()

    def _bound(self, scope: Mapping[str, int | None]) -> dict[str, object]:
        bound: dict[str, object] = {"kind": KINDS.index(self._wanted.kind), **scope}
        for number in (1, 2) if self._wanted.periods else ():
            period = self._wanted.periods[min(number, len(self._wanted.periods)) - 1]
            bound |= {f"first_{number}": period.first, f"last_{number}": period.last}
        return bound

    def _bounds(self, body: Body | None) -> dict[str, int | None]:
        """The places that count: all below the body, or only what is directly in it."""
        if body is None:
            return {"low": 1, "high": 0, "under": None}
        under = body.place if self._wanted.direct else None
        return {"low": lowest(body, self._wanted.kind), "high": body.last, "under": under}


__all__ = ["CERTAINTIES", "NONE", "SORTS", "Browser", "Counts", "Filter", "Period"]
