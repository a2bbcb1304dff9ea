"""The server's end of one worker process: start it, ask it, end it."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from fasti.errors import ReleaseError
from fasti.sparql import channel
from fasti.sparql.limits import Limits
from fasti.vocabulary import Vocabulary

Gone = Callable[[], bool]
Reply = channel.Message

START_SECONDS = 20.0
_TAKEN_WITHIN = struct.pack("ll", 1, 0)  # seconds, as `struct timeval`: a worker that takes no job is none
_PIECE = 1 << 15  # bytes that are received at once: what is larger is costly to allocate
_MAIN = "from fasti.sparql.worker import main; main()"


class UnusableError(Exception):
    """The worker was dead or never came to life: no query is to blame."""


class Worker:
    """The server's end of one process."""

    def __init__(self, store: Path, vocabulary: Vocabulary, limits: Limits, generation: int) -> None:
        self.generation = generation
        self.ready = False
        self._incoming = channel.Incoming(limits.answer_bytes)
        self._socket, theirs = socket.socketpair()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, _TAKEN_WITHIN)
        command = [
            sys.executable,
            "-c",
            _MAIN,
            str(store.resolve()),
            vocabulary.base,
            str(limits.memory_bytes),
        ]
        with theirs:
            self.process = subprocess.Popen(
                command,
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONUTF8": "1"},
                start_new_session=True,  # Ctrl-C at the server's terminal is the server's to handle
            )

    def fileno(self) -> int:
        """Of the socket: readable when something has come."""
        return self._socket.fileno()

    def await_ready(self) -> None:
        """Wait until the store is open; not for a worker whose messages another thread receives.

        Raises:
            ReleaseError: the worker says that it cannot be opened.
            UnusableError: the worker says nothing.
        """
        give_up = time.monotonic() + START_SECONDS
        while not self.ready:
            if not select.select([self], [], [], max(0.0, give_up - time.monotonic()))[0]:
                raise UnusableError
            try:
                self.receive()
            except (OSError, EOFError, ValueError) as error:
                raise UnusableError from error

    def send(self, message: bytes) -> None:
        """Send a job, which the worker reads at once: it has none.

        Raises:
            UnusableError: the job did not reach the worker.
        """
        try:
            self._socket.sendall(message)
        except OSError as error:
            raise UnusableError from error

    def receive(self) -> Reply | None:
        """The reply to the job, without waiting; None when it is not complete.

        Raises:
            ReleaseError: the worker says that it cannot open the store.
            EOFError, OSError, ValueError: it died.
        """
        try:
            data = self._socket.recv(_PIECE, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return None
        if not data:
            raise EOFError
        message = self._incoming.take(data)
        if message is None or self.ready:
            return message
        hello, _ = message
        if "error" in hello:
            raise ReleaseError(hello["error"])
        self.ready = True
        return self._incoming.take(b"")  # it may have had a job before it could say so, and done it already

    def end(self) -> int:
        """Kill the process if it lives, bury it, and say how it ended (-9 is SIGKILL)."""
        self._socket.close()
        if self.process.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(0.05)  # one that is dying already may tell why
        self.process.kill()
        return int(self.process.wait())
