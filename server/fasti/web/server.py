"""The production server under `fasti serve`: says what it serves and where, logs requests, stops gracefully."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import signal
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import waitress
from waitress import wasyncore

from fasti.errors import UsageError
from fasti.release import Release
from fasti.sparql import Limits
from fasti.web import create_app, current
from fasti.web.access import AccessLog
from fasti.web.sparql import GONE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Queries wait in threads for their worker process: that many of them never keep a page from being answered.
THREADS = Limits().workers + Limits().queue + 12
_ARENA_MAX = -8  # M_ARENA_MAX of glibc's mallopt: how many pools of memory all threads share
GRACE = 35.0  # seconds that requests under way are given when the server is told to stop: a query's deadline and some
SERVER = {
    "threads": THREADS,
    "connection_limit": 1000,  # slow clients cost a descriptor each, not a thread
    "channel_timeout": 30,  # seconds that a connection may be silent while nothing is being answered
    "cleanup_interval": 5,
    "max_request_header_size": 1 << 20,  # a query in the address, every byte of it escaped
    "max_request_body_size": 64 << 20,  # beyond what the application refuses with a problem document
    "log_socket_errors": False,  # clients go away
    "ident": None,
    "clear_untrusted_proxy_headers": False,  # the application believes them only when told to
}


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
    release = view.release()
    _spare_memory()
    server = _listening(AccessLog(_watched(app)), host, port)
    for line in _announcement(release, host, server):
        say(line)
    try:
        with _told_to_stop(server) as stop:
            _run(server, stop)
        say("stopped")
    finally:
        server.close()
        view.close()


def _spare_memory() -> None:
    """Keep little of what is no longer used; to be called when all is loaded and before there are threads.

    Without this, dozens of threads each keep freed memory to themselves, and a release that was replaced stays
    open until a full collection, which Python puts off for as long as most objects are old.
    """
    gc.collect()
    gc.freeze()  # what is loaded now stays: no collection looks at it, so that full ones are cheap and come soon
    with contextlib.suppress(OSError, AttributeError):  # another system, another C library
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 2)


def _listening(app: WSGIApplication, host: str, port: int) -> Any:
    try:
        return waitress.create_server(app, host=host, port=port, **SERVER)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"cannot listen on {host}:{port} ({reason}); choose another --port") from error


def _watched(app: WSGIApplication) -> WSGIApplication:
    """The application, which can ask whether its client is still there."""

    def call(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ[GONE] = lambda: _gone(environ)
        return app(environ, start_response)

    return call


def _gone(environ: WSGIEnvironment) -> bool:
    """Whether the client has closed its side; waitress itself looks only between two requests."""
    channel = getattr(environ.get("waitress.client_disconnected"), "__self__", None)
    if channel is None or channel.socket is None:
        return False
    try:
        return not channel.socket.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return False
    except OSError:
        return True


def _announcement(release: Release, host: str, server: Any) -> Iterator[str]:
    listening = getattr(server, "effective_listen", None) or [(server.effective_host, server.effective_port)]
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listening[0][1]}/"
    yield f"serving release {release.id} ({release.counts['quads']} statements) at {address}"
    if release.base.rstrip("/").rpartition(":")[2] != str(listening[0][1]):
        yield f"its IRIs begin with {release.base}: build with --base {address} for them to answer here"


class _Stop:
    """How often the server was told to stop: once means finish, twice means now."""

    times = 0


@contextlib.contextmanager
def _told_to_stop(server: Any) -> Iterator[_Stop]:
    """SIGTERM and SIGINT are heard, and the handlers of before restored."""
    stop, listeners = _Stop(), _listeners(server)

    def heard(number: int, frame: FrameType | None) -> None:
        stop.times += 1
        for listener in listeners:
            listener.pull_trigger()  # the loop may be asleep

    before = {number: signal.signal(number, heard) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _run(server: Any, stop: _Stop) -> None:
    """Waitress's loop, and after the signal as much of it as the requests under way need."""
    while not stop.times:
        _turn(server, 1.0)
    for listener in _listeners(server):
        wasyncore.dispatcher.close(listener)
    give_up = time.monotonic() + GRACE
    while stop.times < 2 and time.monotonic() < give_up and any(_busy(channel) for channel in _channels(server)):
        for channel in _channels(server):
            if not _busy(channel):
                channel.will_close = True  # kept alive and silent: nothing to wait for
        _turn(server, 0.1)
    server.task_dispatcher.shutdown(cancel_pending=True, timeout=1)


def _turn(server: Any, seconds: float) -> None:
    wasyncore.loop(timeout=seconds, map=_sockets(server), use_poll=True, count=1)


def _sockets(server: Any) -> dict[int, Any]:
    """Everything that waitress polls; a server on several addresses keeps it elsewhere."""
    found: dict[int, Any] = server.map if hasattr(server, "map") else server._map
    return found


def _listeners(server: Any) -> list[Any]:
    return [each for each in _sockets(server).values() if hasattr(each, "active_channels")]


def _channels(server: Any) -> list[Any]:
    return [each for each in _sockets(server).values() if hasattr(each, "requests")]


def _busy(channel: Any) -> bool:
    return bool(channel.requests or channel.total_outbufs_len)


__all__ = ["AccessLog", "serve"]
