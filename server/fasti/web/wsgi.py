"""Requests of granian's as WSGI has them, and the answers of a WSGI application as granian sends them (PEP 3333)."""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any

from werkzeug.wsgi import FileWrapper

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

FILE = "fasti.file"
"""In the environment: the path of the file that is the body."""

Headers = list[tuple[str, str]]


class Started:
    """WSGI's `start_response`."""

    status: int
    headers: Headers

    def __call__(self, status: str, headers: Headers, *rest: object) -> Callable[[bytes], object]:
        """Take what the application answers with; the body comes as what it returns."""
        self.status, self.headers = int(status[:3]), headers
        return _no_writing


def _no_writing(data: bytes) -> object:
    raise NotImplementedError("the application returns its answers")


def environment(scope: Any, body: bytes, length: int) -> WSGIEnvironment:
    """The request as WSGI has it (PEP 3333).

    A header with an underscore in its name could pass for another one and is left out.
    """
    client, port = address(scope.client)
    server, server_port = address(scope.server)
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": scope.method, "SCRIPT_NAME": "", "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string.encode().decode("latin-1"), "SERVER_PROTOCOL": f"HTTP/{scope.http_version}", "SERVER_NAME": server,
        "SERVER_PORT": server_port, "REMOTE_ADDR": client, "REMOTE_PORT": port, "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme, "wsgi.input": BytesIO(body), "wsgi.errors": sys.stderr,
        "wsgi.multithread": True, "wsgi.multiprocess": False, "wsgi.run_once": False,
    }  # fmt: skip
    for name, value in scope.headers.items():
        if "_" not in name and name != "transfer-encoding":
            key = f"HTTP_{name.upper().replace('-', '_')}"
            environ[key] = f"{environ[key]}, {value}" if key in environ else value
    environ["CONTENT_TYPE"] = environ.pop("HTTP_CONTENT_TYPE", "")
    environ.pop("HTTP_CONTENT_LENGTH", None)
    environ["CONTENT_LENGTH"] = str(length)

    def wrap(file: IO[bytes], size: int = 8192) -> FileWrapper:
        environ[FILE] = file.name
        return FileWrapper(file, size)

    environ["wsgi.file_wrapper"] = wrap
    return environ


def send_file(proto: Any, status: int, headers: Headers, path: str) -> int:
    """A file, or the part of it that `Content-Range` names (RFC 9110, section 14.4), as the client takes it.

    Returns:
        How many bytes.
    """
    told = {name.lower(): value for name, value in headers}
    if status == 200:
        proto.response_file(status, headers, path)
    else:
        first, _, last = told["content-range"].removeprefix("bytes ").partition("/")[0].partition("-")
        proto.response_file_range(status, headers, path, int(first), int(last) + 1)
    return int(told["content-length"])


def address(text: str) -> tuple[str, str]:
    """Address and port of `127.0.0.1:80`, `[::1]:80`."""
    host, _, port = text.rpartition(":")
    return host.strip("[]"), port
