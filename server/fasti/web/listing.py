"""A thing of the index as a line of a list: what it is called, what it is, when it was, what it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from fasti.index import Listed
from fasti.store import Literal
from fasti.store.embedded import NamedNode
from fasti.web.current import release
from fasti.web.dates import Span, span
from fasti.web.language import gettext, language
from fasti.web.values import Value
from fasti.web.wording import Wording


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `certainty` is how it stands to the period asked for, empty where nothing was or it has no time."""

    thing: Value
    kind: str
    span: Span | None
    parent: Value | None
    certainty: str


def line(listed: Listed, certainty: str = "") -> Line:
    """The line of a thing, in the language of the request."""
    return Line(
        thing=named(listed),
        kind=kind_word(listed.kind),
        span=span({name: Literal(value) for name, value in listed.interval.items()}) if listed.interval else None,
        parent=named(listed.parent) if listed.parent else None,
        certainty=certainty or listed.certainty,
    )


def named(listed: Listed) -> Value:
    """A thing by its name in the language of the request, where it has one; the index has one name for all."""
    if listed.language == language().lower():
        return Value(listed.label, listed.language, listed.iri)
    label = Wording(release()).label(NamedNode(listed.iri))
    return Value(label.text, label.lang, listed.iri)


def kind_word(kind: str) -> str:
    """What one thing of a kind is called."""
    return {
        "organization": gettext("body"),
        "person": gettext("person"),
        "post": gettext("post"),
        "event": gettext("event"),
        "site": gettext("place"),
        "work": gettext("publication"),
        "period": gettext("period"),
        "membership": gettext("tenure"),
    }[kind]


def kinds_word(kind: str) -> str:
    """What all things of a kind are called, as a heading."""
    return {
        "organization": gettext("Bodies"),
        "person": gettext("People"),
        "post": gettext("Posts"),
        "event": gettext("Events"),
        "site": gettext("Places"),
        "work": gettext("Publications"),
        "period": gettext("Periods"),
        "membership": gettext("Tenures"),
    }[kind]
