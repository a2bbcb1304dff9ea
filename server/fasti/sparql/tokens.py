"""The tokens of a SPARQL query (SPARQL 1.1, section 19), which must be told apart before it can be judged."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from fasti.sparql.problems import RefusalError, refuse

# PN_CHARS_BASE, PN_CHARS_U and PN_CHARS of section 19.8, as the inside of a character class.
_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME = _BASE + "_0-9\u00b7\u0300-\u036f\u203f\u2040"
_CHARS = _NAME + r"\-"
_LOCAL = rf"[{_CHARS}:]|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?#@%]"
_PREFIX = rf"[{_BASE}](?:[{_CHARS}.]{{0,100}}[{_CHARS}])?"
_ESCAPE = r"\\[tbnrf\"'\\]"
_STRAY = "stray"  # what starts no token

# Space and comments, then one of these in the order in which they are tried. Strings: a long one must not be taken
# for an empty short one. Names: a prefix is looked for only so far, or a text of dots would take quadratic time.
_TOKEN = re.compile(
    rf"""
    (?:[ \t\r\n]+|\#[^\r\n]*)*+
  (?:
    (?P<string>'''(?:'{{0,2}}(?:[^'\\]|{_ESCAPE}))*+'''|"{{3}}(?:"{{0,2}}(?:[^"\\]|{_ESCAPE}))*+"{{3}}
             |'(?!'')(?:[^'\\\r\n]|{_ESCAPE})*+'|"(?!"")(?:[^"\\\r\n]|{_ESCAPE})*+")
  | (?P<iri><[^<>"{{}}|^`\\\x00-\x20]*>)
  | (?P<variable>[?$][{_BASE}_0-9][{_NAME}]*)
  | (?P<blank>_:[{_BASE}_0-9](?:[{_CHARS}.]*[{_CHARS}])?)
  | (?P<name>(?:{_PREFIX})?:(?:(?:{_LOCAL})(?:(?:{_LOCAL}|\.)*(?:{_LOCAL}))?)?)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[a-z]+)?)
  | (?P<number>(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+)
  | (?P<word>[{_BASE}_][{_BASE}_0-9]*)
  | (?P<mark>\^\^|&&|\|\||!=|<=|>=|<<|>>|[{{}}()\[\].,;=<>!+\-*/|^?~])
  | (?P<{_STRAY}>.)
  | \Z
  )""",
    re.VERBOSE | re.DOTALL,
)
# A backslash that is itself escaped starts no code point escape.
_CODE_POINT = re.compile(r"\\\\|\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


class Token(NamedTuple):
    """A piece of the text: `kind` is a group of the table above, `start` an offset in characters."""

    kind: str
    text: str
    start: int


_token = partial(tuple.__new__, Token)  # in half the time that `Token` takes, and a query has dozens


@dataclass(frozen=True, slots=True)
class Source:
    """A query's text without code point escapes, which still knows its original lines and columns."""

    text: str
    original: str
    shifts: tuple[tuple[int, int], ...] = ()
    """Offset in `text` behind an escape, and how many characters further the original is from there on."""

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1, in what the client sent."""
        number = bisect_right(self.shifts, offset, key=lambda shift: shift[0])
        offset += self.shifts[number - 1][1] if number else 0
        before = self.original[:offset]
        return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1

    def refuse(self, code: str, detail: str, offset: int) -> RefusalError:
        """The exception for something wrong at `offset`."""
        line, column = self.place(offset)
        return refuse(400, code, f"line {line}, column {column}: {detail}", (line, column))


def unescape(original: str) -> Source:
    r"""Replace `\uXXXX` and `\UXXXXXXXX` wherever they stand, before anything else (section 19.2).

    Raises:
        RefusalError: an escape is a surrogate or beyond Unicode.
    """
    if "\\u" not in original and "\\U" not in original:
        return Source(original, original)
    parts: list[str] = []
    shifts: list[tuple[int, int]] = []
    done = length = shift = 0
    for match in _CODE_POINT.finditer(original):
        code = match[1] or match[2]
        if code is None:
            continue
        value = int(code, 16)
        if 0xD800 <= value <= 0xDFFF or value > 0x10FFFF:
            source = Source(original, original)
            raise source.refuse("syntax", f"{match[0]} is not a Unicode character", match.start())
        parts += (original[done : match.start()], chr(value))
        length += match.start() - done + 1
        shift += len(match[0]) - 1
        shifts.append((length, shift))
        done = match.end()
    return Source("".join([*parts, original[done:]]), original, tuple(shifts))


def tokens(source: Source) -> Iterator[Token]:
    """The tokens without space and comments.

    Raises:
        RefusalError: a character that starts none: a string that is never closed, an unknown escape.
    """
    for match in _TOKEN.finditer(source.text):
        kind = match.lastgroup
        if kind is None:  # the end
            return
        start = match.start(kind)
        if kind == _STRAY:
            raise source.refuse("syntax", _explain(match[kind]), start)
        yield _token((kind, match[kind], start))


def _explain(character: str) -> str:
    if character in "'\"":
        return "this string is never closed, or has an escape other than \\t \\b \\n \\r \\f \\\" \\' \\\\"
    return f"the character {character!r} has no meaning here"
