"""The units of a body as a tree, as deep as asked for, at a moment; a large level is counted and cut."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from fasti.release import Release
from fasti.store.embedded import DefaultGraph, Literal, NamedNode, Quad
from fasti.web.charts.names import Names
from fasti.web.charts.stretches import Known, existence
from fasti.web.intervals import Intervals
from fasti.web.language import gettext
from fasti.web.moments import Certainty, Day, Moment, times

AT_ONCE, FIRST = 40, 24  # units of one body that are all drawn; those that are drawn of more
ALTOGETHER = 80  # units of a chart
_MANY = 60  # units of one body that are looked up one by one


@dataclass
class Unit:
    """A body in the tree: `units` below it are drawn, `more` are not.

    `relation` is the word for a connection that is not simply "unit of"; `certainty` how its existence stands to the
    moment, None without a moment or without a time.
    """

    iri: str
    level: int
    relation: str = ""
    time: Known | None = None
    certainty: Certainty | None = None
    units: list[Unit] = field(default_factory=list)
    more: int = 0

    def ended(self, today: Day) -> bool:
        """Whether a source says that it is over."""
        end = self.time.stretch.bounds.latest_end if self.time is not None else None
        return end is not None and end < today


class Units:
    """The structure of one release at one moment, or at all times."""

    def __init__(self, release: Release, names: Names, moment: Moment | None) -> None:
        expand = release.vocabulary.expand
        self._dataset, self._names, self._moment = release.dataset, names, moment
        self._intervals = Intervals(release)
        self._part_of = NamedNode(expand("org:subOrganizationOf"))
        self._date = NamedNode(expand("xsd:date"))
        self._refines = NamedNode(expand("rdfs:subPropertyOf"))
        self._words = {
            expand("fasti:subordinateAgencyOf"): gettext("subordinate agency"),
            expand("fasti:affiliatedInstitutionOf"): gettext("affiliated institution"),
        }
        plain = ("org:subOrganizationOf", "org:transitiveSubOrganizationOf", "org:unitOf", "fasti:internalUnitOf")
        self._plain = {NamedNode(expand(name)) for name in plain}

    def tree(self, root: str, depth: int) -> Unit:
        """The body and what is below it, breadth first, until all is there or enough is."""
        top = self._unit(root, 0, None)
        waiting, budget = deque([top]), ALTOGETHER
        while waiting:
            unit = waiting.popleft()
            if unit.certainty is not Certainty.EXCLUDED:
                budget -= self._grow(unit, min(AT_ONCE, budget) if unit.level < depth else 0)
            waiting.extend(unit.units)
        return top

    def _grow(self, unit: Unit, room: int) -> int:
        """Put the units below a body into the tree, as many as there is room for, and count the others."""
        below = [each.subject.value for each in islice(self._parts(unit.iri), _MANY + 1)]
        shown, total = self._few(below, room) if len(below) <= _MANY else self._many(unit.iri, room)
        unit.units = [self._unit(each, unit.level + 1, unit.iri) for each in shown]
        unit.more = total - len(shown)
        return len(shown)

    def _few(self, below: Iterable[str], room: int) -> tuple[Sequence[str], int]:
        there = sorted({each for each in below if self._certainty(each) is not Certainty.EXCLUDED})
        return (there if len(there) <= room else there[: max(0, min(FIRST, room - 1))]), len(there)

    def _many(self, body: str, room: int) -> tuple[Sequence[str], int]:
        """The first units of a body with many, and how many there are, by questions for all of them at once."""
        node, gone = NamedNode(body), set[str]()
        if self._moment is not None:
            first, last = (self._day(day) for day in (self._moment.first, self._moment.last))
            rows = self._dataset.select("chart-units-gone", body=node, first=first, last=last)
            gone = {row["unit"].value for row in rows}
        if room <= 1:
            count = next(iter(self._dataset.select("chart-units-count", body=node)))["units"]
            return (), int(count.value) - len(gone)
        there = {quad.subject.value for quad in self._parts(body)} - gone
        # An engine's ORDER BY compares terms one by one; sorting here takes a tenth of the time.
        chosen = (each for each in sorted(there) if self._certainty(each) is not Certainty.EXCLUDED)
        return list(islice(chosen, min(FIRST, room - 1))), len(there)

    def _parts(self, body: str) -> Iterator[Quad]:
        return self._dataset.quads(p=self._part_of, o=NamedNode(body), graph=DefaultGraph())

    def _day(self, day: Day) -> Literal:
        return Literal("{:04d}-{:02d}-{:02d}".format(*day), datatype=self._date)

    def _certainty(self, iri: str) -> Certainty | None:
        return times().certainty(iri, self._moment) if self._moment is not None else None

    def _unit(self, iri: str, level: int, parent: str | None) -> Unit:
        time = existence(self._intervals, iri)
        relation = self._relation(NamedNode(iri), NamedNode(parent)) if parent else ""
        return Unit(iri, level, relation, time, self._certainty(iri))

    def _relation(self, unit: NamedNode, parent: NamedNode) -> str:
        """The words of the properties that refine "part of", without the preposition that the parent would follow."""
        found = {quad.predicate for quad in self._dataset.quads(unit, None, parent, DefaultGraph())} - self._plain
        refining = [
            p for p in found if next(self._dataset.quads(p, self._refines, self._part_of, DefaultGraph()), None)
        ]
        return gettext(", ").join(sorted(self._as(p.value) for p in refining))

    def _as(self, property: str) -> str:
        return self._words.get(property) or self._names.of(property).text.removesuffix(" of")


def flat(unit: Unit) -> list[Unit]:
    """A unit and all below it, in reading order."""
    return [unit, *(each for below in unit.units for each in flat(below))]
