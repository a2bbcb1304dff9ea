"""What enters the record, what follows from it, and where each statement of it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from fasti.documents import parse
from fasti.errors import MappingError
from fasti.mapping import map_documents
from fasti.mapping.engine import Mappings
from fasti.paths import data
from fasti.record import entail, form
from fasti.store import Dataset, DefaultGraph, NamedNode, Quad
from fasti.vocabulary import Vocabulary

VOCABULARY = Vocabulary()
MAPPINGS = Mappings.load(data("mappings"), VOCABULARY)
PREFIXES = "\n".join(f"PREFIX {name}: <{iri}>" for name, iri in VOCABULARY.prefixes.items())
MINT = """= Royal Mint of Ruritania =

Infobox
- Agency Name: Royal Mint of Ruritania
- Leader Title: Director
- Leader Name: {leader}
- Parent Agency: Treasury of Ruritania

== Internal organization ==
- Assay Office
  - Scales Section
"""
LIST = """
== Directors of the Royal Mint of Ruritania ==
1. Bob Stone (1990–2001)
2. Ann Smith (2001–)
"""


def formed(**texts: str) -> Dataset:
    documents = [parse(text, Path(f"{stem}.txt")) for stem, text in texts.items()]
    return form(map_documents(documents, MAPPINGS), documents, VOCABULARY)


def answers(dataset: Dataset, query: str) -> list[tuple[str, ...]]:
    found = dataset.store.query(f"{PREFIXES}\n{query}")
    return sorted(tuple(term.value if term else "" for term in solution) for solution in found)


HEADS = "SELECT DISTINCT ?name { ?person org:headOf ?body ; foaf:name ?name }"
TENURES = "SELECT DISTINCT ?name { ?tenure a org:Membership ; org:member/foaf:name ?name }"


def test_every_statement_of_the_record_stands_in_a_named_graph() -> None:
    """Profile 2: nothing is published that cannot say where it comes from."""
    dataset = formed(mint=MINT.format(leader="Ann Smith") + LIST)
    assert not answers(dataset, "SELECT ?s { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }")
    assert answers(dataset, TENURES) == [("Ann Smith",), ("Bob Stone",)]


def test_a_list_entry_outweighs_another_documents_infobox() -> None:
    """Profile 7: 3 against 2; the loser is in its passage and not in the record."""
    dataset = formed(a=MINT.format(leader="Ann Smith") + LIST, b=MINT.format(leader="Zoe Young"))
    assert answers(dataset, HEADS) == [("Ann Smith",)]
    assert ("Zoe Young",) not in answers(dataset, TENURES)
    claim = "SELECT DISTINCT ?name { GRAPH ?passage { ?t org:member ?p . ?p foaf:name ?name } }"
    assert ("Zoe Young",) in answers(dataset, claim)


def test_two_infoboxes_that_disagree_leave_the_record_without_a_head() -> None:
    """Profile 7: on a tie the record is silent, and the conflict is in graph/quality."""
    other = MINT.replace("Royal Mint of Ruritania =", "Royal Mint of Ruritania =\n", 1)
    texts = {"a": MINT.format(leader="Ann Smith"), "b": other.format(leader="Zoe Young").split("\n== Internal")[0]}
    dataset = formed(**texts)
    assert answers(dataset, HEADS) == []
    readings = "SELECT ?status ?name { GRAPH <http://localhost:8000/graph/quality> { ?r fasti:value ?p ; fasti:status ?status } GRAPH ?g { ?p foaf:name ?name } }"
    contested = VOCABULARY.expand("reading:contested")
    assert answers(dataset, readings) == [(contested, "Ann Smith"), (contested, "Zoe Young")]


def test_nested_units_are_parts_at_every_distance_and_direct_parts_of_one_body() -> None:
    """ORG 5.2.1: the transitive closure; profile 3: nested items hang on the item above."""
    dataset = formed(mint=MINT.format(leader="Ann Smith"))
    up = "SELECT ?name { ?unit skos:prefLabel 'Scales Section'@en ; %s/skos:prefLabel ?name }"
    assert answers(dataset, up % "org:subOrganizationOf") == [("Assay Office",)]
    wider = ["Assay Office", "Royal Mint of Ruritania", "Treasury of Ruritania"]
    assert [name for (name,) in answers(dataset, up % "org:transitiveSubOrganizationOf") if name in wider] == wider


def test_a_past_tenure_gives_no_shortcut() -> None:
    """Profile 4: org:holds and org:headOf are for current tenures only."""
    dataset = formed(mint=MINT.format(leader="Ann Smith") + LIST)
    assert answers(dataset, HEADS) == [("Ann Smith",)]
    assert answers(dataset, "SELECT ?name { ?p org:holds ?post ; foaf:name ?name }") == [("Ann Smith",)]


def test_what_follows_is_in_the_record_and_says_by_which_rule() -> None:
    """Profile 2: an entailed triple stands in graph/entailments, with the rule that derives such triples."""
    dataset = formed(mint=MINT.format(leader="Ann Smith"))
    graph = NamedNode(VOCABULARY.graph("entailments"))
    part = NamedNode(VOCABULARY.expand("org:hasSubOrganization"))
    [*derived] = dataset.quads(None, part, None, graph)
    assert derived
    for quad in derived:
        assert next(dataset.quads(quad.subject, quad.predicate, quad.object, DefaultGraph()), None)
    rules = dataset.quads(None, NamedNode(VOCABULARY.expand("fasti:derives")), part, graph)
    assert [rule.subject for rule in rules] == [NamedNode(VOCABULARY.rule("has-sub-organization"))]


def test_what_a_passage_states_is_not_entailed_once_more() -> None:
    """A stated triple has its passage; graph/entailments holds only what no passage says."""
    dataset = formed(mint=MINT.format(leader="Ann Smith"))
    query = "SELECT ?s { GRAPH <http://localhost:8000/graph/entailments> { ?s ?p ?o } GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?g), '/id/passage/')) }"
    assert not answers(dataset, query)


def test_the_vocabulary_and_the_code_lists_are_part_of_the_record() -> None:
    """Profile 2: whoever queries the record can look up a term's label there."""
    dataset = formed(mint=MINT.format(leader="Ann Smith"))
    rank = NamedNode(VOCABULARY.expand("rank:ministerial"))
    for graph in (DefaultGraph(), NamedNode(VOCABULARY.graph("vocabulary"))):
        assert next(dataset.quads(rank, None, None, graph), None)


def test_links_of_entities_that_no_document_names_stay_out() -> None:
    """Profile 8: a link is about an entity of this record."""
    dataset = formed(mint=MINT.format(leader="Ann Smith"))
    assert not answers(dataset, "SELECT ?s { ?s skos:exactMatch|skos:closeMatch|owl:differentFrom ?o }")


def test_the_same_documents_in_another_order_give_the_same_dataset() -> None:
    """Reproducible: nothing depends on the order of reading."""
    texts = {"a": MINT.format(leader="Ann Smith") + LIST, "b": MINT.format(leader="Zoe Young")}
    one, other = formed(**texts), formed(**dict(reversed(texts.items())))
    assert set(one.quads()) == set(other.quads())


def test_a_rule_that_feeds_itself_for_ever_is_an_error(tmp_path: Path) -> None:
    """An entailment must come to rest; the message names the folder."""
    rule = "# Derives more and more.\nCONSTRUCT { ?s ?p ?next } WHERE { ?s ?p ?o BIND(IRI(CONCAT(STR(?o), 'x')) AS ?next) }"
    (tmp_path / "endless.rq").write_text(rule, "utf-8")
    dataset = Dataset.memory(VOCABULARY)
    nodes = [NamedNode(f"http://example.org/{name}") for name in "spo"]
    dataset.add([Quad(*nodes, DefaultGraph())])
    with pytest.raises(MappingError, match="fixed point"):
        entail(dataset, tmp_path)
