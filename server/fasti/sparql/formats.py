"""Which media types each form of query can be answered in, and under which names they may be asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fasti.negotiation import choose
from fasti.store.answers import GRAPHS, SOLUTIONS

# Names that clients use for a format, and the one that it goes by.
_SOLUTION_ALIASES = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
}
_GRAPH_ALIASES = {
    "text/plain": "application/n-triples",
    "application/json": "application/ld+json",
    "application/xml": "application/rdf+xml",
    "text/xml": "application/rdf+xml",
    "application/x-turtle": "text/turtle",
    "text/n3": "text/turtle",  # what rdflib and SPARQLWrapper ask for as "n3"; Turtle is a part of it
}
_SOLUTIONS = {name: name for name in SOLUTIONS} | _SOLUTION_ALIASES
# SPARQL 1.1 defines CSV and TSV for solutions only: a truth value has none.
_TRUTH = {name: target for name, target in _SOLUTIONS.items() if not target.startswith("text/")}
_GRAPHS = {name: name for name in GRAPHS} | _GRAPH_ALIASES
_OFFERS: Mapping[str, Mapping[str, str]] = {
    "SELECT": _SOLUTIONS,
    "ASK": _TRUTH,
    "CONSTRUCT": _GRAPHS,
    "DESCRIBE": _GRAPHS,
}
_SHORT_SOLUTIONS = {"json": "application/sparql-results+json", "xml": "application/sparql-results+xml",
                    "csv": "text/csv", "tsv": "text/tab-separated-values"}  # fmt: skip
_SHORT_GRAPHS = {"ttl": "text/turtle", "turtle": "text/turtle", "nt": "application/n-triples",
                 "rdf": "application/rdf+xml", "xml": "application/rdf+xml", "jsonld": "application/ld+json",
                 "json-ld": "application/ld+json", "json": "application/ld+json", "trig": "application/trig",
                 "nq": "application/n-quads"}  # fmt: skip


def offers(form: str) -> Sequence[str]:
    """The media types of a form of query, the default first."""
    return tuple(_OFFERS[form])


def negotiate(form: str, accept: str | None, names: Sequence[str] = ()) -> str | None:
    """The media type to answer in; None when there is none that was asked for.

    Args:
        form: SELECT, ASK, CONSTRUCT or DESCRIBE.
        accept: the request's header.
        names: each `format=`, a short name (`csv`, `ttl`) or a media type; the first that fits the form comes before
            the header. SPARQLWrapper sends several spellings of one.
    """
    short = _short(form)
    found = (short.get(name.lower(), name.lower()) for name in names)
    if names:
        return next((wanted for wanted in found if wanted in _OFFERS[form]), None)
    return choose(accept, offers(form))


def short_names(form: str) -> Sequence[str]:
    """What `format=` may be for a form of query, besides a media type."""
    return tuple(name for name, target in _short(form).items() if target in _OFFERS[form])


def _short(form: str) -> Mapping[str, str]:
    return _SHORT_SOLUTIONS if form in ("SELECT", "ASK") else _SHORT_GRAPHS


def engine_type(form: str, media_type: str) -> str:
    """The name under which the engine knows the format of an offer."""
    return _OFFERS[form][media_type]


def content_type(media_type: str) -> str:
    """The value of Content-Type: text formats say that they are UTF-8."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
