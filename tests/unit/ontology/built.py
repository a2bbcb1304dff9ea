"""A dataset as the build makes it, from the passages in good.trig."""

from __future__ import annotations

import re
from pathlib import Path

from pyoxigraph import RdfFormat

from fasti.paths import data
from fasti.store import Dataset
from fasti.store.embedded import DefaultGraph, NamedNode, Quad
from fasti.vocabulary import Vocabulary

HERE = Path(__file__).parent
ONTOLOGY = data("ontology")
TEXTS = {"grain": (HERE / "grain.txt").read_text("utf-8")}


def graph(dataset: Dataset, name: str) -> NamedNode:
    return NamedNode(dataset.vocabulary.graph(name))


def entail(dataset: Dataset) -> None:
    """Run the entailment rules until nothing new comes."""
    rules = [path.read_text("utf-8") for path in sorted((ONTOLOGY / "entailments").glob("*.rq"))]
    entailments, size = graph(dataset, "entailments"), -1
    while size != len(dataset):
        size = len(dataset)
        for rule in rules:
            triples = list(dataset.construct_text(rule))
            dataset.add(
                Quad(t.subject, t.predicate, t.object, g) for t in triples for g in (DefaultGraph(), entailments)
            )


def assemble(dataset: Dataset) -> Dataset:
    """Vocabulary and code lists, then the passages' statements as the record, then what follows from it."""
    for path in (ONTOLOGY / "fasti.ttl", *sorted((ONTOLOGY / "schemes").glob("*.ttl"))):
        dataset.load(path, DefaultGraph())
        dataset.load(path, graph(dataset, "vocabulary"))
    kept = tuple(dataset.vocabulary.graph(name) for name in ("evidence", "quality", "vocabulary"))
    stated = [q for q in dataset.quads() if isinstance(q.graph_name, NamedNode) and q.graph_name.value not in kept]
    dataset.add(Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in stated)
    # the concepts of rules stand in the record like those of every code list
    rules = dataset.quads(p=NamedNode(dataset.vocabulary.expand("skos:inScheme")), graph=graph(dataset, "evidence"))
    for rule in [q.subject for q in rules if isinstance(q.subject, NamedNode)]:
        described = list(dataset.quads(s=rule, graph=graph(dataset, "evidence")))
        dataset.add(Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in described)
    entail(dataset)
    return dataset


def good() -> Dataset:
    """The dataset that no shape objects to, but for one warning: a possible sameness."""
    dataset = Dataset.memory(Vocabulary())
    dataset.load(HERE / "good.trig")
    return assemble(dataset)


def empty() -> Dataset:
    """A dataset with the IRIs that good.trig has."""
    return Dataset.memory(Vocabulary())


def moved(text: str, copy: int) -> str:
    """Turtle or an update about the good dataset, as it is about one of many copies."""
    text = re.sub(r"<id/(passage|source)/grain", rf"<id/\1/grain-{copy}", text)
    return re.sub(r"<id/(organization|post|person|membership|event|site|work|conflict)/", rf"<id/\1/c{copy}-", text)


def many(copies: int) -> Dataset:
    """That dataset many times over, as large as a real one: each copy has four passages and three tenures."""
    text = (HERE / "good.trig").read_text("utf-8")
    dataset = Dataset.memory(Vocabulary())
    for copy in range(copies):
        dataset.store.load(moved(text, copy).encode(), RdfFormat.TRIG, base_iri=dataset.vocabulary.base)
    return assemble(dataset)
