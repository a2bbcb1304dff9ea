"""`/quality`: what validation found, where the sources disagree, how much of each is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from flask import Blueprint, Response, render_template

from fasti.store.embedded import NamedNode, Term
from fasti.web.conflicts import Conflict, conflicts
from fasti.web.current import release
from fasti.web.description import Description
from fasti.web.evidence import Evidence, Quote
from fasti.web.page import Page, Value
from fasti.web.representations import Resource
from fasti.web.wording import Text, Wording

bp = Blueprint("quality", __name__)


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of a shape: about what, which value, and the words that it rests on."""

    focus: Value
    value: Value | None
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A shape and its results; the message says what to do about them."""

    iri: str
    code: str
    severity: str
    message: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """Words of a source that no statement rests on, and why."""

    line: str
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Read:
    """How much of a source is read; `share` from 0 to 1."""

    identifier: str
    title: str
    characters: int
    read: int
    share: float
    unread: tuple[Unread, ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """All that the page shows."""

    judged: tuple[Judged, ...]
    disputed: tuple[tuple[Text, str, tuple[Conflict, ...]], ...]
    coverage: tuple[Read, ...]


@bp.get("/quality", defaults={"suffix": None})
@bp.get("/quality.<any(html,ttl,jsonld,nt,rdf,trig,nq):suffix>")
def quality(suffix: str | None) -> Response:
    """The page, or the graph that it is made from."""
    current = release()
    quads = list(current.dataset.quads(graph=NamedNode(current.vocabulary.graph("quality"))))
    return Resource(
        "/quality",
        lambda _: quads,
        lambda: render_template("quality.html", quality=_quality(current.path), path="/quality"),
        cite_as=current.vocabulary.graph("quality"),
    ).respond(suffix)


@lru_cache(maxsize=2)
def _quality(_: Path) -> Quality:
    """The same for as long as the release in that folder is."""
    return Quality(tuple(_judged()), tuple(_disputed()), tuple(_coverage()))


def _judged() -> list[Judged]:
    wording = Wording(release())
    evidence = Evidence(release(), wording)
    found = []
    rows = release().dataset.select("quality-results")
    for shape, group in groupby(rows, key=lambda row: row["shape"].value):
        of_shape = [dict(row) for row in group]
        first = of_shape[0]
        severity = first["severity"].value.rpartition("#")[2].lower()
        message = first["message"].value if "message" in first else ""
        findings = tuple(_finding(row, wording, evidence) for row in of_shape)
        found.append(Judged(shape, shape.rpartition("#")[2], severity, message, findings))
    return sorted(found, key=lambda each: (each.severity != "violation", each.code))


def _finding(row: Mapping[str, Term], wording: Wording, evidence: Evidence) -> Finding:
    passages = row["passages"].value.split() if "passages" in row else []
    value = _value(row["value"], wording) if "value" in row else None
    return Finding(_value(row["focus"], wording), value, evidence.quotes(passages))


def _value(term: Term, wording: Wording) -> Value:
    if not isinstance(term, NamedNode):
        return Value(term.value, term.language or "")
    label = wording.label(term)
    return Value(label.text, label.lang, term.value)


def _disputed() -> list[tuple[Text, str, tuple[Conflict, ...]]]:
    """Each entity that the sources disagree about, with the readings side by side."""
    found = []
    for row in release().dataset.select("quality-disputed"):
        page = Page(Description(release(), row["entity"].value))
        found.append((page.wording.label(page.node), page.node.value, tuple(conflicts(page))))
    return found


def _coverage() -> list[Read]:
    found = []
    rows = release().dataset.select("quality-coverage")
    for identifier, group in groupby(rows, key=lambda row: row["identifier"].value):
        of_source = [{name: term.value for name, term in row.items()} for row in group]
        first = of_source[0]
        unread = tuple(Unread(row["line"], row["words"], row["reason"]) for row in of_source if "words" in row)
        sizes = int(first["characters"]), int(first["read"]), float(first["share"])
        found.append(Read(identifier, first.get("title", identifier), *sizes, unread))
    return found
