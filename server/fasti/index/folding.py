"""What a name and somebody's spelling of it have in common: words without case, marks or punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from fasti.index.pinyin import splits

# Letters that NFKD leaves alone and that have one usual spelling in ASCII; case is folded before.
_PLAIN = str.maketrans({"æ": "ae", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "ð": "d", "œ": "oe", "ı": "i"})
_APOSTROPHES = re.compile(r"['’ʻʼ`´]")
# Scripts that write no blanks between words: Han, kana, bopomofo.
_UNSPACED = "\u3040-\u30ff\u3100-\u312f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")

FIRST, PARENT, SYLLABLE, KIND = "^", "@", "~", "="
"""Marks of the index's tokens: a name's first word, a word of the parent's name, a syllable, the kind of thing."""


def fold(text: str) -> str:
    """The text without case and marks, by Unicode's NFKD and case folding; apostrophes dropped.

    >>> fold("Zhōngyāng Bàngōngtīng"), fold("Führer’s")
    ('zhongyang bangongting', 'fuhrers')
    """
    if text.isascii():
        return _APOSTROPHES.sub("", text.lower())
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).casefold()).translate(_PLAIN)
    return "".join(character for character in plain if not unicodedata.combining(character))


def words(folded: str) -> list[str]:
    """The words of a folded text; a run of characters without blanks is one.

    >>> words("general-office 中央办公厅")
    ['general', 'office', '中央办公厅']
    """
    return _WORD.findall(folded)


def key(found: list[str]) -> str:
    """A name for comparison as a whole: its words written together."""
    return "".join(found)


def unspaced(word: str) -> bool:
    """Whether a word is of a script that writes no blanks."""
    return _IS_UNSPACED.match(word) is not None


def pairs(run: str) -> list[str]:
    """The tokens of a run: each character with the next one, the last one alone; so a prefix finds any character.

    >>> pairs("办公厅")
    ['办公', '公厅', '厅']
    """
    return [run[at : at + 2] for at in range(len(run))]


def tokens(found: list[str]) -> str:
    """What the index keeps of a name's words: each word, the first one marked, and syllables of pinyin."""
    return " ".join(_tokens(found))


def _tokens(found: list[str]) -> Iterator[str]:
    for number, word in enumerate(found):
        first, text = _of_word(word)
        if number == 0:
            yield first
        yield text


@lru_cache(maxsize=1 << 16)
def _of_word(word: str) -> tuple[str, str]:
    """The first token of a word, marked, and all of its tokens."""
    if unspaced(word):
        found = pairs(word)
        return FIRST + found[0], " ".join(found)
    syllables = dict.fromkeys(syllable for split in splits(word) for syllable in split)
    return FIRST + word, " ".join((word, *(SYLLABLE + syllable for syllable in syllables)))


def context(found: list[str]) -> str:
    """The tokens that a body's name lends to what is in it."""
    return " ".join(PARENT + token for word in found for token in (pairs(word) if unspaced(word) else (word,)))
