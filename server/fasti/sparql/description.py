"""What the endpoint says about itself: SPARQL 1.1 Service Description, without blank nodes."""

from __future__ import annotations

from collections.abc import Mapping

from fasti.store.answers import format_iris
from fasti.store.embedded import Literal, NamedNode, Triple
from fasti.vocabulary import Vocabulary


def describe(vocabulary: Vocabulary, sizes: Mapping[str, int]) -> list[Triple]:
    """The description.

    Args:
        vocabulary: of the deployment; the endpoint is at its base.
        sizes: number of triples by IRI of a graph; "" is the default graph. Graphs of passages are too many
            to list: they are found by asking.
    """
    endpoint = vocabulary.base + "sparql"
    service, dataset = f"{endpoint}#service", f"{endpoint}#dataset"
    said = _Statements(vocabulary)
    said.that(service, "rdf:type", "sd:Service")
    said.that(service, "rdfs:label", Literal("SPARQL endpoint", language="en"))
    said.that(service, "sd:endpoint", endpoint)
    said.that(service, "sd:supportedLanguage", "sd:SPARQL11Query")
    for iri in format_iris():
        said.that(service, "sd:resultFormat", iri)
    said.that(service, "sd:defaultDataset", dataset)
    said.that(service, "sd:availableGraphs", dataset)
    said.that(dataset, "rdf:type", "sd:Dataset")
    said.that(dataset, "rdf:type", "sd:GraphCollection")
    said.graph(dataset, "sd:defaultGraph", f"{endpoint}#default-graph", sizes.get("", 0))
    for name, size in sizes.items():
        if name:
            said.named_graph(dataset, f"{endpoint}#graph-{name.rpartition('/')[2]}", name, size)
    return said.triples


class _Statements:
    """Collects triples of prefixed names and IRIs."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.triples: list[Triple] = []
        self._vocabulary = vocabulary

    def that(self, subject: str, predicate: str, object_: str | Literal) -> None:
        """One triple; a name with a prefix of the deployment is written out."""
        value = object_ if isinstance(object_, Literal) else NamedNode(self._iri(object_))
        self.triples.append(Triple(NamedNode(subject), NamedNode(self._iri(predicate)), value))

    def graph(self, dataset: str, predicate: str, node: str, size: int) -> None:
        """A graph of the data set and how many triples it has."""
        self.that(dataset, predicate, node)
        self.that(node, "rdf:type", "sd:Graph")
        self.that(node, "void:triples", Literal(size))

    def named_graph(self, dataset: str, node: str, name: str, size: int) -> None:
        """A graph with a name: the pair, and the graph itself, which has that name as its IRI."""
        self.that(dataset, "sd:namedGraph", node)
        self.that(node, "rdf:type", "sd:NamedGraph")
        self.that(node, "sd:name", name)
        self.graph(node, "sd:graph", name, size)

    def _iri(self, name: str) -> str:
        prefix = name.partition(":")[0]
        return self._vocabulary.expand(name) if prefix in self._vocabulary.prefixes else name
