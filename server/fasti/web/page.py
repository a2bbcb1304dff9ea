"""What an entity's page says of itself and of its values: labels, names, times, each with the words behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

from fasti.store.embedded import DefaultGraph, Literal, NamedNode
from fasti.web.dates import Span, date_words, span
from fasti.web.description import Description
from fasti.web.evidence import Evidence, Quote, Room
from fasti.web.facts import Fact
from fasti.web.intervals import Intervals
from fasti.web.language import gettext, language
from fasti.web.moments import Moment
from fasti.web.surroundings import Surroundings
from fasti.web.values import Row, Value
from fasti.web.wording import Text, Wording, language_name, shorten

_NAMES = ("skos:prefLabel", "foaf:name", "skos:altLabel", "skos:hiddenLabel")
# Classes that say less than another one of the same thing; properties that a narrower one repeats.
_GENERAL = ("org:Organization", "org:ChangeEvent", "foaf:Agent", "prov:Entity", "oa:SpecificResource")
_NARROWER = {"org:hasSite": "org:hasPrimarySite"}
_DATES = ("date", "gYear", "gYearMonth", "EDTF")
_VALUES = 40  # of one property in a row; the data have them all


class Page:
    """The page of one entity. `numbers` are the pages of its lists that the address asks for, by the lists' keys."""

    def __init__(self, description: Description, numbers: Mapping[str, int] | None = None) -> None:
        self.description = description
        self.numbers = numbers or {}
        self.release = description.release
        self.node = NamedNode(description.iri)
        self.wording = Wording(self.release)
        self.evidence = Evidence(self.release, self.wording)
        self.intervals = Intervals(self.release)
        self.around = lru_cache(maxsize=None)(lambda node: Surroundings(description, node))
        self.short = lru_cache(maxsize=None)(self._short)
        self.room = Room()

    @property
    def title(self) -> str:
        """The entity's label."""
        return self.label.text

    @property
    def label(self) -> Text:
        """The entity's label with its language."""
        return self.wording.label(self.node)

    @property
    def moment(self) -> Moment | None:
        """The day, month or year whose state the page shows."""
        return self.description.moment

    @property
    def is_ahead(self) -> bool:
        """Whether the page shows a state later than its data: what goes on is only taken to go on."""
        made = self.release.created
        return self.moment is not None and self.moment.first > (made.year, made.month, made.day)

    @property
    def certainty(self) -> str:
        """How the entity itself stands to that moment; nothing when it has no time."""
        return self.description.certainty(self.node)

    @cached_property
    def about(self) -> list[Fact]:
        """What is said of the entity with properties that are no crowd."""
        return list(dict.fromkeys(self.around(self.node).few(incoming=False)))

    @cached_property
    def naming(self) -> list[Fact]:
        """What names the entity with properties that are no crowd, its own parts left out."""
        found = dict.fromkeys(self.around(self.node).few(incoming=True))
        return [fact for fact in found if not self.is_part(fact.subject)]

    @property
    def kinds(self) -> list[Value]:
        """The classes of the entity; a general one only when there is no other."""
        found = [fact.object for fact in self.about if self.short(fact.predicate) == "rdf:type"]
        classes = {each for each in found if isinstance(each, NamedNode)}
        special = {c for c in classes if self.short(c) not in _GENERAL}
        return [self.link(c) for c in sorted(special or classes, key=lambda c: c.value)]

    def names(self) -> list[tuple[str, Value]]:
        """Every other name than the title, with what kind of name it is in which language; preferred ones first."""
        found = [fact for fact in self.about if self.short(fact.predicate) in _NAMES and not self._is_title(fact)]
        found.sort(key=lambda q: (_NAMES.index(self.short(q.predicate)), self._foreign(q), str(q.object)))
        return [(self._kind(fact), self.value(fact)) for fact in found]

    def title_quotes(self) -> tuple[Quote, ...]:
        """The words that give the entity the name in the title."""
        named = (fact for fact in self.about if self.short(fact.predicate) in _NAMES and self._is_title(fact))
        quotes = (quote for fact in named for quote in self.evidence.behind(*fact))
        return tuple(dict.fromkeys(quotes))

    @cached_property
    def parts(self) -> list[Fact]:
        """The statements of hash children that name the entity: a rank that it had for a time, a link's provenance."""
        found = dict.fromkeys(self.around(self.node).few(incoming=True))
        return [fact for fact in found if self.is_part(fact.subject)]

    @cached_property
    def children(self) -> list[str]:
        """The names of the entity's parts, the ends of their IRIs: of those that it names, and those that these name."""
        found: dict[NamedNode, None] = {}
        waiting: list[object] = [*(fact.object for fact in self.about), *(fact.subject for fact in self.parts)]
        if self.node.value.startswith(self.release.vocabulary.source("")):
            waiting += [row["unread"] for row in self.release.dataset.select("unread-of-source", source=self.node)]
        while waiting:
            node = waiting.pop()
            if isinstance(node, NamedNode) and self.is_part(node) and node not in found:
                found[node] = None
                quads = self.release.dataset.quads
                waiting += [quad.object for graph in self.description.graphs for quad in quads(s=node, graph=graph)]
        return sorted(node.value.partition("#")[2] for node in found)

    def value(self, quad: Fact, seen: set[NamedNode] | None = None) -> Value:
        """The object of a statement with the words behind it; a part of the entity with its own rows."""
        quotes = self.evidence.behind(quad.subject, quad.predicate, quad.object)
        if isinstance(quad.object, Literal):
            kind = quad.object.datatype.value.rpartition("#")[2].rpartition("/")[2]
            text = date_words(quad.object.value) if kind in _DATES else quad.object.value
            return Value(text, quad.object.language or "", quotes=quotes)
        node, seen = quad.object, seen or set()
        if not self.is_part(node) or node in seen:
            return self.link(node, quotes=quotes)
        if (when := self.span(node)) is not None:
            return Value(when.words, iri=node.value, span=when, quotes=quotes)
        return self.part(node, quotes, seen)

    def part(self, node: NamedNode, quotes: tuple[Quote, ...], seen: set[NamedNode]) -> Value:
        """A hash child with what is said of it; what `seen` holds is not said again."""
        own = self.around(node).few(incoming=False)
        inner = [q for q in own if self.short(q.predicate) not in ("rdf:type", "rdfs:label") and q.object not in seen]
        label, rows = self.wording.label(node), self.rows(inner, {*seen, node})
        certainty = self.description.certainty(node)
        return Value(label.text, label.lang, node.value, quotes=quotes, rows=rows, certainty=certainty)

    def link(self, node: NamedNode, quotes: tuple[Quote, ...] = ()) -> Value:
        """A link to a thing by its label; the label of a post says little without its body."""
        label = self.wording.label(node)
        return Value(label.text, label.lang, node.value, self._body_of(node), quotes=quotes)

    def rows(self, quads: Iterable[Fact], seen: set[NamedNode]) -> tuple[Row, ...]:
        """The statements by property, each property in words."""
        quads = list(quads)
        grouped: dict[NamedNode, list[Fact]] = defaultdict(list)
        said = {(self.short(fact.predicate), fact.object) for fact in quads}
        for fact in quads:
            if (_NARROWER.get(self.short(fact.predicate)), fact.object) not in said:
                grouped[fact.predicate].append(fact)
        rows = [self._row(p, sorted(group, key=lambda q: str(q.object)), seen) for p, group in grouped.items()]
        return tuple(sorted(rows, key=lambda row: row.label))

    def span(self, interval: NamedNode) -> Span | None:
        """The words for an interval, or None for anything else."""
        return span(self.intervals.row(interval)) if self.intervals.is_interval(interval) else None

    def when(self, node: NamedNode) -> Span | None:
        """When a thing was: an event, a tenure, the existence of a body."""
        return next((span(self.intervals.row(interval)) for interval in self.intervals.of(node)), None)

    def is_part(self, node: object) -> bool:
        """Whether a node is a hash child of the entity."""
        return isinstance(node, NamedNode) and node.value.startswith(f"{self.node.value}#")

    def term(self, name: str) -> NamedNode:
        """The node of a prefixed name."""
        return NamedNode(self.release.vocabulary.expand(name))

    def _body_of(self, node: NamedNode) -> tuple[Text, ...]:
        """The names of the bodies that a post is in, but for the one that the page is about."""
        if not node.value.startswith(self.release.vocabulary.entity("post", "")):
            return ()
        quads = self.release.dataset.quads(node, self.term("org:postIn"), graph=DefaultGraph())
        bodies = [quad.object for quad in quads if isinstance(quad.object, NamedNode) and quad.object != self.node]
        return tuple(sorted((self.wording.label(body) for body in bodies), key=lambda name: name.text))

    def _row(self, property: NamedNode, quads: list[Fact], seen: set[NamedNode]) -> Row:
        shown = tuple(self.value(quad, seen) for quad in quads[:_VALUES])
        label = self.wording.label(property)
        return Row(label.text, property.value, shown, len(quads) - len(shown), label.lang)

    def _kind(self, fact: Fact) -> str:
        """What kind of name, in which language."""
        kinds = {"skos:altLabel": gettext("also"), "skos:hiddenLabel": gettext("misspelt")}
        tag = _tag(fact)
        named = language_name(tag) if tag != language().lower() else ""
        return gettext(", ").join(part for part in (kinds.get(self.short(fact.predicate), ""), named) if part)

    def _is_title(self, fact: Fact) -> bool:
        return isinstance(fact.object, Literal) and fact.object.value == self.title

    def _foreign(self, fact: Fact) -> tuple[bool, bool]:
        return _tag(fact) != language().lower(), _tag(fact) != "en"

    def _short(self, node: NamedNode) -> str:
        return shorten(node.value, self.release.vocabulary.prefixes)


def _tag(fact: Fact) -> str:
    """The language tag of a name, as the engine writes it: in lower case."""
    return (fact.object.language or "") if isinstance(fact.object, Literal) else ""


__all__ = ["Page", "Row", "Value"]
