"""Behind nginx and Caddy, with https and below a path: the sample configurations as they are, but for addresses."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest
from rdflib import RDF, Graph, Namespace, URIRef

if TYPE_CHECKING:
    from conftest import LiveServer, Serve

pytestmark = pytest.mark.clients

DEPLOY = Path(__file__).parents[2] / "server" / "deploy"
PATH = "/data"
BODY = f"{PATH}/id/organization/ogs"
START_SECONDS = 15


@dataclass(frozen=True)
class Site:
    """What a visitor sees: an address with https, of a proxy with the server behind it."""

    base: str
    port: int
    certificate: Path
    server: LiveServer

    def get(
        self, path: str, method: str = "GET", body: str | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers (lower case) and body; a `_` in a header's name stands for `-`."""
        context = ssl.create_default_context(cafile=str(self.certificate))
        connection = http.client.HTTPSConnection("localhost", self.port, timeout=20, context=context)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def follow(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """The same through at most five redirects."""
        for _ in range(5):
            found = self.get(path, **headers)
            if found[0] not in (301, 302, 303, 307, 308):
                break
            path = self.local(urljoin(self.base.removesuffix(f"{PATH}/") + path, found[1]["location"]))
        return found

    def local(self, address: str) -> str:
        """The path of an address of this site."""
        assert address.startswith(self.base), address
        return "/" + address.removeprefix(self.base.removesuffix(f"{PATH[1:]}/"))


def program(name: str) -> str:
    found = shutil.which(name, path=os.environ["PATH"] + os.pathsep + "/usr/sbin")
    if found is None and not os.environ.get("CI"):
        pytest.skip(f"{name} is not installed: run tests/conformance/clients/setup.sh")
    assert found is not None, f"{name} is not installed"
    return found


def nginx(site: Site, folder: Path) -> list[str]:
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))  # fmt: skip
    text = filled((DEPLOY / "nginx.conf").read_text("utf-8"), {
        "http {": f"http {{\naccess_log off;\n{temporary}",
        "listen 443 ssl": f"listen 127.0.0.1:{site.port} ssl",
        "server_name example.org": "server_name localhost",
        "/etc/ssl/example.org.pem": str(site.certificate),
        "/etc/ssl/example.org.key": str(site.certificate.with_suffix(".key")),
        "127.0.0.1:8000": f"127.0.0.1:{site.server.port}",
    })  # fmt: skip
    account = "user root;\n" if os.geteuid() == 0 else ""  # who may write into this test's folder
    (folder / "nginx.conf").write_text(f"{account}daemon off;\npid {folder}/pid;\nerror_log stderr;\n{text}", "utf-8")
    return [program("nginx"), "-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf")]


def caddy(site: Site, folder: Path) -> list[str]:
    tls = f"tls {site.certificate} {site.certificate.with_suffix('.key')}"
    text = filled((DEPLOY / "Caddyfile").read_text("utf-8"), {
        "\nexample.org {": f"\nhttps://localhost:{site.port} {{\n\tbind 127.0.0.1\n\t{tls}",
        "127.0.0.1:8000": f"127.0.0.1:{site.server.port}",
    })  # fmt: skip
    settings = "{\n\tadmin off\n\tauto_https off\n}\n"
    (folder / "Caddyfile").write_text(settings + text, "utf-8")
    return [program("caddy"), "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


def filled(text: str, values: dict[str, str]) -> str:
    """The sample with this test's addresses in place of its own."""
    for sample, value in values.items():
        assert sample in text, f"the sample configuration has no {sample!r}"
        text = text.replace(sample, value)
    return text


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For localhost, signed by itself; beside it the key."""
    path = tmp_path_factory.mktemp("tls") / "site.pem"
    names = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1")
    command = [program("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", *names, "-keyout", str(path.with_suffix(".key")), "-out", str(path)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=30)
    return path


@pytest.fixture(scope="module", params=[nginx, caddy], ids=["nginx", "caddy"])
def site(
    request: pytest.FixtureRequest, serve_seeds: Serve, certificate: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The proxy in front of a server of its own; both end with the module."""
    program(request.param.__name__)
    folder = tmp_path_factory.mktemp(request.param.__name__)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"https://localhost:{port}{PATH}/"
    site = Site(base, port, certificate, serve_seeds(base, FASTI_PROXY_HOPS="1"))
    command: Sequence[str] = request.param(site, folder)
    homes = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stderr=log, stdout=log, env=os.environ | homes)
    try:
        _await(site, process, folder / "log")
        yield site
    finally:
        process.terminate()
        try:
            process.wait(10)
        finally:
            process.kill()
            process.wait()


def _await(site: Site, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            if site.get(f"{PATH}/health")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(log.read_text("utf-8", "replace"))


def test_an_iri_leads_to_its_document(site: Site) -> None:
    status, headers, _ = site.get(BODY)

    assert status == 303
    assert urljoin(site.base, headers["location"]) == f"{site.base}doc/organization/ogs"
    assert site.follow(BODY, Accept="text/html")[0] == 200


@pytest.mark.parametrize("kind", ["text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples"])  # fmt: skip
def test_the_data_are_about_the_iri_that_was_asked_for(site: Site, kind: str) -> None:
    status, headers, body = site.follow(BODY, Accept=kind)
    graph = Graph().parse(data=body, format=kind, publicID=site.base)

    assert (status, headers["content-type"].partition(";")[0]) == (200, kind)
    assert (URIRef(f"{site.base}id/organization/ogs"), RDF.type, None) in graph
    assert b"127.0.0.1" not in body


def test_headers_name_addresses_of_the_site(site: Site) -> None:
    _, headers, _ = site.follow(BODY, Accept="text/turtle")
    targets = [urljoin(site.base, target) for target in re.findall(r"<([^>]*)>", headers["link"])]
    ours = [target for target in targets if "creativecommons.org" not in target]

    assert urljoin(site.base, headers["content-location"]).startswith(site.base)
    assert len(ours) > 3
    assert all(target.startswith(site.base) for target in ours)
    assert all(site.follow(site.local(target))[0] == 200 for target in ours)


@pytest.mark.parametrize("page", ["/", "/doc/organization/ogs", "/sparql", "/dumps/", "/source/", "/def", "/nothing/here"])  # fmt: skip
def test_every_link_of_a_page_stays_below_the_path(site: Site, page: str) -> None:
    _, _, body = site.get(PATH + page, Accept="text/html")
    found = {link.replace("&amp;", "&") for link in re.findall(r'(?:href|src|action)="([^"]*)"', body.decode())}
    addresses = {urljoin(f"{site.base[:-6]}{PATH}{page}", link).partition("#")[0] for link in found}
    ours = sorted(address for address in addresses if urlsplit(address).hostname in ("localhost", "127.0.0.1"))

    assert len(ours) > 3
    for address in ours[:60]:
        path = quote(unquote(site.local(address)), safe="/?=&%:+;,@!$'()*~")
        wanted = {404} if page == "/nothing/here" and urlsplit(address).path.endswith(page) else {200}
        assert site.follow(path, Accept="text/html, */*;q=0.1")[0] in wanted, address


@pytest.mark.parametrize("path", ["/source", "/dumps"])
def test_redirects_of_the_server_stay_below_the_path(site: Site, path: str) -> None:
    status, headers, _ = site.get(PATH + path)

    if status != 200:
        assert urljoin(site.base, headers["location"]).startswith(site.base)
    assert site.follow(PATH + path)[0] == 200


def test_the_path_without_its_slash_is_found(site: Site) -> None:
    status, headers, _ = site.get(PATH)

    assert status in (301, 308)
    assert urljoin(site.base, headers["location"]) == site.base


def test_the_endpoint_answers_and_says_where_it_is(site: Site) -> None:
    description = Graph().parse(data=site.get(f"{PATH}/sparql", Accept="text/turtle")[2], format="turtle")
    endpoint = Namespace("http://www.w3.org/ns/sparql-service-description#").endpoint
    asked = site.get(f"{PATH}/sparql?query=" + quote(f"ASK {{ <{site.base}id/organization/ogs> ?p ?o }}"))
    sent = site.get(f"{PATH}/sparql", "POST", "ASK { <id/organization/ogs> ?p ?o }", Content_Type="application/sparql-query")  # fmt: skip

    assert list(description.objects(None, endpoint)) == [URIRef(f"{site.base}sparql")]
    assert b"true" in asked[2]
    assert b"true" in sent[2]


def test_the_catalog_names_files_that_can_be_had(site: Site) -> None:
    _, headers, body = site.follow(f"{PATH}/.well-known/void", Accept="text/turtle")
    graph = Graph().parse(data=body, format=headers["content-type"].partition(";")[0])
    files = {str(o) for p, o in graph.predicate_objects() if str(p).endswith(("dataDump", "downloadURL"))}

    assert files
    for file in sorted(files):
        assert site.get(site.local(file), "HEAD")[0] == 200


def test_a_range_of_a_file_comes_through(site: Site) -> None:
    status, headers, body = site.get(f"{PATH}/dumps/record.nt", Range="bytes=10-19")

    assert (status, len(body)) == (206, 10)
    assert headers["content-range"].startswith("bytes 10-19/")


def test_a_condition_comes_through(site: Site) -> None:
    tag = site.get(f"{PATH}/doc/organization/ogs.ttl")[1]["etag"]

    assert site.get(f"{PATH}/doc/organization/ogs.ttl", If_None_Match=tag)[0] == 304


def test_a_query_of_two_hundred_kilobytes_comes_through(site: Site) -> None:
    """In the body; an address may have 64 KiB."""
    query = "#" + "x" * 200_000 + "\nASK {}"

    assert site.get(f"{PATH}/sparql?query=" + quote(query[:60_000] + "\nASK {}"))[0] == 200
    assert site.get(f"{PATH}/sparql", "POST", query, Content_Type="application/sparql-query")[0] == 200


def test_what_a_client_says_of_proxies_is_not_believed(site: Site) -> None:
    claims = {"X-Forwarded-Prefix": "/evil", "X-Forwarded-Proto": "http", "X-Forwarded-Port": "99"}
    for name, value in claims.items():
        _, headers, _ = site.get(BODY, **{name: value})
        assert urljoin(site.base, headers["location"]) == f"{site.base}doc/organization/ogs"
        assert b"evil" not in site.get(f"{PATH}/", **{name: value, "Accept": "text/html"})[2]
