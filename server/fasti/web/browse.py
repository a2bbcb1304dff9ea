"""Browse by class: facets with counts, the bodies below, a period, and the list in pages, as CSV and JSON too."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask import Blueprint, Response, abort, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from fasti.index import FACETS, KINDS, NONE, Browser, Counts, Listed
from fasti.store import NamedNode
from fasti.web.asked_list import MOST_PAGES, AskedList, asked_list, short_name
from fasti.web.browse_query import query
from fasti.web.current import release
from fasti.web.language import gettext
from fasti.web.links import kept, root_path
from fasti.web.listing import kinds_word, line, named
from fasti.web.moments import asked
from fasti.web.paging import asked_page
from fasti.web.representations import finish, page
from fasti.web.wording import Wording

bp = Blueprint("browse", __name__)

_SIZE = 50
_SIZE_AS_DATA = 1000
_COLUMNS = ("iri", "label", "language", *FACETS, "parent", "parentLabel", "edtf", "earliestBegin", "latestBegin",
            "earliestEnd", "latestEnd", "certainty")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: what it is called, how many have it, and the change of the address that asks for it."""

    text: str
    lang: str
    count: int
    change: dict[str, str]
    active: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet: its title and its choices, the largest first."""

    key: str
    title: str
    choices: tuple[Choice, ...]


@bp.get("/browse/")
def all_kinds() -> AnyResponse:
    """The first kind: what there is else is linked there."""
    return redirect(root_path(f"/browse/{KINDS[0]}") + kept())


@bp.get("/browse/<kind>")
def browse_page(kind: str) -> Response:
    """The page of a kind, narrowed down as the address says."""
    wanted = _asked(kind)
    browser = Browser(release().index, wanted.filter)
    counts = browser.counts()
    number = asked_page(MOST_PAGES)
    pages = max(1, -(-counts.total // _SIZE))
    if number > pages:
        abort(404, description=f"The list has {pages} pages; page {number} was asked for.")
    listed = browser.things(wanted.sort, (number - 1) * _SIZE, _SIZE)
    body = release().index.known(wanted.filter.parent) if wanted.filter.parent else None
    return page(
        render_template(
            "browse.html",
            kind=kind,
            title=kinds_word(kind),
            kinds={each: kinds_word(each) for each in KINDS},
            wanted=wanted,
            moment=asked(),
            total=counts.total,
            things=[line(each) for each in listed],
            page=number,
            pages=pages,
            first=(number - 1) * _SIZE + 1,
            facets=(facets := _facets(wanted, counts)),
            chosen=[*_chosen(wanted, facets, body)],
            bodies=_bodies(counts),
            parent=named(release().index.listed(body)) if body else None,
            above=[named(each) for each in reversed(release().index.ancestors(wanted.filter.parent))] if body else [],
            sorts={"name": gettext("by name"), "begin": gettext("by begin")},
            query=query(release().vocabulary, wanted.filter),
            carried=wanted.parameters(),
        )
    )


@bp.get("/browse/<kind>.csv")
def browse_csv(kind: str) -> Response:
    """The list as CSV (RFC 4180), a thousand rows at most; `page` asks for the next thousand."""
    wanted = _asked(kind)
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS, extrasaction="ignore")
    writer.writeheader()
    total, number, rows = _data(wanted)
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return _with_next(Response(text.getvalue(), content_type="text/csv; charset=utf-8"), wanted, total, number, "csv")


@bp.get("/browse/<kind>.json")
def browse_json(kind: str) -> Response:
    """The list as JSON with its counts; `openapi.json` says what its members are."""
    wanted = _asked(kind)
    total, number, rows = _data(wanted)
    counts = Browser(release().index, wanted.filter).counts()
    members = {
        "kind": kind,
        "total": total,
        "page": number,
        "things": [*rows],
        "facets": {facet: {short_name(value): count for value, count in found.items()}
                   for facet, found in counts.facets.items()},
        "certainties": counts.certainties,
    }  # fmt: skip
    text = json.dumps(members, ensure_ascii=False, indent=1)
    return _with_next(Response(text + "\n", content_type="application/json"), wanted, total, number, "json")


def _asked(kind: str) -> AskedList:
    if kind not in KINDS:
        abort(404, description=f"There is no list '{kind[:40]}'; expected one of {', '.join(KINDS)}.")
    return asked_list(release().index, kind)


def _data(wanted: AskedList) -> tuple[int, int, list[dict[str, object]]]:
    browser = Browser(release().index, wanted.filter)
    number = asked_page(MOST_PAGES)
    rows = browser.things(wanted.sort, (number - 1) * _SIZE_AS_DATA, _SIZE_AS_DATA)
    return browser.total(), number, [_row(each) for each in rows]


def _row(listed: Listed) -> dict[str, object]:
    values = {facet: [short_name(value) for value in listed.facets.get(facet, ())] for facet in FACETS}
    return {
        "iri": listed.iri,
        "label": listed.label,
        "language": listed.language,
        **{facet: found for facet, found in values.items() if found},
        "parent": listed.parent.iri if listed.parent else None,
        "parentLabel": listed.parent.label if listed.parent else None,
        **{name: listed.interval[name] for name in _COLUMNS if name in listed.interval},
        "certainty": listed.certainty or None,
    }


def _cell(value: object) -> str:
    if isinstance(value, list):
        return " ".join(value)
    return "" if value is None else str(value)


def _with_next(response: Response, wanted: AskedList, total: int, number: int, suffix: str) -> Response:
    """The next part of a long list in a Link header (RFC 8288)."""
    if number * _SIZE_AS_DATA < total:
        following = kept(**wanted.parameters(), page=str(number + 1), lang="")
        response.headers["Link"] = f'<{root_path(f"/browse/{wanted.filter.kind}.{suffix}")}{following}>; rel="next"'
    return finish(response, negotiated=False)


def _facets(wanted: AskedList, counts: Counts) -> list[Facet]:
    """The facets that tell things of this kind apart; one with a single value is shown only while it is asked for."""
    wording = Wording(release())
    titles = {
        "type": gettext("Class"),
        "kind": gettext("Kind"),
        "rank": gettext("Rank"),
        "role": gettext("Role"),
        "mode": gettext("Mode"),
        "genre": gettext("Genre"),
    }
    found = [
        Facet(key, titles[key], tuple(_choice(wording, wanted, key, value, count) for value, count in values.items()))
        for key, values in counts.facets.items()
    ]
    shown = [facet for facet in found if len(facet.choices) > 1 or any(choice.active for choice in facet.choices)]
    return [*shown, *_certainties(wanted, counts)]


def _choice(wording: Wording, wanted: AskedList, key: str, value: str, count: int) -> Choice:
    active = wanted.filter.values.get(key) == value
    change = {key: "" if active else short_name(value), "page": ""}
    if value == NONE:
        return Choice(gettext("not stated"), "", count, change, active)
    label = wording.label(NamedNode(value))
    return Choice(label.text, label.lang, count, change, active)


def _certainties(wanted: AskedList, counts: Counts) -> list[Facet]:
    words = {
        "certain": gettext("certainly then"),
        "possible": gettext("possibly then"),
        "undated": gettext("no source dates it"),
    }
    choices = []
    for name, count in counts.certainties.items():
        active = wanted.filter.certainty == name
        if count or active:
            choices.append(Choice(words[name], "", count, {"when": "" if active else name, "page": ""}, active))
    return [Facet("when", gettext("Period"), tuple(choices))] if choices else []


def _chosen(wanted: AskedList, facets: list[Facet], body: int | None) -> Iterator[Choice]:
    """What the list is narrowed down by, each to be taken away: the body, values of facets, the period."""
    if body is not None:
        parent = release().index.listed(body)
        yield Choice(parent.label, parent.language, 0, {"parent": "", "direct": "", "page": ""})
    for facet in facets:
        for choice in facet.choices:
            if choice.active:
                yield replace(choice, text=f"{facet.title}: {choice.text}")
    if wanted.begin or wanted.end:
        change = {"from": "", "until": "", "when": wanted.filter.certainty if asked() else "", "page": ""}
        yield Choice(f"{wanted.begin} – {wanted.end}".strip(), "", 0, change)


def _bodies(counts: Counts) -> list[Choice]:
    """The bodies to go on to, with how much of what is asked for is in each."""
    return [
        Choice(body.text, body.lang, count, {"parent": short_name(body.iri), "page": "", "direct": ""})
        for body, count in ((named(body), count) for body, count in counts.bodies)
    ]
