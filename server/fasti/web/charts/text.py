"""How wide a text will be in a font that nobody knows yet, and how it is broken or shortened to fit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

# Advance widths in em, of the widest face in the charts' list of fonts, so that narrower ones fit as well.
_CLASSES = (
    ("ijlI|!'", 0.33), ("frt.,:;()[]/\\- ", 0.4), ("szcJ", 0.55), ("aeghknopqbduvxy", 0.63), ("mMwW@%", 0.97),
    ("ABCDEFGHKLNOPQRSTUVXYZ&", 0.71), ("0123456789$€#+=<>~?", 0.64), ("—…", 1.0),
)  # fmt: skip
_ADVANCES: Mapping[str, float] = MappingProxyType({c: width for letters, width in _CLASSES for c in letters})
_OTHER = 0.66
_BOLD = 1.08
# A break may come after a blank or hyphen, and on both sides of an ideograph (UAX 14, simplified).
_WIDE = "\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_PIECE = re.compile(rf"[{_WIDE}]|[^\s\-–{_WIDE}]+[-–]?\s*|[-–]+\s*|\s+")
# What XML 1.0 cannot hold (section 2.2): such a character of a label is left out of a picture.
_IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """The text on one line, without what an XML document cannot hold."""
    return " ".join(_IMPOSSIBLE.sub("", text).split())


@lru_cache(maxsize=4096)
def width(text: str, size: float, bold: bool = False) -> float:
    """How wide `text` is at `size` pixels: rather too much than too little; ideographs are a full em."""
    return sum(map(_advance, text)) * size * (_BOLD if bold else 1)


def _advance(character: str) -> float:
    known = _ADVANCES.get(character)
    if known is not None:
        return known
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if unicodedata.combining(character):
        return 0.0
    plain = unicodedata.normalize("NFD", character)[0]
    return _ADVANCES.get(plain, _OTHER)


def elide(text: str, size: float, room: float, bold: bool = False) -> str:
    """The text, or as much of its begin as fits into `room` pixels with an ellipsis."""
    if width(text, size, bold) <= room:
        return text
    kept = text
    while kept and width(kept + "…", size, bold) > room:
        kept = kept[:-1]
    return kept.rstrip(" ,;:-–") + "…"


def wrap(text: str, size: float, room: float, lines: int, bold: bool = False) -> list[str]:
    """The text in at most so many lines of `room` pixels; the last one ends in an ellipsis when it does not fit."""
    found: list[str] = []
    line = ""
    pieces = _PIECE.findall(text)
    while pieces:
        piece = pieces[0]
        if line and width((line + piece).rstrip(), size, bold) > room:
            if len(found) == lines - 1:
                return [*found, elide(line + "".join(pieces), size, room, bold)]
            found.append(line.rstrip())
            line = ""
            continue
        line += piece
        pieces.pop(0)
    return [*found, elide(line.rstrip(), size, room, bold)] if line.strip() else found
