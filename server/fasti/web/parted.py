"""Terms on pages that come in parts, such as those of a long code list: a link to one asks for the part that has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set
from functools import lru_cache
from pathlib import Path

from fasti import paths
from fasti.store.embedded import NamedNode
from fasti.store.serialize import read
from fasti.web.current import release

_LONG = 40  # terms of a page; one that has more may come in parts


def is_parted(path: str, fragment: str) -> bool:
    """Whether the page at `path` (without a slash at its begin) has a term of that name, and perhaps not in its first part."""
    current = release()
    return fragment in _long_pages(current.path, current.id).get(path, ())


@lru_cache(maxsize=2)
def _long_pages(_: Path, __: str) -> Mapping[str, Set[str]]:
    """The names of the terms by the path of their page, of long pages only."""
    current = release()
    dataset, vocabulary = current.dataset, current.vocabulary
    graphs = (NamedNode(vocabulary.graph(name)) for name in ("vocabulary", "catalog"))
    quads = [quad for graph in graphs for quad in dataset.quads(graph=graph)]
    quads += dataset.quads(p=NamedNode(vocabulary.expand("skos:inScheme")))
    quads += dataset.quads(
        p=NamedNode(vocabulary.expand("rdf:type")), o=NamedNode(vocabulary.expand("fasti:EntailmentRule"))
    )
    quads += [
        quad for file in sorted((paths.data("ontology") / "shapes").glob("*.ttl")) for quad in read(file, current.base)
    ]
    found: dict[str, set[str]] = defaultdict(set)
    for iri in {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}:
        path, mark, fragment = iri.removeprefix(current.base).partition("#")
        if mark and iri.startswith(current.base) and not path.startswith("id/"):
            found[path].add(fragment)
    return {path: names for path, names in found.items() if len(names) > _LONG}
