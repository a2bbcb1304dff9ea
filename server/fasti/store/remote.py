"""A dataset in any store that speaks the SPARQL 1.1 Protocol: what the embedded engine answers, asked over HTTP."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import urllib3
from pyoxigraph import QueryBoolean, QueryResultsFormat, RdfFormat, parse, parse_query_results

from fasti.errors import StoreError
from fasti.kept import Kept
from fasti.paths import query as query_file
from fasti.store.answers import check_size
from fasti.store.binding import bind, within
from fasti.store.described import Descriptions
from fasti.store.embedded import Dataset
from fasti.store.terms import DefaultGraph, Engine, Graph, Literal, NamedNode, Quad, Term
from fasti.vocabulary import Vocabulary

CONNECTIONS = 16  # kept open by one process
SECONDS = 30.0  # until the store has to begin an answer
RELEASE = "release"  # the graph that says which release a store holds; no part of the data set
_SOLUTIONS, _TRIPLES = "application/sparql-results+json", "application/n-triples"
Fields = Sequence[tuple[str, str]]
_GRAPH_FORM = re.compile(r"^\s*(?:CONSTRUCT|DESCRIBE)\b", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Service:
    """Where a store answers queries.

    `record` is the IRI of the graph that holds the record in a store whose default graph is the union of all
    graphs, as Virtuoso's is; empty where the default graph is the record. `user` is `name:password`, for a store
    that wants it (Basic).
    """

    url: str
    record: str = ""
    user: str = ""


class _Patience(urllib3.Retry):
    """Asks again what was refused or cut off, but not what took too long."""

    def increment(
        self, method: str | None = None, url: str | None = None, response: Any = None, error: Exception | None = None,
        _pool: Any = None, _stacktrace: Any = None,
    ) -> _Patience:  # fmt: skip
        """The retries that are left; an error when none are."""
        if isinstance(error, urllib3.exceptions.ReadTimeoutError):
            raise error
        left: _Patience = super().increment(method, url, response, error, _pool, _stacktrace)
        return left


class RemoteDataset(Dataset):
    """A dataset that is asked over HTTP; read only, and safe for any number of threads.

    Answers to the product's own questions are kept: as long as a release is served they stay the same.

    Args:
        service: where to ask.
        vocabulary: of the deployment.
        seconds: until the store has to begin an answer, and to go on with one.
        most_bytes: of answers that are kept.
    """

    def __init__(
        self, service: Service, vocabulary: Vocabulary, seconds: float = SECONDS, most_bytes: int = 64 << 20
    ) -> None:
        self.service = service
        self.vocabulary = vocabulary
        self._seconds = seconds
        self._kept = Kept(most_bytes)
        self._described = Descriptions(self._about)
        self._headers = urllib3.make_headers(basic_auth=service.user) if service.user else {}
        self.record = NamedNode(service.record) if service.record else None
        # One that is restarting refuses connections for a while: a question changes nothing and may be asked again.
        self._retries = _Patience(
            4, redirect=0, backoff_factor=0.2, status_forcelist=(502, 503, 504), allowed_methods=None
        )
        self._pool = urllib3.PoolManager(maxsize=CONNECTIONS, block=True, retries=self._retries)
        # Who reads slowly holds a connection for long: one of these, which nobody waits for.
        self._streams = urllib3.PoolManager(maxsize=1, retries=self._retries)

    def __len__(self) -> int:
        return self.size()

    def size(self, graph: Graph | None = None) -> int:
        """How many quads there are, in all or in one graph."""
        row = next(self._rows(f"SELECT (COUNT(*) AS ?n) WHERE {{ {self._place(graph)} }}", {}))
        return int(row["n"].value)

    def has(self, graph: Graph) -> bool:
        """Whether there is anything in a graph; asked anew each time."""
        query = f"{self.prologue}ASK {{ {self._place(graph)} }}"
        body = self.body([("query", query)], _SOLUTIONS)
        found = self._parsed(body)
        if not isinstance(found, bool):
            raise self.unreadable(ValueError("solutions in place of true or false"), body)
        return found

    def stream(self, graph: Graph | None = None) -> Iterator[Quad]:
        """The quads of a graph, or all, while they come; nothing of them is kept.

        Raises:
            StoreError: the store cannot be asked, or breaks off; one that stops at a limit of its own cannot be
                told from one that has no more.
        """
        query = f"{self.prologue}SELECT * WHERE {{ {self._place(graph)} }}"
        response = self._answer([("query", query)], _SOLUTIONS, None, self._streams)
        try:
            for row in self._solutions(self._parsed(response)):
                named = self._named(graph or row.get("g"))
                yield Quad(_node(row["s"]), _node(row["p"]), row["o"], named)
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise StoreError(f"{self.service.url}: the store broke off its answer ({error})") from error
        finally:
            response.close()

    def quads(
        self, s: NamedNode | None = None, p: NamedNode | None = None, o: Term | None = None, graph: Graph | None = None
    ) -> Iterator[Quad]:
        """The quads that match; None matches anything, `DefaultGraph()` the record."""
        if s is None and p is None and o is None:
            yield from self.stream(graph)
            return
        known = None if s is None else self._described.of(s)
        if known is not None:
            yield from (quad for quad in known if _matches(quad, p, o, graph))
            return
        terms = {name: term for name, term in zip("spo", (s, p, o), strict=True) if term is not None}
        columns = " ".join(f"?{name}" for name in "spog" if name not in terms)
        rows = list(self._rows(f"SELECT {columns} WHERE {{ {self._place(graph)} }}", terms))
        self._described.mention(row.get("s") for row in rows)
        for row in rows:
            subject, predicate, value = (terms.get(name) or row[name] for name in "spo")
            yield Quad(_node(subject), _node(predicate), value, self._named(graph or row.get("g")))

    def _about(self, nodes: Sequence[NamedNode], most: int) -> Iterator[Quad]:
        """The quads about some subjects, at most so many."""
        given = f"VALUES ?s {{ {' '.join(map(str, nodes))} }}"
        places = (self._anywhere,) if self.record else ("?s ?p ?o", self._in_graphs)
        pattern = " UNION ".join(f"{{ {given} {place} }}" for place in places)
        query = f"{self.prologue}SELECT ?s ?p ?o ?g WHERE {{ {pattern} }} LIMIT {most}"
        for row in self._solutions(self._parsed(self.body([("query", query)], _SOLUTIONS))):
            yield Quad(_node(row["s"]), _node(row["p"]), row["o"], self._named(row.get("g")))

    def body(self, fields: Fields, accept: str, seconds: float | None = None, size: int | None = None) -> bytes:
        """The store's answer to a complete query, read whole.

        Args:
            fields: the parameters of the protocol (SPARQL 1.1 Protocol, section 2.1), `query` among them.
            accept: the media type that is wanted.
            seconds: until the next bytes have to come; None for this dataset's own.
            size: most bytes that are read; None for all.

        Raises:
            StoreError: the store cannot be reached, breaks off, or answers with an error.
            OversizedAnswerError: there are more bytes.
        """
        response = self._answer(fields, accept, seconds, self._pool)
        try:
            found: bytes = response.read(None if size is None else size + 1)
        except urllib3.exceptions.HTTPError as error:
            raise StoreError(f"{self.service.url}: the store broke off its answer ({error})") from error
        finally:
            response.close() if size is not None else response.release_conn()
        if size is not None:
            check_size(size, len(found))
        return found

    def _answer(
        self, fields: Fields, accept: str, seconds: float | None, pool: urllib3.PoolManager
    ) -> urllib3.BaseHTTPResponse:
        try:
            response = pool.request(
                "POST", self.service.url, fields=fields, encode_multipart=False,
                headers=self._headers | {"Accept": accept}, preload_content=False,
                timeout=seconds or self._seconds,
            )  # fmt: skip
        except urllib3.exceptions.HTTPError as error:
            raise StoreError(f"{self.service.url}: the store cannot be asked ({error})") from error
        if response.status == 200:
            return response
        said = response.read(1000).decode("utf-8", "replace").strip()
        response.close()
        raise StoreError(f"{self.service.url}: the store answered {response.status}, expected 200: {said}")

    def _ask(self, text: str, bindings: Mapping[str, Term]) -> Engine:
        bound = bind(text, bindings)
        query = self.prologue + (within(bound, self.record) if self.record else bound)
        accept = _TRIPLES if _GRAPH_FORM.search(text) else _SOLUTIONS
        body = self._body(query, accept)
        return self._parsed(body) if accept == _SOLUTIONS else self.triples(body)

    def _body(self, query: str, accept: str) -> bytes:
        """The answer to one of the product's own questions, which is asked once."""
        return self._kept.get((query, accept), lambda: self._readable(query, accept))

    def _readable(self, query: str, accept: str) -> bytes:
        """An answer that is read once before it is kept: one that is none must be asked for again."""
        body = self.body([("query", query)], accept)
        parsed = self._parsed(body) if accept == _SOLUTIONS else self.triples(body)
        if not isinstance(parsed, bool | list):
            deque(self._solutions(parsed), maxlen=0)
        return body

    def _parsed(self, answer: Engine) -> Engine:
        try:
            found = parse_query_results(answer, format=QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise self.unreadable(error, answer) from error
        return bool(found) if isinstance(found, QueryBoolean) else found

    def triples(self, body: bytes) -> list[Engine]:
        """The triples of an answer that was asked for as N-Triples."""
        try:
            return [quad.triple for quad in parse(body, format=RdfFormat.N_TRIPLES)]
        except (SyntaxError, ValueError) as error:
            raise self.unreadable(error, body) from error

    def _solutions(self, answer: Engine) -> Iterator[Mapping[str, Term]]:
        names = [variable.value for variable in answer.variables]
        try:
            for solution in answer:
                yield {name: solution[name] for name in names if solution[name] is not None}
        except (SyntaxError, ValueError) as error:
            raise self.unreadable(error) from error

    def unreadable(self, error: Exception, answer: object = b"") -> StoreError:
        """What to raise for an answer that is none."""
        begin = answer[:80].decode("utf-8", "replace") if isinstance(answer, bytes) else ""
        shown = f"; it begins with {begin!r}" if begin else ""
        return StoreError(f"{self.service.url}: expected an answer of SPARQL 1.1, found none ({error}){shown}")

    def select(self, name: str, **bindings: Term) -> Iterator[Mapping[str, Term]]:
        """The solutions of `queries/{name}.rq`; where the record is a graph with a name, none has that name in it."""
        for row in self._solutions(self._ask(query_file(name), bindings)):
            if self.record is None or self.record not in row.values():
                yield row

    def _rows(self, text: str, bindings: Mapping[str, Term]) -> Iterator[Mapping[str, Term]]:
        """The solutions of one of this module's own queries, which name their graphs."""
        yield from self._solutions(self._parsed(self._body(self.prologue + bind(text, bindings), _SOLUTIONS)))

    def text(self, iri: str) -> str | None:
        """What `fasti load` has put beside the data set under that name, in Base64; asked anew each time."""
        place, name = self.vocabulary.graph(RELEASE), self.vocabulary.expand("schema:text")
        query = f"SELECT ?o WHERE {{ GRAPH {NamedNode(place)} {{ {NamedNode(iri)} {NamedNode(name)} ?o }} }}"
        found = next(self._solutions(self._parsed(self.body([("query", query)], _SOLUTIONS))), None)
        return found["o"].value if found else None

    def _place(self, graph: Graph | None) -> str:
        if graph is None:
            return self._anywhere
        node = graph if isinstance(graph, NamedNode) else self.record
        return f"GRAPH {node} {{ ?s ?p ?o }}" if node else "?s ?p ?o"

    @cached_property
    def _anywhere(self) -> str:
        """A pattern of every quad of ours: the default graph is apart, but where it is the union of the others."""
        return f"{{ ?s ?p ?o }} UNION {{ {self._in_graphs} }}" if self.record is None else self._in_graphs

    @cached_property
    def _in_graphs(self) -> str:
        """A pattern of quads of ours in named graphs: the store has others, and of ours one is no part of the data set."""
        base, release = self.vocabulary.base, NamedNode(self.vocabulary.graph(RELEASE))
        return f"GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), {Literal(base)}) && ?g != {release})"

    @cached_property
    def prologue(self) -> str:
        """The base and every prefix, for a store that does not know them."""
        lines = (f"PREFIX {name}: <{iri}>" for name, iri in self.vocabulary.prefixes.items())
        return "\n".join([f"BASE <{self.vocabulary.base}>", *lines, ""])

    def _named(self, graph: Engine) -> Graph:
        return graph if isinstance(graph, NamedNode) and graph != self.record else DefaultGraph()


def _matches(quad: Quad, p: NamedNode | None, o: Term | None, graph: Graph | None) -> bool:
    return p in (None, quad.predicate) and o in (None, quad.object) and graph in (None, quad.graph_name)


def _node(term: Engine) -> NamedNode:
    """A subject or property; the data have no blank nodes."""
    node: NamedNode = term
    return node
