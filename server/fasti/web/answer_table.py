"""The answers of queries as a page shows them: rows of cells with links, as many as a page can bear."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from fasti.web.links import href, short

MOST_BYTES = 45_000  # of a table or a graph on a page; the downloads have all
_MARKUP = 45  # bytes that a cell takes besides its text and its address
_LONGEST = 2000  # characters of one value

Binding = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: its words, where it leads, its language."""

    text: str
    href: str = ""
    lang: str = ""

    @property
    def size(self) -> int:
        """About how many bytes of HTML it makes."""
        return len(self.text.encode()) + len(self.href) + _MARKUP


NOTHING = Cell("–")


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that fit; `total` counts those of the whole answer."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    total: int


def table(columns: Sequence[str], rows: Sequence[Mapping[str, Binding]], total: int) -> Table:
    """As many rows as a page can bear, but one: those are the first."""
    of_iri = cache(_of_iri)  # the same few properties stand in every row
    shown: list[list[Cell]] = []
    left = MOST_BYTES
    for row in rows:
        cells = [cell(row[name], of_iri) if name in row else NOTHING for name in columns]
        left -= sum(each.size for each in cells)
        if left < 0 and shown:
            break
        shown.append(cells)
    return Table(columns, shown, total)


def cell(binding: Binding, of_iri: Callable[[str], Cell] | None = None) -> Cell:
    """A value as SPARQL's JSON has it."""
    if binding["type"] == "uri":
        return (of_iri or _of_iri)(binding["value"])
    text = binding["value"]
    return Cell(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…", "", binding.get("xml:lang", ""))


def drawn(turtle: bytes) -> str:
    """As much of a graph as a page can bear, up to the end of a line; what is left out is told."""
    if len(turtle) <= MOST_BYTES:
        return turtle.decode("utf-8", "replace")
    end = turtle.rfind(b"\n", 0, MOST_BYTES) + 1 or MOST_BYTES
    return f"{turtle[:end].decode('utf-8', 'replace')}# … {len(turtle) - end} more bytes: download the result to have it whole\n"


def _of_iri(iri: str) -> Cell:
    return Cell(short(iri), href(iri))
