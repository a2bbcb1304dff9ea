"""`/chart/{timeline|organization|succession}/{kind}/{slug}`: a page with the chart; with a suffix the picture or its rows."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, current_app, g, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from fasti import paths
from fasti.catalog import LICENSE
from fasti.kept import Kept
from fasti.store.embedded import NamedNode
from fasti.web import representations
from fasti.web.charts import svg
from fasti.web.charts.build import BUILDERS, KINDS, Asked
from fasti.web.charts.chart import Chart, Query
from fasti.web.charts.svg import Canvas
from fasti.web.current import release
from fasti.web.entities import given_up
from fasti.web.language import language
from fasti.web.links import href, kept, root_path
from fasti.web.moments import asked as moment_asked
from fasti.web.names import named
from fasti.web.structured import json_text

bp = Blueprint("charts", __name__)

WIDTH, _NARROW = 860, 320  # pixels
_WIDTHS, _DEPTHS, _PAGES = (280, 2400), (1, 6), (1, 10_000)
_TYPES = {"svg": "image/svg+xml", "csv": "text/csv; charset=utf-8", "json": "application/json"}


@dataclass(frozen=True, slots=True)
class _Address:
    """A chart's place: which chart, of which entity, and what of the query belongs to it."""

    chart: str
    kind: str
    slug: str
    parameters: dict[str, str]

    @property
    def path(self) -> str:
        """The path below the root, without suffix."""
        return f"/chart/{self.chart}/{self.kind}/{self.slug}"

    def absolute(self, suffix: str = "", **more: str) -> str:
        """The address as others may use it, with the language that it was made in."""
        query = {
            name: value for name, value in (self.parameters | _at() | {"lang": language()} | more).items() if value
        }
        return f"{release().base.rstrip('/')}{self.path}{suffix}?{urlencode(query)}"


@bp.get("/chart/<chart>/<kind>/<path:slug>")
def chart(chart: str, kind: str, slug: str) -> Response | AnyResponse:
    """The page of a chart, or in the form that the suffix names."""
    stem, dot, suffix = slug.rpartition(".")
    if not dot or suffix not in _TYPES:
        stem, suffix = slug, ""
    if (moved := given_up(f"{kind}/{stem}", f"/chart/{chart}/", f".{suffix}" if suffix else "")) is not None:
        return moved
    about = _entity(chart, kind, stem)
    depth, page, width = _number("depth", 2, _DEPTHS), _number("page", 1, _PAGES), _number("width", WIDTH, _WIDTHS)
    wanted = Asked(release(), about, kind, moment_asked(), depth, page)
    own = {"depth": str(depth) if chart == "organization" and depth != 2 else "", "page": str(page) if page > 1 else ""}
    address = _Address(chart, kind, stem, {name: value for name, value in own.items() if value})
    makers: dict[str, Callable[[], bytes]] = {
        "": lambda: _page(_build(address, wanted), address, wanted),
        "svg": lambda: _picture(_build(address, wanted), width, alone=True)[0],
        "csv": lambda: _csv(_build(address, wanted)),
        "json": lambda: _json(_build(address, wanted), address, wanted),
    }
    return _respond(address, suffix, width, makers[suffix])


def _entity(chart: str, kind: str, slug: str) -> NamedNode:
    """The entity that a chart is asked of, which has to be there and of a kind that has such a chart."""
    if chart not in KINDS:
        abort(404, description=f"There is no chart '{chart[:40]}'; there are {', '.join(KINDS)}.")
    nodes = named(release().vocabulary.entity(kind, ""), slug)
    node = next((node for node in nodes if next(release().dataset.quads(s=node), None) is not None), None)
    if node is None:
        abort(404, description=f"Nothing is known here under the name '{f'{kind}/{slug}'[:200]}'.")
    if kind not in KINDS[chart]:
        others = [name for name, kinds in KINDS.items() if kind in kinds]
        offer = f"What there is of it: {', '.join(others)}." if others else "Its description has all that is known."
        abort(
            404,
            description=f"A chart '{chart}' is made of {', '.join(KINDS[chart])}; this is of the kind '{kind}'. {offer}",
        )
    return node


def _number(name: str, otherwise: int, bounds: tuple[int, int]) -> int:
    """A number from the query."""
    given = request.args.get(name, "").strip()
    if not given:
        return otherwise
    least, most = bounds
    if not (given.isascii() and given.isdigit() and len(given) < 6 and least <= int(given) <= most):
        abort(400, description=f"A number from {least} to {most} was expected in '{name}'; found {given[:40]!r}.")
    return int(given)


def _build(address: _Address, wanted: Asked) -> Chart:
    made = BUILDERS[address.chart](wanted)
    if made.page > made.pages:
        abort(404, description=f"There are {made.pages} pages of this chart; page {made.page} was asked for.")
    return made


def _respond(address: _Address, suffix: str, width: int, make: Callable[[], bytes]) -> Response:
    """The bytes, made once for as long as the release is, with the headers of their kind."""
    g.address = (address.path, address.parameters)
    store: Kept = current_app.extensions["fasti.kept"]
    place = (release().path, release().created, request.script_root, address.path, suffix)
    body = store.get((*place, kept(**address.parameters), language(), width if suffix == "svg" else 0), make)
    if not suffix:
        return representations.page(body.decode())
    response = Response(body, content_type=_TYPES[suffix])
    response.vary.add("Accept-Language")
    response.content_language.add(language())
    response.headers["Link"] = (
        f'<{LICENSE}>; rel="license", <{root_path(address.path)}{kept(**address.parameters)}>; rel="describedby"'
    )
    if suffix == "svg":
        response.headers["Content-Security-Policy"] = svg.policy()
    return representations.finish(response, negotiated=False)


def _picture(made: Chart, width: int, *, alone: bool) -> tuple[bytes, float]:
    """The bytes of the picture, and how wide it became."""
    canvas = Canvas(width, language(), alone, _absolute if alone else href, _absolute_page if alone else _page_of)
    made.draw(canvas)
    title = ": ".join((made.title, made.below))
    return canvas.finish(title, made.words if alone else made.summary), canvas.width


def _absolute(iri: str) -> str:
    return iri if iri.startswith(("https://", "http://")) else ""


def _absolute_page(page: str, iri: str) -> str:
    path, query = _place(page, iri)
    query |= _at() | {"lang": language()}
    return release().base.rstrip("/") + path + (f"?{urlencode(query)}" if query else "")


def _page_of(page: str, iri: str) -> str:
    path, query = _place(page, iri)
    return root_path(path) + kept(**query)


def _place(page: str, iri: str) -> tuple[str, dict[str, str]]:
    """The path and query of a page about an entity: its `chart`, or the list of its units to `browse`."""
    if page == "browse":
        return "/browse/organization", {"parent": iri}
    return "/chart/organization/" + iri.removeprefix(f"{release().base}id/"), {}


def _at() -> dict[str, str]:
    moment = moment_asked()
    return {"at": moment.text} if moment is not None else {}


def _page(made: Chart, address: _Address, wanted: Asked) -> bytes:
    picture, wide = _picture(made, WIDTH, alone=False)
    return render_template(
        "chart.html",
        chart=made,
        address=address,
        asked=wanted,
        picture=Markup(picture.decode()),  # noqa: S704 - written by an XML writer, labels are text in it
        wide=wide > WIDTH,
        narrow=root_path(f"{address.path}.svg") + kept(**address.parameters, lang=language(), width=str(_NARROW)),
        embed=_embed(made, address),
        charts=[name for name, kinds in KINDS.items() if address.kind in kinds],
        query=_shown(made.query),
        json_ld=_described(made, address, wanted),
        depths=range(_DEPTHS[0], _DEPTHS[1] + 1),
    ).encode()


def _embed(made: Chart, address: _Address) -> str:
    """The HTML that shows the picture on somebody else's page."""
    text = Markup('<a href="{}"><img src="{}" alt="{}" width="{}"></a>')
    return str(text.format(address.absolute(), address.absolute(".svg"), f"{made.title}: {made.summary}", WIDTH))


def _shown(query: Query) -> str:
    """The query behind a chart, as anybody can ask it: its variable bound by a list of values after it."""
    text = paths.query(query.name).rstrip()
    return f"{text}\nVALUES ?{query.variable} {{ {query.value} }}\n"


def _described(made: Chart, address: _Address, wanted: Asked) -> Markup:
    """The picture and what it is about, as JSON-LD."""
    expand = release().vocabulary.expand
    about = {
        "@id": address.absolute(".svg"),
        "@type": expand("schema:ImageObject"),
        expand("schema:name"): {"@value": f"{made.title}: {made.below}", "@language": language()},
        expand("schema:about"): {"@id": wanted.about.value},
        expand("schema:license"): {"@id": LICENSE},
        expand("schema:encodingFormat"): _TYPES["svg"],
    }
    return json_text(about)


def _csv(made: Chart) -> bytes:
    """The rows as CSV (RFC 4180); several values of a cell stand with a semicolon between them."""
    records = made.records()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    if records:
        writer.writerow(records[0])
    for record in records:
        writer.writerow([_flat(value) for value in record.values()])
    return out.getvalue().encode()


def _flat(value: str | int | bool | list[str]) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "; ".join(value) if isinstance(value, list) else str(value)


def _json(made: Chart, address: _Address, wanted: Asked) -> bytes:
    about = {
        "about": wanted.about.value,
        "chart": address.chart,
        "title": made.title,
        "at": wanted.moment.text if wanted.moment is not None else None,
        "license": LICENSE,
        "picture": address.absolute(".svg"),
        "rows": list(made.records()),
    }
    return (json.dumps(about, ensure_ascii=False, indent=1) + "\n").encode()
