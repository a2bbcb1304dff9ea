"""Writes a picture as SVG 1.1: for itself with style and absolute links, or for the inside of a page.

The look is in `static/drawing.css` and nowhere else: a page loads it, a picture that stands alone contains it.
Presentation attributes say the same in one colour scheme, for programs that read no style sheets.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

from fasti.web.charts.text import elide, printable, wrap

Element = ET.Element
_NAMESPACE = "http://www.w3.org/2000/svg"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DEFINITIONS = (
    ("fade-in", ((0, 0), (1, 1))),
    ("fade-out", ((0, 1), (1, 0))),
)
_SERIF = 0.87  # the heading's face is narrower than the one that widths are estimated for
SMALL, BASE, LARGE = 11.5, 13.0, 20.0  # pixels


def number(value: float) -> str:
    """A coordinate to a tenth of a pixel."""
    return f"{round(value, 1) + 0:.1f}".removesuffix(".0")


@dataclass
class Canvas:
    """A picture in the making.

    `href` gives the target of a link to an entity, `page` that of a link to a page about one: its `chart`, or a
    list to `browse`.
    """

    width: float
    lang: str
    alone: bool
    href: Callable[[str], str]
    page: Callable[[str, str], str]
    height: float = 0
    root: Element = field(default_factory=lambda: ET.Element("svg"))

    @property
    def margin(self) -> float:
        """Room at the left and the right; a page has its own."""
        return 20.0 if self.alone else 1.0

    def add(self, parent: Element, tag: str, look: str = "", **attributes: float | str) -> Element:
        """A child element; numbers become coordinates, `_` in a name stands for `-`."""
        named = {name.replace("_", "-"): value if isinstance(value, str) else number(value)
                 for name, value in attributes.items()}  # fmt: skip
        return ET.SubElement(parent, tag, {"class": look} | named if look else named)

    def text(
        self, parent: Element, x: float, y: float, shown: str, look: str = "", *, lang: str = "", **more: str
    ) -> Element:
        """A line of text, its baseline at `y`."""
        made = self.add(parent, "text", look, x=x, y=y, **more)
        made.text = printable(shown)
        self.speaks(made, lang)
        return made

    def speaks(self, element: Element, lang: str) -> None:
        """Say which language an element's text is in, when it is not the picture's own."""
        if lang and lang.lower() != self.lang.lower():
            element.set(_XML_LANG if self.alone else "lang", lang)

    def tip(self, element: Element, full: str) -> None:
        """The whole text of something that may be shown shortened."""
        tip = ET.Element("title")
        tip.text = printable(full)
        element.insert(0, tip)

    def link(self, parent: Element, iri: str) -> Element:
        """A link to an entity; a plain group where it leads nowhere."""
        return self._anchor(parent, self.href(iri))

    def link_to(self, parent: Element, page: str, iri: str) -> Element:
        """A link to a page about an entity."""
        return self._anchor(parent, self.page(page, iri))

    def _anchor(self, parent: Element, target: str) -> Element:
        if not target:
            return self.add(parent, "g")
        return self.add(parent, "a", href=target, **({"target": "_top"} if self.alone else {}))

    def finish(self, title: str, words: str) -> bytes:
        """The bytes of the picture; `words` are its alternative."""
        size = f"0 0 {number(self.width)} {number(self.height)}"
        attributes = {"class": "chart", "viewBox": size, "width": number(self.width), "height": number(self.height),
                      "role": "img" if self.alone else "group", "aria-labelledby": "chart-title", "aria-describedby": "chart-words",
                      "font-family": "sans-serif", "font-size": number(BASE), "fill": "#211d18"}  # fmt: skip
        spoken = {"xmlns": _NAMESPACE, _XML_LANG: self.lang} if self.alone else {"lang": self.lang}
        self.root.attrib = spoken | attributes
        head = [self._named("title", "chart-title", title), self._named("desc", "chart-words", words)]
        if self.alone:
            style = ET.Element("style")
            style.text = stylesheet()
            head.append(style)
        for position, element in enumerate([*head, _definitions(), *([_paper()] if self.alone else [])]):
            self.root.insert(position, element)
        declaration = b'<?xml version="1.0" encoding="UTF-8"?>\n' if self.alone else b""
        return declaration + ET.tostring(self.root, encoding="unicode").encode() + b"\n"

    def _named(self, tag: str, name: str, words: str) -> Element:
        made = ET.Element(tag, {"id": name})
        made.text = printable(words)
        return made

    def heading(self, title: str, below: str, lang: str) -> float:
        """The title of a picture that stands alone, and a line below it; returns where the rest may begin."""
        if not self.alone:
            return 4
        y = 16.0
        for line in wrap(title, LARGE * _SERIF, self.width - 40, 3 if self.width > 500 else 8, bold=True):
            y += LARGE * 1.2
            self.text(self.root, 20, y, line, "heading", lang=lang, font_size=number(LARGE))
        if below:
            y += 20
            self.text(self.root, 20, y, elide(below, BASE, self.width - 40), "soft", fill="#625a50")
        return y + 14

    def source(self, y: float, words: str, address: str) -> None:
        """The last line of a picture that stands alone: where it is from."""
        self.height = y
        if not self.alone:
            return
        link = self.link(self.root, address)
        for line in wrap(words, SMALL, self.width - 40, 3):
            self.text(link, 20, self.height + 14, line, "small soft", font_size=number(SMALL), fill="#625a50")
            self.height += 16
        self.height += 14


def _definitions() -> Element:
    made = ET.Element("defs")
    for name, stops in _DEFINITIONS:
        gradient = ET.SubElement(made, "linearGradient", {"id": f"chart-{name}"})
        for offset, opacity in stops:
            ET.SubElement(gradient, "stop", {"class": "stop", "offset": str(offset), "stop-color": "#9c4a35",
                                             "stop-opacity": str(opacity)})  # fmt: skip
    hatch = ET.SubElement(made, "pattern", {"id": "chart-hatch", "width": "6", "height": "6",
                                            "patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"})  # fmt: skip
    ET.SubElement(hatch, "path", {"class": "hatching", "d": "M0 0V6", "stroke": "#9c4a35", "stroke-width": "3"})
    return made


def _paper() -> Element:
    return ET.Element("rect", {"class": "paper", "width": "100%", "height": "100%", "fill": "#fbf9f4"})


@cache
def stylesheet() -> str:
    """The rules of the look, as a picture contains them."""
    return (Path(__file__).parent.parent / "static" / "drawing.css").read_text("utf-8")


@cache
def policy() -> str:
    """The Content-Security-Policy of a picture that stands alone: its own style, nothing else, framed by anybody."""
    digest = base64.b64encode(hashlib.sha256(stylesheet().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors *"


def path(points: Sequence[tuple[float, float]]) -> str:
    """The path data of a line through points."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)
