"""The answer to a question as a table for people: labels for IRIs, time in words, what is merely possible marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fasti.release import Release
from fasti.store.embedded import NamedNode
from fasti.web.dates import date_words, span
from fasti.web.intervals import Intervals
from fasti.web.language import gettext, language
from fasti.web.wording import Wording

# A solution of the SPARQL results format: what each variable that is bound is bound to.
Row = Mapping[str, Mapping[str, str]]
_LABEL, _TIME = "Label", "time"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows; `key` is a code such as `possible` or `nobody known`, for the style."""

    text: str
    iri: str = ""
    lang: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Headings, and rows of as many cells; `possible` tells the rows that are not certain."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    possible: tuple[bool, ...]


def table(release: Release, columns: Sequence[str], rows: Sequence[Row]) -> Table:
    """The solutions as people read them: a thing and its label are one cell, so are the bounds of a time.

    Args:
        release: that was asked.
        columns: the variables, in their order; `xLabel` belongs to `x`, `time` to `when`, `basis` to both.
        rows: the solutions, in the JSON results format's terms.
    """
    shown = [name for name in columns if not _is_part(name, columns)]
    used = [name for name in shown if any(name in row for row in rows) or not rows or name == "when"]
    cells = _Cells(release)
    headings = _headings()
    return Table(
        tuple(headings.get(name, name) for name in used),
        tuple(tuple(cells.cell(name, row) for name in used) for row in rows),
        tuple(row.get("certainty", {}).get("value") == "possible" for row in rows),
    )


def _is_part(name: str, columns: Sequence[str]) -> bool:
    owner = name.removesuffix(_LABEL)
    return (name != owner and owner in columns) or name == "basis" or name.lower().endswith(_TIME)


class _Cells:
    """Makes the cells of one table."""

    def __init__(self, release: Release) -> None:
        self._wording = Wording(release)
        self._intervals = Intervals(release)
        self._values = _values()

    def cell(self, name: str, row: Row) -> Cell:
        """The cell of a column."""
        if name.lower().endswith("when"):
            return self._when(name, row)
        term = row.get(name)
        if term is None:
            return Cell("")
        if term["type"] == "uri":
            return self._thing(name, term["value"], row.get(name + _LABEL))
        text = term["value"]
        if term.get("datatype", "").endswith("#date"):
            return Cell(date_words(text))
        return Cell(
            self._values.get(text, text), lang=term.get("xml:lang", ""), key=text if text in self._values else ""
        )

    def _thing(self, name: str, iri: str, label: Mapping[str, str] | None) -> Cell:
        if name.lower().endswith("tenure") or name == "passage":
            return Cell(_headings()["tenure" if name != "passage" else name], iri)
        if label is not None and label.get("xml:lang", "").partition("-")[0] == language().partition("-")[0]:
            return Cell(label["value"], iri)
        known = self._wording.label(NamedNode(iri))
        return Cell(known.text, iri, known.lang)

    def _when(self, name: str, row: Row) -> Cell:
        time = row.get("time" if name == "when" else name.removesuffix("When") + "Time")
        if time is not None:
            return Cell(span(self._intervals.row(NamedNode(time["value"]))).words)
        basis = row.get("basis", {}).get("value", "undated" if name not in row else "")
        return Cell(self._values.get(basis, date_words(row.get(name, {}).get("value", ""))), key=basis)


def _values() -> Mapping[str, str]:
    """The words that queries answer with."""
    return {
        "certain": gettext("certain"),
        "possible": gettext("possible"),
        "incumbent": gettext("named as the incumbent, dates not stated"),
        "undated": gettext("dates not stated"),
        "direct": gettext("direct"),
        "indirect": gettext("further down"),
        "possibly held": gettext("possibly held"),
        "nobody known": gettext("nobody known"),
        "takes up a post": gettext("takes up a post"),
        "leaves a post": gettext("leaves a post"),
        "comes into being": gettext("comes into being"),
        "changes or ends": gettext("changes or ends"),
    }


def _headings() -> Mapping[str, str]:
    return {
        "about": gettext("About"), "above": gettext("Part of"), "after": gettext("After"), "before": gettext("Before"),
        "body": gettext("Body"), "certainty": gettext("Certainty"), "change": gettext("Change"),
        "colleague": gettext("Colleague"), "conflict": gettext("Conflict"), "distance": gettext("Distance"),
        "document": gettext("Document"), "earliest": gettext("At the earliest"), "event": gettext("Event"),
        "firstBody": gettext("First body"), "firstLine": gettext("First line"), "firstPost": gettext("First post"),
        "later": gettext("The later one"), "laterTenure": gettext("Tenure"), "laterWhen": gettext("When"),
        "latest": gettext("At the latest"), "line": gettext("Line"), "mode": gettext("As"),
        "passage": gettext("Passage"), "passages": gettext("Passages"), "person": gettext("Person"),
        "possibleHolders": gettext("Possibly held by"), "post": gettext("Post"), "property": gettext("Property"),
        "secondBody": gettext("Second body"), "secondPost": gettext("Second post"), "state": gettext("What is known"),
        "status": gettext("Status"), "subject": gettext("What changes"), "tenure": gettext("Tenure"),
        "title": gettext("Title in the source"), "unit": gettext("Body"), "value": gettext("Value"),
        "weight": gettext("Weight"), "when": gettext("When"), "words": gettext("Words"),
    }  # fmt: skip
