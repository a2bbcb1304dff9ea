"""What words mean: `mappings/lexicon.ttl`, asked by whole text, by contained words, or as a title."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from fasti.errors import MappingError
from fasti.vocabulary import Vocabulary

_LONGEST_TITLE = 160  # characters; what is longer is a sentence
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})


@lru_cache(maxsize=1 << 16)
def normal(text: str) -> str:
    """The form in which wordings are compared: lower case, single blanks, no article, hyphens as blanks, `and`, -ize.

    >>> normal("The Sub-Organisations ")
    'sub organizations'
    """
    text = text.translate(_APOSTROPHES).casefold()
    text = re.sub(r"[\s\u00a0_‐‑–—-]+", " ", text).strip(' .:;,"“”*')
    text = re.sub(r"^(?:the|an?) ", "", text).replace(" & ", " and ")
    return re.sub(r"isation(s|al|ally)?\b", r"ization\1", re.sub(r"centre(s?)\b", r"center\1", text))


@dataclass(frozen=True, slots=True)
class Title:
    """A title as it stands in a heading or field: singular, with what it says it is of.

    `tail` is all that follows the noun (`of the Mint`), `of` the body in it (`Mint`), `kept` whether the tail stays a
    part of the title even if the body is known (`Minister for the Cabinet Office`).
    """

    name: str
    tail: str
    of: str | None
    kept: bool
    head: bool  # of the kind that stands at the top, and no deputy
    plural: bool


@dataclass(frozen=True)
class Lexicon:
    """Wordings by class: `doc:FieldKey`, `doc:UnitHeading`, `doc:Rank` … to the terms that they mean."""

    wordings: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path, vocabulary: Vocabulary) -> Lexicon:
        """Read a lexicon: each `term a CLASS ; doc:wording "…"`.

        Raises:
            MappingError: the file is not Turtle, or one wording of a class means two terms.
        """
        types: dict[str, set[str]] = {}
        said: list[tuple[str, str, str]] = []
        try:
            for quad in parse(path=str(path), format=RdfFormat.TURTLE, base_iri=vocabulary.base):
                subject = getattr(quad.subject, "value", "")
                if quad.predicate.value == vocabulary.expand("rdf:type"):
                    types.setdefault(subject, set()).add(quad.object.value)
                elif quad.predicate.value == vocabulary.expand("doc:wording"):
                    said.append((subject, quad.object.value, ""))
                elif quad.predicate.value == vocabulary.expand("doc:plural"):
                    said.append((subject, quad.object.value, vocabulary.expand("doc:TitlePlural")))
        except SyntaxError as error:
            raise MappingError(f"{path}: {error}; expected Turtle") from error
        wordings: dict[str, dict[str, str]] = {}
        for subject, wording, plural in said:
            for kind in {plural} if plural else types.get(subject, set()):
                known = wordings.setdefault(kind, {}).setdefault(normal(wording), subject)
                if known != subject:
                    raise MappingError(f"{path}: '{wording}' means both <{known}> and <{subject}>; expected one")
        return cls(wordings)

    def exact(self, text: str, kind: str) -> str | None:
        """The term whose wording the whole text is."""
        return self.wordings.get(kind, {}).get(normal(text))

    def contained(self, text: str, kind: str) -> str | None:
        """The term whose wording stands in the text as whole words; the longest, then the first."""
        pattern = self._patterns.get(kind)
        if pattern is None:
            return None
        found = max(pattern.finditer(normal(text)), key=lambda m: len(m[0]), default=None)
        return self.wordings[kind][found[0]] if found else None

    def occurrences(self, text: str, kind: str) -> list[tuple[int, int, str]]:
        """Where wordings stand in running text, left to right: start, end, term. Offsets are those of `text`."""
        pattern = self._patterns.get(kind)
        if pattern is None:
            return []
        folded = text.translate(_APOSTROPHES).lower()
        if len(folded) != len(text):
            folded = "".join(c.lower() if len(c.lower()) == 1 else c for c in text.translate(_APOSTROPHES))
        folded = re.sub(r"[\s‐‑-]", " ", folded)
        return [(m.start(), m.end(), self.wordings[kind][m[0]]) for m in pattern.finditer(folded)]

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        made = {}
        for kind, words in self.wordings.items():
            longest_first = sorted(words, key=len, reverse=True)
            made[kind] = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w|'s)")
        return made

    # Titles: "Deputy Secretaries-General of the X" is many of one "Deputy Secretary-General", of "the X".

    def title(self, text: str, vocabulary: Vocabulary) -> Title | None:
        """Read a text as a title: words, the last of which is a title's noun, then `of …`, if it is one.

        title = ["List of" | "Former" | "Acting" …] word {word} noun [("of" | "in" | "at" | "to" | "for") body] ;
        """
        if len(text) > _LONGEST_TITLE:
            return None
        first, tail, of = _of(self._strip(text, vocabulary.expand("doc:TitleOpener")))
        words = first.split()
        nouns = self.wordings.get(vocabulary.expand("doc:TitleNoun"), {})
        plurals = self.wordings.get(vocabulary.expand("doc:TitlePlural"), {})
        noun = _noun(words, nouns.keys() | plurals.keys())
        if noun is None:
            return None
        singular = " ".join(self._singular(word, plurals, nouns) for word in words)
        lowered = {normal(w) for w in re.split(r"[\s‐‑-]+", singular)[:-1]} | {normal(singular)}
        deputies = self.wordings.get(vocabulary.expand("doc:Deputy"), {})
        heads = self.wordings.get(vocabulary.expand("doc:HeadNoun"), {})
        return Title(
            name=_capital(singular),
            tail=tail,
            of=of,
            kept=re.match(r"(?:to|for)\b", tail) is not None,
            head=normal(self._singular(noun, plurals, nouns)) in heads and not (lowered & deputies.keys()),
            plural=normal(noun) in plurals and normal(noun) not in nouns,
        )

    def _strip(self, text: str, kind: str) -> str:
        """Take brackets off the end of a title, and openers off its front: `List of former`, `Acting`."""
        text = re.sub(r"\s*[(（].*$", "", text).strip(" :;,.")
        openers = self._patterns.get(kind)
        while openers and (match := openers.match(text.casefold())) and match.end() < len(text):
            text = re.sub(r"^(?:the|of)\s+", "", text[match.end() :].strip(), flags=re.IGNORECASE)
        return text

    def _singular(self, word: str, plurals: dict[str, str], nouns: dict[str, str]) -> str:
        return "".join(
            self._single(piece, plurals, nouns) if index % 2 == 0 else piece
            for index, piece in enumerate(re.split(r"([-‐‑])", word))
        )

    def _single(self, word: str, plurals: dict[str, str], nouns: dict[str, str]) -> str:
        key = normal(word)
        if key not in plurals or key in nouns:
            return word
        single = next(w for w, term in nouns.items() if term == plurals[key])
        return (
            single.upper()
            if len(word) > 1 and word.isupper()
            else single.capitalize()
            if word[:1].isupper()
            else single
        )


_LONGEST_INITIALS = 4
_AFTER_NOUN = ("general", "generals", "designate", "elect", "emeritus")  # Attorney General: the noun is before it


def _noun(words: list[str], known: Collection[str]) -> str | None:
    """The word of a title that says what kind it is: its last, or the one before `General`."""
    pieces = [piece for word in words for piece in re.split(r"(?<=\w)[-‐‑](?=\w)", word)]
    if len(pieces) > 1 and pieces[-1].casefold() in _AFTER_NOUN:
        pieces.pop()
    return pieces[-1] if pieces and normal(pieces[-1]) in known else None


def _of(text: str) -> tuple[str, str, str | None]:
    """A title's first words, what follows them, and the body in that."""
    match = re.match(r"(.+?)\s+((?:of|in|at|to|for|on)\s+(?:the\s+)?(.+))", text)
    return (match[1], match[2], match[3]) if match else (text, "", None)


def _capital(title: str) -> str:
    """A title in title case: `deputy director` is Deputy Director."""
    small = {"of", "the", "and", "for", "to", "in", "at", "ex", "de"}
    words = title.split()
    if title.isupper() and any(len(word) > _LONGEST_INITIALS for word in words):  # DIRECTORS-GENERAL, not CEO
        words = title.lower().split()
    return " ".join(w if w in small or not w[:1].islower() else _raised(w) for w in words)


def _raised(word: str) -> str:
    return re.sub(r"(^|[-‐‑])([a-z])", lambda m: m[1] + m[2].upper(), word)
