"""What one passage says: the statements of its graph, as a reader can follow them."""

from __future__ import annotations

from dataclasses import dataclass

from fasti.store.embedded import Literal, NamedNode, Term
from fasti.web.page import Page, Value


@dataclass(frozen=True, slots=True)
class Statement:
    """Subject, property, value."""

    subject: Value
    property: Value
    value: Value


def statements(page: Page) -> list[Statement]:
    """The statements of the graph that has the page's entity as its name, by subject."""
    quads = sorted(page.release.dataset.quads(graph=page.node), key=str)
    return [
        Statement(_value(page, quad.subject), _value(page, quad.predicate), _value(page, quad.object))
        for quad in quads
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal)
    ]


def _value(page: Page, term: Term) -> Value:
    if isinstance(term, Literal):
        return Value(term.value, term.language or "")
    label = page.wording.label(term)
    return Value(label.text, label.lang, term.value)
