"""Names of bodies, found wherever they stand in a text: the cost grows with the text, not with the number of names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

_TOKEN = re.compile(r"\w+|[^\w\s‐‑-]")


@dataclass
class Names:
    """Names in their normal form to the IRIs that they mean; the first to claim a name keeps it."""

    iris: dict[str, str] = field(default_factory=dict)
    _spelled: dict[str, list[str]] = field(default_factory=dict)  # tokens, put together → names of these tokens
    _lengths: dict[str, set[int]] = field(default_factory=dict)  # the first two tokens → how many there may be

    def add(self, name: str, iri: str) -> None:
        """Let a name mean something, unless it does already."""
        if name in self.iris:
            return
        self.iris[name] = iri
        tokens = tokens_of(name)
        self._spelled.setdefault(" ".join(tokens), []).append(name)
        self._lengths.setdefault(" ".join(tokens[:2]), set()).add(len(tokens))

    def get(self, name: str) -> str | None:
        """What a name means."""
        return self.iris.get(name)

    def within(self, text: str) -> Iterator[str]:
        """Every name whose words stand in the text, one after the other, whatever blanks and hyphens part them."""
        return self.among(tokens_of(text))

    def among(self, tokens: Sequence[str]) -> Iterator[str]:
        """The same, of a text whose words have been told apart already."""
        lengths = self._lengths.get
        for start, (first, second) in enumerate(pairwise([*tokens, ""])):
            for length in {*lengths(first, ()), *lengths(f"{first} {second}", ())}:
                yield from self._spelled.get(" ".join(tokens[start : start + length]), ())

    def ending(self, text: str) -> Iterator[str]:
        """Every name whose words are the last ones of the text."""
        tokens = tokens_of(text)
        for start in range(len(tokens)):
            yield from self._spelled.get(" ".join(tokens[start:]), ())


def tokens_of(text: str) -> list[str]:
    """The words and signs of a text, as names are compared."""
    return _TOKEN.findall(text.translate({0x2019: "'", 0x2018: "'", 0x02BC: "'"}).casefold())
