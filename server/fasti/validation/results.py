"""From what the judge told to the report: codes, evidence, order, and the triples that are published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import rdflib
from rdflib.namespace import DCTERMS, RDF, SH

from fasti.store.embedded import Literal, NamedNode, Triple
from fasti.validation.interchange import from_rdflib
from fasti.validation.judge import Told
from fasti.validation.paths import read_path, steps
from fasti.validation.report import Report, Result
from fasti.validation.witness import Witness
from fasti.vocabulary import Vocabulary

_SEVERITIES = ("Violation", "Warning", "Info")
Found = tuple[Result, Mapping[str, rdflib.term.Node]]  # a result, and its properties for the published report


def results(told: Iterable[Told], shapes: rdflib.Graph, witness: Witness) -> list[Found]:
    """What the judge told, with the words behind it."""
    return [_result(each, shapes, witness) for each in told]


def report(found: Iterable[Found], vocabulary: Vocabulary) -> Report:
    """The report of all results, in an order that depends on nothing but them."""
    found = sorted(found, key=_order)
    return Report(tuple(result for result, _ in found), tuple(_triples(found, vocabulary)))


def _result(told: Told, shapes: rdflib.Graph, witness: Witness) -> Found:
    focus, value, shape = told["focusNode"], told.get("value"), told["sourceShape"]
    path = told.get("resultPath")
    if isinstance(path, rdflib.BNode):
        path = _stated(shapes, shape, focus, value, witness)
    parts = {name: str(term) if term is not None else "" for name, term in (("path", path), ("value", value))}
    code = str(shapes.value(shape, DCTERMS.identifier) or shape)
    severity = str(told["resultSeverity"]).rpartition("#")[2]
    evidence = witness.of(str(focus), **parts) if isinstance(focus, rdflib.URIRef) else ()
    message = str(told.get("resultMessage", ""))
    published = {**told, "resultPath": path}.items()
    kept = {name: term for name, term in published if isinstance(term, rdflib.URIRef | rdflib.Literal)}
    return Result(code, severity, message, str(focus), **parts, evidence=evidence), kept


def _stated(
    shapes: rdflib.Graph,
    shape: rdflib.term.Node,
    focus: rdflib.term.Node,
    value: rdflib.term.Node | None,
    witness: Witness,
) -> rdflib.URIRef | None:
    """The property of an alternative or a sequence that has the value, if any."""
    written = shapes.value(shape, SH.path)
    if value is None or written is None or not isinstance(focus, rdflib.URIRef) or isinstance(value, rdflib.BNode):
        return None
    properties = {step.property for step in steps(read_path(shapes, written)) if not step.inverted}
    stated = (p for p in properties if witness.states(NamedNode(str(focus)), p, from_rdflib(value)))
    return min((rdflib.URIRef(p.value) for p in stated), default=None)


def _order(found: Found) -> tuple[object, ...]:
    """Violations first, then by code and node: the same data gives the same report."""
    result, kept = found
    rest = sorted((name, term.n3()) for name, term in kept.items())
    return _SEVERITIES.index(result.severity), result.code, result.focus, result.path, result.value, rest


def _triples(found: Sequence[Found], vocabulary: Vocabulary) -> Iterator[Triple]:
    """The report as SHACL describes it (section 3.6.1), every node with an IRI below graph/quality."""
    sh, a = str(SH), NamedNode(str(RDF.type))
    report = NamedNode(vocabulary.graph("quality") + "#report")
    yield Triple(report, a, NamedNode(sh + "ValidationReport"))
    yield Triple(report, NamedNode(sh + "conforms"), Literal(not found))  # a warning is a result
    for number, (result, told) in enumerate(found, 1):
        node = NamedNode(f"{vocabulary.graph('quality')}#result-{number}")
        yield Triple(report, NamedNode(sh + "result"), node)
        for name, term in sorted(told.items()):
            yield Triple(node, a if name == "type" else NamedNode(sh + name), from_rdflib(term))
        for passage in result.passages:
            yield Triple(node, NamedNode(vocabulary.expand("fasti:passage")), NamedNode(passage))
