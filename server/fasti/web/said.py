"""What a passage says, in words short enough to stand beside the passage itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fasti.release import Release
from fasti.store.embedded import Literal, NamedNode, Term
from fasti.web.dates import span
from fasti.web.facts import Fact, facts
from fasti.web.intervals import PROPERTIES, Intervals
from fasti.web.layout import Read
from fasti.web.wording import Text, Wording

# What goes without saying where something else is said of the same thing.
_QUIET = ("rdf:type", "rdfs:label", "skos:inScheme")


@dataclass(frozen=True, slots=True)
class Said:
    """A property in words and its value, which is a link where it has an IRI."""

    property: str
    value: Text
    iri: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What is said of one thing."""

    subject: Text
    iri: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A passage with what it says; `more` statements are left to its own page."""

    read: Read
    words: str
    about: tuple[About, ...]
    more: int


class Notes:
    """Makes the notes of one page; labels are looked up once."""

    def __init__(self, release: Release) -> None:
        self._release = release
        self._wording = Wording(release)
        self._intervals = Intervals(release)
        self._quiet = {NamedNode(release.vocabulary.expand(name)) for name in _QUIET}
        self._properties = {NamedNode(release.vocabulary.expand(name)): key for name, key in PROPERTIES.items()}

    def note(self, read: Read, words: str, most: int) -> Note:
        """The note of a passage with `most` statements at the most; `words` are those that it quotes."""
        about, parts = self._about(read)
        told, room = [], most
        for subject, telling in about.items():
            if shown := telling[:room]:
                said = tuple(self._said(fact, parts) for fact in shown)
                told.append(About(self._wording.label(subject), subject.value, said))
                room -= len(shown)
        return Note(read, words, tuple(told), sum(len(telling) for telling in about.values()) - most + room)

    def _about(self, read: Read) -> tuple[dict[NamedNode, list[Fact]], dict[NamedNode, list[Fact]]]:
        """What a passage says, by what it is about; and the same of parts, which are told where the thing names them."""
        about: dict[NamedNode, list[Fact]] = defaultdict(list)
        for fact in sorted(facts(self._release.dataset.quads(graph=NamedNode(read.iri))), key=str):
            about[fact.subject].append(fact)
        parts = {node: said for node, said in about.items() if "#" in node.value and _owner(node) in about}
        whole = {node: said for node, said in about.items() if node not in parts}
        telling = {node: [f for f in said if f.predicate not in self._quiet] or said for node, said in whole.items()}
        return telling, parts

    def _said(self, fact: Fact, parts: Mapping[NamedNode, Sequence[Fact]]) -> Said:
        value, iri = self._value(fact.object, parts)
        return Said(self._wording.text(fact.predicate), value, iri)

    def _value(self, value: Term, parts: Mapping[NamedNode, Sequence[Fact]]) -> tuple[Text, str]:
        if isinstance(value, Literal):
            return Text(value.value, value.language or ""), ""
        if value in parts:
            return Text(self._inner(value, parts[value])), ""
        return self._wording.label(value), value.value

    def _inner(self, part: NamedNode, said: Sequence[Fact]) -> str:
        """A part of a thing in one phrase: the words of an interval, or the texts of anything else, of an address."""
        row = self._intervals.row(part) or {
            self._properties[fact.predicate]: fact.object for fact in said if fact.predicate in self._properties
        }
        if row:
            return span(row).words
        return ", ".join(fact.object.value for fact in said if isinstance(fact.object, Literal))


def _owner(part: NamedNode) -> NamedNode:
    """The thing that a hash IRI is a part of."""
    return NamedNode(part.value.partition("#")[0])
