"""Where an entity belongs: the chain of bodies above it, as far as the data name one and no more than one."""

from __future__ import annotations

from fasti.store.embedded import DefaultGraph, NamedNode
from fasti.web.facts import Fact
from fasti.web.page import Page
from fasti.web.values import Value

_LEVELS = 12
# What leads from a thing of each kind to the body that it belongs to.
_UPWARDS = {"organization": ("org:subOrganizationOf",), "post": ("org:postIn",), "membership": ("fasti:post", "org:organization")}  # fmt: skip


def chain(page: Page) -> list[Value]:
    """The bodies above the page's entity, the highest first; it ends where there are several or none."""
    found: list[NamedNode] = []
    node = page.node
    while len(found) < _LEVELS:
        above = _above(page, node)
        if len(above) != 1 or above[0] in (page.node, *found):
            break
        node = above[0]
        found.append(node)
    return [page.link(each) for each in reversed(found)]


def _above(page: Page, node: NamedNode) -> list[NamedNode]:
    """What a thing directly belongs to, at the moment that the page shows."""
    kind = node.value.removeprefix(page.release.base + "id/").partition("/")[0]
    for name in _UPWARDS.get(kind, ()):
        property = page.term(name)
        quads = page.release.dataset.quads(node, property, graph=DefaultGraph())
        nodes = [quad.object for quad in quads if isinstance(quad.object, NamedNode)]
        held = [each for each in nodes if page.description.holds(Fact(node, property, each))]
        if nodes:
            return sorted(held, key=lambda each: each.value)
    return []
