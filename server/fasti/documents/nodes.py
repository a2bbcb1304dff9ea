"""What a document's structure is made of: nodes with their place in the text, and what they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

# What a node says: `name` to a text, a number, or another node (by its number).
Fact = tuple[str, "str | int | Ref"]


class Ref(NamedTuple):
    """A reference to another node of the same document."""

    number: int


@dataclass(slots=True)
class Node:
    """A part of a document: its kind, its characters (end exclusive), its line, and what it says."""

    number: int
    kind: str
    start: int
    end: int
    line: int
    facts: list[Fact] = field(default_factory=list)


def texts(node: Node, name: str) -> Iterator[str]:
    """The texts that a node says under a name."""
    yield from (value for key, value in node.facts if key == name and isinstance(value, str))
