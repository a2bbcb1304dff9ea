"""The files for download, with ranges, and the page that lists them."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, send_file

from fasti import dumps
from fasti.web.current import release
from fasti.web.representations import finish

bp = Blueprint("dumps", __name__, url_prefix="/dumps")


@bp.get("/")
def index() -> Response:
    """The list of files."""
    folder = release().dumps
    sizes = {path.name: path.stat().st_size for path in sorted(folder.iterdir())}
    body = render_template("dumps.html", release=release(), dumps=dumps.DUMPS,
                           packings=("", *dumps.COMPRESSIONS),
                           sizes=sizes, rdfc=dumps.RDFC)  # fmt: skip
    return finish(Response(body, content_type="text/html; charset=utf-8"), negotiated=False)


@bp.get("/<name>")
def file(name: str) -> Response:
    """One file; its ETag is its SHA-256, so that a range can be resumed on another server."""
    sums = dumps.read_sums(release().dumps)
    if name not in sums and name != "SHA256SUMS":
        abort(404, description=f"There is no file '{name}' here; the list is at the address without a name.")
    path = release().dumps / name
    response = send_file(path, mimetype=dumps.media_type(name), etag=sums.get(name) or dumps.sha256(path),
                         last_modified=release().created, max_age=60)  # fmt: skip
    response.headers["Link"] = '<SHA256SUMS>; rel="describedby"'
    return response
