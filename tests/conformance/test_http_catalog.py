"""`/catalog`: DCAT 3 with what DCAT-AP 3 asks for, and VoID whose counts are those that SPARQL gives."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest
from pyshacl import validate
from rdflib import DCAT, DCTERMS, FOAF, RDF, VOID, Graph, Literal, Namespace, URIRef

from fasti.vocabulary import EXTERNAL

if TYPE_CHECKING:
    from conftest import LiveServer

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")

# DCAT-AP 3.0, sections 8 and 9: what is mandatory or recommended and has a value here, and the class of each value.
# A `!` is for mandatory.
PROFILE = {
    "dcat:Catalog": "dct:title! dct:description! dct:publisher!foaf:Agent dcat:dataset=dcat:Dataset dcat:service=dcat:DataService "
    "dct:language=dct:LinguisticSystem dct:license=dct:LicenseDocument foaf:homepage=foaf:Document dct:modified "
    "dcat:themeTaxonomy=skos:ConceptScheme",
    "dcat:Dataset": "dct:title! dct:description! dct:publisher=foaf:Agent dcat:contactPoint=vcard:Kind dcat:keyword "
    "dcat:distribution=dcat:Distribution dcat:theme=skos:Concept dcat:landingPage=foaf:Document dct:language=dct:LinguisticSystem "
    "dct:accessRights=dct:RightsStatement dct:identifier dct:modified dct:conformsTo=dct:Standard foaf:page=foaf:Document "
    "prov:wasGeneratedBy=prov:Activity",
    "dcat:Distribution": "dcat:accessURL! dcat:downloadURL dct:title dct:description dct:license=dct:LicenseDocument "
    "dct:format=dct:MediaTypeOrExtent dcat:mediaType=dct:MediaType dcat:byteSize",
    "dcat:DataService": "dct:title! dcat:endpointURL! dcat:endpointDescription dcat:servesDataset=dcat:Dataset "
    "dct:license=dct:LicenseDocument dct:publisher=foaf:Agent dct:description",
    "foaf:Agent": "foaf:name!",
    "skos:Concept": "skos:prefLabel! skos:inScheme=skos:ConceptScheme",
    "skos:ConceptScheme": "dct:title!",
}


def shapes() -> Graph:
    """The profile as SHACL: every property is there, each value of its class; literals are literals."""
    lines = []
    for kind, properties in PROFILE.items():
        lines.append(f"[] a sh:NodeShape ; sh:targetClass {kind}")
        for each in properties.split():
            name, _, value = each.replace("!", "=").partition("=")
            constraint = f"sh:class {value} ; sh:nodeKind sh:IRI" if value else "sh:nodeKind sh:IRIOrLiteral"
            lines.append(f"; sh:property [ sh:path {name} ; sh:minCount 1 ; {constraint} ]")
        lines.append(".")
    header = [f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in EXTERNAL.items()]
    return Graph().parse(data="\n".join([*header, *lines]), format="turtle")


@pytest.fixture(scope="module")
def catalog(live_server: LiveServer) -> Graph:
    return Graph().parse(data=live_server.get("/catalog", "text/turtle").body, format="turtle")


def count(server: LiveServer, query: str) -> int:
    answer = server.get("/sparql", "application/sparql-results+json", query=query)
    assert answer.status == 200, answer.body
    return int(json.loads(answer.body)["results"]["bindings"][0]["n"]["value"])


def test_the_catalog_meets_the_profile(catalog: Graph) -> None:
    conforms, _, report = validate(catalog, shacl_graph=shapes(), advanced=False)

    assert conforms, report


@pytest.mark.parametrize("property_", ["dct:title", "dct:publisher"])
def test_a_catalog_that_lacks_something_does_not(catalog: Graph, property_: str) -> None:
    """The shapes of this test bite."""
    cut = Graph()
    predicate = DCTERMS[property_.partition(":")[2]]
    for triple in catalog:
        if triple[1] != predicate:
            cut.add(triple)

    assert not validate(cut, shacl_graph=shapes(), advanced=False)[0]


def test_one_dataset_in_eighteen_files_and_one_service(catalog: Graph, live_server: LiveServer) -> None:
    dataset = URIRef(live_server.base + "catalog#dataset")

    assert list(catalog.objects(predicate=DCAT.dataset)) == [dataset]
    assert len(set(catalog.objects(dataset, DCAT.distribution))) == 18
    assert set(catalog.subjects(DCAT.endpointURL)) == {URIRef(live_server.base + "sparql#service")}


def test_every_distribution_is_what_the_catalog_says(catalog: Graph, live_server: LiveServer) -> None:
    """Address, size, media type or that of its compression, and a digest in SHA256SUMS."""
    sums = dict(reversed(line.split("  ")) for line in live_server.get("/dumps/SHA256SUMS").body.decode().splitlines())
    for distribution in catalog.subjects(RDF.type, DCAT.Distribution):
        url = str(catalog.value(distribution, DCAT.downloadURL))
        answer = live_server.get("/" + url.removeprefix(live_server.base))
        kind = catalog.value(distribution, DCAT.compressFormat) or catalog.value(distribution, DCAT.mediaType)

        assert answer.status == 200
        assert str(kind).endswith(answer.type)
        assert int(str(catalog.value(distribution, DCAT.byteSize))) == len(answer.body)
        assert sums[url.rpartition("/")[2]] == hashlib.sha256(answer.body).hexdigest()


def test_the_totals_are_those_that_sparql_counts(catalog: Graph, live_server: LiveServer) -> None:
    record = URIRef(live_server.base + "catalog#record")
    queries = {
        VOID.triples: "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        VOID.distinctSubjects: "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
        VOID.distinctObjects: "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
        VOID.properties: "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
    }

    for predicate, query in queries.items():
        assert catalog.value(record, predicate) == Literal(count(live_server, query)), predicate


@pytest.mark.parametrize(
    ("part", "of", "number", "query"),
    [
        (VOID.classPartition, VOID["class"], VOID.entities, "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a <%s> }"),
        (VOID.propertyPartition, VOID.property, VOID.triples, "SELECT (COUNT(*) AS ?n) { ?s <%s> ?o }"),
    ],
)
def test_every_partition_is_counted_as_sparql_counts_it(
    catalog: Graph, live_server: LiveServer, part: URIRef, of: URIRef, number: URIRef, query: str
) -> None:
    partitions = list(catalog.objects(predicate=part))

    assert len(partitions) > 20
    for partition in partitions:
        term = catalog.value(partition, of)
        assert catalog.value(partition, number) == Literal(count(live_server, query % term)), term


def test_every_named_graph_is_as_large_as_the_catalog_says(catalog: Graph, live_server: LiveServer) -> None:
    graphs = list(catalog.subjects(RDF.type, SD.NamedGraph))

    assert len(graphs) >= 5
    for graph in graphs:
        name, contents = catalog.value(graph, SD.name), catalog.value(graph, SD.graph)
        size = count(live_server, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{name}> {{ ?s ?p ?o }} }}")
        assert catalog.value(contents, VOID.triples) == Literal(size), name


def test_the_well_known_address_leads_there(live_server: LiveServer) -> None:
    answer = live_server.get("/.well-known/void", "text/turtle")

    assert (answer.status, answer.headers["location"]) == (302, "/catalog")


def test_the_publisher_has_a_name(catalog: Graph) -> None:
    assert [str(catalog.value(agent, FOAF.name)) for agent in catalog.subjects(RDF.type, FOAF.Agent)] == ["Fasti"]
