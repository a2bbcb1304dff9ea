"""What the documents say, as the rules and readings said it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from fasti.mapping.identities import Identities
from fasti.mapping.intervals import Intervals
from fasti.mapping.rules import Rule
from fasti.store import Quad, graph_iri


@dataclass
class Mapped:
    """What the documents say: quads in passage graphs, and the subjects that each rule spoke of in each passage."""

    identities: Identities
    rules: tuple[Rule, ...]
    quads: list[Quad] = field(default_factory=list)
    applications: dict[tuple[str, str], set[str]] = field(default_factory=dict)  # (passage, rule) → subjects
    reasons: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)  # stem → span → why it says nothing
    speaking: dict[str, set[str]] = field(default_factory=dict)  # stem → passages that say more than a description

    def record(self, rule: str, said: Iterable[Quad]) -> None:
        """Note what a rule said: the quads, dates in words expanded, and of which subjects in which passage."""
        vocabulary = self.identities.vocabulary
        intervals = Intervals(vocabulary)
        silent, passages = vocabulary.expand("dct:description"), vocabulary.entity("passage", "")
        for quad in (made for given in sorted(said, key=str) for made in intervals.expand(given)):
            self.quads.append(quad)
            passage = graph_iri(quad)
            self.applications.setdefault((passage, rule), set()).add(quad.subject.value)
            speaking = self.speaking.setdefault(passage.removeprefix(passages).rpartition("/")[0], set())
            if passage not in speaking and quad.predicate.value != silent:
                speaking.add(passage)

    def read_by(self) -> dict[str, dict[str, set[str]]]:
        """Of every passage the rules that read it, and the subjects that each spoke of."""
        found: dict[str, dict[str, set[str]]] = {}
        for (passage, rule), subjects in self.applications.items():
            found.setdefault(passage, {})[rule] = subjects
        return found
