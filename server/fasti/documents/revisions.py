"""Which texts are revisions of one: most of the five-word sequences of the shorter are in the longer."""

from __future__ import annotations

import re
from itertools import combinations

FEWEST = 20  # sequences; of shorter texts nothing can be told

Shingles = frozenset[tuple[str, ...]]


def shingles(text: str) -> Shingles:
    """The five-word sequences of a text."""
    words = re.findall(r"\w+", text.casefold())
    return frozenset(zip(*(words[i:] for i in range(5)), strict=False))


def revisions(one: Shingles, other: Shingles) -> bool:
    """Whether the texts with these sequences are revisions of one text."""
    smaller = min(len(one), len(other))
    return smaller >= FEWEST and 2 * len(one & other) > smaller


def families(texts: dict[str, str]) -> dict[str, str]:
    """Name of a text to the name of its family: the first of those that are revisions of each other."""
    family = {name: name for name in texts}
    found = {name: shingles(text) for name, text in texts.items()}
    for one, other in combinations(sorted(texts), 2):
        if revisions(found[one], found[other]):
            old = family[other]
            family = {name: family[one] if its == old else its for name, its in family.items()}
    return family
