"""The source documents: as they came, and as a page with line numbers on which what was read is a link."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from flask import Blueprint, Response, abort, render_template, send_file

from fasti import dumps
from fasti.release import Release
from fasti.store.embedded import NamedNode
from fasti.web.current import release
from fasti.web.home import sources as listed
from fasti.web.representations import page as as_page

bp = Blueprint("sources", __name__, url_prefix="/source")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text on one line; `passage` is the IRI of the shortest passage that holds it, if any."""

    text: str
    passage: str = ""


@bp.get("/")
def index() -> Response:
    """The list of documents."""
    return as_page(render_template("sources.html", sources=listed(), release=release()))


@bp.get("/<stem>.txt")
def text(stem: str) -> Response:
    """The document itself, byte for byte; its ETag is its SHA-256."""
    path = release().sources / f"{_known(release(), stem)}.txt"
    digest = dumps.read_sums(release().path)[f"sources/{path.name}"]
    response = send_file(path, mimetype="text/plain", etag=digest, last_modified=release().created, max_age=60)
    response.content_type = "text/plain; charset=utf-8"
    return response


@bp.get("/<stem>")
def page(stem: str) -> Response:
    """The document as a page."""
    content = (release().sources / f"{_known(release(), stem)}.txt").read_text("utf-8", errors="replace")
    about = next((row for row in listed() if row["identifier"] == stem), {})
    lines = read_lines(release(), stem, content)
    return as_page(render_template("source.html", stem=stem, about=about, lines=lines, release=release()))


def read_lines(current: Release, stem: str, content: str) -> list[list[Piece]]:
    """The lines of a document, cut where a passage begins or ends."""
    spans = [
        (int(row["start"].value), int(row["end"].value), row["passage"].value)
        for row in current.dataset.select("passages-of-source", source=NamedNode(current.vocabulary.source(stem)))
    ]
    lines, start = [], 0
    for line in content.split("\n"):
        end = start + len(line)
        touching = [span for span in spans if span[0] < end and span[1] > start]
        lines.append(list(_pieces(content, start, end, touching)))
        start = end + 1
    return lines


def _pieces(content: str, start: int, end: int, spans: list[tuple[int, int, str]]) -> Iterator[Piece]:
    edges = sorted({start, end, *(edge for span in spans for edge in span[:2] if start < edge < end)})
    for left, right in pairwise(edges):
        around = [span for span in spans if span[0] <= left and right <= span[1]]
        shortest = min(around, key=lambda span: (span[1] - span[0], span[2]), default=(0, 0, ""))
        yield Piece(content[left:right], shortest[2])


def _known(current: Release, stem: str) -> str:
    """The stem, when it is that of a document; nothing that a visitor sends becomes a path otherwise."""
    if stem not in {path.stem for path in current.sources.iterdir()}:
        abort(404, description=f"There is no document '{stem}' here; the list is at the address without a name.")
    return stem
