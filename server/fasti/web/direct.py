"""Queries that programs ask by GET, answered without the application, and without a thread that waits for the answer.

Requests that ask in another way, or ask for a page, are the application's, which answers the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

from fasti.negotiation import choose
from fasti.sparql import Answer, Endpoint, Request, protocol
from fasti.sparql.formats import offers
from fasti.sparql.problems import RefusalError
from fasti.sparql.workers import Outcome
from fasti.web import CORS, SECURITY
from fasti.web.current import CurrentRelease
from fasti.web.encodings import Packed
from fasti.web.first import all_of, packed
from fasti.web.metrics import Metrics
from fasti.web.offers import HTML, coding_of
from fasti.web.wsgi import Headers

ROUTE = "/sparql"
_SHORT = 1 << 13  # bytes of parameters, which are judged while other requests wait
_SOON = 1 << 13  # bytes of an answer that is packed and sent while others wait
_ASKS = re.compile(r"(?:^|&)query=")
_PROGRAMS_FIRST = (*dict.fromkeys((*offers("SELECT"), *offers("CONSTRUCT"))), HTML)
_EVERYWHERE = [*SECURITY.items(), *CORS.items()]
_NOT_HERE = frozenset(
    {"Access-Control-Allow-Origin", "Content-Length", "Vary"}
)  # said already, or once the body is packed


@dataclass(frozen=True, slots=True)
class Made:
    """An answer to GET as it is sent, but for what two requests have each of their own."""

    status: int
    headers: Headers
    body: bytes
    lasting: bool
    """Whether it may be kept for who asks the same."""


Then = Callable[[Made], object]


class DirectQueries:
    """Puts queries to the workers.

    Args:
        view: which endpoint there is.
        root: what a proxy puts in front of every path; None where the application has to have a look.
        packed: what has been packed already.
        metrics: counts queries.
        pool: threads for what would keep other requests waiting.
    """

    def __init__(
        self, view: CurrentRelease, root: Callable[[Any], str | None], packed: Packed, metrics: Metrics, pool: Executor
    ) -> None:  # fmt: skip
        self._view, self._root, self._packed, self._metrics, self._pool = view, root, packed, metrics, pool

    def begin(self, path: str, query: str, headers: Any, gone: Callable[[], bool], then: Then) -> bool:
        """Put the query of a GET to a worker, if this is one, and say whether it is.

        Args:
            path: decoded.
            query: what stands behind the `?`, as it came.
            headers: granian's.
            gone: whether the client has closed the connection.
            then: is given the answer, in any thread, perhaps before this returns.
        """
        if path != ROUTE or len(query) > _SHORT or not _ASKS.search(query):
            return False
        endpoint, accept = self._view.asked, all_of(headers, "accept")
        if endpoint is None or not endpoint.is_embedded or choose(accept, _PROGRAMS_FIRST) == HTML:
            return False
        if self._root(headers) is None:
            return False
        request = Request("GET", query.encode(), accept=accept, gone=gone)
        self._put(endpoint, request, all_of(headers, "accept-encoding"), then)
        return True

    def _put(self, endpoint: Endpoint, request: Request, codings: str | None, then: Then) -> None:
        def end(outcome: Outcome) -> None:
            self._metrics.busy.dec()
            then(self._made(endpoint.end(query, outcome), codings))

        def replied(outcome: Outcome) -> None:
            if _is_soon_sent(outcome):
                end(outcome)
            else:
                self._pool.submit(end, outcome)

        try:
            query = endpoint.prepare(request)
        except RefusalError as error:
            then(self._made(protocol.failure(request.method, error.problem), codings))
        else:
            self._metrics.busy.inc()
            endpoint.put(query, replied)

    def _made(self, answer: Answer, codings: str | None) -> Made:
        self._metrics.answered(answer.outcome)
        if answer.status != 200:
            told = [each for each in answer.headers if each[0] != "Access-Control-Allow-Origin"]
            return Made(answer.status, told + _EVERYWHERE, answer.body, lasting=False)
        said = [each for each in answer.headers if each[0] not in _NOT_HERE]
        media_type = dict(said)["Content-Type"].partition(";")[0]
        coding = coding_of(media_type, len(answer.body), codings)
        headers, body = packed(self._packed, coding, said + _EVERYWHERE, ["Accept"], answer.body)
        return Made(200, headers, body, answer.lasting)


def _is_soon_sent(outcome: Outcome) -> bool:
    if isinstance(outcome, Exception):
        return True
    header, body = outcome
    return header.get("code") != "syntax" and len(body) <= _SOON
