"""Errors: a problem document (RFC 9457) for programs, RDF for who asks for RDF, a page for people."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import quote

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException

from fasti.errors import FastiError, ReleaseError, StoreError
from fasti.negotiation import choose
from fasti.store.embedded import Literal, NamedNode, Quad
from fasti.store.serialize import FORMATS, write
from fasti.vocabulary import EXTERNAL, HTTP
from fasti.web.language import language, pgettext
from fasti.web.links import SAFE

log = logging.getLogger(__name__)
_JSON = "application/problem+json"
_RDF = {form.media_type: form for form in FORMATS}
_OFFERED = ("text/html", _JSON, "application/json", *_RDF)
_DATA = (".csv", ".json", ".rq", ".txt", ".svg")  # of who wants no page


class NotAcceptableError(Exception):
    """The request accepts no representation that there is; `alternatives` maps addresses to media types."""

    def __init__(self, alternatives: Mapping[str, str]) -> None:
        super().__init__("nothing acceptable")
        self.alternatives = alternatives


def register(app: Flask) -> None:
    """Answer every error of the application with a problem."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(NotAcceptableError, _not_acceptable)
    app.register_error_handler(ReleaseError, _no_release)
    app.register_error_handler(StoreError, _no_store)
    app.register_error_handler(Exception, _unexpected)


def problem(status: int, detail: str, **members: object) -> Response:
    """An error response in the form that the request prefers; problem+json when it accepts none of them.

    Who accepts anything gets a page, but for data (`….csv`) the problem document, and where the address has the
    suffix of an RDF format the problem in that.

    Args:
        status: the HTTP status.
        detail: what happened, what was expected, how to go on; plain text.
        members: further members of the problem document.
    """
    title = HTTPStatus(status).phrase
    about = {"type": "about:blank", "title": title, "status": status, "detail": detail, **members}
    accept = ", ".join(request.headers.getlist("Accept")) if "Accept" in request.headers else None
    media_type = choose(accept, (*_first(request.path), *_OFFERED)) or _JSON
    if media_type == "text/html":
        said = pgettext("status", title)
        body: str | bytes = render_template("problem.html", title=said, status=status, detail=detail, members=members)
        media_type = "text/html; charset=utf-8"
    elif media_type in _RDF:
        body = _as_rdf(media_type, status, detail)
        media_type = "text/turtle; charset=utf-8" if media_type == "text/turtle" else media_type
    else:
        body, media_type = json.dumps(about, ensure_ascii=False).replace("<", "\\u003c") + "\n", _JSON
    response = Response(body, status, content_type=media_type)
    response.vary.add("Accept")
    if media_type.startswith("text/html"):
        response.vary.add("Accept-Language")
        response.content_language.add(language())
    response.headers["Cache-Control"] = "no-cache"
    return response


def _first(path: str) -> tuple[str, ...]:
    """What somebody who accepts anything most likely wants in place of data."""
    form = next((form for form in FORMATS if path.endswith(f".{form.suffix}")), None)
    return (form.media_type,) if form else (_JSON,) if path.endswith(_DATA) else ()


def _as_rdf(media_type: str, status: int, detail: str) -> bytes:
    """The problem in W3C's HTTP Vocabulary in RDF: about an answer, and nothing about what was asked for."""
    answer, http, rdfs = NamedNode(quote(request.base_url, safe=SAFE) + "#problem"), HTTP, EXTERNAL["rdfs"]
    quads = [
        Quad(answer, NamedNode(EXTERNAL["rdf"] + "type"), NamedNode(http + "Response")),
        Quad(answer, NamedNode(http + "statusCodeValue"), Literal(status)),
        Quad(answer, NamedNode(http + "reasonPhrase"), Literal(HTTPStatus(status).phrase)),
        Quad(answer, NamedNode(rdfs + "comment"), Literal(detail, language="en")),
    ]
    return write(quads, _RDF[media_type], {"http": http, "rdf": EXTERNAL["rdf"], "rdfs": rdfs})


def _http(error: HTTPException) -> Response:
    """Flask's and our own aborts; headers such as Allow and Content-Range stay."""
    if error.code is None or error.code < 400:
        raw = error.get_response()
        return Response(raw.get_data(), raw.status_code, headers=list(raw.headers.items()))
    response = problem(error.code, error.description or HTTPStatus(error.code).description)
    kept = {"allow", "content-range", "retry-after"}
    for name, value in error.get_headers():
        if name.lower() in kept:
            response.headers[name] = value
    return response


def _not_acceptable(error: NotAcceptableError) -> Response:
    response = problem(
        406,
        "None of the formats that were asked for exists here; the alternatives are listed.",
        alternatives=[{"href": href, "type": kind} for href, kind in error.alternatives.items()],
    )
    response.headers["Link"] = ", ".join(
        f'<{href}>; rel="alternate"; type="{kind}"' for href, kind in error.alternatives.items()
    )
    return response


def _no_release(error: FastiError) -> Response:
    log.error("%s", error)
    response = problem(503, "The data are not available at the moment; the operator finds the reason in the log.")
    response.headers["Retry-After"] = "30"
    return response


def _no_store(error: StoreError) -> Response:
    response = _no_release(error)
    response.headers["Retry-After"] = "5"  # a store that is restarted is soon there again
    return response


def _unexpected(error: Exception) -> Response:
    """A fault of ours: the log has the trace, the answer never."""
    identifier = request.environ.get("fasti.request_id", "")
    log.error("%s %s %s", identifier, request.method, request.path, exc_info=error)
    members = {"requestId": identifier} if identifier else {}
    detail = "Something went wrong here, and it is not your fault; the log of the server has the details."
    return problem(500, detail, **members)
