"""How the server and a worker talk: messages of a JSON header and a body of bytes over one socket pair.

A message is one frame or several, and only the last one's header counts: a body may be sent while it is made.
"""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

_LEAD = struct.Struct(">?II")  # whether another frame follows; lengths of header and body
_LARGEST_HEADER = 8 << 20
_NO_HEADER: Mapping[str, Any] = {}

Header = Mapping[str, Any]
Message = tuple[Header, bytes]


def frame(header: Header, body: bytes = b"", *, more: bool = False) -> bytes:
    """The bytes of a message, or of a part of it when `more` follows."""
    text = json.dumps(header).encode() if header else b""
    return b"".join((_LEAD.pack(more, len(text), len(body)), text, body))


class Incoming:
    """The messages that come over a connection, from the bytes in which they happen to come.

    Args:
        largest_body: most bytes of a body that are believed.
    """

    def __init__(self, largest_body: int) -> None:
        self._largest = largest_body
        self._pieces: list[bytes] = []  # of a frame that is not complete
        self._length, self._wanted = 0, _LEAD.size  # bytes that have come of it, and without which it says nothing new
        self._bodies: list[bytes] = []

    def take(self, data: bytes) -> Message | None:
        """The first message that is complete with these bytes; None for as long as there is more to come.

        Raises:
            ValueError: what came is not a message.
        """
        self._pieces.append(data)
        self._length += len(data)
        while self._length >= self._wanted:
            whole = b"".join(self._pieces)
            more, header_length, body_length = _LEAD.unpack_from(whole)
            begin = _LEAD.size + header_length
            self._wanted = begin + body_length
            self._believe(header_length, body_length)
            if self._length < self._wanted:
                self._pieces = [whole]
                break
            self._bodies.append(whole[begin : self._wanted])
            header, rest = whole[_LEAD.size : begin], whole[self._wanted :]
            self._pieces, self._length, self._wanted = [rest], len(rest), _LEAD.size
            if not more:
                body, self._bodies = b"".join(self._bodies), []
                return _read(header), body
        return None

    def _believe(self, header_length: int, body_length: int) -> None:
        body_length += sum(map(len, self._bodies))
        if header_length > _LARGEST_HEADER or body_length > self._largest:
            raise ValueError(f"a message of {header_length} and {body_length} bytes was announced")


@lru_cache(maxsize=64)
def _parsed(text: bytes) -> Header:
    """Most headers are like many before."""
    header = json.loads(text)
    if not isinstance(header, dict):
        raise ValueError("a message has a JSON object as its header")
    return header


def _read(text: bytes) -> Header:
    return _parsed(text) if text else _NO_HEADER


def reader(descriptor: int, largest_body: int) -> Callable[[], Message]:
    """A function that waits for the next message of a file descriptor; EOFError at its end."""
    incoming = Incoming(largest_body)

    def receive() -> Message:
        message = None
        while message is None:
            data = os.read(descriptor, 1 << 15)
            if not data:
                raise EOFError
            message = incoming.take(data)
        return message

    return receive


def write_descriptor(descriptor: int, data: bytes) -> None:
    """Write all of it, however long that takes."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
