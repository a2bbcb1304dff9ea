"""Why the record says something: the words, where they stand, and the rule that read them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fasti.errors import UsageError
from fasti.store import Dataset, DefaultGraph, Literal, NamedNode, Quad, Term, graph_iri, shorten

MAX_STEPS = 6  # the longest chain of statements that an entailment rests on here


@dataclass(frozen=True, slots=True)
class Support:
    """Words behind a statement: the passage, what it says, its source, line and rules."""

    passage: str
    quote: str
    source: str
    line: int
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A statement of the record.

    `derived` names the entailment rules where no passage says it as it stands, `given` the graphs that have it from
    neither: links and lists that curators keep, with the `grounds` of a link.
    """

    text: str
    quad: Quad
    derived: tuple[str, ...]
    given: tuple[str, ...]
    grounds: tuple[str, ...]
    supports: tuple[Support, ...]

    def __str__(self) -> str:
        """The statement, then its quotes, one a line."""
        lines = [self.text]
        if self.derived:
            lines.append(f"    follows by {', '.join(self.derived)} from")
        if self.given:
            lines.append(f"    given in {', '.join(self.given)}{': ' if self.grounds else ''}{'; '.join(self.grounds)}")
        lines += [
            f"    “{s.quote}”\n        {s.source}, line {s.line}, read by {', '.join(s.rules)}" for s in self.supports
        ]
        return "\n".join(lines)

    def as_dict(self) -> dict[str, object]:
        """The same for programs."""
        supports = [
            {"passage": s.passage, "quote": s.quote, "source": s.source, "line": s.line, "rules": list(s.rules)}
            for s in self.supports
        ]
        parts = [part.value for part in (self.quad.subject, self.quad.predicate, self.quad.object)]
        return {
            "subject": parts[0],
            "predicate": parts[1],
            "object": parts[2],
            "derivedBy": list(self.derived),
            "givenIn": list(self.given),
            "grounds": list(self.grounds),
            "supports": supports,
        }


def explain(dataset: Dataset, iri: str) -> Iterator[Explained]:
    """Every statement of the record about an entity, its hash children included, in both directions.

    Args:
        dataset: of a release.
        iri: absolute, or the part after the base, with or without `id/`.

    Raises:
        UsageError: the record says nothing of it.
    """
    node = NamedNode(_absolute(dataset, iri))
    statements = sorted(_about(dataset, node), key=str)
    if not statements:
        raise UsageError(
            f"the record says nothing of <{node.value}>; expected an IRI as in {dataset.vocabulary.entity('organization', '…')}"
        )
    for quad in statements:
        yield _explained(dataset, quad)


def _absolute(dataset: Dataset, iri: str) -> str:
    base = dataset.vocabulary.base
    if iri.startswith(("http://", "https://")):
        return iri
    path = iri.lstrip("/").removeprefix("doc/").removeprefix("id/")
    return base + (iri.lstrip("/") if iri.lstrip("/").startswith(("scheme/", "def#")) else f"id/{path}")


def _about(dataset: Dataset, node: NamedNode) -> set[Quad]:
    found = set(dataset.quads(node, graph=DefaultGraph())) | set(dataset.quads(o=node, graph=DefaultGraph()))
    todo = [q.object for q in found if isinstance(q.object, NamedNode) and q.object.value.startswith(node.value + "#")]
    while todo:
        child = todo.pop()
        new = set(dataset.quads(child, graph=DefaultGraph())) - found
        found |= new
        todo += [
            q.object for q in new if isinstance(q.object, NamedNode) and q.object.value.startswith(node.value + "#")
        ]
    return found


def _explained(dataset: Dataset, quad: Quad) -> Explained:
    graphs = _passages(dataset, [quad])
    held = set[str]() if graphs else _graphs(dataset, quad)
    derived = tuple(sorted(_rules(dataset, quad))) if "graph/entailments" in held else ()
    if derived:
        graphs = _passages(dataset, _premises(dataset, quad))
    supports = tuple(_support(dataset, graph, subject) for graph, subject in sorted(graphs.items()))
    given = () if derived else tuple(sorted(held))
    grounds = tuple(_grounds(dataset, quad)) if given else ()
    return Explained(shorten(quad, dataset.vocabulary), quad, derived, given, grounds, supports)


def _passages(dataset: Dataset, quads: Iterable[Quad]) -> dict[str, str]:
    """The passages that state any of these, each with the subject stated."""
    prefix = dataset.vocabulary.entity("passage", "")
    return {
        q.graph_name.value: q.subject.value
        for quad in quads
        for q in dataset.quads(quad.subject, quad.predicate, quad.object)
        if isinstance(q.graph_name, NamedNode) and q.graph_name.value.startswith(prefix)
    }


def _graphs(dataset: Dataset, quad: Quad) -> set[str]:
    """The named graphs that hold a statement, without the base."""
    found = dataset.quads(quad.subject, quad.predicate, quad.object)
    return {graph_iri(q).removeprefix(dataset.vocabulary.base) for q in found if isinstance(q.graph_name, NamedNode)}


def _rules(dataset: Dataset, quad: Quad) -> Iterator[str]:
    """The entailment rules that derive such statements."""
    derives = NamedNode(dataset.vocabulary.expand("fasti:derives"))
    yield from (q.subject.value.rpartition("#")[2] for q in dataset.quads(None, derives, quad.predicate))


def _grounds(dataset: Dataset, quad: Quad) -> Iterator[str]:
    """How a link was established: how sure it is, and what shows it. Of the link itself its own."""
    about, on, value, confidence, evidence = (
        NamedNode(dataset.vocabulary.expand(f"fasti:{name}"))
        for name in ("about", "onProperty", "value", "confidence", "evidence")
    )
    links = {q.subject for q in dataset.quads(None, about, quad.subject, DefaultGraph())} | {quad.subject}
    for link in sorted(links, key=str):
        said = {q.predicate: q.object for q in dataset.quads(link, graph=DefaultGraph())}
        if link == quad.subject or (said.get(on), said.get(value)) == (quad.predicate, quad.object):
            yield from (said[p].value.rpartition("#")[2] for p in (confidence, evidence) if p in said)


def _premises(dataset: Dataset, quad: Quad) -> list[Quad]:
    """What a derived statement rests on: the shortest chain of stated ones between its ends, else what names it."""
    chain = _chain(dataset, quad.subject, quad.object) if isinstance(quad.object, NamedNode) else []
    if chain:
        return chain
    own = [q for q in _stated(dataset, quad.subject) if q.subject == quad.subject]
    if isinstance(quad.object, Literal):
        same = [q for q in own if isinstance(q.object, Literal) and q.object.value == quad.object.value]
        return same or own
    types = [q for q in own if q.predicate.value == dataset.vocabulary.expand("rdf:type")]
    return types or own


def _chain(dataset: Dataset, start: Term, goal: Term) -> list[Quad]:
    paths: dict[str, list[Quad]] = {start.value: []}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        if len(paths[node.value]) >= MAX_STEPS:
            continue
        for quad in _stated(dataset, node):
            other = quad.object if quad.subject == node else quad.subject
            if isinstance(other, NamedNode) and other.value not in paths and "/id/" in other.value:
                paths[other.value] = [*paths[node.value], quad]
                if other == goal:
                    return paths[other.value]
                queue.append(other)
    return []


def _stated(dataset: Dataset, node: Term) -> list[Quad]:
    """The record's statements about a node, either way, that some passage makes; in a fixed order."""
    prefix = dataset.vocabulary.entity("passage", "")
    found = [*dataset.quads(node if isinstance(node, NamedNode) else None), *dataset.quads(o=node)]
    said = {q for q in found if isinstance(q.graph_name, NamedNode) and q.graph_name.value.startswith(prefix)}
    recorded = {Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in said}
    return sorted(
        (q for q in recorded if next(dataset.quads(q.subject, q.predicate, q.object, DefaultGraph()), None)), key=str
    )


def _support(dataset: Dataset, graph: str, subject: str) -> Support:
    expand = dataset.vocabulary.expand
    passage = NamedNode(graph)

    def value(node: NamedNode, name: str) -> str:
        return next((q.object.value for q in dataset.quads(node, NamedNode(expand(name)))), "")

    said = dataset.quads(passage, NamedNode(expand("fasti:application")))
    applications = [q.object for q in said if isinstance(q.object, NamedNode)]
    about = NamedNode(expand("fasti:about"))
    mine = [a for a in applications if next(dataset.quads(a, about, NamedNode(subject)), None)]
    rules = sorted(value(a, "fasti:rule").rpartition("#")[2] for a in mine)
    source = value(passage, "oa:hasSource").rpartition("/")[2]
    return Support(
        graph,
        value(NamedNode(graph + "#quote"), "oa:exact"),
        source,
        int(value(passage, "fasti:line") or 0),
        tuple(rules),
    )
