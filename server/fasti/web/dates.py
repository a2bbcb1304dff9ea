"""Uncertain time in the words that a person would use, in the language of the request: "from 1957, end unknown"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date, format_skeleton

from fasti.store import Term
from fasti.web.language import gettext, locale

_DATE = re.compile(r"(-?\d{4,})(?:-(\d\d)(?:-(\d\d))?)?")
_DECADE, _CENTURY = re.compile(r"(\d{3})X"), re.compile(r"(\d{2})XX")
_EITHER = re.compile(r"\[([^.,]+(?:,[^.,]+)+)\]")
_BY, _AFTER = re.compile(r"\[\.\.(.+)\]"), re.compile(r"\[(.+)\.\.\]")


@dataclass(frozen=True, slots=True)
class Span:
    """An interval for a page: its words, its notation, whether it goes on, and what it sorts by.

    `goes_on` is true only where a source says so: an unknown end is not a current one.
    """

    words: str
    notation: str
    goes_on: bool
    key: str


def date_words(text: str) -> str:
    """A date or an EDTF expression as a person would write it; what is not understood stays as it is.

    >>> date_words("1966-06-18"), date_words("198X"), date_words("[..1942]")
    ('18 June 1966', 'the 1980s', 'by 1942')
    """
    for pattern, words in _forms():
        if match := pattern.fullmatch(text):
            return words % {"date": date_words(match[1])}
    if match := _DECADE.fullmatch(text):
        return gettext("the %(decade)s0s") % {"decade": match[1]}
    if match := _CENTURY.fullmatch(text):
        return gettext("the %(number)s century") % {"number": _ordinal(int(match[1]) + 1)}
    if match := _EITHER.fullmatch(text):
        return gettext(" or ").join(map(date_words, match[1].split(",")))
    match = _DATE.fullmatch(text)
    return _plain(text, *match.groups()) if match else text


def span(row: Mapping[str, Term]) -> Span:
    """The words for an interval: its properties by the names of `intervals.PROPERTIES`."""
    value = {name: term.value for name, term in row.items()}
    begin_status, end_status = (value.get(f"{part}Status", "").rpartition("#")[2] for part in ("begin", "end"))
    notation = value.get("edtf") or value.get("attested") or ""
    begin, end = (_side(value, part, number) for number, part in enumerate(("begin", "end")))
    key = next(
        (value[name] for name in ("earliestBegin", "begin", "latestBegin", "end", "latestEnd") if name in value),
        "",
    )
    if "attested" in value and not begin and not end:
        words = _attested(value["attested"])
    elif notation and "/" not in notation:
        words = date_words(notation)
    else:
        words = _between(begin, end, begin_status, end_status)
    return Span(words, notation, end_status == "ongoing", key or (notation if notation[:1].isdigit() else ""))


def _attested(text: str) -> str:
    """When it was so, as far as anybody says."""
    if (match := _DATE.fullmatch(text)) and match[3]:
        return gettext("attested on %(date)s") % {"date": date_words(text)}
    hedged = any(pattern.fullmatch(text) for pattern, _ in _forms())
    said = gettext("at some time, %(date)s") if hedged else gettext("at some time in %(date)s")
    return said % {"date": date_words(text)}


def _side(value: Mapping[str, str], part: str, number: int) -> str | None:
    """The begin or the end in EDTF: it says of a date how sure it is, which an instant cannot."""
    whole = value.get("edtf", "")
    said = whole.split("/", 1)[number] if "/" in whole else ""
    return value.get(f"{part}Edtf") or (said if said != ".." else "") or value.get(part)


def _forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    """EDTF (ISO 8601-2) in words, for the forms that the reader of documents makes."""
    return (
        (_BY, gettext("by %(date)s")),
        (_AFTER, gettext("in or after %(date)s")),
        (re.compile(r"(.+)\?"), gettext("probably %(date)s")),
        (re.compile(r"(.+)~"), gettext("about %(date)s")),
        (re.compile(r"(.+)%"), gettext("perhaps about %(date)s")),
    )


def _between(begin: str | None, end: str | None, begin_status: str, end_status: str) -> str:
    if begin and end:
        first, last = _bounded(begin), _bounded(end)
        return date_words(begin) if begin == end else gettext("%(begin)s to %(end)s") % {"begin": first, "end": last}
    if begin:
        return _since(begin) if end_status == "ongoing" else _from(begin, end_status)
    if end:
        unknown, silent = gettext("until %(date)s, beginning unknown"), gettext("until %(date)s, beginning not stated")
        return (unknown if _is_unknown(begin_status) else silent) % {"date": _bounded(end)}
    if end_status == "ongoing":
        unknown, silent = gettext("in place, beginning unknown"), gettext("in place, beginning not stated")
        return unknown if _is_unknown(begin_status) else silent
    if begin_status == end_status:
        return gettext("dates unknown") if _is_unknown(end_status) else gettext("dates not stated")
    return gettext("dates unknown or not stated")


def _since(begin: str) -> str:
    if match := _BY.fullmatch(begin):
        return gettext("since %(date)s or earlier") % {"date": date_words(match[1])}
    return gettext("since %(date)s") % {"date": date_words(begin)}


def _from(begin: str, end_status: str) -> str:
    uncertain = _BY.fullmatch(begin) or _AFTER.fullmatch(begin)
    first = date_words(begin) if uncertain else gettext("from %(date)s") % {"date": date_words(begin)}
    unknown, silent = gettext("%(begin)s, end unknown"), gettext("%(begin)s, end not stated")
    return (unknown if _is_unknown(end_status) else silent) % {"begin": first}


def _bounded(side: str) -> str:
    """One end of a range, where "by 1950" would be read as the other end."""
    if match := _BY.fullmatch(side):
        return gettext("%(date)s or earlier") % {"date": date_words(match[1])}
    if match := _AFTER.fullmatch(side):
        return gettext("%(date)s or later") % {"date": date_words(match[1])}
    return date_words(side)


def _ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th … 11th … in English; other languages take the number."""
    if locale().language != "en":
        return str(number)
    ending = "th" if number // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _is_unknown(status: str) -> bool:
    return status in ("unknown", "uncertain")


def _plain(text: str, year: str, month: str | None, day: str | None) -> str:
    """A date as the request's language writes it; years outside the calendar of the machine stay as they are."""
    seasons = {"21": gettext("spring %(year)s"), "22": gettext("summer %(year)s"),
               "23": gettext("autumn %(year)s"), "24": gettext("winter %(year)s")}  # fmt: skip
    if month in seasons:
        return seasons[month] % {"year": int(year)}
    try:
        found = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return text
    if day:
        return format_date(found, "long", locale=locale())
    return format_skeleton("yMMMM" if month else "y", found, locale=locale())
