"""What things are called on a page: their labels, with the language that each is in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from fasti.catalog import LICENSE
from fasti.release import Release
from fasti.store.embedded import DefaultGraph, Literal, NamedNode
from fasti.web.language import gettext, language, pgettext
from fasti.web.twins import told_apart

_LABELS = ("rdfs:label", "skos:prefLabel", "foaf:name", "dct:title")


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its language tag (empty when it has none)."""

    text: str
    lang: str = ""


class Wording:
    """The labels of one release in one language of the interface, or else in English, or else in any."""

    def __init__(self, release: Release) -> None:
        vocabulary = release.vocabulary
        self._release = release
        self._language = language()
        self._graphs: list[NamedNode | DefaultGraph] = [
            DefaultGraph(),
            *(NamedNode(vocabulary.graph(g)) for g in ("evidence", "quality", "vocabulary", "catalog")),
        ]
        self._properties = [NamedNode(vocabulary.expand(name)) for name in _LABELS]
        self._entities, self._sources = f"{release.base}id/", release.vocabulary.source("")
        self.label = lru_cache(maxsize=None)(self._label)

    def text(self, node: NamedNode) -> str:
        """The label without its language."""
        return self.label(node).text

    def term(self, name: str) -> str:
        """The label of a class or property: the data's own, or its local name in words."""
        return self.text(NamedNode(name))

    def _label(self, node: NamedNode) -> Text:
        """The label of an entity is data; that of a term, or of a part of an entity, the catalog may translate."""
        found = self._found(node)
        if node.value.startswith(self._sources) and (name := told_apart(node.value)):
            return Text(f"{found.text} ({name})", found.lang)
        is_entity = node.value.startswith(self._entities) and "#" not in node.value
        return found if is_entity else translated(found)

    def _found(self, node: NamedNode) -> Text:
        """Without any label the end of the IRI, in words."""
        fallback: Text | None = None
        for graph in self._graphs:
            for predicate in self._properties:
                quads = self._release.dataset.quads(node, predicate, graph=graph)
                best = min((_text(quad.object) for quad in quads if isinstance(quad.object, Literal)),
                           key=self._preference, default=None)  # fmt: skip
                if best is not None and self._preference(best)[0] == 0:
                    return best
                if best is not None and (fallback is None or self._preference(best)[0] < self._preference(fallback)[0]):
                    fallback = best
            if fallback is not None:
                return fallback
        return self._unlabelled(node)

    def _unlabelled(self, node: NamedNode) -> Text:
        """What a thing without a name is called: a passage by its place, a licence and a file as everybody does."""
        if node.value == LICENSE:
            return Text("CC BY-SA 4.0")
        if node.value.startswith(f"{self._release.base}source/"):
            return Text(node.value.rpartition("/")[2])
        prefix = self._release.vocabulary.entity("passage", "")
        stem, _, place = node.value.removeprefix(prefix).rpartition("/")
        start, mark, end = place.partition("-")
        if not node.value.startswith(prefix) or not (mark and start.isdecimal() and end.isdecimal()):
            return Text(in_words(node.value), "en")
        title = self.label(NamedNode(self._release.vocabulary.source(stem)))
        said = gettext("%(title)s, characters %(start)s to %(end)s") % {"title": title.text, "start": start, "end": end}
        return Text(said, title.lang)

    def _preference(self, text: Text) -> tuple[int, str, str]:
        """What sorts first: the interface's own language, the same in another script of its own, English."""
        own = self._language.lower()
        found, primary = text.lang.lower(), own.partition("-")[0]
        if found == own:
            rank = 0
        elif found.partition("-")[0] == primary and "latn" not in found:
            rank = 1
        else:
            rank = 2 if found == "en" else 3
        return rank, text.lang, text.text


def translated(term: Text) -> Text:
    """The word for a class, property or concept in the language of the interface, where the catalog has it."""
    said = pgettext("term", term.text)
    return Text(said, language().lower()) if said != term.text else term


def _text(literal: Literal) -> Text:
    return Text(literal.value, literal.language or "")


def language_name(tag: str) -> str:
    """What a reader of the interface calls a language tag of the data; nothing for one that has no name here."""
    names = {
        "en": gettext("English"),
        "zh-hans": gettext("Chinese, simplified"),
        "zh-hant": gettext("Chinese, traditional"),
        "zh": gettext("Chinese"),
        "zh-latn-pinyin": gettext("Pinyin"),
        "zh-latn": gettext("Chinese in Latin letters"),
    }
    if (own := names.get(tag.lower())) is not None:
        return own
    return _language_name(tag.lower(), language())


@lru_cache(maxsize=256)
def _language_name(tag: str, spoken: str) -> str:
    """The name that Babel has for it: the data of other countries are in other languages."""
    try:
        return Locale.parse(tag, sep="-").get_display_name(Locale.parse(spoken, sep="-")) or ""
    except (ValueError, UnknownLocaleError):
        return ""


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
