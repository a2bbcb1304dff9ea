from __future__ import annotations

import pytest

from fasti.sparql.limits import Limits
from fasti.sparql.problems import RefusalError
from fasti.sparql.screening import screen
from fasti.vocabulary import Vocabulary

VOCABULARY, LIMITS = Vocabulary(), Limits()
BASE = VOCABULARY.base

# Every way to reach another endpoint that we could think of.
SERVICES = [
    "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "ASK { service <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "ASK { SeRvIcE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "ASK { SERVICE<http://127.0.0.1:9/>{} }",
    "ASK { SERVICE?x{} }",
    "ASK { BIND(<http://127.0.0.1:9/> AS ?x) SERVICE ?x { ?s ?p ?o } }",
    "ASK { VALUES ?x { <http://[::1]:9/> } SERVICE ?x { ?s ?p ?o } }",
    "ASK { SERVICE#comment\n<http://127.0.0.1:9/> { ?s ?p ?o } }",
    "ASK { #'\nSERVICE <http://127.0.0.1:9/> { ?s ?p ?o } #'\n}",
    "ASK { SERVICE\t\r\n <http://127.0.0.1:9/> {} }",
    r"ASK { \u0053ERVICE <http://127.0.0.1:9/> {} }",
    r"ASK { \U00000053\u0045\u0052\u0056\u0049\u0043\u0045 <http://127.0.0.1:9/> {} }",
    r"ASK { S\u0065rvice <http://127.0.0.1:9/> {} }",
    r"ASK { SERVICE\u0020<http://127.0.0.1:9/>\u007B\u007D }",
    r"ASK { ?s ?p 'a\u0027 SERVICE <http://127.0.0.1:9/> {} #' }",
    r"ASK { #\u000ASERVICE <http://127.0.0.1:9/> {}" + "\n}",
    "PREFIX x: <http://127.0.0.1:9/> ASK { SERVICE x: {} }",
    "PREFIX x: <http://127.0.0.1:9/> ASK { SERVICE x:y {} }",
    "PREFIX : <http://127.0.0.1:9/> ASK { SERVICE :x {} }",
    "PREFIX : <http://127.0.0.1:9/> ASK { SERVICE:x {} }",
    "PREFIX : <http://127.0.0.1:9/> ASK { SERVICE:x#comment\n{} }",
    "PREFIX SERVICE: <http://a/> PREFIX : <http://127.0.0.1:9/> ASK { SERVICE:x {} }",
    "PREFIX trueSERVICE: <http://a/> PREFIX : <http://127.0.0.1:9/> ASK { ?s ?p trueSERVICE:x {} }",
    "ASK { ?s ?p trueSERVICE <http://127.0.0.1:9/> {} }",
    "ASK { ?s ?p falseSERVICESILENT<http://127.0.0.1:9/> {} }",
    "ASK { ?s ?p 1SERVICE <http://127.0.0.1:9/> {} }",
    "ASK { ?s ?p 1.SERVICE <http://127.0.0.1:9/> {} }",
    "ASK { ?s ?p 'x'SERVICE <http://127.0.0.1:9/> {} }",
    "ASK { ?s ?p 'x'@en SERVICE <http://127.0.0.1:9/> {} }",
    "ASK { ?s ?p ''''''SERVICE <http://127.0.0.1:9/> {} }",
    "ASK { ?s ?p ?o.SERVICE <http://127.0.0.1:9/> {} }",
    "ASK { {} SERVICE <http://127.0.0.1:9/> {} }",
    "ASK { {}UNION{SERVICE <http://127.0.0.1:9/> {}} }",
    "ASK { OPTIONAL{SERVICE <http://127.0.0.1:9/> {}} }",
    "ASK { FILTER EXISTS {SERVICE <http://127.0.0.1:9/> {}} }",
    "ASK { FILTER NOT EXISTS {SERVICE <http://127.0.0.1:9/> {}} }",
    "ASK { MINUS {SERVICE <http://127.0.0.1:9/> {}} }",
    "ASK { GRAPH ?g {SERVICE <http://127.0.0.1:9/> {}} }",
    "ASK { {SELECT * {SERVICE <http://127.0.0.1:9/> {}}} }",
    "SELECT (EXISTS{SERVICE <http://127.0.0.1:9/> {}} AS ?x) {}",
    "ASK {} HAVING (EXISTS{SERVICE <http://127.0.0.1:9/> {}})",
    "CONSTRUCT {} WHERE {SERVICE <http://127.0.0.1:9/> {}}",
    "DESCRIBE ?x {SERVICE <http://127.0.0.1:9/> {}}",
    # read by the engine as a comparison, by section 19.8 as an IRI
    "ASK { BIND(1 AS ?a) FILTER(?a<'>' ) SERVICE <http://127.0.0.1:9/> {} #'\n}",
    "ASK { BIND(1 AS ?a) FILTER(?a<1)SERVICE#>\n<http://127.0.0.1:9/> {} }",
    "ASK { BIND(1 AS ?a) FILTER(?a<1)#>'\nSERVICE <http://127.0.0.1:9/> {} #'\n}",
    "ASK { FILTER(EXISTS{}<'>' ) SERVICE <http://127.0.0.1:9/> {} #'\n}",
    "ASK { FILTER(true<'>' ) SERVICE <http://127.0.0.1:9/> {} #'\n}",
    "ASK { FILTER((1)<'>' ) SERVICE <http://127.0.0.1:9/> {} #'\n}",
    "ASK { FILTER('a'@en<'>' ) SERVICE <http://127.0.0.1:9/> {} #'\n}",
    # a long string that the engine might take for two short ones
    'ASK { ?s ?p ("""a" ) SERVICE <http://127.0.0.1:9/> {} #\\q""" )\n}',
]
INNOCENT = [
    "ASK { ?service ?p ?SERVICE . $service a ex:T }",
    "ASK { ex:SERVICE ex:service 'SERVICE <x> {}' }",
    "ASK { ?s ?p 'it''s' , \"SERVICE\" , '''SERVICE <x> {}''' }".replace("'it''s'", "'its'"),
    "ASK { <http://a/SERVICE#x> <service> _:service } # SERVICE <x> {}",
    "PREFIX service: <http://a/> ASK { ?s service:x service:y }",
    "ASK { ?s ?p 'x'@service }",
    "ASK { ?s <def#label> ?o . <#a> <#b> (<x> <y>) }",
    "ASK { ?s ?p ?o FILTER(?o IN (<def#a>, <def#b>)) }",
    "ASK { ?s ?p ?o FILTER(?o = <def#a> || ?o != <it's>) }",
    "ASK { VALUES (?a ?b) { (<http://a/#x> <http://a/#y>) (UNDEF 1) } }",
    "ASK { ?s (<p#a>/<p#b>)* ?o FILTER(?a < 3 && ?b > 4) }",
    "ASK { FILTER(?a<?b) }",
    "BASE <http://a/> PREFIX : <b#> SELECT DISTINCT * FROM :x FROM NAMED <y> { }",
]


def judge(text: str, limits: Limits = LIMITS) -> str:
    try:
        return screen(text.replace("ex:", "foaf:"), VOCABULARY, limits).form
    except RefusalError as error:
        return error.problem.code


@pytest.mark.parametrize("text", SERVICES)
def test_no_service_passes_however_it_is_spelled(text: str) -> None:
    assert judge(text) in ("service", "ambiguous", "syntax")


@pytest.mark.parametrize("text", INNOCENT)
def test_the_word_is_free_where_it_is_no_keyword(text: str) -> None:
    assert judge(text) in ("ASK", "SELECT")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("ask {}", "ASK"),
        ("Construct {} {}", "CONSTRUCT"),
        ("DESCRIBE <x>", "DESCRIBE"),
        ("# SELECT\nPREFIX select: <http://a/> BASE <http://b/> ASK {}", "ASK"),
        ('VERSION "1.2" ASK {}', "ASK"),
        (r"\u0041SK {}", "ASK"),
    ],
)
def test_the_form_of_a_query_stands_behind_its_prologue(text: str, form: str) -> None:
    assert judge(text) == form


@pytest.mark.parametrize("word", ["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH"])
def test_updates_are_no_questions(word: str) -> None:
    assert judge(f"PREFIX a: <http://a/> # ASK\n{word.lower()} <http://a/> {{}}") == "update"


@pytest.mark.parametrize(
    "text", ["", "  # nothing", "{", "?x", "EXPLAIN SELECT * {}", "ASK {", "ASK }", "ASK {(})", "nope:x"]
)
def test_what_is_no_query_is_a_syntax_error(text: str) -> None:
    assert judge(text) == "syntax"


def test_an_undeclared_prefix_is_named_with_its_place() -> None:
    with pytest.raises(RefusalError, match="line 2, column 3: the prefix 'nope:'"):
        screen("ASK {\n  nope:x ?p ?o }", VOCABULARY, LIMITS)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ASK " + "{" * 100 + "}" * 100, "ASK"),
        ("ASK " + "{" * 101 + "}" * 101, "query-too-complex"),
        ("ASK " + "{" * 4000 + "}" * 4000, "query-too-complex"),
        ("ASK { FILTER " + "(" * 101 + "1" + ")" * 101 + "}", "query-too-complex"),
        ("ASK { ?s ?p " + "[ ?p " * 101 + "]" * 101 + "}", "query-too-complex"),
        ("ASK { {}" + " UNION {}" * 2001 + "}", "query-too-complex"),
        ("ASK { FILTER(" + "!" * 2001 + "true) }", "query-too-complex"),
        ("ASK { ?s <p>" + "/<p>" * 2001 + " ?o }", "query-too-complex"),
        ("ASK { VALUES ?x {" + "1 " * 100_000 + "} }", "query-too-complex"),
        ("ASK { VALUES ?x {" + "1 " * 10_000 + "} }", "ASK"),
        ("ASK { ?s ?p '" + "x" * LIMITS.query_bytes + "' }", "query-too-long"),
        ("ASK { ?s ?p '" + "é" * (LIMITS.query_bytes // 2) + "' }", "query-too-long"),
    ],
)
def test_depth_size_and_number_are_bounded(text: str, code: str) -> None:
    assert judge(text) == code


def test_too_long_is_413_and_too_deep_is_400() -> None:
    with pytest.raises(RefusalError) as long:
        screen(" " * (LIMITS.query_bytes + 1), VOCABULARY, LIMITS)
    with pytest.raises(RefusalError) as deep:
        screen("{" * 200, VOCABULARY, LIMITS)

    assert (long.value.problem.status, deep.value.problem.status) == (413, 400)
    assert (deep.value.problem.line, deep.value.problem.column) == (1, 101)


def test_graphs_of_from_are_resolved_as_the_engine_does() -> None:
    text = "PREFIX g: <graph/> BASE <http://a/b/> SELECT * FROM <c> FROM NAMED g:d from named <http://e/> {}"

    graphs = screen(text, VOCABULARY, LIMITS).graphs
    assert graphs == ("http://a/b/c", BASE + "graph/d", "http://e/")


def test_the_star_is_that_of_the_outer_select() -> None:
    assert screen("SELECT * {}", VOCABULARY, LIMITS).star == 7
    assert screen("SELECT DISTINCT* {}", VOCABULARY, LIMITS).star == 15
    assert screen("SELECT ?x {{SELECT * {}}}", VOCABULARY, LIMITS).star is None
    assert screen("SELECT (COUNT(*) AS ?x) {}", VOCABULARY, LIMITS).star is None


def test_spreading_a_query_keeps_its_tokens() -> None:
    screened = screen("SELECT ?x#comment\n{ ?x <p>/<q> 'a  b'@en }", VOCABULARY, LIMITS)
    text, starts = screened.spread()

    again = screen(text, VOCABULARY, LIMITS)
    assert [token.text for token in again.tokens] == [token.text for token in screened.tokens]
    assert [token.start for token in again.tokens] == list(starts)
