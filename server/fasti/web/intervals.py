"""When a thing was: its intervals and what is known of each, by look-ups that cost the same in a store of any size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fasti.release import Release
from fasti.store import DefaultGraph, Graph, NamedNode, Term

# What may be said of an interval, by the names that `dates.span` and `moments.Bounds` know.
PROPERTIES: Mapping[str, str] = {
    "fasti:edtf": "edtf",
    "fasti:attestedEdtf": "attested",
    "fasti:beginEdtf": "beginEdtf",
    "fasti:endEdtf": "endEdtf",
    "fasti:beginStatus": "beginStatus",
    "fasti:endStatus": "endStatus",
    "fasti:earliestBegin": "earliestBegin",
    "fasti:latestBegin": "latestBegin",
    "fasti:earliestEnd": "earliestEnd",
    "fasti:latestEnd": "latestEnd",
}
_ENDS = {"time:hasBeginning": "begin", "time:hasEnd": "end"}
_INSTANTS = ("time:inXSDDate", "time:inXSDgYearMonth", "time:inXSDgYear")
_TIMES = ("org:memberDuring", "fasti:existedDuring", "time:hasTime", "fasti:during")
_TIMED = ("org:Membership", "fasti:RankTenure")


class Intervals:
    """The intervals of one release, as its record has them or else one of its graphs."""

    def __init__(self, release: Release, graph: Graph | None = None) -> None:
        self._dataset = release.dataset
        self._graph = graph or DefaultGraph()

        def nodes(names: Mapping[str, str]) -> dict[NamedNode, str]:
            return {NamedNode(release.vocabulary.expand(name)): key for name, key in names.items()}

        self._properties, self._ends = nodes(PROPERTIES), nodes(_ENDS)
        self._instants = nodes(dict.fromkeys(_INSTANTS, ""))
        self._times, self._timed = nodes(dict.fromkeys(_TIMES, "")), nodes(dict.fromkeys(_TIMED, ""))
        self._type, self._interval, self._has_time = (
            NamedNode(release.vocabulary.expand(name)) for name in ("rdf:type", "time:Interval", "time:hasTime")
        )

    def of(self, thing: NamedNode) -> Iterator[NamedNode]:
        """The intervals of a thing: its own, or those of the period that it names."""
        for property in self._times:
            for node in self._objects(thing, property):
                if self.is_interval(node):
                    yield node
                else:
                    yield from (each for each in self._objects(node, self._has_time) if self.is_interval(each))

    def is_interval(self, node: NamedNode) -> bool:
        """Whether a node is a time:Interval."""
        return self._holds(node, self._interval)

    def is_timed(self, thing: NamedNode) -> bool:
        """Whether a thing was at some time only even if nothing says when: a tenure, a rank tenure."""
        return any(self._holds(thing, kind) for kind in self._timed)

    def row(self, interval: NamedNode) -> Mapping[str, Term]:
        """What is known of an interval, by name; its ends are the dates of its instants."""
        found: dict[str, Term] = {}
        for quad in self._dataset.quads(interval, graph=self._graph):
            if (name := self._properties.get(quad.predicate)) is not None:
                found[name] = quad.object
            elif (end := self._ends.get(quad.predicate)) is not None and isinstance(quad.object, NamedNode):
                found.update((end, date) for date in self._dates(quad.object))
        return found

    def _dates(self, instant: NamedNode) -> Iterator[Term]:
        quads = self._dataset.quads(instant, graph=self._graph)
        return (quad.object for quad in quads if quad.predicate in self._instants)

    def _objects(self, node: NamedNode, property: NamedNode) -> Iterator[NamedNode]:
        quads = self._dataset.quads(node, property, graph=self._graph)
        return (quad.object for quad in quads if isinstance(quad.object, NamedNode))

    def _holds(self, node: NamedNode, kind: NamedNode) -> bool:
        return next(self._dataset.quads(node, self._type, kind, self._graph), None) is not None
