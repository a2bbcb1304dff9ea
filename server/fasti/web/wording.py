"""What things are called on a page: their labels, with the language that each is in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from fasti.release import Release
from fasti.store.embedded import DefaultGraph, Literal, NamedNode

_LABELS = ("rdfs:label", "skos:prefLabel", "foaf:name", "dct:title")
LANGUAGES = {
    "en": "English",
    "zh-hans": "Chinese, simplified",
    "zh-hant": "Chinese, traditional",
    "zh": "Chinese",
    "zh-latn-pinyin": "Pinyin",
    "zh-latn": "Chinese in Latin letters",
}


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its language tag (empty when it has none)."""

    text: str
    lang: str = ""


class Wording:
    """The labels of one release."""

    def __init__(self, release: Release) -> None:
        vocabulary = release.vocabulary
        self._release = release
        self._graphs: list[NamedNode | DefaultGraph] = [
            DefaultGraph(),
            *(NamedNode(vocabulary.graph(g)) for g in ("evidence", "quality", "vocabulary", "catalog")),
        ]
        self._properties = [NamedNode(vocabulary.expand(name)) for name in _LABELS]
        self.label = lru_cache(maxsize=None)(self._label)

    def text(self, node: NamedNode) -> str:
        """The label without its language."""
        return self.label(node).text

    def term(self, name: str) -> str:
        """The label of a class or property: the data's own, or its local name in words."""
        return self.text(NamedNode(name))

    def _label(self, node: NamedNode) -> Text:
        """English before other languages; without any label the end of the IRI, in words."""
        for predicate in self._properties:
            for graph in self._graphs:
                found = [
                    quad.object
                    for quad in self._release.dataset.quads(node, predicate, graph=graph)
                    if isinstance(quad.object, Literal)
                ]
                if found:
                    best = min(found, key=lambda o: (o.language != "en", o.language or "", o.value))
                    return Text(best.value, best.language or "")
        return Text(in_words(node.value))


def in_words(iri: str) -> str:
    """The end of an IRI as words.

    >>> in_words("http://www.w3.org/ns/org#subOrganizationOf"), in_words("http://localhost/id/post/head--a-b")
    ('sub organization of', 'head, a b')
    """
    tail = re.split(r"[#/]", iri.rstrip("#/"))[-1]
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", tail.replace("--", ", ").replace("-", " ").replace("_", " "))
    return spaced.lower() if " " in spaced and tail[:1].islower() else spaced


def shorten(iri: str, prefixes: Mapping[str, str]) -> str:
    """The prefixed name of an IRI, or the IRI."""
    split = max(iri.rfind("#"), iri.rfind("/")) + 1
    return next((f"{p}:{iri[split:]}" for p, namespace in prefixes.items() if namespace == iri[:split]), iri)
