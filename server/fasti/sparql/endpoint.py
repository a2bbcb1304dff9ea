"""The public SPARQL endpoint: a request in, an answer out, whatever the request is."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fasti.sparql import protocol
from fasti.sparql.description import describe
from fasti.sparql.formats import content_type, engine_type, negotiate, offers, short_names
from fasti.sparql.forwarding import Forwarding
from fasti.sparql.limits import Limits
from fasti.sparql.problems import Problem, RefusalError, refuse
from fasti.sparql.protocol import Answer, Question, Request
from fasti.sparql.screening import Screened, screen
from fasti.sparql.workers import Pool, out_of_memory
from fasti.store import Dataset
from fasti.store.answers import write_triples
from fasti.store.remote import RemoteDataset
from fasti.vocabulary import Vocabulary

_STATUS = {"syntax": 400, "unanswerable": 400, "answer-too-large": 413, "inexpressible": 406}
_CLIENT_GONE = 499  # nobody reads it; what logs of web servers call a client that closed the connection


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
        try:
            if request.method == "OPTIONS":
                return protocol.options()
            if request.asks_nothing:
                return self._describe(request)
            return self._ask(request, protocol.understand(request, self.limits))
        except RefusalError as error:
            return protocol.failure(request.method, error.problem)
        except ConnectionAbortedError:
            return Answer(_CLIENT_GONE, (), b"")

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

    def _ask(self, request: Request, question: Question) -> Answer:
        screened = screen(question.query, self.vocabulary, self.limits)
        media_type = negotiate(screened.form, request.accept, question.formats)
        if media_type is None:
            raise protocol.not_acceptable(offers(screened.form), short_names(screened.form) if question.formats else ())
        job = {"task": "query", "query": self._query(screened, question, media_type) | {"shown": request.shown}}
        header, body = self.pool.ask(job, screened.source.text.encode(), question.seconds, request.gone)
        if header.get("code") == "syntax":
            raise self._syntax(job, screened, header["detail"])
        self._check(header)
        return protocol.success(request.method, content_type(media_type), body, lasting=screened.lasting)

    def _query(self, screened: Screened, question: Question, media_type: str) -> dict[str, Any]:
        """The fields of a `PublicQuery` but its text."""
        return {
            "media_type": engine_type(screened.form, media_type),
            "rows": self.limits.rows,
            "size": self.limits.answer_bytes,
            "dataset": question.dataset,
            "mentioned": screened.graphs,
            "star": screened.star,
            "order": screened.variables if screened.star is not None else (),
        }

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
