"""A source document laid out for a page: its lines, cut where a passage or an unread stretch begins or ends.

Offsets are code points into the text as it came. A document is cut into pages once, by what its lines weigh, so that
the page of a line is the same whoever asks; a line that is too long for a page goes on on the next one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path

from fasti.documents.lines import Kind, lines
from fasti.release import Release
from fasti.store.embedded import NamedNode, Term
from fasti.web.current import release

_BUDGET = 96_000  # bytes that the parts of a page may weigh, by the estimates below
_LONGEST = 12_000  # characters of a part: a longer line is cut after a blank
_MARK, _NOTE, _STATEMENT, _LINE = 95, 260, 150, 110  # bytes of HTML, as most of them take
# Statements of a passage that a page tells, fewer where the page gets too long; the passage's own page has all.
NOTED = (6, 3, 1, 0)
_DEEP = 7  # the level of a heading that has no marks of its own


@dataclass(frozen=True, slots=True)
class Read:
    """A passage: its characters (end exclusive), its IRI, how many statements it makes."""

    start: int
    end: int
    iri: str
    statements: int

    @property
    def key(self) -> str:
        """What a page calls it: `passage-120-180`."""
        return f"passage-{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Unread:
    """A stretch that no statement rests on, and why."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text inside one line: what was read there, the shortest passage first, or why it was not.

    `anchor` is its offset where a passage begins with it.
    """

    text: str
    read: tuple[Read, ...] = ()
    unread: Unread | None = None
    anchor: int | None = None

    @property
    def is_worded(self) -> bool:
        """Whether it has a letter or a digit: what has none is nothing to follow."""
        return any(character.isalnum() for character in self.text)


@dataclass(frozen=True, slots=True)
class Part:
    """A line, or a part of one that is too long for a page; `level` is that of a heading, else 0."""

    number: int
    start: int
    end: int
    level: int
    text: str
    continued: bool


class Layout:
    """One document of a release."""

    def __init__(self, text: str, read: Sequence[Read], unread: Sequence[Unread], headings: frozenset[str]) -> None:
        self.text = text
        self.read = sorted(read, key=lambda each: (each.start, each.end))
        self.unread = sorted(unread, key=lambda each: each.start)
        self._headings = headings
        self._longest = max((each.end - each.start for each in self.read), default=0)
        self._starts = [each.start for each in self.read]

    @cached_property
    def parts(self) -> Sequence[Part]:
        """The lines from the first to the last."""
        return tuple(self._parts())

    @cached_property
    def pages(self) -> Sequence[Sequence[Part]]:
        """The parts of each page; at least one page, also of an empty text."""
        found: list[list[Part]] = [[]]
        room = _BUDGET
        for part in self.parts:
            weight = self._weight(part)
            if found[-1] and weight > room:
                found.append([])
                room = _BUDGET
            found[-1].append(part)
            room -= weight
        return found

    def page_of(self, offset: int) -> int:
        """The index of the page that has a character."""
        firsts = [page[0].start for page in self.pages if page]
        return max(0, bisect_right(firsts, offset) - 1)

    def page_of_line(self, number: int) -> int:
        """The index of the page on which a line begins; of a number past the end that of the last line."""
        at = bisect_left(self.parts, number, key=lambda part: part.number)
        return self.page_of(self.parts[min(at, len(self.parts) - 1)].start) if self.parts else 0

    def pieces(self, part: Part) -> Iterator[Piece]:
        """The text of a part, cut where what was read changes."""
        read, unread = self.touching(part), self._unread(part)
        edges = {edge for each in read for edge in (each.start, each.end)}
        edges |= {edge for each in unread for edge in (each.start, each.end)}
        inner = sorted(edge for edge in edges if part.start < edge < part.end)
        for left, right in pairwise((part.start, *inner, part.end)):
            around = [each for each in read if each.start <= left and right <= each.end]
            around.sort(key=lambda each: (each.end - each.start, each.iri))
            missed = next((each for each in unread if each.start <= left and right <= each.end), None)
            anchor = left if any(each.start == left for each in around) else None
            yield Piece(self.text[left:right], tuple(around), None if around else missed, anchor)

    def touching(self, part: Part) -> list[Read]:
        """The passages that have a character of a part, in their order."""
        first, last = bisect_left(self._starts, part.start - self._longest), bisect_left(self._starts, part.end)
        return [each for each in self.read[first:last] if each.end > part.start]

    def beginning(self, part: Part) -> list[Read]:
        """The passages that begin in a part."""
        return [each for each in self.touching(part) if part.start <= each.start]

    def _unread(self, part: Part) -> list[Unread]:
        return [each for each in self.unread if each.start < part.end and each.end > part.start]

    def _weight(self, part: Part) -> int:
        marks = len(self.touching(part)) + len(self._unread(part))
        notes = sum(_NOTE + _STATEMENT * min(each.statements, NOTED[0]) for each in self.beginning(part))
        return _LINE + len(part.text.encode()) + 2 * marks * _MARK + notes

    def _parts(self) -> Iterator[Part]:
        for line in lines(self.text):
            whole = str(line).rstrip("\r\n")
            level = self._level(line.kind, line.level, whole)
            start = 0
            for end in _cuts(whole):
                yield Part(line.number, line.start + start, line.start + end, level, whole[start:end], start > 0)
                start = end

    def _level(self, kind: Kind, level: int, whole: str) -> int:
        """Of a line with the marks of a heading, or with nothing but what passages name as the one above them."""
        if kind in (Kind.HEADING, Kind.TERM):
            return level if kind is Kind.HEADING else _DEEP
        return 2 if whole.strip() in self._headings else 0


def _cuts(line: str) -> Iterator[int]:
    """Where the parts of a line end, each after a blank if there is one."""
    start = 0
    while len(line) - start > _LONGEST:
        blank = line.rfind(" ", start + 1, start + _LONGEST)
        start = blank + 1 if blank > start else start + _LONGEST
        yield start
    yield len(line)


def layout(stem: str) -> Layout:
    """The layout of a document of this request's release, made once; `stem` is known to be one of its."""
    return _layout(release().path, stem)


@lru_cache(maxsize=32)
def _layout(_: Path, stem: str) -> Layout:
    current = release()
    text = current.text(stem).decode("utf-8", "replace")
    source = NamedNode(current.vocabulary.source(stem))
    rows = list(current.dataset.select("passages-of-source", source=source))
    read = {row["passage"].value: _read(row) for row in rows}
    headings = frozenset(row["heading"].value for row in rows if "heading" in row)
    return Layout(text, list(read.values()), list(_missed(current, source, text)), headings)


def _read(row: Mapping[str, Term]) -> Read:
    start, end, statements = (int(row[name].value) for name in ("start", "end", "statements"))
    return Read(start, end, row["passage"].value, statements)


def _missed(current: Release, source: NamedNode, text: str) -> Iterator[Unread]:
    """The unread stretches; where one stands is told by its IRI, and the text there must be its words."""
    for row in current.dataset.select("unread-of-source", source=source):
        offset, words = row["unread"].value.rpartition("-")[2], row["words"].value
        if offset.isdecimal() and text.startswith(words, int(offset)):
            yield Unread(int(offset), int(offset) + len(words), row["reason"].value)
