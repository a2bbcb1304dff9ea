"""The questions as data, each with an answerable example: what the catalog of a release says of them.

They are described as the SPARQL examples of the SIB are, so that editors find them in the store: `sh:select` the
query, `rdfs:label` and `rdfs:comment` its words, `schema:target` the endpoint that answers it.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from fasti.questions.completion import complete
from fasti.questions.question import CLASSES, Blank, Question, questions
from fasti.store.embedded import Dataset, DefaultGraph, Literal, NamedNode, Quad, Term
from fasti.vocabulary import Vocabulary

_CLASSES = ("sh:SPARQLExecutable", "sh:SPARQLSelectExecutable")


def examples(dataset: Dataset) -> Iterator[Quad]:
    """The quads of `graph/catalog` about the questions; one that nothing in the data set could fill is left out."""
    for question in questions().values():
        terms = filled(dataset, question)
        if len(terms) == len(question.blanks):
            yield from _described(dataset, question, terms)


def filled(dataset: Dataset, question: Question) -> Mapping[str, Term]:
    """An example: the default of each blank, or for an entity that is not in the record another of its kind."""
    found: dict[str, Term] = {}
    for blank in question.blanks:
        if (term := _default(dataset, blank, {*found.values()})) is not None:
            found[blank.name] = term
    return found


def day(text: str, vocabulary: Vocabulary) -> Literal:
    """The term of a day, `YYYY-MM-DD`."""
    return Literal(text, datatype=NamedNode(vocabulary.expand("xsd:date")))


def _default(dataset: Dataset, blank: Blank, taken: Container[Term]) -> Term | None:
    """A term that fills a blank; where it is no default, one that no other blank has."""
    if blank.is_day:
        return day(blank.default, dataset.vocabulary)
    node = NamedNode(dataset.vocabulary.base + blank.default)
    if next(dataset.quads(node, graph=DefaultGraph()), None) is not None:
        return node
    classes = [NamedNode(dataset.vocabulary.expand(name)) for kind in blank.kinds for name in CLASSES[kind]]
    rows = (row for each in classes for row in dataset.select("first-of-class", **{"class": each}))
    return next((row["entity"] for row in rows if row["entity"] not in taken), None)


def _described(dataset: Dataset, question: Question, terms: Mapping[str, Term]) -> Iterator[Quad]:
    vocabulary = dataset.vocabulary
    subject, graph = NamedNode(f"{vocabulary.base}questions/{question.name}"), NamedNode(vocabulary.graph("catalog"))
    title = question.title
    for name, term in terms.items():
        title = title.replace(f"{{{name}}}", _named(dataset, term))
    said: list[tuple[str, Term]] = [
        *(("rdf:type", NamedNode(vocabulary.expand(name))) for name in _CLASSES),
        ("rdfs:label", Literal(title, language="en")),
        ("rdfs:comment", Literal(question.description, language="en")),
        ("schema:keywords", Literal(question.topic, language="en")),
        ("schema:target", NamedNode(f"{vocabulary.base}sparql")),
        ("sh:select", Literal(complete(question, terms, vocabulary))),
    ]
    for predicate, value in said:
        yield Quad(subject, NamedNode(vocabulary.expand(predicate)), value, graph)


def _named(dataset: Dataset, term: Term) -> str:
    """What a title calls an example: its label, for a post with that of its body; a day as it is written."""
    if isinstance(term, Literal):
        return term.value
    in_body = dataset.quads(term, NamedNode(dataset.vocabulary.expand("org:postIn")), graph=DefaultGraph())
    bodies = sorted(_label(dataset, quad.object) for quad in in_body if isinstance(quad.object, NamedNode))
    return ", ".join([_label(dataset, term), *bodies[:1]])


def _label(dataset: Dataset, node: NamedNode) -> str:
    label = NamedNode(dataset.vocabulary.expand("rdfs:label"))
    return min((quad.object.value for quad in dataset.quads(node, label, graph=DefaultGraph())), default=node.value)
