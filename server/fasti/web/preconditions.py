"""What a request presumes of the representation it asks for (RFC 9110, sections 13.1.1 and 13.1.4): 412 when it is not so."""

from __future__ import annotations

from flask import Flask, Response, request
from werkzeug.http import parse_date, parse_etags

from fasti.web.problems import problem

_TAGS = "fasti.if_match"  # in the environment: Werkzeug, which knows no `*`, shall not judge it
_JUDGED = (200, 206, 304)


def register(app: Flask) -> None:
    """Judge every answer of the application; what is registered later is done before."""
    app.before_request(_take)
    app.after_request(judge)


def _take() -> None:
    if "HTTP_IF_MATCH" in request.environ:
        request.environ[_TAGS] = request.environ.pop("HTTP_IF_MATCH")


def judge(response: Response) -> Response:
    """The answer, or the problem in its place when the client wanted another version of it or none."""
    if request.method not in ("GET", "HEAD") or response.status_code not in _JUDGED or not (found := _failed(response)):
        return response
    response.close()
    return problem(412, found)


def _failed(response: Response) -> str:
    """What does not hold, in words; a date counts only where no tag is asked for, and only if it is one."""
    tag, tags = response.headers.get("ETag"), request.environ.get(_TAGS)
    if tags is not None:
        wanted = parse_etags(tags)
        kept = tag is None or wanted.star_tag or (not tag.startswith("W/") and wanted.is_strong(tag.strip('"')))
        return "" if kept else f"If-Match names another version than the one that is here, which is {tag}."
    modified, asked = response.last_modified, parse_date(request.headers.get("If-Unmodified-Since"))
    if modified is None or asked is None or modified.replace(microsecond=0) <= asked:
        return ""
    return f"This was modified later than If-Unmodified-Since says: {response.headers['Last-Modified']}."
