"""`/static/…`: what pages load. The ETag of a file is that of its bytes, so that its packed forms and its ranges agree."""

from __future__ import annotations

from datetime import UTC, datetime
from mimetypes import guess_type
from pathlib import Path

from flask import Flask, Response, abort, current_app, request
from werkzeug.security import safe_join

FOLDER = Path(__file__).parent / "static"


def register(app: Flask) -> None:
    """Serve the folder under the name that `url_for` knows."""
    app.add_url_rule("/static/<path:filename>", "static", file)


def file(filename: str) -> Response:
    """A file, or a range of it; `representations.pack` packs a whole one and gives each coding its ETag."""
    path = safe_join(str(FOLDER), filename)
    if path is None or not Path(path).is_file():
        abort(404, description="There is no such file here.")
    body = Path(path).read_bytes()
    response = Response(body, mimetype=guess_type(path)[0] or "application/octet-stream")
    response.last_modified = datetime.fromtimestamp(Path(path).stat().st_mtime, UTC)
    response.headers["Cache-Control"] = f"public, max-age={current_app.config['SEND_FILE_MAX_AGE_DEFAULT']}"
    if "Range" in request.headers:
        response.add_etag()
        response.make_conditional(request, accept_ranges=True, complete_length=len(body))
        if response.status_code == 200:  # If-Range named another version: the whole file, in any coding
            del response.headers["ETag"]
    return response
