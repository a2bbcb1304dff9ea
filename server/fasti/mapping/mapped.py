"""What the documents say, as the rules and readings said it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from fasti.mapping.identities import Identities
from fasti.mapping.intervals import Intervals
from fasti.store import Quad, graph_iri


@dataclass(frozen=True, slots=True)
class Rule:
    """One file of `mappings/rules`: its name, the first line of its comment, and the update."""

    name: str
    path: str
    summary: str
    update: str


@dataclass
class Mapped:
    """What the documents say: quads in passage graphs, and the subjects that each rule spoke of in each passage."""

    identities: Identities
    rules: tuple[Rule, ...]
    quads: list[Quad] = field(default_factory=list)
    applications: dict[tuple[str, str], set[str]] = field(default_factory=dict)  # (passage, rule) → subjects
    reasons: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)  # stem → span → why it says nothing

    def record(self, rule: str, said: Iterable[Quad]) -> None:
        """Note what a rule said: the quads, dates in words expanded, and of which subjects in which passage."""
        intervals = Intervals(self.identities.vocabulary)
        for quad in (made for given in sorted(said, key=str) for made in intervals.expand(given)):
            self.quads.append(quad)
            self.applications.setdefault((graph_iri(quad), rule), set()).add(quad.subject.value)
