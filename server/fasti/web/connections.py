"""The connections of this process to its clients, as the system knows them."""

from __future__ import annotations

import contextlib
import os
import socket
import stat


def cut_off(address: str, port: str) -> None:
    """Close the connection to a client: granian would end an answer of unknown length as if it were whole."""
    for name in os.listdir("/dev/fd"):  # noqa: PTH208 - numbers, not paths
        with contextlib.suppress(OSError):
            if not stat.S_ISSOCK(os.fstat(int(name)).st_mode):
                continue
            with socket.socket(fileno=os.dup(int(name))) as connection:
                peer = connection.getpeername()
                if isinstance(peer, tuple) and (peer[0], str(peer[1])) == (address, port):
                    connection.shutdown(socket.SHUT_RDWR)
