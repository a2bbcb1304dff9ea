"""What suites of several folders share: the real server, started as a user starts it, and how to talk to it."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

FASTI = (sys.executable, "-m", "fasti.cli")
START_SECONDS = 30


@dataclass(frozen=True)
class Reply:
    """A response as it came: names of headers in lower case, nothing decoded."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def type(self) -> str:
        """The media type without parameters."""
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass
class LiveServer:
    """A `fasti serve` in a process of its own, reachable at `port` of the loopback interface."""

    process: subprocess.Popen[str]
    releases: Path
    base: str
    port: int
    log: Path

    def request(
        self,
        method: str,
        target: str,
        body: bytes | str | None = None,
        headers: Mapping[str, str] | None = None,
        seconds: float = 30,
    ) -> Reply:
        """One request on a connection of its own; redirects are not followed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            data = body.encode() if isinstance(body, str) else body
            connection.request(method, target, data, dict(headers or {}))
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Reply(answer.status, found, answer.read())
        finally:
            connection.close()

    def get(self, target: str, accept: str | None = None, **parameters: str | list[str]) -> Reply:
        """GET with parameters, `_` for `-` in their names."""
        pairs = {name.replace("_", "-"): value for name, value in parameters.items()}
        query = f"?{urlencode(pairs, doseq=True)}" if pairs else ""
        return self.request("GET", target + query, headers={} if accept is None else {"Accept": accept})

    def raw(self, data: bytes, seconds: float = 5) -> bytes:
        """Send these bytes as they are, half-close, and return whatever comes back."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as connection:
            connection.sendall(data)
            return read_all(connection)

    def workers(self) -> list[int]:
        """The processes that answer queries."""
        listed = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [int(pid) for file in listed for pid in file.read_text().split()]

    def resident(self) -> int:
        """Bytes of memory that the server and its workers hold."""
        return sum(_resident(pid) for pid in (self.process.pid, *self.workers()))

    def open_files(self) -> int:
        """Descriptors that the server process holds; those of the index, one for each thread that has asked it, are one.

        Of a release that was removed, which the system calls `index.sqlite (deleted)`, each one counts.
        """
        held = [self._leads_to(descriptor) for descriptor in Path(f"/proc/{self.process.pid}/fd").iterdir()]
        return len(held) - max(0, sum(name.endswith("/index.sqlite") for name in held) - 1)

    @staticmethod
    def _leads_to(descriptor: Path) -> str:
        try:
            return str(descriptor.readlink())
        except OSError:  # closed meanwhile
            return ""


def read_all(connection: socket.socket) -> bytes:
    """What comes until the other side closes or is silent for the time-out."""
    parts = []
    try:
        while part := connection.recv(65536):
            parts.append(part)
    except (TimeoutError, ConnectionError):
        pass
    return b"".join(parts)


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def free_port() -> int:
    """A port that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def build(releases: Path, base: str, *, seeds: Path | None = None) -> None:
    """Build documents (the five seeds when none are named) as a user does."""
    documents = () if seeds is None else ("--seeds", str(seeds))
    command = [*FASTI, "build", "--releases", str(releases), "--base", base, *documents]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr


def start(releases: Path, base: str, log: Path, *, port: int = 0, **settings: str) -> LiveServer:
    """Start `fasti serve` and wait until it says where it serves; `settings` are of its environment."""
    command = [*FASTI, "serve", "--releases", str(releases), "--port", str(port)]
    with log.open("wb") as errors:
        process = subprocess.Popen(command, stderr=errors, text=True, env={**os.environ, **settings})
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        if found := re.search(r" at http://127\.0\.0\.1:(\d+)/", log.read_text("utf-8", "replace")):
            return LiveServer(process, releases, base, int(found[1]), log)
        time.sleep(0.05)
    process.kill()
    process.wait()
    raise AssertionError(f"fasti serve did not start: {log.read_text('utf-8', 'replace')}")


def stop(server: LiveServer) -> None:
    """Stop it as systemd does; whatever happens, nothing of it is left."""
    workers = server.workers()
    server.process.send_signal(signal.SIGTERM)
    try:
        server.process.wait(45)
    finally:
        server.process.kill()
        server.process.wait()
        for pid in workers:
            assert _ends(pid), f"worker {pid} outlives its server"


def _ends(pid: int) -> bool:
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    os.kill(pid, signal.SIGKILL)
    return False


Serve = Callable[..., LiveServer]
Build = Callable[..., None]


@pytest.fixture(scope="session")
def build_release() -> Build:
    """Build documents into a folder of releases that may be served meanwhile."""
    return build


@pytest.fixture(scope="session")
def serve_seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Builds the five seeds for a base and serves them; every server ends with the session at the latest."""
    running: list[LiveServer] = []

    def serve(base: str = "", port: int = 0, **settings: str) -> LiveServer:
        folder, chosen = tmp_path_factory.mktemp("live"), port or free_port()
        address = base or f"http://127.0.0.1:{chosen}/"
        build(folder / "releases", address)
        running.append(start(folder / "releases", address, folder / "log", port=chosen, **settings))
        return running[-1]

    yield serve
    for server in running:
        if server.process.poll() is None:
            stop(server)


@pytest.fixture(scope="session")
def live_server(serve_seeds: Serve) -> LiveServer:
    """The five seeds behind an address of their own, so that every IRI of theirs can be looked up."""
    return serve_seeds()
