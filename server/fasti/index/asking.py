"""Ask the index of a release: its file opened read-only, once in each thread that asks."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from fasti.errors import ReleaseError
from fasti.index.gathering import KINDS
from fasti.index.writing import APPLICATION, FORMAT

_BODY = KINDS.index("organization")
_MAPPED = 1 << 31  # bytes of the file that are read through the page cache; more are read as usual
_THING = """
    SELECT thing.id, thing.path, thing.kind, thing.label, thing.language, thing.interval,
           parent.path, parent.label, parent.language, bundle.facets
    FROM thing JOIN bundle ON bundle.id = thing.bundle LEFT JOIN thing AS parent ON parent.id = thing.parent
    WHERE thing.id = ?
"""

_LARGEST = """
    SELECT body, id, last FROM place WHERE under IS NULL AND last > id ORDER BY last - id DESC, body LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """A thing as lists show it.

    `interval` has the words of its first interval under the names of `queries/interval.rq`, `certainty` says how
    it stands to the period that was asked for: "certain", "possible", or empty for what has no time. `facets` are its
    values by the names of `FACETS`.
    """

    iri: str
    kind: str
    label: str
    language: str
    interval: Mapping[str, str] = field(default_factory=dict)
    parent: Listed | None = None
    certainty: str = ""
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Children:
    """One page of what is directly in a body, by name, and how much there is in all."""

    things: Sequence[Listed]
    total: int


@dataclass(frozen=True, slots=True)
class Body:
    """A body's numbers: its own, its first place in the tree and the last one below it."""

    id: int
    place: int
    last: int


class Index:
    """The index in the file `path` of a release whose IRIs start with `base`. Any number of threads may ask."""

    def __init__(self, path: Path, base: str) -> None:
        self.path = path
        self._root = f"{base}id/"
        self._threads = threading.local()
        self.bundles = lru_cache(maxsize=None)(self._bundles)  # what does not change while the index is open
        self.largest = lru_cache(maxsize=None)(self._largest)

    @property
    def database(self) -> sqlite3.Connection:
        """This thread's connection."""
        known: sqlite3.Connection | None = getattr(self._threads, "database", None)
        if known is None:
            known = self._threads.database = connect(self.path)
        return known

    def iri(self, path: str) -> str:
        """The IRI of a thing."""
        return self._root + path

    def known(self, iri: str) -> int | None:
        """The number of a thing; None for an IRI that is not in the index."""
        found = self.database.execute("SELECT id FROM thing WHERE path = ?", (iri.removeprefix(self._root),)).fetchone()
        return int(found[0]) if found and iri.startswith(self._root) else None

    def body(self, iri: str) -> Body | None:
        """The numbers of a body; None for what is none."""
        number = self.known(iri)
        found = self.database.execute(
            "SELECT id, place, last FROM thing WHERE id = ? AND place IS NOT NULL", (number,)
        ).fetchone()
        return Body(*found) if found else None

    def listed(self, number: int, certainty: str = "") -> Listed:
        """A thing by its number."""
        row = self.database.execute(_THING, (number,)).fetchone()
        _, path, kind, label, language, interval, parent, parent_label, parent_language, facets = row
        above = None if parent is None else Listed(self.iri(parent), KINDS[_BODY], parent_label, parent_language)
        words = json.loads(interval) if interval else {}
        return Listed(self.iri(path), KINDS[kind], label, language, words, above, certainty, json.loads(facets))

    def children(self, iri: str, kind: str = "organization", page: int = 1, size: int = 100) -> Children:
        """What is directly in a body, of one kind, in the order of names: page `page` (from 1) of `size` things."""
        low, high = self.numbers(kind)
        within = "FROM part WHERE parent = ? AND child BETWEEN ? AND ?"
        bound = (self.known(iri), low, high)
        (total,) = self.database.execute(f"SELECT count(*) {within}", bound).fetchone()
        found = self.database.execute(
            f"SELECT child {within} ORDER BY child LIMIT ? OFFSET ?",
            (*bound, size, (page - 1) * size),
        ).fetchall()
        return Children([self.listed(number) for (number,) in found], total)

    def ancestors(self, iri: str) -> list[Listed]:
        """The bodies that a thing is in, the nearest first; of several parents the first by name."""
        found: list[int] = []
        number = self.known(iri)
        while number is not None and number not in found:
            (above,) = self.database.execute("SELECT parent FROM thing WHERE id = ?", (number,)).fetchone()
            found.append(number)
            number = above
        return [self.listed(each) for each in found[1:]]

    def counts(self, iri: str) -> Mapping[str, int]:
        """How many things of each kind are anywhere below a body, itself not counted; all 0 for what is none."""
        body = self.body(iri)
        counted = dict.fromkeys(KINDS, 0)
        for number, kind in enumerate(KINDS if body else ()):
            (counted[kind],) = self.database.execute(
                """SELECT count(*) FROM bundle
                   CROSS JOIN listed ON listed.kind = bundle.kind AND listed.bundle = bundle.id
                     AND listed.place BETWEEN :low AND :last AND listed.before < :low
                   WHERE bundle.kind = :kind""",
                {"low": lowest(body, kind), "last": body.last, "kind": number},  # type: ignore[arg-type,union-attr]
            ).fetchone()
        return counted

    def values(self, kind: str, facet: str) -> list[str]:
        """The values of a facet that things of a kind have, those of most things first."""
        rows = self.database.execute(
            """SELECT json_each.value FROM bundle, json_each(bundle.facets, '$.' || :facet) WHERE bundle.kind = :kind
               GROUP BY json_each.value ORDER BY sum(bundle.things) DESC, json_each.value""",
            {"kind": KINDS.index(kind), "facet": facet},
        )
        return [value for (value,) in rows]

    def _bundles(self, kind: str) -> Mapping[int, Mapping[str, Sequence[str]]]:
        """The combinations of values that things of a kind have, by number: facet to values."""
        rows = self.database.execute("SELECT id, facets FROM bundle WHERE kind = ?", (KINDS.index(kind),))
        return {number: json.loads(facets) for number, facets in rows}

    def _largest(self, most: int) -> Sequence[tuple[int, int, int]]:
        """The bodies in no other one that have most below them: number, first place, last place."""
        return self.database.execute(_LARGEST, (most,)).fetchall()

    def samples(self) -> list[tuple[str, str]]:
        """Some names that are found, the first one of each language: language and text."""
        rows = self.database.execute(
            "SELECT language, text FROM (SELECT * FROM name ORDER BY id LIMIT 500) GROUP BY language HAVING id = min(id) ORDER BY id"
        )
        return [(language, text) for language, text in rows]

    def numbers(self, kind: str) -> tuple[int, int]:
        """The first and the last number of the things of a kind; the last is before the first when there are none."""
        place = KINDS.index(kind)
        found = self.database.execute(
            "SELECT coalesce(sum(things) FILTER (WHERE kind < ?), 0), coalesce(sum(things) FILTER (WHERE kind <= ?), 0) FROM bundle",
            (place, place),
        ).fetchone()
        return found[0] + 1, found[1]


def lowest(body: Body, kind: str) -> int:
    """The first place of what counts as below a body: the body is not below itself, but its posts are."""
    return body.place + 1 if kind == KINDS[_BODY] else body.place


def check_index(path: Path) -> str | None:
    """What keeps the file `path` from being asked, in words; None when it can be."""
    try:
        with closing(connect(path)):
            return None
    except ReleaseError as error:
        return str(error)


def connect(path: Path) -> sqlite3.Connection:
    """A connection that reads.

    Raises:
        ReleaseError: the file is missing, none of ours, or of another format than this code reads.
    """
    try:
        database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        found = [database.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
        database.execute(f"PRAGMA mmap_size = {_MAPPED}").fetchone()
    except sqlite3.Error as error:
        raise ReleaseError(f"{path.name} cannot be read ({error})") from error
    if found != [APPLICATION, FORMAT]:
        database.close()
        raise ReleaseError(f"{path.name} has format {found[1]}, expected {FORMAT}")
    return database
