"""The front door: what this is, how much there is, and the ways in."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from fasti.store.embedded import NamedNode
from fasti.web.current import release
from fasti.web.facts import facts
from fasti.web.lists import lists
from fasti.web.moments import asked
from fasti.web.representations import page

bp = Blueprint("home", __name__)


@bp.get("/")
def home() -> Response:
    """The home page; `?at=` makes its lists those of a moment."""
    moment = asked()
    body = render_template(
        "home.html",
        release=release(),
        sources=sources(),
        moment=moment,
        lists=lists(moment),
    )
    return page(body)


def sources() -> list[dict[str, str]]:
    """The source documents: identifier, title, topic with its label, number of passages."""
    label = NamedNode(release().vocabulary.expand("rdfs:label"))
    rows = []
    for row in release().dataset.select("home-sources"):
        values = {name: term.value for name, term in row.items()}
        if "topic" in values:
            labels = [fact.object.value for fact in facts(release().dataset.quads(NamedNode(values["topic"]), label))]
            values["topicLabel"] = min(labels, default=values.get("title", values["identifier"]))
        rows.append(values)
    return rows
