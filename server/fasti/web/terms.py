"""A set of statements as a page, or as several of bounded size: each subject with its label and its properties in words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from flask import abort, render_template, request

from fasti.release import Release
from fasti.store.embedded import Literal, NamedNode, Quad
from fasti.web.current import release as current
from fasti.web.facts import Fact, facts
from fasti.web.page import Row, Value
from fasti.web.paging import asked_pages, paged
from fasti.web.wording import Text, Wording, shorten, translated

_PAGE = re.compile(r"page")
# About how many bytes of HTML a page has for subjects, and what a subject and a value take besides their words.
# With style and script a page stays below 100 kB.
_ROOM, _SUBJECT, _VALUE = 66_000, 160, 85
# Of that, on the first part, for links to the terms of later ones: who looks up a hash IRI arrives there. And each one.
_POINTING, _POINTER = 16_000, 120
_VALUES = 40  # of one property; the data have them all
_HIDDEN = ("rdfs:label", "rdf:type", "skos:inScheme", "rdfs:isDefinedBy", "skos:topConceptOf")


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject: what it is called, what it is, what is said of it."""

    iri: str
    name: str
    label: Text
    kinds: tuple[Text, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a long page is asked for: that with the term `term`, or else by `number`, 0 for the first."""

    term: str
    number: int

    @property
    def parameters(self) -> Mapping[str, str]:
        """The parameters of the address that ask for it."""
        found = {"term": self.term, "page": str(self.number or "")}
        return {name: value for name, value in found.items() if value}


def asked_part() -> Part:
    """The part that the request asks for; a page comes before a term, from whose part somebody may go on.

    Raises:
        BadRequest: there are several terms, or the page is no number.
    """
    terms, number = request.args.getlist("term"), asked_pages(_PAGE).get("page", 0)
    if len(terms) > 1:
        abort(400, description=f"One 'term' was expected, found {len(terms)}.")
    return Part(terms[0][:200], 0) if any(terms) and "page" not in request.args else Part("", number)


def terms_page(
    quads: Iterable[Quad],
    path: str,
    part: Part,
    *,
    title: str,
    lead: str = "",
    about: str | None = None,
    schemes: Sequence[tuple[str, Text]] = (),
    query: str,
) -> str:
    """The page at `path` about the subjects of `quads` that have an IRI; blank nodes are in the data only.

    What the page itself names comes first. With `about` its title is the label of that subject. `query` is the one behind it.

    Raises:
        NotFound: there is no such part.
    """
    grouped: dict[NamedNode, list[Fact]] = defaultdict(list)
    for fact in dict.fromkeys(facts(quads)):  # one may stand in several graphs
        grouped[fact.subject].append(fact)
    own = current().base + path[1:]
    order = sorted(grouped, key=lambda node: (node.value.partition("#")[0] != own, "#" in node.value, node.value))
    parts = list(_parts(order, grouped, _ROOM))
    if any(node.value.startswith(f"{own}#") for later in parts[1:] for node in later):
        parts = list(_parts(order, grouped, _ROOM - _POINTING))
    number = _place(parts, f"{own}#{part.term}") if part.term else part.number
    shown, pager = paged({"page": number or 1}, "page", parts or [[]], 1)
    wording = Wording(current())
    subjects = [_subject(current(), wording, node, grouped[node]) for node in shown[0]]
    elsewhere = [] if number > 1 or part.term else list(_pointed(own, parts[1:]))
    heading = wording.text(NamedNode(about)) if about and NamedNode(about) in grouped else title
    return render_template(
        "terms.html", title=heading, lead=lead, path=path, subjects=subjects, pager=pager, schemes=schemes, about=about,
        pointers=[(each.value, wording.label(each)) for each in elsewhere],
        named=[Value(each.label.text, each.label.lang, each.iri) for each in subjects], query=query,
    )  # fmt: skip


def _pointed(own: str, later: Iterable[Sequence[NamedNode]]) -> Iterator[NamedNode]:
    """The terms of later parts that the first one has room to lead to."""
    room = _POINTING
    for node in (node for part in later for node in part if node.value.startswith(f"{own}#")):
        room -= _POINTER + 4 * len(node.value.partition("#")[2])
        if room < 0:
            return
        yield node


def _parts(
    order: Iterable[NamedNode], grouped: Mapping[NamedNode, Sequence[Fact]], room: int
) -> Iterator[list[NamedNode]]:
    """The subjects in their order, as many together as fit on a page; `room` is that of the first one."""
    hidden = {NamedNode(current().vocabulary.expand(name)) for name in _HIDDEN}
    part: list[NamedNode] = []
    for node in order:
        shown = (fact.object for fact in grouped[node] if fact.predicate not in hidden)
        weight = _SUBJECT + 2 * len(node.value) + sum(map(_weight, islice(shown, 4 * _VALUES)))
        if part and weight > room:
            yield part
            part, room = [], _ROOM
        part.append(node)
        room -= weight
    if part:
        yield part


def _weight(value: NamedNode | Literal) -> int:
    """Of a value in its row; an IRI stands in the address of a link and shortened in its text, its end perhaps twice."""
    if isinstance(value, NamedNode) and "#" in value.value:
        return _VALUE + 8 * len(value.value) // 5 + 6 + len(value.value.partition("#")[2])
    return _VALUE + (8 * len(value.value) // 5 if isinstance(value, NamedNode) else len(value.value.encode()))


def _place(parts: Sequence[Sequence[NamedNode]], iri: str) -> int:
    """The number of the part that has a subject, from 1."""
    found = next((number for number, part in enumerate(parts, 1) if any(node.value == iri for node in part)), None)
    if found is None:
        abort(404, description=f"There is no term '{iri.rpartition('#')[2]}' here.")
    return found


def _subject(release: Release, wording: Wording, node: NamedNode, quads: list[Fact]) -> Subject:
    prefixes = release.vocabulary.prefixes
    rows: dict[NamedNode, list[Value]] = defaultdict(list)
    kinds = []
    for quad in sorted(quads, key=str):
        if shorten(quad.predicate.value, prefixes) == "rdf:type" and isinstance(quad.object, NamedNode):
            kinds.append(wording.label(quad.object))
        elif shorten(quad.predicate.value, prefixes) not in _HIDDEN:
            rows[quad.predicate].append(_value(release, quad.object))
    shown = tuple(
        Row(wording.text(p), p.value, tuple(values[:_VALUES]), max(0, len(values) - _VALUES), wording.label(p).lang)
        for p, values in rows.items()
    )
    return Subject(
        node.value, shorten(node.value, prefixes), _label(wording, node, quads, prefixes), tuple(kinds), shown
    )


def _label(wording: Wording, node: NamedNode, quads: list[Fact], prefixes: dict[str, str]) -> Text:
    """The label among the statements themselves (shapes are in no store), or else the release's."""
    for quad in quads:
        if shorten(quad.predicate.value, prefixes) in ("rdfs:label", "sh:name") and isinstance(quad.object, Literal):
            return translated(Text(quad.object.value, quad.object.language or ""))
    return wording.label(node)


def _value(release: Release, term: NamedNode | Literal) -> Value:
    if isinstance(term, Literal):
        return Value(term.value, term.language or "")
    return Value(shorten(term.value, release.vocabulary.prefixes), iri=term.value)
