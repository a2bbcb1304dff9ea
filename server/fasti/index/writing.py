"""Write the index of a release: the same file for the same data, in memory that does not grow with them."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from itertools import islice
from pathlib import Path

from fasti.errors import ReleaseError
from fasti.index.gathering import KINDS, Instant, Interval, Reader, Subject, Thing
from fasti.index.places import place_bodies
from fasti.vocabulary import Vocabulary

FORMAT = 3
"""Which layout of tables this code writes and reads."""
APPLICATION = 0x46617374  # "Fast" in the header of the file

_DAY = re.compile(r"(-?\d{4,})-(\d\d)-(\d\d)", re.ASCII)
_CACHE_KIB = 64 << 10
_BATCH = 5000
_INTERVAL = ("beginning", "ending", "edtf", "attested", "beginEdtf", "endEdtf", "beginStatus", "endStatus",
             "earliestBegin", "latestBegin", "earliestEnd", "latestEnd")  # fmt: skip


def write_index(path: Path, subjects: Iterable[Subject], vocabulary: Vocabulary) -> None:
    """Write the index of the record that `subjects` are to the new file `path`.

    Args:
        path: the file, which must not be there; a second one beside it, `{path}-stage`, is used meanwhile.
        subjects: the subjects of the record in any order, each once with all of its statements (`subjects()` of
            this package gives them from a store). They are taken one at a time.
        vocabulary: the IRIs of the deployment.

    Raises:
        ReleaseError: it could not be written, or a subject came twice.
    """
    staging = path.with_name(f"{path.name}-stage")
    try:
        with closing(sqlite3.connect(path)) as database, _attached(database, staging):
            _fill(database, subjects, Reader(vocabulary), f"{vocabulary.base}id/")
            database.execute("INSERT INTO about VALUES ('base', ?)", (vocabulary.base,))
            database.commit()
    except sqlite3.IntegrityError as error:
        raise ReleaseError(f"{path}: a subject came twice ({error}); expected each once with all statements") from error
    except sqlite3.Error as error:
        raise ReleaseError(f"{path}: the index could not be written ({error})") from error
    finally:
        staging.unlink(missing_ok=True)


@contextmanager
def _attached(database: sqlite3.Connection, staging: Path) -> Iterator[None]:
    """Lay out both files. No journal: a file that is not finished is thrown away with the release it was for."""
    staging.unlink(missing_ok=True)
    database.executescript(f"""
        PRAGMA page_size = 4096; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {FORMAT};
        PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -{_CACHE_KIB};
    """)
    database.execute("ATTACH ? AS stage", (str(staging),))
    database.executescript(f"""
        PRAGMA stage.journal_mode = OFF; PRAGMA stage.synchronous = OFF; PRAGMA stage.cache_size = -{_CACHE_KIB};
    """)
    database.create_function("day", 1, day_number, deterministic=True)
    yield
    database.execute("DETACH stage")


def _fill(database: sqlite3.Connection, subjects: Iterable[Subject], reader: Reader, root: str) -> None:
    database.executescript(statement("schema"))
    database.executescript(statement("staging"))
    database.execute("BEGIN")
    _Staging(database, root).take(subjects, reader)
    for text in _split(statement("numbering")):
        database.execute(text)
    place_bodies(database)
    for name in ("listing", "naming"):
        for text in _split(statement(name)):
            database.execute(text, {"membership": KINDS.index("membership")} if ":membership" in text else {})
    database.commit()


class _Staging:
    """Takes rows as they come; what things are counted by is numbered by combination."""

    def __init__(self, database: sqlite3.Connection, root: str) -> None:
        self._database = database
        self._root = root
        self._bundles: dict[tuple[int, str], list[int]] = {}
        self._things = 0

    def take(self, subjects: Iterable[Subject], reader: Reader) -> None:
        """Stage every subject that the index has a use for."""
        found = (row for row in map(reader.read, subjects) if row is not None)
        while batch := [*islice(found, _BATCH)]:
            self._things_of([row for row in batch if isinstance(row, Thing)])
            self._database.executemany(
                f"INSERT INTO stage.interval VALUES (?{', ?' * len(_INTERVAL)})",  # noqa: S608 - as many as columns
                ((row.iri, *map(row.values.get, _INTERVAL)) for row in batch if isinstance(row, Interval)),
            )
            self._database.executemany(
                "INSERT INTO stage.instant VALUES (?, ?)",
                ((row.iri, row.value) for row in batch if isinstance(row, Instant)),
            )
        self._write_bundles()

    def _things_of(self, things: list[Thing]) -> None:
        numbered = [*enumerate(things, self._things + 1)]
        self._things += len(things)
        run = self._database.executemany
        run("INSERT INTO stage.thing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((n, t.path, t.kind, t.label, t.language, t.sort, t.context, self._bundle(t), self._path(t.member))
             for n, t in numbered))  # fmt: skip
        run("INSERT INTO stage.name VALUES (?, ?, ?, ?, ?, ?)", ((n, *name) for n, t in numbered for name in t.names))
        run("INSERT INTO stage.above VALUES (?, ?)", ((n, self._path(iri)) for n, t in numbered for iri in t.above))
        run("INSERT INTO stage.time VALUES (?, ?)", ((n, iri) for n, t in numbered for iri in t.times))

    def _path(self, iri: str) -> str:
        return iri.removeprefix(self._root)

    def _bundle(self, thing: Thing) -> int:
        facets = json.dumps(thing.facets, ensure_ascii=False)
        known = self._bundles.setdefault((thing.kind, facets), [len(self._bundles), 0])
        known[1] += 1
        return known[0]

    def _write_bundles(self) -> None:
        """Their numbers by their content, not by who came first: the same data in any order give the same file."""
        order = sorted(self._bundles)
        rows = [(number, *bundle, self._bundles[bundle][1]) for number, bundle in enumerate(order)]
        self._database.executemany("INSERT INTO bundle VALUES (?, ?, ?, ?)", rows)
        self._database.execute("CREATE TABLE stage.bundle (provisional INTEGER PRIMARY KEY, number INTEGER NOT NULL)")
        renumbered = [(self._bundles[bundle][0], number) for number, bundle in enumerate(order)]
        self._database.executemany("INSERT INTO stage.bundle VALUES (?, ?)", renumbered)


def day_number(text: str | None) -> int | None:
    """An xsd:date as a number that sorts like it, yyyymmdd; None for what is no date."""
    match = _DAY.fullmatch(text) if text else None
    return int(match[1]) * 10_000 + int(match[2]) * 100 + int(match[3]) if match else None


@cache
def statement(name: str) -> str:
    """The text of `{name}.sql` of this package."""
    return (Path(__file__).parent / f"{name}.sql").read_text("utf-8")


def _split(script: str) -> Iterator[str]:
    """The statements of a script, one by one: `executescript` binds nothing, and commits in between."""
    text = ""
    for line in script.splitlines(keepends=True):
        text += line
        if sqlite3.complete_statement(text):
            yield text
            text = ""
