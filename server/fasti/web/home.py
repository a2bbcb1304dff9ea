"""The front door: what this is, how much there is, and the ways in."""

from __future__ import annotations

import json
from dataclasses import dataclass

from flask import Blueprint, Response, current_app, g, render_template, request
from markupsafe import Markup

from fasti import paths
from fasti.kept import Kept
from fasti.web.current import release
from fasti.web.description import Description
from fasti.web.language import language
from fasti.web.links import kept
from fasti.web.moments import asked
from fasti.web.page import Page, Value
from fasti.web.posts import posts
from fasti.web.representations import page
from fasti.web.sentence import sentence
from fasti.web.structured import dataset, json_text
from fasti.web.tenures import tenures

bp = Blueprint("home", __name__)


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that documents are mainly about: its name, what the data say of it, one of the documents."""

    value: Value
    sentence: Markup
    document: str
    certainty: str


@bp.get("/")
def home() -> Response:
    """The home page; `?at=` says of its topics what was the case at a moment."""
    asked()  # what is no date is told before anything is looked up
    made: Kept = current_app.extensions["fasti.kept"]
    g.address = ("/", {})
    key = (release().path, release().created, request.script_root, "/", kept(), language(), "html")
    return page(made.get(key, _page).decode())


def _page() -> bytes:
    moment = asked()
    body = render_template(
        "home.html",
        release=release(),
        topics=topics(),
        moment=moment,
        numbers_query=paths.query("release-counts"),
        json_ld=json_text({"@context": "https://schema.org/"} | dataset(release())),
    )
    return body.encode()


def topics() -> list[Topic]:
    """What the documents are about, a few of them, each in a sentence."""
    found = []
    for topic, document in _documented():
        about = Page(Description(release(), topic, asked()))
        kind = about.node.value.removeprefix(release().base + "id/").partition("/")[0]
        offered = posts(about).shown if kind == "organization" else []
        held = tenures(about).shown if kind in ("post", "person") else []
        said = sentence(about, offered, held)
        found.append(Topic(about.link(about.node), said, document, about.certainty))
    return found


def _documented() -> list[list[str]]:
    """What most documents are about, and one of them for each; the same on every day."""
    made: Kept = current_app.extensions["fasti.kept"]

    def rows() -> bytes:
        found = release().dataset.select("home-topics")
        return json.dumps([(row["topic"].value, row["document"].value) for row in found]).encode()

    listed: list[list[str]] = json.loads(made.get((release().path, release().created, "home-topics"), rows))
    return listed
