"""The words behind a statement: which passages make it, what they say, where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from fasti.release import Release
from fasti.store.embedded import Literal, NamedNode
from fasti.web.wording import Wording


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage for a page. `rules` are the labels of the mapping rules that read it."""

    iri: str
    before: str
    exact: str
    after: str
    line: str
    heading: str
    start: int
    end: int
    source: str
    title: str
    rules: tuple[tuple[str, str], ...]

    @property
    def place(self) -> str:
        """`Title, line 12`."""
        return f"{self.title}, line {self.line}" if self.line else self.title


class Evidence:
    """Finds the quotes behind the statements of one release, each passage asked for once."""

    def __init__(self, release: Release, wording: Wording) -> None:
        self._release = release
        self._wording = wording
        self._prefix = release.base + "id/passage/"
        self.quote = lru_cache(maxsize=None)(self._quote)

    def behind(self, s: NamedNode, p: NamedNode, o: NamedNode | Literal) -> tuple[Quote, ...]:
        """The quotes that make a statement; for a derived one those that connect its two ends."""
        quads = self._release.dataset.quads
        stated = [quad.graph_name for quad in quads(s, p, o)]
        if not any(self._is_passage(graph) for graph in stated) and isinstance(o, NamedNode):
            stated += [quad.graph_name for quad in quads(s=s, o=o)]
            stated += [quad.graph_name for quad in quads(s=o, o=s)]
        return self.quotes(graph.value for graph in stated if isinstance(graph, NamedNode))

    def of_subject(self, s: NamedNode) -> tuple[Quote, ...]:
        """The quotes that say anything of a subject."""
        graphs = (quad.graph_name for quad in self._release.dataset.quads(s=s))
        return self.quotes(graph.value for graph in graphs if isinstance(graph, NamedNode))

    def quotes(self, passages: Iterable[str]) -> tuple[Quote, ...]:
        """The quotes of those IRIs that are passages, by document and place."""
        found = (self.quote(iri) for iri in set(passages) if iri.startswith(self._prefix))
        return tuple(sorted((q for q in found if q is not None), key=lambda q: (q.source, q.start, q.end)))

    def _is_passage(self, graph: object) -> bool:
        return isinstance(graph, NamedNode) and graph.value.startswith(self._prefix)

    def _quote(self, iri: str) -> Quote | None:
        rows = list(self._release.dataset.select("passage", passage=NamedNode(iri)))
        if not rows:
            return None
        value = {name: term.value for name, term in rows[0].items()}
        rules = {rule.value: self._wording.text(rule) for row in rows if isinstance(rule := row.get("rule"), NamedNode)}
        stem = value["source"].removeprefix(self._release.base + "id/source/")
        return Quote(
            iri=iri,
            before=value.get("prefix", ""),
            exact=value["exact"],
            after=value.get("suffix", ""),
            line=value.get("line", ""),
            heading=value.get("heading", ""),
            start=int(value["start"]),
            end=int(value["end"]),
            source=value["source"],
            title=value.get("title", stem),
            rules=tuple(sorted(rules.items())),
        )
