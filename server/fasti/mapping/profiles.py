"""What has to be known of every document before any of them can be mapped: what it calls its subject, and where that belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fasti.documents import Document
from fasti.documents.revisions import Shingles, shingles
from fasti.mapping.lexicon import Lexicon, normal
from fasti.vocabulary import Vocabulary

_ABBREVIATION = re.compile(r"\((?:the\s+)?[\"“]?([A-Z][A-Za-z&-]{1,11})[\"”]?\)")
_BEFORE = 200  # characters before an abbreviation, in which the name is that it stands for


@dataclass(frozen=True, slots=True)
class Profile:
    """A document as the others see it.

    `names` are those of its subject, the best first, `place` is the jurisdiction or else the parent, `wholes` are what
    the subject is a part of, `abbreviations` short forms in brackets, each with the normal form of the words before it.
    """

    stem: str
    path: str
    names: tuple[str, ...]
    place: str
    wholes: tuple[str, ...]
    abbreviations: tuple[tuple[str, str], ...]
    shingles: Shingles


def profile(document: Document, lexicon: Lexicon, vocabulary: Vocabulary) -> Profile:
    """Read off a document what the others have to know of it."""

    def field(wanted: str, said: str = "label") -> Iterator[str]:
        return _field(document, lexicon, vocabulary, wanted, said)

    nouns = lexicon.wordings.get(vocabulary.expand("doc:BodyNoun"), {})
    names = dict.fromkeys([*field("doc:fullName"), *document.names])
    called = sorted(names, key=lambda name: nouns.keys().isdisjoint(normal(name).split()))
    places = (place for wanted in ("doc:jurisdiction", "doc:parent") for place in field(wanted))
    shorts = (
        (match[1], normal(document.text[max(0, match.start() - _BEFORE) : match.start()]))
        for match in _ABBREVIATION.finditer(document.text)
    )
    return Profile(
        document.stem,
        document.path,
        tuple(called) or (document.stem.replace("_", " "),),
        next(places, ""),
        tuple(field("doc:parent", "text")),
        tuple(shorts),
        shingles(document.text),
    )


def _field(document: Document, lexicon: Lexicon, vocabulary: Vocabulary, wanted: str, said: str) -> Iterator[str]:
    """What the fields of that meaning say."""
    kind, term = vocabulary.expand("doc:FieldKey"), vocabulary.expand(wanted)
    for node in document.nodes:
        facts = dict(reversed(node.facts)) if node.kind == "Field" else {}
        if facts.get(said) and lexicon.exact(str(facts["key"]), kind) == term:
            yield str(facts[said])
