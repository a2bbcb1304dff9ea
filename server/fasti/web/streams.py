"""Answers that are written while they are read: what would be too much to hold in memory for everybody who asks."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterator
from itertools import chain

from flask import Response, request
from werkzeug.exceptions import ServiceUnavailable

_STREAMS = threading.BoundedSemaphore(4)  # that are written at once: each holds a thread while it is read


def streamed(pieces: Iterator[bytes], content_type: str) -> Response:
    """An answer of these pieces; the first is made at once, so that what fails fails with a status.

    Raises:
        ServiceUnavailable: too many are being written.
    """
    if not _STREAMS.acquire(blocking=False):
        raise ServiceUnavailable("Too many files are being written at the moment.", retry_after=60)
    try:
        begin = next(pieces, b"") if request.method == "GET" else b""
    except BaseException:
        _STREAMS.release()
        raise
    response = Response(chain((begin,), pieces), content_type=content_type)
    response.call_on_close(weakref.finalize(response, _STREAMS.release))  # once, also when nobody closes it
    response.headers["Accept-Ranges"] = "none"
    return response
