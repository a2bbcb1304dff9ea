"""`/questions/`: ready questions with blanks, each with its answer, its SPARQL and its data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, current_app, render_template, request

from fasti import paths
from fasti.questions import Question, complete, questions
from fasti.sparql.protocol import Answer, Request
from fasti.store.embedded import Literal, NamedNode
from fasti.web.answers import Table, table
from fasti.web.blanks import Choice, Filling, fill
from fasti.web.current import CurrentRelease, release
from fasti.web.language import gettext
from fasti.web.links import kept, root_path
from fasti.web.moments import asked
from fasti.web.representations import finish, page
from fasti.web.sparql import GONE
from fasti.web.values import Value

bp = Blueprint("questions", __name__, url_prefix="/questions")

_PAGE = 50  # rows of an answer on one page
_PAGES = 1000
_RESULTS = {"csv": "text/csv", "json": "application/sparql-results+json"}
_BLANK = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a question's sentence: words, or with a `blank` what fills it."""

    text: str
    blank: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer for a page: the rows that it shows, and where in the whole they stand."""

    table: Table
    total: int
    number: int
    pages: int


@bp.get("/")
def index() -> Response:
    """The questions by topic."""
    asked()
    ordered = sorted(questions().values(), key=lambda question: (_topics().index(question.topic), question.name))
    groups = [(topic, list(group)) for topic, group in groupby(ordered, key=lambda question: question.topic)]
    listed = [
        Value("".join(piece.text for piece in _open(each)), "", f"{release().base}questions/{each.name}")
        for each in ordered
    ]
    return page(render_template("questions.html", groups=groups, titles=_topic_titles(), pieces=_open, listed=listed,
                                sparql=paths.query("examples")))  # fmt: skip


@bp.get("/<name>.csv", defaults={"form": "csv"})
@bp.get("/<name>.json", defaults={"form": "json"})
def data(name: str, form: str) -> Response:
    """The answer as it comes from the endpoint, whole."""
    answer = _answer(_completed(_question(name)), _RESULTS[form])
    if answer.problem is not None:
        later = {"retry_after": answer.problem.retry_after} if answer.status == 503 else {}
        abort(answer.status, description=answer.problem.detail, **later)
    return finish(Response(answer.body, content_type=dict(answer.headers)["Content-Type"]), negotiated=False)


@bp.get("/<name>.rq")
def query(name: str) -> Response:
    """The query with its blanks filled, to be run anywhere."""
    body = _completed(_question(name))
    return finish(Response(body, content_type="application/sparql-query; charset=utf-8"), negotiated=False)


@bp.get("/<name>")
def question(name: str) -> Response:
    """The page of a question: the form, and the answer when its blanks are filled."""
    asked()
    wanted = _question(name)
    fillings = fill(wanted)
    status = max((filling.status for filling in fillings.values()), default=200)
    terms = {key: filling.term for key, filling in fillings.items() if filling.term is not None}
    members: dict[str, Any] = {}
    if len(terms) == len(fillings):
        text = complete(wanted, terms, release().vocabulary)
        answer = _answer(text, _RESULTS["json"], _number() * _PAGE)
        members = {"sparql": text, "parameters": {key: term.value for key, term in terms.items()}}
        if answer.problem is not None:
            members["failure"], status = answer.problem.detail, answer.status
        else:
            members["found"] = _asked(json.loads(answer.body))
    body = render_template(
        "question.html", question=wanted, fillings=fillings, labels=_labels(), pieces=_sentence(wanted, fillings),
        contested=_contested(terms.values()), other_days=_other_days(fillings), address=_address, **members,
    )  # fmt: skip
    response = page(body)
    response.status_code = status
    return response


def _question(name: str) -> Question:
    found = questions().get(name)
    if found is None:
        abort(404, description=f"There is no question '{name}' here; the list is at the address without a name.")
    return found


def _completed(wanted: Question) -> str:
    """The query of a request for data.

    Raises:
        HTTPException: a blank is not filled, or a name means several things.
    """
    fillings = fill(wanted)
    for name, filling in fillings.items():
        if filling.choices:
            several = ", ".join(choice.iri for choice in filling.choices)
            abort(400, description=f"'{name}': several things have this name; one IRI was expected, of {several}")
        if filling.term is None:
            abort(filling.status if filling.status != 200 else 404, description=f"'{name}': {filling.problem}")
    terms = {name: filling.term for name, filling in fillings.items() if filling.term is not None}
    return complete(wanted, terms, release().vocabulary)


def _answer(text: str, media_type: str, shown: int | None = None) -> Answer:
    """The answer of the public endpoint, with its deadline and its bounds: a blank may be the largest body there is."""
    current: CurrentRelease = current_app.extensions["fasti.current"]
    asking = Request("GET", [("query", text)], accept=media_type, gone=request.environ.get(GONE), shown=shown)
    return current.endpoint(release()).answer(asking)


def _number() -> int:
    """Which page of the answer is asked for, from 1."""
    text = request.args.get("page", "1")
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= _PAGES):
        abort(400, description=f"'page': a number from 1 to {_PAGES} was expected, found {text[:40]!r}.")
    return int(text)


def _asked(results: Mapping[str, Any]) -> Asked:
    rows: Sequence[Any] = results["results"]["bindings"]
    total, number = results["results"]["total"], _number()
    shown = table(release(), results["head"]["vars"], rows[(number - 1) * _PAGE :])
    return Asked(shown, total, number, max(1, -(-total // _PAGE)))


def _open(wanted: Question) -> list[Piece]:
    """The sentence of a question with its blanks open."""
    labels = _labels()
    pieces = [Piece(labels.get(text, text) if blank else text, blank) for text, blank in _cut(gettext(wanted.title))]
    first = pieces[0].text
    return [Piece(first[:1].upper() + first[1:], pieces[0].blank), *pieces[1:]]


def _sentence(wanted: Question, fillings: Mapping[str, Filling]) -> list[Piece]:
    """The sentence with what fills its blanks; an open one is named."""
    labels = _labels()
    return [
        Piece(fillings[blank].words or labels.get(blank, blank), blank, fillings[blank].lang)
        if blank in fillings
        else Piece(text, blank)
        for text, blank in _cut(gettext(wanted.title))
    ]


def _cut(title: str) -> Iterator[tuple[str, str]]:
    """The words of a title and the names of its blanks, in their order."""
    for number, part in enumerate(_BLANK.split(title)):
        if part:
            yield part, part if number % 2 else ""


def _contested(terms: Any) -> list[Choice]:
    """The things asked about that the sources disagree on: the record may be silent there."""
    nodes = [term for term in terms if isinstance(term, NamedNode)]
    rows = (row for node in nodes for row in release().dataset.select("conflicts", entity=node))
    found = {row["conflict"].value: row["label"] for row in rows if "label" in row}
    return [
        Choice(iri, label.value, "", (label.language or "") if isinstance(label, Literal) else "")
        for iri, label in sorted(found.items(), key=lambda item: item[0])
    ]


def _other_days(fillings: Mapping[str, Filling]) -> list[tuple[str, dict[str, str]]]:
    """The same question a day and a year earlier and later: words, and what changes in the address."""
    days = {name: filling.written for name, filling in fillings.items() if filling.blank.is_day and filling.term}
    if len(days) != 1:
        return []
    name, day = next((name, date.fromisoformat(text)) for name, text in days.items())
    steps = [(gettext("a year earlier"), _years(day, -1)), (gettext("the day before"), _days(day, -1)),
             (gettext("the day after"), _days(day, 1)), (gettext("a year later"), _years(day, 1))]  # fmt: skip
    return [(words, {name: other.isoformat()}) for words, other in steps if other is not None]


def _days(day: date, by: int) -> date | None:
    try:
        return day + timedelta(days=by)
    except OverflowError:
        return None


def _years(day: date, by: int) -> date | None:
    """The same day of another year; of 29 February the day before."""
    try:
        return day.replace(year=day.year + by)
    except ValueError:
        return day.replace(year=day.year + by, day=28) if 1 <= day.year + by <= 9999 else None


def _address(name: str, suffix: str, parameters: Mapping[str, str], **more: str) -> str:
    """The address of a question; that of its page keeps the moment and the language."""
    given, path = {**parameters, **more}, root_path(f"/questions/{name}{suffix}")
    if not suffix:
        return path + kept(**given)
    return f"{path}?{urlencode(given)}" if given else path


def _topics() -> list[str]:
    return list(_topic_titles())


def _topic_titles() -> dict[str, str]:
    return {"people": gettext("People and posts"), "bodies": gettext("Bodies"), "sources": gettext("Sources"),
            "doubts": gettext("Doubts and contradictions")}  # fmt: skip


def _labels() -> dict[str, str]:
    """What the blanks are called."""
    return {"post": gettext("a post"), "body": gettext("a body"), "person": gettext("a person"), "day": gettext("a day"),
            "from": gettext("one day"), "to": gettext("another day"), "one": gettext("one body"),
            "other": gettext("another body"), "thing": gettext("a body, a post or a person")}  # fmt: skip
