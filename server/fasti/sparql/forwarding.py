"""Public queries for a store elsewhere: checked here as strictly as for the embedded engine, answered there."""

from __future__ import annotations

import json
import logging
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fasti.errors import QueryError, StoreError
from fasti.sparql.limits import Limits
from fasti.sparql.problems import Problem, RefusalError
from fasti.sparql.process import Gone, Reply
from fasti.sparql.workers import Outcome, Pool, Then
from fasti.store.answers import InexpressibleError, OversizedAnswerError, PublicQuery
from fasti.store.embedded import DefaultGraph, persist
from fasti.store.forwarded import forwarded
from fasti.store.remote import RELEASE, RemoteDataset

RETRY = 5  # seconds after which a store that was restarted may be there again
log = logging.getLogger(__name__)


class Forwarding:
    """Answers like a `Pool` of workers, from a store elsewhere.

    Each query is parsed by a worker first, so that one that would harm a parser harms a process without data, and
    errors have their line and column. What it costs to answer is bounded by the store's own limits and the deadline.
    """

    def __init__(self, dataset: RemoteDataset, limits: Limits) -> None:
        self.dataset = dataset
        self._folder = tempfile.TemporaryDirectory(prefix="fasti-")
        empty = Path(self._folder.name) / "store"
        persist((), empty)
        self.parsers = Pool(empty, dataset.vocabulary, limits)

    def ask(self, job: Mapping[str, Any], text: bytes, seconds: float, gone: Gone | None = None) -> Reply:
        """The reply to a job: see `Pool.ask`.

        Raises:
            RefusalError: 503 when the store cannot be reached or does not answer within `seconds`.
            ConnectionAbortedError: `gone` says that nobody waits for the answer.
        """
        try:
            if job["task"] == "sizes":
                return {}, json.dumps(self._sizes()).encode()
            header, body = self.parsers.ask({**job, "task": "parse"}, text, seconds, gone)
            if header.get("code"):
                return header, body
            return {}, forwarded(self.dataset, PublicQuery(text=text.decode(), **job["query"]), seconds)
        except OversizedAnswerError as error:
            return {"code": "answer-too-large", "detail": str(error)}, b""
        except InexpressibleError as error:
            return {"code": "inexpressible", "detail": str(error), "alternatives": error.alternatives}, b""
        except QueryError as error:
            return {"code": "unanswerable", "detail": str(error)}, b""
        except StoreError as error:
            log.error("%s", error)  # whoever asks need not know where the store is
            detail = "the store behind this server did not answer the query; the operator finds the reason in the log"
            raise RefusalError(Problem(503, "unavailable", detail, retry_after=RETRY)) from None

    def submit(
        self, job: Mapping[str, Any], text: bytes, seconds: float, then: Then, gone: Gone | None = None
    ) -> None:  # fmt: skip
        """Give `then` the outcome of `ask`, for which this waits."""
        try:
            outcome: Outcome = self.ask(job, text, seconds, gone)
        except (RefusalError, ConnectionAbortedError) as error:
            outcome = error
        then(outcome)

    def _sizes(self) -> dict[str, int]:
        """The triples of the record (key "") and of each graph that is not a passage's."""
        own, about = self.dataset.vocabulary.graph(""), self.dataset.vocabulary.graph(RELEASE)
        rows = ((row["graph"].value, int(row["triples"].value)) for row in self.dataset.select("catalog-graphs"))
        sizes = {graph: triples for graph, triples in rows if graph.startswith(own) and graph != about}
        return {"": self.dataset.size(DefaultGraph())} | sizes

    def switch(self, dataset: RemoteDataset) -> None:
        """Answer from another release from now on."""
        self.dataset = dataset

    def belts(self) -> tuple[str, ...]:
        """What the kernel holds for the workers: see `confinement`."""
        return self.parsers.belts()

    def stop(self) -> None:
        """End the workers."""
        self.parsers.stop()
        self._folder.cleanup()
