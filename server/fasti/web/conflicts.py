"""Where the sources disagree about an entity: the readings side by side, each with its words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from fasti.store.embedded import Literal, NamedNode, Term
from fasti.web.dates import date_words
from fasti.web.evidence import Quote
from fasti.web.page import Page, Value
from fasti.web.wording import Text


@dataclass(frozen=True, slots=True)
class Reading:
    """One of the values that cannot all hold."""

    value: Value
    preferred: bool
    status: str
    weight: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A disagreement: on which property, and its readings, the weightiest first."""

    iri: str
    label: Text
    property: str
    readings: tuple[Reading, ...]


def conflicts(page: Page) -> list[Conflict]:
    """The conflicts about the page's entity."""
    rows = list(page.release.dataset.select("conflicts", entity=page.node))
    found = []
    for iri, group in groupby(rows, key=lambda row: row["conflict"].value):
        of_conflict = list(group)
        readings = tuple(
            _reading(page, [dict(row) for row in of_reading])
            for _, of_reading in groupby(of_conflict, key=lambda row: row["reading"].value)
        )
        on_property = page.wording.term(of_conflict[0]["property"].value)
        label = page.wording.label(NamedNode(iri)) if "label" in of_conflict[0] else Text(on_property)
        found.append(Conflict(iri, label, on_property, readings))
    return found


def _reading(page: Page, rows: list[dict[str, Term]]) -> Reading:
    value, status = rows[0]["value"], rows[0]["status"]
    passages = {row["passage"].value for row in rows if "passage" in row}
    return Reading(
        value=_value(page, value),
        preferred=status.value.endswith("#preferred"),
        status=page.wording.term(status.value),
        weight=rows[0]["weight"].value if "weight" in rows[0] else "",
        quotes=page.evidence.quotes(passages),
    )


def _value(page: Page, value: Term) -> Value:
    if isinstance(value, Literal):
        return Value(date_words(value.value), value.language or "")
    if isinstance(value, NamedNode) and (when := page.span(value)) is not None:
        return Value(when.words, iri=value.value, span=when)
    label = page.wording.label(value)
    return Value(label.text, label.lang, value.value)
