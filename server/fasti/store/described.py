"""What a store elsewhere says of things, fetched many at a time: a page asks of hundreds, one after the other."""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Sequence

from fasti.store.terms import NamedNode, Quad

TOGETHER = 64  # things that are asked about at once
MOST = 5000  # quads of one answer; a thing with more is never fetched whole
_KEPT = 100_000  # quads

Fetch = Callable[[Sequence[NamedNode], int], Iterable[Quad]]
"""The quads whose subject is one of some nodes, up to a number of them."""


class Descriptions:
    """All quads about a subject, of which a page needs now these and then those.

    Things that were mentioned together are fetched together, when the first of them is asked for: who lists
    something goes on with the next of the list.

    Args:
        fetch: asks the store.
    """

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._quads: OrderedDict[NamedNode, list[Quad] | None] = OrderedDict()
        self._beside: OrderedDict[NamedNode, Sequence[NamedNode]] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def of(self, node: NamedNode) -> list[Quad] | None:
        """The quads about a subject; None when there are too many to be fetched whole."""
        with self._lock:
            if node in self._quads:
                self._quads.move_to_end(node)
                return self._quads[node]
            beside = [other for other in self._beside.get(node, ()) if other != node and other not in self._quads]
        return self._fetched([node, *beside[: TOGETHER - 1]])[node]

    def mention(self, nodes: Iterable[object]) -> None:
        """Some nodes stand in one answer: who asks for one may ask for the others."""
        named = [each for each in dict.fromkeys(nodes) if isinstance(each, NamedNode)]
        with self._lock:
            for start in range(0, len(named), TOGETHER):
                group = named[start : start + TOGETHER]
                for node in group:
                    self._beside.setdefault(node, group)
            while len(self._beside) > _KEPT:
                self._beside.popitem(last=False)

    def _fetched(self, nodes: Sequence[NamedNode]) -> dict[NamedNode, list[Quad] | None]:
        quads = list(self._fetch(nodes, MOST + 1))
        if len(quads) > MOST and len(nodes) > 1:
            return self._fetched(nodes[:1])
        found: dict[NamedNode, list[Quad] | None] = {node: [] for node in nodes}
        if len(quads) > MOST:
            found[nodes[0]] = None
        else:
            about = defaultdict(list)
            for quad in quads:
                about[quad.subject].append(quad)
            found |= about
            self.mention(quad.object for quad in quads)
            self.mention(quad.graph_name for quad in quads)  # passages, which are things too
            self.mention(quad.predicate for quad in quads)
        self._keep(found)
        return found

    def _keep(self, found: dict[NamedNode, list[Quad] | None]) -> None:
        with self._lock:
            for node, quads in found.items():
                if node not in self._quads:
                    self._quads[node] = quads
                    self._size += 1 + len(quads or ())
            while self._size > _KEPT:
                self._size -= 1 + len(self._quads.popitem(last=False)[1] or ())
