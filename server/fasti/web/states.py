"""The state at a moment, seen from one entity: which statements belong to it, what is certain and what possible.

Left out are statements that connect the entity with something whose time excludes the moment (a tenure, a body, a
rank tenure, an event), ORG's shortcuts past a tenure, which carry no time, and, of a body that did not exist, its
place among other bodies. What has no time stays, unmarked. Each thing that has one is marked with
`fasti:certainlyAt`, `fasti:possiblyAt` or, the entity itself only, `fasti:notAt`, whose value is the moment as
`xsd:date`, `xsd:gYearMonth` or `xsd:gYear`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from fasti.store.embedded import DefaultGraph, Literal, NamedNode, Quad
from fasti.vocabulary import Vocabulary
from fasti.web.facts import Fact
from fasti.web.moments import Certainty, Moment, times

# Shortcuts past a tenure carry no time and hold today: a state has the tenures instead.
_TIMELESS = ("org:holds", "org:heldBy", "org:memberOf", "org:hasMember", "org:headOf")
_MARKS = {
    Certainty.CERTAIN: "fasti:certainlyAt",
    Certainty.POSSIBLE: "fasti:possiblyAt",
    Certainty.EXCLUDED: "fasti:notAt",
}


@dataclass(frozen=True)
class State:
    """What was the case with the entity `iri` at `moment`."""

    iri: str
    moment: Moment
    vocabulary: Vocabulary

    @property
    def day(self) -> Literal:
        """The moment as a literal."""
        return Literal(self.moment.text, datatype=NamedNode(self.vocabulary.expand(f"xsd:{self.moment.datatype}")))

    def certainty(self, node: object) -> Certainty | None:
        """How a thing stands to the moment, a hash child of another entity as that does; None without a time."""
        if not isinstance(node, NamedNode):
            return None
        own = times().certainty(node.value, self.moment)
        owner = node.value.partition("#")[0]
        return own if own is not None or owner == self.iri else times().certainty(owner, self.moment)

    def holds(self, statement: Quad | Fact) -> bool:
        """Whether a statement belongs to the state."""
        if statement.predicate in self._timeless:
            return False
        others = [node for node in (statement.subject, statement.object) if node != NamedNode(self.iri)]
        if any(self.certainty(node) is Certainty.EXCLUDED for node in others):
            return False
        body = self.vocabulary.entity("organization", "")
        if not self.iri.startswith(body) or self.certainty(NamedNode(self.iri)) is not Certainty.EXCLUDED:
            return True
        foreign = (node for node in others if isinstance(node, NamedNode) and not node.value.startswith(self.iri + "#"))
        return not any(node.value.startswith(body) for node in foreign)

    def marks(self, statements: Iterable[Quad]) -> Iterator[Quad]:
        """How each thing that the statements name stands to the moment, the entity itself among them."""
        named = {node for quad in statements for node in (quad.subject, quad.object) if isinstance(node, NamedNode)}
        owners = {NamedNode(node.value.partition("#")[0]) for node in named}
        for node in sorted({NamedNode(self.iri)} | named | owners, key=lambda node: node.value):
            if certainty := times().certainty(node.value, self.moment):
                predicate = NamedNode(self.vocabulary.expand(_MARKS[certainty]))
                yield Quad(node, predicate, self.day, DefaultGraph())

    @cached_property
    def _timeless(self) -> set[NamedNode]:
        return {NamedNode(self.vocabulary.expand(name)) for name in _TIMELESS}
