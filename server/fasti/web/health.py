"""For machines that watch: is the service up, and what may a crawler do."""

from __future__ import annotations

import json

from flask import Blueprint, Response, current_app

from fasti.errors import ReleaseError, StoreError
from fasti.store.embedded import DefaultGraph
from fasti.web.current import release
from fasti.web.links import root_path

bp = Blueprint("health", __name__)


@bp.get("/health")
def health() -> Response:
    """200 with the release when its store answers, 503 when it does not.

    `warn` says that a newer release was refused as damaged, and the one before is being served.
    """
    try:
        current = release()
        answers = current.dataset.has(DefaultGraph())
    except (ReleaseError, StoreError, OSError, RuntimeError):
        return _json({"status": "fail", "reason": "the store does not answer; the log says why"}, 503)
    if not answers:
        return _json({"status": "fail", "reason": "the record is empty", "release": current.id}, 503)
    status = "warn" if current_app.extensions["fasti.current"].refused else "pass"
    return _json({"status": status, "release": current.id, "created": current.created.isoformat(),
                  "triples": current.counts["record"]}, 200)  # fmt: skip


@bp.get("/robots.txt")
def robots() -> Response:
    """Everything may be read; queries are not for crawlers."""
    rules = f"User-agent: *\nDisallow: {root_path('/sparql')}?\nAllow: {root_path('/')}\n"
    return Response(rules, content_type="text/plain; charset=utf-8")


def _json(members: dict[str, object], status: int) -> Response:
    response = Response(json.dumps(members) + "\n", status, content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
