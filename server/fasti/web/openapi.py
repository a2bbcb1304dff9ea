"""`/openapi.json`: the surface for programs, as OpenAPI 3.1; `context.jsonld`: the terms for JSON-LD."""

from __future__ import annotations

import json
from importlib.metadata import version

from flask import Blueprint, Response, request

from fasti import paths
from fasti.catalog import LICENSE
from fasti.dumps import COMPRESSIONS, DUMPS, RDFC
from fasti.index import CERTAINTIES, FACETS, KINDS, NAMES, SORTS
from fasti.questions import questions
from fasti.sparql.formats import offers
from fasti.store.serialize import FORMATS
from fasti.vocabulary import EXTERNAL
from fasti.web.asked_list import MOST_PAGES
from fasti.web.charts.build import KINDS as CHARTS
from fasti.web.current import release
from fasti.web.metrics import CONTENT_TYPE
from fasti.web.operations import TEXT, Members, at, get, in_path, in_query, operation, problem_schema, suffix
from fasti.web.representations import finish

bp = Blueprint("openapi", __name__)
_DESCRIBED = ("text/html", *(form.media_type for form in FORMATS), "text/plain")


@bp.get("/openapi.json")
def openapi() -> Response:
    """The description, with the root that the client sees as its server."""
    text = json.dumps(describe(request.script_root or "/"), ensure_ascii=False, indent=1)
    return finish(Response(text + "\n", content_type="application/json"), negotiated=False)


@bp.get("/context.jsonld")
def context() -> Response:
    """The JSON-LD context, our own prefixes made absolute: a context has no base to resolve them against."""
    document = json.loads((paths.data("ontology") / "context.jsonld").read_text("utf-8"))
    own = release().vocabulary.prefixes.items() - EXTERNAL.items()
    document["@context"].update({name: iri for name, iri in own if name in document["@context"]})
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return finish(Response(text + "\n", content_type="application/ld+json"), negotiated=False)


def describe(root: str) -> Members:
    """The OpenAPI document of a server that is reached at the path `root`."""
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "Fasti",
            "version": version("fasti"),
            "summary": "Who held which office, when, and who says so, as linked open data.",
            "description": "Every address that names a thing answers in HTML and six RDF formats. GET is enough for "
            "everything; HEAD answers like GET, files come in ranges, and any origin may ask.",
            "license": {"name": "CC BY-SA 4.0 (data)", "url": LICENSE},
        },
        "servers": [{"url": root}],
        "paths": _entities() | _drawn() | _found() | _queries() | _asked() | _files() | _described() | _operation(),
        "components": {"schemas": {"Problem": problem_schema()}},
    }


def _entities() -> dict[str, Members]:
    name = in_path("path", "The kind and the name, as organization/ogs.")
    suffixed = in_path("path", "The same; a suffix as .ttl fixes the format.")
    return {
        "/": get("home", "The home page, its topics as of a moment", {"text/html"}, [at()], 400),
        "/id/{path}": get("thing", "A thing: leads to its description", {}, [name, at()], 301, 303, 404, 410, 414),
        "/doc/{path}": get("document", "Everything the record says of a thing, as of a moment", _DESCRIBED,
                            [suffixed, at()], 301, 304, 400, 404, 406, 410, 414),
    }  # fmt: skip


def _drawn() -> dict[str, Members]:
    which = [
        in_path("chart", "What is drawn.", enum=[*CHARTS]),
        in_path("kind", "The kind.", enum=sorted({*CHARTS["timeline"], *CHARTS["organization"]})),
    ]
    name = in_path("slug", "The name; the suffix .svg, .csv or .json gives the drawing or its rows.", example="ogs.svg")
    own = [_number("depth", "Levels of an organization chart.", 6), _number("page", "Which rows of a timeline, from 1."),
           _number("width", "Of the drawing, in pixels.", 2400, least=280)]  # fmt: skip
    types = {"text/html", "image/svg+xml", "text/csv", "application/json"}
    drawn = get(
        "chart",
        "A timeline, an organization chart or a succession",
        types,
        [*which, name, *own, at()],
        301,
        304,
        400,
        404,
        410,
        414,
    )
    return {"/chart/{chart}/{kind}/{slug}": drawn}


def _number(name: str, description: str, most: int = 10_000, least: int = 1) -> Members:
    return in_query(name, description) | {"schema": {"type": "integer", "minimum": least, "maximum": most}}


def _asked() -> dict[str, Members]:
    """The questions; each has the blanks that its page names, as parameters."""
    name = in_path("name", "A question; what its blanks are called is on its page.", enum=sorted(questions()))
    blanks = in_query("day", "One of the blanks: a day. Others are names or IRIs.")
    paths = {
        "/questions/": get(
            "questions", "The questions that only need their blanks filled", {"text/html"}, [at()], 304, 400
        ),
        "/questions/{name}": get(
            "question", "A question and its answer", {"text/html"}, [name, blanks, at()], 304, 400, 404
        ),
    }
    for ending, media_type in (
        ("csv", "text/csv"),
        ("json", "application/sparql-results+json"),
        ("rq", "application/sparql-query"),
    ):
        summary = "The query with its blanks filled" if ending == "rq" else f"The answer as {ending.upper()}"
        paths[f"/questions/{{name}}.{ending}"] = get(
            f"questionAs{ending.title()}", summary, {media_type}, [name, blanks], 304, 400, 404, 413
        )
    return paths


def _found() -> dict[str, Members]:
    typed = in_query("q", "A name or a part of one, in any language; the last word may be only begun.")
    kind = in_query("kind", "Nothing but this kind of thing.") | {"schema": {"enum": ["", *KINDS[:-1]]}}
    page = _number("page", "Which page of the list, from 1.", most=50)
    listed = [in_path("kind", "The kind of things.", enum=KINDS), *_narrowing(),
              _number("page", "Which page of the list, from 1.", most=MOST_PAGES), at()]  # fmt: skip
    names = "Everything that has such a name, the best first"
    paths = {
        "/browse/": get("kinds", "Leads to the first kind", {}, [], 302),
        "/search": get("search", names, {"text/html"}, [typed, kind, page, at()], 304, 400, 404),
        "/search.json": get("searchAsJson", f"{names}: query, kind, page, total (isMore: there are more than were "
                             "counted), next, and hits with iri, label, language, kind, the name that was found "
                             f"({', '.join(NAMES)}), parent, edtf, page", {"application/json"},
                             [typed, kind, page], 304, 400, 404),
        "/suggest": get("suggest", "Names to complete what is typed (OpenSearch Suggestions): text, names, what each "
                         "is, its page", {"application/x-suggestions+json"}, [typed], 304),
        "/opensearch.xml": get("opensearch", "The search for browsers", {"application/opensearchdescription+xml"}, [], 304),
        "/browse/{kind}": get("browse", "The things of a kind, narrowed down", {"text/html"}, listed, 304, 400, 404),
    }  # fmt: skip
    for ending, media_type in (("csv", "text/csv"), ("json", "application/json")):
        summary = f"The same as {ending.upper()}, a thousand to a page; Link leads to the next"
        paths[f"/browse/{{kind}}.{ending}"] = get(
            f"browseAs{ending.title()}", summary, {media_type}, listed, 304, 400, 404
        )
    return paths


def _narrowing() -> list[Members]:
    """The parameters that narrow a list down; an empty one, as a form sends it, narrows nothing."""
    facets = [
        in_query(name, f"The local name of a value of {property}, or 'none'.") for name, property in FACETS.items()
    ]
    direct = in_query("direct", "Only what is directly in the parent.") | {"schema": {"enum": ["", "1"]}}
    days = [in_query(name, f"{word} of a period: a year, a month or a day.") | {"schema": at()["schema"]}
            for name, word in (("from", "The begin"), ("until", "The end"))]  # fmt: skip
    when = in_query("when", "How a thing stands to the period.") | {"schema": {"enum": ["", *CERTAINTIES]}}
    sort = in_query("sort", "The order.") | {"schema": {"enum": ["", *SORTS]}}
    return [
        *facets,
        in_query("parent", "The name of a body: what is in it, or anywhere below."),
        direct,
        *days,
        when,
        sort,
    ]


def _queries() -> dict[str, Members]:
    types = tuple(dict.fromkeys(("text/html", *offers("SELECT"), *offers("CONSTRUCT"))))
    parameters = [
        in_query("query", "SPARQL 1.1; without any parameter the service is described."),
        in_query("default-graph-uri", "A graph of the default data set.", several=True),
        in_query("named-graph-uri", "A named graph of the data set.", several=True),
        in_query("timeout", "Seconds until the query is given up; at most the server's own deadline.", number=True),
        in_query(
            "format",
            "A short name (csv, json, tsv, xml; ttl, nt, rdf, jsonld, trig, nq) or a media type, "
            "before Accept; 406 for one in which such a query is not answered.",
        ),
    ]
    statuses = (400, 406, 413, 415, 503)
    form = {p["name"]: p["schema"] for p in parameters[:3]}
    body = {"required": True, "content": {
        "application/sparql-query": {"schema": TEXT},
        "application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": form, "required": ["query"]}},
    }}  # fmt: skip
    path = get("ask", "Ask in SPARQL 1.1 (Protocol, query operation)", types, parameters, *statuses)
    post = operation("askByPost", "Ask in SPARQL 1.1, by POST", types, parameters[1:], statuses)
    terms = get("terms", "Prefixes and terms to complete a query with", {"application/json"}, [])
    return {"/sparql": path | {"post": post | {"requestBody": body}}, "/sparql/terms.json": terms}


def _files() -> dict[str, Members]:
    kinds = {dump.form.media_type for dump in DUMPS} | set(COMPRESSIONS.values()) | {"text/plain"}
    names = [dump.name + packing for dump in DUMPS for packing in ("", *COMPRESSIONS)]
    name = in_path("name", "A file of the list.", enum=[*names, "SHA256SUMS", RDFC])
    stem = in_path("stem", "A document's identifier.")
    partly = (206, 304, 404, 416)
    return {
        "/dumps/": get("dumps", "The files for download", {"text/html"}, [], 304),
        "/dumps/{name}": get("dump", "One file", kinds, [name], *partly),
        "/source/": get("sources", "The source documents", {"text/html"}, [], 304),
        "/source/index.json": get("sourcesAsJson", "The same as JSON", {"application/json"}, [], 304),
        "/source/{stem}": get("source", "A document, what was read in it and what was not", {"text/html"},
                              [stem, _number("from", "The line to begin with.", 99_999_999)], 304, 400, 404),
        "/source/{stem}.json": get("sourceAsJson", "Its marks", {"application/json"}, [stem], 304, 404),
        "/source/{stem}.txt": get("text", "A document as it came", {"text/plain"}, [stem], *partly),
        "/static/{filename}": get("static", "What pages load", {"text/css", "image/svg+xml", "text/javascript"},
                                   [in_path("filename", "A file's name.", example="fasti.css")], *partly),
    }  # fmt: skip


def _described() -> dict[str, Members]:
    found = {}
    part = [_number("page", "Which part of a long page, from 1.", 999_999),
            in_query("term", "The part that has the term of this name, in place of a number.")]  # fmt: skip
    for path, summary in (("catalog", "DCAT, VoID, SPARQL Service Description and PROV"), ("def", "Our own terms"),
                          ("shapes", "The shapes that every release meets"),
                          ("quality", "The validation report, the conflicts and the coverage")):  # fmt: skip
        found[f"/{path}"] = get(path, summary, _DESCRIBED, part if path != "quality" else [], 304, 400, 404, 406)
        found[f"/{path}.{{suffix}}"] = get(
            f"{path}As", f"{summary}, in one format", _DESCRIBED, [suffix()], 304, 400, 404
        )
    for path, summary, example in (("scheme", "A code list", "rank.ttl"), ("graph", "A named graph", "evidence")):
        name = in_path("name", "Its name; a suffix as .ttl fixes the format.", example=example)
        found[f"/{path}/{{name}}"] = get(path, summary, _DESCRIBED, [name, *part], 304, 400, 404, 406)
    return found


def _operation() -> dict[str, Members]:
    return {
        "/.well-known/void": get("void", "Leads to the catalog", {}, [], 302),
        "/context.jsonld": get("context", "The JSON-LD context", {"application/ld+json"}, [], 304),
        "/openapi.json": get("openapi", "This description", {"application/json"}, [], 304),
        "/health": get("health", "Whether the store answers", {"application/json"}, []),
        "/metrics": get("metrics", "Numbers for Prometheus", {CONTENT_TYPE.partition(";")[0]}, []),
        "/robots.txt": get("robots", "What crawlers may read", {"text/plain"}, []),
    }
