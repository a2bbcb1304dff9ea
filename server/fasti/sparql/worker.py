"""The process that answers one public query after the other, and may die of any of them.

It talks over its standard input, a socket, and ends when the server closes the other end.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fasti.errors import FastiError, QueryError
from fasti.sparql import channel, confinement
from fasti.store import Dataset
from fasti.store.answers import (
    InexpressibleError,
    MalformedQueryError,
    OversizedAnswerError,
    PublicQuery,
    answer,
    graph_sizes,
    parse_only,
)
from fasti.vocabulary import Vocabulary

_SOCKET = 0
_STACK = 256 << 20  # bytes: the engine recurses over a query, and what screening lets through has to fit
_LARGEST_JOB = 64 << 20


def serve(store: Path, base: str, memory_bytes: int) -> None:
    """Answer until the server is gone."""
    try:
        held = confinement.confine()
        dataset = Dataset.read_only(store, Vocabulary(base))
        held += ["memory"] * confinement.cap_memory(memory_bytes)
    except FastiError as error:
        _send({"error": str(error)})
        return
    _send({"ready": True})
    receive, allowance = channel.reader(_SOCKET, _LARGEST_JOB), confinement.Allowance()
    with contextlib.suppress(EOFError):
        while True:
            job, text = receive()
            allowance.allow(job["seconds"])
            _send(*({"held": held}, b"") if job["task"] == "belts" else _respond(dataset, job, text))


def _send(header: Mapping[str, Any], body: bytes = b"") -> None:
    channel.write_descriptor(_SOCKET, channel.frame(header, body))


def _send_early(part: bytes) -> None:
    """Send a part of a body that is still being made; the message's end tells whether it counts."""
    channel.write_descriptor(_SOCKET, channel.frame({}, part, more=True))


def _respond(dataset: Dataset, job: Mapping[str, Any], text: bytes) -> tuple[Mapping[str, Any], bytes]:
    """The reply: an empty header and the answer, or what of it was not sent early; or what went wrong."""
    try:
        if job["task"] == "sizes":
            return {}, json.dumps(graph_sizes(dataset)).encode()
        query = PublicQuery(text=text.decode(), **job["query"])
        if job["task"] == "parse":
            parse_only(dataset, query)
            return {}, b""
        return {}, answer(dataset, query, _send_early)
    except MalformedQueryError as error:
        return {"code": "syntax", "detail": str(error), "offset": error.offset}, b""
    except OversizedAnswerError as error:
        return {"code": "answer-too-large", "detail": str(error)}, b""
    except InexpressibleError as error:
        return {"code": "inexpressible", "detail": str(error), "alternatives": error.alternatives}, b""
    except QueryError as error:
        return {"code": "unanswerable", "detail": str(error)}, b""
    except MemoryError:
        return {"code": "memory", "detail": ""}, b""


def main() -> None:
    """Serve as the arguments say: store, base IRI, memory; then end without tidying up."""
    os.nice(5)  # pages come first
    store, base, memory_bytes = sys.argv[1:]
    threading.stack_size(_STACK)
    thread = threading.Thread(target=serve, args=(Path(store), base, int(memory_bytes)), daemon=True)
    thread.start()
    thread.join()
    os._exit(0)


if __name__ == "__main__":
    main()
