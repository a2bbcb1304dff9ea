"""The catalog: what there is, how large, where to get it and what it was made from."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, abort, redirect
from werkzeug.wrappers import Response as AnyResponse

from fasti.dumps import DUMPS
from fasti.release import Release
from fasti.store.embedded import Literal, NamedNode, Quad
from fasti.web.current import release
from fasti.web.language import gettext
from fasti.web.links import root_path
from fasti.web.offers import SUFFIXES
from fasti.web.representations import Resource
from fasti.web.terms import asked_part, terms_page

bp = Blueprint("catalog", __name__)


@bp.get("/catalog", defaults={"suffix": None})
@bp.get("/catalog.<suffix>")
def catalog(suffix: str | None) -> Response:
    """DCAT, VoID, the service description and the provenance of the build.

    Beside `graph/catalog` it says what that cannot, being a part of the data: when the release was made, how
    large its files are.
    """
    if suffix is not None and suffix not in SUFFIXES:
        abort(404, description=f"There is no format '{suffix}'; expected one of {', '.join(SUFFIXES)}.")
    graph = NamedNode(release().vocabulary.graph("catalog"))
    quads = [*release().dataset.quads(graph=graph), *_of_the_files(release(), graph)]

    part = asked_part()

    def page() -> str:
        lead = gettext("What the data set is, how large, under which licence, where to get it, what it was made from.")
        query = "SELECT * WHERE { GRAPH <graph/catalog> { ?subject ?property ?value } }"
        return terms_page(quads, "/catalog", part, title=gettext("Catalog"), lead=lead, query=query)

    return Resource(
        "/catalog", lambda _: quads, page, cite_as=release().base + "catalog", parameters=part.parameters
    ).respond(suffix)


def _of_the_files(current: Release, graph: NamedNode) -> Iterator[Quad]:
    """The time of the release and the sizes of its files."""

    def said(subject: str, name: str, value: str, datatype: str) -> Quad:
        literal = Literal(value, datatype=NamedNode(current.vocabulary.expand(datatype)))
        return Quad(NamedNode(subject), NamedNode(current.vocabulary.expand(name)), literal, graph)

    made = current.created.isoformat().replace("+00:00", "Z")
    for subject in ("catalog", "catalog#dataset"):
        yield said(current.base + subject, "dct:modified", made, "xsd:dateTime")
    for name, size in current.sizes.items():
        if name.startswith(tuple(dump.name for dump in DUMPS)):
            yield said(f"{current.base}catalog#{name}", "dcat:byteSize", str(size), "xsd:nonNegativeInteger")


@bp.get("/.well-known/void")
def void() -> AnyResponse:
    """Where crawlers look for the description of the data (VoID, section 7.2)."""
    response = redirect(root_path("/catalog"), 302)
    response.vary.add("Accept")
    return response
