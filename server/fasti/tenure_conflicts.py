"""Two persons as the one head of a body at the same time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from fasti.conflicts import Conflict, Scale, conflict
from fasti.store import NamedNode, Quad, Term, graph_iri
from fasti.vocabulary import Vocabulary

# Who stands in for the holder, or holds the post without being it, contradicts nobody.
_COMPATIBLE = ("acting", "interim", "deputising", "designate", "former", "honorary")


@dataclass
class _Tenure:
    iri: str
    facts: dict[str, set[Term]] = field(default_factory=lambda: defaultdict(set))
    quads: list[Quad] = field(default_factory=list)

    def one(self, property_: str) -> Term | None:
        return next(iter(sorted(self.facts.get(property_, ()), key=str)), None)

    @property
    def graphs(self) -> set[str]:
        return {graph_iri(quad) for quad in self.quads}


def head_conflicts(quads: Iterable[Quad], vocabulary: Vocabulary, scale: Scale) -> Iterator[Conflict]:
    """Conflicts about who holds a post that is at the top of a body: one holder at a time.

    Two lines of one list, or two names in one line, do not contradict each other: whoever wrote them meant both.
    """
    term = vocabulary.expand
    heads, tenures = _collect(quads, vocabulary)
    by_post: dict[str, list[_Tenure]] = defaultdict(list)
    for tenure in tenures.values():
        post = tenure.one(term("fasti:post"))
        if post and post.value in heads and not _standing_in(tenure, vocabulary):
            by_post[post.value].append(tenure)
    for post_iri, held in sorted(by_post.items()):
        yield from _of_post(heads[post_iri], held, vocabulary, scale)


def _collect(quads: Iterable[Quad], vocabulary: Vocabulary) -> tuple[dict[str, str], dict[str, _Tenure]]:
    term = vocabulary.expand
    role, post_in, head = term("org:role"), term("org:postIn"), NamedNode(term("org:Head"))
    heads: set[str] = set()
    bodies: dict[str, str] = {}
    tenures: dict[str, _Tenure] = {}
    for quad in quads:
        subject, predicate = quad.subject.value, quad.predicate.value
        if predicate == role and quad.object == head:
            heads.add(subject)
        elif predicate == post_in:
            bodies.setdefault(subject, quad.object.value)
        if "/id/membership/" in subject:
            iri = subject.partition("#")[0]
            tenure = tenures.get(iri) or tenures.setdefault(iri, _Tenure(iri))
            tenure.facts[predicate].add(quad.object)
            tenure.quads.append(quad)
    return {post: bodies[post] for post in heads if post in bodies}, tenures


def _standing_in(tenure: _Tenure, vocabulary: Vocabulary) -> bool:
    modes = tenure.facts.get(vocabulary.expand("fasti:tenureMode"), set())
    return any(NamedNode(vocabulary.expand(f"mode:{name}")) in modes for name in _COMPATIBLE)


def _of_post(body: str, held: list[_Tenure], vocabulary: Vocabulary, scale: Scale) -> Iterator[Conflict]:
    member = vocabulary.expand("org:member")
    clashing: dict[str, _Tenure] = {}
    for one, other in combinations(sorted(held, key=lambda t: t.iri), 2):
        if (
            one.one(member) != other.one(member)
            and _overlap(one, other, vocabulary)
            and not _listed_together(one, other, scale)
        ):
            clashing |= {one.iri: one, other.iri: other}
    if clashing:
        values: dict[Term, list[Quad]] = {}
        which: dict[Term, str] = {}
        for tenure in clashing.values():
            person = tenure.one(member)
            if person is None:
                continue
            values.setdefault(person, []).extend(tenure.quads)
            which.setdefault(person, tenure.iri)
        yield conflict(body, vocabulary.expand("org:headOf"), values, scale, which)


def _listed_together(one: _Tenure, other: _Tenure, scale: Scale) -> bool:
    return bool(one.graphs & other.graphs) or (
        _sources(one) == _sources(other) and scale.weigh(one.quads) == scale.weigh(other.quads) == 3
    )


def _sources(tenure: _Tenure) -> set[str]:
    return {graph.rpartition("/")[0] for graph in tenure.graphs}


def _overlap(one: _Tenure, other: _Tenure, vocabulary: Vocabulary) -> bool:
    """Whether both certainly were in office on some day, or both are in office now."""
    term = vocabulary.expand

    def current(tenure: _Tenure) -> bool:
        ongoing = NamedNode(term("status:ongoing")) in tenure.facts.get(term("fasti:endStatus"), set())
        return ongoing or bool(tenure.facts.get(term("fasti:incumbentAsOf")))

    def begun_before_end(a: _Tenure, b: _Tenure) -> bool:
        begin, end = a.one(term("fasti:latestBegin")), b.one(term("fasti:earliestEnd"))
        return begin is not None and (begin.value < end.value if end is not None else current(b))

    if current(one) and current(other):
        return True
    return begun_before_end(one, other) and begun_before_end(other, one)
