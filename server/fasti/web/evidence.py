"""The words behind a statement: which passages make it, what they say, where they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from fasti.release import Release
from fasti.store.embedded import Literal, NamedNode, Term
from fasti.web.wording import Text, Wording

_PROPERTIES = ("oa:hasSource", "oa:hasSelector", "oa:exact", "oa:prefix", "oa:suffix", "oa:start", "oa:end",
               "fasti:line", "fasti:heading", "fasti:readBy", "fasti:application", "fasti:rule", "dct:title")  # fmt: skip

_ROOM, _FRAME = 45_000, 600  # characters of a page that show the words behind values; those around one quote


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage for a page, in the language `lang`. `rules` are the labels of the mapping rules that read it."""

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
    lang: str
    rules: tuple[tuple[str, Text], ...]


class Room:
    """How many more words one page can show behind its values: a page of any entity stays below a size."""

    def __init__(self) -> None:
        self._left = _ROOM

    def takes(self, quotes: Sequence[Quote]) -> bool:
        """Whether there is room for these; where there is none, the page links to their passages."""
        self._left -= sum(_FRAME + len(quote.before) + len(quote.exact) + len(quote.after) for quote in quotes)
        return self._left > 0


class Evidence:
    """Finds the quotes behind the statements of one release, each passage asked for once."""

    def __init__(self, release: Release, wording: Wording) -> None:
        self._release = release
        self._wording = wording
        self._prefix = release.base + "id/passage/"
        self._graph = NamedNode(release.vocabulary.graph("evidence"))
        self._names = {NamedNode(release.vocabulary.expand(name)): name for name in _PROPERTIES}
        self.quote = lru_cache(maxsize=None)(self._quote)
        self._title = lru_cache(maxsize=None)(self._find_title)

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
        said = self._of(NamedNode(iri))
        for selector in said["oa:hasSelector"]:
            if isinstance(selector, NamedNode):
                said |= self._of(selector)
        if not (said["oa:hasSource"] and said["oa:exact"] and said["oa:start"] and said["oa:end"]):
            return None

        def first(name: str) -> str:
            return min((term.value for term in said[name]), default="")

        source = first("oa:hasSource")
        title = self._title(source)
        return Quote(
            iri=iri,
            before=first("oa:prefix"),
            exact=first("oa:exact"),
            after=first("oa:suffix"),
            line=first("fasti:line"),
            heading=first("fasti:heading"),
            start=int(first("oa:start")),
            end=int(first("oa:end")),
            source=source,
            title=title.text,
            lang=title.lang,
            rules=tuple(sorted(self._rules(said), key=lambda rule: rule[0])),
        )

    def _rules(self, said: Mapping[str, list[Term]]) -> Iterator[tuple[str, Text]]:
        """The rules that read a passage, each with its label."""
        applied = [term for term in said["fasti:application"] if isinstance(term, NamedNode)]
        rules = said["fasti:readBy"] + [rule for each in applied for rule in self._of(each)["fasti:rule"]]
        yield from {rule.value: self._wording.label(rule) for rule in rules if isinstance(rule, NamedNode)}.items()

    def _find_title(self, source: str) -> Text:
        found = self._of(NamedNode(source))["dct:title"]
        titles = sorted((term.value, term.language or "") for term in found if isinstance(term, Literal))
        return Text(*titles[0]) if titles else Text(source.removeprefix(self._release.base + "id/source/"))

    def _of(self, node: NamedNode) -> dict[str, list[Term]]:
        """What the evidence says of a passage, a selector, an application or a source, by the properties used here."""
        found: dict[str, list[Term]] = defaultdict(list)
        for quad in self._release.dataset.quads(node, graph=self._graph):
            found[self._names.get(quad.predicate, "")].append(quad.object)
        return found
