"""Which texts are revisions of one: most of the five-word sequences of the shorter are in the longer."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from itertools import combinations
from typing import TypeAlias

FEWEST = 20  # sequences; of shorter texts nothing can be told
COMMON = 64  # texts; a sequence of more of them is a phrase of the genre, and leads to no relative
_PARTS = 16  # of all sequences; so much of the index is in memory at a time

Shingles: TypeAlias = "array[int]"  # of "Q": the digests of the sequences, each once, in order


def shingles(text: str) -> Shingles:
    """The five-word sequences of a text, as numbers of 64 bits."""
    words = re.findall(r"\w+", text.casefold())
    sequences = {" ".join(words[i : i + 5]) for i in range(len(words) - 4)}
    return array("Q", sorted(int.from_bytes(blake2b(s.encode(), digest_size=8).digest()) for s in sequences))


def revisions(one: Shingles, other: Shingles) -> bool:
    """Whether the texts with these sequences are revisions of one text."""
    smaller = min(len(one), len(other))
    return smaller >= FEWEST and 2 * len(set(one).intersection(other)) > smaller


def families(found: Mapping[str, Shingles]) -> dict[str, str]:
    """Name of a text, with its sequences, to the name of its family: the first of those that are revisions of each other.

    Only texts that share a sequence which is not common are compared, so the cost grows with the number of texts.
    """
    family = {name: name for name in found}
    members = {name: [name] for name in found}
    for one, other in sorted(_related(found)):
        if family[one] != family[other] and revisions(found[one], found[other]):
            joined = members.pop(family[other])
            members[family[one]] += joined
            family.update(dict.fromkeys(joined, family[one]))
    return family


def _related(found: Mapping[str, Shingles]) -> set[tuple[str, str]]:
    """The pairs of texts, each in order, that share a sequence."""
    pairs: set[tuple[str, str]] = set()
    for part in range(_PARTS):
        holders: dict[int, list[str]] = {}
        for name, digest in _part(found, part):
            holders.setdefault(digest, []).append(name)
        for names in holders.values():
            if 1 < len(names) <= COMMON:
                pairs.update(combinations(sorted(names), 2))
    return pairs


def _part(found: Mapping[str, Shingles], part: int) -> Iterator[tuple[str, int]]:
    for name, digests in found.items():
        if len(digests) >= FEWEST:
            yield from ((name, digest) for digest in digests if digest % _PARTS == part)
