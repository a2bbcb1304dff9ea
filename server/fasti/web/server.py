"""The production server under `fasti serve`: says what it serves and where, logs requests, stops gracefully."""

from __future__ import annotations

import signal
import socket
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import waitress

from fasti.errors import UsageError
from fasti.sparql import Limits
from fasti.web import create_app, current
from fasti.web.sparql import GONE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Queries wait in threads for their worker process: that many of them never keep a page from being answered.
THREADS = Limits().workers + Limits().queue + 12
SERVER = {
    "threads": THREADS,
    "connection_limit": 1000,  # slow clients cost a descriptor each, not a thread
    "channel_timeout": 30,  # seconds that a connection may be silent while nothing is being answered
    "cleanup_interval": 5,
    "asyncore_use_poll": True,  # select() knows 1024 descriptors
    "max_request_header_size": 1 << 20,  # a query in the address, every byte of it escaped
    "max_request_body_size": 64 << 20,  # beyond what the application refuses with a problem document
    "log_socket_errors": False,  # clients go away
    "ident": None,
    "clear_untrusted_proxy_headers": False,  # the application believes them only when told to
}


def serve(releases: Path, host: str, port: int, *, say: Callable[[str], None]) -> None:
    """Serve until interrupted or told to terminate.

    Args:
        releases: folder whose `current` release is served; a later one is picked up.
        host: address to listen on.
        port: port to listen on; 0 takes a free one.
        say: told what is served and where.

    Raises:
        ReleaseError: there is no release, or it is damaged.
        UsageError: the address cannot be listened on.
    """
    app = create_app(releases)
    view = current(app)
    release = view.release()
    try:
        server = waitress.create_server(AccessLog(app), host=host, port=port, **SERVER)
    except OSError as error:
        raise UsageError(f"cannot listen on {host}:{port} ({error.strerror}); choose another --port") from error
    address = f"http://{host}:{server.effective_port}/"
    say(f"serving release {release.id} ({release.counts['quads']} statements) at {address}")
    if release.base.rstrip("/").rpartition(":")[2] != str(server.effective_port):
        say(f"its IRIs begin with {release.base}: build with --base {address} for them to answer here")
    previous = signal.signal(signal.SIGTERM, _stop)
    try:
        server.run()
    except (KeyboardInterrupt, SystemExit):
        say("stopped")
    finally:
        signal.signal(signal.SIGTERM, previous)
        server.close()
        view.close()


def _stop(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


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


class AccessLog:
    """One line a request on standard error: time, method, path, status, milliseconds."""

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The application's answer; what it was is logged as soon as its status is known."""
        began = time.perf_counter()
        environ[GONE] = lambda: _gone(environ)

        def started(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            took = (time.perf_counter() - began) * 1000
            path = environ.get("PATH_INFO", "").encode("latin-1", "replace").decode("utf-8", "replace")
            line = f"{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())} {environ['REQUEST_METHOD']} {path!r} {status[:3]} {took:.1f}ms"
            sys.stderr.write(line + "\n")
            return start_response(status, headers, *rest)

        return self.app(environ, started)


__all__ = ["AccessLog", "serve"]
