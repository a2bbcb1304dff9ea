"""What an entity's page shows, as values for a template: sections, each value with the words behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from fasti.store.embedded import DefaultGraph, Literal, NamedNode
from fasti.web.dates import Span, date_words, span
from fasti.web.description import Description
from fasti.web.evidence import Evidence, Quote
from fasti.web.facts import Fact, facts
from fasti.web.moments import Moment
from fasti.web.wording import LANGUAGES, Wording, shorten

# Where a property's values go, seen from its subject and from its object. None: shown elsewhere on the page.
_REST = ("rest", "mentions")
_PLACES: Mapping[str, tuple[str | None, str | None]] = {
    "org:subOrganizationOf": ("above", "below"),
    "org:transitiveSubOrganizationOf": ("above", "below"),
    "org:hasSubOrganization": ("below", "above"),
    "org:unitOf": ("above", "below"),
    "org:hasUnit": ("below", "above"),
    "dct:isPartOf": ("above", "below"),
    "org:postIn": ("above", "posts"),
    "org:hasPost": ("posts", "above"),
    "org:changedBy": ("events", "bodies"),
    "org:resultedFrom": ("events", "bodies"),
    "org:originalOrganization": ("bodies", "events"),
    "org:resultingOrganization": ("bodies", "events"),
    "fasti:affected": ("bodies", "events"),
    "prov:wasAssociatedWith": ("bodies", "events"),
    "fasti:post": ("rest", None),
    "org:member": ("rest", None),
    "org:organization": ("rest", None),
    "org:hasMembership": (None, None),
    "org:headOf": ("rest", None),
    "org:holds": ("rest", None),
    "org:memberOf": ("rest", None),
    "org:heldBy": (None, None),
    "org:siteOf": ("rest", None),
    "oa:hasSource": ("rest", None),
    "skos:prefLabel": ("names", None),
    "skos:altLabel": ("names", None),
    "skos:hiddenLabel": ("names", None),
    "foaf:name": ("names", None),
    "rdfs:label": (None, None),
    "rdf:type": (None, "mentions"),
}
_TITLES = {
    "above": "Part of",
    "below": "Units and parts",
    "posts": "Posts",
    "bodies": "Who it concerns",
    "events": "Events",
    "rest": "What else is known",
    "mentions": "Mentioned by",
}
# What the heading of the section says already.
_PLAIN = ("org:subOrganizationOf", "org:hasSubOrganization", "org:postIn", "org:hasPost", "org:hasUnit")
# Classes that say less than another one of the same thing; properties that a narrower one repeats.
_GENERAL = ("org:Organization", "org:ChangeEvent", "foaf:Agent", "prov:Entity", "oa:SpecificResource")
_NARROWER = {"org:hasSite": "org:hasPrimarySite"}
_INDIRECTLY = ("indirectly",)
SHOWN = 300  # values of one section on a page; the data have them all


@dataclass(frozen=True, slots=True)
class Value:
    """One value: a text or a link, when it was, the words behind it, and, for a part, its own rows."""

    text: str
    lang: str = ""
    iri: str = ""
    wording: tuple[str, ...] = ()
    span: Span | None = None
    quotes: tuple[Quote, ...] = ()
    rows: tuple[Row, ...] = ()
    certainty: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A property in words and its values."""

    label: str
    iri: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: either things that it links to or rows of properties. `more` were left out."""

    key: str
    title: str
    things: tuple[Value, ...] = ()
    rows: tuple[Row, ...] = ()
    more: int = 0


class Page:
    """The page of one entity."""

    def __init__(self, description: Description) -> None:
        self.description = description
        self.release = description.release
        self.node = NamedNode(description.iri)
        self.wording = Wording(self.release)
        self.evidence = Evidence(self.release, self.wording)
        self._place = lru_cache(maxsize=None)(self._find_place)

    @property
    def title(self) -> str:
        """The entity's label."""
        return self.wording.text(self.node)

    @property
    def moment(self) -> Moment | None:
        """The day, month or year whose state the page shows."""
        return self.description.moment

    @property
    def certainty(self) -> str:
        """How the entity itself stands to that moment; nothing when it has no time."""
        return self.description.certainty(self.node)

    @property
    def kinds(self) -> list[Value]:
        """The classes of the entity; a general one only when there is no other."""
        facts = [fact for fact in self._about(self.node) if self._short(fact.predicate) == "rdf:type"]
        classes = {fact.object for fact in facts if isinstance(fact.object, NamedNode)}
        special = {c for c in classes if self._short(c) not in _GENERAL}
        return [Value(self.wording.text(c), iri=c.value) for c in sorted(special or classes, key=lambda c: c.value)]

    def names(self) -> list[tuple[str, Value]]:
        """Every name, with what kind of name it is in which language; preferred ones first."""
        order = ["skos:prefLabel", "foaf:name", "skos:altLabel", "skos:hiddenLabel"]
        titles = {"skos:altLabel": "also", "skos:hiddenLabel": "misspelt"}
        found = [quad for quad in self._about(self.node) if self._short(quad.predicate) in order]
        found.sort(key=lambda q: (order.index(self._short(q.predicate)), self._language(q) != "en", str(q.object)))
        return [(self._kind(fact, titles), self._value(fact)) for fact in found]

    def _kind(self, fact: Fact, titles: Mapping[str, str]) -> str:
        """What kind of name, in which language."""
        parts = (titles.get(self._short(fact.predicate), ""), LANGUAGES.get(self._language(fact), ""))
        return ", ".join(part for part in parts if part)

    def sections(self) -> list[Section]:
        """The sections that have something in them, in reading order."""
        places: dict[str, list[Fact]] = defaultdict(list)
        for quad in dict.fromkeys(self._about(self.node)):
            place = self._place(quad.predicate)[0]
            if place not in (None, "names"):
                places[str(place)].append(quad)
        for quad in dict.fromkeys(self._naming(self.node)):
            place = self._place(quad.predicate)[1]
            if place is not None and not self._is_part(quad.subject):
                places[place].append(quad)
        made = (self._section(key, places[key]) for key in _TITLES if places[key])
        return [section for section in made if section.things or section.rows]

    def _section(self, key: str, quads: list[Fact]) -> Section:
        if key == "rest":
            return Section(key, _TITLES[key], rows=self._rows(quads, {self.node}))
        things = self._things(quads)
        return Section(key, _TITLES[key], things=tuple(things[:SHOWN]), more=max(0, len(things) - SHOWN))

    def _things(self, quads: list[Fact]) -> list[Value]:
        """One value per other end, whichever way and however often it is connected."""
        others: dict[NamedNode | Literal, list[Fact]] = defaultdict(list)
        for quad in quads:
            others[quad.object if quad.subject == self.node else quad.subject].append(quad)
        values = [self._thing(other, connections) for other, connections in others.items()]
        return sorted(values, key=_reading_order)

    def _thing(self, other: NamedNode | Literal, quads: list[Fact]) -> Value:
        if isinstance(other, Literal):
            return self._value(quads[0])
        specific = [q for q in quads if self._short(q.predicate) not in _PLAIN]
        direct = [q for q in specific if self._short(q.predicate) != "org:transitiveSubOrganizationOf"]
        worded = sorted({self.wording.text(q.predicate) for q in direct}) or (
            list(_INDIRECTLY) if len(specific) == len(quads) else []
        )
        quotes = {quote: None for q in quads for quote in self.evidence.behind(q.subject, q.predicate, q.object)}
        label = self.wording.label(other)
        return Value(label.text, label.lang, other.value, tuple(worded), self._when(other), tuple(quotes),
                     certainty=self.description.certainty(other))  # fmt: skip

    def _rows(self, quads: list[Fact], seen: set[NamedNode]) -> tuple[Row, ...]:
        grouped: dict[NamedNode, list[Fact]] = defaultdict(list)
        said = {(self._short(fact.predicate), fact.object) for fact in quads}
        for fact in quads:
            if (_NARROWER.get(self._short(fact.predicate)), fact.object) not in said:
                grouped[fact.predicate].append(fact)
        rows = [
            Row(
                self.wording.text(p),
                p.value,
                tuple(self._value(q, seen) for q in sorted(group, key=lambda q: str(q.object))),
            )
            for p, group in grouped.items()
        ]
        return tuple(sorted(rows, key=lambda row: row.label))

    def _value(self, quad: Fact, seen: set[NamedNode] | None = None) -> Value:
        quotes = self.evidence.behind(quad.subject, quad.predicate, quad.object)
        if isinstance(quad.object, Literal):
            kind = quad.object.datatype.value.rpartition("#")[2]
            text = date_words(quad.object.value) if kind in ("date", "gYear", "gYearMonth") else quad.object.value
            return Value(text, quad.object.language or "", quotes=quotes)
        node, seen = quad.object, seen or set()
        if not self._is_part(node) or node in seen:
            label = self.wording.label(node)
            return Value(label.text, label.lang, node.value, quotes=quotes)
        if (when := self.span(node)) is not None:
            return Value(when.words, iri=node.value, span=when, quotes=quotes)
        inner = [
            q
            for q in self._about(node)
            if self._short(q.predicate) not in ("rdf:type", "rdfs:label") and q.object not in seen
        ]
        label = self.wording.label(node)
        rows, certainty = self._rows(inner, {*seen, node}), self.description.certainty(node)
        return Value(label.text, label.lang, node.value, quotes=quotes, rows=rows, certainty=certainty)

    def span(self, interval: NamedNode) -> Span | None:
        """The words for an interval, or None for anything else."""
        row = next(iter(self.release.dataset.select("interval", interval=interval)), None)
        return span(row) if row is not None else None

    def _when(self, node: NamedNode) -> Span | None:
        """When an event was."""
        time = NamedNode(self.release.vocabulary.expand("time:hasTime"))
        for quad in self.release.dataset.quads(node, time, graph=DefaultGraph()):
            if isinstance(quad.object, NamedNode):
                return self.span(quad.object)
        return None

    def _about(self, node: NamedNode) -> Iterable[Fact]:
        for graph in self.description.graphs:
            found = facts(self.release.dataset.quads(s=node, graph=graph))
            yield from (fact for fact in found if self.description.holds(fact))

    def _naming(self, node: NamedNode) -> Iterable[Fact]:
        for graph in self.description.graphs:
            found = facts(self.release.dataset.quads(o=node, graph=graph))
            yield from (fact for fact in found if self.description.holds(fact))

    def _is_part(self, node: object) -> bool:
        return isinstance(node, NamedNode) and node.value.startswith(f"{self.node.value}#")

    def _find_place(self, predicate: NamedNode) -> tuple[str | None, str | None]:
        """The place of a property, or of the property that it refines."""
        short = self._short(predicate)
        if short in _PLACES:
            return _PLACES[short]
        refines = NamedNode(self.release.vocabulary.expand("rdfs:subPropertyOf"))
        for quad in self.release.dataset.quads(predicate, refines, graph=DefaultGraph()):
            if isinstance(quad.object, NamedNode) and self._short(quad.object) in _PLACES:
                return _PLACES[self._short(quad.object)]
        return _REST

    def _short(self, node: NamedNode) -> str:
        return shorten(node.value, self.release.vocabulary.prefixes)

    @staticmethod
    def _language(quad: Fact) -> str:
        return (quad.object.language or "") if isinstance(quad.object, Literal) else ""


def _reading_order(value: Value) -> tuple[bool, str, str, str]:
    """Direct connections first, what has a date by date, the rest by name."""
    date = (value.span.key or "9") if value.span else ""
    return value.wording == _INDIRECTLY, date, value.text.lower(), value.iri
