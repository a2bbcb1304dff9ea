"""Uncertain time in the words that a person would use: "from 1957, end unknown"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from fasti.store import Term

_MONTHS = ("", "January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_DATE = re.compile(r"(-?\d{4,})(?:-(\d\d)(?:-(\d\d))?)?")
# EDTF (ISO 8601-2) in words, for the forms that the reader of documents makes.
_FORMS = (
    (re.compile(r"\[\.\.(.+)\]"), "by {}"),
    (re.compile(r"\[(.+)\.\.\]"), "in or after {}"),
    (re.compile(r"(.+)\?"), "probably {}"),
    (re.compile(r"(.+)~"), "about {}"),
    (re.compile(r"(.+)%"), "perhaps about {}"),
)


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
    for pattern, words in _FORMS:
        if match := pattern.fullmatch(text):
            return words.format(date_words(match[1]))
    if re.fullmatch(r"\d{3}X", text):
        return f"the {text[:3]}0s"
    if re.fullmatch(r"\d{2}XX", text):
        return f"the {text[:2]}00s"
    match = _DATE.fullmatch(text)
    return _plain(*match.groups()) if match else text


def span(row: Mapping[str, Term]) -> Span:
    """The words for a solution of `queries/interval.rq`."""
    value = {name: term.value for name, term in row.items()}
    begin_status, end_status = (value.get(f"{part}Status", "").rpartition("#")[2] for part in ("begin", "end"))
    begin = value.get("beginEdtf") or value.get("begin")
    end = value.get("endEdtf") or value.get("end")
    notation = value.get("edtf") or value.get("attested") or ""
    goes_on = end_status == "ongoing"
    key = next(
        (value[name] for name in ("earliestBegin", "begin", "latestBegin", "end", "latestEnd") if name in value),
        "",
    )
    if "attested" in value and not begin and not end:
        words = f"at some time in {date_words(value['attested'])}"
    elif not begin and not end and notation and "/" not in notation:
        words = date_words(notation)
    else:
        words = _between(begin, end, begin_status, end_status)
    return Span(words, notation, goes_on, key or (notation if notation[:1].isdigit() else ""))


def _between(begin: str | None, end: str | None, begin_status: str, end_status: str) -> str:
    first, last = begin and date_words(begin), end and date_words(end)
    if first and last:
        return first if first == last else f"{first} to {last}"
    if first:
        return _since(first) if end_status == "ongoing" else f"{_from(first)}, end {_missing(end_status)}"
    if last:
        return f"until {last}, beginning {_missing(begin_status)}"
    if end_status == "ongoing":
        return f"in place, beginning {_missing(begin_status)}"
    same = begin_status == end_status
    return (
        f"dates {_missing(end_status)}" if same else f"beginning {_missing(begin_status)}, end {_missing(end_status)}"
    )


def _since(first: str) -> str:
    return f"since {first.removeprefix('by ')} or earlier" if first.startswith("by ") else f"since {first}"


def _from(first: str) -> str:
    return first if first.startswith(("by ", "in ")) else f"from {first}"


def _missing(status: str) -> str:
    return "unknown" if status in ("unknown", "uncertain") else "not stated"


def _plain(year: str, month: str | None, day: str | None) -> str:
    if month in _SEASONS:
        return f"{_SEASONS[month]} {year}"
    parts = [str(int(day)) if day else "", _MONTHS[int(month)] if month and int(month) <= 12 else "", year]
    return " ".join(part for part in parts if part)
