"""Who held a post, when, as what: the lists on the pages of posts, people and bodies.

At a moment a list leaves out what the moment excludes, and what is merely possible in a body that did not exist then:
by the profile's definitions a tenure without bounds is possible at all times, and the data say no more than that; but
of a body that was not there nobody was in office. Before or after it only the mode "de facto" makes sense.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fasti.store.embedded import DefaultGraph, NamedNode, Term
from fasti.web.current import release
from fasti.web.dates import Span
from fasti.web.evidence import Quote
from fasti.web.language import gettext
from fasti.web.moments import Certainty
from fasti.web.page import Page
from fasti.web.paging import paged
from fasti.web.surroundings import Connection
from fasti.web.values import Pager, Value

_NAMES = {"org:member": "person", "fasti:post": "post", "org:organization": "organization",
          "org:memberDuring": "interval", "fasti:tenureMode": "mode", "fasti:titleInSource": "title",
          "fasti:ordinal": "ordinal", "fasti:incumbentAsOf": "asOf"}  # fmt: skip
_SHOWN = 40  # tenures on a page


@dataclass(frozen=True, slots=True)
class Tenure:
    """One row; a part that the page itself is about is None."""

    iri: str
    person: Value | None
    post: Value | None
    organization: Value | None
    when: Span | None
    modes: tuple[Value, ...]
    titles: tuple[str, ...]
    as_of: Value | None
    quotes: tuple[Quote, ...]
    certainty: str = ""

    @property
    def words(self) -> str:
        """When it was, as a person would say."""
        if self.when is not None:
            return self.when.words
        return gettext("incumbent, dates not stated") if self.as_of is not None else gettext("dates not stated")

    @property
    def goes_on(self) -> bool:
        """Whether a source says that it goes on, by an open end or by naming the incumbent."""
        return (self.when is not None and self.when.goes_on) or self.as_of is not None


@dataclass(frozen=True, slots=True)
class Tenures:
    """The tenures of a list that its page shows, out of `count`; at a moment none that it excludes."""

    shown: Sequence[Tenure]
    count: int
    pager: Pager | None = None


def tenures(page: Page) -> Tenures:
    """The tenures that name the page's entity, oldest first, undated ones last."""
    key = "tenures"
    properties = [page.term(name) for name in ("fasti:post", "org:member", "org:organization")]
    connections = list(page.around(page.node).of(*properties))
    crowds = [each for each in connections if each.is_crowd]
    if crowds:
        order = _crowd((page.release.path, page.release.id), page.node.value, crowds[0].predicate.value)
        if page.moment is not None:
            order = [iri for iri in order if _belongs(page, NamedNode(iri))]
        part, pager = paged(page.numbers, key, order, _SHOWN)
        return Tenures([tenure(page, NamedNode(iri)) for iri in part], len(order), pager)
    found = in_order(page, connections)
    shown, pager = paged(page.numbers, key, found, _SHOWN)
    return Tenures(shown, len(found), pager)


def in_order(page: Page, connections: Iterable[Connection], of: NamedNode | None = None) -> list[Tenure]:
    """The tenures behind connections that are no crowd, of the page's entity or of `of`, oldest first."""
    around = page.around(of or page.node)
    nodes = dict.fromkeys(fact.subject for each in connections for fact in around.facts(each))
    found = [(*_order(page, node), tenure(page, node, of)) for node in nodes if _belongs(page, node)]
    return [each for *_, each in sorted(found, key=lambda item: (item[0], item[1], item[2].iri))]


def tenure(page: Page, node: NamedNode, of: NamedNode | None = None) -> Tenure:
    """One tenure, seen from the page's entity or from `of`, whose own part is left out."""
    said, own = _said(page, node), {page.node, of}
    person, post, organization = (_first(page, said[part], own) for part in ("person", "post", "organization"))
    intervals = [each for each in said["interval"] if isinstance(each, NamedNode)]
    modes = [page.link(each) for each in said["mode"] if isinstance(each, NamedNode)]
    titles = {each.value for each in said["title"]} - {mode.text for mode in modes}
    return Tenure(
        iri=node.value,
        person=person,
        post=post,
        organization=None if own & set(said["post"]) else organization,
        when=next((page.span(each) for each in intervals), None),
        modes=tuple(sorted(modes, key=lambda mode: mode.iri)),
        titles=tuple(sorted(titles)),
        as_of=_first(page, said["asOf"], own),
        quotes=tuple(dict.fromkeys(quote for each in (node, *intervals) for quote in page.evidence.of_subject(each))),
        certainty=page.description.certainty(node),
    )


def without_body(page: Page, node: NamedNode) -> bool:
    """Whether at the page's moment no body existed of those that a post or a tenure is in."""
    bodies = {quad.object for name in ("org:organization", "org:postIn")
              for quad in page.release.dataset.quads(node, page.term(name), graph=DefaultGraph())}  # fmt: skip
    return bool(bodies) and all(page.description.certainty(body) == Certainty.EXCLUDED for body in bodies)


def _belongs(page: Page, node: NamedNode) -> bool:
    """Whether a tenure belongs to the list at the page's moment."""
    certainty = page.description.certainty(node)
    if certainty != Certainty.POSSIBLE or not without_body(page, node):
        return certainty != Certainty.EXCLUDED
    mode, de_facto = page.term("fasti:tenureMode"), page.term("mode:de-facto")
    return next(page.release.dataset.quads(node, mode, de_facto, DefaultGraph()), None) is not None


def _said(page: Page, node: NamedNode) -> Mapping[str, list[Term]]:
    """What the record says of a tenure, by the names used here."""
    names = {page.term(name): key for name, key in _NAMES.items()}
    found: dict[str, list[Term]] = defaultdict(list)
    for quad in page.release.dataset.quads(node, graph=DefaultGraph()):
        found[names.get(quad.predicate, "")].append(quad.object)
    return found


def _order(page: Page, node: NamedNode) -> tuple[str, int]:
    """What a tenure sorts by: when it began, then its number in the list that a source gives."""
    when = page.when(node)
    ordinals = [quad.object.value for quad in
                page.release.dataset.quads(node, page.term("fasti:ordinal"), graph=DefaultGraph())]  # fmt: skip
    ordinal = min((int(each) for each in ordinals if each.isdigit()), default=0)
    return (when.key or "9") if when else "9", ordinal


def _first(page: Page, terms: Iterable[Term], own: set[NamedNode | None]) -> Value | None:
    nodes = sorted((each for each in terms if isinstance(each, NamedNode)), key=lambda each: each.value)
    return page.link(nodes[0]) if nodes and not own & set(nodes) else None


@lru_cache(maxsize=64)
def _crowd(_: tuple[Path, str], thing: str, property: str) -> Sequence[str]:
    """The tenures that name a thing with a property, oldest first; kept, because to sort thousands takes its time."""
    keys: dict[str, str] = {}
    for row in release().dataset.select("tenure-order", thing=NamedNode(thing), property=NamedNode(property)):
        iri, begin = row["membership"].value, row.get("begin")
        keys[iri] = min(keys.get(iri, "9"), begin.value if begin is not None else "9")
    return sorted(keys, key=lambda iri: (keys[iri], iri))
