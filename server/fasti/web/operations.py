"""The parts of an OpenAPI description: an operation, its parameters, its answers and problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fasti.store.serialize import FORMATS
from fasti.web.offers import SUFFIXES

Members = dict[str, Any]

TEXT: Members = {"type": "string"}
_REDIRECT = {"Location": {"description": "Where to go on.", "schema": {"type": "string"}}}
_RDF = tuple(form.media_type for form in FORMATS)
_PROBLEM_TYPES = ("application/problem+json", "text/html", *_RDF)
_STATUS = {
    301: "It has moved for good, the query is kept.",
    302: "It is there.",
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


def get(
    name: str,
    summary: str,
    types: Sequence[str] | set[str] | dict[str, str],
    parameters: Sequence[Members],
    *statuses: int,
) -> Members:
    """A path that answers GET, in one of the media types, or with one of the statuses besides 200 and 503."""
    return {"get": operation(name, summary, tuple(types), parameters, statuses)}


def operation(
    name: str, summary: str, types: Sequence[str], parameters: Sequence[Members], statuses: Sequence[int]
) -> Members:
    """An operation (OpenAPI 3.1, section 4.8.10); without media types it only redirects."""
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
        found = {kind: problem if kind.endswith("problem+json") else {"schema": TEXT} for kind in _PROBLEM_TYPES}
        described["content"] = dict(found) | (
            {"application/json": {"schema": {"type": "object"}}} if status == 503 else {}
        )
    return described


def _content(types: Sequence[str]) -> Members:
    return {kind: {"schema": {} if kind.endswith("json") else TEXT} for kind in sorted(types)}


def in_path(name: str, description: str, enum: Sequence[str] = (), example: str = "") -> Members:
    """A parameter in the path."""
    schema = TEXT | ({"enum": list(enum)} if enum else {"minLength": 1})
    found = {"name": name, "in": "path", "required": True, "description": description, "schema": schema}
    return found | ({"example": example} if example else {})


def suffix() -> Members:
    """The suffix that fixes a format."""
    schema = {"type": "string", "enum": list(SUFFIXES)}
    return {"name": "suffix", "in": "path", "required": True, "description": "The format.", "schema": schema}


def in_query(name: str, description: str, several: bool = False, number: bool = False) -> Members:
    """A parameter in the query, which may be left out."""
    schema: Mapping[str, object] = {"type": "array", "items": TEXT} if several else TEXT
    if number:
        schema = {"type": "number", "exclusiveMinimum": 0, "maximum": 3600}
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def at() -> Members:
    """A day of the calendar, a month, a year from 1 to 9999, or nothing, as a form sends it."""
    year, month = "([0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)", "(0[1-9]|1[0-2])"
    day = "((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31|02-29)"
    several = [TEXT | {"pattern": f"^{year}(-{month})?$"}, TEXT | {"pattern": f"^{year}-{day}$", "format": "date"},
               TEXT | {"maxLength": 0}]  # fmt: skip
    meaning = "The state on that day, or on some day of that month or year."
    return {"name": "at", "in": "query", "required": False, "description": meaning, "schema": {"anyOf": several},
            "example": "1966-05-20"}  # fmt: skip


def problem_schema() -> Members:
    """RFC 9457, with the extension members that are used here."""
    return {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": TEXT, "title": TEXT, "status": {"type": "integer"}, "detail": TEXT,
            "alternatives": {"type": "array"}, "successors": {"type": "array", "items": TEXT}, "requestId": TEXT,
            "code": TEXT, "line": {"type": "integer"}, "column": {"type": "integer"},
        },
    }  # fmt: skip
