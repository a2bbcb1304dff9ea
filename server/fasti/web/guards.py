"""Requests that are refused, or corrected, before any view sees them."""

from __future__ import annotations

import re

from flask import Flask, abort, request

LONGEST_PATH = 4000  # characters, decoded
# RFC 3986, section 3.2.2: a name, an address or an address in brackets, and perhaps a port.
_HOST = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=%-]+|\[[0-9A-Fa-f:.]+\])(?::\d{0,5})?")

_RANGE = re.compile(r"bytes=[ \t]*(?:(?P<first>\d{1,18})-(?P<last>\d{0,18})|-\d{1,18})", re.IGNORECASE | re.ASCII)


def register(app: Flask) -> None:
    """Look at every request of the application."""
    for guard in (_refuse_other_methods, _refuse_malformed_hosts, _refuse_endless_paths, _pass_over_ranges):
        app.before_request(guard)


def _refuse_other_methods() -> None:
    """The case of a method matters (RFC 9110, section 9.1): `get` is none that is known here."""
    if request.environ["REQUEST_METHOD"] != request.method:
        abort(501, description="The methods of HTTP are written in capitals.")


def _refuse_malformed_hosts() -> None:
    """A request of HTTP/1.1 names one host, and one that can be (RFC 9112, section 3.2)."""
    host = request.environ.get("HTTP_HOST", "")
    if request.environ.get("SERVER_PROTOCOL") == "HTTP/1.1" and not is_host(host):
        abort(400, description=f"One Host was expected, a name or an address; found {host[:60]!r}.")


def is_host(text: str) -> bool:
    """Whether a Host header names one host, and one that can be."""
    return _HOST.fullmatch(text) is not None


def _refuse_endless_paths() -> None:
    """No name here is that long; whoever sends one gets nothing looked up (RFC 9110, section 15.5.15)."""
    if len(request.path) > LONGEST_PATH:
        abort(414, description=f"The path is {len(request.path)} characters long; no name here exceeds {LONGEST_PATH}.")


def _pass_over_ranges() -> None:
    """The whole is sent for a weak tag in If-Range, which never matches, and for a range that is not one of bytes.

    RFC 9110, sections 13.1.5 and 14.2. Several ranges in one request get the whole, too, as they may.
    """
    weak = request.headers.get("If-Range", "").lstrip().startswith("W/")
    match = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if weak or match is None or (match["last"] and int(match["last"]) < int(match["first"])):
        request.environ.pop("HTTP_RANGE", None)
