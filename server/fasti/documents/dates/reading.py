"""Texts into intervals: the whole of one, a list of them, or whatever dates stand in running prose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from fasti.documents.dates.model import Found, Interval
from fasti.documents.dates.prose import plausible
from fasti.documents.dates.ranges import Expression, Expressions
from fasti.documents.dates.tokens import Kind, Token, tokenize

_TRIMMED = {Kind.LINE, Kind.DOT, Kind.COMMA, Kind.SEMICOLON}
_LISTING = {Kind.COMMA, Kind.SEMICOLON, Kind.AND, Kind.LINE}
_REACH = 12  # words from the begin of an expression to its first number: more than the longest prefix has
_REMEMBERED = 1 << 13  # texts: the reader asks of each name and note several times whether it is a date
_CHAIN = {Kind.COMMA, Kind.SEMICOLON, Kind.AND, Kind.OR}
_NO_START = _TRIMMED | {Kind.OTHER, Kind.OPEN, Kind.CLOSE, Kind.AND, Kind.OR, Kind.OF}


@lru_cache(maxsize=_REMEMBERED)
def parse(text: str) -> Interval | None:
    """What the whole text says of a tenure or an existence (profile, section 5).

    A single date is attested only ("(1995)", "in the 1980s"); "by 1942" is a begin; "since 1990" goes on,
    "from 1990" does not say so. Surrounding brackets, a citation mark and a closing full stop do not count.

    Args:
        text: the words of one date or date range, in English; also as Chinese and Japanese write one in figures.

    Returns:
        The interval; None where the text is anything else, is two dates, has no date ("?–present"), has an
        impossible one, or ends before it begins.
    """
    return _whole(text, lambda found: found.tenure)


@lru_cache(maxsize=_REMEMBERED)
def parse_point(text: str) -> Interval | None:
    """What the whole text says as the date of an event, which is one moment ("October 1949", "after 1955").

    A range with two dates is an event that lasted; "between 1990 and 1995" is one moment between them.

    Args:
        text: the words of one date, in English.

    Returns:
        The interval; None as for `parse`, and where a side is open.
    """
    return _whole(text, lambda found: found.event)


def parse_all(text: str) -> list[Found]:
    """The tenures of a list such as "1956–1957, 1960–1962", separated by comma, semicolon or "and".

    Args:
        text: a list each part of which `parse` reads, or a single such part.

    Returns:
        Each part with its offsets; nothing at all where one of the parts is anything else.
    """
    tokens = _trim(tokenize(text))
    grammar, at, parts = Expressions(tokens, strict=False), 0, list[Found]()
    while at < len(tokens):
        ended = (found for found in grammar.at(at) if grammar.kind(found.end) in _LISTING | {None})
        best = max(ended, key=lambda found: found.end, default=None)
        if best is None or best.tenure is None:
            return []
        parts.append(_located(tokens, best, best.tenure))
        at = best.end
        while grammar.kind(at) in _LISTING:
            at += 1
    return parts


def find(text: str) -> list[Found]:
    """The date expressions in running prose, left to right, each as long as can be.

    A single date is read as `parse_point` reads it ("by 1942", "in the 1980s"; "as of 1990" as `parse`), a
    range as `parse` does. Words such as "in" and "from" belong to the expression. Digits count as a year only
    where the text sets them apart or a word says so; what is written like a date but cannot be one is passed
    over whole.

    Args:
        text: any text; a date does not go over the end of a line.

    Returns:
        Each expression with its offsets in the text.
    """
    return list(_found(text))


@lru_cache(maxsize=_REMEMBERED)
def _found(text: str) -> tuple[Found, ...]:
    tokens = tokenize(text)
    grammar, at, last, results = Expressions(tokens, strict=True), 0, 0, list[Found]()
    numbers = _next_numbers(tokens)
    while at < len(tokens):
        near = numbers[at] - at < _REACH and tokens[at].kind not in _NO_START
        best = _longest(grammar, at, text) if near else None
        chained = last > 0 and all(token.kind in _CHAIN for token in tokens[last:at])
        if best and best.prose and plausible(grammar, at, best.end, bare=best.bare, chained=chained):
            results.append(_located(tokens, best, best.prose))
            last = best.end
        at = best.end if best else at + 1
    return tuple(results)


def _next_numbers(tokens: Sequence[Token]) -> list[int]:
    """For each word, the position of the first word with a number at or after it."""
    positions, following = [0] * len(tokens), len(tokens) + _REACH
    for at in range(len(tokens) - 1, -1, -1):
        if tokens[at].kind <= Kind.ORDINAL:
            following = at
        positions[at] = following
    return positions


def _whole(text: str, reading: Callable[[Expression], Interval | None]) -> Interval | None:
    """The first reading of an expression that takes up the whole text."""
    tokens = _trim(tokenize(text))
    expressions = Expressions(tokens, strict=False).at(0) if tokens else iter(())
    return next((reading(found) for found in expressions if found.end == len(tokens)), None)


def _trim(tokens: list[Token]) -> list[Token]:
    """The words without what may surround a date: brackets, a citation mark, a full stop."""
    first, last = 0, len(tokens)
    while first < last:
        if tokens[last - 1].kind in _TRIMMED:
            last -= 1
        elif tokens[first].kind is Kind.LINE:
            first += 1
        elif _cites(tokens[max(first, last - 3) : last]):
            last -= 3
        elif tokens[first].kind is Kind.OPEN and tokens[last - 1].kind is Kind.CLOSE:
            first, last = first + 1, last - 1
        else:
            break
    return tokens[first:last]


def _cites(tokens: list[Token]) -> bool:
    """Whether these are the words of a citation mark, `[1]`."""
    return [token.text for token in tokens[::2]] == ["[", "]"] and tokens[1].kind is Kind.NUMBER


def _longest(grammar: Expressions, at: int, text: str) -> Expression | None:
    """The longest expression that begins there, and does not begin or end inside a word or a code."""
    start = grammar.tokens[at].start
    joined = start > 0 and text[start - 1].isalnum() and "年" not in grammar.tokens[at].text
    if joined or (start and text[start - 1] in "$£€¥#_"):
        return None
    return max(grammar.at(at), key=lambda found: found.end, default=None)


def _located(tokens: Sequence[Token], found: Expression, interval: Interval) -> Found:
    """The interval with the offsets of its words."""
    return Found(tokens[found.start].start, tokens[found.end - 1].end, interval)
