"""Draws a body and its units as a tree: from left to right where there is room, indented where there is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fasti.web.charts.legend import legend
from fasti.web.charts.names import Names
from fasti.web.charts.svg import BASE, SMALL, Canvas, Element, number, path
from fasti.web.charts.text import width, wrap
from fasti.web.charts.timeline import NARROW
from fasti.web.charts.units import Unit, flat
from fasti.web.language import gettext, ngettext
from fasti.web.language import number as counted
from fasti.web.moments import Certainty, Day, Moment

_GAP, _BETWEEN, _PAD, _LINE, _INDENT = 34.0, 8.0, 10.0, 16.0, 18.0
_COLUMN, _LAST = (190.0, 260.0), 460.0  # pixels of a column, least and most; most of the last one


@dataclass
class _Box:
    """A box of the drawing; `unit` is None for the line that counts what was left out."""

    unit: Unit | None
    lines: Sequence[tuple[str, str, str]]
    x: float
    width: float
    height: float
    parent: Unit | None = None
    y: float = 0
    below: list[_Box] = field(default_factory=list)


class OrganizationDrawing:
    """One tree on one canvas, which is made wide enough for it."""

    def __init__(self, canvas: Canvas, names: Names, tree: Unit, moment: Moment | None, today: Day) -> None:
        self.canvas, self.names, self.moment, self.today = canvas, names, moment, today
        self.used: dict[str, None] = {}
        self.levels = 1 + max(unit.level + (1 if unit.more and unit.units else 0) for unit in flat(tree))
        self.indented = canvas.width < NARROW
        self.margin = canvas.margin
        room = canvas.width - 2 * self.margin - _GAP * (self.levels - 1)
        self.column = min(max(room / self.levels, _COLUMN[0]), _COLUMN[1])
        self.last = min(max(room - self.column * (self.levels - 1), self.column), _LAST)
        if not self.indented:
            taken = (self.levels - 1) * (self.column + _GAP) + self.last
            canvas.width = max(canvas.width, 2 * self.margin + taken)
        self.top = self._box(tree)

    def draw(self, y: float) -> float:
        """Draw it below `y`; returns where it ends."""
        edges = self.canvas.add(self.canvas.root, "g", "edges")
        end = self._place_indented(self.top, y) if self.indented else self._place(self.top, y)
        self._draw(edges, self.top)
        return legend(self.canvas, end + 4, self.used if len(self.used) > 1 or self.moment else ())

    def _box(self, unit: Unit) -> _Box:
        x = self.margin + unit.level * (_INDENT if self.indented else self.column + _GAP)
        beside = self.column if unit.units else min(self.canvas.width - self.margin - x, _LAST)
        room = (self.canvas.width - self.margin - x) if self.indented else beside
        lines = self._lines(unit, room - 2 * _PAD)
        below = [self._box(each) for each in unit.units]
        if unit.more and unit.units:
            inner = x + (_INDENT if self.indented else self.column + _GAP)
            words = gettext("and %(number)s more") % {"number": counted(unit.more)}
            below.append(_Box(None, [(words, "go", "")], inner, width(words, BASE) + 2 * _PAD, _LINE + 10, unit))
        return _Box(unit, lines, x, room, len(lines) * _LINE + 2 * _PAD - 3, below=below)

    def _lines(self, unit: Unit, room: float) -> list[tuple[str, str, str]]:
        name, other = self.names.of(unit.iri), self.names.other(unit.iri)
        found = [(line, "name", name.lang) for line in wrap(name.text, BASE, room, 4 if unit.level else 8, bold=True)]
        if other is not None:
            found += [(line, "small soft", other.lang) for line in wrap(other.text, SMALL, room, 1)]
        told = [unit.relation] if unit.relation else []
        told += [unit.time.words] if unit.time is not None else []
        told += [gettext("possibly there")] if unit.certainty is Certainty.POSSIBLE else []
        told += [gettext("not there")] if unit.certainty is Certainty.EXCLUDED else []
        found += [(line, "small soft", "") for line in wrap(" · ".join(told), SMALL, room, 2)]
        if unit.more and not unit.units:
            words = ngettext("%(number)s unit", "%(number)s units", unit.more) % {"number": counted(unit.more)}
            found.append((f"{words} ›", "small go", ""))
        return found

    def _place(self, box: _Box, y: float) -> float:
        """Put a box beside the first one below it; returns where the whole branch ends."""
        box.y, end = y, y
        for each in box.below:
            end = self._place(each, end) + _BETWEEN
        return max(y + box.height, end - _BETWEEN if box.below else 0)

    def _place_indented(self, box: _Box, y: float) -> float:
        box.y, end = y, y + box.height
        for each in box.below:
            end = self._place_indented(each, end + _BETWEEN)
        return end

    def _draw(self, edges: Element, box: _Box) -> None:
        self._edges(edges, box)
        if box.unit is not None:
            self._draw_box(box, box.unit)
        elif box.parent is not None:
            self._draw_more(box, box.parent)
        for each in box.below:
            self._draw(edges, each)

    def _edges(self, edges: Element, box: _Box) -> None:
        """The lines from a box to those below it: one trunk, a branch for each."""
        if not box.below:
            return
        first, last = box.below[0], box.below[-1]
        if self.indented:
            trunk, start = box.x + _INDENT / 2, box.y + box.height
        else:
            trunk, start = first.x - _GAP / 2, _mid(box)
            self.canvas.add(edges, "path", "edge", d=path([(box.x + box.width, start), (trunk, start)]), fill="none",
                            stroke="#a39886")  # fmt: skip
        top = min(start, _mid(first))
        lines = path([(trunk, top), (trunk, _mid(last))]) + "".join(
            path([(trunk, _mid(each)), (each.x, _mid(each))]) for each in box.below
        )
        self.canvas.add(edges, "path", "edge", d=lines, fill="none", stroke="#a39886")

    def _draw_box(self, box: _Box, unit: Unit) -> None:
        look = self._look(unit)
        self.used[f"box-{look}"] = None
        link = self.canvas.link(self.canvas.root, unit.iri)
        self.canvas.tip(link, "; ".join([self.names.of(unit.iri).text, *([unit.time.words] if unit.time else [])]))
        dashes = {"stroke_dasharray": "4 3"} if look == "possible" else {}
        kind = f"box {look} own" if unit.level == 0 else f"box {look}"
        self.canvas.add(link, "rect", kind, x=box.x, y=box.y, width=box.width, height=box.height, rx=3, fill="#fbf9f4",
                        stroke="#a39886", **dashes)  # fmt: skip
        further = None
        for position, (line, kind, lang) in enumerate(box.lines):
            parent = link
            if kind.endswith("go"):
                parent = further = self.canvas.link_to(self.canvas.root, "chart", unit.iri)
            size, fill = (
                (BASE, "#211d18") if kind == "name" else (SMALL, "#8a2b17" if further is not None else "#625a50")
            )
            self.canvas.text(parent, box.x + _PAD, box.y + _PAD + 10.5 + position * _LINE, line, kind, lang=lang,
                             font_size=number(size), fill=fill)  # fmt: skip

    def _draw_more(self, box: _Box, parent: Unit) -> None:
        link = self.canvas.link_to(self.canvas.root, "browse", parent.iri)
        link.set("class", "go")
        self.canvas.text(link, box.x + _PAD, _mid(box) + 4.5, box.lines[0][0], "go", fill="#8a2b17")

    def _look(self, unit: Unit) -> str:
        if self.moment is not None:
            return {Certainty.CERTAIN: "certain", Certainty.POSSIBLE: "possible"}.get(unit.certainty, "undated")  # type: ignore[arg-type]
        return "ended" if unit.ended(self.today) else "plain"


def _mid(box: _Box) -> float:
    """Where the line to a box ends: at its first line of text."""
    return box.y + min(box.height / 2, 20)
