"""SPARQL 1.1 Protocol and Service Description over real HTTP, one case per rule, written from their texts.

Sections without another name are of https://www.w3.org/TR/sparql11-protocol/; "SD" is
https://www.w3.org/TR/sparql11-service-description/. Update operations are refused: a service may reject any
request for its own reasons (2.2.4, 4), and this one is read-only.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pytest
from rdflib import RDF, Dataset, Graph, Namespace, URIRef
from rdflib.compare import isomorphic

if TYPE_CHECKING:
    from conftest import LiveServer, Reply

FORM, DIRECT, UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
GRAPHS = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json", "application/trig", "application/n-quads")  # fmt: skip
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
Pairs = tuple[tuple[str, str], ...]

# `{base}` in a case is the address of the server. A release has these graphs, each of another size.
EVIDENCE, QUALITY = "{base}graph/evidence", "{base}graph/quality"
SELECT, ASK = "SELECT (1 AS ?x) {}", "ASK {}"
CONSTRUCT, DESCRIBE = "CONSTRUCT { <x> rdfs:label 'x' } WHERE {}", "DESCRIBE <{base}id/organization/ogs>"
SOURCES = "SELECT (COUNT(*) > 0 AS ?x) { ?s a fasti:Source ; fasti:sha256 ?o }"
CONFLICTS = "SELECT (COUNT(*) > 0 AS ?x) { ?s fasti:weight ?o }"
NAMED = "SELECT (COUNT(DISTINCT ?g) AS ?x) { GRAPH ?g { ?s ?p ?o } }"
SYNTAX = "SELECT ?x WHERE { ?s ?p }"


@dataclass(frozen=True)
class Case:
    """A request and what has to come back."""

    name: str
    section: str
    method: str = "GET"
    args: Pairs = ()
    body: bytes | None = None
    kind: str | None = None
    accept: str | None = None
    status: int = 200
    type: str | None = None
    """Media type of the answer."""
    value: str | None = None
    """What ?x is in the only solution, or the truth value."""
    code: str | None = None
    """What the problem document of a refusal has as its code."""
    headers: Mapping[str, str] = field(default_factory=dict)


def get(name: str, section: str, query: str, *dataset: tuple[str, str], **more: object) -> Case:
    """2.1.1."""
    return Case(name, section, "GET", (("query", query), *dataset), **more)  # type: ignore[arg-type]


def form(name: str, section: str, query: str, *dataset: tuple[str, str], **more: object) -> Case:
    """2.1.2."""
    body = urlencode([("query", query), *dataset], safe="{}").encode()
    return Case(name, section, "POST", (), body, **({"kind": FORM} | more))  # type: ignore[arg-type]


def direct(name: str, section: str, query: str, *dataset: tuple[str, str], **more: object) -> Case:
    """2.1.3."""
    return Case(name, section, "POST", dataset, query.encode(), **({"kind": DIRECT} | more))  # type: ignore[arg-type]


WAYS = {"GET": get, "form": form, "direct": direct}
DEFAULT, OTHER = ("default-graph-uri", EVIDENCE), ("default-graph-uri", QUALITY)
NAME, OTHER_NAME = ("named-graph-uri", EVIDENCE), ("named-graph-uri", QUALITY)
FROM = SOURCES.replace("{", f"FROM <{QUALITY}> {{", 1)

QUERIES = [
    *(way(f"query, {name}", "2.1", SELECT, type=JSON, value="1") for name, way in WAYS.items()),
    *(way(f"characters beyond ASCII, {name}", "2.1", "SELECT ('韓時明 é +&=%' AS ?x) {}", value="韓時明 é +&=%") for name, way in WAYS.items()),
    *(way(f"one default graph, {name}", "2.1.4", SOURCES, DEFAULT, value="true") for name, way in WAYS.items()),
    *(way(f"another default graph, {name}", "2.1.4", SOURCES, OTHER, value="false") for name, way in WAYS.items()),
    *(way(f"two default graphs are merged, {name}", "2.1.4", CONFLICTS, DEFAULT, OTHER, value="true") for name, way in WAYS.items()),
    *(way(f"one named graph, {name}", "2.1.4", NAMED, NAME, value="1") for name, way in WAYS.items()),
    *(way(f"two named graphs, {name}", "2.1.4", NAMED, NAME, OTHER_NAME, value="2") for name, way in WAYS.items()),
    *(way(f"default and named graphs, {name}", "2.1.4", NAMED, OTHER, NAME, value="1") for name, way in WAYS.items()),
    *(way(f"named graphs alone leave the default graph empty, {name}", "2.1.4", SOURCES, NAME, value="false") for name, way in WAYS.items()),
    *(way(f"FROM of the query, {name}", "2.1.4", FROM, value="false") for name, way in WAYS.items()),
    *(way(f"the request's data set wins over FROM, {name}", "2.1.4", FROM, DEFAULT, value="true") for name, way in WAYS.items()),
    get("no data set is the service's own", "2.1.4", "ASK { ?s org:memberDuring ?o }", value="true"),
    get("a graph that cannot be had", "2.1.4", ASK, ("default-graph-uri", "http://127.0.0.1:9/"), status=400, code="unanswerable"),
    get("a named graph that cannot be had", "2.1.4", ASK, ("named-graph-uri", "http://127.0.0.1:9/"), status=400, code="unanswerable"),
    Case("spaces as plus signs", "2.1.1", args=(("query", ASK),), value="true"),
    form("parameters of a form's type", "2.1.2", ASK, kind=f"{FORM}; charset=UTF-8", value="true"),
    direct("parameters of a query's type", "2.1.3", ASK, kind=f"{DIRECT}; charset=utf-8", value="true"),
    Case("data set in the address of a form", "2.1.2", "POST", (DEFAULT,), urlencode({"query": SOURCES}).encode(), FORM, value="true"),
    Case("HEAD", "2.1 (RFC 9110, 9.3.2)", "HEAD", (("query", SELECT),), type=JSON),
]  # fmt: skip

NEGOTIATED = [
    *(get(f"SELECT as {kind}", "2.1.5, 2.1.6", SELECT, accept=kind, type=kind, value="1") for kind in (JSON, XML, CSV, TSV)),
    *(get(f"ASK as {kind}", "2.1.5, 2.1.6", ASK, accept=kind, type=kind, value="true") for kind in (JSON, XML)),
    *(get(f"CONSTRUCT as {kind}", "2.1.5, 2.1.6", CONSTRUCT, accept=kind, type=kind) for kind in GRAPHS),
    *(get(f"DESCRIBE as {kind}", "2.1.5, 2.1.6", DESCRIBE, accept=kind, type=kind) for kind in GRAPHS),
    get("SELECT without a wish", "2.1.5", SELECT, type=JSON, value="1"),
    get("ASK without a wish", "2.1.5", ASK, type=JSON, value="true"),
    get("CONSTRUCT without a wish", "2.1.5", CONSTRUCT, type="text/turtle"),
    get("DESCRIBE without a wish", "2.1.5", DESCRIBE, type="text/turtle"),
    get("the most wanted of several", "2.1.5", SELECT, accept=f"{JSON};q=0.3, {XML};q=0.7, image/png", type=XML),
    get("one wish for every form: graph", "2.1.5", CONSTRUCT, accept=f"{JSON}, application/rdf+xml;q=0.5", type="application/rdf+xml"),
    get("none of the wishes can be had", "2.1.7", SELECT, accept="image/png", status=406, code="not-acceptable"),
    get("solutions are no graph", "2.1.7", SELECT, accept="text/turtle", status=406, code="not-acceptable"),
    get("two spellings of one format, as SPARQLWrapper has them", "2.1.5", CONSTRUCT, ("format", "rdf+xml"), ("format", "application/rdf+xml"), type="application/rdf+xml"),
    get("N3, as rdflib calls Turtle", "2.1.5", CONSTRUCT, accept="text/n3, */*;q=0.1", type="text/n3"),
    form("negotiation, form", "2.1.5", SELECT, accept=XML, type=XML),
    direct("negotiation, direct", "2.1.5", SELECT, accept=CSV, type=CSV),
]  # fmt: skip

REFUSED = [
    *(Case(f"method {method}", "2.1", method, (("query", ASK),), status=405, code="method", headers={"allow": "GET, HEAD, POST, OPTIONS"}) for method in ("PUT", "DELETE", "PATCH")),
    get("two queries, GET", "2.1", ASK, ("query", ASK), status=400, code="two-queries"),
    form("two queries, form", "2.1", ASK, ("query", ASK), status=400, code="two-queries"),
    direct("two queries, direct", "2.1", ASK, ("query", ASK), status=400, code="two-queries"),
    Case("two queries, address and form", "2.1", "POST", (("query", ASK),), urlencode({"query": ASK}).encode(), FORM, status=400, code="two-queries"),
    form("a form with another type", "2.1.2", ASK, kind="text/plain", status=415, code="media-type"),
    form("a form without a type", "2.1.2", ASK, kind=None, status=415, code="media-type"),
    direct("a query with another type", "2.1.3", ASK, kind="text/turtle", status=415, code="media-type"),
    direct("a query without a type", "2.1.3", ASK, kind=None, status=415, code="media-type"),
    Case("a query in UTF-16", "2.1.3", "POST", (), ASK.encode("utf-16"), DIRECT + "; charset=UTF-16", status=415, code="media-type"),
    Case("a query that is no UTF-8", "2.1.3", "POST", (), b"ASK { ?s ?p '\xe9' }", DIRECT, status=400, code="encoding"),
    Case("a form that is no UTF-8", "2.1.2", "POST", (), b"query=ASK%7B?s%20?p%20'%E9'%7D", FORM, status=400, code="encoding"),
    Case("no query, GET", "2.1.1", args=(DEFAULT,), status=400, code="no-query"),
    Case("no query, form", "2.1.2", "POST", (), b"", FORM, status=400, code="no-query"),
    Case("no query, direct", "2.1.3", "POST", (), b"", DIRECT, status=400, code="syntax"),
    *(way(f"malformed query, {name}", "2.1.7", SYNTAX, status=400, code="syntax") for name, way in WAYS.items()),
    get("a prefix that is not declared", "2.1.7", "ASK { nope:x ?p ?o }", status=400, code="syntax"),
    get("SERVICE", "4 (a service may refuse what endangers others)", "ASK { SERVICE <http://127.0.0.1:9/> {} }", status=400, code="service"),
]  # fmt: skip

OPERATIONS = {
    "INSERT DATA": "INSERT DATA { <a> <b> <c> }",
    "DELETE DATA": "DELETE DATA { <a> <b> <c> }",
    "DELETE/INSERT": "DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "LOAD": "LOAD <http://127.0.0.1:9/>",
    "CLEAR": "CLEAR ALL",
    "CREATE": "CREATE GRAPH <a>",
    "DROP": "DROP ALL",
    "COPY": "COPY DEFAULT TO <a>",
    "MOVE": "MOVE DEFAULT TO <a>",
    "ADD": "ADD DEFAULT TO <a>",
}
UPDATES = [
    *(Case(f"{name}, form", "2.2.1", "POST", (), urlencode({"update": text}).encode(), FORM, status=400, code="update") for name, text in OPERATIONS.items()),
    *(Case(f"{name}, direct", "2.2.2", "POST", (), text.encode(), UPDATE, status=400, code="update") for name, text in OPERATIONS.items()),
    *(Case(f"{name}, as a query", "2.1", args=(("query", text),), status=400, code="update") for name, text in OPERATIONS.items()),
    Case("update by GET", "2.2", args=(("update", "CLEAR ALL"),), status=400, code="update"),
    Case("update and query together", "2.1, 2.2", "POST", (), urlencode({"query": ASK, "update": "CLEAR ALL"}).encode(), FORM, status=400, code="update"),
    Case("update with a data set", "2.2.3", "POST", (("using-graph-uri", EVIDENCE),), b"CLEAR ALL", UPDATE, status=400, code="update"),
    Case("update with a wrong type", "2.2.2", "POST", (), b"CLEAR ALL", "text/plain", status=415, code="media-type"),
    Case("update by PUT", "2.2", "PUT", (), b"CLEAR ALL", UPDATE, status=405, code="method"),
]  # fmt: skip

CASES = [*QUERIES, *NEGOTIATED, *REFUSED, *UPDATES]


def test_the_suite_is_whole() -> None:
    assert len(CASES) == 128
    assert len({case.name for case in CASES}) == len(CASES)
    assert all(case.section for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_protocol(live_server: LiveServer, case: Case) -> None:
    reply = ask(live_server, case)

    assert reply.status == case.status, reply.body
    assert "accept" in reply.headers["vary"].lower()
    if case.type is not None:
        assert reply.type == case.type
    if case.value is not None:
        assert only_value(reply) == case.value
    if case.code is not None and case.method != "HEAD":
        assert reply.type == "application/problem+json"
        assert json.loads(reply.body)["code"] == case.code
    assert case.headers.items() <= reply.headers.items()
    assert (reply.body == b"") == (case.method == "HEAD")


def ask(server: LiveServer, case: Case) -> Reply:
    """Send a case's request with the server's own address in it."""
    pairs = [(name, value.replace("{base}", server.base)) for name, value in case.args]
    target = "/sparql" + (f"?{urlencode(pairs)}" if pairs else "")
    base = server.base.encode()
    body = case.body
    if body is not None:
        body = body.replace(b"{base}", quote(base, safe="").encode() if case.kind and case.kind.startswith(FORM) else base)  # fmt: skip
    wishes = {"Accept": case.accept, "Content-Type": case.kind}
    return server.request(case.method, target, body, {name: value for name, value in wishes.items() if value})


def only_value(reply: Reply) -> str:
    """The only value of the only solution, whatever the format."""
    if reply.type == CSV:
        return list(csv.reader(io.StringIO(reply.body.decode(), newline="")))[1][0]
    if reply.type == TSV:
        return reply.body.decode().splitlines()[1].strip('"')
    if reply.type == XML:
        graph = reply.body.decode()
        return graph.partition("<boolean>" if "<boolean>" in graph else ">1</literal>")[2].partition("<")[0] or "1"
    found = json.loads(reply.body)
    if "boolean" in found:
        return str(found["boolean"]).lower()
    return str(found["results"]["bindings"][0]["x"]["value"])


def test_a_graph_is_the_same_in_every_format(live_server: LiveServer) -> None:
    """2.1.6: the format is a representation of one result."""
    query = DESCRIBE.replace("{base}", live_server.base)
    found = [triples(live_server.get("/sparql", kind, query=query)) for kind in GRAPHS]

    assert len(found[0]) > 20
    assert all(isomorphic(found[0], other) for other in found[1:])


def triples(reply: Reply) -> Graph:
    """The triples of an answer, whatever the format."""
    graph = Graph()
    for quad in Dataset().parse(data=reply.body, format=reply.type).quads():
        graph.add(quad[:3])
    return graph


def test_nothing_that_was_refused_has_changed_anything(live_server: LiveServer) -> None:
    """2.2: not one statement more or less after every update of this suite."""
    count = "SELECT (COUNT(*) AS ?x) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    before = only_value(live_server.get("/sparql", query=count))
    for case in UPDATES:
        ask(live_server, case)

    assert only_value(live_server.get("/sparql", query=count)) == before


# -- Service Description


def description(server: LiveServer, accept: str | None = None) -> Graph:
    return triples(server.get("/sparql", accept))


@pytest.mark.parametrize("accept", [None, *GRAPHS])
def test_the_description_comes_as_rdf_where_there_is_no_query(live_server: LiveServer, accept: str | None) -> None:
    """SD 2: a GET on the endpoint without any parameter returns RDF, by negotiation."""
    reply = live_server.get("/sparql", accept)

    assert reply.status == 200
    assert reply.type == (accept or "text/turtle")
    assert isomorphic(triples(reply), description(live_server))


def test_the_description_names_this_endpoint(live_server: LiveServer) -> None:
    """SD 3.2.1, 3.4.1: exactly one sd:Service, whose sd:endpoint is the address that was asked."""
    graph = description(live_server)
    services = list(graph.subjects(RDF.type, SD.Service))

    assert len(services) == 1
    assert list(graph.objects(services[0], SD.endpoint)) == [URIRef(live_server.base + "sparql")]


def test_the_description_uses_the_vocabulary_as_its_schema_has_it(live_server: LiveServer) -> None:
    """SD 3.2, 3.4: terms that exist, and subjects and objects of the classes that domain and range say."""
    graph = description(live_server)
    domains = {SD.endpoint: SD.Service, SD.supportedLanguage: SD.Service, SD.resultFormat: SD.Service,
               SD.defaultDataset: SD.Service, SD.availableGraphs: SD.Service, SD.defaultGraph: SD.Dataset,
               SD.namedGraph: SD.Dataset, SD.name: SD.NamedGraph, SD.graph: SD.NamedGraph}  # fmt: skip
    ranges = {SD.defaultDataset: SD.Dataset, SD.availableGraphs: SD.GraphCollection,
              SD.defaultGraph: SD.Graph, SD.namedGraph: SD.NamedGraph, SD.graph: SD.Graph}  # fmt: skip
    used = {p for p in graph.predicates() if p in SD}

    assert used <= domains.keys() | ranges.keys()
    assert all((s, RDF.type, domains[p]) in graph for s, p in graph.subject_predicates() if p in domains)
    assert all((o, RDF.type, ranges[p]) in graph for p, o in graph.predicate_objects() if p in ranges)


def test_the_description_promises_what_the_endpoint_does(live_server: LiveServer) -> None:
    """SD 3.4.2, 3.4.5: query, not update; every sd:resultFormat can be had."""
    graph = description(live_server)
    service = next(iter(graph.subjects(RDF.type, SD.Service)))
    had = {
        FORMATS.SPARQL_Results_JSON: (SELECT, JSON), FORMATS.SPARQL_Results_XML: (SELECT, XML),
        FORMATS.SPARQL_Results_CSV: (SELECT, CSV), FORMATS.SPARQL_Results_TSV: (SELECT, TSV),
        FORMATS.Turtle: (CONSTRUCT, "text/turtle"), FORMATS["N-Triples"]: (CONSTRUCT, "application/n-triples"),
        FORMATS.RDF_XML: (CONSTRUCT, "application/rdf+xml"), FORMATS["JSON-LD"]: (CONSTRUCT, "application/ld+json"),
        FORMATS.TriG: (CONSTRUCT, "application/trig"), FORMATS["N-Quads"]: (CONSTRUCT, "application/n-quads"),
    }  # fmt: skip

    assert list(graph.objects(service, SD.supportedLanguage)) == [SD.SPARQL11Query]
    assert set(graph.objects(service, SD.resultFormat)) == set(had)
    for query, kind in had.values():
        assert live_server.get("/sparql", kind, query=query).type == kind


def test_the_description_lists_graphs_that_can_be_asked(live_server: LiveServer) -> None:
    """SD 3.4.9 to 3.4.14: each sd:name is a graph of the data set, with as many triples as it is said to have."""
    graph = description(live_server)
    names = [name for name in graph.objects(None, SD.name) if isinstance(name, URIRef)]
    void = Namespace("http://rdfs.org/ns/void#")

    assert len(names) >= 4
    for name in names:
        said = next(iter(graph.objects(name, void.triples)))
        query = f"SELECT (COUNT(*) AS ?x) {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"
        assert only_value(live_server.get("/sparql", query=query)) == str(said)


@pytest.mark.parametrize("kind", GRAPHS)
def test_the_description_is_a_document_with_other_formats(live_server: LiveServer, kind: str) -> None:
    """RFC 9110, sections 8.7 and 8.8.2: each format has an address of its own, and the time of the release."""
    reply = live_server.get("/sparql", kind)
    own = live_server.get(reply.headers["content-location"], "text/html")

    assert (own.type, own.body, own.headers["etag"]) == (kind, reply.body, reply.headers["etag"])
    assert reply.headers["last-modified"] == live_server.get("/def", kind).headers["last-modified"]
    assert 'rel="license"' in reply.headers["link"]
    assert ('rel="alternate"' in reply.headers["link"]) is (kind != "application/ld+json")
    assert (
        live_server.request("GET", "/sparql", headers={"Accept": kind, "If-None-Match": own.headers["etag"]}).status
        == 304
    )


@pytest.mark.parametrize("target", ["/sparql?format=nope", "/sparql?format="])
def test_a_description_in_a_format_that_is_none_is_406(live_server: LiveServer, target: str) -> None:
    assert live_server.get(target).status == 406


def test_a_description_in_no_format_of_rdf_is_406(live_server: LiveServer) -> None:
    """SD 2 with RFC 9110, 15.5.7."""
    assert live_server.get("/sparql", "image/png").status == 406


def test_the_page_for_people_is_at_the_same_address(live_server: LiveServer) -> None:
    """SD 2: HTML may be given to who asks for it."""
    assert live_server.get("/sparql", "text/html").type == "text/html"


def test_a_description_may_be_asked_for_by_head(live_server: LiveServer) -> None:
    """SD 2 with RFC 9110, 9.3.2."""
    reply = live_server.request("HEAD", "/sparql")

    assert (reply.status, reply.type, reply.body) == (200, "text/turtle", b"")
