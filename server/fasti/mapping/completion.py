"""A class and an English name for every body that the documents speak of, where no passage gives it one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fasti.mapping.identities import Identities
from fasti.store import Literal, NamedNode, Quad
from fasti.vocabulary import Vocabulary

_NAMING = ("skos:altLabel", "skos:hiddenLabel", "skos:prefLabel")


def completions(quads: Sequence[Quad], bodies: Iterable[str], identities: Identities) -> Iterator[Quad]:
    """`rdf:type` and `skos:prefLabel` of what lacks them, for `graph/entailments`: no passage says them.

    A rule that finds a body in running prose, or under another name than its preferred one, need not say what it is.

    Args:
        quads: all that is said of these bodies.
        bodies: each body that a statement is about or leads to.
        identities: who is who.
    """
    vocabulary = identities.vocabulary
    typed = _subjects(quads, vocabulary.expand("rdf:type"))
    named = _subjects(quads, vocabulary.expand("skos:prefLabel"), language="en")
    names = _names(quads, vocabulary)
    graph = NamedNode(vocabulary.graph("entailments"))
    for iri in sorted(bodies):
        if iri in typed and iri in named:
            continue
        name = identities.authority.preferred.get(iri) or names.get(iri) or identities.name(iri)
        if iri not in typed:
            kind = identities.kind(name) or vocabulary.expand("org:Organization")
            yield Quad(NamedNode(iri), NamedNode(vocabulary.expand("rdf:type")), NamedNode(kind), graph)
        if iri not in named:
            label = Literal(name, language="en")
            yield Quad(NamedNode(iri), NamedNode(vocabulary.expand("skos:prefLabel")), label, graph)


def mentioned(quads: Iterable[Quad], vocabulary: Vocabulary) -> set[str]:
    """Each body that a statement is about or leads to."""
    bodies = vocabulary.entity("organization", "")
    terms = (term for quad in quads for term in (quad.subject, quad.object) if isinstance(term, NamedNode))
    return {term.value for term in terms if term.value.startswith(bodies) and "#" not in term.value}


def _subjects(quads: Iterable[Quad], predicate: str, language: str | None = None) -> set[str]:
    """What has that property, with a value in that language."""
    found = (quad for quad in quads if quad.predicate.value == predicate)
    return {q.subject.value for q in found if language is None or getattr(q.object, "language", None) == language}


def _names(quads: Iterable[Quad], vocabulary: Vocabulary) -> dict[str, str]:
    """Of each subject the best name that a passage gives it: an English one first, then by the kind of label."""
    naming = {vocabulary.expand(name): order for order, name in enumerate(_NAMING)}
    best: dict[str, tuple[bool, int, str]] = {}
    for quad in quads:
        order = naming.get(quad.predicate.value)
        if order is not None:
            said = (getattr(quad.object, "language", None) != "en", order, quad.object.value)
            best[quad.subject.value] = min(said, best.get(quad.subject.value, said))
    return {iri: name for iri, (_, _, name) in best.items()}
