"""Where the sentences of running prose begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A full stop after one of these ends no sentence.
_SHORT = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Sr|Jr|St|Gen|Col|Lt|Capt|Sgt|Rev|Hon|No|Nos|vs|cf|ca|c|b|d|est|approx|Inc|Ltd|Co|Corp|Art|Sec|vol|pp"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b(?:[A-Za-z]\.)+[A-Za-z]|\bi\.e|\be\.g|\betc)\.$"
)
_END = re.compile(r"[.!?。！？]+[\"”’'»)\]]*(?:\[[^\]]{1,20}\])*(?=\s|$)|[。！？]+[”’」』）]*")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence, without the white space between them.

    Put together with that white space the sentences are the text: nothing is left out.
    """
    start = 0
    for match in _END.finditer(text):
        following = text[match.end() :].lstrip()
        if _SHORT.search(text[: match.end()]) and following:
            continue
        if following and following[0].islower():
            continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if piece.strip():
        left = start + len(piece) - len(piece.lstrip())
        yield left, left + len(piece.strip())
