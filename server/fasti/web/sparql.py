"""`/sparql`: the SPARQL protocol for programs; for people a page to ask on, with the answer as table and picture."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, render_template, request
from werkzeug.exceptions import RequestEntityTooLarge

from fasti import paths
from fasti.catalog import LICENSE
from fasti.negotiation import choose
from fasti.sparql.formats import offers
from fasti.sparql.problems import Problem
from fasti.sparql.protocol import Answer, Request, failure
from fasti.store.answers import GRAPHS
from fasti.store.serialize import JSON_LD
from fasti.web.answer_charts import chart
from fasti.web.answer_table import cell, drawn, table
from fasti.web.completion import Example, examples
from fasti.web.current import CurrentRelease, release
from fasti.web.language import language
from fasti.web.links import root_path
from fasti.web.metrics import metrics_of
from fasti.web.offers import CATALOG, link
from fasti.web.ready import KEEP
from fasti.web.representations import accepted, page

bp = Blueprint("sparql", __name__)
_FOR_TABLE = "application/sparql-results+json, text/turtle;q=0.9"
GONE = "fasti.gone"  # in the environment: a function of the server's, whether the client has closed the connection
_EDITOR = Path(__file__).parent / "static" / "vendor" / "yasqe.js"  # set-up installs it; without it the form is plain
# What the description of the service calls by hash IRIs: somebody who follows one arrives at the page.
_PARTS = ("service", "dataset", "default-graph", "graph-catalog", "graph-entailments", "graph-evidence", "graph-links",
          "graph-quality", "graph-vocabulary")  # fmt: skip
_SHOWN = 500  # rows of results that a page may show


@bp.route("/sparql", methods=["GET", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"], provide_automatic_options=False)
def sparql() -> Response:
    """SPARQL 1.1 Protocol; for people the form, the results as a table, errors in words."""
    programs = dict.fromkeys((*offers("SELECT"), *offers("CONSTRUCT")))
    # Without a wish an answer is for programs: also the description (SPARQL 1.1 Service Description, section 2).
    if "format" not in request.args and choose(accepted(), (*programs, "text/html")) == "text/html":
        if request.args.keys() <= {"at", "lang"} and request.method in ("GET", "HEAD"):
            return page(_form(), negotiated=True)
        if request.method in ("GET", "HEAD", "POST"):
            return _page(_ask(_FOR_TABLE, _SHOWN))
    answer = _ask(accepted())
    if answer.lasting:
        request.environ[KEEP] = True
    response = Response(answer.body, answer.status, headers=list(answer.headers))
    response.vary.add("Accept")
    if answer.describes:
        _as_document(response, answer.describes)
    return response


def _as_document(response: Response, media_type: str) -> None:
    """The headers of a document that has other formats, for the description of the service (RFC 9110, section 8.7)."""
    formats = {form.media_type: f"{root_path('/sparql')}?format={form.suffix}" for form in GRAPHS.values()}
    links: list[tuple[str, Mapping[str, str]]] = [(root_path(CATALOG), {"rel": "describedby"}),
                                                  (LICENSE, {"rel": "license"})]  # fmt: skip
    if media_type != JSON_LD.media_type:  # see Resource
        links += [(at, {"rel": "alternate", "type": kind}) for kind, at in formats.items() if kind != media_type]
    response.headers["Link"] = link(links)
    response.headers["Content-Location"] = formats[media_type]
    response.last_modified = release().created


def _ask(accept: str | None, shown: int | None = None) -> Answer:
    current: CurrentRelease = current_app.extensions["fasti.current"]
    try:
        body = request.get_data()
    except RequestEntityTooLarge:
        limit = current_app.config["MAX_CONTENT_LENGTH"]
        return failure(request.method, Problem(413, "query-too-long", f"at most {limit} bytes of a request are read"))
    asked = Request(
        method="GET" if request.method == "HEAD" else request.method,  # its answer, whose body is then dropped
        args=request.query_string if (example := _example()) is None else urlencode({"query": example.query}).encode(),
        content_type=request.headers.get("Content-Type"),
        body=body,
        accept=accept,
        gone=request.environ.get(GONE),
        shown=shown,
    )
    numbers = metrics_of(current_app)
    with numbers.busy.track_inprogress():
        answer = current.endpoint(release()).answer(asked)
    if request.method in ("GET", "HEAD", "POST"):
        numbers.answered(answer.outcome)
    return answer


def _example() -> Example | None:
    """The example that a page shows by its name: an address with the whole query is too long for some."""
    if "query" in request.args or request.method not in ("GET", "HEAD"):
        return None
    return examples(release()).get(request.args.get("example", ""))


def _query() -> str:
    example = _example()
    return example.query if example else request.args.get("query") or request.form.get("query") or ""


def _form(**members: object) -> str:
    return render_template("sparql.html", query=_query(), example=paths.query("example"),
                           prefixes=release().vocabulary.prefixes, examples=examples(release()).values(),
                           editor=_EDITOR.is_file(), base=release().base, parts=_PARTS, **members)  # fmt: skip


def _page(answer: Answer) -> Response:
    """Results as a table, graphs as Turtle, an error in words; always with the form, to go on from."""
    headers = dict(answer.headers)
    members: Mapping[str, object] = {}
    if answer.problem is not None:
        members = {"problem": answer.problem}
    elif headers.get("Content-Type", "").startswith("application/sparql-results+json") and answer.body:
        members = _table(json.loads(answer.body))
    else:
        members = {"graph": drawn(answer.body)}
    response = Response(_form(**members), answer.status, content_type="text/html; charset=utf-8")
    for name in headers.keys() & {"Retry-After", "Allow", "Cache-Control"}:
        response.headers[name] = headers[name]
    response.vary.update(("Accept", "Accept-Language"))
    response.content_language.add(language())
    return response


def _table(results: Mapping[str, Any]) -> dict[str, object]:
    if "boolean" in results:
        return {"boolean": results["boolean"]}
    rows, columns = results["results"]["bindings"], results["head"]["vars"]
    picture = chart(release().vocabulary, columns, rows, release().created.date())
    return {"table": table(columns, rows, results["results"]["total"]), "picture": picture, "cell": cell}
