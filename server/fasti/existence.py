"""Several passages on one interval: the finer date refines the coarser, dates that cannot both hold conflict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from fasti.conflicts import Conflict, Scale, conflict
from fasti.store import Literal, NamedNode, Quad, Term, graph_iri
from fasti.vocabulary import Vocabulary

_SIDES = {
    "begin": ("time:hasBeginning", "fasti:beginStatus", "fasti:earliestBegin", "fasti:latestBegin", "fasti:beginEdtf"),
    "end": ("time:hasEnd", "fasti:endStatus", "fasti:earliestEnd", "fasti:latestEnd", "fasti:endEdtf"),
}
_DATED = ("hasBeginning", "hasEnd", "existedDuring")
_VAGUE = {"not-stated": 0, "unknown": 1}


@dataclass
class _Side:
    """What one passage says of one end of an interval."""

    passage: str
    quads: list[Quad] = field(default_factory=list)
    bounds: dict[str, str] = field(default_factory=dict)
    status: str = "known"
    words: str = ""

    @property
    def earliest(self) -> str:
        return self.bounds.get("earliest", "")

    @property
    def latest(self) -> str:
        return self.bounds.get("latest", "9999")

    def within(self, other: _Side) -> bool:
        """Whether this date lies within the other: nested dates are not in conflict."""
        if self.status in _VAGUE or other.status in _VAGUE:
            return _VAGUE.get(other.status, 2) <= _VAGUE.get(self.status, 2)
        return (
            (self.status == "ongoing") == (other.status == "ongoing")
            and self.earliest >= other.earliest
            and self.latest <= other.latest
        )


@dataclass(frozen=True, slots=True)
class Weighed:
    """What weighing the intervals of a dataset comes to: quads that stay out, and conflicts about dates."""

    excluded: tuple[Quad, ...]
    conflicts: tuple[Conflict, ...]


def weigh_intervals(quads: Sequence[Quad], vocabulary: Vocabulary, scale: Scale) -> Weighed:
    """Settle every interval that more than one passage speaks of, each of its ends by itself."""
    return _Weighing(quads, vocabulary, scale).settle()


class _Weighing:
    """Goes through the intervals of a dataset, collecting what stays out and what disagrees."""

    def __init__(self, quads: Sequence[Quad], vocabulary: Vocabulary, scale: Scale) -> None:
        self.quads = quads
        self.scale = scale
        self.expand = vocabulary.expand
        self.sides = {vocabulary.expand(name): side for side, names in _SIDES.items() for name in names}
        self.edtf = vocabulary.expand("fasti:edtf")
        self.excluded: list[Quad] = []
        self.conflicts: list[Conflict] = []
        self.instants: dict[str, list[Quad]] = defaultdict(list)
        for quad in quads:
            self.instants[quad.subject.value].append(quad)

    def settle(self) -> Weighed:
        """What weighing all intervals comes to."""
        grouped: dict[str, list[Quad]] = defaultdict(list)
        for quad in self.quads:
            if quad.predicate.value in self.sides or quad.predicate.value == self.edtf:
                grouped[quad.subject.value].append(quad)
        for interval, said in sorted(grouped.items()):
            if len({quad.graph_name for quad in said}) > 1:
                self._interval(interval, said)
        lost = [quad for found in self.conflicts for quad in found.excluded]
        outweighed = [quad for found in self.conflicts if found.winner for quad in found.excluded]
        self.excluded += [*self._emptied(lost), *self._descriptions(outweighed)]
        return Weighed(tuple(self.excluded), tuple(self.conflicts))

    def _interval(self, interval: str, said: list[Quad]) -> None:
        whole = [quad for quad in said if quad.predicate.value == self.edtf]
        spoken = {graph_iri(quad): quad.object.value for quad in whole}
        begins, ends = (
            self._side(interval, side, [q for q in said if self.sides.get(q.predicate.value) == side], spoken)
            for side in _SIDES
        )
        if any(begin.earliest > end.latest for begin in begins for end in ends):
            begins, ends = self._reversed(interval, begins, ends)
        # The passage that settles both ends says the whole as well.
        kept = {side.passage for side in begins} & {side.passage for side in ends}
        agreed = len(set(spoken.values())) == 1 and len(whole) == len({quad.graph_name for quad in said})
        self.excluded += [quad for quad in whole if not agreed and graph_iri(quad) not in kept]

    def _side(self, interval: str, side: str, quads: list[Quad], spoken: Mapping[str, str]) -> list[_Side]:
        """Settle one end; what the passages say whose word holds, nothing in a tie."""
        stated = self._stated(quads, spoken)
        finest = [
            s for n, s in enumerate(stated) if not any(_outdoes(t, s, m < n) for m, t in enumerate(stated) if m != n)
        ]
        self.excluded += [quad for s in stated if s not in finest for quad in s.quads]
        name = "time:hasBeginning" if side == "begin" else "time:hasEnd"
        return self._weighed(interval, name, finest)

    def _reversed(self, interval: str, begins: list[_Side], ends: list[_Side]) -> tuple[list[_Side], list[_Side]]:
        """An end before the begin: one of the two is wrong, and the heavier one holds."""
        kept = self._weighed(interval, "fasti:existedDuring", [*begins, *ends])
        return [side for side in begins if side in kept], [side for side in ends if side in kept]

    def _weighed(self, interval: str, name: str, sides: list[_Side]) -> list[_Side]:
        """Of sides that cannot all hold, those that outweigh the others; the rest stays out, with a conflict."""
        values: dict[Term, list[Quad]] = {}
        for side in sides:
            values.setdefault(Literal(side.words or side.status), []).extend(side.quads)
        if len(values) < 2:  # one date in the words, told apart by nothing that could be shown
            return sides
        found = conflict(interval.partition("#")[0], self.expand(name), values, self.scale)
        self.conflicts.append(found)
        self.excluded += found.excluded
        kept = found.winner.passages if found.winner else []
        return [side for side in sides if side.passage in kept]

    def _stated(self, quads: list[Quad], spoken: Mapping[str, str]) -> list[_Side]:
        by_passage: dict[str, _Side] = {}
        for quad in quads:
            side = by_passage.setdefault(graph_iri(quad), _Side(graph_iri(quad)))
            side.quads.append(quad)
            local = quad.predicate.value.rpartition("#")[2]
            if local.startswith(("earliest", "latest")):
                side.bounds["earliest" if local.startswith("earliest") else "latest"] = quad.object.value
            elif local.endswith("Status"):
                side.status = quad.object.value.rpartition("#")[2]
            elif local.endswith("Edtf"):
                side.words = side.words or quad.object.value
            else:
                own = [q for q in self.instants[quad.object.value] if q.graph_name == quad.graph_name]
                side.quads += own
                side.words = next((q.object.value for q in own if isinstance(q.object, Literal)), side.words)
        for side in by_passage.values():
            side.words = (
                side.words or spoken.get(side.passage, "") or "–".join(day for _, day in sorted(side.bounds.items()))
            )
        return [side for _, side in sorted(by_passage.items())]

    def _emptied(self, lost: list[Quad]) -> Iterator[Quad]:
        """Intervals that a tie has left without any date go out whole, with what points at them."""
        dated = {property_ for property_ in self.sides if not property_.endswith("Status")}
        ongoing = NamedNode(self.expand("status:ongoing"))
        out = set(self.excluded)
        kept = {
            q.subject.value for q in self.quads if q not in out and (q.predicate.value in dated or q.object == ongoing)
        }
        empty = {quad.subject.value for quad in lost if quad.predicate.value in self.sides} - kept
        yield from (q for q in self.quads if q.subject.value in empty or q.object.value in empty)

    def _descriptions(self, lost: list[Quad]) -> Iterator[Quad]:
        """An event is not described in the words that gave it a date which lost."""
        places = {(quad.subject.value.partition("#")[0], quad.graph_name) for quad in lost}
        description = self.expand("dct:description")
        for quad in self.quads:
            if quad.predicate.value == description and (quad.subject.value, quad.graph_name) in places:
                yield quad


def _outdoes(one: _Side, other: _Side, first: bool) -> bool:
    """Whether a side makes another superfluous: it lies within it, and comes first where both say the same."""
    return one.within(other) and (first or not other.within(one))


def told_once(conflicts: Iterable[Conflict]) -> Iterator[Conflict]:
    """One disagreement on dates, once: on a foundation it is one on the event's two ends and on the body's begin."""
    seen: set[frozenset[tuple[str, ...]]] = set()
    for found in sorted(conflicts, key=lambda c: ("/id/event/" in c.about, c.on_property, c.about)):
        passages = frozenset(tuple(reading.passages) for reading in found.readings)
        dated = found.on_property.rpartition("#")[2] in _DATED
        if not dated or passages not in seen:
            yield found
        if dated:
            seen.add(passages)


__all__ = ["Weighed", "told_once", "weigh_intervals"]
