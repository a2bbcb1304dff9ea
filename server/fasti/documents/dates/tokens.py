"""The words of date texts, as a table: what each spelling is, and nothing of how they combine."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from enum import IntEnum, auto
from typing import NamedTuple


class Kind(IntEnum):
    """The kinds of words that the grammar knows; all else is OTHER."""

    # Integers: the hash of a plain Enum is a Python function, and the grammar looks kinds up all the time.

    # dates and their parts
    YMD = auto()  # 1980-12-30
    DMY = auto()  # 30.12.1980, 12/30/1980
    ROMAN = auto()  # 30.XII.1980
    YEAR_MONTH = auto()  # 1980-12
    YEAR_PAIR = auto()  # 1980/81, 1980/1981, 1980/5
    DECADE = auto()  # 1980s, 198X
    CENTURY_DIGITS = auto()  # 19XX
    YEAR = auto()
    SMALL = auto()  # three digits: a year before 1000, where it can be nothing else
    NUMBER = auto()  # one or two digits: a day, or the end of a year
    ORDINAL = auto()  # 1st
    MONTH = auto()
    SEASON = auto()
    PORTION = auto()  # Q1, the first half of
    WEEKDAY = auto()
    CENTURY = auto()
    AD = auto()
    BC = auto()
    DIED = auto()  # until his death in 1870, 1836 – d. 1855
    # what is said about a date
    IN = auto()
    AS_OF = auto()
    BY = auto()
    NOT_BEFORE = auto()
    BEFORE = auto()
    AFTER = auto()
    AT_LEAST = auto()
    ABOUT = auto()
    PERHAPS = auto()
    PART = auto()  # early, the end of
    EITHER = auto()
    # ranges
    SINCE = auto()
    FROM = auto()
    BETWEEN = auto()
    UNTIL = auto()
    TO = auto()
    ONWARD = auto()
    ONGOING = auto()
    UNKNOWN = auto()
    DASH = auto()
    SLASH = auto()
    TILDE = auto()
    # glue
    AND = auto()
    OR = auto()
    OF = auto()
    THE = auto()
    COMMA = auto()
    SEMICOLON = auto()
    DOT = auto()
    OPEN = auto()
    CLOSE = auto()
    LINE = auto()
    OTHER = auto()


class Token(NamedTuple):
    """A word: where it stands, what it counts (if it does), and whether a blank stands before it."""

    # A tuple, because running prose makes hundreds of them and a frozen dataclass takes three times as long.

    kind: Kind
    text: str
    start: int
    end: int
    value: int
    blank: bool


_MONTHS = (
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
    "september sept sep", "october oct", "november nov", "december dec",
)  # fmt: skip

_SPELLINGS = {
    Kind.SEASON: "spring/summer/autumn/fall/winter",
    Kind.WEEKDAY: "monday/tuesday/wednesday/thursday/friday/saturday/sunday/mon/tue/wed/thu/fri/sat/sun",
    Kind.CENTURY: "century",
    Kind.AD: "ad/ce/г/гг",
    Kind.DIED: "d/died/death/his death/her death/his death in/her death in/their death/†",
    Kind.BC: "bc/bce",
    Kind.IN: "in/on/at/during/throughout/not until/some time in/sometime in/dated",
    Kind.AS_OF: "as of/as at/as late as",
    Kind.BY: "by/no later than/not later than/as early as/on or before/in or before/at or before",
    Kind.NOT_BEFORE: "not before/no earlier than/not earlier than/on or after/in or after/at or after",
    Kind.BEFORE: "before/prior to/earlier than/some time before/sometime before/shortly before/just before",
    Kind.AFTER: "after/later than/some time after/sometime after/shortly after/soon after/just after",
    Kind.AT_LEAST: "at least",
    Kind.ABOUT: "about/around/circa/ca/c/cca/approximately/approx/roughly/in or about/in or around"
    "/on or about/on or around/some time around/sometime around/at about",
    Kind.PERHAPS: "probably/possibly/perhaps/likely/most likely/presumably/maybe/apparently/supposedly/reportedly",
    Kind.PART: "early/mid/middle/late/beginning/start/end/close",
    Kind.PORTION: "first quarter/second quarter/third quarter/fourth quarter/q1/q2/q3/q4/first half/second half",
    Kind.EITHER: "either",
    Kind.SINCE: "since/ever since",
    Kind.FROM: "from/as from/with effect from/beginning in/beginning from/starting/starting in/starting from",
    Kind.BETWEEN: "between",
    Kind.UNTIL: "until/till/til/up to/up until",
    Kind.TO: "to/through/thru/à/bis/até/hasta/tot",
    Kind.ONWARD: "onward/onwards/and onward/and onwards",
    Kind.ONGOING: "present/the present/present day/the present day/now/today/current/currently/incumbent"
    "/the incumbent/ongoing/date/this day",
    Kind.UNKNOWN: "unknown/date unknown/unknown date/not known/unclear/uncertain/unspecified",
    Kind.AND: "and/&",
    Kind.OR: "or",
    Kind.OF: "of/de",
    Kind.THE: "the",
}

# Months as other languages write them, where no English word is spelled so ("mars" is one only after a day).
_FOREIGN_MONTHS = (
    "januar janvier enero gennaio janeiro januari января styczeń stycznia tammikuu ocak ianuarie leden ledna január",
    "februar février fevrier febrero febbraio fevereiro februari февраля luty lutego helmikuu şubat februarie únor února február",
    "märz marzo março maart марта marzec marca maaliskuu mart martie březen března március",
    "avril abril aprile апреля kwiecień kwietnia huhtikuu nisan aprilie duben dubna április",
    "mai mayo maggio maio mei maj мая maja toukokuu mayıs květen května május",
    "juni juin junio giugno junho июня czerwiec czerwca kesäkuu haziran iunie červen června június",
    "juli juillet julio luglio julho июля lipiec lipca heinäkuu temmuz iulie červenec července július",
    "août agosto augustus augusti августа sierpień sierpnia elokuu ağustos srpen srpna augusztus",
    "septembre septiembre settembre setembro сентября wrzesień września syyskuu eylül septembrie září szeptember",
    "oktober octobre octubre ottobre outubro октября październik października lokakuu ekim octombrie říjen října október",
    "novembre noviembre novembro ноября listopad listopada marraskuu kasım noiembrie november",
    "dezember décembre diciembre dicembre dezembro декабря grudzień grudnia joulukuu aralık decembrie prosinec prosince",
)  # fmt: skip
_VALUES = {
    spelling: number for lines in (_FOREIGN_MONTHS, _MONTHS) for number, line in enumerate(lines, 1) for spelling in line.split()
} | {
    "mars": 3,
    "spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24,
    "first quarter": 33, "second quarter": 34, "third quarter": 35, "fourth quarter": 36,
    "q1": 33, "q2": 34, "q3": 35, "q4": 36, "first half": 40, "second half": 41,
}  # fmt: skip

_WORDS = {spelling: kind for kind, line in _SPELLINGS.items() for spelling in line.split("/")} | {
    spelling: Kind.MONTH for line in (*_MONTHS, *_FOREIGN_MONTHS) for spelling in line.split()
}


def _phrases() -> dict[str, re.Pattern[str]]:
    """For each word that begins a phrase, the phrases, longest first."""
    by_first: dict[str, list[str]] = {}
    for phrase in sorted((word for word in _WORDS if " " in word), key=len, reverse=True):
        by_first.setdefault(phrase.split()[0], []).append(phrase.replace(" ", " +"))
    return {first: re.compile(rf"(?:{'|'.join(phrases)})(?!\w)") for first, phrases in by_first.items()}


_PHRASES = _phrases()
_KNOWN = _WORDS.keys() | _PHRASES.keys()

# Every dash is one of two: a hyphen, which also joins the parts of an ISO date, or a longer one.
_FOLDED = {
    "-": "\u2010\u2011\ufe63\uff0d",
    "–": "\u2012\u2014\u2015\u2212\u2013\u301c\uff5e\u223c\u2192\u2e3a\u2e3b\ufe58",
    " ": "\t\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u200b\u202f\u205f\u2060\u3000\ufeff",
    "'": "\u2018\u2019\u02bc\uff07",
    "\n": "\r\u0085\u2028\u2029",
    "?": "\uff1f",
    ",": "\uff0c",
    ";": "\uff1b",
    "/": "\uff0f\u2044",
    "(": "\uff08",
    ")": "\uff09",
    ".": "\uff0e",
}
_FOLD = (
    {ord(char): folded for folded, chars in _FOLDED.items() for char in chars}
    | {ord(char): char.lower() for char in string.ascii_uppercase}
    | {0xFF10 + digit: str(digit) for digit in range(10)}
)

# In order: the first that matches wins. `\w` on either side makes a number part of a name or a code.
_TABLE = (
    # Chinese and Japanese, where no blank sets words apart.
    (Kind.YMD, r"(?<![0-9])[0-9]{4} ?年 ?[0-9]{1,2} ?月 ?[0-9]{1,2} ?[日号號]"),
    (Kind.YEAR_MONTH, r"(?<![0-9])[0-9]{4} ?年 ?[0-9]{1,2} ?月份?"),
    (Kind.DECADE, r"(?<![0-9])[0-9]{3}0 ?年代"),
    (Kind.YEAR, r"(?<![0-9])[0-9]{4} ?年"),
    (Kind.TO, r"(?<=[年月日号號 –-])[至到](?=[0-9今 ])"),
    (Kind.ONGOING, r"(?<=[年月日号號至 –-])(?:今|现在|現在|目前)(?!\w)"),
    (Kind.BC, r"(?<!\w)b\. ?c\.(?: ?e\.)?"),
    (Kind.AD, r"(?<!\w)(?:a\. ?d\.|c\. ?e\.)"),
    (Kind.UNKNOWN, r"(?<!\w)n\. ?d\.(?!\w)"),
    (Kind.FROM, r"(?<!\w)w\. ?e\. ?f\.?(?!\w)"),
    (Kind.MONTH, r"(?<=[0-9] )mars(?!\w)|(?<=[0-9]er )mars(?!\w)"),
    (Kind.OTHER, r"(?<!\w)(?:[^\W\d_]+(?!\w)|c(?=[0-9]{4}(?!\w))|q[1-4](?!\w))|&"),
    (Kind.YMD, r"(?<!\w)[0-9]{4}(?P<a>[-–./])[0-9]{1,2}(?P=a)[0-9]{1,2}(?!\w)"),
    (Kind.DMY, r"(?<!\w)[0-9]{1,2}(?P<b>[-./])[0-9]{1,2}(?P=b)[0-9]{4}(?!\w)"),
    (Kind.ROMAN, r"(?<!\w)[0-9]{1,2}(?:\. ?| )(?:i{1,3}|iv|vi{0,3}|ix|xi{0,2})(?:\. ?| )[0-9]{4}(?!\w)"),
    (Kind.YEAR_MONTH, r"(?<!\w)[0-9]{4}(?:-(?:0[1-9]|1[0-2])|\.(?:0?[1-9]|1[0-2]))(?!\w)"),
    (Kind.YEAR_PAIR, r"(?<!\w)[0-9]{4}/(?:[0-9]{4}|[0-9]{1,2})(?!\w|-[0-9])"),
    (Kind.DECADE, r"(?<!\w)[0-9]{3}(?:0'?s|x)(?!\w)"),
    (Kind.CENTURY_DIGITS, r"(?<!\w)[0-9]{2}xx(?!\w)"),
    (Kind.OTHER, r"(?<!\w)[0-9]{1,3}(?:,[0-9]{3})+(?!\w)|(?<!\w)[0-9]+\.[0-9]+(?!\w)"),
    (Kind.YEAR, r"(?<![^\Wc])[0-9]{4}(?!\w)"),
    (Kind.SMALL, r"(?<!\w)[1-9][0-9]{2}(?!\w)"),
    (Kind.NUMBER, r"(?<!\w)[0-9]{1,2}(?!\w)"),
    (Kind.ORDINAL, r"(?<!\w)[0-9]{1,2}(?:st|nd|rd|th|er|º)(?!\w)"),
    (Kind.UNKNOWN, r"\(\?+\)|\?+"),
    (Kind.ONGOING, r"\.\.\.?"),
    (Kind.DASH, r"[-–]+"),
    (Kind.SLASH, "/"),
    (Kind.TILDE, "~"),
    (Kind.COMMA, ","),
    (Kind.SEMICOLON, ";"),
    (Kind.DOT, r"\."),
    (Kind.OPEN, r"[(\[]"),
    (Kind.CLOSE, r"[)\]]"),
    (Kind.LINE, r"\n"),
    (Kind.OTHER, r"[^\W_\u3400-\u9fff]+|[^ ]"),
)
_OLD_STYLE = re.compile(r"(?<=[0-9] |[a-z] )[(\[](?:o\. ?s\.|os|old style) [^()\[\]]{3,30}[)\]](?= [0-9])")
_LEXER = re.compile("|".join(f"(?P<t{number}>{pattern})" for number, (_, pattern) in enumerate(_TABLE)))
_KINDS = {f"t{number}": kind for number, (kind, _) in enumerate(_TABLE)}
_ABBREVIATED = re.compile(
    "jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|ca?|cca|approx|d|гг?|mon|tue|wed|thu|fri|sat|sun"
)


def fold(text: str) -> str:
    """The text with one spelling for each dash, blank, digit and case, every character in its place.

    The date of the old calendar in brackets, beside that of the new one, is left blank.
    """
    folded = text.translate(_FOLD)
    return _OLD_STYLE.sub(lambda old: " " * len(old[0]), folded) if "o" in folded else folded


def tokenize(text: str) -> list[Token]:
    """All words of the text, in order; blanks are not words.

    After a month or a day, `1990-12` is a year, a dash and the day that begins the other side ("June 1990-12
    July 1990").
    """
    tokens: list[Token] = []
    for token in _tokens(fold(text)):
        if token.kind is Kind.YEAR_MONTH and _continues(tokens):
            tokens += _split(token)
        else:
            tokens.append(token)
    return tokens


def _tokens(text: str) -> Iterator[Token]:
    """The words of a folded text."""
    after = 0
    for found in _LEXER.finditer(text):
        start, end = found.span()
        if start < after:  # inside a phrase that has been read
            continue
        kind, word = _KINDS[found.lastgroup or ""], found.group()
        if kind is Kind.OTHER and word in _KNOWN:
            kind, word, end = _lookup(text, word, start, end)
        value = _value(kind, word) if kind <= Kind.PORTION else 0
        yield Token(kind, word, start, end, value, start > 0 and text[start - 1] == " ")
        after = end


def _continues(tokens: list[Token]) -> bool:
    """Whether these words are a date that lacks its year: "June", "5 June", "June 5,"."""
    kinds = [token.kind for token in tokens[-2:]]
    return kinds[-1:] == [Kind.MONTH] or kinds in ([Kind.NUMBER, Kind.COMMA], [Kind.ORDINAL, Kind.COMMA])


def _split(token: Token) -> tuple[Token, Token, Token]:
    """`1990-12` as three words."""
    _, text, start, end, _, blank = token
    return (
        Token(Kind.YEAR, text[:4], start, start + 4, int(text[:4]), blank),
        Token(Kind.DASH, text[4], start + 4, start + 5, 0, False),
        Token(Kind.NUMBER, text[5:], start + 5, end, int(text[5:]), False),
    )


def _lookup(text: str, word: str, start: int, end: int) -> tuple[Kind, str, int]:
    """What a word is, and where it ends: it may be the first of a phrase, or abbreviated with a full stop."""
    phrases = _PHRASES.get(word)
    found = phrases.match(text, start) if phrases else None
    if found:
        word, end = " ".join(found.group().split()), found.end()
    elif text[end : end + 1] == "." and _ABBREVIATED.fullmatch(word):
        end += 1
    return _WORDS.get(word, Kind.OTHER), word, end


def _value(kind: Kind, word: str) -> int:
    """The number that a word stands for; 0 where it stands for none, or for several."""
    if kind in (Kind.YEAR, Kind.SMALL, Kind.NUMBER):
        return int(word[:4].rstrip())
    if kind in (Kind.ORDINAL, Kind.CENTURY_DIGITS):
        return int(word[:2].rstrip("stndrheº"))
    if kind is Kind.DECADE:
        return int(word[:3]) * 10
    if kind in (Kind.MONTH, Kind.SEASON, Kind.PORTION):
        return _VALUES[word]
    return 0
