"""From a path that somebody sent to the IRIs that it may stand for, of which there are none for many a path."""

from __future__ import annotations

from urllib.parse import quote

from fasti.store.embedded import NamedNode
from fasti.web.links import SAFE


def named(namespace: str, path: str) -> list[NamedNode]:
    """The IRIs in `namespace` that a decoded path stands for: written out, and percent-encoded.

    None for what no IRI can hold (RFC 3987, section 2.2), such as a blank or a `%` that encodes nothing.
    """
    spellings = dict.fromkeys((path, quote(path, safe=SAFE.replace("%", ""))))
    found = (_node(namespace + spelling) for spelling in spellings)
    return [node for node in found if node is not None]


def _node(iri: str) -> NamedNode | None:
    if any(character in ' <>"{}|\\^`' or character < " " for character in iri):
        return None
    try:
        return NamedNode(iri)
    except ValueError:  # the engine knows the rest of what an IRI must not hold
        return None
