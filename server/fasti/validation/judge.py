"""Run the shapes over a dataset: the only importer of pySHACL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import rdflib
from rdflib.namespace import DCTERMS, RDF, SH

from fasti.errors import ValidationError
from fasti.paths import data
from fasti.store import Dataset
from fasti.store.embedded import DefaultGraph, Literal, NamedNode, Triple
from fasti.validation.interchange import Interchange, from_rdflib, quiet_about_literals
from fasti.validation.report import Report, Result
from fasti.validation.witness import Witness
from fasti.vocabulary import Vocabulary

_SEVERITIES = ("Violation", "Warning", "Info")
_JUDGED_GRAPHS = ("evidence", "quality")  # next to the record


def validate(dataset: Dataset, shapes: Path | None = None, texts: Mapping[str, str] | None = None) -> Report:
    """Judge the record, its evidence and its conflicts by the shapes (SHACL, section 3).

    Args:
        dataset: the record in the default graph, the passages' graphs, graph/evidence and graph/quality.
        shapes: a folder of `*.ttl` and `findings/*.rq`; without it, the one of this installation.
        texts: the sources' texts by stem, to hold the quotes against; without them quotes are not compared.
    """
    folder = shapes or data("ontology") / "shapes"
    vocabulary = dataset.vocabulary
    rules = _shapes(folder, vocabulary)
    with quiet_about_literals():
        judged = Interchange()
        judged.take(_statements(dataset))
        judged.take(_findings(dataset, folder))
        judged.take(_misquotes(dataset, texts or {}))
        raw = _judge(judged.graph, rules.graph)
    witness = Witness(dataset)
    # the report's own results: sh:detail leads to further ones, which are about parts of them
    found = sorted(
        (_result(raw, node, rules.graph, judged.graph, witness) for node in raw.objects(None, SH.result)),
        key=_order,
    )
    return Report(tuple(result for result, _ in found), tuple(_report_triples(found, vocabulary)))


def _statements(dataset: Dataset) -> Iterator[Triple]:
    """The record, and what the shapes need besides."""
    judged: list[NamedNode | DefaultGraph] = [DefaultGraph()]
    judged += [NamedNode(dataset.vocabulary.graph(name)) for name in _JUDGED_GRAPHS]
    for graph in judged:
        yield from (quad.triple for quad in dataset.quads(graph=graph))


def _findings(dataset: Dataset, folder: Path) -> Iterator[Triple]:
    """What the queries beside the shapes find, in the whole dataset."""
    for path in sorted((folder / "findings").glob("*.rq")):
        yield from dataset.construct_text(path.read_text("utf-8"))


def _misquotes(dataset: Dataset, texts: Mapping[str, str]) -> Iterator[Triple]:
    """A finding for each passage whose source has other words at its offsets (Web Annotation 4.2.5)."""
    finding = NamedNode(dataset.vocabulary.expand("fasti:passageText"))
    for row in dataset.select("quotes") if texts else ():
        quote = row["quote"]
        text = texts.get(row["source"].value.rpartition("/")[2], "")
        if text[int(row["start"].value) : int(row["end"].value)] != quote.value:
            yield Triple(NamedNode(row["passage"].value), finding, quote)


def _shapes(folder: Path, vocabulary: Vocabulary) -> Interchange:
    """The shapes with this deployment's IRIs; the engine's parser is many times faster than rdflib's."""
    parsed = Dataset.memory(vocabulary)
    for path in sorted(folder.glob("*.ttl")):
        parsed.load(path)
    if len(parsed) == 0:
        raise ValidationError(f"{folder}: found no shapes, expected *.ttl files with SHACL shapes")
    shapes = Interchange()
    shapes.take(quad.triple for quad in parsed.quads())
    _aim(shapes.graph)
    return shapes


def _aim(shapes: rdflib.Graph) -> None:
    """Move the targets of node shapes to their property shapes: the same results, several times faster.

    pySHACL takes the nodes of a target all at once, but those of a nested shape one by one.
    """
    for predicate in (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf):
        for node, target in list(shapes.subject_objects(predicate)):
            for part in shapes.objects(node, SH.property):
                shapes.add((part, predicate, target))
    for node, part in list(shapes.subject_objects(SH.property)):
        if any(shapes.objects(part, SH.targetClass)) and any(shapes.objects(node, SH.targetClass)):
            shapes.remove((node, SH.property, part))


def _judge(judged: rdflib.Graph, shapes: rdflib.Graph) -> rdflib.Graph:
    """The report graph of pySHACL, which is imported here because only a build needs it."""
    import pyshacl

    _, raw, text = pyshacl.validate(judged, shacl_graph=shapes, inplace=True, advanced=False, inference="none")
    if not isinstance(raw, rdflib.Graph):
        raise ValidationError(f"the shapes cannot be run: {text}")
    return raw


_Found = tuple[Result, Mapping[str, rdflib.term.Node]]


def _result(
    raw: rdflib.Graph, node: rdflib.term.Node, shapes: rdflib.Graph, judged: rdflib.Graph, witness: Witness
) -> _Found:
    """One result, and its properties for the published report."""
    told = {str(p).rpartition("#")[2]: o for p, o in raw.predicate_objects(node)}
    focus, value, shape = told["focusNode"], told.get("value"), told["sourceShape"]
    path = told.get("resultPath")
    if isinstance(path, rdflib.BNode):  # an alternative or a sequence: the property that has the value, if any
        path = min(judged.predicates(focus, value), key=str, default=None) if value is not None else None
    parts = {name: str(term) if term is not None else "" for name, term in (("path", path), ("value", value))}
    code = str(shapes.value(shape, DCTERMS.identifier) or shape)
    severity = str(told["resultSeverity"]).rpartition("#")[2]
    evidence = witness.of(str(focus), **parts) if isinstance(focus, rdflib.URIRef) else ()
    message = str(told.get("resultMessage", ""))
    published = (told | {"resultPath": path}).items()
    kept = {name: term for name, term in published if isinstance(term, rdflib.URIRef | rdflib.Literal)}
    return Result(code, severity, message, str(focus), **parts, evidence=evidence), kept


def _order(found: _Found) -> tuple[int, str, str, str, str]:
    """Violations first, then by code and node: the same data gives the same report."""
    result = found[0]
    return _SEVERITIES.index(result.severity), result.code, result.focus, result.path, result.value


def _report_triples(found: Iterable[_Found], vocabulary: Vocabulary) -> Iterator[Triple]:
    """The report as SHACL describes it (section 3.6.1), every node with an IRI below graph/quality."""
    found = list(found)
    sh, a = str(SH), NamedNode(str(RDF.type))
    report = NamedNode(vocabulary.graph("quality") + "#report")
    conforms = Literal(not any(result.severity == "Violation" for result, _ in found))
    yield Triple(report, a, NamedNode(sh + "ValidationReport"))
    yield Triple(report, NamedNode(sh + "conforms"), conforms)
    for number, (result, told) in enumerate(found, 1):
        node = NamedNode(f"{vocabulary.graph('quality')}#result-{number}")
        yield Triple(report, NamedNode(sh + "result"), node)
        for name, term in sorted(told.items()):
            yield Triple(node, a if name == "type" else NamedNode(sh + name), from_rdflib(term))
        for passage in result.passages:
            yield Triple(node, NamedNode(vocabulary.expand("fasti:passage")), NamedNode(passage))
