"""Search by name: as a page, as JSON, as suggestions while somebody types, and as a description for browsers."""

from __future__ import annotations

import json
from dataclasses import dataclass

from flask import Blueprint, Response, abort, render_template, request

from fasti import paths
from fasti.index import KINDS, MOST, Found, Hit, search, suggest
from fasti.store import Literal
from fasti.store.binding import bind
from fasti.web.current import release
from fasti.web.language import gettext
from fasti.web.links import href, kept, root_path
from fasti.web.listing import Line, kinds_word, line
from fasti.web.moments import asked, times
from fasti.web.paging import asked_page
from fasti.web.representations import finish, page
from fasti.web.values import Value
from fasti.web.wording import language_name

bp = Blueprint("search", __name__)

SEARCHED = KINDS[:-1]  # tenures have no names of their own
_SIZE = 20
_SUGGESTED = 8
_LONGEST = 200  # characters that are told again


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A line, and the name that was found where it is another one than the line's, with words that say which."""

    line: Line
    name: Value | None
    name_kind: str


@bp.get("/search")
def search_page() -> Response:
    """What has a name like `q`, 20 on a page; without `q` what can be asked."""
    typed, kind, number = _typed(), _kind(), asked_page(MOST // _SIZE)
    asked()
    found = _page_of(typed, kind, number)
    return page(
        render_template(
            "search.html",
            typed=typed,
            kind=kind,
            kinds={each: kinds_word(each) for each in SEARCHED},
            found=found,
            hits=[_shown(hit) for hit in found.hits],
            page=number,
            pages=-(-found.total // _SIZE),
            first=(number - 1) * _SIZE + 1,
            samples=[] if found.hits else _samples(),
            query=_query(typed),
        )
    )


@bp.get("/search.json")
def search_json() -> Response:
    """The same as JSON; `openapi.json` says what its members are."""
    typed, kind, number = _typed(), _kind(), asked_page(MOST // _SIZE)
    found = _page_of(typed, kind, number)
    return _json(_members(typed, kind, number, found), "application/json")


@bp.get("/suggest")
def suggestions() -> Response:
    """Names to complete what was typed: text, completions, what each is, its page (OpenSearch Suggestions 1.1)."""
    typed = _typed()
    hits = suggest(release().index, typed, _SUGGESTED)
    lines = [line(hit.thing) for hit in hits]
    described = [
        " · ".join(filter(None, (_of_name(hit) if hit.name != each.thing.text else "", each.kind,
                                 each.parent.text if each.parent else "")))
        for hit, each in zip(hits, lines, strict=True)
    ]  # fmt: skip
    answer = [typed, [hit.name for hit in hits], described, [href(hit.thing.iri) for hit in hits]]
    response = _json(answer, "application/x-suggestions+json")
    response.vary.add("Accept-Language")
    return response


@bp.get("/opensearch.xml")
def opensearch() -> Response:
    """What a browser needs to offer this search (OpenSearch 1.1); its addresses are the deployment's public ones."""
    body = render_template("opensearch.xml", base=release().base)
    return finish(Response(body, content_type="application/opensearchdescription+xml"), negotiated=False)


def _page_of(typed: str, kind: str, number: int) -> Found:
    """The hits of a page.

    Raises:
        NotFound: there is no such page.
    """
    found = search(release().index, typed, kind, first=(number - 1) * _SIZE, size=_SIZE)
    if number > 1 and not found.hits:
        abort(404, description=f"There are {found.total} hits, {_SIZE} on a page; page {number} was asked for.")
    return found


def _typed() -> str:
    return request.args.get("q", "")[:_LONGEST]


def _kind() -> str:
    kind = request.args.get("kind", "")
    if kind and kind not in SEARCHED:
        abort(400, description=f"One of {', '.join(SEARCHED)} was expected in 'kind'; found '{kind[:40]}'.")
    return kind


def _shown(hit: Hit) -> ShownHit:
    moment = asked()
    certainty = times().certainty(hit.thing.iri, moment) if moment else None
    shown = line(hit.thing, certainty or "")
    if hit.name == shown.thing.text:
        return ShownHit(shown, None, "")
    return ShownHit(shown, Value(hit.name, hit.name_language), _of_name(hit))


def _of_name(hit: Hit) -> str:
    """Which name was found, in words."""
    words = {
        "preferred": language_name(hit.name_language),
        "alternative": gettext("also called"),
        "misspelt": gettext("misspelt in a source"),
    }
    return words[hit.name_kind]


def _query(typed: str) -> str:
    """What finds the names that the page shows: those that were asked for, or as examples some of each language."""
    return bind(paths.query("search"), {"typed": Literal(typed.strip())}) if typed else paths.query("search-samples")


def _samples() -> list[Value]:
    """Names that are found, one of each language, for somebody who found none."""
    return [Value(text, language) for language, text in release().index.samples()]


def _members(typed: str, kind: str, number: int, found: Found) -> dict[str, object]:
    more = number * _SIZE < found.total
    following = kept(q=typed, kind=kind, page=str(number + 1), lang="")
    return {
        "query": typed,
        "kind": kind or None,
        "page": number,
        "total": found.total,
        "isMore": found.more,
        "next": f"{root_path('/search.json')}{following}" if more else None,
        "hits": [_hit(hit) for hit in found.hits],
    }


def _hit(hit: Hit) -> dict[str, object]:
    parent = hit.thing.parent
    return {
        "iri": hit.thing.iri,
        "label": hit.thing.label,
        "language": hit.thing.language or None,
        "kind": hit.thing.kind,
        "name": {"text": hit.name, "language": hit.name_language or None, "kind": hit.name_kind},
        "parent": {"iri": parent.iri, "label": parent.label} if parent else None,
        "edtf": hit.thing.interval.get("edtf") or hit.thing.interval.get("attested"),
        "page": href(hit.thing.iri),
    }


def _json(members: object, media_type: str) -> Response:
    text = json.dumps(members, ensure_ascii=False, indent=1)
    return finish(Response(text + "\n", content_type=media_type), negotiated=False)
