"""The posts of a body, each with who holds it, when a source says so, and whom else the sources name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fasti.store.embedded import DefaultGraph, NamedNode
from fasti.web.evidence import Quote
from fasti.web.page import Page
from fasti.web.paging import paged
from fasti.web.surroundings import by_name
from fasti.web.tenures import Tenure, in_order
from fasti.web.values import Pager, Value

_SHOWN = 20  # posts on a page
_HOLDERS = 12  # holders of one post; its own page has them all


@dataclass(frozen=True, slots=True)
class Post:
    """A post of the body: who holds it, who else is named, how many tenures in all, and the words that put it here."""

    post: Value
    is_head: bool
    current: Sequence[Tenure]
    others: Sequence[Tenure]
    count: int
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Posts:
    """The posts that the page shows, out of `count`."""

    shown: Sequence[Post]
    count: int
    pager: Pager | None = None


def posts(page: Page) -> Posts:
    """The posts of the page's body, its head first."""
    post_in = page.term("org:postIn")
    connections = page.around(page.node).of(post_in)
    if any(each.is_crowd for each in connections):
        order = [NamedNode(iri) for each in connections for iri in page.around(page.node).crowd(each)]
    else:
        nodes = {fact.subject for each in connections for fact in page.around(page.node).facts(each)}
        order = sorted(nodes, key=lambda node: (not _is_head(page, node), by_name(page.wording.text(node)), node.value))
    shown, pager = paged(page.numbers, "posts", order, _SHOWN)
    return Posts([_post(page, node) for node in shown], len(order), pager)


def _post(page: Page, node: NamedNode) -> Post:
    connections = page.around(node).of(page.term("fasti:post"))
    count = sum(each.count for each in connections)
    few = [each for each in connections if not each.is_crowd]
    held = in_order(page, few, of=node)
    current = [each for each in held if (each.certainty or each.goes_on)] if page.moment else [
        each for each in held if each.goes_on]  # fmt: skip
    others = [each for each in reversed(held) if each not in current]
    quotes = page.evidence.behind(node, page.term("org:postIn"), page.node)
    return Post(page.link(node), _is_head(page, node), current, others[:_HOLDERS], count, quotes)


def _is_head(page: Page, node: NamedNode) -> bool:
    """Whether the post is that of the head of its body."""
    quads = page.release.dataset.quads(node, page.term("org:role"), page.term("org:Head"), DefaultGraph())
    return next(quads, None) is not None
