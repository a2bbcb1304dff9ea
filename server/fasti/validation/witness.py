"""Find the passages, quotes and rules behind a statement of a built dataset."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from fasti.store import Dataset, Term
from fasti.store.embedded import Literal, NamedNode, Triple
from fasti.validation.report import Evidence

_REMEMBERED = 10_000  # passages; many results come from the same


class Witness:
    """Finds the passages and rules behind a statement."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._passages = dataset.vocabulary.entity("passage", "")
        self._described = lru_cache(_REMEMBERED)(self._describe)

    def _describe(self, passage: str) -> Evidence:
        """A passage as graph/evidence describes it."""
        rows = list(self._dataset.select("passage-quote", passage=NamedNode(passage)))
        if not rows:
            return Evidence(passage, passage, "", ())
        row = min(({k: v.value for k, v in r.items()} for r in rows), key=lambda r: sorted(r.items()))
        source = row["source"].rpartition("/")[2]
        rules = tuple(sorted({r["rule"].value for r in rows if "rule" in r}))
        return Evidence(passage, f"{source}.txt:{row.get('line', '?')}", row["quote"], rules)

    def states(self, s: NamedNode, p: NamedNode, o: Term) -> bool:
        """Whether any graph has this statement."""
        return any(True for _ in self._dataset.quads(s, p, o))

    def of(self, focus: str, path: str, value: str) -> tuple[Evidence, ...]:
        """The passages that state this; else that speak of the node; else of what the node is a part of."""
        if focus.startswith(self._passages):
            return self._known({focus.partition("#")[0]})
        for node in dict.fromkeys((focus, focus.partition("#")[0])):
            stated = [(q.predicate.value, _text(q.object), g) for q, g in self._about(node)]
            # a finding has the offending property or value as its own value
            exact = {g for p, o, g in stated if (value and (o == value or p == value)) or (not value and p == path)}
            if stated:
                return self._known(exact or {g for _, _, g in stated})
        return ()

    def _about(self, node: str) -> Iterator[tuple[Triple, str]]:
        """What passages say of a node, and which passages a reading of a conflict names itself."""
        for quad in self._dataset.quads(s=NamedNode(node)):
            for name in (quad.graph_name, quad.object):
                if isinstance(name, NamedNode) and name.value.startswith(self._passages):
                    yield quad.triple, name.value

    def _known(self, passages: set[str]) -> tuple[Evidence, ...]:
        return tuple(self._described(p) for p in sorted(passages))


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)
