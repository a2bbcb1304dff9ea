"""Entities: `/id/…` names a thing, `/doc/…` describes it, in the format that is asked for."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, Response, abort, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from fasti.release import Release
from fasti.store.embedded import NamedNode
from fasti.store.serialize import JSON_LD, write
from fasti.web.conflicts import conflicts
from fasti.web.current import release
from fasti.web.description import Description, describe
from fasti.web.links import SAFE, root_path
from fasti.web.page import Page
from fasti.web.representations import Resource, split_suffix
from fasti.web.statements import statements
from fasti.web.tenures import tenures

bp = Blueprint("entities", __name__)


@bp.get("/id/<path:path>")
def thing(path: str) -> AnyResponse:
    """Send whoever asks for a thing to the document about it (303, httpRange-14)."""
    if _iri(release(), path) is None:
        abort(404, description=_unknown(path))
    target = root_path(f"/doc/{path}")
    query = f"?{request.query_string.decode('ascii', 'ignore')}" if request.query_string else ""
    response = redirect(target + query, 303)
    response.headers["Link"] = f'<{target}>; rel="describedby"'
    response.vary.add("Accept")
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


@bp.get("/doc/<path:path>")
def document(path: str) -> Response:
    """The description of an entity, negotiated or in the format that the suffix names."""
    stem, suffix = split_suffix(path)
    iri = _iri(release(), stem)
    description = describe(release(), iri) if iri else None
    if description is None:
        abort(404, description=_unknown(stem))
    resource = Resource(f"/doc/{stem}", description.data, lambda: _page(description, stem), cite_as=description.iri)
    return resource.respond(suffix)


def _iri(current: Release, path: str) -> str | None:
    """The IRI in the data that a decoded path stands for, written out or percent-encoded."""
    for spelling in (path, quote(path, safe=SAFE.replace("%", ""))):
        if any(c in ' <>"{}|\\^`' or c < " " for c in spelling):
            continue  # no IRI holds these
        node = NamedNode(f"{current.base}id/{spelling}")
        for quads in (current.dataset.quads(s=node), current.dataset.quads(o=node)):
            if next(quads, None) is not None:
                return node.value
    return None


def _unknown(path: str) -> str:
    return f"Nothing is known here under the name '{path}'. Names may be found on the home page."


def _page(description: Description, path: str) -> str:
    page = Page(description)
    embedded = write(description.data(JSON_LD), JSON_LD, release().vocabulary.prefixes).decode()
    kind = path.partition("/")[0]
    return render_template(
        "passage.html" if kind == "passage" else "entity.html",
        page=page,
        path=path,
        kind=kind,
        quote=page.evidence.quote(description.iri) if kind == "passage" else None,
        statements=statements(page) if kind == "passage" else [],
        tenures=tenures(page),
        conflicts=conflicts(page),
        json_ld=Markup(embedded.replace("<", "\\u003c")),  # noqa: S704 - JSON without "<" cannot end its script
        document=root_path(f"/doc/{path}"),
    )
