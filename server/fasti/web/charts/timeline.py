"""Draws a timeline: a row for each tenure or body, its name and dates in words, and its bar on a common axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fasti.web.charts.axis import Axis, years
from fasti.web.charts.bars import Piece, pieces
from fasti.web.charts.legend import legend, outlined
from fasti.web.charts.svg import BASE, SMALL, Canvas, Element, number, path
from fasti.web.charts.text import width, wrap
from fasti.web.charts.timeline_rows import Timeline, TimelineRow
from fasti.web.dates import date_words
from fasti.web.language import gettext
from fasti.web.moments import Certainty, Day, Moment
from fasti.web.wording import Text

NARROW = 600  # pixels; below, names stand above the bars and not beside them
_BAR, _LINE, _LEAST = 14.0, 16.5, 4.0  # pixels, pixels, years of an axis
_FAR = 200  # years from all that is known to a moment which an axis still reaches
_FADES = {"fade-in": "url(#chart-fade-in)", "fade-out": "url(#chart-fade-out)"}
_INK = {"fill": "#211d18"}


@dataclass(frozen=True, slots=True)
class _Label:
    """The lines beside a bar, each with its look and language, and all of it in one sentence."""

    lines: Sequence[tuple[str, str, str]]
    full: str


def draw(canvas: Canvas, chart: Timeline, rows: Sequence[TimelineRow], today: Day, top: float) -> float:
    """Draw `rows` of a timeline below `top`; returns where it ends.

    Args:
        canvas: what to draw on.
        chart: the words of the rows.
        rows: as many of its rows as are to be drawn.
        today: the day that the data are of; what goes on goes on until then.
        top: the first free line of pixels.
    """
    narrow = canvas.width < NARROW
    column = canvas.width - 2 * canvas.margin if narrow else _column(chart, rows, min(340.0, canvas.width * 0.38))
    left = canvas.margin + (0 if narrow else column + 18)
    axis, edge = _axis(rows, today, left, canvas.width - canvas.margin, chart.moment)
    drawing = _Rows(canvas, chart, axis, edge, column, narrow)
    dated = any(row.dated for row in rows)
    begin = top + (34 if dated else 6)
    scale = canvas.add(canvas.root, "g", "axis")
    end = drawing.all(rows, begin)
    if dated:
        _draw_axis(canvas, scale, axis, begin, end)
        _draw_moments(canvas, scale, chart, axis, edge, today, begin, end, rows)
    return legend(canvas, end + 14, drawing.used)


def _column(chart: Timeline, rows: Sequence[TimelineRow], most: float) -> float:
    """As much room for the names and dates as they take on one line, within bounds."""
    found = 150.0
    for row in rows:
        told = " · ".join([chart.when(row), *(note.text for note in chart.notes(row))])
        found = max(found, width(chart.names.of(row.subject).text, BASE, bold=True), width(told, SMALL))
    return min(found + 4, most)


def _axis(
    rows: Sequence[TimelineRow], today: Day, left: float, right: float, moment: Moment | None
) -> tuple[Axis, float]:
    """The axis on which everything has room, the moment too if something was possible then; and where the present is."""
    known, tails, present = [], [False, False], False
    for row in rows:
        present = present or row.incumbent or (row.stretch is not None and row.stretch.bounds.ongoing)
        if row.stretch is None or row.stretch.empty:
            continue
        bounds = row.stretch.bounds
        days = (bounds.earliest_begin, bounds.latest_begin, bounds.earliest_end, bounds.latest_end)
        known += [years(day) for day in days if day is not None]
        tails[0] |= bounds.earliest_begin is None
        tails[1] |= bounds.latest_end is None and not bounds.ongoing
    known += [years(today)] if present or not known else []
    if moment is not None and any(row.dated and row.certainty is not Certainty.EXCLUDED for row in rows):
        then = years(moment.first), years(moment.last, ended=True)
        known += [year for year in then if min(known) - _FAR <= year <= max(known) + _FAR]
    spare = max(0.0, _LEAST - (max(known) - min(known)))
    first, last = min(known) - (spare if present else spare / 2), max(known) + (0 if present else spare / 2)
    before, after = 54.0 if tails[0] else 10.0, 20.0 if present else 66.0 if tails[1] else 16.0
    scale = (right - left - before - after) / (last - first)
    axis = Axis(first - before / scale, last + after / scale, left, right)
    return axis, axis.x(years(today)) if present else right


def _draw_axis(canvas: Canvas, into: Element, axis: Axis, begin: float, end: float) -> None:
    last = -100.0
    for tick in axis.ticks():
        canvas.add(into, "path", "grid" if tick.label else "grid minor", d=path([(tick.x, begin), (tick.x, end)]),
                   stroke="#ddd5c7", stroke_width="1")  # fmt: skip
        if tick.label and axis.left + 12 <= tick.x <= axis.right - 12 and tick.x - last > 30:
            canvas.text(into, tick.x, begin - 7, tick.label, "small soft", text_anchor="middle",
                        font_size=number(SMALL), fill="#625a50")  # fmt: skip
            last = tick.x


def _draw_moments(
    canvas: Canvas, into: Element, chart: Timeline, axis: Axis, edge: float, today: Day, begin: float, end: float,
    rows: Sequence[TimelineRow],
) -> None:  # fmt: skip
    """The line of the moment that is asked for, or else that of the day that the data are of."""
    moment = chart.moment
    if moment is None:
        if edge < axis.right:
            words = date_words("{:04d}-{:02d}-{:02d}".format(*today))
            canvas.add(into, "path", "today", d=path([(edge, begin - 3), (edge, end)]), stroke="#8a2b17")
            canvas.text(into, axis.right, begin - 23, words, "small now", text_anchor="end",
                        font_size=number(SMALL), fill="#8a2b17")  # fmt: skip
        return
    start, stop = axis.x(years(moment.first)), axis.x(years(moment.last, ended=True))
    if stop < axis.left or start > axis.right:
        return
    middle = min(max((start + stop) / 2, axis.left), axis.right)
    canvas.add(into, "rect", "moment", x=start, y=begin - 3, width=max(stop - start, 1.5), height=end - begin + 3,
               fill="#8a2b17", fill_opacity="0.55" if stop - start < 4 else "0.14")  # fmt: skip
    anchor = "start" if middle < axis.left + 70 else "end" if middle > axis.right - 70 else "middle"
    canvas.text(into, middle, begin - 23, date_words(moment.text), "small now", text_anchor=anchor,
                font_size=number(SMALL), fill="#8a2b17")  # fmt: skip


class _Rows:
    """The rows of one timeline on one canvas."""

    def __init__(self, canvas: Canvas, chart: Timeline, axis: Axis, edge: float, column: float, narrow: bool) -> None:
        self.canvas, self.chart, self.axis, self.edge = canvas, chart, axis, edge
        self.column, self.narrow = column, narrow
        self.margin = canvas.margin
        self.used: dict[str, None] = {}

    def all(self, rows: Sequence[TimelineRow], y: float) -> float:
        """Draw them from `y` on, each group below its heading; returns where they end."""
        group: str | None = None
        for row in rows:
            own = row.iri == self.chart.about.value
            if self.chart.kind == "organization" and not own and row.group != group:
                group = row.group
                y = self._heading(group, y)
            y = self._row(row, y)
        return y

    def _heading(self, group: str, y: float) -> float:
        about = self.chart.about.value
        words = (
            Text(gettext("Units"))
            if group == about
            else self.chart.names.of(group)
            if group
            else Text(gettext("Members"))
        )
        parent = self.canvas.link(self.canvas.root, group) if group not in ("", about) else self.canvas.root
        y += 10
        for line in wrap(words.text, BASE, self.canvas.width - 2 * self.margin, 2, bold=True):
            y += _LINE + 1
            self.canvas.text(parent, self.margin, y, line, "group", lang=words.lang, font_weight="600", **_INK)
        return y + 8

    def _row(self, row: TimelineRow, y: float) -> float:
        label = self._label(row)
        bare = self.narrow and not row.dated and not row.incumbent
        height = len(label.lines) * _LINE + (30 if self.narrow and not bare else 12)
        link = self.canvas.link(self.canvas.root, row.subject)
        link.set("class", "row")
        self.canvas.tip(link, label.full)
        edges = (self.margin, self.canvas.width - self.margin)
        self.canvas.add(link, "rect", "hit", x=edges[0] / 2, y=y, width=edges[1], height=height, fill="none",
                        pointer_events="all")  # fmt: skip
        self.canvas.add(link, "path", "rule", d=path([(edges[0], y), (edges[1], y)]), stroke="#ddd5c7")
        over = row.certainty is Certainty.EXCLUDED
        for position, (line, kind, lang) in enumerate(label.lines):
            look = "small soft" if kind != "name" else "past soft" if over else "name"
            size, fill = (BASE, "#211d18") if look == "name" else (SMALL, "#625a50")
            self.canvas.text(link, self.margin, y + 16.5 + position * _LINE, line, look, lang=lang,
                             font_size=number(size), fill=fill)  # fmt: skip
        bar = self.canvas.add(link, "g", **({"opacity": "0.35"} if over else {}))
        if over and row.dated:
            self.used["excluded"] = None
        self._bar(bar, row, y + height - 15 if self.narrow else y + height / 2)
        return y + height

    def _label(self, row: TimelineRow) -> _Label:
        name, when, notes = self.chart.names.of(row.subject), self.chart.when(row), self.chart.notes(row)
        other = self.chart.names.other(row.subject)
        own = row.iri == self.chart.about.value
        parts = [Text(gettext("existence"))] if own else []
        if self.chart.kind == "person" and row.post and row.organization:
            parts.append(self.chart.names.of(row.organization))
        room = self.column
        lines = [(line, "name", name.lang) for line in wrap(name.text, BASE, room, 3, bold=True)]
        if other is not None:
            lines += [(line, "small soft", other.lang) for line in wrap(other.text, SMALL, room, 1)]
        for part in parts:
            lines += [(line, "small soft", part.lang) for line in wrap(part.text, SMALL, room, 2)]
        told = " · ".join([when, *(note.text for note in notes)])
        lines += [(line, "small soft", "") for line in wrap(told, SMALL, room, 3)]
        certainty = [gettext(str(row.certainty))] if row.certainty else []
        called = gettext(", ").join([name.text, *(part.text for part in parts)])
        return _Label(lines, called + gettext(": ") + gettext("; ").join([told, *certainty]))

    def _bar(self, parent: Element, row: TimelineRow, y: float) -> None:
        if row.stretch is None or row.stretch.empty:
            if row.incumbent:
                self.used["incumbent"] = None
                self._triangle(parent, self.edge, y, "outline")
            return
        drawn = self._reaching(row, pieces(row.stretch, self.axis, self.edge))
        if row.contested or row.certainty is Certainty.POSSIBLE:
            self._whole(parent, "contested" if row.contested else "possible", drawn, y)
        else:
            for piece in drawn:
                self._piece(parent, piece, y)
        for piece in drawn:
            if piece.look in ("unknown", "silent"):
                self._tail(parent, piece, y)
            elif piece.look == "arrow":
                self._triangle(parent, piece.stop, y, "bar")
            else:
                continue
            self.used[piece.look] = None

    def _reaching(self, row: TimelineRow, drawn: Sequence[Piece]) -> Sequence[Piece]:
        """The parts of a bar, with what is possible at the moment asked for: an end without a bound reaches it."""
        moment = self.chart.moment
        if moment is None or row.stretch is None or row.certainty is not Certainty.POSSIBLE:
            return drawn
        bounds, tails = row.stretch.bounds, ("unknown", "silent")
        own = [piece for piece in drawn if piece.look not in tails] or [
            Piece("doubtful", drawn[0].start, drawn[0].start)
        ]
        start, stop = own[0].start, own[-1].stop
        left = min(start, self.axis.x(years(moment.first))) if bounds.earliest_begin is None else start
        open_end = bounds.latest_end is None and not bounds.ongoing
        right = max(stop, self.axis.x(years(moment.last, ended=True))) if open_end else stop
        if left < self.axis.left or right > self.axis.right:
            return drawn
        ends = [self._moved(piece, left - start if piece.stop < piece.start else right - stop)
                for piece in drawn if piece.look in tails]  # fmt: skip
        before = [Piece("doubtful", left, start)] if left < start else []
        after = [Piece("doubtful", stop, right)] if stop < right else []
        return [*before, *own, *after, *ends]

    @staticmethod
    def _moved(piece: Piece, by: float) -> Piece:
        return Piece(piece.look, piece.start + by, piece.stop + by)

    def _piece(self, parent: Element, piece: Piece, y: float) -> None:
        if piece.look in ("unknown", "silent", "arrow") or piece.stop <= piece.start:
            return
        self.used[piece.look] = None
        box = {"x": piece.start, "y": y - _BAR / 2, "width": piece.stop - piece.start, "height": _BAR}
        if piece.look in ("doubtful", "attested"):
            outlined(self.canvas, parent, "possible" if piece.look == "doubtful" else "attested", **box)
        else:
            look = "bar" if piece.look == "solid" else "fade"
            self.canvas.add(parent, "rect", look, **box, fill=_FADES.get(piece.look, "#9c4a35"))

    def _whole(self, parent: Element, look: str, drawn: Sequence[Piece], y: float) -> None:
        """A bar that as a whole is not sure: an outline, with hatching where it is contested."""
        own = [piece for piece in drawn if piece.look not in ("unknown", "silent")]
        start, stop = (own[0].start, own[-1].stop) if own else (drawn[0].start, drawn[0].start)
        spare = max(0.0, 7 - (stop - start)) / 2
        self.used[look] = None
        outlined(
            self.canvas, parent, look, x=start - spare, y=y - _BAR / 2, width=stop - start + 2 * spare, height=_BAR
        )

    def _tail(self, parent: Element, piece: Piece, y: float) -> None:
        left, right = sorted((piece.start, piece.stop))
        backwards = piece.stop < piece.start
        if piece.look == "silent":
            self.canvas.add(parent, "path", "silent", d=path([(left, y), (right, y)]), stroke="#9c4a35",
                            stroke_width="2", stroke_dasharray="0.1 5", stroke_linecap="round")  # fmt: skip
            return
        room = max(0.0, right - left - 9)
        self.canvas.add(parent, "rect", "fade tail", x=right - room if backwards else left, y=y - 2.5, width=room,
                        height=5, fill=_FADES["fade-in" if backwards else "fade-out"])  # fmt: skip
        self.canvas.text(parent, left + 4 if backwards else right - 4, y + 4.5, "?", "unknown",
                         text_anchor="middle", fill="#9c4a35", font_weight="600")  # fmt: skip

    def _triangle(self, parent: Element, x: float, y: float, look: str) -> None:
        shape = path([(x, y - _BAR / 2), (x + 11, y), (x, y + _BAR / 2)]) + "Z"
        paint = {"fill": "#9c4a35"} if look == "bar" else {"fill": "none", "stroke": "#9c4a35", "stroke_width": "1.5"}
        self.canvas.add(parent, "path", look, d=shape, **paint)
