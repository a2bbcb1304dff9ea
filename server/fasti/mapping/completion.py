"""A class and an English name for every body that the documents speak of, where no passage gives it one."""

from __future__ import annotations

from collections.abc import Iterator

from fasti.mapping.mapped import Mapped
from fasti.store import Literal, NamedNode, Quad
from fasti.vocabulary import Vocabulary

_NAMING = ("skos:altLabel", "skos:hiddenLabel", "skos:prefLabel")


def completions(mapped: Mapped) -> Iterator[Quad]:
    """`rdf:type` and `skos:prefLabel` of what lacks them, for `graph/entailments`: no passage says them.

    A rule that finds a body in running prose, or under another name than its preferred one, need not say what it is.
    """
    vocabulary = mapped.identities.vocabulary
    typed = _subjects(mapped, vocabulary.expand("rdf:type"))
    named = _subjects(mapped, vocabulary.expand("skos:prefLabel"), language="en")
    graph = NamedNode(vocabulary.graph("entailments"))
    for iri in _mentioned(mapped, vocabulary):
        if iri not in typed:
            kind = mapped.identities.kind(_name(iri, mapped)) or vocabulary.expand("org:Organization")
            yield Quad(NamedNode(iri), NamedNode(vocabulary.expand("rdf:type")), NamedNode(kind), graph)
        if iri not in named:
            label = Literal(_name(iri, mapped), language="en")
            yield Quad(NamedNode(iri), NamedNode(vocabulary.expand("skos:prefLabel")), label, graph)


def _subjects(mapped: Mapped, predicate: str, language: str | None = None) -> set[str]:
    """What has that property, with a value in that language."""
    found = (quad for quad in mapped.quads if quad.predicate.value == predicate)
    return {q.subject.value for q in found if language is None or getattr(q.object, "language", None) == language}


def _mentioned(mapped: Mapped, vocabulary: Vocabulary) -> list[str]:
    """Each body that a statement is about or leads to."""
    bodies = vocabulary.entity("organization", "")
    terms = (term for quad in mapped.quads for term in (quad.subject, quad.object) if isinstance(term, NamedNode))
    return sorted({term.value for term in terms if term.value.startswith(bodies) and "#" not in term.value})


def _name(iri: str, mapped: Mapped) -> str:
    """The curator's name for it; else one that a passage gives it, an English one first; else its slug in words."""
    vocabulary, identities = mapped.identities.vocabulary, mapped.identities
    naming = [vocabulary.expand(name) for name in _NAMING]
    said = [
        (getattr(quad.object, "language", None) != "en", naming.index(quad.predicate.value), quad.object.value)
        for quad in mapped.quads
        if quad.subject.value == iri and quad.predicate.value in naming
    ]
    return identities.authority.preferred.get(iri) or (min(said)[2] if said else identities.name(iri))
