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
        return gettext("the %(century)s00s") % {"century": match[1]}
    match = _DATE.fullmatch(text)
    return _plain(text, *match.groups()) if match else text


def span(row: Mapping[str, Term]) -> Span:
    """The words for an interval: its properties by the names of `intervals.PROPERTIES`."""
    value = {name: term.value for name, term in row.items()}
    begin_status, end_status = (value.get(f"{part}Status", "").rpartition("#")[2] for part in ("begin", "end"))
    begin = value.get("beginEdtf") or value.get("begin")
    end = value.get("endEdtf") or value.get("end")
    notation = value.get("edtf") or value.get("attested") or ""
    if not begin and not end and "/" in notation:  # an interval without instants
        begin, end = (part if part not in ("", "..") else None for part in notation.split("/", 1))
    key = next(
        (value[name] for name in ("earliestBegin", "begin", "latestBegin", "end", "latestEnd") if name in value),
        "",
    )
    if "attested" in value and not begin and not end:
        words = gettext("at some time in %(date)s") % {"date": date_words(value["attested"])}
    elif not begin and not end and notation and "/" not in notation:
        words = date_words(notation)
    else:
        words = _between(begin, end, begin_status, end_status)
    return Span(words, notation, end_status == "ongoing", key or (notation if notation[:1].isdigit() else ""))


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
        first, last = _or_earlier(begin), date_words(end)
        return date_words(begin) if begin == end else gettext("%(begin)s to %(end)s") % {"begin": first, "end": last}
    if begin:
        return _since(begin) if end_status == "ongoing" else _from(begin, end_status)
    if end:
        unknown, silent = gettext("until %(date)s, beginning unknown"), gettext("until %(date)s, beginning not stated")
        return (unknown if _is_unknown(begin_status) else silent) % {"date": date_words(end)}
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


def _or_earlier(begin: str) -> str:
    if match := _BY.fullmatch(begin):
        return gettext("%(date)s or earlier") % {"date": date_words(match[1])}
    return date_words(begin)


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
