"""The production server under `fasti serve`: says what it serves and where, logs requests, stops gracefully."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import fcntl
import gc
import os
import signal
import socket
import stat
import sys
import termios
from collections.abc import Callable, Container, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from flask import Flask
from granian import _granian
from granian.http import HTTP1Settings

from fasti.errors import UsageError
from fasti.release import Release
from fasti.sparql import Limits
from fasti.web import create_app, current
from fasti.web.access import AccessLog
from fasti.web.current import CurrentRelease
from fasti.web.direct import DirectQueries
from fasti.web.first import FirstAnswers
from fasti.web.gateway import Gateway
from fasti.web.metrics import metrics_of
from fasti.web.ready import ReadyAnswers

# Queries wait in threads for their worker process: that many of them never keep a page from being answered.
THREADS = Limits().workers + Limits().queue + 12
GRACE = 35.0  # seconds that requests under way are given when the server is told to stop: a query's deadline and some
LOOK = 0.1  # seconds between two looks at which release is current
# What glibc's mallopt is told: how many pools of memory all threads share, and from how many bytes on something gets
# pages of its own, which go back to the system when it is freed (else the largest body freed so far decides).
_ALLOCATOR = {"M_ARENA_MAX": (-8, 2), "M_MMAP_THRESHOLD": (-3, 1 << 18), "M_TRIM_THRESHOLD": (-1, 1 << 20)}
_BACKLOG = 1024  # connections that the kernel holds for us
_CONNECTIONS = 1000  # that are served at once: slow clients cost a descriptor each, not a thread
_QUIET = 3  # tenths of a second without anything under way, after which nothing is
_SILENCE = 30_000  # milliseconds that a connection may be silent between two requests, or take none of an answer
_rust: Any = _granian  # the types that come with granian lag behind its Rust part
_HTTP = HTTP1Settings(header_read_timeout=_SILENCE, max_buffer_size=1 << 20)


def serve(releases: Path, host: str, port: int, *, say: Callable[[str], None], **settings: object) -> None:
    """Serve until interrupted or told to terminate; requests under way are then finished first.

    Args:
        releases: folder whose `current` release is served; a later one is picked up.
        host: address to listen on.
        port: port to listen on; 0 takes a free one.
        say: told what is served and where.
        settings: of the application, see `create_app`.

    Raises:
        ReleaseError: there is no release, or it is damaged.
        UsageError: the address cannot be listened on.
    """
    app = create_app(releases, **settings)
    view = current(app)
    try:
        release = view.release()
        _spare_memory()
        sockets = _listening(host, port)
        for text in _announcement(release, host, sockets[0].getsockname()[1]):
            say(text)
        asyncio.run(_Service(app, view).run(sockets))
        say("stopped")
    finally:
        view.close()


def _spare_memory() -> None:
    """Keep little of what is no longer used; to be called when all is loaded and before there are threads.

    Without this, dozens of threads each keep freed memory to themselves, and a release that was replaced stays
    open until a full collection, which Python puts off for as long as most objects are old.
    """
    gc.collect()
    gc.freeze()  # what is loaded now stays: no collection looks at it, so that full ones are cheap and come soon
    with contextlib.suppress(OSError, AttributeError):  # another system, another C library
        library = ctypes.CDLL(None)
        for number, value in _ALLOCATOR.values():
            library.mallopt(number, value)


def _listening(host: str, port: int) -> list[socket.socket]:
    """A socket for each address of the host, all on one port."""
    opened: list[socket.socket] = []
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for family, address in dict.fromkeys((family, address) for family, _, _, _, address in found):
            number = opened[0].getsockname()[1] if opened else port
            opened.append(socket.create_server((address[0], number), family=family, backlog=_BACKLOG))
            if hasattr(socket, "TCP_USER_TIMEOUT"):  # on Linux; what is accepted inherits it
                opened[-1].setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _SILENCE)
    except (OSError, OverflowError) as error:
        for each in opened:
            each.close()
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"cannot listen on {host}:{port} ({reason}); choose another --port") from error
    return opened


def _announcement(release: Release, host: str, port: int) -> Iterator[str]:
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{port}/"
    yield f"serving release {release.id} ({release.counts['quads']} statements) at {address}"
    if release.base.rstrip("/").rpartition(":")[2] != str(port):
        yield f"its IRIs begin with {release.base}: build with --base {address} for them to answer here"


class _Direct(_granian.CallbackScheduler):
    """Hands granian's requests to a function in the thread that brings them; granian's own goes through the loop."""

    __slots__ = ()

    def __init__(self, loop: asyncio.AbstractEventLoop, request: Callable[[Any], None], *unused: None) -> None:
        super().__init__()
        self._schedule_fn = request


class _Service:
    """One run of the server, on the loop of this thread."""

    def __init__(self, app: Flask, view: CurrentRelease) -> None:
        self.app, self.view = app, view
        self.pool = ThreadPoolExecutor(THREADS, "request")
        self.told = 0  # how often it was told to stop: once means finish, twice means now
        self.stop = asyncio.Event()

    async def run(self, sockets: Sequence[socket.socket]) -> None:
        """Serve until told to stop, then as long as the requests under way need."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._heard)
        gateway = self._gateway(loop)
        servers = [_Listener(each, gateway, loop) for each in sockets]
        looking = loop.create_task(self._look())
        await self.stop.wait()
        self.stop.clear()
        for server in servers:
            server.stop()
        finished, impatient = (loop.create_task(each) for each in (_finished(gateway, servers), self.stop.wait()))
        await asyncio.wait((finished, impatient), timeout=GRACE, return_when=asyncio.FIRST_COMPLETED)
        for task in (looking, finished, impatient):
            task.cancel()
        self.view.close()  # queries that still run end here, and with them the threads that wait for them
        self.pool.shutdown(wait=False, cancel_futures=True)

    def _gateway(self, loop: asyncio.AbstractEventLoop) -> Gateway:
        config, hops = self.app.config, int(self.app.config["PROXY_HOPS"])
        ready = ReadyAnswers(lambda: self.view.serial, float(config["PAGE_MAX_AGE"]))
        packed, metrics = self.app.extensions["fasti.packed"], metrics_of(self.app)
        first = FirstAnswers(lambda: self.view.opened, packed, config["PAGE_MAX_AGE"], hops)
        queries = DirectQueries(self.view, first.root, packed, metrics, self.pool)
        return Gateway(
            self.app, self.pool, loop, ready, first, queries, lambda: self.view.serial, metrics,
            hops=hops, most_bytes=int(config["MAX_CONTENT_LENGTH"]),
        )  # fmt: skip

    def _heard(self) -> None:
        self.told += 1
        self.stop.set()

    async def _look(self) -> None:
        """Let a release that becomes current be opened, also when every answer is ready and nobody asks for it."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(LOOK)
            with contextlib.suppress(Exception):  # who asks next is told
                await loop.run_in_executor(self.pool, self.view.release)


class _Listener:
    """Granian on one socket."""

    def __init__(self, listening: socket.socket, gateway: Gateway, loop: asyncio.AbstractEventLoop) -> None:
        self.port: int = listening.getsockname()[1]
        self._signal = _granian.WorkerSignal()
        listening.setblocking(False)
        holder = _rust.SocketHolder(listening.detach(), False, _BACKLOG)
        self._worker = _rust.RSGIWorker(1, (None, holder), None, backpressure=_CONNECTIONS, http1_opts=_HTTP)
        self._worker.serve_async(_Direct(loop, gateway.request, None, None, None), loop, self._signal)

    def stop(self) -> None:
        """Take no more connections, and close those that nothing is under way on."""
        self._signal.set()


async def _finished(gateway: Gateway, servers: Sequence[_Listener]) -> None:
    """Wait until nothing is under way: granian would also wait for who has sent half a request."""
    ports = {server.port for server in servers}
    quiet = 0
    while quiet < _QUIET:
        await asyncio.sleep(0.1)
        quiet = 0 if gateway.busy or any(_unsent(ports)) else quiet + 1


def _unsent(ports: Container[int]) -> Iterator[bool]:
    """For each connection to one of these ports, whether its client has yet to take some of what was sent."""
    for name in os.listdir("/dev/fd"):  # noqa: PTH208 - numbers, not paths
        with contextlib.suppress(OSError):
            if not stat.S_ISSOCK(os.fstat(int(name)).st_mode):
                continue
            with socket.socket(fileno=os.dup(int(name))) as connection:
                address = connection.getsockname()
                if isinstance(address, tuple) and address[1] in ports:
                    waiting = fcntl.ioctl(connection, termios.TIOCOUTQ, bytes(4))
                    yield int.from_bytes(waiting, sys.byteorder) > 0


__all__ = ["AccessLog", "serve"]
