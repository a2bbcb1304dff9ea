"""What is around an entity, counted before it is read: a body with five thousand units must cost no more than one with five."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from fasti.store.embedded import Literal, NamedNode
from fasti.web.current import release
from fasti.web.description import Description
from fasti.web.facts import Fact, facts

_NUMBERS = re.compile(r"(\d{1,18})")
FEW = 200  # connections of one property that a page reads whole; more are a crowd, which it pages


@dataclass(frozen=True, slots=True)
class Connection:
    """A property that leads from an entity to others, or from others to it, and how often."""

    predicate: NamedNode
    incoming: bool
    count: int

    @property
    def is_crowd(self) -> bool:
        """Whether there are too many to read them all for one page."""
        return self.count > FEW


class Surroundings:
    """The connections of one node, in the graphs that describe entities of its kind."""

    def __init__(self, description: Description, node: NamedNode) -> None:
        self._description = description
        self._dataset = description.release.dataset
        self.node = node

    @cached_property
    def connections(self) -> Sequence[Connection]:
        """Every property that touches the node, with its count, both ways."""
        found: dict[tuple[NamedNode, bool], int] = {}
        for incoming, ending in ((False, ""), (True, "-incoming")):
            for graph in self._description.graphs:
                within = {"graph": graph} if isinstance(graph, NamedNode) else {}
                name = f"neighbours{'-in-graph' if within else ''}{ending}"
                for row in self._dataset.select(name, entity=self.node, **within):
                    key = row["property"]
                    if isinstance(key, NamedNode):
                        found[key, incoming] = found.get((key, incoming), 0) + int(row["count"].value)
        return [Connection(predicate, incoming, count) for (predicate, incoming), count in found.items() if count]

    def few(self, incoming: bool) -> Iterator[Fact]:
        """The statements of every property that is no crowd, as far as they belong to the state shown."""
        for connection in self.connections:
            if connection.incoming == incoming and not connection.is_crowd:
                yield from self.facts(connection)

    def facts(self, connection: Connection) -> Iterator[Fact]:
        """The statements of one property, as far as they belong to the state shown."""
        return (fact for fact in self.at_all_times(connection) if self._description.holds(fact))

    def at_all_times(self, connection: Connection) -> Iterator[Fact]:
        """The statements of one property, whatever the state shown."""
        s, o = (None, self.node) if connection.incoming else (self.node, None)
        for graph in self._description.graphs:
            yield from facts(self._dataset.quads(s, connection.predicate, o, graph))

    def crowd(self, connection: Connection) -> Sequence[str]:
        """The IRIs of the others of a property, by name, each once; at all times."""
        current = self._description.release
        return _crowd((current.path, current.id), self.node.value, connection.predicate.value, connection.incoming)

    def of(self, *predicates: NamedNode, incoming: bool = True) -> Iterable[Connection]:
        """The connections with these properties."""
        return [each for each in self.connections if each.incoming == incoming and each.predicate in predicates]


def by_name(text: str) -> list[tuple[int, str]]:
    """What names sort by: letters without case, numbers by their value, so that the 9th stands before the 10th.

    >>> sorted(["Bureau 10", "bureau 9", "Archive"], key=by_name)
    ['Archive', 'bureau 9', 'Bureau 10']
    """
    parts = _NUMBERS.split(text.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts if part]


@lru_cache(maxsize=256)
def _crowd(_: tuple[Path, str], node: str, property: str, incoming: bool) -> Sequence[str]:
    """Kept for as long as there is room: to sort thousands of names takes longer than a page may."""
    name = "crowd-incoming" if incoming else "crowd"
    names: dict[str, str] = {}
    for row in release().dataset.select(name, entity=NamedNode(node), property=NamedNode(property)):
        other, label = row["other"], row.get("label")
        if isinstance(other, NamedNode):
            found = label.value if isinstance(label, Literal) else ""
            names[other.value] = min(names.get(other.value, found), found)
    return sorted(names, key=lambda iri: (by_name(names[iri]), iri))
