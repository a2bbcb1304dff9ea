"""Draws bodies that became others: from left to right, each event between the bodies before and after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fasti.web.charts.layers import layers
from fasti.web.charts.lineage import Change, Lineage
from fasti.web.charts.names import Names
from fasti.web.charts.svg import BASE, SMALL, Canvas, Element, number
from fasti.web.charts.text import wrap

_BODY, _EVENT, _BETWEEN, _PAD, _LINE = 216.0, 128.0, 20.0, 10.0, 16.0
_DOT = 5.0


@dataclass
class _Spot:
    """A body or an event: where it is, and the lines of its text."""

    iri: str
    lines: Sequence[tuple[str, str, str]]
    height: float
    x: float = 0
    y: float = 0

    @property
    def middle(self) -> float:
        """Where the lines to it end."""
        return self.y + self.height / 2


class SuccessionDrawing:
    """One lineage on one canvas, which is made wide enough for it."""

    def __init__(self, canvas: Canvas, names: Names, lineage: Lineage) -> None:
        self.canvas, self.names, self.lineage = canvas, names, lineage
        self.changes = {change.iri: change for change in lineage.joining}
        edges = [edge for change in self.changes.values() for edge in _edges(change, lineage)]
        nodes = [*lineage.bodies, *self.changes]
        self.spots = {iri: self._spot(iri) for iri in nodes}
        self.columns = [[self.spots[iri] for iri in layer] for layer in layers(nodes, edges)]
        self.edges = edges
        self.widths = [max(_EVENT if spot.iri in self.changes else _BODY for spot in column) for column in self.columns]
        self.canvas.width = max(self.canvas.width, 2 * canvas.margin + sum(self.widths))

    def draw(self, y: float) -> float:
        """Draw it below `y`; returns where it ends."""
        tallest = max(_tall(column) for column in self.columns)
        x = self.canvas.margin
        for column, room in zip(self.columns, self.widths, strict=True):
            below = y + (tallest - _tall(column)) / 2
            for spot in column:
                spot.x, spot.y = x + (room - self._width(spot)) / 2, below
                below += spot.height + _BETWEEN
            x += room
        lines = self.canvas.add(self.canvas.root, "g", "edges")
        for before, after in self.edges:
            self._edge(lines, self.spots[before], self.spots[after])
        for spot in self.spots.values():
            (self._draw_event if spot.iri in self.changes else self._draw_body)(spot)
        return y + tallest + 12

    def _spot(self, iri: str) -> _Spot:
        change = self.changes.get(iri)
        if change is not None:
            words = [(line, "small soft halo", "") for line in wrap(change.kind, SMALL, _EVENT - 24, 1)]
            dated = [(line, "small halo", "") for line in wrap(change.when, SMALL, _EVENT - 24, 3)]
            lines = [*dated, *words]
            return _Spot(iri, lines, 2 * (len(lines) * 14 + 12))
        room = _BODY - 2 * _PAD
        name, other, time = self.names.of(iri), self.names.other(iri), self.lineage.bodies[iri]
        lines = [(line, "name", name.lang) for line in wrap(name.text, BASE, room, 4, bold=True)]
        lines += [(line, "small soft", other.lang) for line in wrap(other.text, SMALL, room, 1)] if other else []
        lines += [(line, "small soft", "") for line in wrap(time.words, SMALL, room, 2)] if time else []
        return _Spot(iri, lines, len(lines) * _LINE + 2 * _PAD - 3)

    def _width(self, spot: _Spot) -> float:
        return _EVENT if spot.iri in self.changes else _BODY

    def _edge(self, into: Element, before: _Spot, after: _Spot) -> None:
        """A curve that leaves and arrives level; it stops at the box of a body and at the dot of an event."""
        start = before.x + (_EVENT / 2 + _DOT if before.iri in self.changes else _BODY)
        arrives = after.iri not in self.changes
        stop = after.x + (0 if arrives else _EVENT / 2 - _DOT)
        tip = stop - 7 if arrives else stop
        bend = (tip - start) / 2
        points = [
            (start, before.middle),
            (start + bend, before.middle),
            (tip - bend, after.middle),
            (tip, after.middle),
        ]
        first, *rest = [f"{number(x)} {number(y)}" for x, y in points]
        self.canvas.add(
            into, "path", "edge", d=f"M{first}C{' '.join(rest)}", fill="none", stroke="#a39886", stroke_width="1.5"
        )
        if arrives:
            at = after.middle
            head = f"M{number(tip)} {number(at - 4)}L{number(stop)} {number(at)}L{number(tip)} {number(at + 4)}Z"
            self.canvas.add(into, "path", "event", d=head, fill="#8a2b17")

    def _draw_event(self, spot: _Spot) -> None:
        link = self.canvas.link(self.canvas.root, spot.iri)
        change = self.changes[spot.iri]
        self.canvas.tip(link, ": ".join(part for part in (change.when, change.description.text or change.kind) if part))
        middle = spot.x + _EVENT / 2
        self.canvas.add(link, "circle", "event", cx=middle, cy=spot.middle, r=_DOT, fill="#8a2b17")
        for position, (line, look, lang) in enumerate(reversed(spot.lines)):
            self.canvas.text(link, middle, spot.middle - 13 - position * 14, line, look, lang=lang,
                             text_anchor="middle", font_size=number(SMALL), fill="#625a50")  # fmt: skip

    def _draw_body(self, spot: _Spot) -> None:
        own = spot.iri == self.lineage.about
        link = self.canvas.link(self.canvas.root, spot.iri)
        time = self.lineage.bodies[spot.iri]
        self.canvas.tip(link, "; ".join([self.names.of(spot.iri).text, *([time.words] if time else [])]))
        self.canvas.add(link, "rect", "box own" if own else "box", x=spot.x, y=spot.y, width=_BODY, height=spot.height,
                        rx=3, fill="#fbf9f4", stroke="#8a2b17" if own else "#a39886")  # fmt: skip
        for position, (line, look, lang) in enumerate(spot.lines):
            size, fill = (BASE, "#211d18") if look == "name" else (SMALL, "#625a50")
            self.canvas.text(link, spot.x + _PAD, spot.y + _PAD + 10.5 + position * _LINE, line, look, lang=lang,
                             font_size=number(size), fill=fill)  # fmt: skip


def _edges(change: Change, lineage: Lineage) -> list[tuple[str, str]]:
    before = [(body, change.iri) for body in change.before if body in lineage.bodies]
    return before + [(change.iri, body) for body in change.after if body in lineage.bodies]


def _tall(column: Sequence[_Spot]) -> float:
    return sum(spot.height for spot in column) + _BETWEEN * (len(column) - 1)
