"""`/quality`: what validation found, where the sources disagree, how much of each is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from flask import Blueprint, Response, render_template

from fasti.store.embedded import NamedNode, Quad, Term
from fasti.store.serialize import Format
from fasti.web.conflicts import Conflict, conflicts
from fasti.web.current import release
from fasti.web.description import Description
from fasti.web.evidence import Evidence, Quote, Room
from fasti.web.page import Page
from fasti.web.paging import asked_pages, paged
from fasti.web.representations import Resource
from fasti.web.values import Pager, Value
from fasti.web.wording import Wording

bp = Blueprint("quality", __name__)
_LISTS = re.compile(r"disputed|coverage|shape-[\w-]{1,60}", re.ASCII)
_FINDINGS, _DISPUTED, _SOURCES, _UNREAD = 20, 12, 30, 8  # of a shape, entities, documents, stretches on a page


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of a shape: about what, which value, and the words that it rests on."""

    focus: Value
    value: Value | None
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A shape with how many results, and those that the page shows; the message says what to do about them."""

    code: str
    severity: str
    message: str
    count: int
    findings: Sequence[Finding]
    pager: Pager | None


@dataclass(frozen=True, slots=True)
class Disputed:
    """An entity that the sources disagree about, with the readings side by side."""

    entity: Value
    conflicts: Sequence[Conflict]


@dataclass(frozen=True, slots=True)
class Unread:
    """Words of a source that no statement rests on, and why."""

    line: str
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Read:
    """How much of a source is read; `share` from 0 to 1. Of its unread stretches the first ones, and how many more."""

    identifier: str
    title: str
    characters: int
    read: int
    share: float
    unread: Sequence[Unread]
    more: int


class Quality:
    """What the page shows of each list: the part that the address asks for."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self._numbers = numbers
        self._wording = Wording(release())
        self._evidence = Evidence(release(), self._wording)
        self.room = Room()

    def judged(self) -> list[Judged]:
        """What validation found, by shape, the worst first."""
        found = [self._judged(row) for row in release().dataset.select("quality-shapes")]
        return sorted(found, key=lambda each: (each.severity != "violation", each.severity != "warning", each.code))

    def disputed(self) -> tuple[Sequence[Disputed], int, Pager | None]:
        """Entities that the sources disagree about; and on how many points they do in all."""
        rows = list(release().dataset.select("quality-disputed"))
        shown, pager = paged(self._numbers, "disputed", rows, _DISPUTED)
        pages = [Page(Description(release(), row["entity"].value)) for row in shown]
        found = [Disputed(page.link(page.node), conflicts(page)) for page in pages]
        return found, sum(int(row["count"].value) for row in rows), pager

    def coverage(self) -> tuple[Sequence[Read], float, Pager | None]:
        """Documents, the least read first; and how much of all of them is read."""
        rows = list(release().dataset.select("quality-coverage"))
        shown, pager = paged(self._numbers, "coverage", rows, _SOURCES)
        characters, read = (sum(int(row[name].value) for row in rows) for name in ("characters", "read"))
        return [_read(row) for row in shown], read / characters if characters else 0.0, pager

    def _judged(self, row: Mapping[str, Term]) -> Judged:
        code = row["shape"].value.rpartition("#")[2]
        severity = row["severity"].value.rpartition("#")[2].lower()
        count, key = int(row["count"].value), f"shape-{code}"
        places, pager = paged(self._numbers, key, range(count), _FINDINGS)
        results = release().dataset.select("quality-results", shape=row["shape"])
        shown = islice(results, places[0], places[-1] + 1) if places else ()
        message = row["message"].value if "message" in row else ""
        return Judged(code, severity, message, count, [self._finding(each) for each in shown], pager)

    def _finding(self, row: Mapping[str, Term]) -> Finding:
        passages = row["passages"].value.split() if "passages" in row else []
        value = self._value(row["value"]) if "value" in row else None
        return Finding(self._value(row["focus"]), value, self._evidence.quotes(passages))

    def _value(self, term: Term) -> Value:
        if not isinstance(term, NamedNode):
            return Value(term.value, term.language or "")
        label = self._wording.label(term)
        return Value(label.text, label.lang, term.value)


@bp.get("/quality", defaults={"suffix": None})
@bp.get("/quality.<any(html,ttl,jsonld,nt,rdf,trig,nq):suffix>")
def quality(suffix: str | None) -> Response:
    """The page, or the graph that it is made from."""
    numbers = asked_pages(_LISTS)
    return Resource(
        "/quality",
        _data,
        lambda: _page(numbers),
        cite_as=release().vocabulary.graph("quality"),
        parameters={name: str(number) for name, number in numbers.items()},
    ).respond(suffix)


def _data(_: Format) -> Iterator[Quad]:
    return release().dataset.quads(graph=NamedNode(release().vocabulary.graph("quality")))


def _page(numbers: Mapping[str, int]) -> str:
    found = Quality(numbers)
    disputed, points, disputed_pager = found.disputed()
    coverage, share, coverage_pager = found.coverage()
    return render_template(
        "quality.html",
        page=found,
        judged=found.judged(),
        disputed=disputed,
        points=points,
        disputed_pager=disputed_pager,
        coverage=coverage,
        share=share,
        coverage_pager=coverage_pager,
        path="/quality",
    )


def _read(row: Mapping[str, Term]) -> Read:
    unread = [
        Unread(each["line"].value, each["words"].value, each["reason"].value)
        for each in release().dataset.select("quality-unread", source=row["source"])
    ]
    identifier = row["identifier"].value
    title = row["title"].value if "title" in row else identifier
    sizes = int(row["characters"].value), int(row["read"].value), float(row["share"].value)
    return Read(identifier, title, *sizes, unread[:_UNREAD], max(0, len(unread) - _UNREAD))
