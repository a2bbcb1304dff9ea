"""The public SPARQL endpoint: a request in, an answer out, whatever the request is."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from fasti.sparql import protocol
from fasti.sparql.description import describe
from fasti.sparql.formats import content_type, engine_type, negotiate, offers, short_names
from fasti.sparql.forwarding import Forwarding
from fasti.sparql.limits import Limits
from fasti.sparql.problems import Problem, RefusalError, refuse
from fasti.sparql.protocol import Answer, Question, Request
from fasti.sparql.screening import Screened, screen
from fasti.sparql.workers import Outcome, Pool, Then, out_of_memory
from fasti.store import Dataset
from fasti.store.answers import write_triples
from fasti.store.remote import RemoteDataset
from fasti.vocabulary import Vocabulary

_STATUS = {"syntax": 400, "unanswerable": 400, "answer-too-large": 413, "inexpressible": 406}
_CLIENT_GONE = 499  # nobody reads it; what logs of web servers call a client that closed the connection


@dataclass(frozen=True, slots=True)
class Query:
    """A query that may be put to a worker."""

    request: Request
    screened: Screened
    media_type: str
    job: Mapping[str, Any]
    seconds: float


class Endpoint:
    """Answers requests over one release at a time; any number of threads may ask at once.

    Args:
        queried: the folder of the release's store, or a dataset in a store elsewhere.
        vocabulary: of the deployment.
        limits: how much of the machine queries may use.
    """

    def __init__(self, queried: Path | RemoteDataset, vocabulary: Vocabulary, limits: Limits | None = None) -> None:
        self.vocabulary = vocabulary
        self.limits = limits or Limits()
        self.pool: Pool | Forwarding
        if isinstance(queried, RemoteDataset):
            self.pool = Forwarding(queried, self.limits)
        else:
            self.pool = Pool(queried, vocabulary, self.limits)
        self._sizes: Mapping[str, int] | None = None

    def answer(self, request: Request) -> Answer:
        """The answer to any request; what cannot be answered ends in a problem, not in an exception."""
        if request.method == "OPTIONS":
            return protocol.options()
        try:
            return self._describe(request) if request.asks_nothing else self._ask(request)
        except RefusalError as error:
            return protocol.failure(request.method, error.problem)

    def switch(self, queried: Path | RemoteDataset) -> None:
        """Answer from another release from now on; running queries end on theirs.

        Raises:
            ReleaseError: its store cannot be opened; the endpoint stays with the one it has.
        """
        pool: Any = self.pool  # of the kind that answers from this
        pool.switch(queried)
        self._sizes = None

    def close(self) -> None:
        """End all workers."""
        self.pool.stop()

    def prepare(self, request: Request) -> Query:
        """The query of a request, judged.

        Raises:
            RefusalError: it is not put to any worker.
        """
        question = protocol.understand(request, self.limits)
        screened = screen(question.query, self.vocabulary, self.limits)
        media_type = negotiate(screened.form, request.accept, question.formats)
        if media_type is None:
            raise protocol.not_acceptable(offers(screened.form), short_names(screened.form) if question.formats else ())
        return Query(
            request, screened, media_type, self._job(screened, question, media_type, request.shown), question.seconds
        )

    def put(self, query: Query, then: Then) -> None:
        """Put a query to a worker and come back at once, if `is_embedded`; `Pool.submit` says how `then` is called."""
        self.pool.submit(query.job, query.screened.source.text.encode(), query.seconds, then, query.request.gone)

    def end(self, query: Query, outcome: Outcome) -> Answer:
        """The answer to a query, from what became of it; where its mistake is a worker is asked, for which this waits."""
        try:
            if isinstance(outcome, Exception):
                raise outcome
            header, body = outcome
            if header.get("code") == "syntax":
                raise self._syntax(query.job, query.screened, header["detail"])
            self._check(header)
        except RefusalError as error:
            return protocol.failure(query.request.method, error.problem)
        except ConnectionAbortedError:
            return Answer(_CLIENT_GONE, (), b"")
        kind, lasting = content_type(query.media_type), query.screened.lasting
        return protocol.success(query.request.method, kind, body, lasting=lasting)

    @property
    def is_embedded(self) -> bool:
        """Whether its own workers answer, and not a store elsewhere."""
        return isinstance(self.pool, Pool)

    def _ask(self, request: Request) -> Answer:
        outcomes: SimpleQueue[Outcome] = SimpleQueue()
        query = self.prepare(request)
        self.put(query, outcomes.put)
        return self.end(query, outcomes.get())

    def _job(self, screened: Screened, question: Question, media_type: str, shown: int | None) -> Mapping[str, Any]:
        """What a worker is told besides the text: the fields of a `PublicQuery` that are not as usual."""
        query = {
            "media_type": engine_type(screened.form, media_type),
            "rows": self.limits.rows,
            "size": self.limits.answer_bytes,
        }
        if question.dataset is not None:
            query["dataset"] = question.dataset
        if screened.graphs:
            query["mentioned"] = screened.graphs
        if screened.star is not None:
            query |= {"star": screened.star, "order": screened.variables}
        if shown is not None:
            query["shown"] = shown
        return {"task": "query", "query": query}

    def _syntax(self, job: Mapping[str, Any], screened: Screened, detail: str) -> RefusalError:
        """The token that the engine trips over: it is asked again, with gaps between the tokens."""
        text, starts = screened.spread()
        header, _ = self.pool.ask(job, text.encode(), self.limits.seconds)
        offset = header.get("offset")
        detail = header.get("detail", detail)
        if offset is None:
            return refuse(400, "syntax", detail or "this is not a SPARQL 1.1 query")
        token = screened.tokens[max(0, bisect_right(starts, offset) - 1)]
        if offset >= starts[-1] + len(screened.tokens[-1].text):
            end = screened.tokens[-1].start + len(screened.tokens[-1].text)
            return screened.source.refuse("syntax", detail or "the query ends too early", end)
        return screened.source.refuse("syntax", detail or f"'{token.text[:40]}' does not fit here", token.start)

    def _check(self, header: Mapping[str, Any]) -> None:
        code = header.get("code")
        if code is None:
            return
        if code == "memory":
            raise out_of_memory(self.limits)
        alternatives = tuple(header.get("alternatives", ()))
        raise RefusalError(Problem(_STATUS[code], code, header["detail"], alternatives=alternatives))

    def _describe(self, request: Request) -> Answer:
        """The service description, where there is no query (SPARQL 1.1 Service Description, section 2)."""
        named = protocol.formats(request, self.limits)
        media_type = negotiate("DESCRIBE", request.accept, named)
        if media_type is None:
            raise protocol.not_acceptable(offers("DESCRIBE"), short_names("DESCRIBE") if named else ())
        sizes = self._sizes
        if sizes is None:
            header, body = self.pool.ask({"task": "sizes"}, b"", self.limits.seconds)
            self._check(header)
            sizes = self._sizes = json.loads(body)
        triples = describe(self.vocabulary, sizes)
        body = write_triples(Dataset.memory(self.vocabulary), triples, engine_type("DESCRIBE", media_type))
        return protocol.success(
            request.method, content_type(media_type), body, describes=engine_type("DESCRIBE", media_type)
        )
