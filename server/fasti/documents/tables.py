"""Tables that a crawler left as text: which lines are rows, and what stands in their cells.

table = "{|" { wiki row } "|}" | { "|" cell { "|" cell } "|" } | { cell { TAB cell } } | { cell " | " cell { " | " cell } } ;
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fasti.documents.lines import Kind, Line

_ATTRIBUTES = re.compile(r"(?:[\w-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[\w#%.-]+)\s*)++\|(?!\|)\s*")
_OPENING = re.compile(r"\{\|.*|\|\}.*|\|[-+].*")
# A value may hold links, templates and references, which have signs of their own; each stops where another one begins.
_PARAMETER = re.compile(
    r"\|\s*(?P<key>[^\W\d_][\w ]{0,48}?)\s*=\s*"
    r"(?P<value>(?:\[\[[^\[\]]*+\]\]|\{\{[^{}]*+\}\}|<ref\b[^<>]*+>(?:[^<]*+</ref>)?|[^=|])*+)"
)
_DATE = re.compile(
    r"\{\{\s*(?:[a-z]+[ -])?(?:date|dts)\b[^{}|]*\|(?P<date>\d{4}(?:\|\d{1,2}){0,2})\s*(?:\|[^{}]*)?\}\}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its lines (the last one included), its cells, and the headers of these, where the table has some."""

    first: Line
    last: Line
    cells: tuple[str, ...]
    columns: tuple[str, ...] = ()


def parameter(text: str) -> tuple[str, str] | None:
    """`| formed = 1990`, a line of an infobox whose markup was left in, as key and value."""
    found = _PARAMETER.fullmatch(text)
    return (found["key"], _dated(found["value"].strip())) if found else None


def _dated(text: str) -> str:
    """The text with its templates of dates as dates: `{{Start date|1862|8|29}}` as `1862-08-29`."""
    if "{{" not in text:
        return text
    return _DATE.sub(lambda found: "-".join(number.zfill(2) for number in found["date"].split("|")), text)


def rows(lines: Sequence[Line]) -> dict[int, Row | None]:
    """For the index of each line of a table its row, or nothing for headers, rules and what a row goes on with."""
    found: dict[int, Row | None] = {}
    closing = [at for at, line in enumerate(lines) if str(line).lstrip().startswith(("|}", "="))]
    at = 0
    while at < len(lines):
        style = _style(lines, at)
        if style is None:
            at += 1
            continue
        block = _open_block(lines, at, closing) if style == "wiki" else _block(lines, at, style)
        at = block[-1] + 1
        made = list(_wiki(lines, block) if style == "wiki" else _plain(lines, block, style))
        found |= dict.fromkeys(block, None)
        found |= made
    return found


def _style(lines: Sequence[Line], at: int) -> str | None:
    """How the table is written that begins there, if one does."""
    text = str(lines[at]).strip()
    if text.startswith("{|") or (text.startswith("!") and "!!" in text):
        return "wiki"
    if lines[at].kind is not Kind.PROSE or not any(c.isalpha() for c in text):
        return None
    following = str(lines[at + 1]).strip() if at + 1 < len(lines) else ""
    for style, sign in (("pipes", "|"), ("tabs", "\t"), ("pipes", " | ")):
        fits = text.startswith("|") if sign == "|" else any(c.isalpha() for c in text.partition(sign)[0])
        few = 2 if sign == " | " else 1
        if fits and parameter(text) is None and len(_cells(text, style)) > few:
            same = len(_cells(following, style)) == len(_cells(text, style))
            return style if same or (style == "pipes" and _rule(following)) else None
    return None


def _open_block(lines: Sequence[Line], first: int, closing: list[int]) -> list[int]:
    """The lines of the table in wiki markup that begins there: up to `|}`; where that is missing, what is clearly of it."""
    place = bisect_right(closing, first)
    if place < len(closing) and not str(lines[closing[place]]).lstrip().startswith("="):
        return list(range(first, closing[place] + 1))
    last = first
    while last + 1 < len(lines) and str(lines[last + 1]).lstrip().startswith(("|", "!")):
        last += 1
    return list(range(first, last + 1))


def _block(lines: Sequence[Line], first: int, style: str) -> list[int]:
    """The lines of the table with a line for each row that begins there."""
    block = [first]
    for at in range(first + 1, len(lines)):
        text = str(lines[at]).strip()
        if (style == "tabs" and "\t" in text) or (style == "pipes" and ("|" in text or _rule(text))):
            block.append(at)
        else:
            break
    return block


def _plain(lines: Sequence[Line], block: list[int], style: str) -> Iterator[tuple[int, Row]]:
    """The rows of a table with a line for each; the first one names the columns."""
    columns = tuple(_cells(str(lines[block[0]]), style))
    for at in block[1:]:
        text = str(lines[at])
        if not _rule(text.strip()):
            cells = tuple(_cells(text, style))
            yield at, Row(lines[at], lines[at], cells, columns if len(cells) == len(columns) else ())


def _rule(text: str) -> bool:
    """Whether a line only parts others: `|---|---|`, `+----+`."""
    return "--" in text and not text.strip("|+:-= \t")


def _content(cell: str) -> str:
    """What stands in a cell of wiki markup, without its attributes."""
    attributes = _ATTRIBUTES.match(cell.lstrip())
    return _dated((cell.lstrip()[attributes.end() :] if attributes else cell).strip())


def _cells(text: str, style: str) -> list[str]:
    if style == "tabs":
        return [cell.strip() for cell in text.strip(" \r\n").split("\t")]
    text = text.strip()
    text = text[1:] if text.startswith("|") else text
    text = text[:-1] if text.endswith("|") else text
    return [cell.strip() for cell in text.split("|")]


def _wiki(lines: Sequence[Line], block: list[int]) -> Iterator[tuple[int, Row]]:
    """The rows of a table in wiki markup: cells on one line or one a line, `|-` between rows."""
    columns: tuple[str, ...] = ()
    cells: list[str] = []
    header, first, last = True, block[0], block[0]
    for at in [*block, None]:
        text = "|-" if at is None else str(lines[at]).strip()
        if _OPENING.fullmatch(text):
            if cells and header:
                columns = tuple(cells)
            elif cells:
                yield first, Row(lines[first], lines[last], tuple(cells), columns if len(cells) == len(columns) else ())
            cells, header = [], True
        elif at is not None and text[:1] in ("|", "!"):
            header = header and text[0] == "!"
            first = at if not cells else first
            last = at
            cells += [_content(cell) for cell in re.split(r"\|\||!!", text[1:])]
