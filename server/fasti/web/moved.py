"""Names that were given up: which entity answers now, or why none does (`mappings/moved.ttl`)."""

from __future__ import annotations

from dataclasses import dataclass

from fasti.release import Release
from fasti.store.embedded import DefaultGraph, Literal, NamedNode


@dataclass(frozen=True, slots=True)
class Former:
    """An IRI that names nothing any more: `successors` that are in the record now, and the `reason`."""

    iri: str
    successors: tuple[str, ...]
    reason: str

    @property
    def successor(self) -> str | None:
        """The one entity that is meant now; None when there is none or more than one."""
        return self.successors[0] if len(self.successors) == 1 else None


def former(release: Release, node: NamedNode) -> Former | None:
    """What became of an IRI; None for one that was never given up, or is in use again."""
    expand, graph = release.vocabulary.expand, NamedNode(release.vocabulary.graph("links"))
    if next(release.dataset.quads(node, NamedNode(expand("owl:deprecated")), graph=graph), None) is None:
        return None
    if _in_use(release, node):
        return None
    said = release.dataset.quads(node, NamedNode(expand("rdfs:comment")), graph=graph)
    reasons = sorted(quad.object.value for quad in said if isinstance(quad.object, Literal))
    return Former(node.value, tuple(sorted(_successors(release, node, {node}))), " ".join(reasons))


def _successors(release: Release, node: NamedNode, seen: set[NamedNode]) -> set[str]:
    """The ends in the record of every chain of replacements; a circle leads nowhere."""
    graph = NamedNode(release.vocabulary.graph("links"))
    replaced = NamedNode(release.vocabulary.expand("dct:isReplacedBy"))
    found: set[str] = set()
    for quad in release.dataset.quads(node, replaced, graph=graph):
        following = quad.object
        if not isinstance(following, NamedNode) or following in seen:
            continue
        seen.add(following)
        found |= {following.value} if _in_use(release, following) else _successors(release, following, seen)
    return found


def _in_use(release: Release, node: NamedNode) -> bool:
    return next(release.dataset.quads(s=node, graph=DefaultGraph()), None) is not None
