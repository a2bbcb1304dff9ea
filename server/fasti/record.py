"""Forms the record: what the passages support once contradictions are weighed, with what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from fasti.conflicts import Conflict, ConflictWriter, Scale, single_values, spellings, superseded
from fasti.documents import Document
from fasti.errors import MappingError
from fasti.evidence import Evidence, families, passages
from fasti.existence import weigh_intervals
from fasti.mapping import Mapped, completions
from fasti.paths import data
from fasti.store import Dataset, DefaultGraph, Literal, NamedNode, Quad, Term, Triple
from fasti.tenure_conflicts import head_conflicts
from fasti.vocabulary import Vocabulary

MAX_ROUNDS = 12  # an entailment that needs more rounds feeds itself


def form(mapped: Mapped, documents: Sequence[Document], vocabulary: Vocabulary) -> Dataset:
    """Make the dataset of a release from what the documents say.

    Passage graphs and evidence come first; then conflicts are weighed, and what outweighs enters the default graph;
    then links, vocabulary and code lists, and what ORG's rules derive.

    Raises:
        MappingError: an entailment rule does not come to rest, or a data file is not Turtle.
    """
    dataset = Dataset.memory(vocabulary)
    dataset.add(mapped.quads)
    found = passages(mapped, documents)
    family = families(documents)
    evidence = Evidence(vocabulary)
    for document in documents:
        relatives = [
            stem for stem, name in sorted(family.items()) if name == family[document.stem] and stem != document.stem
        ]
        dataset.add(evidence.source(document, mapped.identities.subject(document.stem), relatives))
    for iri, passage in found.items():
        applied = {rule: subjects for (place, rule), subjects in mapped.applications.items() if place == iri}
        dataset.add(evidence.passage(passage, applied))
    _weigh(mapped.quads, dataset, Scale(found, family))
    _both(dataset, _lacking(completions(mapped), dataset), "entailments")
    _publish_lists(mapped, dataset)
    entail(dataset, data("ontology") / "entailments")
    return dataset


def _weigh(quads: list[Quad], dataset: Dataset, scale: Scale) -> None:
    """Put into the default graph what no heavier reading contradicts, and the conflicts into graph/quality."""
    vocabulary = dataset.vocabulary
    heads = list(head_conflicts(quads, vocabulary, scale))
    out = {quad for conflict in heads for quad in conflict.excluded}
    weighed = weigh_intervals([quad for quad in quads if quad not in out], vocabulary, scale)
    conflicts = [*heads, *weighed.conflicts, *single_values(quads, vocabulary, scale)]
    out |= set(weighed.excluded) | {quad for conflict in conflicts for quad in conflict.excluded}
    out |= {*spellings(quads, vocabulary), *superseded(quads, vocabulary)}
    promoted = list(_unnamed([quad for quad in quads if quad not in out], vocabulary))
    out |= set(promoted)
    _both(
        dataset,
        [Quad(q.subject, NamedNode(vocabulary.expand("skos:prefLabel")), q.object) for q in promoted],
        "entailments",
    )
    dataset.add(Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in quads if q not in out)
    writer = ConflictWriter(vocabulary)
    for conflict in conflicts:
        dataset.add(writer.quads(conflict, _label(conflict, dataset)))


def _unnamed(quads: list[Quad], vocabulary: Vocabulary) -> Iterator[Quad]:
    """The other names of what has no preferred name in English, one each: the record prefers that one."""
    preferred, other = (NamedNode(vocabulary.expand(f"skos:{name}")) for name in ("prefLabel", "altLabel"))
    named = {q.subject for q in quads if q.predicate == preferred and getattr(q.object, "language", None) == "en"}
    chosen: dict[NamedNode, Term] = {}
    for quad in quads:
        if quad.predicate == other and getattr(quad.object, "language", None) == "en" and quad.subject not in named:
            chosen.setdefault(quad.subject, quad.object)
    yield from (q for q in quads if q.predicate == other and chosen.get(q.subject) == q.object)


def _lacking(quads: Iterable[Quad], dataset: Dataset) -> list[Quad]:
    """Those whose subject the record has no such property of, in English where it is a name."""

    def known(quad: Quad) -> bool:
        language = getattr(quad.object, "language", None)
        found = dataset.quads(quad.subject, quad.predicate, graph=DefaultGraph())
        return any(getattr(other.object, "language", None) == language for other in found)

    return [quad for quad in quads if not known(quad)]


def _label(conflict: Conflict, dataset: Dataset) -> str:
    """A conflict in words: what it is about, and the values."""
    name = _name(NamedNode(conflict.about), dataset)
    values = " or ".join(sorted(_name(reading.value, dataset) for reading in conflict.readings))
    return f"{name}: {values}"


def _name(term: NamedNode | Literal, dataset: Dataset) -> str:
    if isinstance(term, Literal):
        return term.value
    for label in ("skos:prefLabel", "foaf:name"):
        for quad in dataset.quads(term, NamedNode(dataset.vocabulary.expand(label))):
            if isinstance(quad.object, Literal) and quad.object.language in (None, "en"):
                return quad.object.value
    return term.value.rpartition("/")[2].rpartition("#")[2].replace("-", " ")


def _publish_lists(mapped: Mapped, dataset: Dataset) -> None:
    """Vocabulary, code lists, links and the curator's statements: into the record and into their own graphs."""
    vocabulary = dataset.vocabulary
    ontology = data("ontology")
    for path in [ontology / "fasti.ttl", *sorted((ontology / "schemes").glob("*.ttl"))]:
        _load(dataset, path, "vocabulary")
    links = data("mappings") / "links.ttl"
    if links.exists():
        _load(dataset, links, "links")
    present = {quad.subject for quad in dataset.quads(graph=DefaultGraph())}
    _publish_moved(dataset, data("mappings") / "moved.ttl", present)
    _both(
        dataset,
        [
            q
            for q in mapped.identities.authority.statements
            if q.subject in present and (q.object in present or isinstance(q.object, Literal))
        ],
        "links",
    )
    _both(dataset, _rules(mapped, vocabulary), "vocabulary")


def _read(vocabulary: Vocabulary, path: Path) -> list[Quad]:
    loaded = Dataset.memory(vocabulary)
    try:
        loaded.load(path)
    except (SyntaxError, ValueError) as error:
        raise MappingError(f"{path}: {error}; expected Turtle") from error
    return list(loaded.quads())


def _load(dataset: Dataset, path: Path, graph: str) -> None:
    loaded = _read(dataset.vocabulary, path)
    present = {quad.subject for quad in dataset.quads(graph=DefaultGraph())}
    known = graph != "links" or None
    _both(dataset, [quad for quad in loaded if known or quad.subject in present or _about(quad, present)], graph)


def _publish_moved(dataset: Dataset, path: Path, present: set[NamedNode]) -> None:
    """Names that were given up: into graph/links only, since they name nothing of the record."""
    moved, place = _read(dataset.vocabulary, path), NamedNode(dataset.vocabulary.graph("links"))
    dataset.add(Quad(q.subject, q.predicate, q.object, place) for q in moved if q.subject not in present)


def _about(quad: Quad, present: set[NamedNode]) -> bool:
    """Whether a link's own description belongs to an entity of this record: `…/entity#link`."""
    return NamedNode(quad.subject.value.partition("#")[0]) in present


def _both(dataset: Dataset, quads: Iterable[Quad], graph: str) -> None:
    node = NamedNode(dataset.vocabulary.graph(graph))
    for quad in quads:
        dataset.add([Quad(quad.subject, quad.predicate, quad.object, place) for place in (DefaultGraph(), node)])


def _rules(mapped: Mapped, vocabulary: Vocabulary) -> Iterable[Quad]:
    """Each mapping rule and reading that said something, as a concept of scheme/rule."""
    summaries = {rule.name: rule.summary for rule in mapped.rules}
    for name in sorted({rule for _, rule in mapped.applications}):
        iri = NamedNode(vocabulary.rule(name))
        yield Quad(iri, NamedNode(vocabulary.expand("rdf:type")), NamedNode(vocabulary.expand("skos:Concept")))
        yield Quad(iri, NamedNode(vocabulary.expand("skos:inScheme")), NamedNode(vocabulary.scheme("rule")))
        yield Quad(iri, NamedNode(vocabulary.expand("skos:prefLabel")), Literal(name.replace("-", " "), language="en"))
        definition = summaries.get(name, "A reading bound to an exact quote of its source.")
        yield Quad(iri, NamedNode(vocabulary.expand("skos:definition")), Literal(definition, language="en"))


def entail(dataset: Dataset, folder: Path) -> None:
    """Run the entailment rules over the record until nothing new follows; say which rule derives what.

    Raises:
        MappingError: after twelve rounds there is still something new.
    """
    rules = [(path.stem, path.read_text("utf-8")) for path in sorted(folder.glob("*.rq"))]
    place = NamedNode(dataset.vocabulary.graph("entailments"))
    derived: dict[str, set[str]] = {}
    for _ in range(MAX_ROUNDS):
        before = len(dataset)
        for name, text in rules:
            triples = [t for t in dataset.construct_text(text) if not _known(dataset, t)]
            derived.setdefault(name, set()).update(t.predicate.value for t in triples)
            dataset.add(
                Quad(t.subject, t.predicate, t.object, graph) for t in triples for graph in (DefaultGraph(), place)
            )
        if len(dataset) == before:
            break
    else:
        raise MappingError(
            f"{folder}: the rules still derive something new after {MAX_ROUNDS} rounds; expected a fixed point"
        )
    for name, text in rules:
        dataset.add(_described(name, text, derived[name], dataset.vocabulary, place))


def _known(dataset: Dataset, triple: Triple) -> bool:
    s, p, o = triple.subject, triple.predicate, triple.object
    return next(dataset.quads(s, p, o, DefaultGraph()), None) is not None


def _described(name: str, text: str, predicates: set[str], vocabulary: Vocabulary, graph: NamedNode) -> Iterable[Quad]:
    iri = NamedNode(vocabulary.rule(name))
    summary = text.partition("\n")[0].lstrip("# ")
    said: list[tuple[str, Term]] = [("rdf:type", NamedNode(vocabulary.expand("fasti:EntailmentRule"))), ("rdfs:label", Literal(name.replace("-", " "), language="en")),
            ("dct:description", Literal(summary, language="en"))]  # fmt: skip
    said += [("fasti:derives", NamedNode(predicate)) for predicate in sorted(predicates)]
    return [Quad(iri, NamedNode(vocabulary.expand(p)), o, graph) for p, o in said]
