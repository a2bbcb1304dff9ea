"""The source documents: as they came, and as pages on which what was read and what was not is marked."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, g, render_template, request
from markupsafe import Markup

from fasti import paths
from fasti.kept import Kept
from fasti.questions import prologue
from fasti.release import Release
from fasti.store.binding import bind
from fasti.store.embedded import NamedNode
from fasti.web.current import release
from fasti.web.language import language
from fasti.web.layout import NOTED, Layout, Part, Piece, layout
from fasti.web.links import kept, root_path
from fasti.web.moments import asked
from fasti.web.paging import asked_pages, paged
from fasti.web.representations import finish
from fasti.web.representations import page as as_page
from fasti.web.said import Note, Notes
from fasti.web.structured import json_text
from fasti.web.values import Value
from fasti.web.wording import Text, Wording

bp = Blueprint("sources", __name__, url_prefix="/source")

_LISTED = 50  # documents on a page of the list
_LONGEST = 98_000  # bytes of a page
_PAGE_OF_LIST = re.compile("documents")


@dataclass(frozen=True, slots=True)
class Source:
    """A document: whose words it is, what it is about, and how much of it is read, all possibly unknown."""

    stem: str
    iri: str
    title: str
    language: str
    citation: str
    license: str
    topic: str
    revision_of: tuple[str, ...]
    characters: int
    characters_read: int
    coverage: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line on a page: its pieces, and the notes of the passages that begin in it."""

    part: Part
    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]

    @property
    def statements(self) -> int:
        """How many statements its notes are about."""
        return sum(note.read.statements for note in self.notes)


@bp.get("/")
def index() -> Response:
    """The list of documents."""
    asked()
    shown, pager = paged(asked_pages(_PAGE_OF_LIST), "documents", sources(), _LISTED)
    wording = Wording(release())
    topics = {each.topic: wording.label(NamedNode(each.topic)) for each in shown if each.topic}
    counted = {each.stem: _passages(release(), each) for each in shown}
    return as_page(render_template("sources.html", sources=shown, pager=pager, topics=topics, passages=counted,
                                   listed=[Value(each.title, each.language, each.iri) for each in shown],
                                   total=len(sources()), sparql=paths.query("sources")))  # fmt: skip


@bp.get("/index.json")
def listed() -> Response:
    """The list of documents as data."""
    rows = [
        {"identifier": each.stem, "iri": each.iri, "title": each.title, "language": each.language,
         "citation": each.citation or None, "license": each.license or None,
         "topic": each.topic or None, "revisionOf": list(each.revision_of), "text": f"{release().vocabulary.text(each.stem)}",
         "characters": each.characters, "charactersRead": each.characters_read, "coverage": each.coverage}
        for each in sources()
    ]  # fmt: skip
    return _json({"documents": rows})


@bp.get("/<stem>.txt")
def text(stem: str) -> Response:
    """The document itself, byte for byte; its ETag is its SHA-256."""
    content = release().text(_known(release(), stem))
    response = Response(content, content_type="text/plain; charset=utf-8", direct_passthrough=True)
    response.set_etag(hashlib.sha256(content).hexdigest())
    response.last_modified = release().created
    response.cache_control.public, response.cache_control.max_age = True, 60
    response.make_conditional(request, accept_ranges=True, complete_length=len(content))
    return response


@bp.get("/<stem>.json")
def marks(stem: str) -> Response:
    """What was read in the document and what was not, by offset."""
    found, vocabulary = layout(_known(release(), stem)), release().vocabulary
    read = [
        {"passage": each.iri, "start": each.start, "end": each.end, "statements": each.statements}
        for each in found.read
    ]
    unread = [{"start": each.start, "end": each.end, "reason": each.reason} for each in found.unread]
    about = {"source": vocabulary.source(stem), "text": vocabulary.text(stem)}
    return _json(about | {"read": read, "unread": unread})


@bp.get("/<stem>")
def page(stem: str) -> Response:
    """The document as a page; of a long one that which `from`, a line, or `c`, a character, asks for."""
    asked()
    found = layout(_known(release(), stem))
    number = _asked_page(found)
    made: Kept = current_app.extensions["fasti.kept"]
    g.address = (f"/source/{stem}", _where(found, number))
    key = (release().path, release().created, request.script_root, "source", stem, number, kept(), language())
    return as_page(made.get(key, lambda: _made(stem, found, number)).decode())


def _made(stem: str, found: Layout, number: int) -> bytes:
    """The page, with as many statements beside its passages as it can bear."""
    for most in NOTED:
        body = _page(stem, found, number, most).encode()
        if len(body) <= _LONGEST:
            break
    return body


def _page(stem: str, found: Layout, number: int, most: int) -> str:
    about = next(each for each in sources() if each.stem == stem)
    wording = Wording(release())
    parts = found.pages[number]
    lines = list(_lines(found, number, most))
    return render_template(
        "source.html", about=about, lines=lines, number=number, pages=found.pages, where=lambda n: _where(found, n),
        outline=[part for part in parts if part.level and not part.continued], found=found,
        statements=sum(each.statements for each in found.read), unread=[u for u in found.unread if _is_on(parts, u.start)],
        line_of=lambda offset: _line_of(found, offset),
        topic=wording.label(NamedNode(about.topic)) if about.topic else Text(""),
        revisions=[(_stem(release(), iri), wording.label(NamedNode(iri))) for iri in about.revision_of],
        sparql=_query(about), json_ld=_json_ld(about),
    )  # fmt: skip


def _json_ld(about: Source) -> Markup:
    said = {
        "@context": "https://schema.org/", "@type": "CreativeWork", "@id": about.iri, "name": about.title,
        "identifier": about.stem, "contentUrl": release().vocabulary.text(about.stem),
        **({"license": about.license} if about.license else {}),
        **({"creditText": about.citation} if about.citation else {}),
        **({"inLanguage": about.language} if about.language else {}),
        **({"about": {"@id": about.topic}} if about.topic else {}),
    }  # fmt: skip
    return json_text(said)


def _query(about: Source) -> str:
    """The query behind the marks, complete."""
    text, vocabulary = paths.query("passages-of-source"), release().vocabulary
    return bind(text, {"source": NamedNode(about.iri)}, prologue(text, vocabulary))


def _lines(found: Layout, number: int, most: int) -> Iterator[Line]:
    notes = Notes(release())
    for part in found.pages[number]:
        pieces = tuple(found.pieces(part))
        noted = tuple(notes.note(each, found.text[each.start : each.end], most) for each in found.beginning(part))
        yield Line(part, pieces, noted)


def sources() -> list[Source]:
    """The documents of this request's release, by their names."""
    return _sources(release().path)


@lru_cache(maxsize=2)
def _sources(_: Path) -> list[Source]:
    rows: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for row in release().dataset.select("sources"):
        rows[row["identifier"].value].append({name: term.value for name, term in row.items()})
    return [_source(stem, group) for stem, group in rows.items()]


def _source(stem: str, rows: list[Mapping[str, str]]) -> Source:
    row = rows[0]
    return Source(
        stem, row["source"], row.get("title", stem), row.get("language", ""),
        row.get("citation", ""), row.get("license", ""), row.get("topic", ""),
        tuple(sorted({each["revisionOf"] for each in rows if "revisionOf" in each})),
        int(row.get("characters", 0)), int(row.get("charactersRead", 0)),
        float(row["coverage"]) if "coverage" in row else None,
    )  # fmt: skip


def in_document(passage: str, start: int) -> str:
    """The address of a passage's words in their document, on the page that has them: `/source/records#c120`."""
    stem = passage.removeprefix(release().base + "id/passage/").rpartition("/")[0]
    found = layout(_known(release(), stem))
    return root_path(f"/source/{stem}") + kept(**_where(found, found.page_of(start))) + f"#c{start}"


def register(app: Flask) -> None:
    """Let templates link to the words of a passage in their document."""
    app.jinja_env.globals.update(in_document=in_document)


def _asked_page(found: Layout) -> int:
    """The index of the page that the request asks for.

    Raises:
        BadRequest: a place is no number.
    """
    for name, find in (("from", found.page_of_line), ("c", found.page_of)):
        value = request.args.get(name, "")
        if not value:
            continue
        if not (value.isascii() and value.isdecimal() and len(value) < 10):
            abort(400, description=f"'{name}': the number of a line or character was expected, found {value[:40]!r}.")
        return find(int(value))
    return 0


def _where(found: Layout, number: int) -> dict[str, str]:
    """What the address of a page says: its first line, or its first character where it begins inside of a line."""
    if number == 0 or not found.pages[number]:
        return {}
    first = found.pages[number][0]
    return {"c": str(first.start)} if first.continued else {"from": str(first.number)}


def _is_on(parts: Iterable[Part], offset: int) -> bool:
    return any(part.start <= offset < part.end for part in parts)


def _line_of(found: Layout, offset: int) -> int:
    return next(part.number for part in found.pages[found.page_of(offset)] if offset < part.end)


def _passages(current: Release, source: Source) -> int:
    """How many passages were read in a document, in words that say nothing too."""
    property = NamedNode(current.vocabulary.expand("oa:hasSource"))
    graph = NamedNode(current.vocabulary.graph("evidence"))
    return sum(1 for _ in current.dataset.quads(None, property, NamedNode(source.iri), graph))


def _stem(current: Release, iri: str) -> str:
    return iri.removeprefix(current.base + "id/source/")


def _json(content: object) -> Response:
    body = json.dumps(content, ensure_ascii=False) + "\n"
    return finish(Response(body, content_type="application/json"), negotiated=False)


def _known(current: Release, stem: str) -> str:
    """The stem, when it is that of a document; nothing that a visitor sends becomes a path otherwise."""
    if stem not in current.stems:
        abort(404, description=f"There is no document '{stem}' here; the list is at the address without a name.")
    return stem
