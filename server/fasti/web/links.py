"""From IRIs to what a page links to: paths below this application's root for ours, addresses for others'."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from flask import Flask, request

from fasti.web.current import release
from fasti.web.dates import date_words
from fasti.web.language import chosen
from fasti.web.moments import shown_moment
from fasti.web.wording import shorten

SAFE = "/:@!$&'()*+,;=-._~%"  # what may stand in a path as it is (RFC 3986); a % is already an encoding


def root_path(path: str) -> str:
    """The path of this application, with what a proxy or server put in front of it."""
    return request.script_root + quote(path, safe=SAFE)


def href(iri: str) -> str:
    """Where a page sends somebody who wants to know more about `iri`.

    An entity of ours is linked to its page (`doc/`), below whatever root this application is reached at.
    """
    base = release().base
    if not iri.startswith(base):
        return iri if iri.startswith(("https://", "http://")) else ""
    path, mark, fragment = iri.removeprefix(base).partition("#")
    if path.startswith("id/"):
        path = "doc/" + path.removeprefix("id/")
    return root_path(f"/{path}") + kept() + mark + quote(fragment, safe=SAFE + "?")


def kept(**more: str) -> str:
    """The query that links between pages keep: the moment shown and the language chosen, if any, and `more`.

    A value of `more` replaces what is kept under its name; an empty one leaves the name out.
    """
    known = {"at": shown_moment(), "lang": chosen()} | more
    query = urlencode({name: value for name, value in known.items() if value})
    return f"?{query}" if query else ""


def kept_moment() -> str:
    """The query that a link to data keeps: data are in no language of the interface."""
    return kept(lang="")


def to_page(path: str) -> str:
    """A link to another page of the site, which keeps the moment and the language."""
    return root_path(path) + kept()


def anchor(iri: str) -> str:
    """The `id` in a page of a hash IRI; the part after the hash."""
    return iri.partition("#")[2]


def short(iri: str) -> str:
    """The prefixed name of an IRI, a path for one of ours, or else the IRI."""
    return shorten(iri, release().vocabulary.prefixes).removeprefix(release().base)


def register(app: Flask) -> None:
    """Let templates use these."""
    app.jinja_env.filters.update(href=href, anchor=anchor, short=short, date_words=date_words)
    app.jinja_env.globals.update(root_path=root_path, to_page=to_page, kept=kept, kept_moment=kept_moment)
