"""Between granian and the application: what is ready is answered at once, the rest by the application in a thread.

Granian reads requests and writes answers in threads of its own, however slow a client is, and hands each request
to `Gateway.request` (its Rust-to-Python interface, RSGI). The application is WSGI: a body is read before it is asked.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from collections.abc import Callable, Hashable, Iterable
from concurrent.futures import Executor, Future
from functools import partial
from typing import TYPE_CHECKING, Any

from fasti.web.access import REQUEST_ID, SENT, AccessLog, line, request_id
from fasti.web.connections import cut_off
from fasti.web.direct import ROUTE as QUERIES
from fasti.web.direct import DirectQueries, Made
from fasti.web.first import ROUTE, FirstAnswers
from fasti.web.metrics import Metrics
from fasti.web.ready import FORWARDED, UNREADY, VARYING, Ready, ReadyAnswers
from fasti.web.sparql import GONE
from fasti.web.wsgi import FILE, Headers, Started, address, environment, send_file

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

SILENCE = 30.0  # seconds that a client may pause while it sends a body
_LARGEST_BODY = 64 << 20  # bytes that are read, and dropped, so that a client which sends too much learns it
_CHUNKED = 0.5  # stands for a length that is not known, but not nothing
_SERVER = ("Server", "fasti")  # granian would name itself, and its absence cannot be had
_log = logging.getLogger(__name__)


class Gateway:
    """Answers granian's requests; `request` is called in a thread of granian's and never waits.

    Args:
        app: the application.
        pool: threads for it.
        loop: where bodies are awaited.
        ready: answers to be sent as they are.
        first: makes some answers that are not ready.
        queries: lets workers make others.
        serial: tells one served release from another, as `ready` does.
        metrics: counts what is answered without the application.
        hops: proxies in front whose X-Forwarded-* headers are believed.
        most_bytes: of a body that the application reads.
    """

    def __init__(
        self, app: WSGIApplication, pool: Executor, loop: asyncio.AbstractEventLoop, ready: ReadyAnswers,
        first: FirstAnswers, queries: DirectQueries, serial: Callable[[], object], metrics: Metrics, *, hops: int, most_bytes: int,
    ) -> None:  # fmt: skip
        self._logged, self._first, self._queries = AccessLog(app), first, queries
        self._pool, self._loop, self._ready, self._serial, self._metrics = pool, loop, ready, serial, metrics
        self._hops, self._most = hops, most_bytes
        self._varying = VARYING + (FORWARDED if hops else ())
        self.write = sys.stderr.write
        self._under_way: set[int] = set()

    @property
    def busy(self) -> bool:
        """Whether the application is being asked something."""
        return bool(self._under_way)

    def request(self, watcher: Any) -> None:
        """Answer a request, now or later; `watcher` is granian's: what was asked, and how to answer."""
        scope = watcher.scope
        try:
            headers = scope.headers
            key = self._key(scope, headers)
            began = time.time(), time.perf_counter()
            ready = self._answer(scope, headers, key) if key is not None else None
            if ready is not None:
                self._send_ready(watcher, scope, headers, ready, began)
                watcher.done()
            elif key is not None and self._begin_query(watcher, scope, headers, key, began):
                pass  # answered when a worker has
            elif 0 < (declared := _declared(headers)) <= _LARGEST_BODY:
                asyncio.run_coroutine_threadsafe(self._with_body(watcher, declared), self._loop)
            else:
                self._ask(watcher, b"", int(declared), key)
        except BaseException as error:
            self._failed(watcher, error)

    def _key(self, scope: Any, headers: Any) -> tuple[object, ...] | None:
        """What a ready answer is kept under; None for a request that no ready answer is for."""
        if scope.method not in ("GET", "HEAD") or any(name in headers for name in UNREADY):
            return None
        return (scope.path, scope.query_string, *(tuple(headers.get_all(name)) for name in self._varying))

    def _answer(self, scope: Any, headers: Any, key: Hashable) -> Ready | None:
        """The answer that is ready for a key, or is made without the application."""
        ready, serial = self._ready.get(key), self._serial()
        if ready is not None:
            return ready
        first = self._first.make(scope.path, scope.query_string, headers)
        return self._ready.keep(key, serial, ROUTE, *first) if first is not None else None

    def _begin_query(self, watcher: Any, scope: Any, headers: Any, key: Hashable, began: tuple[float, float]) -> bool:
        """Put what is asked to a worker, if it is a query that needs no application, and say whether it is."""
        gone, serial = _Gone(watcher.proto, self._loop), self._serial()

        def answer(made: Made) -> None:
            try:
                if made.status == 200:
                    keep = partial(self._ready.keep, key, serial) if made.lasting else partial(self._ready.made, key)
                    self._send_ready(watcher, scope, headers, keep(QUERIES, made.headers, made.body), began)
                else:
                    self._send(watcher, scope, headers, QUERIES, made.status, made.headers, made.body, began)
            except BaseException as error:
                self._failed(watcher, error)
            else:
                watcher.done()
            finally:
                self._under_way.discard(id(watcher))
                gone.stop()

        self._under_way.add(id(watcher))
        begun = False
        try:
            begun = self._queries.begin(scope.path, scope.query_string, headers, gone, answer)
        finally:
            if not begun:
                self._under_way.discard(id(watcher))
        return begun

    def _send_ready(self, watcher: Any, scope: Any, headers: Any, ready: Ready, began: tuple[float, float]) -> None:
        if ready.is_current(headers.get("if-none-match"), headers.get("if-modified-since")):
            self._send(watcher, scope, headers, ready.route, 304, ready.bare, b"", began)
        else:
            self._send(watcher, scope, headers, ready.route, 200, ready.headers, ready.body, began)

    def _send(
        self, watcher: Any, scope: Any, headers: Any, route: str, status: int, told: Headers, body: bytes,
        began: tuple[float, float],
    ) -> None:  # fmt: skip
        """Answer a request without the application, and note that in log and numbers."""
        identifier = request_id(headers.get("x-request-id") or "")
        said, method = [*told, (REQUEST_ID, identifier), _SERVER], scope.method
        size = len(body) if method != "HEAD" else 0
        if status == 304:
            watcher.proto.response_empty(status, said)
        else:
            watcher.proto.response_bytes(status, said, body if size else b"")
        seconds = time.perf_counter() - began[1]
        self._metrics.count(method, route, status, seconds)
        asked = (method, scope.path, scope.query_string)
        who = (self._client(scope, headers), headers.get("user-agent") or "", headers.get("referer") or "")
        self.write(line(began[0], identifier, asked, status, size, seconds, who))

    def _client(self, scope: Any, headers: Any) -> str:
        """The client's address, as the proxies in front tell it if they are believed."""
        if self._hops:
            told = [each.strip() for value in headers.get_all("x-forwarded-for") for each in value.split(",")]
            if len(told) >= self._hops:
                return str(told[-self._hops])
        return address(scope.client)[0]

    async def _with_body(self, watcher: Any, declared: float) -> None:
        """Read the body, then ask the application; nobody waits for a client that does not send its own."""
        try:
            parts, total, broken = await self._body(watcher.proto)
            if broken or (declared != _CHUNKED and total < declared):
                watcher.proto.response_empty(400, [_SERVER])  # mostly nobody is there to read it
                watcher.done()
            else:
                self._ask(watcher, b"".join(parts), total, None)
        except BaseException as error:
            self._failed(watcher, error)

    async def _body(self, proto: Any) -> tuple[list[bytes], int, bool]:
        """As much of a body as the application reads, how long it was, and whether it broke off."""
        parts: list[bytes] = []
        total, empty, chunks = 0, 0, aiter(proto)
        while total <= _LARGEST_BODY:
            try:
                chunk = await asyncio.wait_for(anext(chunks), SILENCE)
            except StopAsyncIteration:
                break
            except TimeoutError:
                return [], total, True
            empty += not chunk
            total += len(chunk)
            if total <= self._most:
                parts.append(chunk)
        return parts, total, empty > 1  # granian ends a body with an empty chunk, and puts one in place of an error

    def _ask(self, watcher: Any, body: bytes, length: int, key: object) -> None:
        self._under_way.add(id(watcher))
        self._pool.submit(self._work, watcher, body, length, key)

    def _work(self, watcher: Any, body: bytes, length: int, key: object) -> None:
        """Ask the application, in a thread of the pool."""
        gone = _Gone(watcher.proto, self._loop)
        answer: Iterable[bytes] = ()
        try:
            environ = environment(watcher.scope, body, length)
            environ[GONE] = gone
            serial = self._serial()
            started = Started()
            answer = self._logged(environ, started)
            self._respond(watcher, environ, started, answer, serial, key)
        except BaseException as error:
            self._failed(watcher, error)
        else:
            watcher.done()
        finally:
            self._under_way.discard(id(watcher))
            gone.stop()
            if hasattr(answer, "close"):
                answer.close()

    def _respond(
        self, watcher: Any, environ: WSGIEnvironment, started: Started, answer: Iterable[bytes], serial: object, key: object
    ) -> None:  # fmt: skip
        status, headers, proto = started.status, [*started.headers, _SERVER], watcher.proto
        if status in (204, 304):
            proto.response_empty(status, headers)
        elif environ["REQUEST_METHOD"] == "HEAD":
            proto.response_bytes(status, headers, b"")
        elif FILE in environ and status in (200, 206):
            environ[SENT] = send_file(proto, status, headers, environ[FILE])
        elif any(name.lower() == "content-length" for name, _ in headers):
            whole = b"".join(answer)
            proto.response_bytes(status, headers, whole)
            if key is not None and status == 200:
                kept = [header for header in started.headers if header[0] not in (REQUEST_ID, "Date")]
                self._ready.put(key, serial, environ, kept, whole)
        else:
            try:
                self._stream(proto.response_stream(status, headers), answer)
            except BaseException:
                cut_off(*address(watcher.scope.client))
                raise

    def _stream(self, transport: Any, parts: Iterable[bytes]) -> None:
        """An answer of unknown length, each part when the client has room for it."""

        async def send(part: bytes) -> None:
            await transport.send_bytes(part)

        for part in parts:
            asyncio.run_coroutine_threadsafe(send(part), self._loop).result()

    def _failed(self, watcher: Any, error: BaseException) -> None:
        """Granian answers 500 to what nobody answers."""
        _log.error("a request could not be answered", exc_info=error)
        watcher.done()


class _Gone:
    """Whether the client has closed the connection; looked at from the first time that somebody asks."""

    def __init__(self, proto: Any, loop: asyncio.AbstractEventLoop) -> None:
        self._proto, self._loop = proto, loop
        self._watch: Future[None] | None = None

    def __call__(self) -> bool:
        if self._watch is None:
            self._watch = asyncio.run_coroutine_threadsafe(self._wait(), self._loop)
        return self._watch.done()

    async def _wait(self) -> None:
        await self._proto.client_disconnect()

    def stop(self) -> None:
        """Look no longer."""
        if self._watch is not None:
            self._watch.cancel()


def _declared(headers: Any) -> float:
    """The bytes of a body, as its header tells; a little for one in chunks, which tell themselves."""
    length = headers.get("content-length")
    if length is not None and length.isdecimal():
        return int(length)
    return _CHUNKED if "transfer-encoding" in headers else 0
