from __future__ import annotations

import random
import re
from pathlib import Path
from types import ModuleType

import pytest
import rdflib
from pyoxigraph import Literal, RdfFormat, Store

from fasti.errors import ValidationError
from fasti.paths import data
from fasti.store import Dataset, NamedNode
from fasti.validation import validate
from fasti.validation.clerk import Clerk
from fasti.validation.constraint_queries import set_wise, sight
from fasti.validation.screening import NotScreenedError
from fasti.validation.verdicts import is_portable
from fasti.vocabulary import Vocabulary

HERE = Path(__file__).parent
UNSCREENED: dict[str, str] = {}  # code of a shape of ours that is not screened: the reason


def reasons(clerk: Clerk) -> dict[str, str]:
    """Why all targets of a shape are suspects, for those shapes of which it is so."""
    found: dict[str, str] = {}
    for unit in clerk.units:
        try:
            clerk.screening.queries(unit)
        except NotScreenedError as error:
            found[str(unit.shape.node).rpartition("#")[2]] = str(error)
    return found


def test_all_our_shapes_are_screened(built: ModuleType) -> None:
    """A shape that the compiler does not know is judged at every target: right, and slow."""
    clerk = Clerk(built.good(), data("ontology") / "shapes")

    assert reasons(clerk) == UNSCREENED
    assert len(clerk.units) == 98


def test_nothing_of_good_data_is_suspect(built: ModuleType) -> None:
    """Screening that suspects what is right would only move the work."""
    clerk = Clerk(built.good(), data("ontology") / "shapes")
    queries = [(n, query) for n, unit in enumerate(clerk.units) for query in clerk.screening.queries(unit)]
    suspects = [suspect for number, query in queries for suspect in clerk.screen(number, query)]

    assert len(queries) > 100
    # its label stands in the record and in graph/evidence, and counting does not ask whether it is the same one
    assert [(clerk.units[n].shape.node.rpartition("#")[2], term.value.rpartition("#")[2]) for n, term in suspects] == [
        ("concept-label", "reading")
    ]


def test_what_the_compiler_does_not_know_is_judged_everywhere() -> None:
    """The fixture for the comparison with the whole has shapes of each such kind."""
    clerk = Clerk(Dataset.memory(Vocabulary()), HERE)
    found = reasons(clerk)

    assert found.keys() == {"inverseSequence", "deep", "Sparql"}
    assert found["deep"] == "repeated paths of more than one step are not screened"


@pytest.mark.parametrize("pattern", [r"^[a-z]+$", r"\s|^$|[*†‡]$|\[[0-9]{1,3}\]|''|</?[a-z]+[ />]", r"^(a|b)?c{2,}\.$"])
def test_portable_patterns_match_the_same_texts_in_both_languages(pattern: str) -> None:
    """Python is what pySHACL asks, the engine what screening asks."""
    chance = random.Random(1)
    letters = "aabbcccc. AZ09*†[]'<>/\u00a0\u3000é雨"
    texts = ["".join(chance.choices(letters, k=chance.randrange(6))) for _ in range(4000)]
    rows = Store().query(
        f"SELECT ?this WHERE {{ VALUES ?this {{ {' '.join(str(Literal(t)) for t in texts)} }} "
        f"FILTER(REGEX(?this, {Literal(pattern)})) }}"
    )
    found = {row["this"].value for row in rows}  # type: ignore[union-attr]

    assert is_portable(pattern)
    assert found == {text for text in texts if re.search(pattern, text)}
    assert 0 < len(found) < len(set(texts))


@pytest.mark.parametrize(
    "pattern", [r"\w", r"\d", r"\bx", r"(?=x)", r"(?i)x", r"(a)\1", "[a&&b]", "[[a]]", "[a--b]", "x{,2}"]
)
def test_patterns_that_the_two_may_read_differently_are_not_portable(pattern: str) -> None:
    """Then every value is left to the judge."""
    assert not is_portable(pattern)


def test_our_patterns_are_portable(built: ModuleType) -> None:
    """Else every label would be a suspect."""
    clerk = Clerk(built.good(), data("ontology") / "shapes")
    patterns = [str(o) for o in clerk.shapes.objects(None, rdflib.SH.pattern)]

    assert len(patterns) == 5
    assert all(map(is_portable, patterns))


def test_sparql_constraints_are_asked_for_all_at_once_where_that_means_the_same() -> None:
    """Binding before and joining after are the same for one group of triple patterns with conditions only."""
    assert set_wise(
        "SELECT $this WHERE { $this <urn:p> ?v FILTER NOT EXISTS { ?v <urn:q> $this } FILTER(?v != $this) }"
    )
    assert set_wise("SELECT DISTINCT $this ?v WHERE { ?v <urn:p>/<urn:q> $this }")
    for other in (
        "SELECT $this WHERE { OPTIONAL { $this <urn:p> ?v } }",
        "SELECT $this WHERE { $this <urn:p> ?v { ?w <urn:q> ?x FILTER($this = ?w) } }",
        "SELECT $this WHERE { ?v <urn:p> ?w }",
        "SELECT $this (COUNT(*) AS ?n) WHERE { $this <urn:p> ?v } GROUP BY $this",
        "SELECT $this WHERE { $this $PATH ?v }",
        "SELECT $this WHERE { BIND(1 AS ?n) $this <urn:p> ?n }",
        "no query",
    ):
        assert set_wise(other) is None, other


def test_a_query_sees_the_statements_of_the_properties_that_it_names() -> None:
    """Wherever they are in it; a variable as property, or a path of no steps, sees everything."""
    names = {"p", "q", "r", "s"}
    text = """SELECT $this WHERE { $this <urn:p>|^<urn:q> ?v OPTIONAL { ?v <urn:r>+ ?w }
              FILTER NOT EXISTS { ?w <urn:s> ?x . ?x <urn:s> ?y } }"""

    assert sight(text).properties == {NamedNode(f"urn:{name}") for name in names}
    for everything in ("$this ?p ?o", "$this <urn:p>* ?o", "GRAPH ?g { $this <urn:p> ?o }", "$this !<urn:p> ?o"):
        assert sight(f"SELECT $this WHERE {{ {everything} }}").properties is None


def test_a_class_without_a_name_leaves_everything_to_the_judge(tmp_path: Path) -> None:
    """A query cannot name a blank node: instances of such a subclass would be missed."""
    (tmp_path / "shapes.ttl").write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> .
           <#s> a sh:NodeShape ; sh:targetClass <urn:A> ; sh:property <#p> . <#p> sh:path <urn:p> ; sh:minCount 1 ."""
    )
    made = Dataset.memory(Vocabulary())
    turtle = b"_:b <http://www.w3.org/2000/01/rdf-schema#subClassOf> <urn:A> . <urn:x> a _:b ."
    made.store.load(turtle, RdfFormat.TURTLE)

    assert [result.focus for result in validate(made, tmp_path).results] == ["urn:x"]
    with pytest.raises(ValidationError, match="found no shapes"):
        validate(made, tmp_path / "none")
