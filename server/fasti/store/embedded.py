"""A dataset in the embedded Oxigraph engine, in memory while it is built, read-only on disk when it is served."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from pathlib import Path

from pyoxigraph import QuerySolutions, RdfFormat, Store, Variable

from fasti.errors import ReleaseError
from fasti.paths import query
from fasti.store.terms import BlankNode, DefaultGraph, Engine, Graph, Literal, NamedNode, Quad, Term, Triple
from fasti.vocabulary import Vocabulary

_ANY = NamedNode("urn:any")
_FEW = (
    10_000  # quads, up to which a transaction is cheaper than files of their own, which the disk has to take each time
)
_REWRITTEN = re.compile(r"XMLSchema#(?!string)")


class Dataset:
    """A store together with the deployment's vocabulary: queries may use its prefixes and relative IRIs."""

    def __init__(self, store: Store, vocabulary: Vocabulary) -> None:
        self.store = store
        self.vocabulary = vocabulary
        self._lines: Path | None = None

    @classmethod
    def memory(cls, vocabulary: Vocabulary) -> Dataset:
        """An empty dataset that is gone with the process."""
        return cls(Store(), vocabulary)

    @classmethod
    def read_only(cls, path: Path, vocabulary: Vocabulary) -> Dataset:
        """The dataset in the folder `path`; any number of processes may open it so.

        Raises:
            ReleaseError: the folder holds no readable store.
        """
        try:
            return cls(Store.read_only(str(path)), vocabulary)
        except (OSError, RuntimeError) as error:
            raise ReleaseError(f"{path}: no readable store ({error}); run 'fasti build'") from error

    def __len__(self) -> int:
        return len(self.store)

    def select(self, name: str, **bindings: Term) -> Iterator[Mapping[str, Term]]:
        """The solutions of `queries/{name}.rq`, each as variable name to term, unbound ones left out."""
        answer: QuerySolutions = self._ask(query(name), bindings)
        names = [variable.value for variable in answer.variables]
        for solution in answer:
            yield {name: term for name, term in zip(names, solution, strict=True) if term is not None}

    def construct_text(self, text: str, **bindings: Term) -> Iterator[Triple]:
        """The triples of a CONSTRUCT that is data itself: an entailment rule, a shape's query."""
        yield from self._ask(text, bindings)

    def construct_of_all(self, text: str) -> Iterator[Triple]:
        """The same with the union of all graphs as default graph: half the work of asking `GRAPH ?graph` as well."""
        base, prefixes = self.vocabulary.base, self.vocabulary.prefixes
        found: Engine = self.store.query(text, base_iri=base, prefixes=prefixes, use_default_graph_as_union=True)
        yield from found

    def holds(self, name: str, **bindings: Term) -> bool:
        """Whether `queries/{name}.rq`, an ASK, is true."""
        return bool(self._ask(query(name), bindings))

    def _ask(self, text: str, bindings: Mapping[str, Term]) -> Engine:
        return self.store.query(
            text,
            base_iri=self.vocabulary.base,
            prefixes=self.vocabulary.prefixes,
            substitutions={Variable(name): term for name, term in bindings.items()},
        )

    def quads(
        self, s: NamedNode | None = None, p: NamedNode | None = None, o: Term | None = None, graph: Graph | None = None
    ) -> Iterator[Quad]:
        """The quads that match; None matches anything, `DefaultGraph()` the record."""
        found: Engine = self.store.quads_for_pattern(s, p, o, graph)
        return iter(found)

    def has(self, graph: Graph) -> bool:
        """Whether there is anything in a graph."""
        return next(self.quads(graph=graph), None) is not None

    def add(self, quads: Iterable[Quad]) -> None:
        """Add quads to a dataset that is being built."""
        rest = iter(quads)
        if self._lines is not None:
            rest = _noted(rest, self._lines)
        first: Engine = list(islice(rest, _FEW))
        self.store.extend(first)
        if len(first) == _FEW:
            handed: Engine = rest
            self.store.extend(handed) if self._lines is None else self.store.bulk_extend(handed)

    @classmethod
    def new(cls, path: Path, vocabulary: Vocabulary, lines: Path) -> Dataset:
        """The dataset in the folder `path`, empty when there is none, to be filled by this process alone.

        What is added is written to the end of the file `lines` too, as N-Quads: to read all of it again from there
        takes a fraction of the time.
        """
        made = cls(Store(str(path)), vocabulary)
        made._lines = lines
        return made

    def load_lines(self, lines: bytes) -> None:
        """Add N-Quads as the engine writes them, many at once; their IRIs are known to be IRIs."""
        self.store.bulk_load(input=lines, format=RdfFormat.N_QUADS, lenient=True)
        if self._lines is not None:
            with self._lines.open("ab") as out:
                out.write(lines)

    def close(self, *, optimize: bool = False) -> None:
        """Bring everything to the disk, laid out for reading if wanted, and leave the folder to others."""
        if optimize:
            self.store.optimize()
        self.store.flush()
        del self.store

    def load(self, path: Path, graph: Graph | None = None) -> None:
        """Load a Turtle or TriG file whose relative IRIs are this deployment's."""
        form = RdfFormat.TRIG if path.suffix == ".trig" else RdfFormat.TURTLE
        self.store.load(
            path=str(path),
            format=form,
            base_iri=self.vocabulary.base,
            to_graph=graph if form == RdfFormat.TURTLE else None,
        )


@lru_cache(maxsize=4096)
def settled(term: Term) -> Term:
    """A term as the engine gives it back: it keeps `0.9500` as a number, which is `0.95`."""
    if isinstance(term, NamedNode) or not _REWRITTEN.search(term.datatype.value):
        return term
    store = Store()
    handed: Engine = Quad(_ANY, _ANY, term)
    store.add(handed)
    kept: Engine = next(iter(store))
    found: Term = kept.object
    return found


def _noted(quads: Iterable[Quad], lines: Path) -> Iterator[Quad]:
    """The quads, each written to the end of a file as the engine will give it back."""
    with lines.open("ab") as out:
        for quad in quads:
            kept = Quad(quad.subject, quad.predicate, settled(quad.object), quad.graph_name)
            out.write(f"{kept} .\n".encode())
            yield kept


def persist(quads: Iterable[Quad], path: Path, lines: Path | None = None) -> None:
    """Write `quads` as a new store in the folder `path`, laid out for reading, and to the file `lines` as N-Quads.

    Raises:
        OSError, RuntimeError: the engine could not write it.
    """
    store = Store(str(path))
    handed: Engine = quads if lines is None else _noted(quads, lines)
    store.bulk_extend(handed)
    store.optimize()
    store.flush()


def canonical(quads: Iterable[Quad]) -> list[Quad]:
    """The quads once each, in the code point order of their N-Quads lines.

    Without blank nodes this is the order of RDFC-1.0 (section 4.4.3), so equal data gives equal bytes.
    """
    return [quad for _, quad in sorted({str(quad): quad for quad in quads}.items())]


__all__ = [
    "BlankNode",
    "Dataset",
    "DefaultGraph",
    "Literal",
    "NamedNode",
    "Quad",
    "Term",
    "Triple",
    "canonical",
    "persist",
    "settled",
]
