"""What every chart consists of: a picture, the same in words as a table, its rows as data, the query behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fasti.store.embedded import NamedNode
from fasti.web.charts.svg import Canvas

# A row as programs get it, the same names in the same order in every row of a chart.
Record = Mapping[str, str | int | bool | list[str]]


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of the table: a text, where it leads to, how deep it stands in a hierarchy (0: no hierarchy).

    One that stands for several has them as its `parts`.
    """

    text: str
    iri: str = ""
    lang: str = ""
    level: int = 0
    parts: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A question of `queries/` with what its variable is bound to."""

    name: str
    variable: str
    value: NamedNode


@dataclass(frozen=True)
class Chart:
    """A chart of one entity: `draw` fills a canvas, and its rows are those of `table`, in the same order.

    `title` (in the language `lang`) and `below` head it, `words` say what it shows, row by row, `summary` in a line.
    `records` are the rows as data: all of them, also where picture and table are page `page` of `pages`. `note` tells
    what was left out, or why there is nothing to draw.
    """

    title: str
    below: str
    summary: str
    columns: Sequence[str]
    table: Sequence[Sequence[Cell]]
    records: Callable[[], Sequence[Record]]
    draw: Callable[[Canvas], None]
    query: Query
    lang: str = ""
    page: int = 1
    pages: int = 1
    note: str = ""

    @property
    def words(self) -> str:
        """The table as sentences."""
        rows = ("; ".join(cell.text for cell in row if cell.text) for row in self.table)
        return ". ".join([self.summary.rstrip("."), *rows]) + "."


__all__ = ["Cell", "Chart", "Query", "Record"]
