"""The front door: what this is, how much there is, and the ways in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, render_template

from fasti.store.embedded import NamedNode, Term
from fasti.web.current import release
from fasti.web.facts import facts
from fasti.web.representations import finish

bp = Blueprint("home", __name__)
_BODIES = ("org:FormalOrganization", "org:OrganizationalUnit", "org:Organization")


@bp.get("/")
def home() -> Response:
    """The home page."""
    body = render_template(
        "home.html",
        release=release(),
        sources=sources(),
        **_lists(release().path),
    )
    return finish(Response(body, content_type="text/html; charset=utf-8"), negotiated=False)


@lru_cache(maxsize=2)
def _lists(_: Path) -> Mapping[str, Sequence[Mapping[str, str]]]:
    """The lists of the home page: the same for as long as the release in that folder is."""
    return {"bodies": _listed(*_BODIES), "posts": _listed("org:Post"), "people": _listed("foaf:Person")}


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


def _listed(*classes: str) -> list[Mapping[str, str]]:
    """The entities of the classes by name, each once."""
    found: dict[str, dict[str, str]] = {}
    for name in classes:
        kind: Term = NamedNode(release().vocabulary.expand(name))
        for row in release().dataset.select("home-list", **{"class": kind}):
            found[row["entity"].value] = {key: term.value for key, term in row.items()}
    return sorted(found.values(), key=lambda row: (row["name"].lower(), row.get("owner", ""), row["entity"]))
