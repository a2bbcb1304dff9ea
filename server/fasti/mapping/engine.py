"""Runs every rule over every document, and keeps which rule said what in which passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Store

from fasti.documents import Document
from fasti.errors import MappingError
from fasti.mapping.authority import Authority
from fasti.mapping.document_graph import DocumentGraph
from fasti.mapping.functions import Functions
from fasti.mapping.identities import Identities
from fasti.mapping.lexicon import Lexicon
from fasti.mapping.mapped import Mapped, Rule
from fasti.mapping.marks import marks
from fasti.mapping.readings import Reading, load_readings, place
from fasti.store import DefaultGraph, Engine, Quad
from fasti.vocabulary import Vocabulary

MAX_ROUNDS = 16  # deeper than any list nests


@dataclass(frozen=True)
class Mappings:
    """The folder `mappings`, read once."""

    vocabulary: Vocabulary
    lexicon: Lexicon
    authority: Authority
    rules: tuple[Rule, ...]
    readings: tuple[Reading, ...]

    @classmethod
    def load(cls, folder: Path, vocabulary: Vocabulary) -> Mappings:
        """Read lexicon, authority, rules (in the order of their file names) and readings.

        Raises:
            MappingError: one of the files cannot be read; the message names it.
        """
        rules = tuple(_rule(path) for path in sorted((folder / "rules").glob("*.ru")))
        lexicon = Lexicon.load(folder / "lexicon.ttl", vocabulary)
        authority = Authority.load(folder / "authority.ttl", vocabulary)
        return cls(vocabulary, lexicon, authority, rules, load_readings(folder / "readings", vocabulary))


def map_documents(documents: Sequence[Document], mappings: Mappings) -> Mapped:
    """Map documents to statements.

    Args:
        documents: as they were read.
        mappings: lexicon, authority, rules and readings.

    Raises:
        MappingError: a rule is not SPARQL, a reading's quote is not in its document, an identity is not settled.
    """
    identities = Identities(mappings.vocabulary, mappings.lexicon, mappings.authority)
    identities.register(documents)
    mapped = Mapped(identities, mappings.rules)
    for document in sorted(documents, key=lambda d: d.stem):
        _map(document, mappings, mapped)
    place(mappings.readings, documents, mapped)
    return mapped


def _map(document: Document, mappings: Mappings, mapped: Mapped) -> None:
    """Run the rules over one document graph, in a store of its own."""
    vocabulary = mappings.vocabulary
    graph = DocumentGraph(document, mapped.identities.subject(document.stem), vocabulary)
    store = Store()
    handed: Engine = [*graph.quads(), *marks(document, graph, mapped.identities, mappings.lexicon)]
    store.extend(handed)
    functions: Engine = Functions(document, mapped.identities, mappings.lexicon, vocabulary).table()
    seen: set[Quad] = set()
    for rule in mappings.rules:
        _run(rule, store, functions, vocabulary)
        said = {quad for quad in store if quad.graph_name != DefaultGraph()} - seen
        seen |= said
        mapped.record(rule.name, said)


def _run(rule: Rule, store: Store, functions: Engine, vocabulary: Vocabulary) -> None:
    """Run a rule until it adds nothing: nested items need a round for each level.

    Raises:
        MappingError: the rule is not SPARQL Update.
    """
    for _ in range(MAX_ROUNDS):
        before = len(store)
        try:
            store.update(
                rule.update, base_iri=vocabulary.base, prefixes=vocabulary.working_prefixes, custom_functions=functions
            )
        except SyntaxError as error:
            raise MappingError(f"{rule.path}: {error}; expected a SPARQL 1.1 Update") from error
        if len(store) == before:
            break


def _rule(path: Path) -> Rule:
    text = path.read_text("utf-8")
    summary = next((line.lstrip("# ").strip() for line in text.splitlines() if line.startswith("#")), "")
    if not summary:
        raise MappingError(f"{path}:1: expected a comment that says what the rule reads")
    return Rule(path.stem.partition("-")[2] or path.stem, str(path), summary, text)
