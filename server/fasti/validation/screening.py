"""Compile shapes into queries for every focus node that could fail: more at times, never fewer.

A query works on whole sets (what has no such value, whose groups are too large, which values are wrong), since the
engine joins sets ten times faster than it looks up one node after the other. What is asked of the values themselves
is a verdict on a variable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import rdflib

from fasti.store import Literal, NamedNode
from fasti.validation.algebra import (
    Along,
    Call,
    Compare,
    Count,
    Either,
    Filter,
    Grouped,
    Join,
    Minus,
    Not,
    Part,
    Select,
    Triple,
    Union,
    Values,
    Var,
)
from fasti.validation.constraint_queries import set_wise
from fasti.validation.interchange import from_rdflib
from fasti.validation.paths import Alternative, Path, Sequence, Step, can_repeat
from fasti.validation.shapes import Constraint, Shape, Targets, Unit
from fasti.validation.verdicts import RDF_TYPE, Narrower, Verdicts

THIS = Var("this")
_OF_ALL_VALUES = (  # what is asked of the target and its values; anything else is asked of each value by itself
    *("minCount", "maxCount", "class", "hasValue", "uniqueLang", "disjoint", "equals", "lessThan", "lessThanOrEquals"),
    "qualifiedValueShape",
)
_ONE = Literal(1)


class NotScreenedError(Exception):
    """There is no query for this constraint: every target may fail it."""


class Screening:
    """Queries by unit; `narrower` gives a class with all its subclasses in the data, `few` says if targets are few."""

    def __init__(self, narrower: Narrower, few: Callable[[Targets], bool]) -> None:
        self._narrower = narrower
        self._few = cache(few)
        self._verdicts = Verdicts(narrower)

    def queries(self, unit: Unit) -> tuple[str, ...]:
        """Queries whose solutions for `?this`, as far as they are targets, are all that can fail.

        Raises:
            NotScreenedError: no query can say; the text tells why.
        """
        if unit.shape.unknown:
            raise NotScreenedError(", ".join(unit.shape.unknown))
        return tuple(dict.fromkeys(self._queries(unit)))

    def targets(self, targets: Targets) -> str:
        """The query for all targets."""
        return str(Select(THIS, self._targets(targets)))

    def _queries(self, unit: Unit) -> Iterator[str]:
        targets, path = self._targets(unit.targets), unit.shape.path
        for constraint in unit.shape.constraints:
            if constraint.kind == "sparql":
                if (query := set_wise(constraint.text)) is None or path is not None:
                    raise NotScreenedError("a SPARQL constraint that may mean something else for all nodes at once")
                yield query
            elif path is None:
                yield str(Select(THIS, self._of_node(constraint, targets)))
            elif can_repeat(path):
                yield str(Select(THIS, self._one_by_one(constraint, path, targets)))
        if path is not None and not can_repeat(path):
            yield from (str(Select(THIS, found)) for found in self._of_path(unit, path, targets))

    def _targets(self, targets: Targets) -> Part:
        parts: list[Part] = []
        if targets.classes:
            kind = self._verdicts.variable()
            classes = dict.fromkeys(c for wide in targets.classes for c in self._narrower(wide))
            parts.append(Along((Values(kind, tuple(classes)), Triple(THIS, RDF_TYPE, kind))))
        other = self._verdicts.variable
        parts += [Triple(THIS, p, other()) for p in targets.subjects_of]
        parts += [Triple(other(), p, THIS) for p in targets.objects_of]
        if named := [n for n in targets.nodes if not isinstance(n, rdflib.BNode)]:
            parts.append(Values(THIS, tuple(map(from_rdflib, named))))
        if len(named) < len(targets.nodes):
            raise NotScreenedError("a blank node as target")
        return Union(tuple(parts)) if len(parts) > 1 else parts[0]

    def _of_node(self, constraint: Constraint, targets: Part) -> Part:
        """What of the targets could fail a constraint on themselves."""
        if constraint.kind == "class":
            return self._without_class(targets, THIS, constraint)
        return Filter(targets, self._verdicts.of_constraint(constraint, None, THIS).may_fail)

    def _one_by_one(self, constraint: Constraint, path: Path, targets: Part) -> Part:
        """The general form: for each target its values are looked up."""
        shape = Shape(rdflib.BNode(), path, (constraint,))
        try:
            return Filter(targets, self._verdicts.of_shape(shape, THIS).may_fail)
        except NotImplementedError as error:
            raise NotScreenedError(str(error)) from error

    def _of_path(self, unit: Unit, path: Path, targets: Part) -> Iterator[Part]:
        """What could fail constraints on the values of a path, be it a target or not; what can be is asked at once."""
        value, constraints = self._verdicts.variable(), unit.shape.constraints
        values = self._solutions(path, THIS, value)
        if isinstance(path, Step) and self._few(unit.targets):  # each once: its values are counted
            values = Along((Join((Select(THIS, targets),)), values))
        together = [c for c in constraints if c.kind in _OF_ALL_VALUES]
        each = [self._verdicts.of_constraint(c, path, value).may_fail for c in constraints if c not in together]
        wrong = Either(tuple(each))
        counts = [c for c in together if c.kind in ("minCount", "maxCount")]
        if [(c.kind, c.number) for c in counts] == [("maxCount", 1), ("minCount", 1)]:
            number = Call("SUM", (Call("IF", (wrong, Literal(2), _ONE)),)) if each else Count()  # a wrong one is two
            yield Minus(targets, Grouped(THIS, values, Compare(number, "=", _ONE)))
            together = [c for c in together if c not in counts]
        elif each:
            yield Filter(values, wrong)
        yield from filter(None, (self._of_values(c, values, value, targets) for c in together))

    def _of_values(self, constraint: Constraint, values: Part, value: Var, targets: Part) -> Part | None:
        """What could fail a constraint on all values of a path together; None for nothing."""
        match constraint.kind:
            case "minCount" if constraint.number == 0:
                return None
            case "minCount" if constraint.number == 1:
                return Minus(targets, values)
            case "minCount":
                # values that the engine takes for equal count once: never too many
                return Minus(targets, Grouped(THIS, values, Compare(Count(value), ">=", constraint.terms[0])))
            case "maxCount" if constraint.number == 0:
                return values
            case "maxCount":
                # a value found twice counts twice: never too few
                return Grouped(THIS, values, Compare(Count(), ">", constraint.terms[0]))
            case "class":
                return self._without_class(values, value, constraint)
            case "hasValue":
                same = Filter(values, Call("SAMETERM", (value, constraint.terms[0])))
                return Minus(targets, same)
            case "uniqueLang":
                # an aggregate over an error is none: what has no language has the empty one
                language = Call("COALESCE", (Call("LCASE", (Call("LANG", (value,)),)), Literal("")))
                return Grouped(THIS, values, Compare(Count(), ">", Count(language)))
            case "disjoint":
                return Join((values, Triple(THIS, _iri(constraint), value)))
            case "equals":
                other = Triple(THIS, _iri(constraint), value)
                return Union((Minus(values, other), Minus(other, values)))
            case "lessThan" | "lessThanOrEquals":
                return Join((values, Triple(THIS, _iri(constraint), self._verdicts.variable())))
            case "qualifiedValueShape":
                return self._qualified(constraint, values, value, targets)
        raise TypeError(f"found {constraint.kind}, expected one of {', '.join(_OF_ALL_VALUES)}")

    def _qualified(self, constraint: Constraint, values: Part, value: Var, targets: Part) -> Part:
        verdict = self._verdicts.of_shape(constraint.shapes[0], value)
        parts: list[Part] = []
        if constraint.most is not None:
            may_conform = Filter(values, Not(verdict.must_fail))
            parts.append(Grouped(THIS, may_conform, Compare(Count(), ">", Literal(constraint.most))))
        if constraint.least:
            conform = Filter(values, Not(verdict.may_fail))
            enough = Grouped(THIS, conform, Compare(Count(value), ">=", Literal(constraint.least)))
            parts.append(Minus(targets, enough))
        return Union(tuple(parts))

    def _without_class(self, values: Part, value: Var, constraint: Constraint) -> Part:
        kind = self._verdicts.variable()
        classes = self._narrower(_iri(constraint))
        return Minus(values, Along((Values(kind, classes), Triple(value, RDF_TYPE, kind))))

    def _solutions(self, path: Path, start: Var, end: Var) -> Part:
        """The pattern of all pairs of nodes that a path connects."""
        if isinstance(path, Step):
            return Triple(end, path.property, start) if path.inverted else Triple(start, path.property, end)
        if isinstance(path, Alternative):
            return Union(tuple(self._solutions(part, start, end) for part in path.parts))
        if isinstance(path, Sequence):
            nodes = [start, *(self._verdicts.variable() for _ in path.parts[1:]), end]
            return Join(tuple(self._solutions(p, nodes[n], nodes[n + 1]) for n, p in enumerate(path.parts)))
        raise TypeError(f"found {path!r}, expected a path that does not repeat")


def _iri(constraint: Constraint) -> NamedNode:
    """The class or property that a constraint names."""
    return NamedNode(constraint.terms[0].value)
