"""What a chart calls things: their names as pages have them, and the name in the other script."""

from __future__ import annotations

from fasti.release import Release
from fasti.store.embedded import DefaultGraph, Literal, NamedNode
from fasti.web.charts.text import printable
from fasti.web.wording import Text, Wording

_PROPERTIES = ("skos:prefLabel", "foaf:name")


class Names:
    """The names of one release for the language of the request."""

    def __init__(self, release: Release) -> None:
        self._release = release
        self._wording = Wording(release)
        self._properties = [NamedNode(release.vocabulary.expand(name)) for name in _PROPERTIES]

    def of(self, iri: str) -> Text:
        """The name on one line, and its language."""
        label = self._wording.label(NamedNode(iri))
        return Text(printable(label.text) or iri, label.lang)

    def other(self, iri: str) -> Text | None:
        """A name in a script that the first one is not in: Chinese beside English, and the other way round."""
        first = _is_chinese(self.of(iri).lang)
        for predicate in self._properties:
            quads = self._release.dataset.quads(NamedNode(iri), predicate, graph=DefaultGraph())
            texts = [_text(quad.object) for quad in quads if isinstance(quad.object, Literal)]
            fitting = [text for text in texts if text.text and _fits(text.lang, first)]
            if fitting:
                return min(fitting, key=lambda text: (text.lang.lower() not in ("en", "zh-hans"), text.lang, text.text))
        return None


def _fits(tag: str, first_is_chinese: bool) -> bool:
    return tag.lower() == "en" if first_is_chinese else _is_chinese(tag)


def _text(literal: Literal) -> Text:
    return Text(printable(literal.value), literal.language or "")


def _is_chinese(tag: str) -> bool:
    return tag.lower().startswith("zh") and "latn" not in tag.lower()
