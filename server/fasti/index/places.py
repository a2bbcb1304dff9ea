"""Number the tree of bodies in depth-first order, so that everything below a body is a range of numbers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from fasti.index.gathering import KINDS

_MOST = 64  # places of one body: a chain of bodies with two parents each has as many places as there are ways down

Row = tuple[int, int, int | None, int]
"""A place: the body, its number, the number of the place above, the last number below."""


def place_bodies(database: sqlite3.Connection) -> None:
    """Fill `place` and the staged `spot` from `part`: a body with several parents has a place below each.

    What stands above itself (the shapes refuse it) is placed once per way without repetition.
    """
    walk = _Walk(database)
    batch: list[Row] = []
    for row in walk.rows():
        batch.append(row)
        if len(batch) == 5000:
            _write(database, batch)
    _write(database, batch)
    database.execute("INSERT INTO main.place SELECT place, body, under, last FROM stage.spot ORDER BY place")


def _write(database: sqlite3.Connection, rows: list[Row]) -> None:
    database.executemany("INSERT INTO stage.spot VALUES (?, ?, ?, ?)", rows)
    rows.clear()


class _Walk:
    """A walk from the bodies that are in no other one, and then from those that only a circle holds."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._bodies: int = database.execute(
            "SELECT count(*) FROM stage.thing WHERE kind = ?", (KINDS.index("organization"),)
        ).fetchone()[0]
        self._places = bytearray(self._bodies + 1)  # how many places each body has: bodies are the first things
        self._next = 1

    def rows(self) -> Iterator[Row]:
        """Every place, a body's own after all below it."""
        roots = "SELECT id FROM stage.numbered WHERE id <= ? AND id NOT IN (SELECT child FROM stage.up) ORDER BY id"
        for (body,) in self._database.execute(roots, (self._bodies,)).fetchall():
            yield from self._below(body)
        for body in range(1, self._bodies + 1):
            if not self._places[body]:
                yield from self._below(body)

    def _below(self, root: int) -> Iterator[Row]:
        above: list[tuple[int, int, int | None, Iterator[int]]] = []
        ways = {root}
        above.append(self._enter(root, None))
        while above:
            body, place, under, children = above[-1]
            child = next((c for c in children if c not in ways and self._places[c] < _MOST), None)
            if child is None:
                above.pop()
                ways.discard(body)
                yield body, place, under, self._next - 1
            else:
                ways.add(child)
                above.append(self._enter(child, place))

    def _enter(self, body: int, under: int | None) -> tuple[int, int, int | None, Iterator[int]]:
        self._places[body] += 1
        place, self._next = self._next, self._next + 1
        found = "SELECT child FROM main.part WHERE parent = ? AND child <= ? ORDER BY child"
        children = [child for (child,) in self._database.execute(found, (body, self._bodies))]
        return body, place, under, iter(children)
