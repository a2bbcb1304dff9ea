"""Persons as documents call them: what of a label is somebody's name, and which labels name nobody."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from fasti.mapping.identities import Identities
from fasti.mapping.lexicon import Lexicon, Title
from fasti.vocabulary import Vocabulary

_APART = re.compile(r"(?P<head>.+)(?:\s*,\s*|\s+[–—-]\s+)(?P<tail>[^,–—]+)")
_LAST_WORD = re.compile(r"(?P<head>.+)\s+(?P<tail>\S+)")
_SIGN = re.compile(r"[()\[\]{}<>*?|=;:†‡/\\\\]")
_PEERAGE = re.compile(r",\s+\d+(?:st|nd|rd|th)\b.*")  # Charles Spencer, 3rd Earl of Sunderland
_TWO_NAMES = re.compile(r"(?:[^\W\d_a-z]\S*\s+){1,3}\S+, (?:[^\W\d_a-z]\S*\s+){1,3}[^\W\d_a-z]\S*")  # whose dates?
_LETTERS = re.compile(r"[A-Z]{2,5}")  # an order or a degree, no person


@dataclass(frozen=True)
class Callings:
    """Reads what one document, `stem`, calls persons; `title` reads a text as a title."""

    stem: str
    identities: Identities
    lexicon: Lexicon
    vocabulary: Vocabulary
    title: Callable[[str], Title | None]

    def called(self, label: str) -> str | None:
        """What a label calls a person: the name, with the peerage that tells a father from his son; None if nobody's."""
        text = self._without_suffix(label.strip(" \t\u00a0\ufeff\u200b*?|=;:,†‡"))
        while self.lexicon.exact(text.partition(" ")[0], self.vocabulary.expand("doc:Honorific")):
            text = text.partition(" ")[2]
        apart = _APART.fullmatch(text)
        if _TWO_NAMES.fullmatch(text) or _LETTERS.fullmatch(text) or (apart and self._title_only(apart["head"])):
            return None
        words = (self.vocabulary.expand("doc:NoName"), self.vocabulary.expand("doc:NoNameWord"))
        nobody = any(self.lexicon.contained(text, kind) for kind in words)
        known = self.identities.known(text, self.stem) or ""
        body = self._unitlike(text) or "/id/organization/" in known
        other = nobody or body or self._title_only(text)
        return text if not other and _namelike(without_peerage(text)) else None

    def _without_suffix(self, text: str) -> str:
        apart = (_APART, ("doc:Mode", "doc:Ordinal", "doc:PostNominal"), True)
        for pattern, kinds, titles in (apart, (_LAST_WORD, ("doc:PostNominal",), False)):
            match = pattern.fullmatch(text)
            if match is None:
                continue
            known = any(self.lexicon.exact(match["tail"], self.vocabulary.expand(kind)) for kind in kinds)
            if known or (titles and self.title(match["tail"])):
                return self._without_suffix(match["head"])
        return text

    def _title_only(self, text: str) -> bool:
        """Whether a text is a title and no name: `Second Permanent Secretary`, but not `Neville Chamberlain`."""
        read = self.title(text)
        if read and " " in read.name and not self._surnamed(read.name):
            return True
        known = ("doc:GeneralWord", "doc:Deputy", "doc:Ordinal", "doc:BodyNoun", "doc:TitleNoun")
        words = [word for word in re.split(r"[\s‐‑-]+", read.name)[:-1] if word] if read else []
        return read is not None and all(
            any(self.lexicon.exact(word, self.vocabulary.expand(kind)) for kind in known) for word in words
        )

    def _surnamed(self, title: str) -> bool:
        """Whether the noun of a title may be a surname: that of `Dual Bishop`, not that of `Comrade Procurator`."""
        return self.lexicon.exact(re.split(r"[\s‐‑-]+", title)[-1], self.vocabulary.expand("doc:Surname")) is not None

    def _unitlike(self, text: str) -> bool:
        """Whether a text is a body's name: `Budget Office`, `Committee on Trade`; `Albert Hall` may be a person's."""
        kind = self.identities.kind(text)
        return kind == self.vocabulary.expand("org:OrganizationalUnit") or (
            kind is not None and re.search(r"\s(?:of|on|for)\s", text) is not None
        )


def without_peerage(called: str) -> str:
    """The name alone: `Charles Spencer` of `Charles Spencer, 3rd Earl of Sunderland`."""
    return _PEERAGE.sub("", called)


def _namelike(text: str) -> bool:
    """Whether a text can be a person's name: letters, a capital (or no case at all), no digit or sign, not a sentence."""
    initial = re.search(r"\b(?:[A-Z]|Jr|Sr)\.$", text) is not None
    return (
        any(c.isalpha() for c in text)
        and not any(c.isdigit() for c in text)
        and not _SIGN.search(text)
        and len(text.split()) <= 8
        and not text[0].islower()
        and (initial or text[-1] not in ".!,")
    )
