from __future__ import annotations

import json
import re
from pathlib import Path
from types import ModuleType

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, URIRef

from fasti.vocabulary import SCHEMES, Vocabulary

VOCABULARY = Vocabulary()
DEF = VOCABULARY.expand("fasti:")
TERM = re.compile(r"(?<![\w:])fasti:([A-Za-z]\w*)")


@pytest.fixture(scope="module")
def terms(built: ModuleType) -> rdflib.Graph:
    """The vocabulary and the code lists."""
    graph = rdflib.Graph()
    for path in (built.ONTOLOGY / "fasti.ttl", *sorted((built.ONTOLOGY / "schemes").glob("*.ttl"))):
        graph.parse(path, publicID=VOCABULARY.base)
    return graph


def files(built: ModuleType) -> list[Path]:
    return [path for path in sorted(built.ONTOLOGY.rglob("*")) if path.suffix in (".ttl", ".rq", ".jsonld")]


def test_every_term_in_use_is_defined(built: ModuleType, terms: rdflib.Graph) -> None:
    """A misspelt term would silently be a new one."""
    used = {name for path in files(built) for name in TERM.findall(path.read_text("utf-8"))}
    defined = {str(term).removeprefix(DEF) for term in terms.subjects(RDFS.isDefinedBy, None)}

    assert used - defined == set()


def test_every_term_has_a_label_a_comment_and_a_type(terms: rdflib.Graph) -> None:
    """Its IRI leads to a page that says what it means."""
    ours = {term for term in terms.subjects() if str(term).startswith(DEF)}

    assert len(ours) > 70
    for term in ours:
        assert all(terms.value(term, p) for p in (RDFS.label, RDFS.comment, RDF.type, RDFS.isDefinedBy)), term


def test_vocabulary_and_code_lists_have_no_blank_nodes(terms: rdflib.Graph) -> None:
    """They are part of the published dataset, which has none."""
    assert not [t for t in terms if any(isinstance(term, rdflib.BNode) for term in t)]


def test_every_concept_has_a_scheme_and_a_label(terms: rdflib.Graph) -> None:
    """A concept belongs to the scheme that its IRI is below."""
    concepts = set(terms.subjects(RDF.type, SKOS.Concept))

    assert len(concepts) > 40
    for concept in concepts:
        assert terms.value(concept, SKOS.inScheme) == URIRef(str(concept).partition("#")[0])
        assert str(terms.value(concept, SKOS.prefLabel))


def test_every_scheme_with_a_prefix_has_a_node(terms: rdflib.Graph) -> None:
    """Those whose concepts the mapping makes, too."""
    schemes = {str(scheme) for scheme in terms.subjects(RDF.type, SKOS.ConceptScheme)}

    assert schemes >= {VOCABULARY.scheme(name) for name in (*SCHEMES.values(), "link-confidence")}


def wider(terms: rdflib.Graph, term: rdflib.term.Node, by: URIRef) -> set[rdflib.term.Node]:
    return {above for above in terms.transitive_objects(term, by) if above is not None}


def test_no_class_is_below_two_disjoint_ones(terms: rdflib.Graph) -> None:
    """An event is a PROV activity and so never an entity; an organization is neither a role nor a site."""
    for one, other in terms.subject_objects(OWL.disjointWith):
        for name in set(terms.subjects(RDFS.subClassOf)):
            assert not {one, other} <= wider(terms, name, RDFS.subClassOf), name


def test_no_domain_or_range_contradicts_the_superproperty(terms: rdflib.Graph) -> None:
    """A subproperty's subjects and values are the superproperty's too (rdfs7), so the classes agree."""
    clashes = [frozenset(pair) for pair in terms.subject_objects(OWL.disjointWith)]
    for narrow in set(terms.subjects(RDFS.subPropertyOf, None)):
        for side in (RDFS.domain, RDFS.range):
            classes = {
                above
                for prop in wider(terms, narrow, RDFS.subPropertyOf)
                for stated in terms.objects(prop, side)
                for above in wider(terms, stated, RDFS.subClassOf)
            }
            assert not [clash for clash in clashes if clash <= classes], (narrow, side)


def test_events_are_activities_and_never_entities(terms: rdflib.Graph) -> None:
    """PROV-O declares the two disjoint."""
    prov = rdflib.PROV
    for name in ("Foundation", "Dissolution", "Succession", "HistoricalEvent"):
        assert prov.Activity in wider(terms, URIRef(DEF + name), RDFS.subClassOf)
    assert prov.Entity in set(terms.objects(prov.Activity, OWL.disjointWith))


def test_data_files_use_relative_iris_only(built: ModuleType) -> None:
    """The base is a setting of the deployment."""
    for path in files(built):
        assert "localhost" not in path.read_text("utf-8"), path


def test_context_gives_the_same_triples_as_the_prefixes(built: ModuleType) -> None:
    """JSON-LD in the context's terms is the data that the other formats have."""
    context = json.loads((built.ONTOLOGY / "context.jsonld").read_text("utf-8"))["@context"]
    ours = ["def#", *(f"scheme/{name}#" for name in SCHEMES.values())]
    absolute = {k: VOCABULARY.base + v if v in ours else v for k, v in context.items()}
    document = {
        "@context": [absolute],
        "@id": VOCABULARY.entity("organization", "office"),
        "@type": "org:OrganizationalUnit",
        "org:subOrganizationOf": VOCABULARY.entity("organization", "ministry"),
        "fasti:rank": "rank:bureau",
        "fasti:earliestBegin": "1956-01-01",
    }
    graph = rdflib.Graph().parse(data=json.dumps(document), format="json-ld")
    objects = {str(p): o for p, o in graph.predicate_objects()}
    prefixes = {k: v for k, v in absolute.items() if isinstance(v, str)}
    day = rdflib.Literal("1956-01-01", datatype=rdflib.XSD.date)
    ministry = URIRef(VOCABULARY.entity("organization", "ministry"))

    assert prefixes == VOCABULARY.prefixes
    assert objects[VOCABULARY.expand("org:subOrganizationOf")] == ministry
    assert objects[VOCABULARY.expand("fasti:rank")] == URIRef(VOCABULARY.expand("rank:bureau"))
    assert objects[VOCABULARY.expand("fasti:earliestBegin")] == day
