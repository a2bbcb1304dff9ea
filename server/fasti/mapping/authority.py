"""Who is who: `mappings/authority.ttl`, names to identities, everywhere or in one document only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pyoxigraph import RdfFormat, Store

from fasti.errors import MappingError
from fasti.mapping.lexicon import normal
from fasti.store import Engine, Literal, NamedNode, Quad
from fasti.vocabulary import Vocabulary

_K = TypeVar("_K")


@dataclass(frozen=True)
class Authority:
    """The names that the curator has settled.

    `names` holds for every document; `scoped` for one source, and for one owner where the key has one.
    """

    names: dict[str, str] = field(default_factory=dict)
    scoped: dict[tuple[str, str | None, str], str] = field(default_factory=dict)
    preferred: dict[str, str] = field(default_factory=dict)
    hidden: dict[str, set[str]] = field(default_factory=dict)
    short: dict[str, str] = field(default_factory=dict)
    statements: tuple[Quad, ...] = ()  # what it says beyond names: possibly the same, known to differ

    @classmethod
    def load(cls, path: Path, vocabulary: Vocabulary) -> Authority:
        """Read an authority file.

        Raises:
            MappingError: the file is not Turtle, or one name in one scope means two entities.
        """
        store = Store()
        try:
            store.load(path=str(path), format=RdfFormat.TURTLE, base_iri=vocabulary.base)
        except SyntaxError as error:
            raise MappingError(f"{path}: {error}; expected Turtle") from error
        made = cls()
        for entity, name in _pairs(store, vocabulary, "doc:name"):
            _settle(made.names, normal(name), entity, path)
        for entity, name in _pairs(store, vocabulary, "doc:misspelling"):
            made.hidden.setdefault(entity, set()).add(normal(name))
            _settle(made.names, normal(name), entity, path)
        for entity, name in _pairs(store, vocabulary, "doc:name"):
            made.preferred[entity] = max(name, made.preferred.get(entity, ""), key=len)
        made.preferred.update(_pairs(store, vocabulary, "doc:preferredName"))
        made.short.update(_pairs(store, vocabulary, "doc:short"))
        for key, entity in _scopes(store, vocabulary):
            _settle(made.scoped, key, entity, path)
        internal = vocabulary.expand("doc:")
        said = [q for q in store if isinstance(q.subject, NamedNode) and not q.predicate.value.startswith(internal)]
        object.__setattr__(made, "statements", tuple(sorted(said, key=str)))
        return made

    @cached_property
    def local(self) -> dict[str, dict[str, str]]:
        """The scoped names that need no owner: source to name to entity."""
        found: dict[str, dict[str, str]] = {}
        for (source, owner, name), entity in self.scoped.items():
            if owner is None:
                found.setdefault(source, {})[name] = entity
        return found

    def find(self, name: str, source: str, owner: str | None) -> str | None:
        """The entity of that name in that source (under that owner first), or everywhere."""
        key = normal(name)
        for scope in ((source, owner, key), (source, None, key)):
            if scope in self.scoped:
                return self.scoped[scope]
        return self.names.get(key)


def _pairs(store: Store, vocabulary: Vocabulary, predicate: str) -> Iterator[tuple[str, str]]:
    for quad in sorted(store.quads_for_pattern(None, NamedNode(vocabulary.expand(predicate)), None), key=str):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            yield quad.subject.value, quad.object.value


def _scopes(store: Store, vocabulary: Vocabulary) -> Iterator[tuple[tuple[str, str | None, str], str]]:
    """`entity doc:nameIn [ doc:in source ; doc:under owner ; doc:wording "…" ]`."""
    text = """SELECT ?entity ?source ?owner ?wording {
        ?entity doc:nameIn ?scope . ?scope doc:in ?source ; doc:wording ?wording . OPTIONAL { ?scope doc:under ?owner } }"""
    rows: Engine = store.query(text, prefixes=vocabulary.working_prefixes)
    for row in rows:
        owner = row["owner"].value if row["owner"] else None
        yield (row["source"].value, owner, normal(row["wording"].value)), row["entity"].value


def _settle(table: dict[_K, str], key: _K, entity: str, path: Path) -> None:
    known = table.setdefault(key, entity)
    if known != entity:
        raise MappingError(f"{path}: {key!r} is both <{known}> and <{entity}>; expected one, or a narrower scope")
