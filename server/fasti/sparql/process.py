"""The server's end of one worker process: start it, ask it, end it."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from fasti.errors import ReleaseError
from fasti.sparql import channel
from fasti.sparql.limits import Limits
from fasti.vocabulary import Vocabulary

Gone = Callable[[], bool]
Reply = tuple[Mapping[str, Any], bytes]

_START_SECONDS = 20.0
_GLANCE_SECONDS = 0.25  # how often a waiting request looks whether its client is still there
_PIECE = 1 << 16  # bytes
_MAIN = "from fasti.sparql.worker import main; main()"


class UnusableError(Exception):
    """The worker was dead or never came to life: no query is to blame."""


class Worker:
    """The server's end of one process."""

    def __init__(self, store: Path, vocabulary: Vocabulary, limits: Limits, generation: int) -> None:
        self.generation = generation
        self.ready = False
        self.held: tuple[str, ...] = ()
        self._largest = limits.answer_bytes
        self._socket, theirs = socket.socketpair()
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

    def await_ready(self) -> None:
        """Wait until the store is open.

        Raises:
            ReleaseError: the worker says that it cannot be opened.
            UnusableError: the worker says nothing.
        """
        if self.ready:
            return
        try:
            hello, _ = self._receive(time.monotonic() + _START_SECONDS, None)
        except (OSError, EOFError, ValueError) as error:
            raise UnusableError from error
        if "error" in hello:
            raise ReleaseError(hello["error"])
        self.held, self.ready = tuple(hello["held"]), True

    def ask(self, job: Mapping[str, Any], text: bytes, deadline: float, gone: Gone | None) -> Reply:
        """One job and its reply.

        Raises:
            UnusableError: the job did not reach the worker.
            TimeoutError: the deadline, a time of `time.monotonic`, has passed.
            EOFError, OSError, ValueError: the worker died of it.
            ConnectionAbortedError: the client has gone.
        """
        if self.process.poll() is not None:
            raise UnusableError
        self._socket.settimeout(max(0.01, deadline - time.monotonic()))
        try:
            self._socket.sendall(channel.frame(job, text))
        except (BrokenPipeError, ConnectionResetError) as error:
            raise UnusableError from error
        return self._receive(deadline, gone)

    def _receive(self, deadline: float, gone: Gone | None) -> Reply:
        piece, held = bytearray(_PIECE), memoryview(b"")  # most replies come whole in the first piece

        def read(length: int) -> bytes:
            nonlocal held
            if length and not held:
                held = memoryview(piece)[: self._some(memoryview(piece), deadline, gone)]
            data = bytearray(length)
            rest = memoryview(data)
            while rest:
                count = min(len(held), len(rest))
                if count:
                    rest[:count], held = held[:count], held[count:]
                else:
                    count = self._some(rest, deadline, gone)
                rest = rest[count:]
            return bytes(data)

        return channel.receive(read, self._largest)

    def _some(self, buffer: memoryview, deadline: float, gone: Gone | None) -> int:
        """A part of the reply, at least one byte."""
        count = self._wait(buffer, deadline, gone)
        if not count:
            raise EOFError
        return count

    def _wait(self, buffer: memoryview, deadline: float, gone: Gone | None) -> int:
        """What `recv_into` gives, before the deadline and while the client is there."""
        while (left := deadline - time.monotonic()) > 0:
            self._socket.settimeout(min(left, _GLANCE_SECONDS) if gone else left)
            try:
                return self._socket.recv_into(buffer)
            except TimeoutError:
                if gone is not None and gone():
                    raise ConnectionAbortedError from None
        raise TimeoutError

    def end(self) -> int:
        """Kill the process if it lives, bury it, and say how it ended (-9 is SIGKILL)."""
        self._socket.close()
        if self.process.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(0.05)  # one that is dying already may tell why
        self.process.kill()
        return int(self.process.wait())
