"""The truth table of content negotiation: RFC 9110, section 12.5.1, and what clients really send."""

from __future__ import annotations

import time

import pytest

from fasti.negotiation import choose, parse

HTML, TURTLE, JSONLD = "text/html", "text/turtle", "application/ld+json"
NT, PLAIN, RDFXML = "application/n-triples", "text/plain", "application/rdf+xml"
TRIG, NQUADS = "application/trig", "application/n-quads"
ENTITY = (HTML, TURTLE, JSONLD, NT, RDFXML, TRIG, NQUADS, PLAIN, "application/json", "application/xml")

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
RESULTS = (JSON, XML, CSV, TSV, "application/json", "application/xml", "text/xml")

CHROME = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
    "application/signed-exchange;v=b3;q=0.7"
)
FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
COMUNICA = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8,"
    "text/turtle;q=0.6,application/rdf+xml;q=0.5,text/n3;q=0.35,application/xml;q=0.3,text/xml;q=0.3,"
    "image/svg+xml;q=0.3,text/html;q=0.2,application/xhtml+xml;q=0.18"
)
COMUNICA_RESULTS = "application/sparql-results+json;q=1.0,application/sparql-results+xml;q=0.7,text/turtle"
JENA = "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7,*/*;q=0.3"
JENA_RESULTS = (
    "application/sparql-results+json,application/json;q=0.9,application/sparql-results+xml;q=0.9,"
    "text/tab-separated-values;q=0.7,text/csv;q=0.5,application/xml;q=0.2,*/*;q=0.1"
)
PYLD = (
    "application/ld+json;profile=http://www.w3.org/ns/json-ld#context, application/ld+json, "
    "application/json;q=0.5, text/html;q=0.8, application/xhtml+xml;q=0.8"
)
RDFLIB_ANY = "application/ld+json, text/n3, application/n-quads, application/n-triples, application/rdf+xml"
SPARQLWRAPPER_ANY = "application/sparql-results+xml,application/sparql-results+json,application/json"
PROTEGE = "application/rdf+xml, application/xml; q=0.7, text/xml; q=0.6, text/plain; q=0.1, */*; q=0.09"
RAPPER = "application/rdf+xml, text/turtle;q=0.9, application/n-triples;q=0.8, */*;q=0.1"

TABLE = [
    # accept, offered, chosen
    # -- absent, empty, anything
    (None, ENTITY, HTML),
    ("", ENTITY, HTML),
    ("   ", ENTITY, HTML),
    (",", ENTITY, HTML),
    ("*/*", ENTITY, HTML),  # curl, wget, requests
    ("*", ENTITY, HTML),
    ("*/*;q=0.1", ENTITY, HTML),
    (None, RESULTS, JSON),
    ("*/*", RESULTS, JSON),
    # -- browsers
    (CHROME, ENTITY, HTML),
    (FIREFOX, ENTITY, HTML),
    ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", RESULTS, "application/xml"),
    ("image/avif,image/webp,*/*", ENTITY, HTML),
    ("text/css,*/*;q=0.1", ENTITY, HTML),
    # -- RDF clients
    (COMUNICA, ENTITY, NQUADS),
    (COMUNICA, (HTML, TURTLE, JSONLD), JSONLD),
    (COMUNICA_RESULTS, RESULTS, JSON),
    (JENA, ENTITY, TURTLE),
    (JENA, (HTML, RDFXML, NT), NT),
    (JENA_RESULTS, RESULTS, JSON),
    (PYLD, ENTITY, JSONLD),
    ("application/ld+json, application/json", ENTITY, JSONLD),
    ("application/rdf+xml, */*;q=0.1", ENTITY, RDFXML),  # rdflib, format="xml"
    ("text/turtle, application/x-turtle, */*;q=0.1", ENTITY, TURTLE),  # rdflib, format="turtle"
    ("text/plain, */*;q=0.1", ENTITY, PLAIN),  # rdflib, format="nt"
    ("application/trig, */*;q=0.1", ENTITY, TRIG),  # rdflib, format="trig"
    ("application/trix, */*;q=0.1", ENTITY, HTML),  # rdflib, format="trix"
    ("application/ld+json, application/json;p=0.9, */*;q=0.1", ENTITY, JSONLD),  # an older rdflib
    ("text/n3, */*;q=0.1", ENTITY, HTML),  # rdflib, format="n3"
    (RDFLIB_ANY, ENTITY, JSONLD),
    (SPARQLWRAPPER_ANY, RESULTS, JSON),
    ("application/sparql-results+xml", RESULTS, XML),
    (PROTEGE, ENTITY, RDFXML),
    (RAPPER, ENTITY, RDFXML),
    ("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", ENTITY, HTML),  # Java
    ("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", (TURTLE,), TURTLE),
    # -- quality decides
    ("text/turtle;q=0.5, application/ld+json;q=0.9", ENTITY, JSONLD),
    ("text/turtle;q=0.9, application/ld+json;q=0.90", ENTITY, TURTLE),
    ("text/turtle;q=1.000, text/html;q=0.999", ENTITY, TURTLE),
    ("text/html;q=0.001", ENTITY, HTML),
    ("text/turtle ; q = 0.4 , application/trig ; q = 0.5", ENTITY, TRIG),
    ("text/turtle;Q=0.4, application/trig;Q=0.5", ENTITY, TRIG),
    ("text/turtle;q=.4, application/trig;q=.5", ENTITY, TRIG),
    ("text/turtle;q=0.12345, application/trig;q=0.12346", ENTITY, TRIG),
    ("text/turtle;q=7, text/html;q=0.9", ENTITY, TURTLE),  # over 1 counts as 1
    # -- q=0 refuses
    ("text/html;q=0", ENTITY, None),
    ("text/html;q=0, */*", ENTITY, TURTLE),
    ("*/*, text/html;q=0.0, text/turtle;q=0.000", ENTITY, JSONLD),
    ("text/*;q=0, */*;q=0.5", ENTITY, JSONLD),
    ("*/*;q=0", ENTITY, None),
    ("application/ld+json;profile=x;q=0, application/ld+json", ENTITY, JSONLD),
    # -- wildcards and specificity
    ("text/*", ENTITY, HTML),
    ("text/*", RESULTS, CSV),
    ("application/*", ENTITY, JSONLD),
    ("image/*", ENTITY, None),
    ("*/html", ENTITY, HTML),  # not a range: nothing well-formed is left
    ("*/html, image/png", ENTITY, None),
    ("text/*, text/turtle", ENTITY, TURTLE),
    ("*/*, text/turtle", ENTITY, TURTLE),
    ("text/*;q=0.3, text/turtle;q=0.7, */*;q=0.5", ENTITY, TURTLE),
    ("text/*;q=0.9, text/html;q=0.2, application/trig;q=0.5", ENTITY, TURTLE),
    ("text/turtle;q=0.2, text/*;q=0.9", (TURTLE, TRIG), TURTLE),
    ("text/turtle;q=0.2, */*;q=0.9", (TURTLE, TRIG), TRIG),
    # -- parameters
    ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', ENTITY, JSONLD),
    ('application/ld+json; profile="a, b"; q=0.8, text/turtle;q=0.7', ENTITY, JSONLD),
    ('application/ld+json;profile="a;q=0.1", text/turtle;q=0.7', ENTITY, JSONLD),
    ('application/ld+json;profile="a\\"b", text/turtle;q=0.7', ENTITY, JSONLD),
    ("application/ld+json;profile=x;q=0.9, application/ld+json;q=0.3, text/turtle;q=0.5", ENTITY, TURTLE),
    ("text/turtle;charset=utf-8", ENTITY, TURTLE),
    ("text/turtle;charset=UTF-8;q=0.5;ext=1, text/html;q=0.4", ENTITY, TURTLE),
    ("text/turtle;charset=UTF-8", ("text/html", "text/turtle; charset=utf-8"), "text/turtle; charset=utf-8"),
    ("application/ld+json;profile=b", ("application/ld+json", "application/ld+json;profile=b"),
     "application/ld+json;profile=b"),
    # -- case
    ("TEXT/Turtle", ENTITY, TURTLE),
    ("Application/LD+JSON", ENTITY, JSONLD),
    # -- malformed
    ("garbage", ENTITY, HTML),
    ("text/turtle;q=high, text/html;q=0.1", ENTITY, HTML),
    ("text/turtle;q=-1", ENTITY, HTML),
    ("text/turtle;q=", ENTITY, HTML),
    ("text/turtle;;q=0.5", ENTITY, TURTLE),
    ("text/turtle;", ENTITY, TURTLE),
    (",,text/turtle,,", ENTITY, TURTLE),
    ("/, text/turtle", ENTITY, TURTLE),
    ("text/turtle application/trig, application/trig;q=0.1", ENTITY, TRIG),
    ('text/turtle;a="never closed, text/html', ENTITY, TURTLE),
    ("text/turtle\r\n, text/html;q=0.1", ENTITY, TURTLE),
    ("text/türkisch, text/turtle", ENTITY, TURTLE),
    # -- nothing fits, nothing offered
    ("application/pdf", ENTITY, None),
    ("application/pdf, image/png;q=0.5", RESULTS, None),
    ("text/html", RESULTS, None),
    ("*/*", (), None),
]  # fmt: skip


@pytest.mark.parametrize(("accept", "offered", "chosen"), TABLE)
def test_quality_then_closeness_then_the_servers_order_decide(
    accept: str | None, offered: tuple[str, ...], chosen: str | None
) -> None:
    assert choose(accept, offered) == chosen


def test_the_table_has_not_lost_rows() -> None:
    assert len(TABLE) == 90


def test_an_offer_that_is_no_media_type_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="found 'turtle'"):
        choose("*/*", ["turtle"])


def test_parameters_before_the_weight_belong_to_the_range_and_those_after_do_not() -> None:
    (found,) = parse('a/b; C="D E"; q=0.25; f=1')

    assert (found.type, found.subtype, found.parameters, found.quality) == ("a", "b", {"c": "d e"}, 0.25)


@pytest.mark.parametrize("unit", ['"', "\\", '"\\"', "a/b;q=", ";", "a/b;x=", " ", "a/b ", "a/b;q=0."])
def test_no_header_takes_longer_than_its_length_allows(unit: str) -> None:
    start = time.perf_counter()
    choose(unit * (20_000 // len(unit)), ENTITY)

    assert time.perf_counter() - start < 0.5
