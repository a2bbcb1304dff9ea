"""From IRIs to what a page links to: paths below this application's root for ours, addresses for others'."""

from __future__ import annotations

from urllib.parse import quote

from flask import Flask, request

from fasti.web.current import release
from fasti.web.dates import date_words
from fasti.web.moments import asked
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
    asked_again = kept() if path.startswith("doc/") else ""
    return root_path(f"/{path}") + asked_again + mark + quote(fragment, safe=SAFE + "?")


def kept() -> str:
    """What links of a page keep of its query: the moment that it shows, if any."""
    moment = asked()
    return f"?at={moment.text}" if moment else ""


def anchor(iri: str) -> str:
    """The `id` in a page of a hash IRI; the part after the hash."""
    return iri.partition("#")[2]


def number(value: int) -> str:
    """A number for people: 12 345 with narrow spaces."""
    return f"{value:,}".replace(",", "\u202f")


def short(iri: str) -> str:
    """The prefixed name of an IRI, a path for one of ours, or else the IRI."""
    return shorten(iri, release().vocabulary.prefixes).removeprefix(release().base)


def register(app: Flask) -> None:
    """Let templates use these."""
    app.jinja_env.filters.update(href=href, anchor=anchor, number=number, short=short,
                                 date_words=date_words)  # fmt: skip
    app.jinja_env.globals.update(root_path=root_path, kept=kept)
