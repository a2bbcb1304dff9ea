"""The files for download, with ranges, and the page that lists them."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, abort, render_template, request, send_file

from fasti import dumps
from fasti.web.current import release
from fasti.web.encodings import IDENTITY, choose_coding
from fasti.web.representations import page

bp = Blueprint("dumps", __name__, url_prefix="/dumps")


@bp.get("/")
def index() -> Response:
    """The list of files."""
    folder = release().dumps
    sizes = {path.name: path.stat().st_size for path in sorted(folder.iterdir())}
    body = render_template("dumps.html", release=release(), dumps=dumps.DUMPS,
                           packings=("", *dumps.COMPRESSIONS),
                           sizes=sizes, rdfc=dumps.RDFC)  # fmt: skip
    return page(body)


@bp.get("/<name>")
def file(name: str) -> Response:
    """One file; its ETag is the SHA-256 of the bytes sent, so that a range can be resumed on another server.

    Who accepts gzip or zstd, and asks for no range, is sent the copy that is packed already.
    """
    sums = dumps.read_sums(release().dumps)
    if name not in sums and name != "SHA256SUMS":
        abort(404, description=f"There is no file '{name}' here; the list is at the address without a name.")
    packed, coding = _packed(name, sums)
    path = release().dumps / packed
    response = send_file(path, mimetype=dumps.media_type(name), etag=sums.get(packed) or dumps.sha256(path),
                         last_modified=release().created, max_age=60)  # fmt: skip
    response.headers["Link"] = '<SHA256SUMS>; rel="describedby"'
    if f"{name}.gz" in sums:
        response.vary.add("Accept-Encoding")
    if coding is not None and response.status_code == 200:
        response.headers["Content-Encoding"] = coding
        response.headers["Accept-Ranges"] = "none"
    return response


_CODINGS = {".zst": "zstd", ".gz": "gzip"}


def _packed(name: str, sums: Mapping[str, str]) -> tuple[str, str | None]:
    """The file to send for `name`, and its content coding."""
    offered = tuple(coding for ending, coding in _CODINGS.items() if name + ending in sums)
    coding = choose_coding(request.headers.get("Accept-Encoding"), offered) if offered else None
    if coding in (None, IDENTITY) or "Range" in request.headers:
        return name, None
    return next(name + ending for ending, packing in _CODINGS.items() if packing == coding), coding
