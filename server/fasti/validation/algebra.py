"""Queries as values, and the one place that writes them as SPARQL: terms are serialized, never pasted.

Everything that screening asks is put together from these classes by code that reads the shapes. No text of the data or
of a shape gets into a query but as a term, whose notation the engine's own classes write. (The queries that the
product asks by name stay files; a compiler's output cannot be one.)
"""

from __future__ import annotations

from dataclasses import dataclass

from fasti.store import Literal, NamedNode, Term


class Part:
    """Anything that can be a part of a query; its `str` is SPARQL 1.1. A string is none."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Var(Part):
    """A variable; its name is the compiler's own, letters and digits."""

    name: str

    def __post_init__(self) -> None:
        if not (self.name.isascii() and self.name.isalnum()):
            raise ValueError(f"found {self.name!r} as a variable's name, expected ASCII letters and digits")

    def __str__(self) -> str:
        return f"?{self.name}"


Node = Var | Term


def term(value: Term) -> str:
    """A term in the notation that N-Triples and SPARQL share."""
    if not isinstance(value, NamedNode | Literal):
        raise TypeError(f"found {value!r}, expected an IRI or a literal")
    return str(value)


def _node(node: Node) -> str:
    return str(node) if isinstance(node, Var) else term(node)


# Patterns


@dataclass(frozen=True, slots=True)
class Triple(Part):
    """A triple pattern."""

    s: Node
    p: Node
    o: Node

    def __str__(self) -> str:
        return f"{_node(self.s)} {_node(self.p)} {_node(self.o)} ."


@dataclass(frozen=True, slots=True)
class Closure(Part):
    """Zero or more steps (`?`, `*`, `+`) along one property or, inverted, against it."""

    s: Node
    p: NamedNode
    steps: str
    o: Node
    inverted: bool = False

    def __post_init__(self) -> None:
        if self.steps not in ("?", "*", "+"):
            raise ValueError(f"found {self.steps!r}, expected '?', '*' or '+'")

    def __str__(self) -> str:
        return f"{_node(self.s)} ({'^' if self.inverted else ''}{term(self.p)}){self.steps} {_node(self.o)} ."


@dataclass(frozen=True, slots=True)
class Values(Part):
    """A variable that takes each of these terms."""

    var: Var
    terms: tuple[Term, ...]

    def __str__(self) -> str:
        return f"VALUES {self.var} {{ {' '.join(term(t) for t in self.terms)} }}"


@dataclass(frozen=True, slots=True)
class Join(Part):
    """All of these hold; each is solved by itself first, so that the engine joins whole sets and looks nothing up."""

    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return " ".join(f"{{ SELECT * WHERE {{ {part} }} }}" for part in self.parts)


@dataclass(frozen=True, slots=True)
class Along(Part):
    """All of these hold, in one group: for few rows, where looking up is cheaper than joining sets."""

    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return " ".join(str(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Union(Part):
    """Any of these holds."""

    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return " UNION ".join(f"{{ {part} }}" for part in self.parts)


@dataclass(frozen=True, slots=True)
class Minus(Part):
    """What is left of a pattern without those solutions that fit another."""

    left: Part
    right: Part

    def __str__(self) -> str:
        return f"{{ {self.left} }} MINUS {{ {self.right} }}"


@dataclass(frozen=True, slots=True)
class Filter(Part):
    """A pattern's solutions for which a condition is true."""

    pattern: Part
    condition: Part

    def __str__(self) -> str:
        return f"{self.pattern} FILTER({self.condition})"


@dataclass(frozen=True, slots=True)
class Grouped(Part):
    """The values of a variable whose solutions, counted together, meet a condition (an aggregate's)."""

    key: Var
    pattern: Part
    condition: Part

    def __str__(self) -> str:
        return f"{{ SELECT {self.key} WHERE {{ {self.pattern} }} GROUP BY {self.key} HAVING({self.condition}) }}"


# Conditions


@dataclass(frozen=True, slots=True)
class Call(Part):
    """A function, `COUNT` and `EXISTS` not among them."""

    name: str
    arguments: tuple[Part | Node, ...]

    def __str__(self) -> str:
        return f"{self.name}({', '.join(_argument(a) for a in self.arguments)})"


@dataclass(frozen=True, slots=True)
class Compare(Part):
    """Two operands and `=`, `!=`, `<`, `<=`, `>` or `>=` between them."""

    left: Part | Node
    sign: str
    right: Part | Node

    def __post_init__(self) -> None:
        if self.sign not in ("=", "!=", "<", "<=", ">", ">="):
            raise ValueError(f"found {self.sign!r}, expected a comparison")

    def __str__(self) -> str:
        return f"({_argument(self.left)} {self.sign} {_argument(self.right)})"


@dataclass(frozen=True, slots=True)
class Count(Part):
    """How many solutions a group has, or how many different values of something."""

    distinct: Part | None = None

    def __str__(self) -> str:
        return "COUNT(*)" if self.distinct is None else f"COUNT(DISTINCT {self.distinct})"


@dataclass(frozen=True, slots=True)
class Exists(Part):
    """Whether a pattern has a solution for the variables at hand."""

    pattern: Part

    def __str__(self) -> str:
        return f"EXISTS {{ {self.pattern} }}"


@dataclass(frozen=True, slots=True)
class Constant(Part):
    """True or false."""

    value: bool

    def __str__(self) -> str:
        return "true" if self.value else "false"


@dataclass(frozen=True, slots=True)
class Not(Part):
    """The contrary."""

    condition: Part

    def __str__(self) -> str:
        return f"(!{self.condition})"


@dataclass(frozen=True, slots=True)
class _Several(Part):
    conditions: tuple[Part, ...]


class All(_Several):
    """Every one of these conditions; of none, true."""

    def __str__(self) -> str:
        return f"({' && '.join(str(c) for c in self.conditions)})" if self.conditions else "true"


class Either(_Several):
    """At least one of these conditions; of none, false."""

    def __str__(self) -> str:
        return f"({' || '.join(str(c) for c in self.conditions)})" if self.conditions else "false"


def _argument(value: Part | Node) -> str:
    return term(value) if isinstance(value, NamedNode | Literal) else str(value)


@dataclass(frozen=True, slots=True)
class Select(Part):
    """The different values of one variable."""

    var: Var
    pattern: Part

    def __str__(self) -> str:
        return f"SELECT DISTINCT {self.var} WHERE {{ {self.pattern} }}"
