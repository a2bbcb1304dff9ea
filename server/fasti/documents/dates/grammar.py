"""The grammar of one date: its written forms, and what may stand around them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from fasti.documents.dates import calendar_dates as calendar
from fasti.documents.dates.model import Moment
from fasti.documents.dates.phrases import BOUNDS, Phrase, Written
from fasti.documents.dates.tokens import Kind, Token

_DAYS = {Kind.NUMBER, Kind.ORDINAL}
_PREFIXES = BOUNDS | {
    Kind.AS_OF, Kind.IN, Kind.THE, Kind.EITHER, Kind.ABOUT, Kind.PERHAPS, Kind.TILDE, Kind.UNKNOWN,
}  # fmt: skip
_LONGEST_PREFIX = 6  # as in "probably in or about the early"; without a limit, "in in in …" takes for ever
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_WINTER = 24
_FIRST = 1000  # a year of four digits is no earlier one
_JOINTS = {Kind.TO, Kind.DASH, Kind.AND, Kind.OR}


class Grammar:
    """Reads dates out of tokens; every method takes a position and gives what stands there and where it ends.

    `strict` is for running prose, where a spelling that is fine alone ("5/1990") more often means something
    else.
    """

    def __init__(self, tokens: Sequence[Token], *, strict: bool) -> None:
        self.tokens = tokens
        self.strict = strict

    def kind(self, at: int) -> Kind | None:
        """What stands there; None past the last word."""
        return self.tokens[at].kind if at < len(self.tokens) else None

    def skip(self, at: int, *kinds: Kind) -> int:
        """The position after one word of these kinds, if there is one."""
        return at + 1 if self.kind(at) in kinds else at

    def phrase(self, at: int) -> Phrase | None:
        """`(IN | THE | EITHER | ABOUT | PERHAPS | "?" | bound | part)* written ["?" | "~"] [OR written]`."""
        said: set[Kind] = set()
        for _ in range(_LONGEST_PREFIX):
            if (kind := self.kind(at)) is Kind.PART and not self._idle(at):
                at = self._part(at)
            elif kind in _PREFIXES and (kind is not Kind.UNKNOWN or self._questions(at)):
                said.add(kind)
                at += 1
            else:
                break
        found = self.written(at)
        if found is None:
            return None
        date, at = found
        alternative, at = self._alternative(date, at)
        if alternative and not date.complete:
            date = date.borrow(alternative)
        if self._questioned(at):
            said.add(Kind.UNKNOWN)
            at += 1
        elif self.kind(at) is Kind.TILDE and self.written(at + 1) is None:
            said.add(Kind.TILDE)
            at += 1
        return Phrase(frozenset(said), date, alternative, at)

    def _idle(self, at: int) -> bool:
        """Whether a word such as "start" may be a verb: in running prose it needs its "of"."""
        sure = self.tokens[at].text in ("early", "mid", "late") or self._is(at + 1, "of")
        return self.strict and not sure

    def _questions(self, at: int) -> bool:
        """Whether a question mark belongs to the date after it, "?1960", and not to a sentence before it."""
        if not self._questioned(at) or at + 1 >= len(self.tokens):
            return False
        apart = at == 0 or self.tokens[at].blank or self.kind(at - 1) is Kind.OPEN
        return not self.strict or (apart and not self.tokens[at + 1].blank)

    def _questioned(self, at: int) -> bool:
        """Whether a question mark stands there, and not the word "unknown"."""
        return self.kind(at) is Kind.UNKNOWN and "?" in self.tokens[at].text

    def _part(self, at: int) -> int:
        """`PART ["-"] [(TO | "-" | AND | OR) ["-"] PART ["-"]] [OF | IN] [THE]`: "mid to late"."""
        at = self.skip(at + 1, Kind.DASH)
        joint = self.skip(self.skip(at, *_JOINTS), Kind.DASH)
        if self.kind(joint) is Kind.PART:
            at = self.skip(joint + 1, Kind.DASH)
        at = at + 1 if self._is(at, "in") else self.skip(at, Kind.OF)
        return self.skip(at, Kind.THE)

    def _is(self, at: int, word: str) -> bool:
        """Whether that very word stands there."""
        return at < len(self.tokens) and self.tokens[at].text == word

    def _alternative(self, date: Written, at: int) -> tuple[Written | None, int]:
        """`[OR written]`: "1990 or 1991", "May or June 1990"."""
        found = self.written(at + 1) if self.kind(at) is Kind.OR else None
        if found is None:
            return None, at
        other, end = found
        return (other, end) if date.borrow(other).complete and other.complete else (None, at)

    def written(self, at: int) -> tuple[Written, int] | None:
        """One written date, then `[AD]`; with BC it is a date that the calendar here does not have."""
        form = _FORMS.get(self.tokens[at].kind) if at < len(self.tokens) else None
        found = form(self, at) if form else None
        if found is None:
            return None
        date, end = found
        if self.kind(end) is Kind.BC:
            return Written(settled=True), end + 1
        return date, self.skip(end, Kind.AD)

    def _numbers(self, at: int) -> list[int]:
        """The numbers of a token such as `1980-12-30`."""
        text = self.tokens[at].text
        return [int(part) for part in "".join(char if char.isdigit() else " " for char in text).split()]

    def _year_first(self, at: int) -> tuple[Written, int] | None:
        """`1980-12-30`, `1980/12/30`."""
        year, month, day = self._numbers(at)
        return Written(year, month, day), at + 1

    def _year_last(self, at: int) -> tuple[Written, int] | None:
        """`30.12.1980`, `12/30/1980`; `03/04/1990` is one of two days."""
        return _outright(calendar.numeric(*self._numbers(at))), at + 1

    def _roman(self, at: int) -> tuple[Written, int] | None:
        """`30.XII.1980`, `30 XII 1980`."""
        text = self.tokens[at].text
        day, month, year = text.replace(".", " ").split()
        if self.strict and month == "x" and "." not in text:  # a sign of multiplication, more often
            return None
        return Written(int(year), _ROMAN.index(month) + 1, int(day)), at + 1

    def _year_month(self, at: int) -> tuple[Written, int] | None:
        """`1980-12`, `1980.12`."""
        year, month = self._numbers(at)
        return Written(year, month, shaky="-" in self.tokens[at].text and month > year % 100), at + 1

    def _year_pair(self, at: int) -> tuple[Written, int] | None:
        """`1980/81`, `1980/1981`: one of the two years. `1980/12` is a month, `2001/02` and `2001/2` either: no date."""
        first, second = self._numbers(at)
        short = len(self.tokens[at].text) <= len("1980/81")
        if len(self.tokens[at].text) == len("1980/5") and second == (first + 1) % 10:
            return _outright(None), at + 1
        if second == (first + 1) % (100 if short else 10_000):
            one, other = calendar.moment_of(first), calendar.moment_of(first + 1)
            clear = not (short and 1 <= second <= 12)
            return _outright(calendar.either(one, other) if one and other and clear else None), at + 1
        return (Written(first, second), at + 1) if short and not self.strict else None

    def _decade(self, at: int) -> tuple[Written, int] | None:
        """`1980s`, `198X`, `19XX`."""
        token = self.tokens[at]
        found = calendar.decade if token.kind is Kind.DECADE else _century_of_digits
        return _outright(found(token.value)), at + 1

    def _year(self, at: int) -> tuple[Written, int] | None:
        """`YEAR [MONTH [day] | SEASON | PORTION]`; in running prose the year alone."""
        year, after = self.tokens[at].value, self.kind(at + 1)
        if year < _FIRST:
            return Written(settled=True), at + 1
        if self.strict:
            return Written(year), at + 1
        if after in (Kind.SEASON, Kind.PORTION):
            return self._seasonal(self.tokens[at + 1], year), at + 2
        end = self.skip(at + 2, *_DAYS)
        if after is not Kind.MONTH or self.kind(end) is Kind.YEAR:
            return Written(year), at + 1
        day = self.tokens[at + 2].value if end > at + 2 else None
        return Written(year, self.tokens[at + 1].value, day), end

    def _day_first(self, at: int) -> tuple[Written, int] | None:
        """`day [OF | "-" | "."] MONTH [[","] [OF] YEAR] | dual | day CENTURY | month "/" YEAR | day [[","] YEAR]`."""
        day, ordinal = self.tokens[at].value, self.kind(at) is Kind.ORDINAL
        if found := self._dual(at, day):
            return found
        after = self.skip(at + 1, Kind.OF, Kind.DASH, *(() if self.strict else (Kind.DOT,)))
        if self.kind(after) is Kind.MONTH and (self.kind(after - 1) is not Kind.DASH or self._joined(after)):
            year = self._year_after(after + 1)
            return Written(year[0], self.tokens[after].value, day), year[1]
        short = self.kind(after) is Kind.ABOUT and self.tokens[after].text in ("c", "c.")  # "1st c. AD"
        if ordinal and (
            self.kind(after) is Kind.CENTURY or (short and self.kind(after + 1) in (Kind.AD, Kind.BC, None))
        ):
            return _outright(calendar.century(day)), after + 1
        if self.kind(at + 1) is Kind.SLASH and self.kind(at + 2) is Kind.YEAR and not self.strict:
            return Written(self.tokens[at + 2].value, day), at + 3
        comma = self.skip(at + 1, Kind.COMMA)
        if self.kind(comma) is Kind.YEAR:
            return Written(self.tokens[comma].value, None, day), comma + 1
        return Written(day=day), at + 1

    def _dual(self, at: int, day: int) -> tuple[Written, int] | None:
        """`day ("/" day | "(" day ")") MONTH YEAR | day MONTH "/" day MONTH YEAR`: a day in two calendars."""
        after = at + 1
        month = self.tokens[after].value if self.kind(after) is Kind.MONTH else None
        after += month is not None
        bracket = self.kind(after) is Kind.OPEN
        if not (bracket and month is None) and self.kind(after) is not Kind.SLASH:
            return None
        if self.kind(after + 1) is not Kind.NUMBER:
            return None
        other, after = self.tokens[after + 1].value, after + 2 + bracket
        if self.kind(after) is not Kind.MONTH or (bracket and self.kind(after - 1) is not Kind.CLOSE):
            return None
        last = self.tokens[after].value
        year, end = self._year_after(after + 1)
        moment = calendar.dual(year, (month or last, day), (last, other)) if year else None
        return (_outright(moment), end) if moment else None

    def _month_first(self, at: int) -> tuple[Written, int] | None:
        """`MONTH [day] [[","] [OF] YEAR] | MONTH "/" MONTH YEAR`."""
        month, day, after = self.tokens[at].value, None, at + 1
        if self.kind(after) is Kind.SLASH and self.kind(after + 1) is Kind.MONTH and self.kind(after + 2) is Kind.YEAR:
            first, last = (calendar.moment_of(self.tokens[at + 3].value, self.tokens[n].value) for n in (at, at + 2))
            return _outright(calendar.either(first, last) if first and last else None), at + 4
        if self.kind(after) in _DAYS:
            day, after = self.tokens[after].value, after + 1
        year, end = self._year_after(after)
        return Written(year, month, day), end

    def _year_after(self, at: int) -> tuple[int | None, int]:
        """`[[","] [OF] YEAR | "-" YEAR]`."""
        after = self.skip(self.skip(at, Kind.COMMA), Kind.OF)
        if self.kind(at) is Kind.DASH and self._joined(at + 1):
            after = at + 1
        return (self.tokens[after].value, after + 1) if self.kind(after) is Kind.YEAR else (None, at)

    def _joined(self, at: int) -> bool:
        """Whether a hyphen without blanks joins this word to the one before: "5-May-1990"."""
        if at >= len(self.tokens):
            return False
        return self.tokens[at - 1].text == "-" and not (self.tokens[at - 1].blank or self.tokens[at].blank)

    def _season(self, at: int) -> tuple[Written, int] | None:
        """`(SEASON | PORTION) [","] [OF] [THE] YEAR`."""
        after = self.skip(self.skip(self.skip(at + 1, Kind.COMMA), Kind.OF), Kind.THE)
        if self.kind(after) is Kind.YEAR_PAIR and self.tokens[at].value == _WINTER:
            first, second = self._numbers(after)
            return (_outright(calendar.winter(first)), after + 1) if second % 100 == (first + 1) % 100 else None
        if self.kind(after) is not Kind.YEAR:
            return None
        return self._seasonal(self.tokens[at], self.tokens[after].value), after + 1

    def _seasonal(self, token: Token, year: int) -> Written:
        """A season, quarter or half of that year."""
        found = calendar.season if token.kind is Kind.SEASON else calendar.part_of_year
        return _outright(found(year, token.value))

    def _weekday(self, at: int) -> tuple[Written, int] | None:
        """`WEEKDAY [","] written`, the written date one with a day."""
        after = self.skip(self.skip(at + 1, Kind.COMMA), Kind.THE)
        found = self.written(after) if self.kind(after) in _DAYS | {Kind.MONTH} else None
        return found if found and found[0].day else None

    def _era(self, at: int) -> tuple[Written, int] | None:
        """`AD (YEAR | SMALL | NUMBER)`."""
        years = {Kind.YEAR, Kind.SMALL, Kind.NUMBER}
        return (Written(self.tokens[at + 1].value), at + 2) if self.kind(at + 1) in years else None

    def _small(self, at: int) -> tuple[Written, int] | None:
        """`SMALL`: a year before 1000; in running prose more often a number, unless an `AD` follows."""
        said = self.kind(at + 1) in (Kind.AD, Kind.BC)
        return None if self.strict and not said else (Written(self.tokens[at].value, small=not said), at + 1)


def _outright(moment: Moment | None) -> Written:
    """A date that needs nothing from the other side."""
    return Written(moment=moment, settled=True)


def _century_of_digits(digits: int) -> Moment | None:
    """`19XX`: 1900 to 1999."""
    return calendar.decade(digits * 100)


# The written forms, by the kind of the word that they begin with.
_FORMS: Mapping[Kind, Callable[[Grammar, int], tuple[Written, int] | None]] = MappingProxyType({
    Kind.YMD: Grammar._year_first, Kind.DMY: Grammar._year_last, Kind.YEAR_MONTH: Grammar._year_month,
    Kind.ROMAN: Grammar._roman, Kind.YEAR_PAIR: Grammar._year_pair, Kind.DECADE: Grammar._decade, Kind.CENTURY_DIGITS: Grammar._decade,
    Kind.YEAR: Grammar._year, Kind.NUMBER: Grammar._day_first, Kind.ORDINAL: Grammar._day_first,
    Kind.MONTH: Grammar._month_first, Kind.SEASON: Grammar._season, Kind.PORTION: Grammar._season,
    Kind.WEEKDAY: Grammar._weekday, Kind.AD: Grammar._era, Kind.SMALL: Grammar._small,
})  # fmt: skip
