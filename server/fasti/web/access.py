"""The access log: one JSON object a line, for each request when its answer is complete."""

from __future__ import annotations

import json
import re
import sys
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

REQUEST_ID = "X-Request-ID"
_ACCEPTED_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")
_LONGEST = 2000  # characters of what a client sent, per member


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
        given = environ.get("HTTP_X_REQUEST_ID", "")
        self.id = given if _ACCEPTED_ID.fullmatch(given) else uuid.uuid4().hex
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
        took = round((time.perf_counter() - self.clock) * 1000, 1)
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(self.began)) + f".{int(self.began % 1 * 1000):03d}Z"
        members = {"time": stamp, "id": self.id, "client": self.environ.get("REMOTE_ADDR", ""),
                   "method": self.environ["REQUEST_METHOD"], "path": _text(self.environ.get("PATH_INFO", "")),
                   "query": self.environ.get("QUERY_STRING", ""), "status": self.status, "bytes": self.bytes, "ms": took,
                   "agent": self.environ.get("HTTP_USER_AGENT", ""), "referer": self.environ.get("HTTP_REFERER", "")}  # fmt: skip
        line = {
            name: value[:_LONGEST] if isinstance(value, str) else value
            for name, value in members.items()
            if value != ""
        }
        self.write(json.dumps(line) + "\n")


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


def _text(path: str) -> str:
    """WSGI has the bytes of a path as Latin-1 (PEP 3333)."""
    return path.encode("latin-1", "replace").decode("utf-8", "replace")
