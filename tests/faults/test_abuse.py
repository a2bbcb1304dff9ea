"""Abuse over real HTTP: each request ends by its deadline in the right status, and nobody but the asker notices.

While all of it goes on, a prober asks for an entity's page and data again and again, and a canary listens on
the loopback interface for whoever comes.
"""

from __future__ import annotations

import contextlib
import os
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pytest

if TYPE_CHECKING:
    from conftest import LiveServer, Reply, Serve

pytestmark = pytest.mark.faults

DEADLINE = 1.0  # what each query asks for as its time-out
SLACK = 1.5  # seconds beyond it in which the answer must be there
REFUSED, STOPPED, DONE = frozenset({400}), frozenset({413, 503}), frozenset({200})
ANY = REFUSED | STOPPED | DONE
DIRECT, FORM = "application/sparql-query", "application/x-www-form-urlencoded"
PAGE = "/doc/organization/ogs"
FORMATS = ("text/html", "text/turtle", "application/ld+json", "application/trig")
CANARY = "CANARY"  # stands for the port of the canary


@dataclass(frozen=True)
class Attack:
    """A request, and the statuses that are right for it."""

    name: str
    expected: frozenset[int]
    method: str = "GET"
    target: str = "/sparql"
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)


def asked(name: str, query: str, expected: frozenset[int], accept: str = "*/*", **more: str) -> Attack:
    """A query in the address, or in the body when it is long."""
    timed = f"timeout={DEADLINE:g}"
    if len(query) > 4000:
        headers = {"Content-Type": DIRECT, "Accept": accept}
        return Attack(name, expected, "POST", f"/sparql?{timed}", query.encode(), headers)
    pairs = {"query": query} | {key.replace("_", "-"): value for key, value in more.items()}
    return Attack(name, expected, "GET", f"/sparql?{timed}&{urlencode(pairs)}", headers={"Accept": accept})


# -- requests to elsewhere

HOSTS = (
    "127.0.0.1", "localhost", "LOCALHOST", "localhost.", "127.1", "127.0.1", "2130706433", "0x7f000001",
    "0x7f.0.0.1", "017700000001", "0177.0.0.01", "0", "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "[64:ff9b::127.0.0.1]", "user:word@127.0.0.1",
    "127.0.0.1%00.example.org", "①②⑦.⓪.⓪.①", "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254",
    "[fe80::1]", "[fd00::1]", "100.64.0.1", "metadata.google.internal",
)  # fmt: skip
WAYS: dict[str, Callable[[str], Attack]] = {
    "SERVICE": lambda iri: asked(f"SERVICE {iri}", f"ASK {{ SERVICE <{iri}> {{ ?s ?p ?o }} }}", REFUSED),
    "FROM": lambda iri: asked(f"FROM {iri}", f"ASK FROM <{iri}> {{ ?s ?p ?o }}", REFUSED),
    "FROM NAMED": lambda iri: asked(f"FROM NAMED {iri}", f"ASK FROM NAMED <{iri}> {{ GRAPH ?g {{}} }}", REFUSED),
    "default-graph-uri": lambda iri: asked(f"default-graph-uri {iri}", "ASK {}", REFUSED, default_graph_uri=iri),
    "named-graph-uri": lambda iri: asked(f"named-graph-uri {iri}", "ASK {}", REFUSED, named_graph_uri=iri),
}
ELSEWHERE = [way(f"http://{host}:{CANARY}/") for host in HOSTS for way in WAYS.values()]
HERE = f"http://127.0.0.1:{CANARY}/"
SPELLINGS = {
    "lower case": f"ASK {{ service <{HERE}> {{}} }}",
    "mixed case": f"ASK {{ sErViCe <{HERE}> {{}} }}",
    "silent": f"ASK {{ SERVICE SILENT <{HERE}> {{}} }}",
    "escape": f"ASK {{ \\u0053ERVICE <{HERE}> {{}} }}",
    "long escape": f"ASK {{ \\U00000053ERVICE <{HERE}> {{}} }}",
    "escape in the middle": f"ASK {{ SER\\u0056ICE <{HERE}> {{}} }}",
    "all escapes": "ASK { " + "".join(f"\\u{ord(each):04X}" for each in "SERVICE") + f" <{HERE}> {{}} }}",
    "escape in the address": f"ASK {{ SERVICE <http://127.0.0.\\u0031:{CANARY}/> {{}} }}",
    "escaped line end of a comment": f"ASK {{ # hidden \\u000A SERVICE <{HERE}> {{}} }}",
    "behind a comment": f"ASK {{ #'\nSERVICE <{HERE}> {{}} }}",
    "comment between": f"ASK {{ SERVICE # x\n # y\n <{HERE}> {{}} }}",
    "behind a string that looks open": f"ASK {{ ?s ?p '\\'' . SERVICE <{HERE}> {{}} #'\n }}",
    "behind a long string": f"ASK {{ ?s ?p '''a'b''c''' SERVICE <{HERE}> {{}} }}",
    "glued to a word": f"ASK {{ ?s ?p trueSERVICE<{HERE}>{{}} }}",
    "glued to a number": f"ASK {{ ?s ?p 1SERVICE<{HERE}>{{}} }}",
    "variable, BIND": f"ASK {{ BIND(<{HERE}> AS ?x) SERVICE ?x {{}} }}",
    "variable, VALUES": f"ASK {{ VALUES ?x {{ <{HERE}> }} SERVICE ?x {{}} }}",
    "variable, IRI()": f"ASK {{ BIND(IRI(CONCAT('http://127.0.0.1:', '{CANARY}')) AS ?x) SERVICE ?x {{}} }}",
    "prefix": f"PREFIX : <{HERE}> ASK {{ SERVICE :x {{}} }}",
    "prefix, glued": f"PREFIX : <{HERE}> ASK {{ SERVICE:x {{}} }}",
    "base": f"BASE <{HERE}> ASK {{ SERVICE <x> {{}} }}",
    "no scheme": f"ASK {{ SERVICE <//127.0.0.1:{CANARY}/> {{}} }}",
    "in a sub-select": f"ASK {{ {{ SELECT * {{ SERVICE <{HERE}> {{}} }} }} }}",
    "in EXISTS": f"ASK {{ FILTER EXISTS {{ SERVICE <{HERE}> {{}} }} }}",
    "in OPTIONAL": f"ASK {{ OPTIONAL {{ SERVICE <{HERE}> {{}} }} }}",
    "in UNION": f"ASK {{ {{}} UNION {{ SERVICE <{HERE}> {{}} }} }}",
    "in MINUS": f"ASK {{ MINUS {{ SERVICE <{HERE}> {{}} }} }}",
    "in GRAPH": f"ASK {{ GRAPH ?g {{ SERVICE <{HERE}> {{}} }} }}",
    "in CONSTRUCT": f"CONSTRUCT {{ ?s ?p ?o }} {{ SERVICE <{HERE}> {{ ?s ?p ?o }} }}",
    "in DESCRIBE": f"DESCRIBE ?s {{ SERVICE <{HERE}> {{ ?s ?p ?o }} }}",
    "comparison or IRI": f"ASK {{ BIND(1 AS ?a) FILTER(?a<'>' ) SERVICE <{HERE}> {{}} #'\n}}",
    "a file": "ASK { SERVICE <file:///etc/passwd> {} }",
    "FROM a file": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "FROM, escape": f"ASK FROM <http://127.0.0.\\u0031:{CANARY}/> {{}}",
    "FROM, comment": f"ASK FROM # x\n NAMED # y\n <{HERE}> {{}}",
    "FROM, base": f"BASE <{HERE}> ASK FROM <x> {{}}",
    "FROM, prefix": f"PREFIX p: <{HERE}> ASK FROM p:x {{}}",
    "FROM, another scheme": f"ASK FROM <gopher://127.0.0.1:{CANARY}/> {{}}",
    "FROM, a redirect of ours": "ASK FROM <id/organization/ogs> {}",
}  # fmt: skip
INERT = {
    "SERVICE in a string": f"ASK {{ BIND('SERVICE <{HERE}> {{}}' AS ?x) }}",
    "SERVICE in a comment": f"ASK {{}} # SERVICE <{HERE}> {{}}",
    "an address as a term": f"ASK {{ GRAPH <{HERE}> {{ ?s ?p ?o }} }}",
    "DESCRIBE of another's": f"DESCRIBE <{HERE}>",
}
SSRF = [
    *ELSEWHERE,
    *(asked(f"service: {name}", query, REFUSED) for name, query in SPELLINGS.items()),
    *(asked(f"inert: {name}", query, DONE) for name, query in INERT.items()),
]

# -- updates in disguise

DISGUISES = {
    "plain": "DROP ALL", "lower case": "drop all", "comment": "# ASK {}\nDROP ALL", "prologue": "PREFIX a: <b> BASE <c> DROP ALL",
    "escape": "\\u0044ROP ALL", "byte order mark": "\ufeffDROP ALL", "second operation": "ASK {} ; DROP ALL",
    "after a query": "SELECT * {} INSERT DATA { <a> <b> <c> }", "insert": "INSERT { <a> <b> <c> } WHERE {}",
    "with": "WITH <a> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "load": f"LOAD <{HERE}>", "load silent": f"LOAD SILENT <{HERE}> INTO GRAPH <a>",
    "clear": "CLEAR SILENT DEFAULT", "create": "CREATE GRAPH <a>", "copy": "COPY <a> TO <b>", "move": "MOVE <a> TO <b>", "add": "ADD <a> TO <b>",
}  # fmt: skip
UPDATE = "application/sparql-update"
READ_ONLY = frozenset({405})
UPDATES = [
    *(asked(f"update: {name}", text, REFUSED) for name, text in DISGUISES.items()),
    Attack("update: by form", REFUSED, "POST", body=b"update=DROP+ALL", headers={"Content-Type": FORM}),
    Attack("update: beside a query", REFUSED, "POST", body=b"query=ASK{}&update=DROP+ALL", headers={"Content-Type": FORM}),
    Attack("update: in the address", REFUSED, target="/sparql?update=DROP+ALL"),
    Attack("update: its type", REFUSED, "POST", body=b"DROP ALL", headers={"Content-Type": UPDATE}),
    Attack("update: its type, in capitals", REFUSED, "POST", body=b"DROP ALL", headers={"Content-Type": UPDATE.upper() + " ; x=y"}),
    Attack("update: multipart", frozenset({415}), "POST", body=b'--b\r\nContent-Disposition: form-data; name="update"\r\n\r\nDROP ALL\r\n--b--\r\n', headers={"Content-Type": "multipart/form-data; boundary=b"}),
    Attack("update: method override", DONE, target="/sparql?query=ASK{}", headers={"X-HTTP-Method-Override": "PUT"}),
    *(Attack(f"graph store: {method} {target}", READ_ONLY, method, target, b"<a> <b> <c> .", {"Content-Type": "text/turtle"})
      for method in ("PUT", "DELETE", "PATCH") for target in ("/sparql?default", "/sparql?graph=http://x/", PAGE, "/dumps/record.ttl")),
    Attack("graph store: POST", frozenset({415}), "POST", "/sparql?default", b"<a> <b> <c> .", {"Content-Type": "text/turtle"}),
]  # fmt: skip

# -- bombs

SHAPES: dict[str, Callable[[int], str]] = {
    "braces": lambda n: "ASK " + "{" * n + "}" * n,
    "parentheses": lambda n: "ASK { FILTER " + "(" * n + "1" + ")" * n + " }",
    "property lists in brackets": lambda n: "ASK { ?s ?p " + "[ ?p " * n + "?o" + "]" * n + " }",
    "collections in collections": lambda n: "ASK { ?s ?p " + "(" * n + "1" + ")" * n + " }",
    "long collection": lambda n: "ASK { ?s ?p (" + "1 " * n + ") }",
    "functions": lambda n: "ASK { FILTER(" + "STR(" * n + "1" + ")" * n + " = 'x') }",
    "sub-selects": lambda n: "ASK " + "{ SELECT * WHERE " * n + "{ ?s ?p ?o }" + "}" * n,
    "exists": lambda n: "ASK { ?s ?p ?o " + "FILTER EXISTS { ?s ?p ?o " * n + "}" * n + " }",
    "optionals in optionals": lambda n: "ASK { ?s ?p ?o " + "OPTIONAL { ?s ?p ?o " * n + "}" * n + " }",
    "unions": lambda n: "ASK { {} " + "UNION { ?s ?p ?o } " * n + " }",
    "optionals": lambda n: "ASK { ?s ?p ?o " + "OPTIONAL { ?s ?p ?o } " * n + " }",
    "minuses": lambda n: "ASK { ?s ?p ?o " + "MINUS { ?s ?p ?o } " * n + " }",
    "not": lambda n: "ASK { FILTER(" + "!" * n + "true) }",
    "sums": lambda n: "ASK { FILTER(1" + "+ 1 " * n + "> 0) }",
    "path steps": lambda n: "ASK { ?s org:x" + "/org:x" * n + " ?o }",
    "path stars": lambda n: "ASK { ?s " + "(" * n + "org:x" + ")*" * n + " ?o }",
    "path alternatives": lambda n: "ASK { ?s org:x" + "|org:x" * n + " ?o }",
    "property list": lambda n: "ASK { ?s org:x ?o " + "; org:x ?o " * n + " }",
    "object list": lambda n: "ASK { ?s org:x ?o " + ", ?o " * n + " }",
    "prefixes": lambda n: "PREFIX a: <http://a>\n" * n + "ASK {}",
    "values": lambda n: "ASK { VALUES ?x { " + "1 " * n + "} }",
    "binds": lambda n: "ASK { " + " ".join(f"BIND(1 AS ?x{i})" for i in range(n)) + " }",
    "unrelated patterns": lambda n: "ASK { " + " . ".join(f"?a{i} ?b{i} ?c{i}" for i in range(n)) + " }",
    "projections": lambda n: "SELECT " + " ".join(f"(1 AS ?x{i})" for i in range(n)) + " {}",
    "IRI": lambda n: "ASK { <http://x/" + "a" * n + "> ?p ?o }",
    "string": lambda n: "ASK { ?s ?p '" + "a" * n + "' }",
    "variable": lambda n: "ASK { ?" + "a" * n + " ?p ?o }",
    "open quote": lambda n: "ASK { ?s ?p '" + "a'b" * n,
    "open brackets": lambda n: "ASK " + "{[(" * n,
    "dots": lambda n: "ASK { " + "." * n + " }",
}  # fmt: skip
CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
PLANNER = {
    "200 unrelated patterns": "ASK { " + " . ".join(f"?a{i} ?b{i} ?c{i}" for i in range(200)) + " FILTER(?a0 = ?c199) }",
    "200 unrelated patterns, counted": "SELECT (COUNT(*) AS ?n) { " + " . ".join(f"?a{i} a ?c{i}" for i in range(200)) + " }",
    "200 patterns in a star": "SELECT * { " + " . ".join(f"?s ?p{i} ?o{i}" for i in range(200)) + " }",
    "200 patterns in a chain": "SELECT * { " + " . ".join(f"?n{i} ?p{i} ?n{i + 1}" for i in range(200)) + " }",
    "200 patterns in a ring": "SELECT * { " + " . ".join(f"?n{i} ?p{i} ?n{(i + 1) % 200}" for i in range(200)) + " }",
    "200 optionals": "SELECT * { ?s ?p ?o " + " ".join(f"OPTIONAL {{ ?a{i} ?b{i} ?c{i} }}" for i in range(200)) + " }",
    "all with all": "ASK { " + " . ".join(f"?n{i} ?p ?n{j}" for i in range(20) for j in range(20)) + " FILTER(?n0 != ?n1) }",
}  # fmt: skip
COSTLY = {
    "counted": f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}",
    "counted, distinct": f"SELECT (COUNT(DISTINCT *) AS ?n) {{ {CROSS} }}",
    "sorted": f"SELECT * {{ {CROSS} }} ORDER BY ?a ?f ?i",
    "sorted, limited": f"SELECT * {{ {CROSS} }} ORDER BY DESC(CONCAT(STR(?a), STR(?f))) LIMIT 1",
    "distinct": f"SELECT DISTINCT * {{ {CROSS} }}",
    "reduced": f"SELECT REDUCED * {{ {CROSS} }}",
    "grouped": f"SELECT ?a (SAMPLE(?d) AS ?x) {{ {CROSS} }} GROUP BY ?a",
    "concatenated": f"SELECT (GROUP_CONCAT(?a) AS ?x) {{ {CROSS} }}",
    "averaged": f"SELECT (AVG(STRLEN(STR(?f))) AS ?x) {{ {CROSS} }}",
    "whole": f"SELECT * {{ {CROSS} }}",
    "offset": f"SELECT * {{ {CROSS} }} OFFSET 999999999999 LIMIT 1",
    "constructed": f"CONSTRUCT {{ ?a ?e ?i }} {{ {CROSS} }}",
    "described": f"DESCRIBE ?a ?d ?g {{ {CROSS} }}",
    "asked for nothing": f"ASK {{ {CROSS} FILTER(CONCAT(STR(?a), STR(?l)) = 'nothing') }}",
    "in a sub-select": f"SELECT (COUNT(*) AS ?n) {{ {{ SELECT DISTINCT * {{ {CROSS} }} }} }}",
    "not exists": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER NOT EXISTS { ?a ?x ?g . ?h ?x ?f } }",
    "random": f"SELECT (SUM(RAND()) AS ?n) {{ {CROSS} }}",
    "hashes": f"SELECT (MAX(SHA512(CONCAT(STR(?a), STR(?l)))) AS ?n) {{ {CROSS} }}",
    "values": "SELECT (COUNT(*) AS ?n) { " + " ".join(f"VALUES ?v{i} {{ {' '.join(map(str, range(20)))} }}" for i in range(12)) + " }",
    "paths": "SELECT (COUNT(*) AS ?n) { ?a (!<x>|^!<x>)* ?b . ?c (!<x>|^!<x>)* ?d . ?e ?f ?g }",
    "path of any length between all": "SELECT (COUNT(*) AS ?n) { ?a (!<x>|^!<x>)* ?b . ?b (!<y>|^!<y>)+ ?a }",
    "regular expression over all": f"SELECT (COUNT(*) AS ?n) {{ {CROSS} FILTER(REGEX(STR(?f), '(a|aa)+$')) }}",
}  # fmt: skip
EXPRESSIONS = {
    "nested repeats": "REGEX('" + "a" * 3000 + "!', '^(a+)+$')",
    "alternatives": "REGEX('" + "a" * 3000 + "', '^(a|aa|aaa)*b')",
    "counted repeats": "REGEX('aaaa', '((a{0,99}){0,99}){0,99}')",
    "a large count": "REGEX('aaaa', 'a{0,99999999}')",
    "deep groups": "REGEX('a', '" + "(" * 900 + "a" + ")" * 900 + "')",
    "large class": "REGEX('a', '[\\\\w\\\\W]{1000}{1000}')",
    "back reference": "REGEX('aa', '(a)\\\\1')",
    "look ahead": "REGEX('aa', '(?=a)a')",
    "replacement that grows": "STRLEN(" + "REPLACE(" * 12 + "'aaaaaaaa'" + ", 'a', 'aaaaaaaa')" * 12 + ") > 1",
    "not a pattern": "REGEX('a', '[')",
}
BOMBS = [
    *(asked(f"4000 {name}", shape(4000), ANY) for name, shape in SHAPES.items()),
    *(asked(f"100000 {name}", shape(100_000), REFUSED | {413}) for name, shape in SHAPES.items() if name not in ("IRI", "string", "variable")),
    *(asked(f"planner: {name}", query, ANY) for name, query in PLANNER.items()),
    *(asked(f"cross product, {name}", query, STOPPED) for name, query in COSTLY.items()),
    *(asked(f"regular expression: {name}", f"ASK {{ FILTER({call}) }}", ANY) for name, call in EXPRESSIONS.items()),
    asked("doubling strings", "SELECT (STRLEN(?a60) AS ?n) { BIND('aaaaaaaa' AS ?a0) " + " ".join(f"BIND(CONCAT(?a{i},?a{i}) AS ?a{i + 1})" for i in range(60)) + " }", ANY),
    asked("all statements on a page", "SELECT * { GRAPH ?g { ?s ?p ?o } }", ANY, "text/html"),
    asked("cross product on a page", f"SELECT * {{ {CROSS} }} LIMIT 99000", ANY, "text/html"),
    asked("cross product drawn as a graph", "CONSTRUCT { ?a ?e ?i } { " + CROSS + " } LIMIT 90000", ANY, "text/html"),
    Attack("20 MB as a query", frozenset({413}), "POST", "/sparql", b"#" * (20 << 20), {"Content-Type": DIRECT}),
    Attack("20 MB as a form", frozenset({413}), "POST", "/sparql", b"query=" + b"a" * (20 << 20), {"Content-Type": FORM}),
    Attack("20 MB to a page", frozenset({405, 413}), "POST", PAGE, b"a" * (20 << 20), {"Content-Type": FORM}),
    Attack("a million parameters", frozenset({400, 413}), "POST", "/sparql", b"a=1&" * 200_000, {"Content-Type": FORM}),
    Attack("an address of 2 MB", frozenset({400, 413, 414, 431}), "GET", "/sparql?query=" + "a" * (2 << 20)),
    Attack("an address of 600 KB", frozenset({413, 414}), "GET", "/sparql?query=" + quote("#" * 300_000)),
]  # fmt: skip

# -- paths, headers, methods

CLIMBS = (
    "/source/../../etc/passwd", "/source/..%2f..%2fetc%2fpasswd", "/source/%2e%2e/%2e%2e/etc/passwd", "/source/....//....//etc/passwd",
    "/source/..%5c..%5cetc%5cpasswd", "/source/%252e%252e%252fetc%252fpasswd", "/source/..%c0%af..%c0%afetc/passwd", "/source//etc/passwd",
    "/source/..%00.txt", "/source/../release.json", "/source/../SHA256SUMS.txt", "/dumps/../release.json", "/dumps/..%2frelease.json",
    "/dumps/../../current/release.json", "/dumps/%2e%2e/store/CURRENT", "/dumps/../../../../../../etc/passwd", "/dumps/%2fetc%2fpasswd",
    "/dumps/record.ttl%00.html", "/dumps/.", "/dumps/..", "/static/../__init__.py", "/static/..%2f..%2fcli.py", "/static/%2e%2e/server.py",
    "/doc/../../etc/passwd", "/doc/%2e%2e%2f%2e%2e%2fetc%2fpasswd.ttl", "/id/%00", "/id/organization/ogs%0a", "/shapes/../fasti.ttl", "/scheme/..%2fcontext.jsonld",
    "/..%2f..%2f..%2fetc%2fpasswd", "//etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/def/../../pyproject.toml", "/id/%C2%81y", "/doc/%EF%BF%BF",
    "/graph/%C2%96%C2%84", "/scheme/a%7Cb", "/scheme/%08", "/source/%22%3E%3Cscript%3E",
)  # fmt: skip
AWAY = frozenset({301, 303, 308, 400, 404})
LONG = "a" * 60_000
HEADERS = {
    "Accept, many": ({"Accept": ", ".join(f"a/b{i};q=0.{i % 10}" for i in range(9000))}, frozenset({200, 406})),
    "Accept, long": ({"Accept": "text/" + LONG}, frozenset({200, 406})),
    "Accept, quotes": ({"Accept": 'text/html;a="' + '\\"' * 20_000}, frozenset({200, 406})),
    "Accept, weights": ({"Accept": "text/turtle;q=" + "9" * 30_000}, frozenset({200, 406})),
    "Accept-Language": ({"Accept-Language": ",".join(["zz"] * 9000)}, DONE),
    "Accept-Encoding": ({"Accept-Encoding": ",".join(["gzip;q=0.1"] * 9000)}, DONE),
    "Range, many": ({"Range": "bytes=" + ",".join(f"{i}-{i}" for i in range(5000))}, frozenset({200, 206, 416})),
    "If-None-Match, many": ({"If-None-Match": ", ".join(f'"{i}"' for i in range(5000))}, DONE),
    "If-Modified-Since, none": ({"If-Modified-Since": "Sun, 99 Foo 99999 99:99:99 GMT"}, DONE),
    "Host, another": ({"Host": "evil.example"}, DONE),
    "Host, none": ({"Host": ""}, frozenset({200, 400})),
    "Host, odd": ({"Host": "a b<script>"}, frozenset({200, 400})),
    "Forwarded host": ({"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/evil"}, DONE),
    "Cookie": ({"Cookie": "a=" + LONG}, DONE),
    "Content-Type, odd": ({"Content-Type": "\x7f/\x7f; " + LONG}, frozenset({200, 400})),
    "several thousand": ({f"X-{i}": "a" for i in range(3000)}, frozenset({200, 400, 431})),
}  # fmt: skip
INJECTED = (
    "/%0d%0aSet-Cookie:%20evil=1", "/id/organization/ogs%0d%0aSet-Cookie:%20evil=1", "/id/organization/ogs?%0d%0aSet-Cookie:%20evil=1",
    "/doc/organization/ogs?at=%0d%0aSet-Cookie:%20evil=1", "/sparql?query=ASK%7B%7D&format=%0d%0aSet-Cookie:%20evil=1",
    "/dumps/record.ttl%0d%0aSet-Cookie:%20evil=1", "/dumps?%0d%0aSet-Cookie:%20evil=1", "/%E5%98%8A%E5%98%8DSet-Cookie:%20evil=1",
)  # fmt: skip
METHODS = (
    "TRACE",
    "TRACK",
    "CONNECT",
    "PROPFIND",
    "MKCOL",
    "LINK",
    "BREW",
    "PUT",
    "DELETE",
    "PATCH",
    "get",
    "A" * 5000,
)
SURFACE = [
    *(Attack(f"climb {target}", AWAY, target=target) for target in CLIMBS),
    *(Attack(f"header {name}", expected, target=PAGE, headers=headers) for name, (headers, expected) in HEADERS.items()),
    *(Attack(f"injection {target}", DONE | AWAY | {406}, target=target) for target in INJECTED),
    *(Attack(f"method {method[:8]} {target}", frozenset({400, 405, 501}), method, target) for method in METHODS for target in (PAGE, "/sparql")),
]  # fmt: skip

# Bytes that http.client would not send.
RAW: dict[str, tuple[bytes, frozenset[int]]] = {
    "two lengths": (b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nquery=", frozenset({400})),
    "length and chunks": (b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n", frozenset({400, 415})),
    "odd transfer coding": (b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", frozenset({400, 501})),
    "chunk that is no number": (b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nabc\r\n0\r\n\r\n", frozenset({400})),
    "negative length": (b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", frozenset({400})),
    "length of letters": (b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: ten\r\n\r\n", frozenset({400})),
    "length beyond belief": (b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999\r\n\r\n", frozenset({413})),
    "header with a line in it": (b"GET / HTTP/1.1\r\nHost: x\r\nX-A: b\nSet-Cookie: evil=1\r\nConnection: close\r\n\r\n", frozenset({200, 400})),
    "header with a space in its name": (b"GET / HTTP/1.1\r\nHost: x\r\nX A: b\r\n\r\n", frozenset({400})),
    "header with NUL": (b"GET / HTTP/1.1\r\nHost: x\r\nX-A: \x00\r\nConnection: close\r\n\r\n", frozenset({200, 400})),
    "no headers": (b"GET / HTTP/1.0\r\n\r\n", frozenset({200, 400})),
    "no version": (b"GET /\r\n\r\n", frozenset({200, 400})),
    "another version": (b"GET / HTTP/9.9\r\nConnection: close\r\n\r\n", frozenset({200, 400, 505})),
    "another protocol": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", frozenset({400})),
    "an absolute target": (b"GET http://evil.example/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", frozenset({200, 400, 404})),
    "a target that is none": (b"GET * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", frozenset({400, 404})),
    "bytes in the target": (b"GET /\xff\xfe<> HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", frozenset({400, 404})),
    "headers of 3 MB": (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * (3 << 20) + b"\r\n\r\n", frozenset({400, 431})),
    "half-closed behind a whole request": (b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", DONE),
    "half-closed behind a query": (b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", DONE),
}  # fmt: skip

ATTACKS = [*SSRF, *UPDATES, *BOMBS, *SURFACE]


@dataclass
class Siege:
    """The server under attack, and what others saw of it meanwhile."""

    server: LiveServer
    port: int
    visitors: list[tuple[str, int]] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    calm_memory: int = 0
    calm_files: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def send(self, attack: Attack) -> tuple[Reply, float]:
        """The reply and the seconds it took."""
        port = str(self.port)
        body = attack.body.replace(CANARY.encode(), port.encode()) if attack.body else attack.body
        start = time.monotonic()
        reply = self.server.request(
            attack.method, attack.target.replace(CANARY, port), body, attack.headers, DEADLINE + 20
        )
        return reply, time.monotonic() - start

    def probe(self) -> None:
        """Be a visitor: page, data, page, data."""
        for number in range(100_000):
            if self.over.is_set():
                return
            start = time.monotonic()
            try:
                reply = self.server.get(PAGE, ("text/html", "text/turtle")[number % 2])
                if reply.status != 200:
                    self.failures.append(f"{reply.status}")
            except OSError as error:
                self.failures.append(repr(error))
            self.waits.append(time.monotonic() - start)
            time.sleep(0.1)


@pytest.fixture(scope="module")
def siege(serve_seeds: Serve) -> Iterator[Siege]:
    """A server of its own; the canary answers whoever comes with a redirect to itself."""
    listener = socket.create_server(("", 0), family=socket.AF_INET6, dualstack_ipv6=True)
    listener.settimeout(0.1)
    siege = Siege(serve_seeds(), listener.getsockname()[1])

    def watch() -> None:
        while not siege.over.is_set():
            with contextlib.suppress(TimeoutError):
                visitor, address = listener.accept()
                siege.visitors.append(address)
                visitor.close()

    with ThreadPoolExecutor(48) as pool:  # what every thread and worker costs once, without any abuse
        list(pool.map(lambda number: siege.server.get(PAGE, FORMATS[number % len(FORMATS)]), range(600)))
        list(
            pool.map(
                lambda number: siege.server.get("/sparql", query=f"SELECT * {{ ?s ?p ?o }} LIMIT {number}"), range(100)
            )
        )
    siege.calm_memory, siege.calm_files = siege.server.resident(), siege.server.open_files()
    threads = [threading.Thread(target=each) for each in (watch, siege.probe)]
    for thread in threads:
        thread.start()
    yield siege
    siege.over.set()
    for thread in threads:
        thread.join()
    listener.close()


def test_the_suite_is_whole() -> None:
    names = [attack.name for attack in ATTACKS]

    assert len(ATTACKS) + len(RAW) == 443
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("attack", ATTACKS, ids=[attack.name[:80] for attack in ATTACKS])
def test_an_attack_ends_in_time_in_the_right_status(siege: Siege, attack: Attack) -> None:
    reply, seconds = siege.send(attack)

    assert reply.status in attack.expected, reply.body[:300]
    assert seconds < DEADLINE + SLACK
    assert "set-cookie" not in reply.headers
    assert b"root:" not in reply.body
    assert b"Traceback" not in reply.body
    assert b"evil.example" not in reply.body
    assert "evil" not in reply.headers.get("location", "").partition("?")[0].replace("%20evil", "")
    if reply.status in (413, 503) and attack.target.startswith("/sparql"):
        assert reply.type == "application/problem+json" or "text/html" in attack.headers.get("Accept", "") or "2 MB" in attack.name  # fmt: skip


@pytest.mark.parametrize("name", RAW)
def test_raw_bytes_are_answered_or_refused(siege: Siege, name: str) -> None:
    data, expected = RAW[name]
    start = time.monotonic()
    answer = siege.server.raw(data)

    if answer or "3 MB" not in name:  # who is still sending when the refusal comes may lose it
        assert int(answer.split(b" ", 2)[1]) in expected, answer[:300]
    assert b"\r\nSet-Cookie" not in answer
    assert time.monotonic() - start < DEADLINE + SLACK


def test_forty_costly_queries_at_once_harm_only_each_other(siege: Siege) -> None:
    """More than there are workers and places to wait: each is stopped, or told to come again later."""
    costly = [asked(name, query, STOPPED) for name, query in COSTLY.items()] * 2
    start = time.monotonic()
    with ThreadPoolExecutor(len(costly)) as pool:
        replies = [reply for reply, _ in pool.map(siege.send, costly)]

    assert {reply.status for reply in replies} <= STOPPED
    assert all("retry-after" in reply.headers for reply in replies if b'"busy"' in reply.body)
    assert time.monotonic() - start < 25
    assert siege.server.get("/sparql", query="ASK {}").status == 200


def test_large_pages_at_once_harm_nobody(siege: Siege) -> None:
    """Tables for people take the server's own time, not a worker's."""
    large = asked("page", "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 60000", ANY, "text/html")
    with ThreadPoolExecutor(8) as pool:
        replies = [reply for reply, _ in pool.map(siege.send, [large] * 8)]

    assert {reply.status for reply in replies} <= ANY
    status = Path(f"/proc/{siege.server.process.pid}/status").read_text()
    assert int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) < 600_000  # type: ignore[index] # at its highest


def test_slow_clients_keep_nobody_waiting(siege: Siege) -> None:
    """Sixty connections that send a byte now and then, in the header and in the body."""
    heads = (
        b"GET / HTTP/1.1\r\nHost: x\r\nX: ",
        b"POST /sparql HTTP/1.1\r\nContent-Type: x/y\r\nContent-Length: 900\r\n\r\n",
    )
    with contextlib.ExitStack() as stack:
        slow = [stack.enter_context(socket.create_connection(("127.0.0.1", siege.server.port))) for _ in range(60)]
        for number, connection in enumerate(slow):
            connection.sendall(heads[number % 2])
        for _ in range(10):
            for connection in slow:
                connection.sendall(b"a")
            time.sleep(0.2)
        start = time.monotonic()
        assert siege.server.get(PAGE).status == 200
        assert siege.server.get("/sparql", query="ASK {}").status == 200
        assert time.monotonic() - start < 1


def test_clients_that_do_not_read_keep_nobody_waiting(siege: Siege) -> None:
    """Twenty ask for the largest file and never take more than a little of it."""
    with contextlib.ExitStack() as stack:
        for _ in range(20):
            connection = stack.enter_context(socket.socket())
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.connect(("127.0.0.1", siege.server.port))
            connection.sendall(b"GET /dumps/dataset.nq HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(1)
        start = time.monotonic()
        assert siege.server.get(PAGE).status == 200
        assert siege.server.get("/sparql", query="ASK {}").status == 200
        assert time.monotonic() - start < 1


def test_connections_that_break_off_leave_nothing(siege: Siege) -> None:
    """Closed at once, reset in the middle, half-closed before the request is whole."""
    for part in (b"", b"GET / HT", b"POST /sparql HTTP/1.1\r\nContent-Length: 50\r\n\r\nquery="):
        for ending in ("close", "reset", "half"):
            for _ in range(10):
                with socket.create_connection(("127.0.0.1", siege.server.port), timeout=3) as connection:
                    connection.sendall(part)
                    if ending == "reset":
                        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    elif ending == "half":
                        connection.shutdown(socket.SHUT_WR)
                        assert connection.recv(100) == b"" or part

    assert siege.server.get(PAGE).status == 200


def test_a_query_ends_when_its_asker_leaves(siege: Siege) -> None:
    """Eight askers of thirty seconds' work leave at once; their workers are free for others."""
    target = "/sparql?" + urlencode({"query": COSTLY["counted"], "timeout": "30"})
    for _ in range(8):
        with socket.create_connection(("127.0.0.1", siege.server.port)) as connection:
            connection.sendall(f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            time.sleep(0.05)
    start = time.monotonic()

    assert siege.server.get("/sparql", query="ASK {}").status == 200
    assert time.monotonic() - start < 4


def test_throughout_a_page_was_answered_within_a_second(siege: Siege) -> None:
    assert siege.failures == []
    assert len(siege.waits) > 50
    assert max(siege.waits) < 1


def test_nothing_connected_to_anything(siege: Siege) -> None:
    assert siege.visitors == []


def test_memory_and_files_return_to_where_they_were(siege: Siege) -> None:
    """Within a quarter and 64 MiB: allocators keep a little of what they once had."""
    allowed = siege.calm_memory + siege.calm_memory // 4 + (64 << 20)
    until = time.monotonic() + 20
    while time.monotonic() < until and (
        siege.server.resident() > allowed or siege.server.open_files() > siege.calm_files + 4
    ):
        time.sleep(0.2)

    assert siege.server.resident() <= allowed, (siege.server.resident() >> 20, siege.calm_memory >> 20)
    assert siege.server.open_files() <= siege.calm_files + 4
    assert siege.server.process.poll() is None


def test_nothing_was_written(siege: Siege) -> None:
    """Not one file of the releases is newer than the link that published them."""
    link = siege.server.releases / "current"
    published = os.lstat(link).st_mtime
    touched = [path for path in link.resolve().rglob("*") if path.stat().st_mtime > published]

    assert touched == []
