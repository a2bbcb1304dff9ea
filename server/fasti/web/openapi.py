"""`/openapi.json`: the surface for programs, as OpenAPI 3.1; `context.jsonld`: the terms for JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any

from flask import Blueprint, Response, request

from fasti import paths
from fasti.catalog import LICENSE
from fasti.dumps import COMPRESSIONS, DUMPS, RDFC
from fasti.sparql.formats import offers
from fasti.store.serialize import FORMATS
from fasti.vocabulary import EXTERNAL
from fasti.web.current import release
from fasti.web.metrics import CONTENT_TYPE
from fasti.web.representations import SUFFIXES, finish

bp = Blueprint("openapi", __name__)
Members = dict[str, Any]

_TEXT: Members = {"type": "string"}
_REDIRECT = {"Location": {"description": "Where to go on.", "schema": {"type": "string"}}}
_RDF = tuple(form.media_type for form in FORMATS)
_DESCRIBED = ("text/html", *_RDF, "text/plain")
_PROBLEM_TYPES = ("application/problem+json", "text/html", *_RDF)
_STATUS = {
    301: "It has moved for good, the query is kept.",
    302: "The description is there.",
    303: "A thing is not a document: the description is there.",
    304: "What the client has is still good.",
    400: "A parameter is not what it has to be, or the query is malformed.",
    404: "There is nothing of that name.",
    405: "That method is not for this address; Allow says which are.",
    406: "None of the formats asked for exists; the alternatives are listed.",
    410: "The name was given up; the reason is told.",
    413: "The request or its answer is larger than allowed.",
    414: "The path is longer than any name.",
    415: "The body's media type is none of the protocol's.",
    416: "The file does not have that range.",
    503: "Too slow, too busy or not available; Retry-After, if there, says when to try again.",
}


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
        "paths": _entities() | _queries() | _files() | _described() | _operation(),
        "components": {"schemas": {"Problem": _problem()}},
    }


def _entities() -> dict[str, Members]:
    name = _path("path", "The kind and the name, as organization/ogs.")
    suffixed = _path("path", "The same; a suffix as .ttl fixes the format.")
    return {
        "/": _get("home", "The home page, its lists as of a moment", {"text/html"}, [_at()], 400),
        "/id/{path}": _get("thing", "A thing: leads to its description", {}, [name, _at()], 301, 303, 404, 410, 414),
        "/doc/{path}": _get("document", "Everything the record says of a thing, as of a moment", _DESCRIBED,
                            [suffixed, _at()], 301, 304, 400, 404, 406, 410, 414),
    }  # fmt: skip


def _queries() -> dict[str, Members]:
    types = tuple(dict.fromkeys(("text/html", *offers("SELECT"), *offers("CONSTRUCT"))))
    parameters = [
        _query("query", "SPARQL 1.1; without any parameter the service is described."),
        _query("default-graph-uri", "A graph of the default data set.", several=True),
        _query("named-graph-uri", "A named graph of the data set.", several=True),
        _query("timeout", "Seconds until the query is given up; at most the server's own deadline.", number=True),
        _query("format", "A short name or media type of the answer, before Accept."),
    ]
    statuses = (400, 406, 413, 415, 503)
    form = {p["name"]: p["schema"] for p in parameters[:3]}
    body = {"required": True, "content": {
        "application/sparql-query": {"schema": _TEXT},
        "application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": form, "required": ["query"]}},
    }}  # fmt: skip
    path = _get("ask", "Ask in SPARQL 1.1 (Protocol, query operation)", types, parameters, *statuses)
    post = _operation_of("askByPost", "Ask in SPARQL 1.1, by POST", types, parameters[1:], statuses)
    return {"/sparql": path | {"post": post | {"requestBody": body}}}


def _files() -> dict[str, Members]:
    kinds = {dump.form.media_type for dump in DUMPS} | set(COMPRESSIONS.values()) | {"text/plain"}
    names = [dump.name + packing for dump in DUMPS for packing in ("", *COMPRESSIONS)]
    name = _path("name", "A file of the list.", enum=[*names, "SHA256SUMS", RDFC])
    stem = _path("stem", "A document's identifier.")
    partly = (206, 304, 404, 416)
    return {
        "/dumps/": _get("dumps", "The files for download", {"text/html"}, [], 304),
        "/dumps/{name}": _get("dump", "One file", kinds, [name], *partly),
        "/source/": _get("sources", "The source documents", {"text/html"}, [], 304),
        "/source/{stem}": _get("source", "A document with line numbers", {"text/html"}, [stem], 304, 404),
        "/source/{stem}.txt": _get("text", "A document as it came", {"text/plain"}, [stem], *partly),
        "/static/{filename}": _get("static", "What pages load", {"text/css", "image/svg+xml"},
                                   [_path("filename", "A file's name.", example="fasti.css")], *partly),
    }  # fmt: skip


def _described() -> dict[str, Members]:
    found = {}
    for path, summary in (("catalog", "DCAT, VoID, SPARQL Service Description and PROV"), ("def", "Our own terms"),
                          ("shapes", "The shapes that every release meets"),
                          ("quality", "The validation report, the conflicts and the coverage")):  # fmt: skip
        found[f"/{path}"] = _get(path, summary, _DESCRIBED, [], 304, 406)
        found[f"/{path}.{{suffix}}"] = _get(f"{path}As", f"{summary}, in one format", _DESCRIBED, [_suffix()], 304, 404)
    for path, summary, example in (("scheme", "A code list", "rank.ttl"), ("graph", "A named graph", "evidence")):
        name = _path("name", "Its name; a suffix as .ttl fixes the format.", example=example)
        found[f"/{path}/{{name}}"] = _get(path, summary, _DESCRIBED, [name], 304, 404, 406)
    return found


def _operation() -> dict[str, Members]:
    return {
        "/.well-known/void": _get("void", "Leads to the catalog", {}, [], 302),
        "/context.jsonld": _get("context", "The JSON-LD context", {"application/ld+json"}, [], 304),
        "/openapi.json": _get("openapi", "This description", {"application/json"}, [], 304),
        "/health": _get("health", "Whether the store answers", {"application/json"}, []),
        "/metrics": _get("metrics", "Numbers for Prometheus", {CONTENT_TYPE.partition(";")[0]}, []),
        "/robots.txt": _get("robots", "What crawlers may read", {"text/plain"}, []),
    }


def _get(name: str, summary: str, types: Sequence[str] | set[str] | dict[str, str], parameters: Sequence[Members],
         *statuses: int) -> Members:  # fmt: skip
    return {"get": _operation_of(name, summary, tuple(types), parameters, statuses)}


def _operation_of(
    name: str, summary: str, types: Sequence[str], parameters: Sequence[Members], statuses: Sequence[int]
) -> Members:
    responses: dict[str, Members] = {}
    if types:
        responses["200"] = {"description": "The answer.", "content": _content(types)}
    for status in sorted({*statuses, 503}):
        responses[str(status)] = _response(status, types)
    return {"operationId": name, "summary": summary, "parameters": list(parameters), "responses": responses}


def _response(status: int, types: Sequence[str]) -> Members:
    if status == 206:
        return {"description": "The part that was asked for.", "content": _content(types)}
    described: Members = {"description": _STATUS[status]}
    if 300 <= status < 304:
        return described | {"headers": _REDIRECT}
    if status >= 400:
        problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
        found = {kind: problem if kind.endswith("problem+json") else {"schema": _TEXT} for kind in _PROBLEM_TYPES}
        described["content"] = dict(found) | (
            {"application/json": {"schema": {"type": "object"}}} if status == 503 else {}
        )
    return described


def _content(types: Sequence[str]) -> Members:
    return {kind: {"schema": {} if kind.endswith("json") else _TEXT} for kind in sorted(types)}


def _path(name: str, description: str, enum: Sequence[str] = (), example: str = "") -> Members:
    schema = _TEXT | ({"enum": list(enum)} if enum else {"minLength": 1})
    found = {"name": name, "in": "path", "required": True, "description": description, "schema": schema}
    return found | ({"example": example} if example else {})


def _suffix() -> Members:
    schema = {"type": "string", "enum": list(SUFFIXES)}
    return {"name": "suffix", "in": "path", "required": True, "description": "The format.", "schema": schema}


def _query(name: str, description: str, several: bool = False, number: bool = False) -> Members:
    schema: Mapping[str, object] = {"type": "array", "items": _TEXT} if several else _TEXT
    if number:
        schema = {"type": "number", "exclusiveMinimum": 0, "maximum": 3600}
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def _at() -> Members:
    """A day of the calendar, a month, a year from 1 to 9999, or nothing, as a form sends it."""
    year, month = "([0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)", "(0[1-9]|1[0-2])"
    day = "((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31|02-29)"
    several = [_TEXT | {"pattern": f"^{year}(-{month})?$"}, _TEXT | {"pattern": f"^{year}-{day}$", "format": "date"},
               _TEXT | {"maxLength": 0}]  # fmt: skip
    meaning = "The state on that day, or on some day of that month or year."
    return {"name": "at", "in": "query", "required": False, "description": meaning, "schema": {"anyOf": several},
            "example": "1966-05-20"}  # fmt: skip


def _problem() -> Members:
    """RFC 9457, with the extension members that are used here."""
    return {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": _TEXT, "title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT,
            "alternatives": {"type": "array"}, "successors": {"type": "array", "items": _TEXT}, "requestId": _TEXT,
            "code": _TEXT, "line": {"type": "integer"}, "column": {"type": "integer"},
        },
    }  # fmt: skip
