"""Programs that people use, unmodified, against the running server: what they read is what the record says.

`tests/conformance/clients/setup.sh` installs those that are not Python's.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest
from pyld import jsonld
from rdflib import Dataset, Graph, URIRef
from SPARQLWrapper import CSV, JSON, POST, RDFXML, TURTLE, XML, SPARQLWrapper

if TYPE_CHECKING:
    from conftest import LiveServer

pytestmark = pytest.mark.clients

CLIENTS = Path(os.environ.get("FASTI_CLIENTS") or Path(__file__).parents[2] / ".clients")
BODY = "id/organization/ogs"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
TURTLE_, JSON_LD, N_TRIPLES, RDF_XML, TRIG, N_QUADS = (
    "text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml", "application/trig", "application/n-quads",
)  # fmt: skip
TRIPLES = {"ttl": TURTLE_, "jsonld": JSON_LD, "nt": N_TRIPLES, "rdf": RDF_XML}
QUADS = {"trig": TRIG, "nq": N_QUADS}
Triples = set[tuple[str, str, str]]


def tool(name: str) -> str:
    """The path of a program; without it the test is skipped, but never in CI."""
    places = os.pathsep.join([str(CLIENTS / "node_modules" / ".bin"), os.environ["PATH"], "/usr/sbin"])
    found = shutil.which(name, path=places)
    if found is None and not os.environ.get("CI"):
        pytest.skip(f"{name} is not installed: run tests/conformance/clients/setup.sh")
    assert found is not None, f"{name} is not installed"
    return found


def run(name: str, *arguments: str, seconds: float = 60) -> str:
    environment = os.environ | {"NODE_OPTIONS": f"--require={Path(__file__).parent / 'clients' / 'loopback.cjs'}"}
    command = [tool(name), *arguments]
    done = subprocess.run(command, capture_output=True, timeout=seconds, check=False, env=environment)
    assert done.returncode == 0, (done.stdout[-2000:], done.stderr[-2000:])
    return done.stdout.decode()


def known(text: bytes | str, kind: str = N_TRIPLES) -> Triples:
    """Subject, predicate and object of every statement, as N-Triples writes them."""
    found = Dataset(default_union=True).parse(data=text, format=kind)
    return {(s.n3(), p.n3(), o.n3()) for s, p, o, _ in found.quads()}


@pytest.fixture(scope="module")
def expected(live_server: LiveServer) -> Triples:
    """What the server says of the body, read as plainly as can be."""
    found = known(live_server.get(f"/doc/{BODY.removeprefix('id/')}.nt").body)
    assert len(found) > 50
    return found


# -- curl


@pytest.mark.parametrize("suffix", [*TRIPLES, *QUADS])
def test_curl_follows_an_iri_to_its_data(live_server: LiveServer, expected: Triples, suffix: str) -> None:
    kind = (TRIPLES | QUADS)[suffix]
    body = run("curl", "-sSfL", "--compressed", "-H", f"Accept: {kind}", live_server.base + BODY)

    assert known(body, kind) >= expected


def test_curl_with_its_own_header_gets_the_page(live_server: LiveServer) -> None:
    assert "<html" in run("curl", "-sSfL", live_server.base + BODY)


def test_curl_revalidates_and_resumes(live_server: LiveServer, tmp_path: Path) -> None:
    """ETag, Range: what `--etag-compare` and `-C -` rely on."""
    page, tag = f"{live_server.base}doc/organization/ogs.ttl", str(tmp_path / "tag")
    run("curl", "-sSf", "--etag-save", tag, "-o", str(tmp_path / "first"), page)
    status = run("curl", "-sSf", "--etag-compare", tag, "-o", str(tmp_path / "second"), "-w", "%{http_code}", page)
    dump, part = f"{live_server.base}dumps/record.nt", tmp_path / "record.nt"
    whole = run("curl", "-sSf", dump).encode()
    part.write_bytes(whole[:1000])
    run("curl", "-sSf", "-C", "-", "-o", str(part), dump)

    assert status == "304"
    assert part.read_bytes() == whole


@pytest.mark.parametrize("way", [("-G", "--data-urlencode"), ("--data-urlencode",)], ids=["get", "post"])
def test_curl_asks_a_query(live_server: LiveServer, way: tuple[str, ...]) -> None:
    query = f"query=SELECT ?n {{ <{BODY}> rdfs:label ?n }}"
    answer = run("curl", "-sSf", *way, query, "-H", "Accept: text/csv", f"{live_server.base}sparql")

    assert answer.splitlines()[0] == "n"
    assert "General Secretary" in answer


def test_curl_sends_a_query_as_it_is(live_server: LiveServer) -> None:
    kind = "Content-Type: application/sparql-query"
    answer = run("curl", "-sSf", "-H", kind, "--data-binary", "ASK { ?s a org:Post }", f"{live_server.base}sparql")

    assert json.loads(answer)["boolean"] is True


# -- rdflib


def test_rdflib_reads_an_iri(live_server: LiveServer, expected: Triples) -> None:
    graph = Graph().parse(live_server.base + BODY)

    assert {(s.n3(), p.n3(), o.n3()) for s, p, o in graph} == expected


@pytest.mark.parametrize("name", ["turtle", "json-ld", "nt", "xml", "n3"])
def test_rdflib_reads_an_iri_in_each_format(live_server: LiveServer, expected: Triples, name: str) -> None:
    graph = Graph().parse(live_server.base + BODY, format=name)

    assert {(s.n3(), p.n3(), o.n3()) for s, p, o in graph} == expected


@pytest.mark.parametrize(("name", "address"), [("trig", BODY), ("json-ld", BODY), ("nquads", "doc/organization/ogs.nq")])  # fmt: skip
def test_rdflib_reads_quads(live_server: LiveServer, expected: Triples, name: str, address: str) -> None:
    """The address of N-Quads, because rdflib does not ask for them by its header."""
    found = Dataset().parse(live_server.base + address, format=name)

    assert {(s.n3(), p.n3(), o.n3()) for s, p, o, _ in found.quads()} >= expected


@pytest.mark.parametrize("address", ["def", "catalog", ".well-known/void", "dumps/record.ttl", "sparql"])
def test_rdflib_reads_the_other_documents(live_server: LiveServer, address: str) -> None:
    assert len(Graph().parse(live_server.base + address)) > 10


# -- SPARQLWrapper


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("kind", [JSON, XML, CSV])
def test_sparqlwrapper_selects(live_server: LiveServer, kind: str, method: str) -> None:
    client = SPARQLWrapper(live_server.base + "sparql", returnFormat=kind)
    client.setMethod(method)
    client.setQuery(f"SELECT ?n {{ <{live_server.base}{BODY}> <{LABEL}> ?n }}")
    with (answer := client.query()).response:
        found = answer.convert()

    if kind == JSON:
        assert "General Secretary" in found["results"]["bindings"][0]["n"]["value"]
    elif kind == XML:
        assert "General Secretary" in found.toxml()
    else:
        assert b"General Secretary" in found


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # its own doing
@pytest.mark.parametrize("kind", [TURTLE, RDFXML])
@pytest.mark.parametrize("form", ["CONSTRUCT { ?s ?p ?o } WHERE { ?s a org:Post ; ?p ?o }", f"DESCRIBE <{BODY}>"])
def test_sparqlwrapper_gets_graphs(live_server: LiveServer, form: str, kind: str) -> None:
    client = SPARQLWrapper(live_server.base + "sparql", returnFormat=kind)
    client.setMethod(POST)
    client.setQuery(form)
    with (answer := client.query()).response:
        found = answer.convert()
    graph = found if isinstance(found, Graph) else Graph().parse(data=found, format="turtle")

    assert len(graph) > 5


def test_sparqlwrapper_asks(live_server: LiveServer) -> None:
    client = SPARQLWrapper(live_server.base + "sparql", returnFormat=JSON)
    client.setQuery("ASK { ?s a org:Organization }")
    with (answer := client.query()).response:
        assert answer.convert()["boolean"] is True


# -- pyld


def test_pyld_expands_an_iri_and_keeps_every_statement(live_server: LiveServer, expected: Triples) -> None:
    as_quads = jsonld.to_rdf(live_server.base + BODY, {"format": N_QUADS})

    assert known(as_quads, N_QUADS) == expected


def test_pyld_frames_the_body(live_server: LiveServer) -> None:
    frame = {"@id": live_server.base + BODY, LABEL: {}}
    framed = jsonld.frame(live_server.base + BODY, frame, {})

    assert urljoin(live_server.base + BODY, framed["@id"]) == live_server.base + BODY


# -- raptor


@pytest.mark.parametrize(("suffix", "parser"), [("ttl", "turtle"), ("rdf", "rdfxml"), ("nt", "ntriples"), ("nq", "nquads"), ("trig", "trig")])  # fmt: skip
def test_rapper_reads_each_format(live_server: LiveServer, expected: Triples, suffix: str, parser: str) -> None:
    address = f"{live_server.base}doc/organization/ogs.{suffix}"

    assert known(run("rapper", "-q", "-i", parser, "-o", "ntriples", address)) >= expected


def test_rapper_follows_an_iri_and_guesses(live_server: LiveServer, expected: Triples) -> None:
    assert known(run("rapper", "-q", "-g", "-o", "ntriples", live_server.base + BODY)) == expected


def test_rapper_reads_the_whole_record(live_server: LiveServer) -> None:
    with urlopen(f"{live_server.base}dumps/record.nt") as plain:
        count = len(plain.read().splitlines())
    for name, parser in (("record.ttl", "turtle"), ("record.rdf", "rdfxml")):
        lines = run("rapper", "-q", "-i", parser, "-o", "ntriples", f"{live_server.base}dumps/{name}")
        assert len(lines.splitlines()) == count


# -- Comunica


def comunica(program: str, source: str, query: str, *more: str, kind: str = "application/sparql-results+json") -> str:
    return run(program, *more, source, query, "-t", kind)


def solutions(answer: str) -> list[dict[str, dict[str, str]]]:
    found: list[dict[str, dict[str, str]]] = json.loads(answer)["results"]["bindings"]
    return found


@pytest.mark.parametrize("prefix", ["sparql@", ""], ids=["told", "found out"])
def test_comunica_asks_the_endpoint(live_server: LiveServer, prefix: str) -> None:
    """Without being told what it is, it finds out from the service description."""
    query = f"SELECT ?n {{ <{live_server.base}{BODY}> <{LABEL}> ?n FILTER(LANG(?n) = 'en') }}"
    found = solutions(comunica("comunica-sparql", f"{prefix}{live_server.base}sparql", query))

    assert [row["n"]["xml:lang"] for row in found] == ["en"]
    assert "General Secretary" in found[0]["n"]["value"]


def test_comunica_constructs_at_the_endpoint(live_server: LiveServer) -> None:
    query = f"CONSTRUCT {{ ?s <{LABEL}> ?n }} WHERE {{ ?s a <http://www.w3.org/ns/org#Post> ; <{LABEL}> ?n }}"
    answer = comunica("comunica-sparql", f"sparql@{live_server.base}sparql", query, kind=N_TRIPLES)

    assert len(known(answer)) > 10


def test_comunica_reads_a_document(live_server: LiveServer, expected: Triples) -> None:
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    answer = comunica("comunica-sparql", live_server.base + BODY, query, kind=N_TRIPLES)

    assert known(answer) == expected


def test_comunica_joins_a_document_with_the_endpoint(live_server: LiveServer) -> None:
    document, endpoint = live_server.base + BODY, f"sparql@{live_server.base}sparql"
    query = f"SELECT DISTINCT ?n {{ ?post <http://www.w3.org/ns/org#postIn> <{document}> ; <{LABEL}> ?n }}"
    found = solutions(run("comunica-sparql", document, endpoint, query, "-t", "application/sparql-results+json"))

    assert found


def test_comunica_follows_links_to_names_that_the_first_document_lacks(live_server: LiveServer) -> None:
    """Body → post → holder: what holders are called is in their own documents only."""
    org = "http://www.w3.org/ns/org#"
    query = f"""SELECT DISTINCT ?p ?n {{ ?post <{org}postIn> <{live_server.base}{BODY}> .
                ?p <{org}holds> ?post ; <{LABEL}> ?n }}"""
    # Lenient: also links that lead out of this machine are followed, and fail there.
    answer = comunica("comunica-sparql-link-traversal", live_server.base + BODY, query, "--lenient")
    there = live_server.get("/sparql", query=query, accept="application/sparql-results+json")
    wanted = {row["p"]["value"] for row in solutions(there.body.decode())}

    assert wanted
    assert {row["p"]["value"] for row in solutions(answer)} == wanted


# -- rdf-dereference


def test_rdf_dereference_follows_an_iri(live_server: LiveServer, expected: Triples) -> None:
    found = json.loads(run("rdf-dereference", live_server.base + BODY))
    predicates = {(URIRef(row["subject"]).n3(), URIRef(row["predicate"]).n3()) for row in found}

    assert predicates >= {(s, p) for s, p, _ in expected}
