"""The grammar of a whole date expression: ranges, open ends, single dates, and what each of them says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from fasti.documents.dates import calendar_dates as calendar
from fasti.documents.dates.grammar import Grammar
from fasti.documents.dates.model import Interval, Moment, Status, at, between, during
from fasti.documents.dates.phrases import Phrase, Written
from fasti.documents.dates.tokens import Kind, Token

_NEXT_CENTURY = 50
"""A range such as "1998–02" may run into the next century, but not for longer than this many years."""
_SEPARATORS = {Kind.DASH, Kind.TO, Kind.UNTIL, Kind.SLASH, Kind.TILDE}
_STOPS = {Kind.CLOSE, Kind.COMMA, Kind.SEMICOLON, Kind.DOT, Kind.LINE, None}


@dataclass(frozen=True, slots=True)
class Expression:
    """A date expression and its readings; without any, it is written like a date that cannot be.

    `tenure`, `event` and `prose` are for `parse`, `parse_point` and `find`; `bare` marks one that begins with
    a year and no word that would say that these digits are one.
    """

    start: int
    end: int
    tenure: Interval | None = None
    event: Interval | None = None
    prose: Interval | None = None
    bare: bool = False


class Expressions(Grammar):
    """All date expressions that begin at a position."""

    def at(self, start: int) -> Iterator[Expression]:
        """`range | open range | phrase`."""
        yield from self._range(start)
        yield from self._one_sided(start)
        yield from self._dash_open(start)
        yield from self._single(start)

    def _range(self, start: int) -> Iterator[Expression]:
        """`[PERHAPS] [FROM | SINCE | BETWEEN] (phrase | UNKNOWN) separator right`."""
        lead = self.skip(start, Kind.PERHAPS)
        lead = self.skip(lead, Kind.FROM, Kind.SINCE, Kind.BETWEEN)
        among = self.kind(lead - 1) is Kind.BETWEEN if lead > start else False
        whole = self._slashed(lead)
        if whole:
            yield self._ranged(start, lead, *whole, among)
            return
        left = self.phrase(lead)
        if left is None and not self._unknown(lead):
            return
        after = self._separator(left.end if left else lead + 1, among)
        if after is None:
            return
        for right in self._right(left, after):
            yield from self._joined_sides(start, lead, left, right, among)

    def _slashed(self, start: int) -> tuple[Phrase, Phrase] | None:
        """`1990/1995`: a range, as EDTF writes it, unless the years are next to each other."""
        if self.kind(start) is not Kind.YEAR_PAIR or self._year_pair(start):
            return None
        first, last = self._numbers(start)
        if last < 100:
            return None
        nothing: frozenset[Kind] = frozenset()
        return Phrase(nothing, Written(first), None, start), Phrase(nothing, Written(last), None, start + 1)

    def _unknown(self, start: int) -> bool:
        """Whether a begin is said to be unknown; in running prose only where nothing stands before it."""
        if self.kind(start) is not Kind.UNKNOWN:
            return False
        before = self.kind(start - 1) if start else None
        return not self.strict or before in (Kind.OPEN, Kind.COMMA, Kind.SEMICOLON, Kind.LINE, None)

    def _separator(self, start: int, among: bool) -> int | None:
        """`(DASH [TO] | TO | UNTIL | "/" | "~") [DIED]`, and AND after BETWEEN."""
        kind = self.kind(start)
        if kind is Kind.DASH:
            return self.skip(self.skip(start + 1, Kind.TO, Kind.UNTIL), Kind.DIED)
        return self.skip(start + 1, Kind.DIED) if kind in _SEPARATORS or (among and kind is Kind.AND) else None

    def _right(self, left: Phrase | None, start: int) -> Iterator[Phrase | tuple[Status, int]]:
        """`phrase | year's end | ONGOING | UNKNOWN`, the first that can be read."""
        found = self.phrase(start)
        if found and (found.complete or (left and self._completed(found, left, start))):
            yield found
        elif left and (short := self._short_year(left, start)):
            yield short
        elif self.kind(start) is Kind.ONGOING and self._closed(start):
            yield Status.ONGOING, start + 1
        elif self.kind(start) is Kind.UNKNOWN and (self._questioned(start) or self._closed(start)):
            yield Status.UNKNOWN, start + 1

    def _completed(self, right: Phrase, left: Phrase, start: int) -> bool:
        """Whether the left side makes the right one a date; "may" or "march" alone is more often a verb."""
        verb = right.end == start + 1 and self.tokens[start].text in ("may", "march")
        return right.borrow(left).complete and not verb

    def _closed(self, start: int) -> bool:
        """Whether a word such as "date" or "now" ends the expression; in running prose it often goes on."""
        if not self.strict or self.kind(start + 1) in _STOPS:
            return True
        led = self.kind(start - 1) in (Kind.TO, Kind.UNTIL)
        return led and self.tokens[start].text not in ("date", "present", "current")

    def _short_year(self, left: Phrase, start: int) -> Phrase | None:
        """`1990–95`, `1998–02`, `2001–5`.

        A hyphen alone is read so only within the century ("1990-13" and "1990-5" may mean something else),
        and so is a single digit.
        """
        token = self.tokens[start] if self.kind(start) is Kind.NUMBER else None
        dash = self.tokens[start - 1]
        begun = left.date.year
        if token is None or dash.kind is not Kind.DASH or begun is None or left.date.day:
            return None
        loose = token.blank or dash.blank
        year = _lengthened(begun, token, roll=loose or dash.text != "-")
        if year is None or (self.strict and loose):
            return None
        doubted = {Kind.UNKNOWN} if self._questioned(start + 1) else set()
        return Phrase(frozenset(doubted), Written(year), None, start + 1 + len(doubted))

    def _joined_sides(
        self, start: int, lead: int, left: Phrase | None, right: Phrase | tuple[Status, int], among: bool
    ) -> Iterator[Expression]:
        """The range of two sides, if each of them has its year, or takes it from the other."""
        if isinstance(right, tuple):
            status, end = right
            if left and left.complete:
                moment = self._doubting(start, left).resolve(at_least=calendar.no_later)
                yield _spanned(start, end, moment, status, self._bare(start, left))
            return
        if left is None:
            moment = right.resolve(at_least=calendar.no_earlier)
            if right.complete:
                yield _spanned(start, right.end, Status.UNKNOWN, moment, False)
            return
        if left.date.day and not left.date.month and not right.date.day:  # "3 – May 1990"
            return
        right = right.borrow(left)
        left = left.borrow(right)
        if left.complete and right.complete:
            yield self._ranged(start, lead, left, right, among)

    def _ranged(self, start: int, lead: int, left: Phrase, right: Phrase, among: bool) -> Expression:
        """A range with two dates; an event "between" them is one moment in it."""
        doubt = Kind.PERHAPS in left.said or self.kind(start) is Kind.PERHAPS
        left, right = (left.doubted(), right.doubted()) if doubt else (left, right)
        begin = left.resolve(at_least=calendar.no_later)
        end = right.resolve(at_least=calendar.no_earlier)
        bare = lead == start and self._bare(start, left)
        if begin is None or end is None or Kind.AS_OF in left.said | right.said:
            return Expression(start, right.end)
        whole = between(begin, end)
        event = whole if whole and whole.edtf else None
        if among:
            point = calendar.within(begin, end) if whole else None
            event = at(point) if point else None
        return Expression(start, right.end, whole, event, whole, bare)

    def _doubting(self, start: int, phrase: Phrase) -> Phrase:
        """The phrase, with the "probably" that stands before the whole expression, if one does."""
        return phrase.doubted() if self.kind(start) is Kind.PERHAPS else phrase

    def _bare(self, start: int, phrase: Phrase) -> bool:
        """Whether an expression begins with a year as such: digits that could count anything."""
        return self.kind(start) is Kind.YEAR and "年" not in self.tokens[start].text and not phrase.said

    def _one_sided(self, start: int) -> Iterator[Expression]:
        """`[PERHAPS] (SINCE | FROM | UNTIL | TO) phrase [ONWARD] | phrase ONWARD`."""
        lead = self.skip(start, Kind.PERHAPS)
        kind = self.kind(lead)
        led = kind in (Kind.SINCE, Kind.FROM, Kind.UNTIL) or (kind is Kind.TO and not self.strict)
        found = self.phrase(self.skip(lead + 1, Kind.DIED) if led else start)
        if found is None or not found.complete:
            return
        found = self._doubting(start, found)
        onward = self.skip(found.end, Kind.ONWARD)
        if onward == found.end and self._is(found.end, "on") and found.end + 1 == len(self.tokens):
            onward += 1
        if kind in (Kind.UNTIL, Kind.TO) and led:
            moment = found.resolve(at_least=calendar.no_earlier)
            yield _spanned(start, found.end, Status.NOT_STATED, moment, False)
        elif led or onward > found.end:
            end = Status.ONGOING if kind is Kind.SINCE else Status.NOT_STATED
            yield _spanned(start, onward, found.resolve(at_least=calendar.no_later), end, False)

    def _dash_open(self, start: int) -> Iterator[Expression]:
        """`phrase (DASH | "/") | [".."] (DASH | "/") phrase`, with nothing on the other side."""
        found = self.phrase(start)
        if found and found.complete and self._opens(found.end, found, start):
            status = Status.ONGOING if self.kind(found.end) is Kind.DASH else Status.UNKNOWN
            moment = found.resolve(at_least=calendar.no_later)
            yield _spanned(start, found.end + 1, moment, status, False)
        skipped = self.skip(start, Kind.ONGOING) if not self.strict else start
        if self.kind(skipped) not in (Kind.DASH, Kind.SLASH) or not self._starts(skipped):
            return
        found = self.phrase(skipped + 1)
        if found and found.complete:
            begin = Status.UNKNOWN if self.tokens[start].kind is Kind.SLASH else Status.NOT_STATED
            yield _spanned(start, found.end, begin, found.resolve(at_least=calendar.no_earlier), False)

    def _opens(self, dash: int, phrase: Phrase, start: int) -> bool:
        """Whether a dash ends the expression; in running prose, only where punctuation sets it apart."""
        if not self.strict:
            return self.kind(dash) in (Kind.DASH, Kind.SLASH)
        apart = self.kind(start - 1) in (_STOPS | {Kind.OPEN}) if start else True
        return self.kind(dash) is Kind.DASH and self.kind(dash + 1) in _STOPS - {Kind.DOT} and apart

    def _starts(self, dash: int) -> bool:
        """Whether a dash begins the expression; in running prose, only straight after a bracket."""
        if not self.strict:
            return True
        tight = dash + 1 < len(self.tokens) and not self.tokens[dash + 1].blank
        return self.kind(dash) is Kind.DASH and tight and dash > 0 and self.kind(dash - 1) is Kind.OPEN

    def _single(self, start: int) -> Iterator[Expression]:
        """`phrase`."""
        found = self.phrase(start)
        if found is None or not found.complete:
            return
        moment = found.resolve()
        if moment is None:
            yield Expression(start, found.end)
            return
        tenure = None if found.date.small and not found.said else _held(found, moment)
        prose = tenure if Kind.AS_OF in found.said else at(moment)
        yield Expression(start, found.end, tenure, at(moment), prose, self._bare(start, found))


def _spanned(
    start: int, end: int, begin: Moment | Status | None, finish: Moment | Status | None, bare: bool
) -> Expression:
    """The expression of a range with one open side."""
    if begin is None or finish is None:
        return Expression(start, end)
    whole = between(begin, finish)
    return Expression(start, end, whole, None, whole, bare)


def _held(phrase: Phrase, moment: Moment) -> Interval | None:
    """What a single date says of a tenure: that it was so then, or by "by", that it had begun."""
    if phrase.said & {Kind.BY, Kind.NOT_BEFORE}:
        return between(moment, Status.NOT_STATED)
    if phrase.date.shaky and moment.instant and moment.instant.precision == "month":
        year = replace(phrase, date=Written(phrase.date.year)).resolve()
        return during(year) if year else None
    return during(moment)


def _lengthened(begun: int, token: Token, *, roll: bool) -> int | None:
    """The year that one or two digits mean after the year `begun`."""
    size = 100 if len(token.text) == 2 else 10
    year = begun - begun % size + token.value
    if year >= begun and (size == 100 or (roll and year > begun)):
        return year
    year += size
    return year if roll and size == 100 and year - begun < _NEXT_CENTURY else None
