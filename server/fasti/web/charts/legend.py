"""What the signs of a chart mean: those that it uses, in its last lines."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from fasti.web.charts.svg import SMALL, Canvas, Element, number, path
from fasti.web.charts.text import width
from fasti.web.language import gettext

_BAR, _SIGN = 12.0, 34.0


def _words() -> Mapping[str, str]:
    return {
        "solid": gettext("certain"),
        "fade": gettext("begins or ends somewhere here"),
        "attested": gettext("at some time in between"),
        "arrow": gettext("goes on"),
        "incumbent": gettext("incumbent, dates not stated"),
        "unknown": gettext("unknown"),
        "silent": gettext("not stated"),
        "doubtful": gettext("probable"),
        "possible": gettext("possible at the time asked for"),
        "contested": gettext("contested"),
        "excluded": gettext("not at the time asked for"),
        "box-certain": gettext("certainly there"),
        "box-possible": gettext("possibly there"),
        "box-undated": gettext("no dates known"),
        "box-ended": gettext("ended"),
    }


def legend(canvas: Canvas, y: float, used: Collection[str]) -> float:
    """Draw the signs in `used` with their words, in as many lines as it takes; returns where they end."""
    signs = {"fade" if name.startswith("fade-") else name for name in used}
    into, x = canvas.add(canvas.root, "g", "legend"), canvas.margin
    found = [(name, words) for name, words in _words().items() if name in signs]
    if not found:
        return y
    y += 10
    for name, words in found:
        room = _SIGN + 8 + width(words, SMALL)
        if x > canvas.margin and x + room > canvas.width - canvas.margin:
            x, y = canvas.margin, y + 21
        _sign(canvas, into, name, x, y)
        canvas.text(into, x + _SIGN + 8, y + 4, words, "small soft", font_size=number(SMALL), fill="#625a50")
        x += room + 22
    return y + 16


def outlined(canvas: Canvas, into: Element, look: str, x: float, y: float, width: float, height: float) -> None:
    """A bar that is not sure: `possible` is an outline, `contested` is hatched, `attested` lies somewhere within."""
    fill = {"contested": "url(#chart-hatch)", "attested": "#9c4a35"}.get(look, "none")
    more = {"fill_opacity": "0.3"} if look == "attested" else {"stroke_dasharray": "4 2.5"}
    canvas.add(into, "rect", look, x=x + 0.5, y=y + 0.5, width=width - 1, height=height - 1, fill=fill, stroke="#9c4a35",
               **more)  # fmt: skip


def _sign(canvas: Canvas, into: Element, name: str, x: float, y: float) -> None:
    box = {"x": x, "y": y - _BAR / 2, "width": _SIGN, "height": _BAR}
    match name:
        case "solid":
            canvas.add(into, "rect", "bar", **box, fill="#9c4a35")
        case "fade":
            half = {**box, "width": _SIGN / 2}
            canvas.add(into, "rect", "fade", **half, fill="url(#chart-fade-in)")
            canvas.add(into, "rect", "fade", **{**half, "x": x + _SIGN / 2}, fill="url(#chart-fade-out)")
        case "attested":
            outlined(canvas, into, "attested", **box)
        case "arrow" | "incumbent":
            tip = path([(x + _SIGN - 12, y - 6), (x + _SIGN - 2, y), (x + _SIGN - 12, y + 6)]) + "Z"
            if name == "arrow":
                canvas.add(into, "rect", "bar", **{**box, "width": _SIGN - 12}, fill="#9c4a35")
                canvas.add(into, "path", "bar", d=tip, fill="#9c4a35")
            else:
                canvas.add(into, "path", "outline", d=tip, fill="none", stroke="#9c4a35", stroke_width="1.5")
        case "unknown":
            canvas.add(into, "rect", "fade tail", **{**box, "y": y - 2.5, "height": 5.0, "width": _SIGN - 9},
                       fill="url(#chart-fade-out)")  # fmt: skip
            canvas.text(
                into, x + _SIGN - 4, y + 4, "?", "unknown", text_anchor="middle", fill="#9c4a35", font_weight="600"
            )
        case "silent":
            canvas.add(into, "path", "silent", d=path([(x, y), (x + _SIGN, y)]), stroke="#9c4a35", stroke_width="2",
                       stroke_dasharray="0.1 5", stroke_linecap="round")  # fmt: skip
        case "doubtful" | "possible":
            outlined(canvas, into, "possible", **box)
        case "contested":
            outlined(canvas, into, "contested", **box)
        case "excluded":
            canvas.add(into, "rect", "bar", **box, fill="#9c4a35", opacity="0.4")
        case _:
            canvas.add(into, "rect", name.replace("box-", "box "), **box, fill="none", stroke="#625a50",
                       **({"stroke_dasharray": "4 3"} if name == "box-possible" else {}))  # fmt: skip
