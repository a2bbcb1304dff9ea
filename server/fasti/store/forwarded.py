"""Somebody else's query put to a store elsewhere, its answer written in a format of the web, within bounds."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from pyoxigraph import QueryResultsFormat, parse_query_results

from fasti.errors import QueryError
from fasti.store.answers import (
    GRAPHS,
    SOLUTIONS,
    OversizedAnswerError,
    PublicQuery,
    at_most,
    check_size,
    whole_xml,
    write_triples,
)
from fasti.store.binding import within
from fasti.store.remote import RemoteDataset
from fasti.store.terms import NamedNode
from fasti.vocabulary import EXTERNAL

_MEMBERS = ("value", "xml:lang", "datatype")
_STRING = EXTERNAL["xsd"] + "string"
_BASE = re.compile(r"(?:\s|#[^\n]*\n)*BASE\s*<[^<>]*>", re.IGNORECASE)
_JSON, _TRIPLES = "application/sparql-results+json", "application/n-triples"


def forwarded(dataset: RemoteDataset, query: PublicQuery, seconds: float) -> bytes:
    """The store's answer, complete.

    Args:
        dataset: the store.
        query: screened, and known to be well-formed.
        seconds: until the store has to have begun its answer.

    Raises:
        OversizedAnswerError: it has more rows or bytes than the query allows.
        QueryError: a graph that is not here.
        StoreError: the store does not answer.
    """
    graphs = query.dataset or ((), ())
    _check_graphs(dataset, [*graphs[0], *graphs[1], *query.mentioned])
    fields = [("query", _with_prologue(dataset, _text(dataset, query)))]
    fields += [("default-graph-uri", iri) for iri in graphs[0]] + [("named-graph-uri", iri) for iri in graphs[1]]
    of_triples = query.media_type in GRAPHS
    body = dataset.body(fields, _TRIPLES if of_triples else _JSON, seconds, query.size)
    if of_triples:
        triples = dataset.triples(body)
        return _within_size(query, write_triples(dataset, at_most(query.rows, triples), query.media_type))
    try:
        return _within_size(query, _solutions(json.loads(body), query))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise dataset.unreadable(error, body) from error


def _with_prologue(dataset: RemoteDataset, text: str) -> str:
    """The query with the deployment's prefixes, and its base unless it has one: Virtuoso takes one, and that first."""
    own = _BASE.match(text)
    return f"{own[0]}\n{dataset.prologue.partition(chr(10))[2]}{text[own.end() :]}" if own else dataset.prologue + text


def _text(dataset: RemoteDataset, query: PublicQuery) -> str:
    """The query, asked of the record where the store's default graph is something else and nobody chose another."""
    if not dataset.record or query.dataset is not None or query.mentioned:
        return query.text
    try:
        return within(query.text, dataset.record)
    except ValueError:  # DESCRIBE <iri> has no pattern
        return query.text


def _check_graphs(dataset: RemoteDataset, iris: Sequence[str]) -> None:
    """A data set is made of graphs that are here: a store might fetch others from wherever they name."""
    for iri in dict.fromkeys(iris):
        ours = iri.startswith(dataset.vocabulary.base)
        if not ours or not dataset.has(NamedNode(iri)):
            raise QueryError(f"there is no graph <{iri}> here, and none is fetched from elsewhere")


def _solutions(found: dict[str, Any], query: PublicQuery) -> bytes:
    if "results" in found:
        _in_order(found["head"], query.order)
        rows = found["results"]["bindings"]
        if len(rows) > query.rows:
            raise OversizedAnswerError(
                f"the answer has more than {query.rows} rows: narrow the query, or use LIMIT and OFFSET"
            )
        shown = rows if query.shown is None else rows[: query.shown]
        found = {
            "head": {"vars": found["head"]["vars"]},
            "results": {"bindings": [_row(row, found["head"]["vars"]) for row in shown]},
        }
        if query.shown is not None:
            found["results"]["total"] = len(rows)
    written = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
    if query.media_type == _JSON:
        return written
    results = parse_query_results(written, format=QueryResultsFormat.JSON)
    return whole_xml(bytes(results.serialize(format=SOLUTIONS[query.media_type]) or b""), query.media_type)


def _in_order(head: dict[str, Any], order: Sequence[str]) -> None:
    """`SELECT *` has its columns in order of appearance."""
    head["vars"].sort(key=lambda name: order.index(name) if name in order else len(order))


def _row(row: Mapping[str, dict[str, str]], names: Sequence[str]) -> dict[str, dict[str, str]]:
    """A solution as the embedded engine writes it, in one order; Virtuoso's `typed-literal` is of a draft."""
    return {name: _term(row[name]) for name in names if name in row}


def _term(term: Mapping[str, str]) -> dict[str, str]:
    kind = "literal" if term["type"] == "typed-literal" else term["type"]
    members = {"type": kind} | {member: term[member] for member in _MEMBERS if member in term}
    if members.get("datatype") == _STRING:
        del members["datatype"]
    return members


def _within_size(query: PublicQuery, body: bytes) -> bytes:
    check_size(query.size, len(body))
    return body
