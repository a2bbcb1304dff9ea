"""Names with what stands around them: `He Zai (1956–1957, head)` is a name and two notes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from fasti.documents import dates

_OPEN, _CLOSE = "([（［{", ")]）］}"
_FOOTNOTE = re.compile(
    r"\s*\[(?:\d{1,3}|[a-z]|note \d+|citation needed|[^\]]*\?)\]|[*†‡§¶]+(?=\s|$|[)\],;])|[¹²³⁰⁴⁵⁶⁷⁸⁹]+$"
)
_LINK = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]|\[https?://\S+\s+([^\]]+)\]")
_RESIDUE = re.compile(r"<ref[^>/]*>.*?</ref>|<!--.*?-->|</?[a-z][^<>]*>|\{\{[^{}]*\}\}|\[\[|\]\]", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>|;|；|\s/\s|\s[•·|]\s", re.IGNORECASE)
_DASH = re.compile(r"\s+[-–—−]+\s+|\s*[:：]\s+|\s*,\s+|\s+")
_AND = re.compile(r",?\s+(?:and|&)\s+")
_KEY = re.compile(r"(?P<key>(?:[^:：()（]|\([^()]{0,60}\)){1,60}?)\s*[:：]\s+(?P<value>\S.*)", re.DOTALL)
_COMMENT = re.compile(r"\s[-–—]+\s+(?=[a-z])")
_WORDS_BEFORE = 8  # so many words may stand before a date in a note


@dataclass(frozen=True, slots=True)
class Note:
    """What a bracket, or words around a name, add to it.

    `date` is the date or span of time that it is or ends in, `words` what stands before that: `acting`, `1990–91`.
    """

    text: str
    date: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A name and its notes; `marks` are footnote signs, never part of the name."""

    label: str
    notes: tuple[Note, ...] = ()
    marks: tuple[str, ...] = ()
    unclosed: int | None = None  # where a bracket opens that nothing closes


def entry(text: str) -> Entry:
    """Read a name with its brackets, footnote marks, and a date before or after it.

    entry   = [date sep] name {bracket} [sep date] [" – " comment] ;
    bracket = "(" note {("," | ";") note} ")" ;
    note    = words | [words [":"]] date ;
    comment = words that begin with a small letter ;
    """
    unclosed = next((p for p, _, closed in _brackets(text) if not closed), None)
    plain, marks = _unmarked(text)
    label, inner = _outside(plain)
    notes = [note for bracket in inner for note in _notes(bracket)]
    if not label and inner:  # nothing but a bracket: it is the name
        label, notes = inner[0].strip(), []
    label, dated = _dated(label)
    label, comment = _commented(label)
    bare = label.strip(" \t,;:|–—-")
    doubt = ("?",) if bare.endswith("?") and not dates.parse(bare) else ()
    return Entry(bare.rstrip("? ") if doubt else bare, (*dated, *notes, *comment), (*marks, *doubt), unclosed)


def keyed(text: str) -> tuple[str, str] | None:
    """`Director: Jane Doe` as key and value; None where the text is not of that form or the key is a date."""
    match = _KEY.fullmatch(text)
    if not match or dates.parse(match["key"]) or "//" in match["value"][:2]:
        return None
    return match["key"].strip(), match["value"].strip()


def key_and_value(text: str) -> tuple[str, str] | None:
    """`Key: value`, or `Members:` with nothing after it, its values being the items below."""
    bare = plain(text)
    if bare.endswith(":") and len(bare) < 50:
        return bare[:-1].strip(), ""
    pair = keyed(text)
    return (plain(pair[0]), pair[1]) if pair else None


def breaks(text: str) -> list[tuple[int, str]]:
    """The values of a list in one line, with offsets, at breaks and semicolons only."""
    return list(_split(text, _BREAK))


def parts(text: str) -> list[tuple[int, str]]:
    """The values of a list in one line, with offsets: at breaks and semicolons, else at commas.

    A comma inside brackets, quotes or a date does not separate.
    """
    pieces = breaks(text)
    return pieces if len(pieces) > 1 else list(_split(text, re.compile(r"[,，、]")))


def conjuncts(text: str) -> list[tuple[int, str]]:
    """As `parts`, and "A, B and C" is three."""
    return [(at + o, piece) for at, part in parts(text) for o, piece in _split(part, _AND)]


def items(text: str) -> list[tuple[int, str]]:
    """The entries of one list item, with offsets: several where semicolons part what begins with a capital or digit."""
    pieces = list(_split(text, re.compile(r"[;；]")))
    several = len(pieces) > 1 and all(piece[0].isupper() or piece[0].isdigit() for _, piece in pieces)
    return pieces if several else [(0, text)]


def joint(label: str) -> list[str]:
    """The names in `Ada Low and Bo Ek`, where it is certain that they are several."""
    pieces = [piece for _, piece in conjuncts(label)]
    several = len(pieces) > 1 and _AND.search(label) and " of " not in label
    return pieces if several and all(piece[0].isupper() for piece in pieces) else []


def plain(text: str) -> str:
    """The text without wiki links, emphasis, entities and footnote marks."""
    return _unmarked(text)[0]


def _unmarked(text: str) -> tuple[str, tuple[str, ...]]:
    text = _RESIDUE.sub("", _LINK.sub(lambda m: m[1] or m[2] or "", text))
    text = html.unescape(text.replace("'''", "").replace("''", "").replace("**", ""))
    text = re.sub(r"[<>{}|]", " ", text)
    marks = tuple(mark.strip() for mark in _FOOTNOTE.findall(text))
    return re.sub(r"\s+", " ", _FOOTNOTE.sub("", text)).strip(), marks


def _brackets(text: str) -> Iterator[tuple[int, int, bool]]:
    """Each outermost bracket: where it opens, the position after it, and whether it is closed."""
    depth = start = 0
    for position, char in enumerate(text):
        if char in _OPEN:
            start = start if depth else position
            depth += 1
        elif char in _CLOSE and depth:
            depth -= 1
            if not depth:
                yield start, position + 1, True
    if depth:
        yield start, len(text), False


def _outside(text: str) -> tuple[str, list[str]]:
    """The text without its outermost brackets, and what these hold."""
    kept, inner, last = [], [], 0
    for start, stop, closed in _brackets(text):
        kept.append(text[last:start])
        inner.append(text[start + 1 : stop - 1 if closed else stop])
        last = stop
    kept.append(text[last:])
    unopened = re.sub(r"[)\]）］}]", "", " ".join(kept))
    return re.sub(r"\s+", " ", unopened).strip().replace(" ,", ","), inner


def _notes(bracket: str) -> list[Note]:
    if dates.parse(bracket):
        return [Note(bracket.strip(), date=bracket.strip())]
    return [_note(piece) for _, piece in _split(bracket, re.compile(r"[,;，；]")) if piece]


def _note(piece: str) -> Note:
    if dates.parse(piece):
        return Note(piece, date=piece)
    for gap in list(re.finditer(r"[\s:]+", piece))[:_WORDS_BEFORE]:
        words, rest = piece[: gap.start()], piece[gap.end() :]
        if words and not re.search(r"\d", words) and dates.parse(rest):
            return Note(piece, date=rest, words=words)
    return Note(piece)


def _split(text: str, separator: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """The pieces between separators that stand outside brackets, quotes and dates, trimmed, with offsets."""
    guarded = [(start, stop) for start, stop, _ in _brackets(text)]
    guarded += [(found.start, found.end) for found in dates.find(text)]
    guarded += [match.span() for match in re.finditer(r"[\"“][^\"”]*[\"”]", text)]
    last = 0
    cuts = [m.span() for m in separator.finditer(text) if not any(a <= m.start() < b for a, b in guarded)]
    for start, stop in [*cuts, (len(text), len(text))]:
        piece = text[last:start]
        if piece.strip():
            yield last + len(piece) - len(piece.lstrip()), piece.strip()
        last = stop


def _dated(label: str) -> tuple[str, list[Note]]:
    """Take a date off the front or the back of a label: `1990–1995: Jane Doe`, `Jane Doe, 1990–1995`.

    A year that only a blank parts from the rest is a part of it: `Vision 2030`, `1922 Committee`.
    """
    if dates.parse(label):
        return label, []
    gaps = list(_DASH.finditer(label))
    for gap in gaps:
        head, tail = label[: gap.start()], label[gap.end() :]
        if head and not head[-1].isdigit() and _dates(tail, gap.group()):
            return head, [Note(tail, date=tail)]
        several = [] if gap.group().isspace() or not head or head[-1].isdigit() else dates.parse_all(tail)
        if several:
            return head, [Note(tail[f.start : f.end], date=tail[f.start : f.end]) for f in several]
    for gap in reversed(gaps):
        head, tail = label[: gap.start()], label[gap.end() :]
        if tail and tail[0].isalpha() and _dates(head, gap.group()):
            return tail, [Note(head, date=head)]
    return label, []


def _dates(text: str, gap: str) -> bool:
    interval = dates.parse(text)
    return interval is not None and not (gap.isspace() and interval.attested_edtf)


def _commented(label: str) -> tuple[str, list[Note]]:
    """`Budget Office – prepares the budget`: a name, and words about it."""
    gap = _COMMENT.search(label)
    return (label[: gap.start()], [_note(label[gap.end() :])]) if gap else (label, [])
