"""What is settled by whoever says it first: documents are mapped alone, and those that an earlier one contradicts again."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass
class FirstCome(Generic[K, V]):
    """A table in which the first value of a key stays; `own` are those that came here, `missed` what was not yet there."""

    known: Mapping[K, V] = field(default_factory=dict)
    own: dict[K, V] = field(default_factory=dict)
    missed: set[K] = field(default_factory=set)

    def get(self, key: K) -> V | None:
        """The value of a key, if there is one by now."""
        found = self.own.get(key)
        if found is None:
            found = self.known.get(key)
        if found is None:
            self.missed.add(key)
        return found

    def setdefault(self, key: K, value: V) -> V:
        """The value of a key, which is this one if it is the first."""
        found = self.known.get(key)
        return self.own.setdefault(key, value) if found is None else found

    def above(self, earlier: Mapping[K, V]) -> FirstCome[K, V]:
        """An empty table on top of this one, and of what came before it."""
        return FirstCome(ChainMap(dict(earlier), self.own) if earlier else self.own)


@dataclass
class Claims:
    """What one document is the first to say: the preferred name of a body, a first name in a language, who bears a slug."""

    names: dict[str, str] = field(default_factory=dict)
    native: dict[tuple[str, str], str] = field(default_factory=dict)
    minted: dict[str, tuple[str, str]] = field(default_factory=dict)
    missed: frozenset[str] = frozenset()  # bodies whose name it asked for before anything gave one

    def unknown_to(self, own: Claims, told: Claims) -> Claims:
        """Those of these earlier claims that a document has to be told: all that would have changed what it says.

        Args:
            own: what it was the first to say.
            told: what it was told before it said that.
        """
        asked = own.missed | told.names.keys() | {key for key, name in own.names.items() if self.names.get(key) != name}
        firsts = told.native.keys() | {key for key, name in own.native.items() if self.native.get(key) != name}
        names = {key: self.names[key] for key in asked & self.names.keys()}
        return Claims(names, {key: self.native[key] for key in firsts & self.native.keys()})

    def add(self, later: Claims) -> None:
        """Take in what a later document says first."""
        for key, name in later.names.items():
            self.names.setdefault(key, name)
        for place, native in later.native.items():
            self.native.setdefault(place, native)


def contradicted(claims: Iterable[tuple[str, Claims]], given: Mapping[str, Claims]) -> dict[str, Claims]:
    """The documents that have to be mapped again, each with the earlier claims that it did not know.

    Args:
        claims: stem and claims of every document, in the order in which they count.
        given: what a document was told already.

    When nothing is left, every document says what it would have said after all those before it.
    """
    settled, again = Claims(), dict[str, Claims]()
    for stem, own in claims:
        told = given.get(stem, Claims())
        earlier = settled.unknown_to(own, told)
        if (earlier.names, earlier.native) != (told.names, told.native):
            again[stem] = earlier
        settled.add(own)
    return again
