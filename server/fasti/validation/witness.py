"""Find the passages, quotes and rules behind a statement of a built dataset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from fasti.store import Dataset
from fasti.store.embedded import Literal, NamedNode, Triple
from fasti.validation.report import Evidence


class Witness:
    """Finds the passages and rules behind a statement."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._passages = dataset.vocabulary.entity("passage", "")

    @cached_property
    def _described(self) -> dict[str, Evidence]:
        """Every described passage, by its IRI."""
        rows = self._dataset.select("quotes")
        return {row["passage"].value: self._evidence({k: v.value for k, v in row.items()}) for row in rows}

    def _evidence(self, row: Mapping[str, str]) -> Evidence:
        source = row["source"].rpartition("/")[2]
        rules = tuple(sorted(row.get("rules", "").split()))
        return Evidence(row["passage"], f"{source}.txt:{row.get('line', '?')}", row["quote"], rules)

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
        return tuple(self._described.get(p) or Evidence(p, p, "", ()) for p in sorted(passages))


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)
