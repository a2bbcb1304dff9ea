"""Chinese in Latin letters (GB/T 16159): which syllables a word is made of, however it is written together."""

from __future__ import annotations

import re
from functools import lru_cache

# Initial: its finals, without tones; ü is u, as folding leaves it.
_SYLLABLES = """
b: a ai an ang ao ei en eng i ian iao ie in ing o u
p: a ai an ang ao ei en eng i ian iao ie in ing o ou u
m: a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u
f: a an ang ei en eng o ou u
d: a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo
t: a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo
n: a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan ue uo
l: a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan ue un uo
g k h: a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
j q x: i ia ian iang iao ie in ing iong iu u uan ue un
zh: a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo
ch: a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo
sh: a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo
r: an ang ao e en eng i ong ou u ua uan ui un uo
z: a ai an ang ao e ei en eng i ong ou u uan ui un uo
c s: a ai an ang ao e en eng i ong ou u uan ui un uo
y: a an ang ao e i in ing o ong ou u uan ue un
w: a ai an ang ao ei en eng o u
"""
_ALONE = ("a", "ai", "an", "ang", "ao", "e", "ei", "en", "eng", "er", "o", "ou")
_LINES = (line.partition(": ") for line in _SYLLABLES.strip().splitlines())
SYLLABLES = frozenset(_ALONE) | {
    initial + final for initials, _, finals in _LINES for initial in initials.split() for final in finals.split()
}
_BEGINNINGS = frozenset(syllable[:length] for syllable in SYLLABLES for length in range(1, len(syllable) + 1))
_LONGEST = max(map(len, SYLLABLES))
_READABLE = re.compile(f"(?:{'|'.join(sorted(SYLLABLES))})+")
_WORD = 60  # letters; longer ones are no word
_READINGS = 4  # "xian" is one syllable or two; more readings than these are of no word

Split = tuple[str, ...]


@lru_cache(maxsize=1 << 16)
def splits(word: str, unfinished: bool = False) -> tuple[Split, ...]:
    """The ways to read a folded word as syllables, long ones first; none for a word that is not pinyin.

    Args:
        word: without blanks, marks and apostrophes, in lower case.
        unfinished: the last syllable may be only begun, as while typing.

    >>> splits("bangongting"), splits("office")
    ((('ban', 'gong', 'ting'),), ())
    """
    if len(word) > _WORD or not (word.isascii() and word.isalpha() if unfinished else _READABLE.fullmatch(word)):
        return ()
    found: list[Split] = []
    _read(word, 0, (), unfinished, found, set())
    return tuple(found)


def _read(word: str, at: int, before: Split, unfinished: bool, found: list[Split], hopeless: set[int]) -> bool:
    """Add the readings of the rest of `word` to `found`; whether there was any."""
    if at == len(word):
        found.append(before)
        return True
    read = False
    for end in range(min(len(word), at + _LONGEST), at, -1):
        if len(found) >= _READINGS:
            return True
        piece, last = word[at:end], end == len(word)
        if end not in hopeless and (piece in SYLLABLES or (last and unfinished and piece in _BEGINNINGS)):
            read = _read(word, end, (*before, piece), unfinished, found, hopeless) or read
    if not read:
        hopeless.add(at)
    return read
