"""What can be said of one node without the judge: conditions that a failure implies, and that imply a failure.

A verdict has both, since `sh:not` turns the one into the other. Where the engine and the judge might differ (regular
expressions, lexical forms, comparisons) `may_fail` errs to true and `must_fail` to false.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count

from fasti.store import Literal, NamedNode
from fasti.validation.algebra import (
    All,
    Call,
    Closure,
    Compare,
    Constant,
    Either,
    Exists,
    Filter,
    Node,
    Not,
    Part,
    Triple,
    Var,
)
from fasti.validation.paths import Alternative, Path, Repeated, Sequence, Step
from fasti.validation.shapes import Constraint, Shape

SH = "http://www.w3.org/ns/shacl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
RDF_TYPE = NamedNode(RDF + "type")

_TRUE, _FALSE = Constant(True), Constant(False)

# Lexical forms that every implementation reads as the same value of the datatype.
_PLAIN_FORMS = {
    XSD + "integer": "^[+-]?[0-9]{1,15}$",
    XSD + "decimal": r"^[+-]?[0-9]{1,12}(\.[0-9]{1,12})?$",
    XSD + "boolean": "^(true|false)$",
    XSD + "date": "^[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$",
}
_ANY_FORM = (XSD + "string", RDF + "langString")  # whose every literal is well-formed
_KINDS = {
    "IRI": ("ISIRI",),
    "BlankNode": ("ISBLANK",),
    "Literal": ("ISLITERAL",),
    "BlankNodeOrIRI": ("ISBLANK", "ISIRI"),
    "BlankNodeOrLiteral": ("ISBLANK", "ISLITERAL"),
    "IRIOrLiteral": ("ISIRI", "ISLITERAL"),
}
_SIGNS = {"minInclusive": ">=", "minExclusive": ">", "maxInclusive": "<=", "maxExclusive": "<"}
# What Python's `re` and the engine's expressions read alike: no \w, \d, \b, look-around, back references or options
# inside; brackets within brackets only escaped; no operators of the engine's character classes.
_PORTABLE = re.compile(
    r"(?:[^\\\[\](){}?*+|^$.]|\\[^\w]|\\s|\[\^?(?:[^\\\[\]&~-]|\\[^\w]|\\s|(?<=[0-9A-Za-z])-(?=[0-9A-Za-z])|~(?!~)|&(?!&))+\]"
    r"|\((?!\?)|\)|\{[0-9]+(?:,[0-9]*)?\}|[?*+|^$.])*"
)
_ODD = r"[\x00-\x1f\x7f-\x9f\u2028\u2029]"  # where `$`, `.` and `\s` of the two part


@dataclass(frozen=True, slots=True)
class Verdict:
    """Two conditions: `must_fail` implies that the judge finds something, and that implies `may_fail`."""

    may_fail: Part
    must_fail: Part

    @classmethod
    def exactly(cls, condition: Part) -> Verdict:
        """The node fails if and only if this is true; what is an error is a failure."""
        whole = Call("COALESCE", (condition, _TRUE))
        return cls(whole, whole)

    @classmethod
    def either(cls, verdicts: list[Verdict]) -> Verdict:
        """Fails where any of these does."""
        return cls(Either(tuple(v.may_fail for v in verdicts)), Either(tuple(v.must_fail for v in verdicts)))

    @classmethod
    def all(cls, verdicts: list[Verdict]) -> Verdict:
        """Fails where each of these does."""
        return cls(All(tuple(v.may_fail for v in verdicts)), All(tuple(v.must_fail for v in verdicts)))

    def contrary(self) -> Verdict:
        """Fails where this does not."""
        return Verdict(Not(self.must_fail), Not(self.may_fail))


UNKNOWN = Verdict(_TRUE, _FALSE)
Narrower = Callable[[NamedNode], tuple[NamedNode, ...]]


class Verdicts:
    """Verdicts by shape; `narrower` gives a class with all its subclasses in the data."""

    def __init__(self, narrower: Narrower) -> None:
        self.narrower = narrower
        self._numbers = count(1)

    def variable(self) -> Var:
        """A variable that no other part of a query has."""
        return Var(f"v{next(self._numbers)}")

    def of_shape(self, shape: Shape, node: Node) -> Verdict:
        """Whether a node fails a shape."""
        if shape.unknown:
            return UNKNOWN
        each = self.of_path if shape.path else self.of_constraint
        return Verdict.either([each(c, shape.path, node) for c in shape.constraints])

    def of_constraint(self, constraint: Constraint, _: Path | None, x: Node) -> Verdict:
        """Whether a node as value fails a constraint."""
        kind = constraint.kind
        if kind in ("node", "property"):
            return self.of_shape(constraint.shapes[0], x)
        if kind == "not":
            return self.of_shape(constraint.shapes[0], x).contrary()
        if kind == "and":
            return Verdict.either([self.of_shape(shape, x) for shape in constraint.shapes])
        if kind == "or":
            return Verdict.all([self.of_shape(shape, x) for shape in constraint.shapes])
        if kind == "class":
            return Verdict.exactly(Not(Exists(self.instance(x, constraint))))
        test = _TESTS.get(kind)
        return test(constraint, x) if test else UNKNOWN

    def instance(self, x: Node, constraint: Constraint) -> Part:
        """The pattern that a node is of a class or one below it."""
        kind = self.variable()
        classes = tuple(self.narrower(c) for c in constraint.terms if isinstance(c, NamedNode))
        among = Either(tuple(Call("SAMETERM", (kind, c)) for found in classes for c in found))
        return Filter(Triple(x, RDF_TYPE, kind), among)

    def of_path(self, constraint: Constraint, path: Path | None, x: Node) -> Verdict:
        """Whether a node fails a constraint on the values of a path from it."""
        if path is None:
            return UNKNOWN
        kind, value = constraint.kind, self.variable()
        any_value = self.reach(path, x, value, _TRUE)
        if kind == "minCount" and constraint.number <= 1:
            return Verdict.exactly(Not(any_value) if constraint.number else _FALSE)
        if kind == "minCount":
            return Verdict(_TRUE, Not(any_value))
        if kind == "maxCount" and constraint.number == 0:
            return Verdict.exactly(any_value)
        if kind == "maxCount":
            other = self.variable()
            two = self.reach(path, x, value, self.reach(path, x, other, Not(Call("SAMETERM", (value, other)))))
            return Verdict.exactly(two) if constraint.number == 1 else Verdict(two, _FALSE)
        if kind == "hasValue":
            same = Call("SAMETERM", (value, constraint.terms[0]))
            return Verdict.exactly(Not(self.reach(path, x, value, same)))
        if kind == "equals" or kind.startswith("qualified") or kind in ("sparql", "closed"):
            return UNKNOWN
        if kind in ("disjoint", "lessThan", "lessThanOrEquals", "uniqueLang"):
            return Verdict(any_value, _FALSE)
        found = self.of_constraint(constraint, path, value)
        return Verdict(self.reach(path, x, value, found.may_fail), self.reach(path, x, value, found.must_fail))

    def reach(self, path: Path, start: Node, end: Node, condition: Part) -> Part:
        """The condition that a path leads to a node for which a condition is true; one look-up per step."""
        if isinstance(path, Step):
            s, o = (end, start) if path.inverted else (start, end)
            return Exists(Filter(Triple(s, path.property, o), condition))
        if isinstance(path, Sequence):
            *first, last = path.parts
            ahead = condition
            nodes = [start, *(self.variable() for _ in first), end]
            for number, part in reversed(list(enumerate((*first, last)))):
                ahead = self.reach(part, nodes[number], nodes[number + 1], ahead)
            return ahead
        if isinstance(path, Alternative):
            return Either(tuple(self.reach(part, start, end, condition) for part in path.parts))
        return self._repeat(path, start, end, condition)

    def _repeat(self, path: Repeated, start: Node, end: Node, condition: Part) -> Part:
        if not isinstance(path.part, Step):
            raise NotImplementedError("repeated paths of more than one step are not screened")
        return Exists(Filter(Closure(start, path.part.property, path.times, end, path.part.inverted), condition))


def _datatype(constraint: Constraint, x: Node) -> Verdict:
    wanted = constraint.terms[0]
    other = Verdict.exactly(Compare(Call("DATATYPE", (x,)), "!=", wanted))
    if wanted.value in _ANY_FORM or not wanted.value.startswith((XSD, RDF, RDFS)):
        return other
    if wanted.value not in _PLAIN_FORMS:
        return Verdict(_TRUE, _FALSE)
    return Verdict(Either((other.may_fail, Not(_is_plain(x, wanted.value)))), other.must_fail)


def _is_plain(x: Node, datatype: str) -> Part:
    """Whether a literal has a form of its datatype that nobody reads differently."""
    same = Compare(Call("DATATYPE", (x,)), "=", NamedNode(datatype))
    form = Call("REGEX", (Call("STR", (x,)), Literal(_PLAIN_FORMS[datatype])))
    return Call("COALESCE", (All((same, form)), _FALSE))


def _node_kind(constraint: Constraint, x: Node) -> Verdict:
    tests = _KINDS.get(constraint.terms[0].value.removeprefix(SH))
    return Verdict.exactly(Not(Either(tuple(Call(test, (x,)) for test in tests)))) if tests else UNKNOWN


def _among(constraint: Constraint, x: Node) -> Verdict:
    found = Not(Either(tuple(Call("SAMETERM", (x, t)) for t in constraint.terms)))
    tagged = any(isinstance(t, Literal) and t.language for t in constraint.terms)
    return Verdict(found, _FALSE) if tagged else Verdict.exactly(found)


def _length(constraint: Constraint, x: Node) -> Verdict:
    if constraint.kind == "minLength" and constraint.number == 0:
        return Verdict.exactly(_FALSE)
    sign = "<" if constraint.kind == "minLength" else ">"
    return Verdict.exactly(Compare(Call("STRLEN", (Call("STR", (x,)),)), sign, constraint.terms[0]))


def _pattern(constraint: Constraint, x: Node) -> Verdict:
    pattern = constraint.terms[0].value
    if constraint.text or not is_portable(pattern):
        return UNKNOWN
    text = Call("STR", (x,))
    fits = Call("REGEX", (text, Literal(pattern)))
    odd = Call("COALESCE", (Call("REGEX", (text, Literal(_ODD))), _TRUE))
    may, must = (Call("COALESCE", (Not(fits), error)) for error in (_TRUE, _FALSE))
    return Verdict(Either((may, odd)), All((must, Not(odd))))


def is_portable(pattern: str) -> bool:
    """Whether Python's regular expressions and the engine's read a pattern alike."""
    return _PORTABLE.fullmatch(pattern) is not None


def _language(constraint: Constraint, x: Node) -> Verdict:
    tag = Call("LANG", (x,))
    fits: list[Part] = []
    for wanted in constraint.terms:
        if "-" in wanted.value:
            fits.append(Compare(Call("LCASE", (tag,)), "=", Literal(wanted.value.lower())))
        else:
            fits.append(Call("LANGMATCHES", (tag, Literal(wanted.value))))
    return Verdict.exactly(Not(Either(tuple(fits))))


def _range(constraint: Constraint, x: Node) -> Verdict:
    bound = constraint.terms[0]
    kind = bound.datatype.value if isinstance(bound, Literal) else ""
    if kind not in _PLAIN_FORMS or kind == XSD + "boolean":
        return UNKNOWN
    inside = All((_is_plain(x, kind), Compare(x, _SIGNS[constraint.kind], bound)))
    return Verdict(Not(Call("COALESCE", (inside, _FALSE))), _FALSE)


_TESTS: Mapping[str, Callable[[Constraint, Node], Verdict]] = {
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "in": _among,
    "hasValue": _among,
    "minLength": _length,
    "maxLength": _length,
    "pattern": _pattern,
    "languageIn": _language,
    **dict.fromkeys(_SIGNS, _range),
}
