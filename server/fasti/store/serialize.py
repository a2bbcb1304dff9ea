"""Quads and triples as the bytes of each RDF format, the same bytes for the same statements every time."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from xml.parsers.expat import ExpatError, ParserCreate

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from fasti.store.terms import Engine
from fasti.vocabulary import EXTERNAL

TYPE = EXTERNAL["rdf"] + "type"
_STRING = EXTERNAL["xsd"] + "string"
Compact = Callable[[str], str]

_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")  # characters that no XML document may hold


@dataclass(frozen=True, slots=True)
class Format:
    """A serialization: its file suffix, its media type, and whether it can tell graphs apart."""

    suffix: str
    media_type: str
    name: str
    graphs: bool = False


TURTLE = Format("ttl", "text/turtle", "Turtle")
JSON_LD = Format("jsonld", "application/ld+json", "JSON-LD")
N_TRIPLES = Format("nt", "application/n-triples", "N-Triples")
RDF_XML = Format("rdf", "application/rdf+xml", "RDF/XML")
TRIG = Format("trig", "application/trig", "TriG", graphs=True)
N_QUADS = Format("nq", "application/n-quads", "N-Quads", graphs=True)
FORMATS = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML, TRIG, N_QUADS)

_ENGINE = {
    TURTLE: RdfFormat.TURTLE,
    N_TRIPLES: RdfFormat.N_TRIPLES,
    RDF_XML: RdfFormat.RDF_XML,
    TRIG: RdfFormat.TRIG,
    N_QUADS: RdfFormat.N_QUADS,
}


def write(quads: Iterable[Engine], form: Format, prefixes: Mapping[str, str]) -> bytes:
    """The quads in `form`, in one order whatever order they come in; a format without graphs drops those.

    Only the prefixes that something uses are declared. RDF/XML holds U+FFFD for a control character that XML
    cannot express.
    """
    if form in (N_QUADS, N_TRIPLES):
        rows = (str(quad if form.graphs else quad.triple) for quad in quads)
        return "".join(f"{row} .\n" for row in sorted(set(rows))).encode()
    if form.graphs:
        ordered = sorted(set(quads), key=_quad_order)
        return _engine(ordered, form, _used(prefixes, ordered))
    triples = sorted({quad.triple for quad in quads}, key=triple_order)
    used = _used(prefixes, triples)
    if form is JSON_LD:
        return b"".join(json_ld(triples, used))
    written = _engine(triples, form, used)
    return for_xml(written) if form is RDF_XML else written


def read(path: Path, base: str) -> list[Engine]:
    """The statements of a Turtle or TriG file; blank nodes are named by where they first stand in it.

    Raises:
        SyntaxError: the file is not what its suffix says.
    """
    form = RdfFormat.TRIG if path.suffix == ".trig" else RdfFormat.TURTLE
    names: dict[BlankNode, BlankNode] = {}

    def name(term: object) -> object:
        return names.setdefault(term, BlankNode(f"{path.stem}{len(names)}")) if isinstance(term, BlankNode) else term

    return [
        Quad(name(q.subject), q.predicate, name(q.object), q.graph_name)  # type: ignore[arg-type]
        for q in parse(path=str(path), format=form, base_iri=base)
    ]


def read_lines(lines: bytes) -> Iterator[Engine]:
    """The triples of N-Triples, one at a time."""
    for quad in parse(lines, format=RdfFormat.N_TRIPLES):
        yield quad.triple


def rewrite(turtle: bytes, form: Format, prefixes: Mapping[str, str]) -> bytes:
    """What `write` wrote in Turtle as it writes it in `form`, which tells no graphs apart."""
    return turtle if form == TURTLE else write(parse(turtle, format=RdfFormat.TURTLE), form, prefixes)


def _engine(statements: Iterable[Quad] | Iterable[Triple], form: Format, prefixes: Mapping[str, str]) -> bytes:
    written = serialize(statements, format=_ENGINE[form], prefixes=dict(prefixes))
    return written or b""  # only None when the engine is given somewhere to write


def engine(statements: Engine, form: Format, prefixes: Mapping[str, str], out: Engine) -> None:
    """Let the engine write ordered statements to a file as they come."""
    serialize(statements, out, format=_ENGINE[form], prefixes=dict(prefixes))


def for_xml(written: bytes) -> bytes:
    """XML with U+FFFD in place of characters that no XML document may hold."""
    return _NOT_XML.sub("\ufffd".encode(), written)


@lru_cache(maxsize=4096)
def is_xml_name(property: str) -> bool:
    """Whether RDF/XML can hold statements with a property: its IRI has to end with the name of an element."""
    triple = Triple(NamedNode("x:x"), NamedNode(property), Literal(""))
    try:
        ParserCreate(namespace_separator=" ").Parse(serialize([triple], format=RdfFormat.RDF_XML) or b"", True)
    except (ExpatError, ValueError, OSError):  # the engine writes some that are none, and refuses the grammar's own
        return False
    return True


def _quad_order(quad: Quad) -> tuple[str, str, bool, str, str]:
    graph = "" if isinstance(quad.graph_name, DefaultGraph) else str(quad.graph_name)
    return (graph, *triple_order(quad.triple))


def triple_order(triple: Triple) -> tuple[str, bool, str, str]:
    """By subject, its classes first: what a reader of Turtle expects, and what groups JSON-LD's nodes."""
    predicate = triple.predicate
    return str(triple.subject), predicate.value != TYPE, str(predicate), str(triple.object)


def _used(prefixes: Mapping[str, str], statements: Iterable[Quad] | Iterable[Triple]) -> dict[str, str]:
    namespaces = {_namespace(iri) for iri in {iri for statement in statements for iri in _iris(statement)}}
    return {prefix: namespace for prefix, namespace in prefixes.items() if namespace in namespaces}


def _iris(statement: Quad | Triple) -> Iterator[str]:
    yield statement.predicate.value
    for term in (statement.subject, statement.object):
        if isinstance(term, NamedNode):
            yield term.value
        elif isinstance(term, Literal):
            yield term.datatype.value


def _namespace(iri: str) -> str:
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def json_ld(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> Iterator[bytes]:
    """JSON-LD 1.1 in compact form, one node object a line; `triples` come grouped by subject."""
    short = {namespace: prefix for prefix, namespace in prefixes.items()}

    def compact(iri: str) -> str:
        namespace = _namespace(iri)
        local = iri[len(namespace) :]
        return f"{short[namespace]}:{local}" if namespace in short and local else iri

    yield b'{"@context": ' + _json(dict(prefixes)) + b',\n "@graph": ['
    for number, (_, rows) in enumerate(groupby(triples, key=lambda triple: str(triple.subject))):
        yield (b",\n  " if number else b"\n  ") + _json(_node(list(rows), compact))
    yield b"\n]}\n"


def _node(triples: list[Triple], compact: Compact) -> dict[str, object]:
    node: dict[str, object] = {"@id": _identifier(triples[0].subject, compact)}
    for predicate, rows in groupby(triples, key=lambda triple: triple.predicate.value):
        objects = [triple.object for triple in rows]
        if predicate == TYPE and not any(isinstance(o, Literal) for o in objects):
            node["@type"] = [_identifier(o, compact) for o in objects]
        else:
            values = [_value(o, compact) for o in objects]
            node[compact(predicate)] = values if len(values) > 1 else values[0]
    return node


def _value(term: object, compact: Compact) -> object:
    if not isinstance(term, Literal):
        return {"@id": _identifier(term, compact)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == _STRING:
        return term.value
    return {"@value": term.value, "@type": compact(term.datatype.value)}


def _identifier(term: object, compact: Compact) -> str:
    return compact(term.value) if isinstance(term, NamedNode) else str(term)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
