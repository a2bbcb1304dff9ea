"""Answers that are ready to be sent, kept whole by what a request may vary in, for as long as the release is served."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

from werkzeug.datastructures import Headers
from werkzeug.http import remove_entity_headers

KEEP = "fasti.keep"  # in the environment of a request: its answer says nothing but what the release does
ROUTE = "fasti.route"  # there too: the pattern that its path matched, for the numbers
# What an answer may depend on besides method, path and query; `Vary` tells caches elsewhere of the rest.
VARYING = ("accept", "accept-encoding", "accept-language", "host")
FORWARDED = ("x-forwarded-host", "x-forwarded-port", "x-forwarded-prefix", "x-forwarded-proto")
# Requests with one of these are the application's: they are rare, and subtle.
UNREADY = ("range", "if-range", "if-match", "if-unmodified-since", "content-length", "transfer-encoding", "expect")
_OVERHEAD = 4096  # bytes that an answer takes besides its body


@dataclass(frozen=True, slots=True)
class Ready:
    """A complete answer to GET: headers without what differs between two requests, and the body as it is sent."""

    headers: list[tuple[str, str]]
    body: bytes
    tag: str
    modified: str
    route: str
    until: float
    """A time of `time.monotonic`, from when on the application is asked again."""
    size: int
    """Bytes of memory, about."""

    @property
    def bare(self) -> list[tuple[str, str]]:
        """The headers of a 304 (RFC 9110, section 15.4.5)."""
        bare = Headers(self.headers)
        remove_entity_headers(bare)
        return list(bare)

    def is_current(self, if_none_match: str | None, if_modified_since: str | None) -> bool:
        """Whether the client's copy is this one (RFC 9110, section 13.2.2)."""
        if if_none_match is not None:
            tags = (tag.strip().removeprefix("W/") for tag in if_none_match.split(","))
            return if_none_match == self.tag or if_none_match.strip() == "*" or self.tag in tags
        return if_modified_since is not None and if_modified_since == self.modified


class ReadyAnswers:
    """At most `most_bytes` of them, the oldest go first; all go when `serial` changes: another release is served."""

    def __init__(self, serial: Callable[[], object], seconds: float, most_bytes: int = 48 << 20) -> None:
        self.bytes = 0
        self._serial, self._seconds, self._most = serial, seconds, most_bytes
        self._of: object = None
        self._answers: dict[Hashable, Ready] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Ready | None:
        """The answer for a key; None when the application has to be asked."""
        found = self._answers.get(key)
        if found is None or self._of != self._serial() or found.until < time.monotonic():
            return None
        return found

    def put(
        self, key: Hashable, serial: object, environ: Mapping[str, object], headers: list[tuple[str, str]], body: bytes
    ) -> None:
        """Keep an answer of status 200 that the application made when `serial` was served, if it may be kept."""
        told = {name for name, _ in headers}
        if KEEP in environ and "ETag" in told:
            self.keep(key, serial, str(environ.get(ROUTE, "none")), headers, body)

    def keep(self, key: Hashable, serial: object, route: str, headers: list[tuple[str, str]], body: bytes) -> Ready:
        """The answer as it is sent, kept if there is room for it and `serial` is served still."""
        made = self.made(key, route, headers, body)
        with self._lock:
            if self._seconds and len(body) <= self._most // 8 and serial == self._serial():
                if self._of != serial:
                    self._of, self._answers, self.bytes = serial, {}, 0
                self._keep(key, made)
        return made

    def made(self, key: Hashable, route: str, headers: list[tuple[str, str]], body: bytes) -> Ready:
        """The answer as it is sent."""
        told = dict(headers)
        until, size = time.monotonic() + self._seconds, len(body) + len(repr(key)) + _OVERHEAD
        return Ready(headers, body, told["ETag"], told.get("Last-Modified", ""), route, until, size)

    def _keep(self, key: Hashable, made: Ready) -> None:
        old = self._answers.pop(key, None)
        self.bytes += made.size - (old.size if old else 0)
        self._answers[key] = made
        while self.bytes > self._most:
            self.bytes -= self._answers.pop(next(iter(self._answers))).size
