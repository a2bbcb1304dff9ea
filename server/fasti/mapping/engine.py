"""Runs every rule over every document, and keeps which rule said what in which passage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from fasti.documents import Document
from fasti.errors import MappingError
from fasti.mapping.authority import Authority
from fasti.mapping.claims import Claims, contradicted
from fasti.mapping.document_graph import DocumentGraph
from fasti.mapping.functions import Functions, dispatching
from fasti.mapping.identities import Identities
from fasti.mapping.lexicon import Lexicon
from fasti.mapping.mapped import Mapped
from fasti.mapping.marks import marks
from fasti.mapping.readings import Reading, load_readings, place
from fasti.mapping.rules import Operation, Rule
from fasti.store import Engine, NamedNode, Quad, graph_iri
from fasti.vocabulary import Vocabulary

MAX_ROUNDS = 16  # deeper than any list nests
BATCH = 64  # documents in one store: to read the rules costs as much as to run them over one document


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
        rules = tuple(Rule.load(path) for path in sorted((folder / "rules").glob("*.ru")))
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
    ordered = sorted(documents, key=lambda d: d.stem)
    made: dict[str, MappedDocument] = {}
    given: dict[str, Claims] = {}
    again = dict.fromkeys((document.stem for document in ordered), Claims())
    while again:
        given |= again
        chosen = [document for document in ordered if document.stem in again]
        for start in range(0, len(chosen), BATCH):
            made |= map_batch(chosen[start : start + BATCH], mappings, identities, given)
        again = contradicted(((d.stem, made[d.stem].claims) for d in ordered), given)
    for document in ordered:
        identities.adopt(made[document.stem].claims)
    return collect(ordered, made, mappings, identities)[0]


def collect(
    documents: Sequence[Document], made: Mapping[str, MappedDocument], mappings: Mappings, identities: Identities
) -> tuple[Mapped, int]:
    """What rules said of documents, followed by what readers read in them; and how many of the quads are the rules'."""
    mapped = Mapped(identities, mappings.rules)
    for document in documents:
        for rule, said in made[document.stem].said:
            mapped.record(rule, said)
    rules = len(mapped.quads)
    place(mappings.readings, documents, mapped)
    return mapped, rules


@dataclass(frozen=True)
class MappedDocument:
    """What rules said of one document, rule by rule in their order, and what the document was the first to say."""

    said: tuple[tuple[str, list[Quad]], ...]
    claims: Claims


def map_batch(
    documents: Sequence[Document], mappings: Mappings, identities: Identities, given: Mapping[str, Claims]
) -> dict[str, MappedDocument]:
    """Run the rules over several documents at once, each as if it were alone.

    Args:
        documents: those to map.
        mappings: lexicon, authority and rules.
        identities: with all documents enrolled, these and others.
        given: by stem, what earlier documents said first.

    Raises:
        MappingError: a rule is not SPARQL, or an identity is not settled.
    """
    store = Store()
    functions: dict[NamedNode, Functions] = {}
    for document in documents:
        own = identities.alone(given.get(document.stem))
        graph = DocumentGraph(document, own.subject(document.stem), mappings.lexicon, mappings.vocabulary)
        lines = [*graph.quads(), *marks(document, graph, own, mappings.lexicon)]
        store.load("".join(lines), RdfFormat.N_QUADS, lenient=True)
        functions[NamedNode(graph.iri)] = Functions(document, own, mappings.lexicon, mappings.vocabulary)
    table: Engine = dispatching(functions, mappings.vocabulary)
    said: dict[str, list[tuple[str, list[Quad]]]] = {document.stem: [] for document in documents}
    for rule in mappings.rules:
        for stem, quads in _run(rule, store, table, mappings.vocabulary).items():
            said[stem].append((rule.name, quads))
    return {
        f.document.stem: MappedDocument(tuple(said[f.document.stem]), f.identities.claims()) for f in functions.values()
    }


def _run(rule: Rule, store: Store, functions: Engine, vocabulary: Vocabulary) -> dict[str, list[Quad]]:
    """Run a rule until it adds nothing: nested items need a round for each level. Gives what passages say, by stem.

    Raises:
        MappingError: the rule is not SPARQL Update.
    """
    start, due = _newest(store), set(rule.operations)
    for _ in range(MAX_ROUNDS):
        for operation in rule.operations:
            if operation not in due:
                continue
            before = _newest(store)
            _update(rule, operation, store, functions, vocabulary)
            due.remove(operation)
            if _newest(store) != before:
                due |= {other for other in rule.operations if other.follows(operation)}
        if not due:
            break
    passages = vocabulary.entity("passage", "")
    said: dict[str, list[Quad]] = {}
    for quad in takewhile(lambda quad: quad != start, _listed(store)):
        if (passage := graph_iri(quad)).startswith(passages):
            said.setdefault(passage.removeprefix(passages).rpartition("/")[0], []).append(quad)
    return said


def _listed(store: Store) -> Iterator[Quad]:
    """All quads; the engine lists those in memory from the newest to the oldest."""
    yield from iter(store)


def _newest(store: Store) -> Quad | None:
    return next(_listed(store), None)


def _update(rule: Rule, operation: Operation, store: Store, functions: Engine, vocabulary: Vocabulary) -> None:
    try:
        store.update(
            operation.update, base_iri=vocabulary.base, prefixes=vocabulary.working_prefixes, custom_functions=functions
        )
    except SyntaxError as error:
        raise MappingError(f"{rule.path}: {error}; expected a SPARQL 1.1 Update") from error
