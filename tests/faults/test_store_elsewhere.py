"""Releases in stores that others make: the same pages, and servers and stores that fall under load."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from fasti import loading
from fasti.index import KINDS
from fasti.questions import questions
from fasti.release import Release, open_release
from fasti.store import NamedNode
from fasti.store.serialize import FORMATS
from fasti.web import create_app, current

pytestmark = pytest.mark.faults

BASE = "http://localhost:8000/"
RECORD = f"{BASE}graph/record"
FASTI = (sys.executable, "-m", "fasti.cli")
CLIENTS = Path(os.environ.get("FASTI_CLIENTS", Path(__file__).parents[2] / ".clients"))
START_SECONDS = 60
LOAD_THREADS = 3


def program(name: str, *folders: Path) -> str:
    found = shutil.which(name, path=os.pathsep.join([*map(str, folders), os.environ["PATH"], "/usr/sbin"]))
    if found is None and not os.environ.get("CI"):
        pytest.skip(f"{name} is not installed: run tests/faults/stores/setup.sh")
    assert found is not None, f"{name} is not installed"
    return found


def free_ports(number: int) -> list[int]:
    """Ports that nobody listens on at the moment, all different."""
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(number)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


@contextmanager
def running(
    command: list[str], log: Path, ready: Callable[[], bool], **how: object
) -> Iterator[subprocess.Popen[bytes]]:
    """A program from when it is ready until the end of the context."""
    with log.open("ab") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, **how)  # type: ignore[call-overload]
    try:
        until = time.monotonic() + START_SECONDS
        while not ready():
            assert process.poll() is None, log.read_text("utf-8", "replace")
            assert time.monotonic() < until, log.read_text("utf-8", "replace")
            time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(30)
        finally:
            process.kill()
            process.wait()


def status(port: int, path: str, seconds: float = 20) -> int:
    """The status of an answer that came whole; 0 when none did."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


@contextmanager
def oxigraph(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [program("oxigraph", CLIENTS / "oxigraph" / "bin"), "serve", "--location", str(folder / "data"), "--bind", f"127.0.0.1:{port}"]  # fmt: skip
    with running(command, folder / "oxigraph.log", lambda: status(port, "/query?query=ASK%7B%7D") == 200) as process:
        yield process


@contextmanager
def virtuoso(folder: Path, port: int, sql: int) -> Iterator[subprocess.Popen[bytes]]:
    """Settings that a deployment has to have too: how many rows an answer may have, and where bulk files may be."""
    files = "\n".join(f"{name} = {folder}/v{suffix}" for name, suffix in (("DatabaseFile", ".db"), ("ErrorLogFile", ".log"), ("LockFile", ".lck"), ("TransactionFile", ".trx"), ("xa_persistent_file", ".pxa")))  # fmt: skip
    (folder / "v.ini").write_text(f"""[Database]
{files}
[TempDatabase]
DatabaseFile = {folder}/v-temp.db
TransactionFile = {folder}/v-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
ServerThreads = 8
[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryExecutionTime = 60
""")
    command = [program("virtuoso-t"), "-f", "-c", str(folder / "v.ini")]
    with running(
        command, folder / "out", lambda: status(port, "/sparql?query=ASK%7B%7D") == 200, cwd=folder
    ) as process:
        yield process


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stores")


@pytest.fixture(scope="module")
def release(folder: Path) -> Release:
    """The five seeds."""
    command = [*FASTI, "build", "--releases", str(folder / "releases"), "--base", BASE]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return open_release(folder / "releases")


def addresses(release: Release) -> list[str]:
    """A few of every kind of page and data."""
    found = [
        "/",
        "/search?q=office",
        "/suggest?q=di",
        "/browse/organization",
        "/browse/post.csv",
        "/source/",
        "/def",
        "/quality",
    ]
    found += [f"/source/{stem}{suffix}" for stem in sorted(release.stems) for suffix in ("", ".txt", ".json")]
    index = release.index.database
    for kind in range(len(KINDS)):
        for (path,) in index.execute("SELECT path FROM thing WHERE kind = ? ORDER BY path LIMIT 2", (kind,)):
            found += [f"/doc/{path}.{suffix}" for suffix in ("html", *(form.suffix for form in FORMATS))]
    found += [f"/chart/{kind}/organization/ogs{suffix}" for kind in ("timeline", "organization", "succession") for suffix in (".svg", ".csv")]  # fmt: skip
    return found


def differing(release: Release, told: Callable[[bytes], bytes], paths: list[str], **settings: str) -> list[str]:
    """The addresses whose answers are not equal, after `told`, from the release here and the one in a store."""
    here, there = create_app(release.path.parent), create_app(Path("/nowhere"), base=BASE, **settings)
    try:
        current(there).release()
        clients = here.test_client(), there.test_client()
        pairs = ((path, *(client.get(path, buffered=True) for client in clients)) for path in paths)
        return [
            f"{path}: {one.status_code} {other.status_code} {_apart(told(one.data), told(other.data))}" for path, one, other in pairs
            if (one.status_code, told(one.data)) != (other.status_code, told(other.data))
        ]  # fmt: skip
    finally:
        current(here).close()
        current(there).close()


def _apart(one: bytes, other: bytes) -> str:
    """Where two answers part, for who reads of it."""
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"{one[max(0, at - 40) : at + 40]!r} {other[max(0, at - 40) : at + 40]!r}"


@pytest.fixture(scope="module")
def oxigraph_store(folder: Path, release: Release) -> tuple[Path, int]:
    place = folder / "oxigraph"
    place.mkdir()
    port = free_ports(1)[0]
    with oxigraph(place, port):
        target = f"http://127.0.0.1:{port}/update"
        command = [*FASTI, "load", target, "--releases", str(release.path.parent)]
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
        assert release.id in done.stderr
    return place, port


def test_oxigraphs_server_is_served_byte_for_byte(oxigraph_store: tuple[Path, int], release: Release) -> None:
    asked = addresses(release) + [
        f"/questions/{name}{suffix}" for name in questions() for suffix in ("", ".json", ".csv")
    ]

    assert len(asked) > 170
    with oxigraph(*oxigraph_store):
        assert differing(release, bytes, asked, store=f"http://127.0.0.1:{oxigraph_store[1]}/query") == []


def in_any_order(body: bytes) -> bytes:
    """What Virtuoso changes: the case of language tags, `true` to `1`, and which of two equals comes first."""
    text = body.decode("utf-8", "replace").lower()
    text = re.sub(r'"1"(?=\^\^<http://www\.w3\.org/2001/xmlschema#boolean>)', '"true"', text)
    return " ".join(sorted(re.findall(r"\w+", text))).encode()


def test_virtuoso_is_served_alike(folder: Path, release: Release) -> None:
    """Its questions are another matter: see the documentation of deployment."""
    place = folder / "virtuoso"
    place.mkdir()
    port, sql = free_ports(2)
    loaded = place / "release.nq"
    command = [*FASTI, "load", str(loaded), "--record", RECORD, "--releases", str(release.path.parent)]
    asked = [path for path in addresses(release) if "organization/ogs" not in path and path not in ("/def", "/quality")]
    with virtuoso(place, port, sql):
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        bulk = f"DB.DBA.TTLP (file_to_string_output ('{loaded}'), '', '{BASE}', 512); checkpoint;"
        subprocess.run([program("isql-vt"), str(sql), "dba", "dba", f"exec={bulk}"], check=True, capture_output=True, timeout=300)  # fmt: skip
        settings = {"store": f"http://127.0.0.1:{port}/sparql", "store_record": RECORD}

        assert len(asked) > 120
        assert differing(release, in_any_order, asked, **settings) == []
        assert _downloaded(settings, "dataset.nq") == release.counts["quads"]


def _downloaded(settings: dict[str, str], name: str) -> int:
    app = create_app(Path("/nowhere"), base=BASE, **settings)
    try:
        body = app.test_client().get(f"/dumps/{name}", buffered=True).data
        return sum(1 for _ in parse(body, format=RdfFormat.N_QUADS))
    finally:
        current(app).close()


@dataclass
class Load:
    """Visitors who ask for one page after the other, each for one that nobody has asked for yet where there is one."""

    port: int
    paths: list[str]
    found: list[tuple[float, int]] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self, first: int) -> None:
        """One visitor."""
        number = first
        while not self.stop.is_set():
            began = time.monotonic()
            self.found.append((began, status(self.port, self.paths[number % len(self.paths)])))
            number += LOAD_THREADS
            time.sleep(0.02)

    @contextmanager
    def visiting(self) -> Iterator[None]:
        """Visitors come until the end of the context."""
        threads = [threading.Thread(target=self.run, args=(first,)) for first in range(LOAD_THREADS)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.stop.set()
            for thread in threads:
                thread.join()

    def since(self, begin: float, end: float = float("inf")) -> list[int]:
        """The statuses of what was asked between two times."""
        return [code for began, code in self.found if begin <= began < end]


def balancer(folder: Path, port: int, behind: list[int]) -> list[str]:
    """The sample configuration of the documentation, with this test's addresses."""
    sample = (Path(__file__).parents[2] / "server" / "deploy" / "nginx-balanced.conf").read_text("utf-8")
    places = "\n".join(f"server 127.0.0.1:{each} max_fails=1 fail_timeout=2s;" for each in behind)
    text, replaced = re.subn(
        r"server 10\.0\.0\.1:8000.*?server 10\.0\.0\.3:8000[^\n]*", places, sample, flags=re.DOTALL
    )
    assert replaced == 1
    assert "listen 80;" in text
    paths = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))  # fmt: skip
    text = text.replace("listen 80;", f"listen 127.0.0.1:{port};").replace(
        "http {", f"http {{\naccess_log off;\n{paths}"
    )
    account = "user root;\n" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(f"{account}daemon off;\npid {folder}/pid;\nerror_log stderr;\n{text}", "utf-8")
    return [program("nginx"), "-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf")]


def test_a_server_is_killed_and_the_store_restarted_under_load(
    oxigraph_store: tuple[Path, int], release: Release, tmp_path: Path
) -> None:
    rows = release.index.database.execute("SELECT path FROM thing ORDER BY path LIMIT 400")
    paths = [f"/doc/{path}.ttl" for (path,) in rows]
    front, *ports = free_ports(4)
    settings = {"FASTI_STORE": f"http://127.0.0.1:{oxigraph_store[1]}/query", "FASTI_BASE": BASE}
    with ExitStack() as stack:
        store = stack.enter_context(oxigraph(*oxigraph_store))
        servers = [
            stack.enter_context(running(
                [*FASTI, "serve", "--port", str(port)], tmp_path / f"{port}.log",
                lambda port=port: status(port, "/health") == 200, env=os.environ | settings, cwd=tmp_path,
            )) for port in ports
        ]  # fmt: skip
        stack.enter_context(
            running(balancer(tmp_path, front, ports), tmp_path / "nginx.log", lambda: status(front, "/health") == 200)
        )
        load = Load(front, paths)
        with load.visiting():
            time.sleep(2)
            servers[0].kill()
            time.sleep(4)
            down = time.monotonic()
            store.terminate()
            store.wait(30)
            time.sleep(6)
            ill = status(ports[1], "/health"), status(ports[1], "/graph/links.nq")
            stack.enter_context(oxigraph(*oxigraph_store))
            up = time.monotonic()
            time.sleep(5)

        assert len(load.since(0, down)) > 50
        assert set(load.since(0, down)) == {200}, "nginx asks the next server when one is gone"
        assert ill == (503, 503)
        assert set(load.since(down, up)) <= {200, 503}
        assert len(load.since(up + 1)) > 20
        assert set(load.since(up + 1)) == {200}
        assert [status(port, "/health") for port in ports] == [0, 200, 200]
        assert all(server.poll() is None for server in servers[1:])


def test_a_download_that_is_not_whole_breaks_the_connection_off(
    oxigraph_store: tuple[Path, int], release: Release, tmp_path: Path
) -> None:
    (port,) = free_ports(1)
    target = f"http://127.0.0.1:{oxigraph_store[1]}/"
    settings = {"FASTI_STORE": f"{target}query", "FASTI_BASE": BASE}
    links = next(iter(release.dataset.quads(graph=NamedNode(f"{BASE}graph/links"))))
    ready = lambda: status(port, "/health") == 200  # noqa: E731
    serve = [*FASTI, "serve", "--port", str(port)]
    with (
        oxigraph(*oxigraph_store),
        running(serve, tmp_path / "log", ready, env=os.environ | settings, cwd=tmp_path),
    ):
        whole = status(port, "/dumps/dataset.nq")
        updates = loading._Updates(f"{target}update", "")
        updates.send(loading.insert([links]).replace("INSERT", "DELETE"))
        cut = [status(port, f"/dumps/{name}") for name in ("dataset.nq", "dataset.trig.gz")]
        updates.send(loading.insert([links]))

        assert whole == 200
        assert cut == [0, 0]
        assert status(port, "/dumps/dataset.nq") == 200
