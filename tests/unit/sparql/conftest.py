from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from fasti.sparql import Answer, Endpoint, Limits, Request
from fasti.vocabulary import Vocabulary

VOCABULARY = Vocabulary()
Ask = Callable[..., Answer]


def make_store(path: Path, people: int = 3, mark: str = "one") -> Path:
    """A store with `people` names in the default graph and in graph/evidence, and its mark."""
    base = VOCABULARY.base
    store = Store(str(path))
    name = NamedNode(VOCABULARY.expand("foaf:name"))
    for graph in (DefaultGraph(), NamedNode(VOCABULARY.graph("evidence"))):
        store.extend(
            Quad(NamedNode(f"{base}id/person/p{number}"), name, Literal(f"Person {number}"), graph)
            for number in range(people)
        )
    passage = NamedNode(VOCABULARY.passage("seed", 3, 9))
    store.add(Quad(NamedNode(f"{base}mark"), name, Literal(mark), passage))
    store.flush()
    del store
    return path


@pytest.fixture(scope="package")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("release") / "store", people=40)


@pytest.fixture(scope="package")
def endpoint(store: Path) -> Iterator[Endpoint]:
    endpoint = Endpoint(store, VOCABULARY, Limits(workers=2, rows=1000, answer_bytes=1 << 20))
    yield endpoint
    endpoint.close()


@pytest.fixture(scope="package")
def ask(endpoint: Endpoint) -> Ask:
    """GET a query; further parameters by name, `_` for `-`."""

    def ask(query: str, accept: str | None = None, **parameters: str) -> Answer:
        args = [("query", query), *((name.replace("_", "-"), value) for name, value in parameters.items())]
        return endpoint.answer(Request("GET", args, accept=accept))

    return ask
