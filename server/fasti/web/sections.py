"""The sections of an entity's page: what it belongs to and what to it, events, the rest, and who names it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from fasti.store.embedded import DefaultGraph, Literal, NamedNode
from fasti.web.facts import Fact
from fasti.web.language import gettext
from fasti.web.links import host
from fasti.web.moments import Certainty
from fasti.web.page import Page
from fasti.web.paging import paged
from fasti.web.surroundings import Connection, by_name
from fasti.web.values import Group, Pager, Row, Section, Value
from fasti.web.wording import Text

# Where a property's values go, seen from its subject and from its object. None: shown elsewhere on the page.
_REST = ("rest", "mentions")
_PLACES: Mapping[str, tuple[str | None, str | None]] = {
    "org:subOrganizationOf": ("above", "below"),
    "org:transitiveSubOrganizationOf": ("above", "below"),
    "org:hasSubOrganization": ("below", "above"),
    "org:unitOf": ("above", "below"),
    "org:hasUnit": ("below", "above"),
    "dct:isPartOf": ("above", "below"),
    "org:postIn": ("above", None),
    "org:hasPost": (None, "above"),
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
    "fasti:about": ("rest", None),
    "fasti:existedDuring": ("rest", None),
    "skos:prefLabel": (None, None),
    "skos:altLabel": (None, None),
    "skos:hiddenLabel": (None, None),
    "foaf:name": (None, None),
    "rdfs:label": (None, None),
    "skos:exactMatch": ("elsewhere", "mentions"),
    "skos:closeMatch": ("elsewhere", "mentions"),
    "foaf:isPrimaryTopicOf": ("elsewhere", "mentions"),
    "foaf:homepage": ("elsewhere", "mentions"),
    "rdf:type": (None, "mentions"),
}
# What the heading of the section says already.
_PLAIN = ("org:subOrganizationOf", "org:hasSubOrganization", "org:postIn", "org:hasPost", "org:hasUnit", "org:unitOf", "dct:isPartOf",
          "org:changedBy", "org:resultedFrom")  # fmt: skip
_INDIRECT = "org:transitiveSubOrganizationOf"
_GROUPED = ("below", "mentions")  # sections whose links stand under their properties, each with its count
_SHOWN = {"mentions": 12}  # links of one group on a page; its other pages have the rest
_MOST = 60


class Sections:
    """The sections of one page, made from its statements as far as they are few, and page by page where they are many."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.place = lru_cache(maxsize=None)(self._find_place)

    def all(self) -> list[Section]:
        """The sections that have something in them, in reading order."""
        titles = {
            "above": gettext("Part of"),
            "below": gettext("Units and parts"),
            "bodies": gettext("Who it concerns"),
            "events": gettext("Events"),
            "rest": gettext("What else is known"),
            "elsewhere": gettext("In other data sets"),
            "mentions": gettext("Named by"),
        }
        made = (self._section(key, title) for key, title in titles.items())
        return [section for section in made if section.groups or section.rows]

    def _section(self, key: str, title: str) -> Section:
        if key == "rest":
            return Section(key, title, rows=(*self.page.rows(self._facts(key), {self.page.node}), *self._parts()))
        if key == "elsewhere":
            rows = self.page.rows(self._facts(key), {self.page.node})
            return Section(key, title, rows=tuple(self._established(row) for row in rows))
        return Section(key, title, groups=tuple(self._groups(key)))

    def _parts(self) -> Iterable[Row]:
        """What hash children say of the entity, by their class: the ranks that it had for a time."""
        found: dict[NamedNode, list[Value]] = defaultdict(list)
        for fact in self.page.parts:
            if (kind := self._class(fact.subject)) is not None and self.page.short(kind) != "fasti:Link":
                found[kind].append(self.page.part(fact.subject, (), {self.page.node}))
        for kind, values in sorted(found.items(), key=lambda item: item[0].value):
            label = self.page.wording.label(kind)
            yield Row(label.text, kind.value, tuple(values), lang=label.lang)

    def _established(self, row: Row) -> Row:
        """Links to other data sets, each with whose it is and how sure."""
        sure: dict[str, Text] = {}
        value, confidence = self.page.term("fasti:value"), self.page.term("fasti:confidence")
        for fact in self.page.parts:
            said = {each.predicate: each.object for each in self.page.around(fact.subject).few(incoming=False)}
            how = said.get(confidence)
            if value in said and isinstance(how, NamedNode):
                sure[said[value].value] = self.page.wording.label(how)
        told = ((each, (Text(host(each.iri)), sure.get(each.iri))) for each in row.values)
        values = (replace(each, wording=tuple(said for said in both if said and said.text)) for each, both in told)
        return replace(row, values=tuple(values))

    def _class(self, node: NamedNode) -> NamedNode | None:
        quads = self.page.release.dataset.quads(node, self.page.term("rdf:type"), graph=DefaultGraph())
        return min((quad.object for quad in quads if isinstance(quad.object, NamedNode)), key=str, default=None)

    def _facts(self, key: str) -> list[Fact]:
        """The statements of a section whose properties are no crowd, either way."""
        own = [fact for fact in self.page.about if self.place(fact.predicate)[0] == key]
        return own + [fact for fact in self.page.naming if self.place(fact.predicate)[1] == key]

    def _groups(self, key: str) -> Iterable[Group]:
        """A crowd is a group of its own; one whose plain property repeats what another group says is left out."""
        around = self.page.around(self.page.node).connections
        crowds = [each for each in around if each.is_crowd and self._belongs(each, key)]
        few = self._by_title(key, self._facts(key), any(self._is_plain(each) for each in crowds))
        for (title, name), quads in sorted(few.items()):
            yield self._group(name, title, quads)
        worded = [each for each in crowds if not self._is_plain(each) and self.page.short(each.predicate) != _INDIRECT]
        yield from (self._crowd(key, crowd, ()) for crowd in worded)
        plain = max((each for each in crowds if self._is_plain(each)), key=lambda each: each.count, default=None)
        if plain is not None:
            said = {other.value for quads in few.values() for other in self._by_other(quads)}
            said.update(iri for crowd in worded for iri in self.page.around(self.page.node).crowd(crowd))
            if (rest := self._crowd(key, plain, said)).count:
                yield rest

    def _by_title(self, key: str, quads: Sequence[Fact], crowded: bool) -> Mapping[tuple[str, str], list[Fact]]:
        """The statements under what they say and its name in addresses; another end stands once, under what says most."""
        found: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        for other, connections in self._by_other(quads).items():
            worded = {q.predicate for q in connections if not self._says_little(q)}
            only = all(self.page.short(fact.predicate) == _INDIRECT for fact in connections)
            if only and (crowded or self._is_implied(key, other)):
                continue
            if key not in _GROUPED or not (worded or only):
                found["", key] += connections
            elif worded:
                found[min((self._heading(key, each), f"{key}-{_slug(each)}") for each in worded)] += connections
            else:
                found[gettext("at some level below"), f"{key}-indirectly"] += connections
        return found

    def _heading(self, key: str, property: NamedNode) -> str:
        """What a property is called in a section; ours have their own words for the things that name an entity with them."""
        parts = {
            "fasti:internalUnitOf": gettext("Internal units"),
            "fasti:subordinateAgencyOf": gettext("Subordinate agencies"),
            "fasti:affiliatedInstitutionOf": gettext("Affiliated institutions"),
        }
        own = parts.get(self.page.short(property)) if key == "below" else None
        return own or self.page.wording.text(property)

    def _by_other(self, quads: Iterable[Fact]) -> Mapping[NamedNode | Literal, list[Fact]]:
        others: dict[NamedNode | Literal, list[Fact]] = defaultdict(list)
        for quad in quads:
            others[quad.object if quad.subject == self.page.node else quad.subject].append(quad)
        return others

    def _is_implied(self, key: str, other: NamedNode | Literal) -> bool:
        """Whether what is below or above at some level is so by way of something that the page shows."""
        above, quads = self.page.term("org:subOrganizationOf"), self.page.release.dataset.quads
        if not isinstance(other, NamedNode):
            return False
        if key == "below":
            return next(quads(other, above, graph=DefaultGraph()), None) is not None
        indirect = self.page.term(_INDIRECT)
        parents = [fact.object for fact in self.page.about if fact.predicate == above]
        return any(
            next(quads(each, indirect, other, DefaultGraph()), None) for each in parents if isinstance(each, NamedNode)
        )

    def _says_little(self, fact: Fact) -> bool:
        return self.page.short(fact.predicate) in (*_PLAIN, _INDIRECT)

    def _group(self, key: str, title: str, quads: Sequence[Fact]) -> Group:
        others = self._by_other(quads)
        order = sorted(others, key=self._reading_order)
        shown, pager = self._paged(key, order)
        things = self._told_apart([self._thing(other, others[other], bool(title)) for other in shown])
        return Group(key, title, things, len(order), pager)

    def _told_apart(self, things: Sequence[Value]) -> tuple[Value, ...]:
        """Things of a list, with their dates where two have one name: a unit, and the one that took its place."""
        names = Counter(thing.text for thing in things)
        return tuple(
            replace(thing, span=self.page.when(NamedNode(thing.iri))) if thing.iri and names[thing.text] > 1 else thing
            for thing in things
        )

    def _crowd(self, key: str, connection: Connection, but: Collection[str]) -> Group:
        """One page of a crowd without those in `but`; at a moment without those that it excludes."""
        name = f"{key}-{_slug(connection.predicate)}"
        iris = [iri for iri in self.page.around(self.page.node).crowd(connection) if iri not in but]
        shown, pager = self._paged(name, [NamedNode(iri) for iri in iris])
        state = self.page.description.certainty
        things = self._told_apart(
            [
                self._thing(node, [self._fact(node, connection)], True)
                for node in shown
                if isinstance(node, NamedNode) and state(node) != Certainty.EXCLUDED
            ]
        )
        title = "" if self._is_plain(connection) else self._heading(key, connection.predicate)
        return Group(name, title, things, len(iris), pager)

    def _fact(self, node: NamedNode, connection: Connection) -> Fact:
        ends = (node, self.page.node) if connection.incoming else (self.page.node, node)
        return Fact(ends[0], connection.predicate, ends[1])

    def _paged(
        self, key: str, order: Sequence[NamedNode | Literal]
    ) -> tuple[Sequence[NamedNode | Literal], Pager | None]:
        return paged(self.page.numbers, key, order, _SHOWN.get(key.partition("-")[0], _MOST))

    def _thing(self, other: NamedNode | Literal, quads: list[Fact], titled: bool) -> Value:
        if isinstance(other, Literal):
            return self.page.value(quads[0])
        worded = {self.page.wording.label(q.predicate) for q in quads if not self._says_little(q)}
        only = all(self.page.short(q.predicate) == _INDIRECT for q in quads)
        said = sorted(worded, key=lambda word: word.text) or ([Text(gettext("indirectly"))] if only else [])
        wording = () if titled else tuple(said)
        quotes = {quote: None for q in quads for quote in self.page.evidence.behind(*q)}
        link, event = self.page.link(other), self.page.release.vocabulary.entity("event", "")
        when = self.page.when(other) if other.value.startswith(event) else None
        certainty = self.page.description.certainty(other)
        return replace(link, wording=link.wording + wording, span=when, quotes=tuple(quotes), certainty=certainty)

    def _reading_order(self, node: NamedNode | Literal) -> tuple[str, list[tuple[int, str]], str]:
        """What has a date by date, the rest by name."""
        if isinstance(node, Literal):
            return "9", by_name(node.value), ""
        event = node.value.startswith(self.page.release.vocabulary.entity("event", ""))
        when = self.page.when(node) if event else None
        return (when.key or "9") if when else "9", by_name(self.page.wording.text(node)), node.value

    def _belongs(self, connection: Connection, key: str) -> bool:
        return self.place(connection.predicate)[connection.incoming] == key

    def _is_plain(self, connection: Connection) -> bool:
        return self.page.short(connection.predicate) in _PLAIN

    def _find_place(self, predicate: NamedNode) -> tuple[str | None, str | None]:
        """The place of a property, or of the property that it refines."""
        if (short := self.page.short(predicate)) in _PLACES:
            return _PLACES[short]
        refines = self.page.term("rdfs:subPropertyOf")
        for quad in self.page.release.dataset.quads(predicate, refines, graph=DefaultGraph()):
            if isinstance(quad.object, NamedNode) and self.page.short(quad.object) in _PLACES:
                return _PLACES[self.page.short(quad.object)]
        return _REST


def _slug(property: NamedNode) -> str:
    """The end of a property's IRI, for the name of a list in an address."""
    return property.value.replace("#", "/").rstrip("/").rpartition("/")[2]
