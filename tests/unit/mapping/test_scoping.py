"""A rule is written for one document, and run over many, each of them as if it were alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from fasti.errors import MappingError
from fasti.mapping.rules import Rule, matched
from fasti.vocabulary import Vocabulary

VOCABULARY = Vocabulary()
ONE, OTHER = (NamedNode(VOCABULARY.expand("doc:") + name) for name in ("one", "other"))


def rule(tmp_path: Path, text: str) -> Rule:
    path = tmp_path / "10-said.ru"
    path.write_text(text, "utf-8")
    return Rule.load(path)


def run(made: Rule, store: Store) -> None:
    for operation in made.operations:
        store.update(
            operation.update,
            base_iri=VOCABULARY.base,
            prefixes=VOCABULARY.working_prefixes,
            custom_functions={NamedNode(VOCABULARY.expand("fn:which")): lambda document, _: document},
        )


def term(name: str) -> NamedNode:
    return NamedNode(VOCABULARY.expand(name))


@pytest.fixture
def store() -> Store:
    """Two documents, each with a name, a value that both have, and a passage about one entity."""
    made = Store()
    for document in (ONE, OTHER):
        passage = NamedNode(f"urn:passage:{document.value[-3:]}")
        made.add(Quad(document, term("doc:source"), NamedNode(f"urn:source:{document.value[-3:]}"), document))
        made.add(Quad(passage, term("doc:utteredIn"), document, document))
        made.add(Quad(document, term("doc:shared"), Literal("same"), document))
        made.add(Quad(document, term("doc:own"), Literal(document.value), document))
        made.add(Quad(NamedNode("urn:mint"), term("rdfs:label"), Literal(document.value), passage))
    return made


def found(store: Store, name: str) -> list[tuple[str, str]]:
    return sorted((str(q.graph_name.value), q.object.value) for q in store.quads_for_pattern(None, term(name), None))  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "where",
    [
        "?a doc:shared ?value . ?b doc:shared ?value ; doc:own ?made",
        "GRAPH ?any { ?entity rdfs:label ?made }",
        "{ SELECT ?value (MAX(?each) AS ?made) WHERE { ?a doc:shared ?value . ?b doc:own ?each } GROUP BY ?value }",
        "?a doc:shared ?value # a comment with a { brace\n BIND(STR(fn:which(?value)) AS ?made)",
        "?a doc:own ?made . FILTER NOT EXISTS { GRAPH ?any { ?entity rdfs:label ?label FILTER(?label != ?made) } }",
        "?a doc:own ?made . MINUS { ?b doc:own ?own . FILTER(?own != STR(?document)) }",
    ],
)
def test_nothing_is_matched_across_documents(tmp_path: Path, store: Store, where: str) -> None:
    """Joins over values, over passages, in subqueries and in what must not exist stay within one document."""
    run(rule(tmp_path, f"# Says.\nINSERT {{ ?document doc:made ?made }} WHERE {{ {where} }}"), store)

    assert found(store, "doc:made") == [(ONE.value, ONE.value), (OTHER.value, OTHER.value)]


def test_what_a_passage_says_is_uttered_by_the_document(tmp_path: Path, store: Store) -> None:
    text = (
        '# Says.\nINSERT { GRAPH ?passage { ?a rdfs:comment "}" } } WHERE { ?a doc:own ?o BIND(<urn:new> AS ?passage) }'
    )
    run(rule(tmp_path, text), store)

    assert found(store, "rdfs:comment") == [("urn:new", "}")] * 2
    passage, uttered = NamedNode("urn:new"), term("doc:utteredIn")
    assert {quad.object for quad in store.quads_for_pattern(passage, uttered, None)} == {ONE, OTHER}


def test_an_operation_follows_those_that_insert_what_it_matches(tmp_path: Path) -> None:
    """Names, and variables in the place of a property; the text of a filter or a comment does not count."""
    first, second, third = rule(
        tmp_path,
        "# Says.\nINSERT { ?a doc:made true } WHERE { ?a doc:own ?o } ;\n"
        "INSERT { GRAPH ?p { ?a rdfs:label ?o } } WHERE { ?a doc:made ?o } ;\n"
        "INSERT { ?a doc:last ?o } WHERE { ?a ?any ?o }",
    ).operations

    assert [second.follows(first), third.follows(first), first.follows(third)] == [True, True, False]
    assert [first.follows(first), first.follows(second), third.follows(third)] == [False, False, True]


def test_a_rule_without_a_summary_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match=r"10-said\.ru:1: expected a comment"):
        rule(tmp_path, "INSERT { ?a doc:b ?c } WHERE { ?a doc:c ?c }")


def test_what_a_query_looks_for_are_its_names() -> None:
    query = "# org:Comment\nCONSTRUCT { ?a org:made ?b } WHERE { ?a a org:Post ; org:postIn/org:x ?b . FILTER(?b != org:y) }"

    assert matched(query) == {"org:Post", "org:postIn", "org:x", "org:y"}
    assert "?" in matched("CONSTRUCT { ?a a ?c } WHERE { ?a a ?c }")
