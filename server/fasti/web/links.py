"""From IRIs to what a page links to: paths below this application's root for ours, addresses for others'."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote, urlencode, urlsplit

from flask import Flask, g, request
from markupsafe import Markup

from fasti.web.current import release
from fasti.web.dates import date_words
from fasti.web.language import chosen
from fasti.web.moments import shown_moment
from fasti.web.parted import is_parted
from fasti.web.wording import shorten

SAFE = "/:@!$&'()*+,;=-._~%"  # what may stand in a path as it is (RFC 3986); a % is already an encoding
_KEPT = ("at", "lang")


def root_path(path: str) -> str:
    """The path of this application, with what a proxy or server put in front of it."""
    return below(request.script_root, path)


def below(root: str, path: str) -> str:
    """A path below what a proxy or server put in front of it."""
    return root + _quoted(path)


@lru_cache(maxsize=4096)
def _quoted(path: str) -> str:
    return quote(path, safe=SAFE)


def href(iri: str) -> str:
    """Where a page sends somebody who wants to know more about `iri`.

    An entity of ours is linked to its page (`doc/`), below whatever root this application is reached at, a term of
    a long list to the part of its page that has it.
    """
    base = release().base
    if not iri.startswith(base):
        return iri if iri.startswith(("https://", "http://")) else ""
    path, mark, fragment = iri.removeprefix(base).partition("#")
    if path.startswith("id/"):
        path = "doc/" + path.removeprefix("id/")
    query = kept(term=fragment) if fragment and not path.startswith("doc/") and is_parted(path, fragment) else kept()
    return root_path(f"/{path}") + query + mark + quote(fragment, safe=SAFE + "?")


def kept(**more: str) -> str:
    """The query that links between pages keep: the moment shown and the language chosen, if any, and `more`.

    A value of `more` replaces what is kept under its name; an empty one leaves the name out.
    """
    if not more and "kept" in g:
        unchanged: str = g.kept
        return unchanged
    known = {"at": shown_moment(), "lang": chosen()} | more
    query = urlencode({name: value for name, value in known.items() if value})
    found = f"?{query}" if query else ""
    if not more:
        g.kept = found  # a page has hundreds of links
    return found


def kept_moment() -> str:
    """The query that a link to data keeps: data are in no language of the interface."""
    return kept(lang="")


def to_page(path: str) -> str:
    """A link to another page of the site, which keeps the moment and the language."""
    return root_path(path) + kept()


def here(**more: str) -> str:
    """The address of this very page, with `more`: for another language, another moment, the next page of a list.

    A resource says what belongs to its address (`g.address`, see `Resource`); any other page's own parameters do.
    """
    path, own = g.get("address", (request.path, request.args.to_dict()))
    return root_path(path) + kept(**({name: value for name, value in own.items() if name not in _KEPT} | more))


def kept_fields(*but: str) -> Markup:
    """What a form has to carry along so that its answer keeps the moment and the language, except `but`."""
    known = {"at": shown_moment(), "lang": chosen()}
    fields = (Markup('<input type="hidden" name="{}" value="{}">').format(*each)
              for each in known.items() if each[1] and each[0] not in but)  # fmt: skip
    return Markup("").join(fields)


def anchor(iri: str) -> str:
    """The `id` in a page of a hash IRI; the part after the hash."""
    return iri.partition("#")[2]


def host(iri: str) -> str:
    """Whose address an IRI is: the name of its host without `www.`."""
    return (urlsplit(iri).hostname or "").removeprefix("www.")


def short(iri: str) -> str:
    """The prefixed name of an IRI, a path for one of ours, or else the IRI."""
    return shorten(iri, release().vocabulary.prefixes).removeprefix(release().base)


def register(app: Flask) -> None:
    """Let templates use these."""
    app.jinja_env.filters.update(href=href, anchor=anchor, short=short, date_words=date_words)
    app.jinja_env.globals.update(
        root_path=root_path, to_page=to_page, kept=kept, kept_moment=kept_moment, here=here, kept_fields=kept_fields
    )
