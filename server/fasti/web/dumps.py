"""The files for download, with ranges, and the page that lists them."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, abort, render_template, request, send_file

from fasti import dumps, paths
from fasti.elsewhere import RemoteRelease
from fasti.release import Release
from fasti.store.pieces import pieces
from fasti.web.current import release
from fasti.web.encodings import IDENTITY, choose_coding
from fasti.web.representations import finish, page
from fasti.web.streams import streamed
from fasti.web.structured import dataset

bp = Blueprint("dumps", __name__, url_prefix="/dumps")


@bp.get("/")
def index() -> Response:
    """The list of files."""
    body = render_template("dumps.html", release=release(), dumps=dumps.DUMPS,
                           packings=("", *dumps.COMPRESSIONS),
                           sizes=release().sizes, rdfc=dumps.RDFC, dataset=dataset(release()),
                           sparql=paths.query("dumps"))  # fmt: skip
    return page(body)


@bp.get("/<name>")
def file(name: str) -> Response:
    """One file; its ETag is the SHA-256 of the bytes sent, so that a range can be resumed on another server.

    Who accepts gzip or zstd, and asks for no range, is sent the copy that is packed already.
    """
    if not release().sizes:
        return _streamed(release(), name)
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


def _streamed(current: Release, name: str) -> Response:
    """A file that is written from a store elsewhere while it is read; one that is not whole breaks off."""
    if name == dumps.RDFC:
        return finish(Response(f"{current.digest}  {dumps.CANONICAL}\n", content_type="text/plain"), negotiated=False)
    packing = next((ending for ending in dumps.COMPRESSIONS if name.endswith(ending)), "")
    dump = next((each for each in dumps.DUMPS if each.name + packing == name), None)
    if dump is None or not isinstance(current, RemoteRelease):
        abort(404, description=f"There is no file '{name}' here; the list is at the address without a name.")
    found = pieces(current.stream(graphs=dump.form.graphs), dump.form, current.vocabulary.prefixes)
    response = streamed(dumps.packed(found, packing), dumps.media_type(name))
    response.last_modified, response.cache_control.max_age = current.created, 60
    return response


_CODINGS = {".zst": "zstd", ".gz": "gzip"}


def _packed(name: str, sums: Mapping[str, str]) -> tuple[str, str | None]:
    """The file to send for `name`, and its content coding."""
    offered = tuple(coding for ending, coding in _CODINGS.items() if name + ending in sums)
    coding = choose_coding(request.headers.get("Accept-Encoding"), offered) if offered else None
    if coding in (None, IDENTITY) or "Range" in request.headers:
        return name, None
    return next(name + ending for ending, packing in _CODINGS.items() if packing == coding), coding
