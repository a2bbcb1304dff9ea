"""Evaluate somebody else's query and write its answer in a format of the web, within bounds."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
)

from fasti.errors import QueryError
from fasti.store.embedded import Dataset
from fasti.store.serialize import (
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_XML,
    TRIG,
    TURTLE,
    Format,
    for_xml,
    is_xml_name,
    write,
)
from fasti.store.terms import Engine

Early = Callable[[bytes], object]

# Media type to format; the first of each is what a client gets that has no wish.
SOLUTIONS: Mapping[str, QueryResultsFormat] = MappingProxyType({
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
})  # fmt: skip
GRAPHS: Mapping[str, Format] = MappingProxyType(
    {form.media_type: form for form in (TURTLE, N_TRIPLES, RDF_XML, JSON_LD, TRIG, N_QUADS)}
)

# What the engine writes for each row but the first, or for each.
_BETWEEN: Mapping[str, bytes] = MappingProxyType({
    "application/sparql-results+json": b"},{",
    "application/sparql-results+xml": b"<result>",
    "text/csv": b"\n",
    "text/tab-separated-values": b"\n",
})  # fmt: skip

# What the engine says of a whole SELECT, at the place where it ends, and what a reader makes something of.
_OF_SELECT = MappingProxyType({
    "The SELECT contains a variable that is unbound": "the SELECT has a variable beside an aggregate (such as COUNT) or a "
    "GROUP BY that does not group by it: name it in GROUP BY, or aggregate it",
    "The SELECT overrides an existing variable using an expression": "an expression of the SELECT is named (AS) like a "
    "variable that its pattern has: give it a name of its own",
    "Duplicated variable name in SELECT": "the SELECT gives one name (AS) to two expressions",
    "SELECT * is not authorized with GROUP BY": "SELECT * cannot stand with GROUP BY: name the variables",
})  # fmt: skip
_PIECE = 1 << 16  # bytes of an answer that are worth a message of their own
_PLACE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)


class MalformedQueryError(QueryError):
    """The engine's parser refuses the query at `offset` (characters into its text; None: it does not say).

    Its message is empty when the place is all there is to say.
    """

    def __init__(self, message: str, offset: int | None) -> None:
        super().__init__(message)
        self.offset = offset


class OversizedAnswerError(QueryError):
    """The answer has more rows or bytes than allowed; nothing of it is given out."""


class InexpressibleError(QueryError):
    """The format that was asked for cannot hold the answer; others can."""

    alternatives = tuple(media_type for media_type, form in GRAPHS.items() if form is not RDF_XML)


@dataclass(frozen=True, slots=True)
class PublicQuery:
    """A query as a stranger asked it, and how to answer."""

    text: str
    media_type: str
    """A key of SOLUTIONS for SELECT and ASK, of GRAPHS for CONSTRUCT and DESCRIBE."""
    rows: int
    """Most rows or triples of an answer."""
    size: int
    """Most bytes of an answer."""
    dataset: tuple[Sequence[str], Sequence[str]] | None = None
    """IRIs of default and named graphs in place of the query's own (SPARQL 1.1 Protocol, section 2.1.4)."""
    mentioned: Sequence[str] = ()
    """Graphs that the query's FROM clauses name: they have to be here."""
    star: int | None = None
    """Where the `*` of an outer `SELECT *` stands in `text`."""
    order: Sequence[str] = ()
    """For `SELECT *`: the variables in order of first appearance; the engine sorts them by name."""
    shown: int | None = None
    """For a page: solutions (as JSON) are cut after so many, and `total` among the results tells how many there were."""


def answer(dataset: Dataset, query: PublicQuery, early: Early | None = None) -> bytes:
    """The answer, complete, but for its beginning if `early` took some of that while the rest was being made.

    Raises:
        MalformedQueryError: the text is no SPARQL 1.1 query.
        OversizedAnswerError: it has more rows or bytes than the query allows.
        QueryError: a graph that is not here, a function the engine does not have.
    """
    _check_graphs(dataset, query.mentioned if query.dataset is None else [*query.dataset[0], *query.dataset[1]])
    result = _in_order(dataset, query, _evaluate(dataset, query, query.text))
    if isinstance(result, QueryTriples):
        body = write_triples(dataset, at_most(query.rows, result), query.media_type)
        check_size(query.size, len(body))
        return body
    is_final = query.shown is None and not query.media_type.endswith("xml")
    output = _Bounded(query.size, early if is_final else None)
    result.serialize(output, SOLUTIONS[query.media_type])  # type: ignore[arg-type] # a writer is enough
    _check_rows(query, output.data)
    if is_final:
        return output.rest()
    body = whole_xml(bytes(output.data), query.media_type)
    return body if query.shown is None else _cut(body, query.shown)


def write_triples(dataset: Dataset, triples: Iterable[Engine], media_type: str) -> bytes:
    """Triples in one of the formats of GRAPHS, with the deployment's prefixes.

    Raises:
        InexpressibleError: the format is RDF/XML, and one of the properties cannot stand there.
    """
    quads = [Quad(triple.subject, triple.predicate, triple.object) for triple in triples]
    if GRAPHS[media_type] is RDF_XML:
        for property in {quad.predicate.value for quad in quads}:
            if not is_xml_name(property):
                raise InexpressibleError(
                    f"RDF/XML cannot express the property <{property}>, whose end is not the name of an XML element: "
                    f"ask for another format"
                )
    return write(quads, GRAPHS[media_type], dataset.vocabulary.prefixes)


def whole_xml(body: bytes, media_type: str) -> bytes:
    """Solutions as they are sent: well-formed also where they are XML."""
    return for_xml(body) if media_type.endswith("xml") else body


def format_iris() -> list[str]:
    """The IRIs of all formats in W3C's list of them, as `sd:resultFormat` wants them."""
    solutions = [form.iri for form in SOLUTIONS.values()]
    namespace = solutions[0].rpartition("/")[0]  # the engine has another one for JSON-LD, which the list has not
    graphs = [RdfFormat.from_media_type(media_type) for media_type in GRAPHS]
    return solutions + [f"{namespace}/{form.iri.rpartition('/')[2]}" for form in graphs if form]


def graph_sizes(dataset: Dataset) -> dict[str, int]:
    """How many triples the default graph (key "") and each graph that is not a passage's holds."""
    own = dataset.vocabulary.graph("")
    names = [name for name in dataset.store.named_graphs() if isinstance(name, NamedNode)]
    sizes = {name.value: sum(1 for _ in dataset.quads(graph=name)) for name in names if name.value.startswith(own)}
    return {"": sum(1 for _ in dataset.quads(graph=DefaultGraph()))} | dict(sorted(sizes.items()))


def _evaluate(dataset: Dataset, query: PublicQuery, text: str) -> QuerySolutions | QueryTriples | QueryBoolean:
    default, named = (None, None) if query.dataset is None else map(_nodes, query.dataset)
    try:
        try:
            return _solved(dataset, text, {}, default, named)
        except SyntaxError:  # perhaps for a prefix of the deployment: to hand those over takes as long as a small query
            return _solved(dataset, text, dataset.vocabulary.prefixes, default, named)
    except SyntaxError as error:
        raise _malformed(str(error), text) from None
    except (RuntimeError, ValueError) as error:  # such as a function that the engine does not have
        raise QueryError(str(error)) from None


def _solved(
    dataset: Dataset, text: str, prefixes: dict[str, str], default: Engine, named: Engine
) -> QuerySolutions | QueryTriples | QueryBoolean:
    return dataset.store.query(
        text, base_iri=dataset.vocabulary.base, prefixes=prefixes, default_graph=default, named_graphs=named
    )


def _in_order(
    dataset: Dataset, query: PublicQuery, result: QuerySolutions | QueryTriples | QueryBoolean
) -> QuerySolutions | QueryTriples | QueryBoolean:
    """The same result with the columns of `SELECT *` in order of appearance."""
    if query.star is None or not isinstance(result, QuerySolutions):
        return result
    found = [variable.value for variable in result.variables]
    wanted = sorted(found, key=lambda name: query.order.index(name) if name in query.order else len(query.order))
    if found == wanted:
        return result
    columns = " ".join(f"?{name}" for name in wanted)  # the query's own variables, as the engine spells them
    return _evaluate(dataset, query, f"{query.text[: query.star]} {columns} {query.text[query.star + 1 :]}")


def _nodes(iris: Sequence[str]) -> list[NamedNode]:
    try:
        return [NamedNode(iri) for iri in iris]
    except ValueError as error:
        raise QueryError(f"the IRI of a graph was expected: {error}") from None


def _check_graphs(dataset: Dataset, iris: Iterable[str]) -> None:
    """A data set is made of graphs that are here; none is ever fetched, and none is silently empty."""
    for node in _nodes([*iris]):
        if not dataset.store.contains_named_graph(node):
            raise QueryError(f"there is no graph <{node.value}> here, and none is fetched from elsewhere")


def at_most(rows: int, triples: Iterable[Engine]) -> Iterator[Triple]:
    """The triples; an `OversizedAnswerError` when there are more than `rows`."""
    for number, triple in enumerate(triples):
        if number >= rows:
            raise OversizedAnswerError(f"the answer has more than {rows} triples: narrow the query, or use LIMIT")
        yield triple


def parse_only(dataset: Dataset, query: PublicQuery) -> None:
    """Have the engine read a query that another store is to answer.

    Raises:
        MalformedQueryError: it is no SPARQL 1.1 query.
        QueryError: it has a function that the engine does not have.
    """
    _evaluate(dataset, query, query.text)  # solutions are made when they are asked for, and nobody does


class _Bounded:
    """A writer that refuses to grow beyond `size` bytes, and gives `early` what it has whenever that is a large piece."""

    def __init__(self, size: int, early: Early | None) -> None:
        self.size, self.early = size, early
        self.data = bytearray()
        self._given = 0

    def write(self, chunk: bytes) -> int:
        check_size(self.size, len(self.data) + len(chunk))
        self.data += chunk
        if self.early is not None and len(self.data) - self._given >= _PIECE:
            self.early(self.rest())
        return len(chunk)

    def flush(self) -> None:
        """Nothing to do: all is in memory."""

    def rest(self) -> bytes:
        """What has not been given yet."""
        with memoryview(self.data) as whole:
            rest = bytes(whole[self._given :])
        self._given = len(self.data)
        return rest


def check_size(allowed: int, found: int) -> None:
    """Raises an `OversizedAnswerError` when more bytes than allowed were found."""
    if found > allowed:
        raise OversizedAnswerError(
            f"the answer has more than {allowed} bytes: narrow the query, or use LIMIT and OFFSET"
        )


def _check_rows(query: PublicQuery, body: bytes | bytearray) -> None:
    # The engine does not say how many rows it wrote. What stands between two rows can stand in a text too, so that
    # there are as many at most; only then it is worth while to look which are which.
    if body.count(_BETWEEN[query.media_type]) >= query.rows and _rows(body, query.media_type) > query.rows:
        raise OversizedAnswerError(
            f"the answer has more than {query.rows} rows: narrow the query, or use LIMIT and OFFSET"
        )


def _cut(body: bytes, shown: int) -> bytes:
    """Done here, in a process with a memory cap: what a large answer is parsed into is ten times its size."""
    found = json.loads(body)
    if "results" in found:
        rows = found["results"]["bindings"]
        found["results"] = {"bindings": rows[:shown], "total": len(rows)}
    return json.dumps(found, ensure_ascii=False).encode()


def _rows(body: bytes | bytearray, media_type: str) -> int:
    """How many rows the engine wrote: it puts nothing between two rows but what is counted here."""
    if media_type.endswith("xml"):
        return body.count(b"<result>")
    if media_type == "text/csv":
        return re.sub(rb'"(?:[^"]|"")*+"', b"", body).count(b"\r\n") - 1
    if media_type == "text/tab-separated-values":
        return body.count(b"\n") - 1
    return re.sub(rb'"(?:[^"\\]|\\.)*+"', b"", body).count(b"},{") + 1


def _malformed(message: str, text: str) -> MalformedQueryError:
    """The engine's complaint with the place where the trouble is.

    Its parser tries keywords by length: the place it gives lies behind the longest one that did not match. Of
    what it expected there, only whole sentences tell a reader more than the place does.
    """
    match = _PLACE.fullmatch(message)
    if match is None:
        return MalformedQueryError(message, None)
    line, column, expected = int(match[1]), int(match[2]), match[3].split(", ")
    if (whole := next((_OF_SELECT[each] for each in expected if each in _OF_SELECT), None)) is not None:
        return MalformedQueryError(whole, None)
    offset = sum(len(each) + 1 for each in text.split("\n")[: line - 1]) + column - 1
    if all(re.fullmatch("[A-Z_]+", each) for each in expected):
        offset = max(0, offset - len(expected[0]))
    sentences = [each for each in expected if re.fullmatch(r"[A-Z].* [a-z*].*[a-zA-Z]", each)]
    return MalformedQueryError(sentences[0] if sentences else "", offset)
