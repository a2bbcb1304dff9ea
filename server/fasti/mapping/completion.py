"""A class and an English name for every body that the documents speak of, where no passage gave it one."""

from __future__ import annotations

from fasti.mapping.mapped import Mapped
from fasti.store import Literal, NamedNode, Quad
from fasti.vocabulary import Vocabulary

_NAMING = ("skos:altLabel", "skos:hiddenLabel", "skos:prefLabel")


def complete(mapped: Mapped) -> None:
    """Add `rdf:type` and `skos:prefLabel` to what lacks them, in the first passage that speaks of it.

    A rule that finds a body in running prose, or under another name than its preferred one, need not say what it is.
    """
    vocabulary = mapped.identities.vocabulary
    typed = _subjects(mapped, vocabulary.expand("rdf:type"))
    named = _subjects(mapped, vocabulary.expand("skos:prefLabel"), language="en")
    for iri, quad in sorted(_mentioned(mapped, vocabulary).items()):
        made = []
        if iri not in typed:
            kind = mapped.identities.kind(_name(iri, mapped)) or vocabulary.expand("org:Organization")
            made.append(
                Quad(NamedNode(iri), NamedNode(vocabulary.expand("rdf:type")), NamedNode(kind), quad.graph_name)
            )
        if iri not in named:
            label = Literal(_name(iri, mapped), language="en")
            made.append(Quad(NamedNode(iri), NamedNode(vocabulary.expand("skos:prefLabel")), label, quad.graph_name))
        _add(made, mapped)


def _subjects(mapped: Mapped, predicate: str, language: str | None = None) -> set[str]:
    """What has that property, with a value in that language."""
    found = (quad for quad in mapped.quads if quad.predicate.value == predicate)
    return {q.subject.value for q in found if language is None or getattr(q.object, "language", None) == language}


def _mentioned(mapped: Mapped, vocabulary: Vocabulary) -> dict[str, Quad]:
    """Each body, with the first statement that it stands in."""
    found: dict[str, Quad] = {}
    bodies = vocabulary.entity("organization", "")
    for quad in mapped.quads:
        for term in (quad.subject, quad.object):
            if isinstance(term, NamedNode) and term.value.startswith(bodies) and "#" not in term.value:
                found.setdefault(term.value, quad)
    return found


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


def _add(made: list[Quad], mapped: Mapped) -> None:
    for quad in made:
        passage = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
        rules = [rule for place, rule in mapped.applications if place == passage]
        mapped.quads.append(quad)
        mapped.applications.setdefault((passage, min(rules)), set()).add(quad.subject.value)
