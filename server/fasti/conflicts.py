"""Where passages contradict each other: which reading outweighs, and what therefore stays out of the record."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fasti.store import Literal, NamedNode, Quad, Term, graph_iri
from fasti.vocabulary import Vocabulary, slug

# Properties that have one value at a time (profile, section 7); names are single per language.
SINGLE = ("fasti:rank", "org:hasPrimarySite", "skos:prefLabel", "foaf:name")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Reading:
    """One of the values that cannot hold together, and the quads that state it, each in its passage's graph."""

    value: Term
    quads: tuple[Quad, ...]
    weight: int
    tenure: str | None = None

    @property
    def passages(self) -> list[str]:
        """The IRIs of the passages that say so."""
        return sorted({graph_iri(quad) for quad in self.quads})


@dataclass(frozen=True, slots=True)
class Conflict:
    """Readings about one subject and one property that cannot all hold; the heaviest first."""

    about: str
    on_property: str
    readings: tuple[Reading, ...]

    @property
    def winner(self) -> Reading | None:
        """The reading that strictly outweighs all others, if there is one."""
        first, second = self.readings[:2]
        return first if first.weight > second.weight else None

    @property
    def excluded(self) -> Iterator[Quad]:
        """What stays out of the record: all readings but the winner's, all of them in a tie."""
        for reading in self.readings:
            if reading is not self.winner:
                yield from reading.quads


class Scale:
    """Weighs passages: the heaviest of each family of sources counts, and families add up."""

    def __init__(self, weights: Mapping[str, int], families: Mapping[str, str]) -> None:
        """Take what each passage weighs alone, by IRI, and the family of each source, by stem."""
        self._weights = weights
        self._families = families

    def weigh(self, quads: Iterable[Quad]) -> int:
        """The weight of what these quads state together."""
        best: dict[str, int] = {}
        for quad in quads:
            passage = graph_iri(quad)
            family, weight = self._families[_stem(passage)], self._weights[passage]
            best[family] = max(weight, best.get(family, 0))
        return sum(best.values())


def _stem(passage: str) -> str:
    return passage.rpartition("/")[0].rpartition("/passage/")[2]


def conflict(
    about: str,
    property_: str,
    values: Mapping[Term, list[Quad]],
    scale: Scale,
    tenures: Mapping[Term, str] | None = None,
) -> Conflict:
    """A conflict between values, each with the quads that state it."""
    readings = [
        Reading(value, tuple(quads), scale.weigh(quads), (tenures or {}).get(value)) for value, quads in values.items()
    ]
    return Conflict(about, property_, tuple(sorted(readings, key=lambda r: (-r.weight, str(r.value)))))


def single_values(quads: Iterable[Quad], vocabulary: Vocabulary, scale: Scale) -> Iterator[Conflict]:
    """Conflicts about a property that has one value at a time: two ranks, two sites, two names in one language."""
    single = {vocabulary.expand(name) for name in SINGLE}
    found: dict[tuple[str, str, str], dict[Term, list[Quad]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if (
            quad.predicate.value in single
            and isinstance(quad.subject, NamedNode)
            and isinstance(quad.object, NamedNode | Literal)
        ):
            language = (quad.object.language or "") if isinstance(quad.object, Literal) else ""
            found[quad.subject.value, quad.predicate.value, language][quad.object].append(quad)
    for (subject, property_, _), values in sorted(found.items()):
        kept = _finest(values)
        if len({_folded(value) for value in kept}) > 1:
            yield conflict(subject, property_, kept, scale)


def spellings(quads: Iterable[Quad], vocabulary: Vocabulary) -> Iterator[Quad]:
    """Labels that differ from another of the same thing in case or marks only, and stay out: the first one is kept."""
    names = [vocabulary.expand("skos:prefLabel"), vocabulary.expand("foaf:name")]
    first: dict[tuple[str, str, str | None, str], Quad] = {}
    for quad in quads:
        if quad.predicate.value in names and isinstance(quad.object, Literal):
            key = (quad.subject.value, quad.predicate.value, quad.object.language, _folded(quad.object))
            if first.setdefault(key, quad).object != quad.object:
                yield quad


def _folded(value: Term) -> str:
    """What is the same for `Vice-President` and `vice president`."""
    words = _WORD.findall(value.value.casefold()) if isinstance(value, Literal) else ()
    return " ".join(words) or value.value


def superseded(quads: Iterable[Quad], vocabulary: Vocabulary) -> Iterator[Quad]:
    """Sites that another of the same body refines: the record has the finer one, the passages keep both."""
    primary = vocabulary.expand("org:hasPrimarySite")
    found: dict[str, dict[Term, list[Quad]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if quad.predicate.value == primary:
            found[quad.subject.value][quad.object].append(quad)
    for values in found.values():
        kept = _finest(values)
        yield from (quad for value, stated in values.items() if value not in kept for quad in stated)


def _finest(values: Mapping[Term, list[Quad]]) -> dict[Term, list[Quad]]:
    """Leave out a place that another one only refines: `Beijing` beside `West Building, Zhongnanhai, Beijing`."""

    def refined(value: Term) -> bool:
        return isinstance(value, NamedNode) and any(
            isinstance(other, NamedNode)
            and other.value != value.value
            and other.value.rpartition("/")[2].endswith("-" + value.value.rpartition("/")[2])
            for other in values
        )

    return {value: quads for value, quads in values.items() if not refined(value)}


class ConflictWriter:
    """Writes conflicts to `graph/quality`."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.graph = NamedNode(vocabulary.graph("quality"))

    def quads(self, found: Conflict, label: str) -> Iterator[Quad]:
        """A fasti:Conflict with its readings (profile, section 7)."""
        local = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", found.on_property.rpartition("#")[2].rpartition("/")[2])
        path = found.about.removeprefix(self.vocabulary.base).removeprefix("id/")
        subject = re.sub(r"[/#]", "-", path.partition("/")[2])
        iri = self.vocabulary.entity("conflict", f"{slug(local)}--{subject}")
        node = NamedNode(iri)
        yield self._quad(node, "rdf:type", self._node("fasti:Conflict"))
        yield self._quad(node, "rdfs:label", Literal(label, language="en"))
        yield self._quad(node, "fasti:about", NamedNode(found.about))
        yield self._quad(node, "fasti:onProperty", NamedNode(found.on_property))
        for number, reading in enumerate(found.readings, 1):
            child = NamedNode(f"{iri}#reading-{number}")
            status = "reading:preferred" if reading is found.winner else "reading:contested"
            yield self._quad(node, "fasti:reading", child)
            yield self._quad(child, "rdf:type", self._node("fasti:Reading"))
            yield self._quad(child, "fasti:value", reading.value)
            yield self._quad(child, "fasti:status", self._node(status))
            yield self._quad(child, "fasti:weight", Literal(reading.weight))
            if reading.tenure:
                yield self._quad(child, "fasti:tenure", NamedNode(reading.tenure))
            for passage in reading.passages:
                yield self._quad(child, "fasti:passage", NamedNode(passage))

    def _node(self, name: str) -> NamedNode:
        return NamedNode(self.vocabulary.expand(name))

    def _quad(self, s: NamedNode, p: str, o: Term) -> Quad:
        return Quad(s, self._node(p), o, self.graph)
