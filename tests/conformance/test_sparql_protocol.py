"""SPARQL 1.1 Protocol (section 2.1) and Service Description: cases written from the specifications."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store
from rdflib import Graph, Variable
from rdflib.compare import isomorphic
from rdflib.query import Result

from fasti.sparql import Answer, Endpoint, Limits, Request
from fasti.vocabulary import Vocabulary

VOCABULARY = Vocabulary()
ONE, TWO, THREE = (VOCABULARY.graph(name) for name in ("one", "two", "three"))
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
SELECT, ASK = "SELECT ?o { ?s ?p ?o } ORDER BY ?o", "ASK { ?s ?p ?o }"
CONSTRUCT, DESCRIBE = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", f"DESCRIBE <{VOCABULARY.base}x>"


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """Four graphs, each with one statement whose value is the graph's name."""
    path = tmp_path_factory.mktemp("protocol") / "store"
    store, subject = Store(str(path)), NamedNode(VOCABULARY.base + "x")
    for graph in (DefaultGraph(), *map(NamedNode, (ONE, TWO, THREE))):
        value = graph.value.rpartition("/")[2] if isinstance(graph, NamedNode) else "default"
        store.add(Quad(subject, NamedNode(VOCABULARY.expand("rdfs:label")), Literal(value), graph))
    store.flush()
    del store
    endpoint = Endpoint(path, VOCABULARY, Limits(workers=2, rows=50, answer_bytes=20_000))
    yield endpoint
    endpoint.close()


def get(endpoint: Endpoint, *args: tuple[str, str], accept: str | None = None, method: str = "GET") -> Answer:
    return endpoint.answer(Request(method, args, accept=accept))


def post(
    endpoint: Endpoint,
    body: str | bytes,
    content_type: str | None,
    *args: tuple[str, str],
    accept: str | None = None,
) -> Answer:
    data = body if isinstance(body, bytes) else body.encode()
    return endpoint.answer(Request("POST", args, content_type, data, accept))


def values(answer: Answer) -> list[str]:
    assert answer.status == 200, answer.body
    return [row["o"]["value"] for row in json.loads(answer.body)["results"]["bindings"]]


def header(answer: Answer, name: str) -> str | None:
    return dict(answer.headers).get(name)


# -- 2.1.1 to 2.1.3: the three ways to ask


def test_query_via_get(endpoint: Endpoint) -> None:
    assert values(get(endpoint, ("query", SELECT))) == ["default"]


def test_query_via_url_encoded_post(endpoint: Endpoint) -> None:
    assert values(post(endpoint, urlencode({"query": SELECT}), FORM)) == ["default"]


@pytest.mark.parametrize("kind", [FORM + "; charset=UTF-8", FORM.upper(), FORM + ";charset=utf8"])
def test_the_content_type_of_a_form_may_have_parameters(endpoint: Endpoint, kind: str) -> None:
    assert values(post(endpoint, urlencode({"query": SELECT}), kind)) == ["default"]


@pytest.mark.parametrize("kind", [DIRECT, DIRECT + "; charset=utf-8"])
def test_query_via_post_directly(endpoint: Endpoint, kind: str) -> None:
    assert values(post(endpoint, SELECT, kind)) == ["default"]


def test_head_is_get_without_the_body(endpoint: Endpoint) -> None:
    whole, head = get(endpoint, ("query", SELECT)), get(endpoint, ("query", SELECT), method="HEAD")

    assert (head.status, head.headers, head.body) == (200, whole.headers, b"")


def test_characters_beyond_ascii_arrive_in_all_three_ways(endpoint: Endpoint) -> None:
    query = "SELECT ('韓時明 é' AS ?o) {}"
    answers = [
        get(endpoint, ("query", query)),
        post(endpoint, urlencode({"query": query}), FORM),
        post(endpoint, query, DIRECT),
        post(endpoint, "\ufeff" + query, DIRECT),
    ]

    assert [values(answer) for answer in answers] == [["韓時明 é"]] * 4


# -- 2.1.4: the data set of a request


GRAPH = "SELECT ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?o"
FROM = f"SELECT ?o FROM <{THREE}> {{ ?s ?p ?o }}"


@pytest.mark.parametrize(
    ("query", "dataset", "expected"),
    [
        (SELECT, [("default-graph-uri", ONE)], ["one"]),
        (SELECT, [("default-graph-uri", ONE), ("default-graph-uri", TWO)], ["one", "two"]),
        (SELECT, [("named-graph-uri", ONE)], []),
        (GRAPH, [("named-graph-uri", ONE)], ["one"]),
        (GRAPH, [("named-graph-uri", ONE), ("named-graph-uri", TWO)], ["one", "two"]),
        (GRAPH, [("default-graph-uri", ONE)], []),
        (GRAPH, [("default-graph-uri", ONE), ("named-graph-uri", TWO)], ["two"]),
        (SELECT, [("default-graph-uri", ONE), ("named-graph-uri", TWO)], ["one"]),
        (FROM, [], ["three"]),
        (FROM, [("default-graph-uri", ONE)], ["one"]),  # the request's data set wins
        (f"SELECT ?o FROM NAMED <{TWO}> {{ GRAPH ?g {{ ?s ?p ?o }} }}", [], ["two"]),
        (f"SELECT ?o FROM NAMED <{TWO}> {{ ?s ?p ?o }}", [], []),
        ("SELECT ?o FROM <graph/one> { ?s ?p ?o }", [], ["one"]),
        (GRAPH, [], ["one", "three", "two"]),
    ],
)
@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_dataset(endpoint: Endpoint, query: str, dataset: list[tuple[str, str]], expected: list[str], way: str) -> None:
    if way == "get":
        answer = get(endpoint, ("query", query), *dataset)
    elif way == "form":
        answer = post(endpoint, urlencode([("query", query), *dataset]), FORM)
    else:
        answer = post(endpoint, query, DIRECT, *dataset)

    assert values(answer) == expected


@pytest.mark.parametrize(
    "iri", ["http://127.0.0.1:9/data.ttl", "file:///etc/passwd", VOCABULARY.graph("four"), "no iri", ""]
)
def test_a_graph_that_is_not_here_is_neither_fetched_nor_empty(endpoint: Endpoint, iri: str) -> None:
    asked = get(endpoint, ("query", SELECT), ("default-graph-uri", iri))
    named = get(endpoint, ("query", SELECT), ("named-graph-uri", iri))

    assert (asked.status, named.status) == (400, 400)


@pytest.mark.parametrize("clause", ["FROM <http://127.0.0.1:9/>", "FROM NAMED <http://127.0.0.1:9/>", "FROM schema:x"])
def test_the_same_holds_for_from(endpoint: Endpoint, clause: str) -> None:
    assert get(endpoint, ("query", f"SELECT * {clause} {{ ?s ?p ?o }}")).status == 400


# -- 2.1.5 and 2.1.6: formats


@pytest.mark.parametrize(
    ("query", "accept", "kind"),
    [
        (SELECT, None, JSON),
        (SELECT, "*/*", JSON),
        (SELECT, JSON, JSON),
        (SELECT, XML, XML),
        (SELECT, "text/csv", "text/csv; charset=utf-8"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (SELECT, "application/json", "application/json"),
        (SELECT, f"{XML};q=0.5, {JSON};q=0.4", XML),
        (ASK, None, JSON),
        (ASK, XML, XML),
        (CONSTRUCT, None, "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/trig", "application/trig"),
        (CONSTRUCT, "application/n-quads", "application/n-quads"),
        (CONSTRUCT, "text/plain", "text/plain; charset=utf-8"),
        (CONSTRUCT, f"{JSON}, text/turtle;q=0.1", "text/turtle; charset=utf-8"),
        (DESCRIBE, None, "text/turtle; charset=utf-8"),
        (DESCRIBE, "application/rdf+xml", "application/rdf+xml"),
    ],
)
def test_content_type(endpoint: Endpoint, query: str, accept: str | None, kind: str) -> None:
    answer = get(endpoint, ("query", query), accept=accept)

    assert (answer.status, header(answer, "Content-Type")) == (200, kind)
    assert header(answer, "Vary") == "Accept"
    assert header(answer, "Access-Control-Allow-Origin") == "*"
    assert header(answer, "Content-Length") == str(len(answer.body))


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        (SELECT, "text/turtle"),
        (SELECT, "image/png"),
        (ASK, "text/csv"),
        (CONSTRUCT, JSON),
        (DESCRIBE, "text/csv"),
    ],
)
def test_what_cannot_be_had_is_406_with_what_can(endpoint: Endpoint, query: str, accept: str) -> None:
    answer = get(endpoint, ("query", query), accept=accept)

    assert answer.status == 406
    assert header(answer, "Content-Type") == "application/problem+json"
    assert json.loads(answer.body)["alternatives"]


@pytest.mark.parametrize(
    ("query", "name", "kind"),
    [
        (SELECT, "csv", "text/csv; charset=utf-8"),
        (SELECT, "xml", XML),
        (CONSTRUCT, "nt", "application/n-triples"),
        (CONSTRUCT, "json", "application/ld+json"),
        (ASK, "xml", XML),
        (SELECT, "TEXT/CSV", "text/csv; charset=utf-8"),
    ],
)
def test_format_parameter(endpoint: Endpoint, query: str, name: str, kind: str) -> None:
    """It comes before the header."""
    answer = get(endpoint, ("query", query), ("format", name), accept="application/json;q=0.1")

    assert header(answer, "Content-Type") == kind


def test_several_spellings_of_a_format(endpoint: Endpoint) -> None:
    """SPARQLWrapper sends some: the first that is one of the form counts."""
    answer = get(endpoint, ("query", SELECT), ("format", "comma"), ("format", "csv"))

    assert header(answer, "Content-Type") == "text/csv; charset=utf-8"


@pytest.mark.parametrize(
    ("query", "name", "there_is"),
    [
        (SELECT, "nope", "csv"),
        (ASK, "csv", "xml"),
        (SELECT, "turtle", "tsv"),
        (CONSTRUCT, "csv", "ttl"),
        (ASK, "", "json"),
    ],
)
def test_a_format_that_is_none_is_406_with_those_that_are(
    endpoint: Endpoint, query: str, name: str, there_is: str
) -> None:
    """Nobody who named a format gets another one unasked."""
    answer = get(endpoint, ("query", query), ("format", name))
    problem = json.loads(answer.body)

    assert (answer.status, problem["code"]) == (406, "not-acceptable")
    assert problem["alternatives"]
    assert there_is in problem["detail"].replace(",", " ").split()


@pytest.mark.parametrize(
    "property", ["http://x/123", "http://x/", "urn:1", "http://www.w3.org/1999/02/22-rdf-syntax-ns#li"]
)
def test_a_property_that_is_no_xml_name_is_refused_in_rdf_xml(endpoint: Endpoint, property: str) -> None:
    """RDF 1.1 XML Syntax, section 6.1.4: a property is an element; other formats can have any IRI."""
    query = f"CONSTRUCT {{ <http://a> <{property}> 'a' }} {{}}"
    answer = get(endpoint, ("query", query), accept="application/rdf+xml")
    problem = json.loads(answer.body)

    assert (answer.status, problem["code"]) == (406, "inexpressible")
    assert property in problem["detail"]
    assert "application/rdf+xml" not in problem["alternatives"]
    assert all(get(endpoint, ("query", query), accept=other).status == 200 for other in problem["alternatives"])


@pytest.mark.parametrize("property", ["http://x/1b", "http://x/a%20b", "http://x/é", "urn:a:b", "http://x/中"])
def test_a_property_that_ends_with_an_xml_name_is_written_in_rdf_xml(endpoint: Endpoint, property: str) -> None:
    answer = get(endpoint, ("query", f"CONSTRUCT {{ <x> <{property}> 'a' }} {{}}"), accept="application/rdf+xml")

    assert {str(p) for p in Graph().parse(data=answer.body, format="xml").predicates()} == {property}


def test_characters_that_xml_has_not_are_replaced(endpoint: Endpoint) -> None:
    """XML 1.0, section 2.2: solutions are well-formed whatever a query makes up, as RDF/XML is."""
    answer = get(endpoint, ("query", 'SELECT ("a\\u0001\\uFFFEb\\t" AS ?o) {}'), accept=XML)

    assert ElementTree.fromstring(answer.body).findtext(".//{*}literal") == "a\ufffd\ufffdb\t"


@pytest.mark.parametrize(
    ("query", "cause"),
    [
        ("SELECT ?x (COUNT(*) AS ?x) { ?x ?p ?o }", "GROUP BY"),
        ("SELECT ?y (COUNT(*) AS ?n) { ?x ?p ?o } GROUP BY ?x", "GROUP BY"),
        ("SELECT (?o AS ?x) { ?x ?p ?o }", "a name of its own"),
        ("SELECT (1 AS ?x) (2 AS ?x) {}", "one name"),
        ("SELECT * { ?x ?p ?o } GROUP BY ?x", "SELECT *"),
    ],
)
def test_what_is_wrong_with_a_whole_select_is_said_without_a_place(endpoint: Endpoint, query: str, cause: str) -> None:
    """The engine notices at the end of the query, where nothing is wrong."""
    problem = json.loads(get(endpoint, ("query", query)).body)

    assert problem["code"] == "syntax"
    assert cause in problem["detail"]
    assert "line" not in problem


@pytest.mark.parametrize("kind", ["text/turtle", "application/rdf+xml", "application/ld+json", "application/n-triples"])
def test_a_graph_is_the_same_in_every_format(endpoint: Endpoint, kind: str) -> None:
    query = "CONSTRUCT { <x> rdfs:label ?v } { VALUES ?v { 'a \"b\"\\n' 'é'@fr 1 1.5 true <y> } }"
    answer = get(endpoint, ("query", query), accept=kind)
    nquads = get(endpoint, ("query", query), accept="application/n-quads")

    found = Graph().parse(data=answer.body, format={"application/n-triples": "nt"}.get(kind, kind))
    assert len(found) == 6
    assert isomorphic(found, Graph().parse(data=nquads.body, format="nt"))


def test_solutions_are_the_same_in_every_format(endpoint: Endpoint) -> None:
    query = "SELECT ?b ?a { VALUES (?a ?b) { ('x, \"y\"\\n' <z>) (UNDEF 'é'@fr) (1 UNDEF) } }"
    rows = {}
    for kind in (JSON, XML, "text/tab-separated-values"):
        body = get(endpoint, ("query", query), accept=kind).body
        found = Result.parse(io.BytesIO(body), content_type=kind).bindings
        rows[kind] = [tuple(row.get(Variable(name)) for name in ("b", "a")) for row in found]
    table = list(csv.reader(io.StringIO(get(endpoint, ("query", query), accept="text/csv").body.decode(), newline="")))

    assert [[str(value) if value is not None else "" for value in row] for row in rows[JSON]] == table[1:]
    assert table[0] == ["b", "a"]
    assert rows[JSON] == rows[XML] == rows["text/tab-separated-values"]


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("SELECT * { ?z ?b ?a }", ["z", "b", "a"]),
        ("SELECT DISTINCT * { ?z ?b ?a } ORDER BY ?a", ["z", "b", "a"]),
        ("SELECT * { { SELECT ?q ?c { ?c ?x ?q } } ?b ?c ?a }", ["q", "c", "b", "a"]),
        ("SELECT * { ?z ?b ?a FILTER NOT EXISTS { ?z ?b ?nope } }", ["z", "b", "a"]),
        ("SELECT * { # ?first\n ?z ?b '?a' }", ["z", "b"]),
        ("SELECT ?a ?z { ?z ?b ?a }", ["a", "z"]),
        ("SELECT * {}", []),
        (r"SELECT \u002A { ?z \u003Fb ?a }", ["z", "b", "a"]),
        ("SELECT * { OPTIONAL { ?m ?n ?l } VALUES ?k { 1 } BIND(2 AS ?b) }", ["m", "n", "l", "k", "b"]),
    ],
)
def test_columns_stand_in_order_of_appearance(endpoint: Endpoint, query: str, columns: list[str]) -> None:
    answer = get(endpoint, ("query", query))

    assert answer.status == 200
    assert json.loads(answer.body)["head"]["vars"] == columns


# -- 2.1.7: what is refused


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "BREW"])
def test_bad_query_method(endpoint: Endpoint, method: str) -> None:
    answer = get(endpoint, ("query", ASK), method=method)

    assert (answer.status, header(answer, "Allow")) == (405, "GET, HEAD, POST, OPTIONS")


def test_bad_multiple_queries(endpoint: Endpoint) -> None:
    assert get(endpoint, ("query", ASK), ("query", ASK)).status == 400
    assert post(endpoint, urlencode([("query", ASK), ("query", ASK)]), FORM).status == 400
    assert post(endpoint, urlencode({"query": ASK}), FORM, ("query", ASK)).status == 400
    assert post(endpoint, ASK, DIRECT, ("query", ASK)).status == 400


@pytest.mark.parametrize(
    "kind", [None, "", "text/plain", "application/json", "multipart/form-data; boundary=x", "garbage"]
)
def test_bad_query_wrong_media_type(endpoint: Endpoint, kind: str | None) -> None:
    assert post(endpoint, urlencode({"query": ASK}), kind).status == 415
    assert post(endpoint, ASK, kind).status == 415


def test_bad_query_missing(endpoint: Endpoint) -> None:
    assert post(endpoint, "", FORM).status == 400
    assert post(endpoint, "", DIRECT).status == 400
    assert get(endpoint, ("default-graph-uri", ONE)).status == 400
    assert get(endpoint, ("query", "")).status == 400


def test_bad_query_not_utf8(endpoint: Endpoint) -> None:
    assert post(endpoint, ASK.encode("utf-16"), DIRECT + "; charset=UTF-16").status == 415
    assert post(endpoint, b"ASK { ?s ?p '\xe9' }", DIRECT).status == 400
    assert post(endpoint, b"query=ASK%20%7B%20?s%20?p%20%27%E9%27%7D", FORM).status == 400
    assert post(endpoint, b"query=\xff", FORM).status == 400


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("SELECT * {\n  ?s ?p }", 2, 9),
        ("SELECT * { ?s ?p ?o } LIMIT 1 garbage", 1, 31),
        ("ASK {\n\n   ?s ?p 'x' nope }", 3, 14),
        ("SELEC * {}", 1, 1),
        ("ASK { FILTER(1 = ) }", 1, 18),
        ("SELECT ?x WHERE", 1, 16),
        (r"ASK { \u003Fs \u003Fp } ", 1, 23),
    ],
)
def test_bad_query_syntax(endpoint: Endpoint, query: str, line: int, column: int) -> None:
    answer = get(endpoint, ("query", query))
    problem = json.loads(answer.body)

    assert (answer.status, header(answer, "Content-Type")) == (400, "application/problem+json")
    assert (problem["status"], problem["line"], problem["column"]) == (400, line, column)
    assert header(answer, "Cache-Control") == "no-store"


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a> <b> <c> }", "DELETE WHERE { ?s ?p ?o }", "CLEAR ALL", "DROP ALL",
        "CREATE GRAPH <a>",
        "LOAD <http://127.0.0.1:9/>", "COPY <a> TO <b>", "MOVE <a> TO <b>", "ADD <a> TO <b>",
        "WITH <a> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "PREFIX a: <b> # ASK\nINSERT DATA {}",
    ],
)  # fmt: skip
def test_updates_are_refused_however_they_come(endpoint: Endpoint, update: str) -> None:
    answers = [
        get(endpoint, ("update", update)),
        get(endpoint, ("query", update)),
        post(endpoint, urlencode({"update": update}), FORM),
        post(endpoint, urlencode({"query": update}), FORM),
        post(endpoint, update, "application/sparql-update"),
        post(endpoint, update, DIRECT),
        post(endpoint, urlencode({"query": ASK, "update": update}), FORM),
    ]

    assert {answer.status for answer in answers} == {400}
    assert {answer.problem.code for answer in answers if answer.problem} == {"update"}


# -- timeouts and limits


@pytest.mark.parametrize("timeout", ["0", "-1", "soon", "nan", ""])
def test_a_timeout_is_a_positive_number_of_seconds(endpoint: Endpoint, timeout: str) -> None:
    assert get(endpoint, ("query", ASK), ("timeout", timeout)).status == 400


@pytest.mark.parametrize("timeout", ["0.5", "5", "100000", "inf"])
def test_a_timeout_only_lowers_the_deadline(endpoint: Endpoint, timeout: str) -> None:
    assert get(endpoint, ("query", ASK), ("timeout", timeout)).status == 200


@pytest.mark.parametrize("kind", [JSON, XML, "text/csv", "text/tab-separated-values"])
def test_rows_are_counted_exactly(endpoint: Endpoint, kind: str) -> None:
    """Also where values look like the marks between rows."""
    odd = " ".join(f"'}},{{ <result> \\r\\n \\\"{number}'" for number in range(50))

    assert get(endpoint, ("query", f"SELECT ?x {{ VALUES ?x {{ {odd} }} }}"), accept=kind).status == 200
    assert get(endpoint, ("query", f"SELECT ?x {{ VALUES ?x {{ {odd} 1 }} }}"), accept=kind).status == 413
    assert get(endpoint, ("query", f"SELECT * {{ VALUES () {{ {'()' * 51} }} }}"), accept=kind).status in (
        200,
        413,
    )


LONG = f"CONCAT({','.join(['?x'] * 40)})"


@pytest.mark.parametrize("query", [
    "SELECT ?x { VALUES ?x { " + "1 " * 51 + "} }",
    "CONSTRUCT { <x> <y> ?x } { VALUES ?x { " + " ".join(map(str, range(51))) + "} }",
    f"SELECT ({LONG} AS ?y) {{ VALUES ?x {{ '{'a' * 1000}' }} }}",
    f"CONSTRUCT {{ <x> <y> ?y }} {{ VALUES ?x {{ '{'a' * 1000}' }} BIND({LONG} AS ?y) }}",
])  # fmt: skip
def test_no_partial_answer_looks_whole(endpoint: Endpoint, query: str) -> None:
    answer = get(endpoint, ("query", query))

    assert answer.status == 413
    assert json.loads(answer.body)["code"] == "answer-too-large"


@pytest.mark.parametrize(("count", "shown"), [(3, 3), (9, 5)])
def test_a_page_gets_as_many_rows_as_it_shows_and_the_number_of_all(endpoint: Endpoint, count: int, shown: int) -> None:
    query = f"SELECT ?x {{ VALUES ?x {{ {' '.join(map(str, range(count)))} }} }}"
    answer = endpoint.answer(Request("GET", [("query", query)], accept=JSON, shown=5))
    found = json.loads(answer.body)["results"]

    assert [row["x"]["value"] for row in found["bindings"]] == [str(number) for number in range(shown)]
    assert found["total"] == count


def test_a_function_that_there_is_not_is_the_askers_mistake(endpoint: Endpoint) -> None:
    assert get(endpoint, ("query", "SELECT (<http://example.org/f>(1) AS ?x) {}")).status == 400


# -- Service Description


@pytest.mark.parametrize("accept", [None, "text/turtle", "application/rdf+xml", "application/ld+json"])
def test_without_a_query_the_endpoint_describes_itself(endpoint: Endpoint, accept: str | None) -> None:
    """SPARQL 1.1 Service Description, section 2: RDF, with sd:endpoint being this endpoint."""
    answer = get(endpoint, accept=accept)
    kind = (header(answer, "Content-Type") or "").partition(";")[0]
    graph = Graph().parse(data=answer.body, format=kind)

    asked = """PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
    PREFIX void: <http://rdfs.org/ns/void#>
    PREFIX formats: <http://www.w3.org/ns/formats/>
    ASK { ?s a sd:Service ; sd:endpoint <http://localhost:8000/sparql> ;
             sd:supportedLanguage sd:SPARQL11Query ;
             sd:resultFormat formats:SPARQL_Results_JSON, formats:Turtle, formats:JSON-LD ;
             sd:defaultDataset [ a sd:Dataset ; sd:defaultGraph [ a sd:Graph ; void:triples 1 ] ;
                                 sd:namedGraph [ sd:name <http://localhost:8000/graph/one> ] ] }"""
    assert bool(graph.query(asked))


def test_the_description_has_no_blank_node(endpoint: Endpoint) -> None:
    body = get(endpoint, accept="application/n-triples").body

    assert b"_:" not in body
    assert len(body.splitlines()) > 20


def test_a_description_in_a_format_that_is_none_is_406(endpoint: Endpoint) -> None:
    assert get(endpoint, accept="image/png").status == 406


def test_options_say_what_may_be_done(endpoint: Endpoint) -> None:
    answer = get(endpoint, method="OPTIONS")

    assert answer.status == 204
    assert header(answer, "Allow") == "GET, HEAD, POST, OPTIONS"


# -- what the engine does otherwise than the specification: known, and noticed when it changes


def test_known_fault_a_path_of_length_zero_from_an_unknown_term_finds_nothing(endpoint: Endpoint) -> None:
    """SPARQL 1.1, section 18.4: the term itself should be a solution."""
    answer = get(endpoint, ("query", "SELECT ?o { <nowhere> rdfs:seeAlso* ?o }"))

    assert values(answer) == []


def test_known_fault_the_lexical_form_of_numbers_is_rewritten(endpoint: Endpoint) -> None:
    answer = get(endpoint, ("query", "SELECT (01 AS ?o) {}"))

    assert values(answer) == ["1"]
