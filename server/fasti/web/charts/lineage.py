"""What a body came from and what it became: the events that made bodies of bodies, both ways, however long the chain."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from fasti.release import Release
from fasti.store.embedded import DefaultGraph, Literal, NamedNode
from fasti.web.charts.names import Names
from fasti.web.charts.stretches import Known, existence
from fasti.web.charts.text import printable
from fasti.web.intervals import Intervals
from fasti.web.language import gettext
from fasti.web.wording import Text

MOST = 60  # bodies of one diagram


@dataclass(frozen=True, slots=True)
class Change:
    """An event: the bodies before and after it, when it was, in words and as what it sorts by."""

    iri: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    when: str
    key: str
    description: Text

    @property
    def joins(self) -> bool:
        """Whether it leads from a body to a body, and so belongs to the diagram."""
        return bool(self.before and self.after)

    @property
    def kind(self) -> str:
        """What it was, by the number of bodies on its two sides."""
        if not self.before:
            return gettext("foundation")
        if not self.after:
            return gettext("dissolution")
        if len(self.before) > 1:
            return gettext("merger") if len(self.after) == 1 else gettext("reorganization")
        return gettext("split") if len(self.after) > 1 else gettext("succession")


@dataclass(frozen=True, slots=True)
class Lineage:
    """The bodies of one diagram, each with its time, and the events; `cut` when there are more bodies than shown."""

    about: str
    bodies: dict[str, Known | None]
    changes: tuple[Change, ...]
    cut: bool

    @property
    def joining(self) -> Sequence[Change]:
        """The events that connect bodies."""
        return [change for change in self.changes if change.joins]


class _Walk:
    def __init__(self, release: Release, names: Names) -> None:
        expand = release.vocabulary.expand
        self.dataset, self.names, self.intervals = release.dataset, names, Intervals(release)
        self.before, self.after, self.description = (
            NamedNode(expand(name))
            for name in ("org:originalOrganization", "org:resultingOrganization", "dct:description")
        )

    def events(self, body: str) -> list[str]:
        node = NamedNode(body)
        return sorted({q.subject.value for p in (self.before, self.after)
                       for q in self.dataset.quads(p=p, o=node, graph=DefaultGraph())})  # fmt: skip

    def change(self, event: str) -> Change:
        node = NamedNode(event)
        time = existence(self.intervals, event)
        said = [q.object for q in self.dataset.quads(node, self.description, graph=DefaultGraph())]
        texts = sorted(((printable(o.value), o.language or "") for o in said if isinstance(o, Literal)), key=_telling)
        return Change(event, self._bodies(node, self.before), self._bodies(node, self.after),
                      time.words if time is not None else gettext("date not stated"), time.stretch.key if time is not None else "",
                      Text(*texts[0]) if texts else Text(""))  # fmt: skip

    def _bodies(self, event: NamedNode, side: NamedNode) -> tuple[str, ...]:
        found = self.dataset.quads(event, side, graph=DefaultGraph())
        return tuple(sorted({q.object.value for q in found if isinstance(q.object, NamedNode)}))


def _telling(description: tuple[str, str]) -> tuple[bool, int, tuple[str, str]]:
    """What sorts first: a sentence before a line of a list ("Formation: 1980"), then what says more."""
    text = description[0]
    return not text.rstrip().endswith((".", "。")), -len(text), description


def lineage(release: Release, names: Names, body: str) -> Lineage:
    """The bodies that are connected with `body` by events, and every event of theirs, oldest first."""
    walk, bodies = _Walk(release, names), {body: None}
    changes: dict[str, Change] = {}
    waiting, cut = deque([body]), False
    while waiting:
        for event in walk.events(waiting.popleft()):
            if event in changes:
                continue
            change = changes[event] = walk.change(event)
            for relative in (*change.before, *change.after):
                if relative in bodies:
                    continue
                cut = cut or len(bodies) >= MOST
                if len(bodies) < MOST:
                    bodies[relative] = None
                    waiting.append(relative)
    ordered = sorted(changes.values(), key=lambda change: (not change.key, change.key, change.iri))
    return Lineage(body, {each: existence(walk.intervals, each) for each in bodies}, tuple(ordered), cut)
