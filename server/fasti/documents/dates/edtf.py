"""The syntax of EDTF (ISO 8601-2, Library of Congress levels 0 to 2), as one regular expression."""

from __future__ import annotations

import calendar
import re

# No look-around and no named or non-capturing groups, so that SHACL's sh:pattern can hold it too.
_MARK = "[?~%]?"
_YEAR = "-?[0-9X]{4}(S[0-9]+)?"
_LONG_YEAR = "Y-?([0-9]{5,}|[0-9]+E[0-9]+)(S[0-9]+)?"
_SUB_YEAR = "(2[1-9]|3[0-9]|4[01])"  # seasons, quarters, quadrimesters, semesters
_MONTH_DAY = (
    f"(0[13578]|1[02]|0X|1X|X[0-9X])({_MARK}-{_MARK}([0-2X][0-9X]|3[01X]))?"
    f"|(0[469]|11)({_MARK}-{_MARK}([0-2X][0-9X]|3[0X]))?"
    f"|02({_MARK}-{_MARK}([0-2X][0-9X]))?"
)
_DATE = f"({_MARK}{_YEAR}{_MARK}(-{_MARK}({_MONTH_DAY}|{_SUB_YEAR}){_MARK})?|{_LONG_YEAR}{_MARK})"
_TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+\-][0-9]{2}(:[0-9]{2})?)?"
_INTERVAL = rf"({_DATE}/({_DATE}|\.\.)?|(\.\.)?/{_DATE})"
_MEMBER = rf"{_DATE}(\.\.{_DATE})?"
_LIST = rf"(\.\.{_DATE}|{_MEMBER})(,{_MEMBER})*(\.\.)?"

PATTERN = rf"^({_DATE}|{_INTERVAL}|\[{_LIST}\]|\{{{_LIST}\}}|{_TIME})$"
"""The syntax for `sh:pattern`; it cannot tell leap years."""

_SYNTAX = re.compile(PATTERN)
_FULL_DATE = re.compile(r"([0-9]{4})[?~%]?-[?~%]?([0-9]{2})[?~%]?-[?~%]?([0-9]{2})")


def wellformed(edtf: str) -> bool:
    """Whether the text is EDTF of level 0, 1 or 2, and every full date in it stands in the calendar.

    An interval needs a date on one side at least: the specification has no example of one with none.
    """
    return (
        _SYNTAX.fullmatch(edtf) is not None
        and not edtf.endswith("\n")
        and all(_in_calendar(*map(int, found.groups())) for found in _FULL_DATE.finditer(edtf))
    )


def _in_calendar(year: int, month: int, day: int) -> bool:
    """Whether that day exists in the proleptic Gregorian calendar, which has a year 0."""
    days = 29 if month == 2 and calendar.isleap(year) else (28 if month == 2 else 31)
    return 1 <= month <= 12 and 1 <= day <= days
