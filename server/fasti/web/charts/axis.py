"""From days to pixels, and the ticks of an axis for ten years as for three centuries."""

from __future__ import annotations

import math
from dataclasses import dataclass

from fasti.web.dates import date_words
from fasti.web.moments import Day

_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_YEAR_ROOM, _MONTH_ROOM = 52.0, 104.0  # pixels that a label of a year, of a month wants
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def years(day: Day, *, ended: bool = False) -> float:
    """A day as a number of years: its begin, or its end when it is the last day of something."""
    year, month, number = day
    length = _LENGTHS[month - 1] + (month == 2 and number == 29)
    return year + (month - 1 + (number - 1 + ended) / length) / 12


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the axis; a minor one has no label."""

    x: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """The years from `first` to `last` between the pixels `left` and `right`."""

    first: float
    last: float
    left: float
    right: float

    @property
    def scale(self) -> float:
        """Pixels per year."""
        return (self.right - self.left) / (self.last - self.first)

    def x(self, year: float) -> float:
        """Where a time is, also outside of the axis."""
        return self.left + (year - self.first) * self.scale

    def ticks(self) -> list[Tick]:
        """Lines at round years, of which as many have a label as there is room for; months for a few years."""
        if self.scale >= _MONTH_ROOM * 2:
            return self._months()
        step = next((step for step in _STEPS if step * self.scale >= _YEAR_ROOM), _STEPS[-1])
        minor = max(
            (each for each in _STEPS if step % each == 0 and each < step and each * self.scale >= 15), default=step
        )
        found = range(math.ceil(self.first / minor) * minor, math.floor(self.last) + 1, minor)
        return [Tick(self.x(year), _label(year) if year % step == 0 else "") for year in found]

    def _months(self) -> list[Tick]:
        step = next((step for step in (1, 3, 6) if step / 12 * self.scale >= _MONTH_ROOM), 12)
        found = range(math.ceil(self.first * 12), math.floor(self.last * 12) + 1)
        return [Tick(self.x(n / 12), date_words(f"{n // 12:04d}-{n % 12 + 1:02d}") if n % step == 0 else "")
                for n in found if n % max(1, step // 3) == 0]  # fmt: skip


def _label(year: int) -> str:
    return date_words(f"{year:04d}") if 0 < year < 10000 else f"{year}"
