"""A set of statements as a page: each subject with its label and its properties in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from fasti.release import Release
from fasti.store.embedded import Literal, NamedNode, Quad
from fasti.web.facts import Fact, facts
from fasti.web.page import Row, Value
from fasti.web.wording import Text, Wording, in_words, shorten

_HIDDEN = ("rdfs:label", "rdf:type", "skos:inScheme", "rdfs:isDefinedBy", "skos:topConceptOf")


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject: what it is called, what it is, what is said of it."""

    iri: str
    name: str
    label: Text
    kinds: tuple[str, ...]
    rows: tuple[Row, ...]


def described(release: Release, quads: Iterable[Quad]) -> list[Subject]:
    """The subjects that have an IRI, each with its statements; blank nodes are in the data only."""
    wording = Wording(release)
    grouped: dict[NamedNode, list[Fact]] = defaultdict(list)
    for fact in facts(quads):
        grouped[fact.subject].append(fact)
    made = [_subject(release, wording, node, group) for node, group in grouped.items()]
    return sorted(made, key=lambda subject: ("#" in subject.iri, subject.iri))


def _subject(release: Release, wording: Wording, node: NamedNode, quads: list[Fact]) -> Subject:
    prefixes = release.vocabulary.prefixes
    rows: dict[NamedNode, list[Value]] = defaultdict(list)
    kinds = []
    for quad in sorted(set(quads), key=str):
        if shorten(quad.predicate.value, prefixes) == "rdf:type" and isinstance(quad.object, NamedNode):
            kinds.append(in_words(quad.object.value))
        elif shorten(quad.predicate.value, prefixes) not in _HIDDEN:
            rows[quad.predicate].append(_value(release, quad.object))
    shown = tuple(Row(wording.text(p), p.value, tuple(values)) for p, values in rows.items())
    return Subject(
        node.value, shorten(node.value, prefixes), _label(wording, node, quads, prefixes), tuple(kinds), shown
    )


def _label(wording: Wording, node: NamedNode, quads: list[Fact], prefixes: dict[str, str]) -> Text:
    """The label among the statements themselves (shapes are in no store), or else the release's."""
    for quad in quads:
        if shorten(quad.predicate.value, prefixes) in ("rdfs:label", "sh:name") and isinstance(quad.object, Literal):
            return Text(quad.object.value, quad.object.language or "")
    return wording.label(node)


def _value(release: Release, term: NamedNode | Literal) -> Value:
    if isinstance(term, Literal):
        return Value(term.value, term.language or "")
    return Value(shorten(term.value, release.vocabulary.prefixes), iri=term.value)
