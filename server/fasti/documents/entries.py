"""Names with what stands around them: `He Zai (1956–1957, head)` is a name and two notes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from fasti.documents import dates

_OPEN, _CLOSE = "([（［{", ")]）］}"
_FOOTNOTE = re.compile(
    r"(?<!\s)\s*\[(?:\d{1,3}|[a-z]{1,3}|(?:note|nb|n) \d{1,3}|[^\[\]]{0,60} needed|edit|update|sic|[^\[\]]{0,60}\?)\]"
    r"|(?<![(;,*†‡§¶])(?<![(;,] )[*†‡§¶]++(?=\s|$|[)\],;])|(?<![¹²³⁰⁴⁵⁶⁷⁸⁹])[¹²³⁰⁴⁵⁶⁷⁸⁹]++$"
)
# Soft hyphens, marks of direction, what an entity may hide: nothing to see, and a name with them is the name without.
# A joiner belongs to the spelling between letters of scripts that join them (Persian, Hindi).
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
    "|(?<![\u0590-\u1fff])[\u200c\u200d]|[\u200c\u200d](?![\u0590-\u1fff])"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]\w{1,30});", re.IGNORECASE)
# Each stops where another of its kind begins, so that a line of openings takes no longer than any other.
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]|\[https?://[^\s\[\]]+\s+([^\[\]]+)\]")
_RESIDUE = re.compile(
    r"<ref[^<>/]*>[^<]*+(?:<(?!/?ref\b)[^<]*+)*+</ref>|<!--(?:[^-<]|-(?!->)|<(?!!--))*+-->|</?[a-z][^<>]*>"
    r"|\{\{[^{}]*\}\}|\[\[|\]\]",
    re.IGNORECASE,
)
_HALF_LINK = re.compile(r"\A[^|]*[^|\s]\|(?=\S)([^|]+)\Z")  # Mint|the Mint, which has lost its brackets
_BREAK = re.compile(r"<br\s*/?>|;|；|\s/\s|\s[•·|]\s", re.IGNORECASE)
_DASH = re.compile(r"\s+[-‐-―−]+\s+|\s*[:：]\s+|\s*,\s+|\s+")
_AND = re.compile(r",?\s+(?:and|&)\s+")
_KEY = re.compile(r"(?P<key>(?:[^:：()（]|\([^()]{0,60}\)){1,60}?)\s*[:：]\s+(?P<value>\S.*)", re.DOTALL)
_COMMENT = re.compile(r"\s[-‐-―−]+\s+(?=[a-z])")
_AFTERTHOUGHT = re.compile(r"(?<=[)\]）］])\s*,\s+(?=[a-z])")
_DUAL = re.compile(r"\d \(\d{1,2}\) [^\W\d_]")  # 14 (25) January 1721, a day in two calendars
_YEAR = re.compile(r"\d{4}|[0-9]{1,2}00s|\bAD\b|\bCE\b|年")
_CALENDAR = re.compile(r"(?:[ON]\.?\s?S|B\.?\s?C|A\.?\s?[HMU]|B\.?\s?[ES]|V\.?\s?S)\b", re.IGNORECASE)
_LISTED = re.compile(r"[,，、]")
_SEMICOLON = re.compile(r"[;；]")
_NOTED = re.compile(r"[,;，；]")
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]")
_BLANKS = re.compile(r"\s+")
_REMEMBERED = 1 << 13  # texts: a value is also its only part, and a label, and each is taken apart anew
_LONGEST_LABEL = 1000  # no name with its dates is longer
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


@lru_cache(maxsize=_REMEMBERED)
def entry(text: str) -> Entry:
    """Read a name with its brackets, footnote marks, and a date before or after it.

    entry   = [date sep] name {bracket} [sep date] [" – " comment] | name bracket "," comment ;
    bracket = "(" note {("," | ";") note} ")" ;
    note    = words | [words [":"]] date ;
    comment = words that begin with a small letter ;
    """
    unclosed = next((p for p, _, closed in _brackets(text) if not closed), None)
    plain, marks = _unmarked(text)
    plain, after = _afterthought(plain)
    label, inner = (plain, []) if _DUAL.search(plain) and _point(plain) else _outside(plain)
    notes = [note for bracket in inner for note in _notes(bracket)]
    if not label and inner:  # nothing but a bracket: it is the name
        label, notes = inner[0].strip(), []
    label, dated = _dated(label)
    label, comment = _commented(label)
    bare = label.strip(" \t,;:|-‐‑‒–—―−")
    doubt = ("?",) if bare.endswith("?") and not dates.parse(bare) else ()
    return Entry(bare.rstrip("? ") if doubt else bare, (*dated, *notes, *comment, *after), (*marks, *doubt), unclosed)


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
    return [*_split(text, _BREAK)]


def parts(text: str) -> list[tuple[int, str]]:
    """The values of a list in one line, with offsets: at breaks and semicolons, else at commas.

    A comma inside brackets, quotes or a date does not separate.
    """
    pieces = breaks(text)
    return pieces if len(pieces) > 1 else [*_split(text, _LISTED)]


def conjuncts(text: str) -> list[tuple[int, str]]:
    """As `parts`, and "A, B and C" is three."""
    return [(at + o, piece) for at, part in parts(text) for o, piece in _split(part, _AND)]


def items(text: str) -> list[tuple[int, str]]:
    """The entries of one list item, with offsets: several where semicolons part what begins with a capital or digit."""
    pieces = [*_split(text, _SEMICOLON)]
    several = len(pieces) > 1 and all(piece[0].isupper() or piece[0].isdigit() for _, piece in pieces)
    return pieces if several and not any(dates.parse(piece) for _, piece in pieces) else [(0, text)]


def joint(text: str) -> list[str]:
    """The names in `Ada Low and Bo Ek`, where it is certain that they are several.

    Where brackets follow more than the last of them, each name comes with its own: `Ada Low (1990) and Bo Ek (1995)`.
    """
    if not _AND.search(text) and "&" not in text:
        return []
    label = entry(text).label
    each = [piece for _, piece in conjuncts(plain(text))]
    if len(each) > 1 and entry(each[0]).notes and all(entry(piece).label for piece in each):
        return each if _AND.search(label) and all(piece[0].isupper() for piece in each) else []
    pieces = [piece for _, piece in conjuncts(label)]
    several = len(pieces) > 1 and _AND.search(label) and " of " not in label
    return pieces if several and all(piece[0].isupper() for piece in pieces) else []


def plain(text: str) -> str:
    """The text without wiki links, emphasis, entities and footnote marks."""
    return _unmarked(text)[0]


@lru_cache(maxsize=_REMEMBERED)
def _unmarked(text: str) -> tuple[str, tuple[str, ...]]:
    text = _RESIDUE.sub("", _LINK.sub(lambda m: m[1] or m[2] or "", text))
    text = _HALF_LINK.sub(r"\1", text) if "|" in text else text
    text = html.unescape(text.replace("'''", "").replace("''", "").replace("**", ""))
    text = _INVISIBLE.sub("", text)
    text = re.sub(r"[<>{}|]", " ", text)
    marks = tuple(mark.strip() for mark in _FOOTNOTE.findall(text))
    return _BLANKS.sub(" ", _FOOTNOTE.sub("", text)).strip(), marks


def _afterthought(text: str) -> tuple[str, list[Note]]:
    """What follows a bracket: `Jane Doe (1990–1995), chemist` has words about the name, `Jane Doe [acting] 1990` a date."""
    if not any(sign in text for sign in _CLOSE):
        return text, []
    found = _AFTERTHOUGHT.search(text)
    if found:
        return text[: found.start()], [_note(text[found.end() :])]
    start, stop, _ = next(reversed(list(_brackets(text))), (0, 0, True))
    tail = text[stop:].strip()
    apart = start > 0 and stop < len(text) and text[stop].isspace()
    whole = apart and _point(f"{text[:start].strip()} {tail}")  # 1 February [O.S. 20 January] 1918
    dated = apart and not whole and dates.parse(tail) is not None
    return (text[:stop], [Note(tail, date=tail)]) if dated else (text, [])


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
    return _BLANKS.sub(" ", unopened).strip().replace(" ,", ","), inner


def _notes(bracket: str) -> list[Note]:
    if dates.parse(bracket):
        return [Note(bracket.strip(), date=bracket.strip())]
    return [note for _, piece in _split(bracket, _NOTED) if piece for note in _spans(piece) or [_note(piece)]]


def _spans(piece: str) -> list[Note]:
    """`1946–1967 & 1970–1972`: each of them."""
    several = dates.parse_all(piece)
    return [Note(d, date=d) for d in (piece[f.start : f.end] for f in several)] if len(several) > 1 else []


def _note(piece: str) -> Note:
    if dates.parse(piece):
        return Note(piece, date=piece)
    for gap in list(re.finditer(r"[\s:]+", piece))[:_WORDS_BEFORE]:
        words, rest = piece[: gap.start()], piece[gap.end() :]
        if words and (":" in gap.group() or not re.search(r"\d", words)) and dates.parse(rest):
            return Note(piece, date=rest, words=words)
    return _note_after(piece)


def _note_after(piece: str) -> Note:
    """`1990–1995 acting`, `1990–95: acting`: a span of time, and what it was."""
    for gap in list(re.finditer(r":?\s+", piece))[-_WORDS_BEFORE:]:
        date, words = piece[: gap.start()], piece[gap.end() :]
        counted = re.search(r"\d", words) or _CALENDAR.match(words)  # the years of another calendar are not these
        span = dates.parse(date) if words and not counted else None
        if span is not None and not span.attested_edtf:
            return Note(piece, date=date, words=words)
    return Note(piece)


@lru_cache(maxsize=_REMEMBERED)
def _split(text: str, separator: re.Pattern[str]) -> tuple[tuple[int, str], ...]:
    """The pieces between separators that stand outside brackets, quotes and dates, trimmed, with offsets."""
    if not separator.search(text):
        return ((len(text) - len(text.lstrip()), text.strip()),) if text.strip() else ()
    return tuple(_pieces(text, separator))


def _pieces(text: str, separator: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    guarded = [(start, stop) for start, stop, _ in _brackets(text)]
    guarded += [(found.start, found.end) for found in dates.find(text)]
    guarded += [match.span() for match in _QUOTED.finditer(text)]
    guarded += [match.span() for match in _ENTITY.finditer(text)]
    last = 0
    cuts = [m.span() for m in _unguarded(separator.finditer(text), sorted(guarded))]
    for start, stop in [*cuts, (len(text), len(text))]:
        piece = text[last:start]
        if piece.strip():
            yield last + len(piece) - len(piece.lstrip()), piece.strip()
        last = stop


def _unguarded(found: Iterator[re.Match[str]], guarded: list[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """The matches that begin in none of the spans, in one pass over both."""
    at = furthest = 0
    for match in found:
        while at < len(guarded) and guarded[at][0] <= match.start():
            furthest = max(furthest, guarded[at][1])
            at += 1
        if match.start() >= furthest:
            yield match


def _dated(label: str) -> tuple[str, list[Note]]:
    """Take a date off the front or the back of a label: `1990–1995: Jane Doe`, `Jane Doe, 1990–1995`.

    A year that only a blank parts from the rest is a part of it: `Vision 2030`, `1922 Committee`.
    """
    if len(label) > _LONGEST_LABEL or dates.parse(label):
        return label, []
    gaps = list(_DASH.finditer(label))
    for gap in gaps:
        head, tail = label[: gap.start()], label[gap.end() :]
        if head and not head[-1].isdigit() and _dates(tail, gap.group()):
            return head, [Note(tail, date=tail)]
        several = [] if gap.group().isspace() or not head or head[-1].isdigit() else dates.parse_all(tail)
        if several:
            return head, [Note(tail[f.start : f.end], date=tail[f.start : f.end]) for f in several]
        about = head and not gap.group().isspace() and _followed(tail)
        if about:
            return head, about
    for gap in reversed(gaps):
        head, tail = label[: gap.start()], label[gap.end() :]
        if tail and tail[0].isalpha() and _dates(head, gap.group()):
            return tail, [Note(head, date=head)]
    return label, []


def _followed(tail: str) -> list[Note]:
    """`1944–1953, Nordic philology`: a span of time, and words about the name before it."""
    for comma in re.finditer(r"[,;]\s+(?=[^\W\d_])", tail):
        span = dates.parse(tail[: comma.start()])
        if span is not None and not span.attested_edtf:
            return [Note(tail[: comma.start()], date=tail[: comma.start()]), _note(tail[comma.end() :])]
    return []


def _dates(text: str, gap: str) -> bool:
    if gap.isspace() and not _YEAR.search(text):
        return False
    interval = dates.parse(text)
    return interval is not None and not (gap.isspace() and interval.attested_edtf and "/" not in text)


def _point(text: str) -> bool:
    return dates.parse_point(text) is not None


def _commented(label: str) -> tuple[str, list[Note]]:
    """`Budget Office – prepares the budget`: a name, and words about it."""
    gap = _COMMENT.search(label)
    return (label[: gap.start()], [_note(label[gap.end() :])]) if gap else (label, [])
