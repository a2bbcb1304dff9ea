"""The public surface over HTTP: an application made from a folder of releases, nothing opened at import."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from fasti.elsewhere import ReleaseElsewhere
from fasti.kept import Kept
from fasti.store.remote import Service
from fasti.vocabulary import DEFAULT_BASE
from fasti.web import (
    browse,
    catalog,
    charts,
    completion,
    dumps,
    entities,
    files,
    guards,
    health,
    home,
    language,
    links,
    metrics,
    openapi,
    preconditions,
    problems,
    quality,
    questions,
    search,
    sources,
    sparql,
    structured,
    twins,
    vocabulary,
)
from fasti.web.current import CurrentRelease, ReleaseFolder
from fasti.web.encodings import Packed
from fasti.web.representations import pack

DEFAULTS = {
    "PROXY_HOPS": 0,  # proxies in front whose X-Forwarded-* headers are believed
    "PAGE_MAX_AGE": 60,  # seconds that a cache may keep a page without asking: a release may come any time
    "SEND_FILE_MAX_AGE_DEFAULT": 3600,
    "MAX_CONTENT_LENGTH": 1_000_000,
    "STORE": "",  # where a store elsewhere answers queries; empty for the folder of releases
    "STORE_RECORD": "",  # the graph of the record, in a store whose default graph is the union of all
    "STORE_USER": "",  # NAME:PASSWORD
    "BASE": DEFAULT_BASE,  # of the release in that store
}
SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Accept-Ranges, Content-Location, Content-Range, ETag, Link, Retry-After, X-Request-ID",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": (
        "Accept, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Range, If-Unmodified-Since, Range"
    ),
    "Access-Control-Max-Age": "86400",
}


def create_app(releases: Path, **settings: object) -> Flask:
    """An application that serves the current release of the folder `releases`, also those published later.

    With the setting `STORE` it serves the release that a store elsewhere holds, and `releases` is not looked at.

    Settings come from the defaults, then `FASTI_*` of the environment, then `settings`; among them
    `PROXY_HOPS`, how many proxies' X-Forwarded-* headers to believe. The first request that needs the release
    opens it; `current(app).release()` opens it earlier, so that a damaged one is told at the start.
    """
    app = Flask(__name__, static_folder=None)
    app.config.from_mapping(DEFAULTS)
    app.config.from_prefixed_env("FASTI")
    app.config.from_mapping({name.upper(): value for name, value in settings.items()})
    app.extensions["fasti.current"] = CurrentRelease(_followed(app, releases))
    app.extensions["fasti.packed"], app.extensions["fasti.kept"] = Packed(), Kept()
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for module in (
        home,
        entities,
        charts,
        sparql,
        completion,
        dumps,
        sources,
        vocabulary,
        catalog,
        health,
        metrics,
        quality,
        questions,
        search,
        browse,
        openapi,
    ):
        app.register_blueprint(module.bp)
    files.register(app)
    language.register(app)
    links.register(app)
    structured.register(app)
    sources.register(app)
    twins.register(app)
    problems.register(app)
    guards.register(app)
    metrics.register(app)
    app.after_request(_headers)  # the last one is the first to be done
    preconditions.register(app)
    app.after_request(pack)
    if hops := int(app.config["PROXY_HOPS"]):
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops, x_port=hops, x_prefix=hops
        )
    return app


def _followed(app: Flask, releases: Path) -> ReleaseFolder | ReleaseElsewhere:
    """The store that `STORE` names, or else the folder of releases."""
    config = app.config
    if not config["STORE"]:
        return ReleaseFolder(releases)
    base = str(config["BASE"]).rstrip("/") + "/"
    return ReleaseElsewhere(Service(config["STORE"], config["STORE_RECORD"], config["STORE_USER"]), base)


def current(app: Flask) -> CurrentRelease:
    """The application's view of its folder of releases."""
    found: CurrentRelease = app.extensions["fasti.current"]
    return found


def _headers(response: Response) -> Response:
    """What every answer carries: what a page may load, and that any origin may read it.

    The router's own redirections (`/source`, `//id/x`) name this host as the request did; without it they are
    right wherever they are read, and nobody can make them lead elsewhere.
    """
    if 300 <= response.status_code < 400 and "Location" in response.headers:
        response.headers["Location"] = response.headers["Location"].removeprefix(request.host_url.rstrip("/"))
    for name, value in (SECURITY | CORS | (PREFLIGHT if request.method == "OPTIONS" else {})).items():
        response.headers.setdefault(name, value)
    response.headers.pop("Expires", None)  # Cache-Control says it, and does not change with the clock
    return response


__all__ = ["create_app", "current"]
