"""Loads a release into a store elsewhere, so that servers without a release of their own can serve it from there."""

from __future__ import annotations

import json
import time
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import urllib3

from fasti.errors import StoreError
from fasti.release import Release
from fasti.store import DefaultGraph, Literal, NamedNode, Quad, Triple
from fasti.store.remote import RELEASE
from fasti.vocabulary import Vocabulary

BATCH = 1000  # quads of one update; Virtuoso compiles each into code, and refuses more than some thousand
SECONDS = 120.0  # until an update has to be answered
NOTICE = 5.0  # seconds in which every server has noticed that a release is withdrawn


def quads(release: Release, record: str = "") -> Iterator[Quad]:
    """Everything that a store has to hold: the data set, and in `graph/release` what else a server needs.

    Args:
        release: what to load.
        record: the graph for the record in a store whose default graph is the union of all graphs; empty for a
            store that keeps its default graph apart.
    """
    place = NamedNode(record) if record else DefaultGraph()
    for quad in release.dataset.quads():
        in_record = isinstance(quad.graph_name, DefaultGraph)
        yield Quad(quad.subject, quad.predicate, quad.object, place) if in_record else quad
    yield from _about(release)


def _about(release: Release) -> Iterator[Quad]:
    """The texts of its sources, byte for byte, and in the end the release's own description."""
    vocabulary = release.vocabulary
    graph, text = NamedNode(vocabulary.graph(RELEASE)), NamedNode(vocabulary.expand("schema:text"))
    for stem in sorted(release.stems):
        yield Quad(NamedNode(vocabulary.text(stem)), text, _encoded(release.text(stem), vocabulary), graph)
    about = json.loads((release.path / "release.json").read_bytes())
    about["loaded"] = datetime.now(
        UTC
    ).isoformat()  # so that the same release, loaded again, is told from the one before
    written = _encoded(json.dumps(about, sort_keys=True).encode(), vocabulary)
    yield Quad(NamedNode(vocabulary.graph(RELEASE)), text, written, graph)


def _encoded(content: bytes, vocabulary: Vocabulary) -> Literal:
    return Literal(b64encode(content).decode(), datatype=NamedNode(vocabulary.expand("xsd:base64Binary")))


def write(release: Release, path: Path, record: str = "") -> int:
    """Write the quads as N-Quads for an engine's own bulk loader; how many there are."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for quad in quads(release, record):
            file.write(f"{quad} .\n")
            count += 1
    return count


def load(release: Release, url: str, record: str = "", user: str = "", notice: float = NOTICE) -> int:
    """Put the release in place of the one that a store holds, with SPARQL 1.1 Update; how many quads it has.

    The release that is there is withdrawn first, and the new one announced when all of it is there. Between the two
    servers say that there is none: nobody is told half a release.

    Args:
        release: what to load.
        url: where the store takes updates.
        record: see `quads`.
        user: `name:password`, for stores that want it (Basic).
        notice: seconds between the withdrawal and the first change.

    Raises:
        StoreError: the store cannot be reached, or refuses.
    """
    updates = _Updates(url, user)
    base = release.vocabulary.base
    updates.send(f"CLEAR SILENT GRAPH <{release.vocabulary.graph(RELEASE)}>")
    time.sleep(notice)
    updates.send(f"CLEAR SILENT GRAPH <{record}>" if record else "CLEAR SILENT DEFAULT")
    updates.send(
        f"DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), {Literal(base)})) }}"
    )
    count, rows = 0, quads(release, record)
    while batch := list(islice(rows, BATCH)):
        updates.send(insert(batch))
        count += len(batch)
    return count


def insert(batch: Iterable[Quad]) -> str:
    """An `INSERT DATA` of the quads, graph by graph (SPARQL 1.1 Update, section 3.1.1)."""
    graphs: dict[NamedNode | DefaultGraph, list[str]] = defaultdict(list)
    for quad in batch:
        graphs[quad.graph_name].append(f"{Triple(quad.subject, quad.predicate, quad.object)} .")
    blocks = (
        "\n".join(lines) if isinstance(graph, DefaultGraph) else f"GRAPH {graph} {{\n{chr(10).join(lines)}\n}}"
        for graph, lines in graphs.items()
    )
    return "INSERT DATA {\n" + "\n".join(blocks) + "\n}"


class _Updates:
    """Sends updates over one connection."""

    def __init__(self, url: str, user: str) -> None:
        self.url = url
        self.headers = urllib3.make_headers(basic_auth=user) if user else {}
        self.pool = urllib3.PoolManager(maxsize=1, timeout=SECONDS, retries=False)

    def send(self, update: str) -> None:
        headers = self.headers | {"Content-Type": "application/sparql-update"}
        try:
            answer = self.pool.request("POST", self.url, body=update.encode(), headers=headers)
        except urllib3.exceptions.HTTPError as error:
            raise StoreError(f"{self.url}: the store cannot be reached ({error})") from error
        if not 200 <= answer.status < 300:
            said = answer.data[:1000].decode("utf-8", "replace").strip()
            raise StoreError(f"{self.url}: the store answered {answer.status} to an update, expected 2xx: {said}")
