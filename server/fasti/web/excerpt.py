"""The JSON-LD inside a page: the whole description, or of an entity with crowds around it what is said of itself."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from fasti.store.embedded import DefaultGraph, NamedNode, Quad
from fasti.store.serialize import JSON_LD, write
from fasti.web.facts import Fact
from fasti.web.page import Page

_WHOLE = 150  # connections of an entity whose whole description a page can carry


def json_ld(page: Page, path: str) -> Markup:
    """The text of a script element; JSON without "<" cannot end it. `path` is the document's, for a link to the whole."""
    connections = page.around(page.node).connections
    if sum(each.count for each in connections) <= _WHOLE:
        quads = page.description.data(JSON_LD)
    else:
        quads = _excerpt(page, path)
    text = write(quads, JSON_LD, page.release.vocabulary.prefixes).decode()
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704


def _excerpt(page: Page, path: str) -> Iterator[Quad]:
    """What is said of the entity and its parts with properties that are no crowd, with labels, and where the rest is."""
    said = page.about + [inner for fact in page.about if page.is_part(fact.object) for inner in _part(page, fact)]
    yield from (Quad(*fact, DefaultGraph()) for fact in dict.fromkeys(said))
    yield from page.description.labels(said)
    yield from page.description.document([])
    whole = NamedNode(f"{page.release.base}{path.lstrip('/')}.jsonld")
    yield Quad(page.node, page.term("rdfs:seeAlso"), whole, DefaultGraph())


def _part(page: Page, fact: Fact) -> Iterator[Fact]:
    if isinstance(fact.object, NamedNode):
        yield from page.around(fact.object).few(incoming=False)
