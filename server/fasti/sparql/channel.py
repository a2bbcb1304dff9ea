"""How the server and a worker talk: frames of a JSON header and a body of bytes over one socket pair."""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Callable, Mapping
from typing import Any

_LENGTHS = struct.Struct(">II")
_LARGEST_HEADER = 8 << 20

Read = Callable[[int], bytes]
Header = Mapping[str, Any]


def frame(header: Header, body: bytes = b"") -> bytes:
    """The bytes of one message."""
    text = json.dumps(header).encode()
    return b"".join((_LENGTHS.pack(len(text), len(body)), text, body))


def receive(read: Read, largest_body: int) -> tuple[Header, bytes]:
    """The next message.

    Args:
        read: gives exactly that many bytes, or raises.
        largest_body: most bytes of a body that are believed.

    Raises:
        ValueError: what came is not a message.
    """
    header_length, body_length = _LENGTHS.unpack(read(_LENGTHS.size))
    if header_length > _LARGEST_HEADER or body_length > largest_body:
        raise ValueError(f"a message of {header_length} and {body_length} bytes was announced")
    header = json.loads(read(header_length))
    if not isinstance(header, dict):
        raise ValueError("a message has a JSON object as its header")
    return header, read(body_length)


def read_descriptor(descriptor: int) -> Read:
    """A blocking reader of a file descriptor; EOFError at its end."""

    def read(length: int) -> bytes:
        data = bytearray()
        while len(data) < length:
            chunk = os.read(descriptor, min(length - len(data), 1 << 20))
            if not chunk:
                raise EOFError
            data += chunk
        return bytes(data)

    return read


def write_descriptor(descriptor: int, data: bytes) -> None:
    """Write all of it, however long that takes."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
