"""The catalog: what there is, how large, where to get it and what it was made from."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from fasti.store.embedded import NamedNode
from fasti.web.current import release
from fasti.web.links import root_path
from fasti.web.representations import SUFFIXES, Resource
from fasti.web.terms import described

bp = Blueprint("catalog", __name__)


@bp.get("/catalog", defaults={"suffix": None})
@bp.get("/catalog.<suffix>")
def catalog(suffix: str | None) -> Response:
    """DCAT, VoID, the service description and the provenance of the build."""
    if suffix is not None and suffix not in SUFFIXES:
        abort(404, description=f"There is no format '{suffix}'; expected one of {', '.join(SUFFIXES)}.")
    quads = list(release().dataset.quads(graph=NamedNode(release().vocabulary.graph("catalog"))))

    def page() -> str:
        lead = "What the data set is, how large, under which licence, where to get it, what it was made from."
        return render_template("terms.html", title="Catalog", lead=lead, path="/catalog", more=0, schemes=[],
                               subjects=described(release(), quads), about=None)  # fmt: skip

    return Resource("/catalog", lambda _: quads, page, cite_as=release().base + "catalog").respond(suffix)


@bp.get("/.well-known/void")
def void() -> AnyResponse:
    """Where crawlers look for the description of the data (VoID, section 7.2)."""
    response = redirect(root_path("/catalog"), 302)
    response.vary.add("Accept")
    return response
