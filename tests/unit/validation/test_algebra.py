from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple
from pyoxigraph import Quad as EngineQuad

from fasti.validation.algebra import Call, Closure, Compare, Filter, Select, Values, Var, term
from fasti.validation.algebra import Triple as Pattern

X, P = NamedNode("urn:x"), NamedNode("urn:p")
AWKWARD = [
    'a"b',
    "a\\b",
    "line\nline\r\ttab",
    "} UNION { ?s ?p ?o } #",
    "'''",
    '"""',
    "\\u0022",
    "雨\U0001f327",
    "\x00\x07\x7f",
    "$this ?x",
]


@pytest.mark.parametrize("text", AWKWARD)
@pytest.mark.parametrize("tag", [None, "en", "zh-hans"])
def test_a_literal_stays_one_term_whatever_is_in_it(text: str, tag: str | None) -> None:
    """No text of a shape or of the data can end its string and go on as a query."""
    value = Literal(text, language=tag) if tag else Literal(text)
    store = Store()
    store.extend([EngineQuad(X, P, value), EngineQuad(X, P, Literal("other"))])
    this = Var("this")
    query = Select(this, Filter(Pattern(X, P, this), Call("SAMETERM", (this, value))))

    assert [row["this"] for row in store.query(str(query))] == [value]  # type: ignore[union-attr]


@pytest.mark.parametrize("text", AWKWARD)
def test_a_listed_value_stays_one_term(text: str) -> None:
    """VALUES takes the same notation."""
    rows = Store().query(str(Select(Var("this"), Values(Var("this"), (Literal(text),)))))

    assert [row["this"] for row in rows] == [Literal(text)]  # type: ignore[union-attr]


def test_what_is_no_term_cannot_stand_in_a_query() -> None:
    """Strings, blank nodes and triples are refused, and so are names and signs of one's own making."""
    for wrong in ("urn:x", BlankNode("b"), Triple(X, P, X), None):
        with pytest.raises(TypeError, match="expected an IRI or a literal"):
            term(wrong)  # type: ignore[arg-type]
    for name in ("a b", "x}", "", "é"):
        with pytest.raises(ValueError, match="variable's name"):
            Var(name)
    with pytest.raises(ValueError, match="comparison"):
        Compare(Var("a"), "|| true ||", Var("b"))
    with pytest.raises(ValueError, match="expected '\\?'"):
        Closure(Var("a"), P, "/<urn:q>", Var("b"))
