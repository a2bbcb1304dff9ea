"""A release in a store elsewhere is served as the same release on this machine is."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs

import pytest
import zstandard
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import Dataset, QueryResultsFormat, QueryTriples, RdfFormat, Store, parse

from fasti import elsewhere, loading
from fasti.dumps import DUMPS
from fasti.errors import ReleaseError, StoreError
from fasti.questions import questions
from fasti.release import INDEX, Release
from fasti.store import NamedNode
from fasti.store.remote import RemoteDataset, Service
from fasti.store.serialize import FORMATS
from fasti.web import create_app, current

ENTITIES = (
    "organization/bureau-of-records", "organization/ministry-of-works", "organization/record-office", "organization/nothing",
    "post/director--bureau-of-records", "person/li-na", "membership/li-na--director--bureau-of-records--2023",
    "event/foundation--bureau-of-records", "period/reform", "source/records", "conflict/head--bureau-of-records",
)  # fmt: skip
PAGES = (
    "/", "/search?q=record", "/search.json?q=bureau", "/suggest?q=di", "/browse/organization", "/browse/post.csv",
    "/browse/person.json?at=1957", "/questions/", "/source/", "/source/index.json", "/source/records",
    "/source/records.txt", "/source/records.json", "/source/nothing", "/def", "/shapes", "/scheme/rank",
    "/quality", "/graph/evidence.nq", "/graph/nothing", "/openapi.json", "/sparql", "/sparql/terms.json", "/health",
    "/sparql?query=SELECT+*+WHERE+%7B+GRAPH+%3Fg+%7B%3Fs+a+org:Post%7D+%3Fs+%3Fp+%3Fo+FILTER(CONTAINS(STR(%3Fg),%22passage%22))%7D+ORDER+BY+%3Fp+%3Fo+%3Fg",
    "/sparql?query=SELECT+(COUNT(*)+AS+%3Fn)+%7B%3Fs+%3Fp+%3Fo%7D", "/sparql?query=BASE+%3Chttp://e/%3E+ASK+%7B%3Ca%3E+%3Fp+%3Fo%7D",
    "/sparql?query=DESCRIBE+%3Cid/person/li-na%3E", "/sparql?query=SELECT+%3F", "/sparql?query=ASK%7BSERVICE+%3Chttp://e/%3E%7B%7D%7D",
    "/sparql?query=SELECT+*+FROM+%3Cgraph/links%3E+%7B%3Fs+a+%3Fo%7D+ORDER+BY+%3Fs+%3Fo", "/sparql?query=SELECT+*+FROM+%3Chttp://e/%3E+%7B%3Fs+a+%3Fo%7D",
)  # fmt: skip
CHARTS = [f"/chart/{kind}/organization/bureau-of-records{suffix}" for kind in ("timeline", "organization", "succession")
          for suffix in ("", ".svg", ".csv", ".json")]  # fmt: skip
ANSWERS = [f"/questions/{name}{suffix}" for name in questions() for suffix in ("", ".json", ".csv", ".rq")]
DATA = [f"/doc/{entity}.{suffix}" for entity in ENTITIES for suffix in ("html", *(form.suffix for form in FORMATS))]
ADDRESSES = [*PAGES, *CHARTS, *ANSWERS, *DATA]


class SparqlStore:
    """What it holds, what it answers in place of that, and how often it was asked.

    `union` makes its default graph the union of all, as Virtuoso's is. `answer` is what it says to every query while
    it is set: status, media type, body.
    """

    def __init__(self, union: bool) -> None:
        self.store, self.union, self.asked = Store(), union, 0
        self.answer: tuple[int, str, bytes] | None = None
        self.url, self.gone = "", False

    def fill(self, quads: Iterable[object]) -> None:
        """Replace all that it holds."""
        self.store.clear()
        self.store.extend(quads)  # type: ignore[arg-type]

    def reply(self, fields: dict[str, list[str]]) -> tuple[int, str, bytes]:
        """Status, media type and body for the parameters of a request."""
        self.asked += 1
        if self.answer is not None:
            return self.answer
        default, named = (
            [NamedNode(iri) for iri in fields.get(f"{kind}-graph-uri", ())] for kind in ("default", "named")
        )
        try:
            found = self.store.query(
                fields["query"][0],
                use_default_graph_as_union=self.union and not default and "FROM" not in fields["query"][0],
                default_graph=default or None,
                named_graphs=named or None,
            )
        except (SyntaxError, ValueError, RuntimeError) as error:
            return 400, "text/plain", str(error).encode()
        if isinstance(found, QueryTriples):
            return 200, "application/n-triples", found.serialize(format=RdfFormat.N_TRIPLES) or b""
        return 200, "application/sparql-results+json", found.serialize(format=QueryResultsFormat.JSON) or b""


@contextmanager
def serving(union: bool = False, port: int = 0) -> Iterator[SparqlStore]:
    """A store that answers until the end of the context."""
    made = SparqlStore(union)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if made.gone:  # connections that were kept end with the server
                self.close_connection = True
                return
            if self.headers["Content-Type"] == "application/sparql-update":
                made.store.update(body.decode())
                status, kind, answer = 204, "text/plain", b""
            else:
                status, kind, answer = made.reply(parse_qs(body.decode()))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    made.url = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield made
    finally:
        made.gone = True
        server.shutdown()
        server.server_close()
        thread.join()


def record_of(release: Release, union: bool) -> str:
    return f"{release.base}graph/record" if union else ""


@pytest.fixture(scope="module", params=[False, True], ids=["default graph apart", "union of all"])
def store(request: pytest.FixtureRequest, release: Release) -> Iterator[SparqlStore]:
    with serving(request.param) as made:
        made.fill(loading.quads(release, record_of(release, made.union)))
        yield made


@pytest.fixture(scope="module")
def remote(store: SparqlStore, release: Release, app: Flask) -> Iterator[Flask]:
    made = create_app(
        Path("/nowhere"), store=store.url, store_record=record_of(release, store.union), base=release.base
    )
    made.test_client_class = app.test_client_class
    yield made
    current(made).close()


@pytest.fixture
def plain() -> Iterator[SparqlStore]:
    """A store that a test may spoil."""
    with serving() as made:
        yield made


def opened(store: SparqlStore, release: Release) -> Flask:
    return create_app(Path("/nowhere"), store=store.url, base=release.base)


def test_every_kind_of_address_is_compared() -> None:
    assert len(ADDRESSES) == len(set(ADDRESSES)) == len(PAGES) + 12 + 4 * len(questions()) + 7 * len(ENTITIES)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_has_the_same_bytes(address: str, client: FlaskClient, remote: Flask) -> None:
    here, there = client.get(address), remote.test_client().get(address)

    assert (there.status_code, there.content_type) == (here.status_code, here.content_type)
    assert there.data.decode() == here.data.decode()


def test_the_index_is_the_same_file(remote: Flask, release: Release) -> None:
    assert (current(remote).release().path / INDEX).read_bytes() == (release.path / INDEX).read_bytes()


def test_a_page_that_was_made_asks_nothing(remote: Flask, store: SparqlStore) -> None:
    address, client = "/doc/organization/bureau-of-records.html", remote.test_client()
    client.get(address)
    known = current(remote).followed
    assert isinstance(known, elsewhere.ReleaseElsewhere)
    known._next_look = time.monotonic() + 60
    before = store.asked
    client.get(address)

    assert store.asked == before


def test_a_page_of_many_things_asks_few_questions(plain: SparqlStore, release: Release) -> None:
    plain.fill(loading.quads(release))
    app = opened(plain, release)
    current(app).release()
    before = plain.asked
    app.test_client().get("/doc/organization/bureau-of-records.html")

    assert 0 < plain.asked - before < 60
    current(app).close()


@pytest.mark.parametrize("packing", ["", ".gz", ".zst"])
@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.name)
def test_a_file_for_download_says_what_the_release_does(dump, packing: str, remote: Flask, release: Release) -> None:  # type: ignore[no-untyped-def]
    body = remote.test_client().get(f"/dumps/{dump.name}{packing}").data
    if packing:
        body = (
            gzip.decompress(body) if packing == ".gz" else zstandard.ZstdDecompressor().decompressobj().decompress(body)
        )
    form = RdfFormat.from_media_type(dump.form.media_type)
    assert form is not None

    assert Dataset(parse(body, format=form)) == Dataset(parse(path=str(release.dumps / dump.name), format=form))


def test_the_page_of_files_names_no_size(remote: Flask) -> None:
    text = remote.test_client().get("/dumps/").text

    assert "record.ttl.zst" in text
    assert "kB" not in text
    assert "SHA256SUMS" not in text
    assert remote.test_client().get("/dumps/SHA256SUMS").status_code == 404


def test_the_catalog_says_all_but_the_sizes_of_files(remote: Flask, client: FlaskClient) -> None:
    here, there = (each.get("/catalog.nq").text.splitlines() for each in (client, remote.test_client()))
    sizes = [line for line in here if "byteSize" in line]

    assert len(sizes) == 3 * len(DUMPS)
    assert there == [line for line in here if line not in sizes]


def test_the_graph_that_says_which_release_it_is_is_no_part_of_the_data(remote: Flask) -> None:
    assert b"graph/release" not in remote.test_client().get("/dumps/dataset.nq").data
    assert b"graph/release" not in remote.test_client().get("/sparql", headers={"Accept": "text/turtle"}).data


def test_a_store_that_stops_early_breaks_a_download_off(plain: SparqlStore, release: Release) -> None:
    plain.fill(loading.quads(release))
    app = opened(plain, release)
    current(app).release()
    first = next(iter(release.dataset.quads(graph=NamedNode(f"{release.base}graph/links"))))
    plain.store.remove(first)  # type: ignore[arg-type]

    with pytest.raises(StoreError, match=r"expected .* statements"):
        app.test_client().get("/dumps/dataset.nq", buffered=True)
    current(app).close()


SPOILT = {
    "an error": (500, "text/plain", b"out of memory"),
    "a page": (200, "text/html", b"<html><title>Please log in</title></html>"),
    "JSON that is cut": (200, "application/sparql-results+json", b'{"head":{"vars":["s","p","o","g","n","class","property"]},"results":{"bindings":[{'),
    "nothing": (200, "application/sparql-results+json", b""),
}  # fmt: skip


@pytest.mark.parametrize("answer", SPOILT.values(), ids=SPOILT)
@pytest.mark.parametrize("address", ["/doc/person/he-zai", "/sparql?query=ASK%7B%7D", "/dumps/record.nt", "/questions/conflicts.csv", "/source/", "/health"])  # fmt: skip
def test_a_store_that_answers_nonsense_makes_a_503(
    address: str, answer: tuple[int, str, bytes], plain: SparqlStore, release: Release
) -> None:
    plain.fill(loading.quads(release))
    app = opened(plain, release)
    current(app).release()
    plain.answer = answer
    found = app.test_client().get(address, headers={"Accept": "application/problem+json, */*;q=0.1"})

    assert found.status_code == 503, found.text
    assert "Traceback" not in found.text
    if address != "/health":
        assert int(found.headers["Retry-After"]) > 0
        assert json.loads(found.data)["status"] == 503
    plain.answer = None
    assert app.test_client().get(address).status_code in (200, 303)
    current(app).close()


def test_a_store_that_is_down_is_told_and_comes_back(release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elsewhere, "LOOK", 0.01)
    with serving() as store:
        store.fill(loading.quads(release))
        app = opened(store, release)
        client = app.test_client()
        kept = client.get("/doc/person/li-na.ttl").data
    port = int(store.url.rpartition(":")[2].strip("/"))
    missed = client.get("/graph/links.nq")

    assert (missed.status_code, missed.headers["Retry-After"]) == (503, "5")
    assert client.get("/health").status_code == 503
    assert client.get("/doc/person/li-na.ttl").data == kept
    with serving(port=port) as store:
        store.fill(loading.quads(release))
        give_up = time.monotonic() + 20  # a server looks now and then
        while client.get("/graph/links.nq").status_code != 200 and time.monotonic() < give_up:
            time.sleep(0.05)
        assert client.get("/graph/links.nq").status_code == 200
        assert client.get("/health").status_code == 200
    current(app).close()


def test_the_message_says_what_was_found_where(plain: SparqlStore, release: Release) -> None:
    dataset = RemoteDataset(Service(plain.url), release.vocabulary)
    plain.answer = SPOILT["a page"]

    with pytest.raises(StoreError, match=r"http://127\.0\.0\.1.*expected an answer of SPARQL 1\.1.*<html>"):
        len(dataset)


def test_a_store_without_a_release_says_how_to_load_one(plain: SparqlStore, release: Release) -> None:
    app = opened(plain, release)

    with pytest.raises(ReleaseError, match="fasti load"):
        current(app).release()
    assert app.test_client().get("/").status_code == 503
    current(app).close()


def test_a_release_that_is_not_whole_is_not_opened(plain: SparqlStore, release: Release) -> None:
    plain.fill(list(loading.quads(release))[1:])
    app = opened(plain, release)

    with pytest.raises(StoreError, match=r"expected .* statements of release"):
        current(app).release()
    current(app).close()


def test_loading_withdraws_the_release_before_it_changes_anything(
    plain: SparqlStore, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain.fill(loading.quads(release))
    app, during = opened(plain, release), []
    served = current(app).release()
    followed = current(app).followed
    assert isinstance(followed, elsewhere.ReleaseElsewhere)

    def look(seconds: float) -> None:
        followed._look()
        during.append((seconds, len(plain.store), app.test_client().get("/").status_code))

    monkeypatch.setattr(loading, "time", SimpleNamespace(sleep=look))  # not that of threads of others
    count = loading.load(release, plain.url, notice=7)
    followed._look()
    again = current(app).release()

    assert [(seconds, status) for seconds, _, status in during] == [(7, 503)]
    assert during[0][1] == len(release.dataset)
    assert count == len(plain.store)
    assert again is not served, "pages made before are not told of the release that was loaded anew"
    assert again.id == release.id
    assert not (served.path / "record.nt").exists()
    assert app.test_client().get("/").status_code == 200
    folder = again.path
    current(app).close()
    assert not folder.exists()


def test_a_written_file_holds_what_is_loaded(release: Release, tmp_path: Path) -> None:
    count = loading.write(release, tmp_path / "all.nq", f"{release.base}graph/record")
    quads = list(parse(path=str(tmp_path / "all.nq"), format=RdfFormat.N_QUADS))

    assert len(quads) == count == len(release.dataset) + len(release.stems) + 1
    assert {str(quad.graph_name) for quad in quads} > {f"<{release.base}graph/record>"}
    assert "DEFAULT" not in {str(quad.graph_name) for quad in quads}
