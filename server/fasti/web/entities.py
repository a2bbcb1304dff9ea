"""Entities: `/id/…` names a thing, `/doc/…` describes it, in the format that is asked for.

`?at=` gives the state at a moment: `moments` has the definitions, `Description` what the data then are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from flask import Blueprint, Response, abort, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from fasti import paths
from fasti.release import Release
from fasti.store.binding import bind
from fasti.store.terms import NamedNode
from fasti.web.conflicts import conflicts
from fasti.web.current import release
from fasti.web.description import Description, describe
from fasti.web.excerpt import json_ld
from fasti.web.hierarchy import chain
from fasti.web.links import SAFE, kept_moment, root_path
from fasti.web.moments import Certainty, asked
from fasti.web.moved import Former, former
from fasti.web.names import named
from fasti.web.offers import split_suffix
from fasti.web.page import Page
from fasti.web.paging import asked_pages
from fasti.web.posts import posts
from fasti.web.problems import problem
from fasti.web.representations import Resource
from fasti.web.sections import Sections
from fasti.web.sentence import sentence
from fasti.web.statements import statements
from fasti.web.steps import steps
from fasti.web.tenures import tenures, without_body
from fasti.web.values import Section

bp = Blueprint("entities", __name__)
DOCUMENT = "/doc/<path:path>"
_LISTS = re.compile(r"(above|below|bodies|events|mentions|posts|tenures)(-\w+)?", re.ASCII)
_DATED = ("organization", "post", "person", "membership")


@bp.get("/id/<path:path>")
def thing(path: str) -> AnyResponse:
    """Send whoever asks for a thing to the document about it (303, httpRange-14)."""
    stem, _, fragment = path.partition("#")  # a hash that was sent percent-encoded
    if (gone := given_up(stem, "/id/")) is not None:
        return gone
    if _iri(release(), stem) is None:
        if (tidied := _tidied(stem)) is not None:
            return _redirect(root_path(f"/id/{tidied}"), 301)
        abort(404, description=_unknown(stem))
    target = root_path(f"/doc/{stem}")
    response = _redirect(target, 303, fragment)
    response.headers["Link"] = f'<{target}>; rel="describedby"'
    response.vary.add("Accept")
    return response


@bp.get(DOCUMENT)
def document(path: str) -> Response | AnyResponse:
    """The description of an entity, negotiated or in the format that the suffix names."""
    owner, mark, fragment = path.partition("#")
    stem, suffix = split_suffix(owner)
    ending = f".{suffix}" if suffix else ""
    if (gone := given_up(stem, "/doc/", ending)) is not None:
        return gone
    moment = asked()
    nodes = named(f"{release().base}id/", stem)
    description = next(filter(None, (describe(release(), node.value, moment) for node in nodes)), None)
    if description is None:
        if (tidied := _tidied(stem)) is not None:
            return _redirect(root_path(f"/doc/{tidied}{ending}"), 301)
        abort(404, description=_unknown(stem))
    if mark:
        return _redirect(root_path(f"/doc/{owner}"), 301, fragment)
    numbers = asked_pages(_LISTS)
    return Resource(
        f"/doc/{stem}",
        description.data,
        lambda: _page(description, stem, numbers),
        cite_as=description.iri,
        query=kept_moment(),
        parameters={name: str(number) for name, number in numbers.items()},
    ).respond(suffix)


def _iri(current: Release, path: str) -> str | None:
    """The IRI in the data that a decoded path stands for, written out or percent-encoded."""
    for node in named(f"{current.base}id/", path):
        for quads in (current.dataset.quads(s=node), current.dataset.quads(o=node)):
            if next(quads, None) is not None:
                return node.value
    return None


def _tidied(path: str) -> str | None:
    """The path without slashes at its end, when that is the name of something."""
    tidied = path.rstrip("/")
    return tidied if tidied != path and _iri(release(), tidied) is not None else None


def given_up(path: str, place: str, ending: str = "") -> Response | AnyResponse | None:
    """301 to the successor of a name that was given up, or 410 with the reason (RFC 9110, section 15.5.11)."""
    base = release().base + "id/"
    found = (former(release(), node) for node in named(base, path))
    gone = next((each for each in found if each is not None), None)
    if gone is None:
        return None
    if gone.successor is not None and gone.successor.startswith(base):
        return _redirect(root_path(place + gone.successor.removeprefix(base) + ending), 301)
    return _gone(gone)


def _gone(gone: Former) -> Response:
    detail = gone.reason or "What had this name was withdrawn."
    if len(gone.successors) > 1:
        detail += " Several things took its place."
    return problem(410, detail, successors=list(gone.successors))


def _redirect(target: str, status: int, fragment: str = "") -> AnyResponse:
    """A redirection that keeps the query."""
    query = f"?{request.query_string.decode('ascii', 'ignore')}" if request.query_string else ""
    mark = f"#{quote(fragment, safe=SAFE + '?')}" if fragment else ""
    response = redirect(target + query + mark, status)
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


def _unknown(path: str) -> str:
    shown = path if len(path) <= 200 else path[:200] + "…"
    return f"Nothing is known here under the name '{shown}'. Names may be found on the home page."


def _page(description: Description, path: str, numbers: dict[str, int]) -> str:
    page = Page(description, numbers)
    kind = path.partition("/")[0]
    sections = Sections(page).all()
    common = {"page": page, "path": path, "kind": kind, "document": root_path(f"/doc/{path}"),
              "json_ld": json_ld(page, f"/doc/{path}"), "sections": sections, "query": _query(description)}  # fmt: skip
    if kind == "passage":
        quote = page.evidence.quote(description.iri)
        return render_template("passage.html", quote=quote, statements=statements(page), **common)
    held = tenures(page) if kind in ("post", "person") else None
    offered = posts(page) if kind == "organization" else None
    said = sentence(page, offered.shown if offered else [], held.shown if held else [])
    return render_template(
        "entity.html",
        tenures=held,
        posts=offered,
        sentence=said,
        chain=chain(page),
        ways=list(_ways(page, kind, sections)),
        steps=steps(page) if kind in _DATED or page.moment else None,
        bodiless=_bodiless(page, kind),
        conflicts=conflicts(page),
        **common,
    )


def _query(description: Description) -> str:
    """The query for the statements that the page is made of."""
    entity, graphs = NamedNode(description.iri), [each for each in description.graphs if isinstance(each, NamedNode)]
    if graphs:
        return bind(paths.query("entity-in-graph"), {"entity": entity, "graph": graphs[0]})
    return bind(paths.query("entity"), {"entity": entity})


def _bodiless(page: Page, kind: str) -> bool:
    """Whether the body that the page is about, or that its post is in, did not exist at the moment."""
    if kind == "organization":
        return page.certainty == Certainty.EXCLUDED
    return kind == "post" and page.moment is not None and without_body(page, page.node)


def _ways(page: Page, kind: str, sections: Sequence[Section]) -> Iterator[str]:
    """The charts that there is something to draw on."""
    around, there = page.around(page.node), {section.key for section in sections}
    tenures_of = (page.term(name) for name in ("fasti:post", "org:member", "org:organization"))
    if kind in ("post", "person", "organization") and around.of(*tenures_of):
        yield "timeline"
    if kind == "organization":
        if there & {"above", "below"}:
            yield "organization"
        if around.of(page.term("org:originalOrganization")) or _came_from_another(page):
            yield "succession"


def _came_from_another(page: Page) -> bool:
    """Whether an event that a body resulted from had another body before it."""
    resulting, original = page.term("org:resultingOrganization"), page.term("org:originalOrganization")
    events = [fact.subject for fact in page.naming if fact.predicate == resulting]
    return any(next(page.release.dataset.quads(event, original), None) is not None for event in events)
