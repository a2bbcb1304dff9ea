"""Puts the nodes of a directed graph into layers from left to right, each edge leading to a later layer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)
_SWEEPS = 4


def layers(nodes: Sequence[Node], edges: Sequence[tuple[Node, Node]]) -> list[list[Node]]:
    """The nodes by the longest path that leads to each (Sugiyama et al. 1981), neighbours close to each other.

    An edge that would close a circle is read backwards. Equal input gives equal output.

    Args:
        nodes: all of them, in an order that decides where nothing else does.
        edges: pairs of a node and one that comes after it.
    """
    forward = _without_circles(nodes, edges)
    place: dict[Node, int] = dict.fromkeys(nodes, 0)
    for node in _in_order(nodes, forward):
        for after in forward[node]:
            place[after] = max(place[after], place[node] + 1)
    led_to = {after for follows in forward.values() for after in follows}
    for node in nodes:
        if node not in led_to and forward[node]:  # a beginning stands right before what follows it
            place[node] = min(place[after] for after in forward[node]) - 1
    found: list[list[Node]] = [[] for _ in range(max(place.values(), default=-1) + 1)]
    for node in nodes:
        found[place[node]].append(node)
    _untangle(found, forward)
    return found


def _without_circles(nodes: Sequence[Node], edges: Sequence[tuple[Node, Node]]) -> Mapping[Node, list[Node]]:
    """Who follows whom, with edges that lead back to a node on the way turned round."""
    given: dict[Node, list[Node]] = defaultdict(list)
    for before, after in edges:
        given[before].append(after)
    found: dict[Node, list[Node]] = {node: [] for node in nodes}
    done: set[Node] = set()
    for root in nodes:
        if root in done:
            continue
        way, open_ = [(root, iter(given[root]))], {root}
        while way:
            node, rest = way[-1]
            following = next(rest, None)
            if following is None:
                way.pop()
                open_.discard(node)
                done.add(node)
            elif following in open_:
                if following != node:
                    found[following].append(node)
            else:
                found[node].append(following)
                if following not in done:
                    open_.add(following)
                    way.append((following, iter(given[following])))
    return found


def _in_order(nodes: Sequence[Node], forward: Mapping[Node, list[Node]]) -> list[Node]:
    """The nodes, each before those that follow it."""
    waiting = dict.fromkeys(nodes, 0)
    for follows in forward.values():
        for node in follows:
            waiting[node] += 1
    ready, found = [node for node in nodes if not waiting[node]], []
    while ready:
        node = ready.pop(0)
        found.append(node)
        for after in forward[node]:
            waiting[after] -= 1
            if not waiting[after]:
                ready.append(after)
    return found


def _untangle(found: list[list[Node]], forward: Mapping[Node, list[Node]]) -> None:
    """Order each layer by where its neighbours stand, forth and back."""
    backward: dict[Node, list[Node]] = defaultdict(list)
    for node, follows in forward.items():
        for after in follows:
            backward[after].append(node)
    for sweep in range(_SWEEPS):
        neighbours, way = (forward, found[-2::-1]) if sweep % 2 else (backward, found[1:])
        for layer in way:
            rank = {node: number for each in found for number, node in enumerate(each)}
            layer.sort(key=lambda node: _mean([rank[n] for n in neighbours.get(node, ())], rank[node]))


def _mean(values: Sequence[int], otherwise: int) -> float:
    return sum(values) / len(values) if values else otherwise
