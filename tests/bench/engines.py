"""The programs that are measured, each started on a port of its own and gone at the end of its `with`."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fasti import loading
from fasti.release import Release

HERE = Path(__file__).parent
PEERS = HERE / ".peers"
START = 600.0  # seconds: some read everything first


@dataclass(frozen=True)
class Engine:
    """A program that answers at `url`."""

    url: str
    process: int

    def resident(self) -> int:
        """Mebibytes that it and its children hold, what they share counted once for each."""
        pids, found = [self.process], 0
        while pids:
            pid = pids.pop()
            with contextlib.suppress(OSError):
                found += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
                for task in Path(f"/proc/{pid}/task").glob("*/children"):
                    pids += [int(child) for child in task.read_text().split()]
        return found >> 20


def free_port() -> int:
    """A port that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running(
    command: Sequence[str], port: int, probe: str, log: Path, *, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> Iterator[Engine]:  # fmt: skip
    """Start a server and wait until it answers `probe`, a path.

    Raises:
        RuntimeError: it ended, or never answered.
    """
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, cwd=cwd, env={**os.environ, **(env or {})})
    url = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + START
        while not _answers(url + probe):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"{command[0]} did not start: {log.read_text('utf-8', 'replace')[-2000:]}")
            time.sleep(0.1)
        yield Engine(url, process.pid)
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()
        process.wait()


def fasti(releases: Path, folder: Path) -> contextlib.AbstractContextManager[Engine]:
    """`fasti serve`; its log goes to a file, as in earnest."""
    port = free_port()
    command = [sys.executable, "-m", "fasti.cli", "serve", "--releases", str(releases), "--port", str(port)]
    return running(command, port, "/health", folder / "fasti.log")


def nginx(files: Path, folder: Path) -> contextlib.AbstractContextManager[Engine]:
    """Serves the files of a folder, as many processes as there are cores."""
    port = free_port()
    settings = folder / "nginx.conf"
    settings.write_text(
        f"daemon off; pid {folder}/nginx.pid; worker_processes auto; error_log {folder}/nginx.error;\n"
        f"events {{}}\nhttp {{ access_log {folder}/nginx.access; sendfile on; tcp_nopush on; keepalive_requests 1000000000;\n"
        f"server {{ listen 127.0.0.1:{port}; root {files}; }} }}\n",
        "utf-8",
    )
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    return running([program, "-c", str(settings)], port, "/probe", folder / "nginx.log")


def oxigraph(store: Path, folder: Path) -> contextlib.AbstractContextManager[Engine]:
    """Oxigraph's own server over the same store, read-only."""
    port = free_port()
    command = [str(PEERS / "bin/oxigraph"), "serve-read-only", "--location", str(store), "--bind", f"127.0.0.1:{port}"]
    return running(command, port, "/query?query=ASK%7B%7D", folder / "oxigraph.log")


def rdflib_endpoint(data: Path, folder: Path) -> contextlib.AbstractContextManager[Engine]:
    """rdflib-endpoint over the triples of a file, in memory."""
    port = free_port()
    command = [str(PEERS / "bin/rdflib-endpoint"), "serve", "--host", "127.0.0.1", "--port", str(port), str(data)]
    return running(command, port, "/?query=ASK%7B%7D", folder / "rdflib-endpoint.log")


def trifid(endpoint: str, base: str, folder: Path) -> contextlib.AbstractContextManager[Engine]:
    """Trifid over a SPARQL endpoint."""
    port = free_port()
    settings = folder / "trifid.yaml"
    settings.write_text(_TRIFID.format(port=port, endpoint=endpoint, base=base), "utf-8")
    command = ["node", str(PEERS / "node_modules/trifid/server.js"), "-c", str(settings)]
    return running(command, port, "/healthz", folder / "trifid.log", cwd=PEERS)


@contextlib.contextmanager
def virtuoso(release: Release, graph: str, folder: Path) -> Iterator[Engine]:
    """Virtuoso with a release in it, its record in the graph `graph`."""
    place = folder / "virtuoso"
    place.mkdir()
    loading.write(release, place / "release.nq", graph)
    port, sql = free_port(), free_port()
    (place / "v.ini").write_text(_VIRTUOSO.format(folder=place, port=port, sql=sql), "utf-8")
    command = [shutil.which("virtuoso-t") or "virtuoso-t", "-f", "-c", str(place / "v.ini")]
    with running(command, port, "/sparql?query=ASK%7B%7D", place / "out", cwd=place) as engine:
        bulk = f"log_enable (3, 1); DB.DBA.TTLP (file_to_string_output ('{place}/release.nq'), '', '{release.base}', 512); checkpoint;"
        subprocess.run(["isql-vt", str(sql), "dba", "dba", f"exec={bulk}"], check=True, capture_output=True)
        yield engine
    shutil.rmtree(place)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return int(answer.status) < 500
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False


_TRIFID = """
server:
  listener: {{ port: {port}, host: 127.0.0.1 }}
  logLevel: error
globals:
  datasetBaseUrl: {base}
  endpoints:
    default:
      url: /query
plugins:
  entity-renderer:
    module: "@zazuko/trifid-entity-renderer"
  sparql-proxy:
    module: "@zazuko/trifid-plugin-sparql-proxy"
    paths: /query
    config:
      endpointUrl: {endpoint}
"""

_VIRTUOSO = """
[Database]
DatabaseFile = {folder}/v.db
ErrorLogFile = {folder}/v.log
LockFile = {folder}/v.lck
TransactionFile = {folder}/v.trx
xa_persistent_file = {folder}/v.pxa
[TempDatabase]
DatabaseFile = {folder}/v-temp.db
TransactionFile = {folder}/v-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 100000
MaxDirtyBuffers = 60000
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{port}
[SPARQL]
ResultSetMaxRows = 1000000
"""
