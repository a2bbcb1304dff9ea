"""Several passages on one interval: the finer date refines the coarser, dates that cannot both hold conflict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from fasti.conflicts import Conflict, Scale, conflict
from fasti.store import Literal, NamedNode, Quad, Term, graph_iri
from fasti.vocabulary import Vocabulary

_SIDES = {
    "begin": ("time:hasBeginning", "fasti:beginStatus", "fasti:earliestBegin", "fasti:latestBegin", "fasti:beginEdtf"),
    "end": ("time:hasEnd", "fasti:endStatus", "fasti:earliestEnd", "fasti:latestEnd", "fasti:endEdtf"),
}
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


def weigh_intervals(quads: Iterable[Quad], vocabulary: Vocabulary, scale: Scale) -> Weighed:
    """Settle every interval that more than one passage speaks of, each of its ends by itself."""
    grouped: dict[str, list[Quad]] = defaultdict(list)
    sides = {vocabulary.expand(name): side for side, names in _SIDES.items() for name in names}
    ends: dict[str, tuple[str, str]] = {}
    for quad in quads:
        if quad.predicate.value in sides or quad.predicate.value == vocabulary.expand("fasti:edtf"):
            grouped[quad.subject.value].append(quad)
            if quad.predicate.value in (vocabulary.expand("time:hasBeginning"), vocabulary.expand("time:hasEnd")):
                ends[quad.object.value] = (quad.subject.value, sides[quad.predicate.value])
    instants: dict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        if quad.subject.value in ends:
            instants[quad.subject.value].append(quad)
    excluded: list[Quad] = []
    conflicts: list[Conflict] = []
    for interval, said in sorted(grouped.items()):
        if len({quad.graph_name for quad in said}) > 1:
            _weigh(interval, said, instants, sides, vocabulary, scale, excluded, conflicts)
    emptied = _emptied(
        quads,
        set(excluded),
        {q.subject.value for c in conflicts for q in c.excluded if q.predicate.value in sides},
        vocabulary,
    )
    return Weighed((*excluded, *emptied), tuple(_told_once(conflicts)))


def _told_once(conflicts: list[Conflict]) -> Iterator[Conflict]:
    """One disagreement, once: two passages on a foundation disagree on the event's two ends and on the body's begin."""
    seen: set[frozenset[tuple[str, ...]]] = set()
    for found in sorted(conflicts, key=lambda c: ("/id/event/" in c.about, c.on_property, c.about)):
        passages = frozenset(tuple(reading.passages) for reading in found.readings)
        if passages not in seen:
            yield found
        seen.add(passages)


def _emptied(quads: Iterable[Quad], excluded: set[Quad], touched: set[str], vocabulary: Vocabulary) -> Iterator[Quad]:
    """Intervals that a tie has left without any date go out whole, with what points at them."""
    dated = {vocabulary.expand(name) for names in _SIDES.values() for name in names if not name.endswith("Status")}
    ongoing = NamedNode(vocabulary.expand("status:ongoing"))
    kept = {q.subject.value for q in quads if q not in excluded and (q.predicate.value in dated or q.object == ongoing)}
    empty = touched - kept
    yield from (
        q for q in quads if q.subject.value in empty or (isinstance(q.object, NamedNode) and q.object.value in empty)
    )


def _weigh(
    interval: str, said: list[Quad], instants: dict[str, list[Quad]], sides: dict[str, str], vocabulary: Vocabulary,
    scale: Scale, excluded: list[Quad], conflicts: list[Conflict],
) -> None:  # fmt: skip
    whole = [quad for quad in said if quad.predicate.value == vocabulary.expand("fasti:edtf")]
    winners: list[set[str]] = []
    for side in _SIDES:
        stated = _stated([q for q in said if sides.get(q.predicate.value) == side], instants, vocabulary)
        finest = [
            s
            for s in stated
            if not any(
                t is not s and t.within(s) and not (s.within(t) and stated.index(s) < stated.index(t)) for t in stated
            )
        ]
        losers = [s for s in stated if s not in finest]
        winners.append({s.passage for s in finest} if len(finest) == 1 else set())
        excluded += [quad for s in losers for quad in s.quads]
        if len(finest) > 1:
            values: dict[Term, list[Quad]] = {}
            for s in finest:
                values.setdefault(Literal(s.words or s.status), []).extend(s.quads)
            name = "time:hasBeginning" if side == "begin" else "time:hasEnd"
            found = conflict(interval.partition("#")[0], vocabulary.expand(name), values, scale)
            conflicts.append(found)
            excluded += list(found.excluded)
    kept = set.intersection(*winners)  # the passage that settles both ends says the whole as well
    agreed = len({quad.object for quad in whole}) == 1 and len(whole) == len({quad.graph_name for quad in said})
    excluded += [quad for quad in whole if not agreed and graph_iri(quad) not in kept]


def _stated(quads: list[Quad], instants: dict[str, list[Quad]], vocabulary: Vocabulary) -> list[_Side]:
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
            own = [q for q in instants[quad.object.value] if q.graph_name == quad.graph_name]
            side.quads += own
            side.words = next((q.object.value for q in own if isinstance(q.object, Literal)), side.words)
    return [side for _, side in sorted(by_passage.items())]


__all__ = ["Weighed", "weigh_intervals"]
