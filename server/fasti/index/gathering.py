"""From the statements about one subject to the rows that the index is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from fasti.index.folding import context, fold, key, tokens, words
from fasti.store import Dataset, DefaultGraph, Literal, NamedNode, Quad, Triple
from fasti.vocabulary import Vocabulary

KINDS = ("organization", "person", "post", "event", "site", "work", "period", "membership")
"""What can be browsed, by the name in its IRIs, in the order of equal hits; all but the last can be searched."""

NAMES = ("preferred", "alternative", "misspelt")
"""What a name can be, the best first."""

FACETS = {
    "type": "rdf:type",
    "kind": "org:classification",
    "rank": "fasti:rank",
    "role": "org:role",
    "mode": "fasti:tenureMode",
    "genre": "schema:genre",
}
"""What things are counted by, with the property whose values they are."""

_NAMED = {"skos:prefLabel": 0, "foaf:name": 0, "schema:name": 0, "rdfs:label": 0,
          "skos:altLabel": 1, "skos:hiddenLabel": 2}  # fmt: skip
_ABOVE = ("org:subOrganizationOf", "org:postIn", "org:organization", "org:siteOf", "dct:publisher", "fasti:editedBy",
          "org:originalOrganization", "org:resultingOrganization", "fasti:affected")  # fmt: skip
_MEMBER = ("org:member",)
_TIMES = ("org:memberDuring", "fasti:existedDuring", "time:hasTime")
_GENERAL = ("org:Organization", "org:ChangeEvent", "schema:CreativeWork")  # said only of what is nothing more special
_INTERVAL = {"time:hasBeginning": "beginning", "time:hasEnd": "ending", "fasti:edtf": "edtf",
             "fasti:attestedEdtf": "attested", "fasti:beginEdtf": "beginEdtf", "fasti:endEdtf": "endEdtf",
             "fasti:beginStatus": "beginStatus", "fasti:endStatus": "endStatus",
             "fasti:earliestBegin": "earliestBegin", "fasti:latestBegin": "latestBegin",
             "fasti:earliestEnd": "earliestEnd", "fasti:latestEnd": "latestEnd"}  # fmt: skip
_LENT = 30  # words of a body's names that what is in it can be found by
_INSTANT = ("time:inXSDDate", "time:inXSDgYearMonth", "time:inXSDgYear")


class Statement(NamedTuple):
    """What is said of a subject: an IRI, or a text with its language tag if it has one."""

    predicate: str
    value: str
    language: str


Subject = tuple[str, Sequence[Statement]]
"""A subject's IRI and everything that the record says of it."""


class Name(NamedTuple):
    """One name of a thing: which of `NAMES`, its language, the text, its key and its tokens."""

    kind: int
    language: str
    text: str
    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity that is listed: `path` is its IRI below `id/`, `kind` the place of its kind in `KINDS`."""

    path: str
    kind: int
    label: str
    language: str
    sort: str
    context: str
    names: tuple[Name, ...]
    facets: Mapping[str, tuple[str, ...]]
    above: tuple[str, ...]
    member: str
    times: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """The words of an interval as the record has them, by name; `beginning` and `ending` are IRIs of instants."""

    iri: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Instant:
    """When a begin or an end was, to the precision of the text."""

    iri: str
    value: str


def subjects(dataset: Dataset) -> Iterator[Subject]:
    """The subjects of a stored dataset's record, each once with all of its statements, one at a time.

    The store on disk keeps the record in the order of subjects, so nothing needs to be collected.
    """
    return grouped(dataset.quads(graph=DefaultGraph()))


def grouped(statements: Iterable[Quad | Triple]) -> Iterator[Subject]:
    """The subjects of statements that come grouped by subject, one at a time."""
    for subject, group in groupby(statements, key=_subject):
        if isinstance(subject, NamedNode):
            yield subject.value, [_statement(each.predicate.value, each.object) for each in group]


def _subject(statement: Quad | Triple) -> NamedNode:
    return statement.subject


def _statement(predicate: str, term: object) -> Statement:
    if isinstance(term, Literal):
        return Statement(predicate, term.value, term.language or "")
    return Statement(predicate, term.value if isinstance(term, NamedNode) else "", "")


class Reader:
    """Reads the subjects of one deployment."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        expand = vocabulary.expand
        self._root = f"{vocabulary.base}id/"
        self._kinds = {kind: number for number, kind in enumerate(KINDS)}
        self._general = {expand(name) for name in _GENERAL}
        self._interval = {expand(name): key for name, key in _INTERVAL.items()}
        self._instant = {expand(name) for name in _INSTANT}
        uses: dict[str, tuple[str, ...]] = {"name": tuple(_NAMED), "above": _ABOVE, "time": _TIMES, "member": _MEMBER}
        self._uses = {expand(name): (use, name) for use, names in uses.items() for name in names}
        self._uses |= {expand(name): (facet, name) for facet, name in FACETS.items()}

    def read(self, subject: Subject) -> Thing | Interval | Instant | None:
        """What the index keeps of a subject; None for what it has no use for."""
        iri, statements = subject
        if "#" in iri:
            return self._part(iri, statements)
        if not iri.startswith(self._root):
            return None
        kind = self._kinds.get(iri.removeprefix(self._root).partition("/")[0])
        return None if kind is None else self._thing(iri, kind, statements)

    def _part(self, iri: str, statements: Iterable[Statement]) -> Interval | Instant | None:
        """An interval or an instant, by what is said of it."""
        values: dict[str, str] = {}
        for predicate, value, _ in statements:
            if predicate in self._instant:
                return Instant(iri, value)
            if (name := self._interval.get(predicate)) is not None:
                values[name] = min(value, values.get(name, value))
        return Interval(iri, values) if "endStatus" in values or "edtf" in values else None

    def _thing(self, iri: str, kind: int, statements: Iterable[Statement]) -> Thing:
        labels: list[_Label] = []
        found: dict[str, set[str]] = {}
        for predicate, value, language in statements:
            use, name = self._uses.get(predicate, ("", ""))
            if use == "name" and value:
                labels.append((_NAMED[name], name != "rdfs:label", language, value))
            elif use:
                found.setdefault(use, set()).add(value)
        labels.sort()
        (_, _, language, label) = labels[0] if labels else (0, False, "", iri.removeprefix(self._root))
        names = () if KINDS[kind] == "membership" else tuple(_names(labels))
        above, times, member = (tuple(sorted(found.pop(use, ()))) for use in ("above", "time", "member"))
        if special := found.get("type", set()) - self._general:
            found["type"] = special
        return Thing(
            path=iri.removeprefix(self._root),
            kind=kind,
            label=label,
            language=language,
            sort=fold(label),
            context=_lent(names) if KINDS[kind] == "organization" else "",
            names=names,
            facets={facet: tuple(sorted(found[facet])) for facet in FACETS if facet in found},
            above=above,
            member=member[0] if member else "",
            times=times,
        )


_Label = tuple[int, bool, str, str]
"""Kind of name, whether it is another one than the generic label, language, text: the first one is what lists show."""


def _lent(names: Iterable[Name]) -> str:
    """The words of a body's own names, for what is in it."""
    said = dict.fromkeys(
        word for name in names if name.kind < NAMES.index("misspelt") for word in words(fold(name.text))
    )
    return context([*said][:_LENT])


def _names(labels: Iterable[_Label]) -> Iterator[Name]:
    """Each text once in each language, under the best that it is."""
    seen = set()
    for kind, special, language, text in labels:
        if (language, text) not in seen:
            seen.add((language, text))
            if not special:
                seen.add(("", text))  # foaf:name has no language, and says the same
            if found := words(fold(text)):
                yield Name(kind, language, text, key(found), tokens(found))
