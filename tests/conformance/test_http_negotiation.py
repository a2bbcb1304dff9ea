"""The negotiation table of entities over real HTTP: headers that programs send, and rules of RFC 9110, section 12.5.1.

The headers of rdflib 7, pyld, rapper 2.0, Comunica 4, rdf-dereference 4, curl, wget, requests, urllib and Node were recorded
from them; those of browsers, of Java's libraries and of the rest are as they are commonly published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import rdflib
from rdflib.compare import isomorphic

if TYPE_CHECKING:
    from conftest import LiveServer

PATH = "/doc/organization/ogs"
HTML, TTL, LD, NT, PLAIN, XML, TRIG, NQ, N3 = (
    "text/html", "text/turtle", "application/ld+json", "application/n-triples", "text/plain", "application/rdf+xml",
    "application/trig", "application/n-quads", "text/n3",
)  # fmt: skip
SUFFIX = {HTML: "html", TTL: "ttl", LD: "jsonld", NT: "nt", PLAIN: "nt", XML: "rdf", TRIG: "trig", NQ: "nq", N3: "ttl"}
NONE = None  # 406

COMUNICA = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8,"
    "text/turtle;q=0.6,application/rdf+xml;q=0.5,text/n3;q=0.35,application/xml;q=0.3,image/svg+xml;q=0.3,text/xml;q=0.3,"
    "text/html;q=0.2,application/xhtml+xml;q=0.18,application/json;q=0.135,text/shaclc;q=0.1,text/shaclc-ext;q=0.05"
)
RAPPER_GUESS = (
    "application/rdf+xml, text/rdf;q=0.6, application/n-triples, text/plain;q=0.1, text/turtle, application/x-turtle, "
    "application/turtle, text/n3;q=0.3, text/rdf+n3;q=0.3, application/rdf+n3;q=0.3, application/x-trig, "
    "application/rss;q=0.8, application/rss+xml;q=0.8, text/rss;q=0.8, application/xml;q=0.3, text/xml;q=0.3, "
    "application/atom+xml;q=0.3, text/html;q=0.2, application/xhtml+xml;q=0.4, text/html;q=0.6, "
    "application/xhtml+xml;q=0.8, application/json;q=0.1, text/json;q=0.1, text/x-nquads, */*;q=0.1"
)
RAPPER_TURTLE = "text/turtle, application/x-turtle, application/turtle, text/n3;q=0.3, text/rdf+n3;q=0.3, application/rdf+n3;q=0.3, */*;q=0.1"
JENA_GRAPH = "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7,*/*;q=0.3"
JENA_DATASET = "application/trig,application/n-quads;q=0.9,text/x-nquads;q=0.8,application/ld+json;q=0.7,*/*;q=0.5"
JENA_EITHER = (
    "text/turtle,application/n-triples;q=0.9,application/rdf+xml;q=0.7,application/trig,application/n-quads;q=0.9,"
    "application/ld+json;q=0.8,*/*;q=0.5"
)
RDFLIB_ANY = (
    "application/rdf+xml, text/n3, text/turtle, application/n-triples, application/ld+json, application/n-quads, "
    "application/trix, application/trig"
)
CHROME = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
    "application/signed-exchange;v=b3;q=0.7"
)
TABLE: list[tuple[str, str | None, str | None]] = [
    # What programs send.
    ("Firefox 128", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/png,image/svg+xml,*/*;q=0.8", HTML),
    ("Firefox 133", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", HTML),
    ("Chrome", CHROME, HTML),
    ("Internet Explorer", "text/html, application/xhtml+xml, */*", HTML),
    ("Internet Explorer, older", "image/gif, image/jpeg, image/pjpeg, application/x-ms-application, */*", HTML),
    ("Lynx", "text/html, text/plain, text/sgml, text/css, application/xhtml+xml, */*;q=0.01", HTML),
    ("w3m", "text/html, text/*;q=0.5, image/*, application/*, audio/*, video/*, message/*", HTML),
    ("Googlebot", "text/html,application/xhtml+xml,application/signed-exchange;v=b3,application/xml;q=0.9,*/*;q=0.8", HTML),
    ("an image of a page", "image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5", HTML),
    ("an image only", "image/webp,image/*", NONE),
    ("a script's fetch", "*/*", HTML),
    ("curl, wget, requests, node", "*/*", HTML),
    ("urllib", None, HTML),
    ("Java's URLConnection", "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", HTML),
    ("rdflib, any format", RDFLIB_ANY, TTL),
    ("rdflib, xml", "application/rdf+xml, */*;q=0.1", XML),
    ("rdflib, n3", "text/n3, */*;q=0.1", N3),
    ("rdflib, turtle", "text/turtle, application/x-turtle, */*;q=0.1", TTL),
    ("rdflib, nt", "text/plain, */*;q=0.1", PLAIN),
    ("rdflib, trig", "application/trig, */*;q=0.1", TRIG),
    ("rdflib, json-ld", "application/ld+json, application/json;q=0.9, */*;q=0.1", LD),
    ("pyld", "application/ld+json, application/json;q=0.8, text/html;q=0.5, application/xhtml+xml;q=0.5", LD),
    ("pyld, older", "application/ld+json, application/json", LD),
    ("pyld, a context", "application/ld+json;profile=http://www.w3.org/ns/json-ld#context, application/ld+json, "
     "application/json;q=0.8, text/html;q=0.5, application/xhtml+xml;q=0.5", LD),
    ("jsonld.js", "application/ld+json, application/json", LD),
    ("rapper", RAPPER_TURTLE, TTL),
    ("rapper, rdfxml", "application/rdf+xml, text/rdf;q=0.6, */*;q=0.1", XML),
    ("rapper, guess", RAPPER_GUESS, TTL),
    ("Jena, a graph", JENA_GRAPH, TTL),
    ("Jena, a data set", JENA_DATASET, TRIG),
    ("Jena, either", JENA_EITHER, TTL),
    ("Comunica and rdf-dereference", COMUNICA, NQ),
    ("RDF4J", "application/x-binary-rdf, text/turtle;q=0.8, application/ld+json;q=0.8, application/rdf+xml;q=0.8, "
     "application/n-triples;q=0.8, */*;q=0.1", TTL),
    ("SPARQLWrapper, describe", "application/turtle,text/turtle", TTL),
    ("EasyRdf", "application/rdf+xml;q=0.9, text/turtle;q=0.8, application/n-triples;q=0.5, text/html;q=0.4, "
     "application/json;q=0.4, */*;q=0.1", XML),
    ("ActivityPub", 'application/ld+json; profile="https://www.w3.org/ns/activitystreams", application/activity+json', LD),
    ("Postman", "*/*", HTML),
    ("jQuery, json", "application/json, text/javascript, */*; q=0.01", HTML),
    # Each name of each format.
    *((f"{kind} alone", kind, kind) for kind in (HTML, TTL, LD, NT, PLAIN, XML, TRIG, NQ, N3)),
    # Quality (12.4.2).
    ("the higher weight wins", "text/html;q=0.2, text/turtle;q=0.9", TTL),
    ("order does not count", "text/turtle;q=0.3, application/rdf+xml;q=0.7, text/html;q=0.5", XML),
    ("no weight is 1", "text/turtle;q=0.9, application/n-quads", NQ),
    ("three digits", "text/turtle;q=0.001, application/ld+json;q=0.002", LD),
    ("blanks around the weight", "text/html ; q=0.1 , text/turtle ; q=0.2", TTL),
    ("a capital Q", "text/html;Q=0.1, text/turtle;Q=0.9", TTL),
    ("a weight without a leading zero", "text/html;q=.1, text/turtle;q=.9", TTL),
    ("a weight above 1 is 1", "text/html;q=1, text/turtle;q=5", HTML),
    ("a zero weight refuses", "text/html;q=0, */*", TTL),
    ("a zero weight in three digits", "text/html;q=0.000, text/turtle;q=0.000, */*;q=0.1", LD),
    ("everything refused", "*/*;q=0", NONE),
    ("the only one refused", "text/turtle;q=0", NONE),
    ("a type refused, one of it allowed", "text/*;q=0, text/turtle", TTL),
    ("all refused but one", "*/*;q=0, application/trig", TRIG),
    # Wildcards and specificity (12.5.1).
    ("any text", "text/*", HTML),
    ("any application", "application/*", LD),
    ("a type before everything", "text/turtle;q=0.5, */*;q=0.1", TTL),
    ("the specific range decides", "text/*;q=0.3, text/html;q=0.1, text/turtle;q=0.2", PLAIN),
    ("a wildcard may weigh more", "application/ld+json;q=0.3, */*;q=0.8", HTML),
    ("a named one before a wildcard at the same weight", "*/*, application/trig", TRIG),
    ("any application but one", "application/ld+json;q=0, application/*", NT),
    ("a lone star", "*", HTML),
    # Parameters.
    ("a profile is a wish", 'application/ld+json;profile="http://www.w3.org/ns/json-ld#expanded"', LD),
    ("two profiles", 'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted http://a/"', LD),
    ("a comma inside quotes", 'application/ld+json;profile="a,b", text/turtle;q=0.5', LD),
    ("a charset", "text/turtle;charset=utf-8", TTL),
    ("another charset", "text/turtle;charset=iso-8859-1", TTL),
    ("a weight behind a parameter", "text/turtle;charset=utf-8;q=0.1, application/rdf+xml;q=0.2", XML),
    ("an extension behind the weight", "text/turtle;q=0.9;x=y, text/html;q=0.1", TTL),
    ("a version", "application/n-triples;version=1.2", NT),
    # Case.
    ("capitals", "TEXT/TURTLE", TTL),
    ("mixed case", "Application/LD+JSON;q=0.9, text/html;q=0.1", LD),
    # Absent, empty, malformed.
    ("absent", None, HTML),
    ("empty", "", HTML),
    ("blank", "   ", HTML),
    ("only commas", ",,,", HTML),
    ("no type at all", "nonsense", HTML),
    ("a bad member beside a good one", "nonsense, text/turtle", TTL),
    ("a bad weight beside a good one", "text/html;q=high, text/turtle;q=0.1", TTL),
    ("a quote that never ends", 'text/turtle;profile="abc', TTL),
    ("a type without a subtype", "text/, application/rdf+xml", XML),
    ("four thousand members", ", ".join(f"x/y{n}" for n in range(4000)) + ", text/turtle", TTL),
    # What there is not.
    ("a picture", "image/png", NONE),
    ("plain JSON", "application/json", NONE),
    ("XHTML", "application/xhtml+xml", NONE),
    ("a table", "text/csv", NONE),
    ("a language that nobody here writes", "application/trix, text/shaclc", NONE),
]  # fmt: skip


def test_the_table_is_whole() -> None:
    names = [name for name, _, _ in TABLE]

    assert len(TABLE) == len(set(names)) == 94


@pytest.mark.parametrize(("accept", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_accept_decides(live_server: LiveServer, accept: str | None, expected: str | None) -> None:
    """The status, the media type, where that representation stands alone, and what caches must know."""
    answer = live_server.request("GET", PATH, headers={} if accept is None else {"Accept": accept})

    assert "Accept" in answer.headers["vary"].split(", ")
    if expected is None:
        assert answer.status == 406
        assert 'rel="alternate"' in answer.headers["link"]
        return
    assert (answer.status, answer.type) == (200, expected)
    assert answer.headers["content-location"] == f"{PATH}.{SUFFIX[expected]}"
    assert answer.headers["etag"].startswith('"')


@pytest.mark.parametrize(("accept", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_a_thing_leads_to_its_document_whatever_is_accepted(
    live_server: LiveServer, accept: str | None, expected: str | None
) -> None:
    answer = live_server.request("GET", "/id/organization/ogs", headers={} if accept is None else {"Accept": accept})

    assert (answer.status, answer.headers["location"]) == (303, PATH)


ENTITIES = ("organization/ogs", "person/tian-jiaying", "post/director--ogs", "conflict/head-of--ogs",
            "source/000_71a7f1b4f807d914", "membership/han-shiming--director--ogs--2023")  # fmt: skip


@pytest.mark.parametrize("at", ["", "?at=1966-05-20"])
@pytest.mark.parametrize("entity", ENTITIES)
def test_every_format_is_isomorphic(live_server: LiveServer, entity: str, at: str) -> None:
    """The four formats of a graph give one graph, and the default graph of the two of a data set is it, too."""
    path = f"/doc/{entity}{at}"
    reference = rdflib.Graph().parse(data=live_server.get(path, NT).body, format="nt")

    assert len(reference) > 5
    for kind, name in ((TTL, "turtle"), (LD, "json-ld"), (XML, "xml"), (PLAIN, "nt"), (N3, "n3")):
        assert isomorphic(rdflib.Graph().parse(data=live_server.get(path, kind).body, format=name), reference), kind
    quads = []
    for kind, name in ((TRIG, "trig"), (NQ, "nquads")):
        dataset = rdflib.Dataset().parse(data=live_server.get(path, kind).body, format=name)
        quads.append(set(dataset.quads()))
    assert quads[0] == quads[1]


def test_hash_children_are_answered_by_their_owner(live_server: LiveServer) -> None:
    """A client sends no fragment; one that is sent percent-encoded leads to the owner's document."""
    owner = "membership/han-shiming--director--ogs--2023"
    answer = live_server.get(f"/id/{owner}%23time")

    assert (answer.status, answer.headers["location"]) == (303, f"/doc/{owner}#time")
    moved = live_server.get(f"/doc/{owner}%23time", TTL)
    assert (moved.status, moved.headers["location"]) == (301, f"/doc/{owner}#time")
    graph = rdflib.Graph().parse(data=live_server.get(f"/doc/{owner}", NT).body, format="nt")
    assert list(graph.predicate_objects(rdflib.URIRef(f"{live_server.base}id/{owner}#time")))
