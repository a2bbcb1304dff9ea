"""A ready question: a query file whose head comment says what it asks and which blanks it has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from fasti.errors import QueryError
from fasti.paths import queries

DAY = "day"
# What may stand in a blank besides a day: kinds of entity, the classes by which one is found.
CLASSES: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "organization": ("org:FormalOrganization", "org:OrganizationalUnit", "org:Organization"),
    "post": ("org:Post",),
    "person": ("foaf:Person",),
})  # fmt: skip
_HEAD = re.compile(r"# (Title|Description|Topic|Blank): (.+)")
_BLANK = re.compile(r"(\w+), ([\w ]+), (?:<([^<>]+)>|\"([\d-]+)\")")
_WHERE = re.compile(r"^WHERE \{$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Blank:
    """A variable that whoever asks gives: a day, or an entity of one of `kinds`.

    `default` is a day, or the path of an entity below the base.
    """

    name: str
    kinds: tuple[str, ...]
    default: str

    @property
    def is_day(self) -> bool:
        """Whether a day is asked for, and not an entity."""
        return self.kinds == (DAY,)


@dataclass(frozen=True, slots=True)
class Question:
    """A query with its words; `title` names the blanks in braces: `Who held {post} on {day}?`."""

    name: str
    title: str
    description: str
    topic: str
    blanks: tuple[Blank, ...]
    text: str

    def halves(self) -> tuple[str, str]:
        """The query up to where its blanks are given, and from there on."""
        return self.text[: self._where.end()], self.text[self._where.end() :]

    @property
    def _where(self) -> re.Match[str]:
        match = _WHERE.search(self.text)
        if match is None:
            raise QueryError(f"questions/{self.name}.rq: expected one line 'WHERE {{', found none")
        return match


@cache
def questions() -> Mapping[str, Question]:
    """All questions by name, in the order of their names.

    Raises:
        QueryError: a file whose head lacks a part, or has one that cannot be understood.
    """
    folder = queries() / "questions"
    return MappingProxyType({path.stem: _read(path) for path in sorted(folder.glob("*.rq"))})


def _read(path: Path) -> Question:
    head: dict[str, list[str]] = {"Title": [], "Description": [], "Topic": [], "Blank": []}
    rows = path.read_text("utf-8").splitlines(keepends=True)
    comments = [row for row in rows if row.startswith("#")]
    for row in comments:
        match = _HEAD.fullmatch(row.rstrip())
        if match is None:
            raise QueryError(f"{path}: expected '# Title:', 'Description:', 'Topic:' or 'Blank:', found {row!r}")
        head[match[1]].append(match[2])
    if any(len(head[part]) != 1 for part in ("Title", "Description", "Topic")):
        raise QueryError(f"{path}: expected one Title, one Description and one Topic in the head comment")
    blanks = tuple(_blank(path, row) for row in head["Blank"])
    text = "".join(rows[len(comments) :])
    return Question(path.stem, head["Title"][0], head["Description"][0], head["Topic"][0], blanks, text)


def _blank(path: Path, row: str) -> Blank:
    match = _BLANK.fullmatch(row)
    kinds = tuple(match[2].split()) if match else ()
    if match is None or not set(kinds) <= {DAY, *CLASSES}:
        raise QueryError(f"{path}: expected 'Blank: name, kinds, default', found {row!r}")
    return Blank(match[1], kinds, match[3] or match[4])
