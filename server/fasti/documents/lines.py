"""What each line of a source text is, as spans that put together give the line back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_ENDING = re.compile(r"\r\n|\n|\r")


class Kind(StrEnum):
    """The kinds of line that the grammar in seeds/README.md knows."""

    BLANK = "blank"
    HEADING = "heading"
    ITEM = "item"
    TERM = "term"
    PROSE = "prose"


# One row a kind of line: the groups of a pattern tile the line, each named by its role. First match wins.
_INDENT = r"(?P<indent>[ \t\u00a0\ufeff]*)"
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.BLANK, re.compile(r"(?P<indent>\s*)")),
    (Kind.HEADING, re.compile(_INDENT + r"(?P<open>={1,6})(?P<gap>[ \t]*)(?P<text>[^=\s](?:.*?[^=\s])?)(?P<gap2>[ \t]*)(?P<close>={1,6})(?P<tail>\s*)")),
    (Kind.HEADING, re.compile(_INDENT + r"(?P<open>={1,6})(?P<gap>[ \t]*)(?P<text>[^=\s](?:[^=]*[^=\s])?)(?P<tail>\s*)")),
    (Kind.HEADING, re.compile(_INDENT + r"(?P<text>[^=\s][^=]{0,80}?)(?P<gap2>[ \t]*)(?P<close>={2,6})(?P<tail>\s*)")),
    (Kind.HEADING, re.compile(_INDENT + r"(?P<open>'''|\*\*|__)(?P<text>[^'*_]+)(?P<close>'''|\*\*|__)(?P<tail>:?\s*)")),
    (Kind.TERM, re.compile(_INDENT + r"(?P<marker>;)(?P<gap>[ \t]*)(?P<text>\S(?:.*\S)?)(?P<tail>\s*)")),
    (Kind.ITEM, re.compile(_INDENT + r"(?P<marker>\(?\d{1,3}[.)])(?P<gap>[ \t\u00a0]+)(?P<text>\S(?:.*\S)?)(?P<tail>\s*)")),
    (Kind.ITEM, re.compile(_INDENT + r"(?P<marker>\(?(?:[a-z]|[ivx]{2,5})\))(?P<gap>[ \t\u00a0]+)(?P<text>\S(?:.*\S)?)(?P<tail>\s*)")),
    (Kind.ITEM, re.compile(_INDENT + r"(?P<marker>\d{1,2}[.)])(?P<gap>)(?P<text>[^\W\d_](?:.*\S)?)(?P<tail>\s*)")),
    (Kind.ITEM, re.compile(_INDENT + r"(?P<marker>[-–—•·◦‣▪]|[*#:]+)(?P<gap>[ \t\u00a0]+)(?P<text>\S(?:.*\S)?)(?P<tail>\s*)")),
    (Kind.ITEM, re.compile(_INDENT + r"(?P<marker>[•·◦‣▪]|[*#]+)(?P<gap>)(?P<text>[\w'\[\"“(](?:[^*#]*[^*#\s])?)(?P<tail>\s*)")),
    (Kind.ITEM, re.compile(_INDENT + r"(?P<marker>-)(?P<gap>)(?P<text>[^\W\d_](?:[^*#]*[^*#\s])?)(?P<tail>\s*)")),
    (Kind.PROSE, re.compile(_INDENT + r"(?P<text>\S(?:.*\S)?)(?P<tail>\s*)")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its kind, where it starts (code points), its number from 1, and spans of (role, characters)."""

    kind: Kind
    start: int
    number: int
    spans: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        """The characters of the line, its ending included."""
        return "".join(text for _, text in self.spans)

    def get(self, role: str) -> str:
        """The characters with that role, or nothing."""
        return next((text for name, text in self.spans if name == role), "")

    def offset(self, role: str) -> int:
        """Where the span with that role starts in the document."""
        offset = self.start
        for name, text in self.spans:
            if name == role:
                return offset
            offset += len(text)
        return offset

    @property
    def text(self) -> str:
        """What the line says, without markup."""
        return self.get("text")

    @property
    def content(self) -> tuple[int, int]:
        """The characters from the first to the last that are not white space."""
        whole = str(self)
        start = self.start + len(whole) - len(whole.lstrip())
        return start, max(start, self.start + len(whole.rstrip()))

    @property
    def level(self) -> int:
        """How deep a heading is: the shorter run of `=` where the two differ; a bold line is below them all."""
        runs = [len(marks) for marks in (self.get("open"), self.get("close")) if marks.startswith("=")]
        return max(min(runs), min(2, max(runs))) if runs else 7

    @property
    def depth(self) -> int:
        """How far an item is indented: columns, and one step for each further `*`, `#` or `:`."""
        marks = [char for char in self.get("marker") if char in "*#:"]
        return len(self.get("indent").expandtabs(4)) + 2 * max(0, len(marks) - 1)


def lines(text: str) -> Iterator[Line]:
    """The lines of a text, nothing left out: putting them together gives the text back."""
    start = 0
    number = 1
    while start < len(text):
        ending = _ENDING.search(text, start)
        stop = ending.start() if ending else len(text)
        after = ending.end() if ending else len(text)
        yield _line(text[start:stop], text[stop:after], start, number)
        start, number = after, number + 1


def _line(body: str, ending: str, start: int, number: int) -> Line:
    for kind, pattern in _PATTERNS:
        match = pattern.fullmatch(body)
        if match:
            spans = [(role, chars) for role, chars in match.groupdict().items() if chars]
            return Line(kind, start, number, (*spans, ("end", ending)))
    return Line(Kind.PROSE, start, number, (("text", body), ("end", ending)))
