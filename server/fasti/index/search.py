"""Find things by name: the whole name, its beginning, all of its words, syllables of pinyin, words of the parent's name.

The names are numbered by how good a hit they are, so the first rows of each question are the best ones and none has
to be sorted: a word that half of all names have costs as little as a rare one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from fasti.index.asking import Index, Listed
from fasti.index.folding import FIRST, KIND, PARENT, SYLLABLE, fold, key, pairs, unspaced, words
from fasti.index.gathering import KINDS, NAMES
from fasti.index.pinyin import splits

MOST = 1000
"""Hits that are ever told of one question: nobody reads on, and everything else stays fast."""

_CHUNK = 250  # rows that are read at once
_SCANNED = 20 * _CHUNK  # rows of one tier that are looked at: one thing may have a hundred names
_LONGEST = 200  # characters of a question that are read
_WORDS = 12
_MATCHED = """
    SELECT name.id, name.thing, name.kind, name.language, name.text, name.key
    FROM words CROSS JOIN name ON name.id = words.rowid
    WHERE words MATCH ? AND words.rowid > ? ORDER BY words.rowid LIMIT ?
"""
_WHOLE = "SELECT id, thing, kind, language, text, key FROM name WHERE key = ? ORDER BY id LIMIT ?"
_BEGINNING = """
    SELECT id, thing, kind, language, text, key FROM name
    WHERE id IN (SELECT id FROM name WHERE key >= ? AND key < ? LIMIT ?) ORDER BY id
"""
_ABOVE_ALL = "\U0010ffff"

Row = tuple[int, int, int, str, str, str]


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found, and by which of its names: its kind among `NAMES`, its language, its text."""

    thing: Listed
    name_kind: str
    name_language: str
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of one page, how many there are, and whether that is only how many were counted."""

    hits: Sequence[Hit]
    total: int
    more: bool


def search(index: Index, text: str, kind: str = "", *, first: int = 0, size: int = 20) -> Found:
    """The things whose names match `text`, the best first; the same text always gives the same order.

    Exact names come before names that begin with the words, before names with all the words in any order, before the
    same two with the last word only begun, before pinyin by syllables, before what needs the words of the body above, before Chinese names
    with all the characters. Among these preferred names come before alternative and misspelt ones, and
    bodies before people before the rest.

    Args:
        index: the index of a release.
        text: what somebody typed; case, marks and punctuation do not count.
        kind: one of `KINDS`, to find nothing else.
        first: how many hits to leave out.
        size: how many to give at most.
    """
    found = _distinct(_rows(index, text, kind), MOST + 1)
    shown = [_hit(index, row) for row in found[first : min(first + size, MOST)]]
    return Found(shown, min(len(found), MOST), len(found) > MOST)


def suggest(index: Index, text: str, size: int = 8) -> Sequence[Hit]:
    """The first hits only, for typing ahead: nothing is counted."""
    return [_hit(index, row) for row in _distinct(_rows(index, text, ""), size)]


def called(index: Index, text: str, kind: str) -> Sequence[str]:
    """The IRIs of the things of a kind that have this very name; case, marks and punctuation do not count."""
    wanted = key(words(fold(text[:_LONGEST])))
    low, high = index.numbers(kind)
    rows = index.database.execute(_WHOLE, (wanted, MOST)).fetchall() if wanted else []
    return list(dict.fromkeys(index.listed(row[1]).iri for row in rows if low <= row[1] <= high))


def _hit(index: Index, row: Row) -> Hit:
    return Hit(index.listed(row[1]), NAMES[row[2]], row[3], row[4])


def _distinct(rows: Iterator[Row], most: int) -> list[Row]:
    """Each thing once, by the best of its names."""
    found: dict[int, Row] = {}
    for row in rows:
        found.setdefault(row[1], row)
        if len(found) >= most:
            break
    return list(found.values())


def _rows(index: Index, text: str, kind: str) -> Iterator[Row]:
    typed = text[:_LONGEST]
    found = words(fold(typed))[:_WORDS]
    if not found:
        return
    wanted = key(found)
    low, high = index.numbers(kind) if kind else (0, 1 << 62)
    whole = index.database.execute(_WHOLE, (wanted, MOST + 1)).fetchall()
    yield from (row for row in whole if low <= row[1] <= high)
    finished = typed[-1].isspace()
    begun_so = _first(found, finished)
    restriction = f' AND "{KIND}{KINDS.index(kind)}"' if kind else ""
    for expression in _expressions(found, finished):
        yield from _begun_first(_matched(index, expression + restriction), wanted)
        if expression == begun_so and len(wanted) > 3 and splits(wanted, unfinished=True):
            begun = index.database.execute(_BEGINNING, (wanted, wanted + _ABOVE_ALL, _CHUNK)).fetchall()
            yield from (row for row in begun if low <= row[1] <= high)


def _begun_first(rows: Iterator[Row], wanted: str) -> Iterator[Row]:
    """Of the first rows those before the others whose whole name begins as what was typed does."""
    first: list[Row] = []
    for row in rows:
        first.append(row)
        if len(first) == _CHUNK:
            break
    yield from sorted(first, key=lambda row: not row[5].startswith(wanted))
    yield from rows


def _matched(index: Index, expression: str) -> Iterator[Row]:
    last, seen = 0, 0
    while seen < _SCANNED:
        rows = index.database.execute(_MATCHED, (expression, last, _CHUNK)).fetchall()
        yield from rows
        if len(rows) < _CHUNK:
            return
        last, seen = rows[-1][0], seen + len(rows)


def _expressions(found: Sequence[str], finished: bool) -> Iterator[str]:
    """What to match, tier by tier (FTS5's full-text query syntax; words are letters and digits only)."""
    begun, anywhere = _first(found, finished), _each(found, finished, _plain)
    yield from dict.fromkeys((_first(found, True), _each(found, True, _plain), begun, anywhere))
    if any(splits(word, True) for word in found):
        yield _each(found, finished, _by_syllable)
    if len(found) > 1:
        own = " OR ".join(_plain(word, False) for word in found)
        yield f"{_each(found, finished, _or_of_parent)} AND ({own})"
    if any(unspaced(word) and len(word) > 2 for word in found):
        yield _each(found, finished, _by_character)


def _each(found: Sequence[str], finished: bool, express: Callable[[str, bool], str]) -> str:
    last = len(found) - 1
    return " AND ".join(express(word, number == last and not finished) for number, word in enumerate(found))


def _first(found: Sequence[str], finished: bool) -> str:
    """The first word is the name's first; the others are anywhere in it."""
    word, rest = found[0], found[1:]
    begun = not rest and not finished
    if unspaced(word):
        first = _token(FIRST + word[:2], len(word) == 1)
        return " AND ".join(
            [first, *(_token(pair) for pair in pairs(word)[1:-1]), *([_each(rest, finished, _plain)] if rest else [])]
        )
    return " AND ".join([_token(FIRST + word, begun), *([_each(rest, finished, _plain)] if rest else [])])


def _plain(word: str, begun: bool, mark: str = "") -> str:
    """A word; a run of characters by its pairs, a single character wherever it stands."""
    if not unspaced(word):
        return _token(mark + word, begun)
    if len(word) == 1:
        return _token(mark + word, True)
    return "(" + " AND ".join(_token(mark + pair) for pair in pairs(word)[:-1]) + ")"


def _by_syllable(word: str, begun: bool) -> str:
    """A word as it is, or as the syllables of pinyin that it may be written together from."""
    ways = [_plain(word, begun)]
    readings = splits(word, begun)
    for split in readings[:1] if (word,) in readings else readings:
        tokens = [_token(SYLLABLE + syllable) for syllable in split[:-1]] + [_token(SYLLABLE + split[-1], begun)]
        ways.append("(" + " AND ".join(tokens) + ")")
    return "(" + " OR ".join(ways) + ")"


def _or_of_parent(word: str, begun: bool) -> str:
    return f"({_plain(word, begun)} OR {_plain(word, begun, PARENT)})"


def _by_character(word: str, begun: bool) -> str:
    """Each character of a run anywhere: names leave out what everybody knows."""
    if not unspaced(word):
        return _plain(word, begun)
    return "(" + " AND ".join(_token(character, True) for character in word) + ")"


def _token(text: str, begun: bool = False) -> str:
    return f'"{text}"*' if begun else f'"{text}"'
