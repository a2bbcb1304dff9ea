"""Our terms, code lists, shapes and graphs, as pages and as data.

A long page is cut by weight; `?page=2` asks for the next part, `?term=label` for the part that has the term of that name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from flask import Blueprint, Response, abort

from fasti import paths
from fasti.release import Release
from fasti.store.embedded import DefaultGraph, NamedNode, Quad
from fasti.store.serialize import read
from fasti.web.current import release
from fasti.web.language import gettext
from fasti.web.names import named
from fasti.web.offers import split_suffix
from fasti.web.representations import Resource
from fasti.web.terms import asked_part, terms_page
from fasti.web.wording import Text, Wording

bp = Blueprint("vocabulary", __name__)
_WHOLE = 20_000  # statements of a graph that a page reads


@bp.get("/def", defaults={"suffix": None})
@bp.get("/def.<suffix>")
def terms(suffix: str | None) -> Response:
    """The terms of our own."""
    found = [quad for quad in _own(release(), "graph/vocabulary") if _below(quad, release().base + "def")]
    query = ("SELECT ?term ?property ?value WHERE { GRAPH <graph/vocabulary> { ?term ?property ?value }"
             ' FILTER(STRSTARTS(STR(?term), STR(<def>))) }')  # fmt: skip
    return _answer("/def", suffix, found, query, gettext("Vocabulary"),
                   gettext("The classes and properties that no other vocabulary has."))  # fmt: skip


@bp.get("/scheme/<name>")
def scheme(name: str) -> Response:
    """A code list with its concepts."""
    stem, suffix = split_suffix(name)
    iri = release().vocabulary.scheme(stem)
    found = [quad for node in named(release().base + "scheme/", stem) for quad in _scheme(release(), node)]
    if not found:
        abort(
            404,
            description=f"There is no code list '{stem}' here; the vocabulary's page has links to all.",
        )
    query = f"SELECT ?concept ?property ?value WHERE {{ ?concept skos:inScheme <{iri}> ; ?property ?value }}"
    return _answer(f"/scheme/{stem}", suffix, found, query, gettext("Code list"), "", about=iri)


@bp.get("/shapes", defaults={"suffix": None})
@bp.get("/shapes.<suffix>")
def shapes(suffix: str | None) -> Response:
    """The shapes that every release must meet."""
    files = sorted((paths.data("ontology") / "shapes").glob("*.ttl"))
    found = [quad for file in files for quad in read(file, release().base)]
    query = paths.query("quality-shapes")  # they are in no store themselves
    return _answer("/shapes", suffix, found, query, gettext("Shapes"),
                   gettext("What the data must look like; a violation stops a release."))  # fmt: skip


@bp.get("/graph/<name>")
def graph(name: str) -> Response:
    """One of the named graphs that are not passages."""
    stem, suffix = split_suffix(name)
    found = list(islice(_statements(release(), stem), _WHOLE + 1))
    if not found:
        abort(404, description=f"There is no graph '{stem}' here.")
    query = f"SELECT * WHERE {{ GRAPH <graph/{stem}> {{ ?subject ?property ?value }} }}"
    title = gettext("Graph: %(name)s") % {"name": stem}
    if len(found) <= _WHOLE:
        return _answer(
            f"/graph/{stem}", suffix, found, query, title, gettext("One of the named graphs of the data set.")
        )
    lead = gettext(
        "One of the named graphs of the data set; of its many statements the first ones are shown, the data have all."
    )
    return _answer(
        f"/graph/{stem}", suffix, _without_last(found), query, title, lead, large=lambda: _statements(release(), stem)
    )


def _answer(
    path: str,
    suffix: str | None,
    quads: Sequence[Quad],
    query: str,
    title: str,
    lead: str,
    about: str | None = None,
    large: Callable[[], Iterable[Quad]] | None = None,
) -> Response:
    if suffix is not None and split_suffix(f"{path}.{suffix}")[1] is None:
        abort(
            404,
            description=f"There is no format '{suffix}'; expected ttl, jsonld, nt, rdf, trig, nq or html.",
        )

    part = asked_part()

    def page() -> str:
        schemes = _schemes() if path == "/def" and not part.number else []
        return terms_page(quads, path, part, title=title, lead=lead, about=about, schemes=schemes, query=query)

    data = large or (lambda: quads)
    return Resource(
        path,
        lambda _: data(),
        page,
        cite_as=release().base + path[1:],
        parameters=part.parameters,
        large=large is not None,
    ).respond(suffix)


def _statements(current: Release, stem: str) -> Iterator[Quad]:
    """Those of a named graph, by subject."""
    for node in named(current.base, f"graph/{stem}"):
        yield from current.dataset.quads(graph=node)


def _without_last(quads: Sequence[Quad]) -> Sequence[Quad]:
    """All but those of the last subject, which may be there in part."""
    return [quad for quad in quads if quad.subject != quads[-1].subject]


def _own(current: Release, graph: str) -> list[Quad]:
    return [quad for node in named(current.base, graph) for quad in current.dataset.quads(graph=node)]


def _below(quad: Quad, prefix: str) -> bool:
    return isinstance(quad.subject, NamedNode) and quad.subject.value.partition("#")[0] == prefix


def _scheme(current: Release, node: NamedNode) -> list[Quad]:
    """What the record says of a scheme and its concepts, those made by a mapping and rules of derivation too."""
    member = NamedNode(current.vocabulary.expand("skos:inScheme"))
    listed = [quad.subject for quad in current.dataset.quads(p=member, o=node)]
    declared = [quad.subject for quad in _own(current, "graph/vocabulary") if _below(quad, node.value)]
    rule, is_a = (NamedNode(current.vocabulary.expand(name)) for name in ("fasti:EntailmentRule", "rdf:type"))
    declared += [quad.subject for quad in current.dataset.quads(p=is_a, o=rule) if _below(quad, node.value)]
    subjects: Iterable[object] = dict.fromkeys([node, *listed, *declared])
    found: dict[str, Quad] = {}
    for subject in subjects:
        if isinstance(subject, NamedNode):
            for quad in current.dataset.quads(s=subject):
                found[str(quad.triple)] = Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())
    return list(found.values())


def _schemes() -> list[tuple[str, Text]]:
    prefix = release().base + "scheme/"
    member = NamedNode(release().vocabulary.expand("skos:inScheme"))
    found = {quad.object.value for quad in release().dataset.quads(p=member) if isinstance(quad.object, NamedNode)}
    wording = Wording(release())
    return [(iri, wording.label(NamedNode(iri))) for iri in sorted(found) if iri.startswith(prefix)]
