"""The access log: one JSON object a line, for each request when its answer is complete."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

REQUEST_ID = "X-Request-ID"
SENT = "fasti.sent"  # in the environment: bytes of a body that the server takes from elsewhere than the application
_ACCEPTED_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")
_LONGEST = 2000  # characters of what a client sent, per member
_PROCESS, _NUMBERS = os.urandom(8).hex(), count(1)  # together a name that no other request has, here or elsewhere


class AccessLog:
    """Writes the log, and gives each request an identifier that its answer carries too (`X-Request-ID`).

    A proxy's identifier is kept. Members: time (when it began, UTC), id, client, method, path, query, status,
    bytes, ms, agent, referer. Everything a client sent is escaped by JSON and cut, so nobody can forge a line.
    """

    def __init__(self, app: WSGIApplication, write: Callable[[str], object] | None = None) -> None:
        self.app = app
        self.write = write or sys.stderr.write

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The application's answer, logged when it has been handed over or given up."""
        entry = _Entry(environ, self.write)

        def started(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            entry.status = int(status[:3])
            named = [header for header in headers if header[0].lower() != REQUEST_ID.lower()]
            return start_response(status, [*named, (REQUEST_ID, entry.id)], *rest)

        try:
            answer = self.app(environ, started)
        except BaseException:
            entry.log()
            raise
        return _Answer(answer, entry)


class _Entry:
    """What is known of a request so far."""

    def __init__(self, environ: WSGIEnvironment, write: Callable[[str], object]) -> None:
        self.id = request_id(environ.get("HTTP_X_REQUEST_ID", ""))
        environ["fasti.request_id"] = self.id
        self.environ, self.write = environ, write
        self.began, self.clock = time.time(), time.perf_counter()
        self.status, self.bytes = 500, 0
        self.logged = False

    def log(self) -> None:
        """Write the line, once."""
        if self.logged:
            return
        self.logged = True
        about, seconds = self.environ, time.perf_counter() - self.clock
        asked = (about["REQUEST_METHOD"], _text(about.get("PATH_INFO", "")), _text(about.get("QUERY_STRING", "")))
        who = (about.get("REMOTE_ADDR", ""), about.get("HTTP_USER_AGENT", ""), about.get("HTTP_REFERER", ""))
        size = self.bytes or about.get(SENT, 0)
        self.write(line(self.began, self.id, asked, self.status, size, seconds, who))


class _Answer:
    """The body of an answer; counts what is taken of it and logs at its end."""

    def __init__(self, parts: Iterable[bytes], entry: _Entry) -> None:
        self.parts, self.entry = parts, entry

    def __iter__(self) -> Iterator[bytes]:
        for part in self.parts:
            self.entry.bytes += len(part)
            yield part

    def close(self) -> None:
        """Called by the server when the answer is complete or the client gone (PEP 3333)."""
        try:
            if hasattr(self.parts, "close"):
                self.parts.close()
        finally:
            self.entry.log()


def request_id(given: str) -> str:
    """The identifier that a proxy gave, if it is a fitting one, or else a new one."""
    return given if given and _ACCEPTED_ID.fullmatch(given) else f"{_PROCESS}{next(_NUMBERS):016x}"


def line(
    began: float, identifier: str, asked: tuple[str, str, str], status: int, size: int, seconds: float,
    who: tuple[str, str, str],
) -> str:  # fmt: skip
    """One line of the log.

    Args:
        began: seconds since 1970.
        identifier: of the request, from `request_id`.
        asked: method, path and query.
        status: of the answer.
        size: bytes of its body.
        seconds: how long it took.
        who: the client's address, what it calls itself, and where it comes from.
    """
    stamp = f"{_second(int(began))}.{int(began % 1 * 1000):03d}Z"
    method, path, query = asked
    client, agent, referer = who
    return (
        f'{{"time": "{stamp}", "id": "{identifier}"{_member("client", client)}{_member("method", method)}'
        f'{_member("path", path)}{_member("query", query)}, "status": {status}, "bytes": {size}, '
        f'"ms": {seconds * 1000:.1f}{_member("agent", agent)}{_member("referer", referer)}}}\n'
    )


@lru_cache(maxsize=1024)
def _member(name: str, value: str) -> str:
    return f', "{name}": {json.dumps(value[:_LONGEST])}' if value else ""


@lru_cache(maxsize=4)
def _second(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))


def _text(path: str) -> str:
    """WSGI has the bytes of a path as Latin-1 (PEP 3333)."""
    return path.encode("latin-1", "replace").decode("utf-8", "replace")
