"""Forms the record: what the passages support once contradictions are weighed, with what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from fasti.conflicts import Conflict, ConflictWriter, Scale, single_values, spellings, superseded
from fasti.documents import Document
from fasti.errors import MappingError
from fasti.evidence import Evidence, Passage, families, passages, relatives
from fasti.existence import told_once, weigh_intervals
from fasti.mapping import Authority, Identities, Mapped, Rule, completions, mentioned
from fasti.mapping.rules import matched
from fasti.paths import data
from fasti.store import Dataset, DefaultGraph, Literal, NamedNode, Quad, Term, Triple, graph_iri
from fasti.tenure_conflicts import head_conflicts
from fasti.vocabulary import Vocabulary

MAX_ROUNDS = 12  # an entailment that needs more rounds feeds itself
_BLOCK = 50_000  # triples that are in memory at a time


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
    dataset.load_lines("".join(attested(mapped, documents, found, relatives(family))).encode())
    weights = {iri: passage.weight for iri, passage in found.items()}
    part = weighed(mapped.quads, mentioned(mapped.quads, vocabulary), mapped.identities, Scale(weights, family))
    dataset.add([*(Quad(*triple) for triple in part.record), *part.derived])
    finish(
        dataset, part.conflicts, {rule for _, rule in mapped.applications}, mapped.rules, mapped.identities.authority
    )
    return dataset


def attested(
    mapped: Mapped, documents: Iterable[Document], found: Mapping[str, Passage], related: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    """The graph of evidence, in N-Quads: these documents with the other revisions of each, and the passages in them."""
    evidence = Evidence(mapped.identities.vocabulary)
    for document in documents:
        others = related.get(document.stem, ())
        yield from evidence.source(document, mapped.identities.subject(document.stem), others)
    read_by = mapped.read_by()
    for iri, passage in found.items():
        yield from evidence.passage(passage, read_by[iri])


@dataclass(frozen=True, slots=True)
class Part:
    """Some entities of the record, each whole: what passages say of them, and what completes that, in both its graphs."""

    record: tuple[Triple, ...]
    derived: tuple[Quad, ...]
    conflicts: tuple[Conflict, ...]


def weighed(quads: Sequence[Quad], bodies: Iterable[str], identities: Identities, scale: Scale) -> Part:
    """Put into the default graph what no heavier reading contradicts.

    Args:
        quads: all that passages say of some entities, with their parts, and with the tenures of a post; in the order
            of the documents.
        bodies: the bodies among them, and those that somebody only mentions.
        identities: who is who.
        scale: what the passages weigh.
    """
    vocabulary = identities.vocabulary
    heads = list(head_conflicts(quads, vocabulary, scale))
    out = {quad for conflict in heads for quad in conflict.excluded}
    dated = weigh_intervals([quad for quad in quads if quad not in out], vocabulary, scale)
    conflicts = [*heads, *dated.conflicts, *single_values(quads, vocabulary, scale)]
    out |= set(dated.excluded) | {quad for conflict in conflicts for quad in conflict.excluded}
    out |= {*spellings(quads, vocabulary), *superseded(quads, vocabulary)}
    kept = [quad for quad in quads if quad not in out]
    lost = {quad.subject for quad in out} - {quad.subject for quad in kept}
    left = [quad for quad in kept if quad.object not in lost]  # nothing came after a tenure that is not told
    promoted = set(_unnamed(left, vocabulary))
    preferred = NamedNode(vocabulary.expand("skos:prefLabel"))
    record = [quad.triple for quad in left if quad not in promoted]
    derived = [Quad(q.subject, preferred, q.object) for q in left if q in promoted]
    derived += _lacking(completions(quads, bodies, identities), [*record, *derived])
    return Part(tuple(record), tuple(_placed(derived, vocabulary, "entailments")), tuple(conflicts))


def finish(
    dataset: Dataset, conflicts: Iterable[Conflict], applied: Set[str], rules: Sequence[Rule], authority: Authority
) -> None:
    """Add to passages, evidence and weighed record what is about all of them: conflicts, lists, entailments.

    Raises:
        MappingError: an entailment rule does not come to rest, or a data file is not Turtle.
    """
    writer = ConflictWriter(dataset.vocabulary)
    dataset.add([quad for found in told_once(conflicts) for quad in writer.quads(found, _label(found, dataset))])
    _publish_lists(dataset, applied, rules, authority)
    entail(dataset, data("ontology") / "entailments")


def _unnamed(quads: list[Quad], vocabulary: Vocabulary) -> Iterator[Quad]:
    """The other names of what has no preferred name in English, one each: the record prefers that one."""
    preferred, other = (NamedNode(vocabulary.expand(f"skos:{name}")) for name in ("prefLabel", "altLabel"))
    named = {q.subject for q in quads if q.predicate == preferred and getattr(q.object, "language", None) == "en"}
    chosen: dict[NamedNode, Term] = {}
    for quad in quads:
        if quad.predicate == other and getattr(quad.object, "language", None) == "en" and quad.subject not in named:
            chosen.setdefault(quad.subject, quad.object)
    yield from (q for q in quads if q.predicate == other and chosen.get(q.subject) == q.object)


def _lacking(quads: Iterable[Quad], record: Iterable[Quad | Triple]) -> list[Quad]:
    """Those whose subject the record has no such property of, in English where it is a name."""

    def key(said: Quad | Triple) -> tuple[NamedNode, NamedNode, str | None]:
        return said.subject, said.predicate, getattr(said.object, "language", None)

    lacking = [*quads]
    about = {quad.subject for quad in lacking}
    known = {key(said) for said in record if said.subject in about}
    return [quad for quad in lacking if key(quad) not in known]


def _label(conflict: Conflict, dataset: Dataset) -> str:
    """A conflict in words: what it is about, and the values."""
    name = _name(NamedNode(conflict.about), dataset)
    values = " or ".join(sorted(_name(reading.value, dataset) for reading in conflict.readings))
    return f"{name}: {values}"


def _name(term: NamedNode | Literal, dataset: Dataset) -> str:
    """The name of a thing: as the record has it, else as a passage says it, else its slug in words."""
    if isinstance(term, Literal):
        return term.value
    for label in ("skos:prefLabel", "foaf:name"):
        said = dataset.quads(term, NamedNode(dataset.vocabulary.expand(label)))
        names = sorted(
            (graph_iri(q), q.object.value) for q in said if getattr(q.object, "language", None) in (None, "en")
        )
        if names:
            return names[0][1]
    return term.value.rpartition("/")[2].rpartition("#")[2].replace("-", " ")


def _publish_lists(dataset: Dataset, applied: Set[str], rules: Sequence[Rule], authority: Authority) -> None:
    """Vocabulary, code lists, links and the curator's statements: into the record and into their own graphs."""
    ontology = data("ontology")
    for path in [ontology / "fasti.ttl", *sorted((ontology / "schemes").glob("*.ttl"))]:
        dataset.add(_placed(_read(dataset.vocabulary, path), dataset.vocabulary, "vocabulary"))
    links = data("mappings") / "links.ttl"
    found = _read(dataset.vocabulary, links) if links.exists() else []
    # `…/entity#link` describes a link, and belongs to the entity
    kept = [
        q
        for q in found
        if _present(q.subject, dataset) or _present(NamedNode(q.subject.value.partition("#")[0]), dataset)
    ]
    dataset.add(_placed(kept, dataset.vocabulary, "links"))
    _publish_moved(dataset, data("mappings") / "moved.ttl")
    _publish_origins(dataset, data("mappings") / "sources.ttl")
    settled = [
        q
        for q in authority.statements
        if _present(q.subject, dataset) and (isinstance(q.object, Literal) or _present(q.object, dataset))
    ]
    dataset.add(_placed(settled, dataset.vocabulary, "links"))
    dataset.add(_placed(_rules(applied, rules, dataset.vocabulary), dataset.vocabulary, "vocabulary"))


def _present(term: NamedNode, dataset: Dataset) -> bool:
    """Whether the record says something of it."""
    return next(dataset.quads(term, graph=DefaultGraph()), None) is not None


def _read(vocabulary: Vocabulary, path: Path) -> list[Quad]:
    loaded = Dataset.memory(vocabulary)
    try:
        loaded.load(path)
    except (SyntaxError, ValueError) as error:
        raise MappingError(f"{path}: {error}; expected Turtle") from error
    return list(loaded.quads())


def _publish_moved(dataset: Dataset, path: Path) -> None:
    """Names that were given up: into graph/links only, since they name nothing of the record."""
    moved, place = _read(dataset.vocabulary, path), NamedNode(dataset.vocabulary.graph("links"))
    dataset.add([Quad(q.subject, q.predicate, q.object, place) for q in moved if not _present(q.subject, dataset)])


def _publish_origins(dataset: Dataset, path: Path) -> None:
    """Whose words the sources are, and under which licence: with what else is known of them."""
    place = NamedNode(dataset.vocabulary.graph("evidence"))
    read = {q.subject for q in dataset.quads(p=NamedNode(dataset.vocabulary.expand("fasti:sha256")), graph=place)}
    said = _read(dataset.vocabulary, path)
    dataset.add([Quad(q.subject, q.predicate, q.object, place) for q in said if q.subject in read])


def _placed(quads: Iterable[Quad], vocabulary: Vocabulary, graph: str) -> Iterator[Quad]:
    """The same in the record and in a graph of its own."""
    node = NamedNode(vocabulary.graph(graph))
    for quad in quads:
        yield from (Quad(quad.subject, quad.predicate, quad.object, place) for place in (DefaultGraph(), node))


def _rules(applied: Set[str], rules: Sequence[Rule], vocabulary: Vocabulary) -> Iterable[Quad]:
    """Each mapping rule and reading that said something, as a concept of scheme/rule."""
    summaries = {rule.name: rule.summary for rule in rules}
    for name in sorted(applied):
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
    typing = dataset.vocabulary.expand("rdf:type")
    derived: dict[str, set[str]] = {name: set() for name, _ in rules}
    texts = dict(rules)
    due = {name for name, _ in rules}
    for _ in range(MAX_ROUNDS):
        for name in sorted(due):
            due.discard(name)
            answer = (t for t in dataset.construct_text(texts[name]) if not _known(dataset, t))
            while triples := set(islice(answer, _BLOCK)):
                derived[name].update(t.predicate.value for t in triples)
                # properties of which there is more now, and classes that have more members
                grown = {t.object.value if t.predicate.value == typing else t.predicate.value for t in triples}
                due |= {each for each, text in rules if _matches(text, grown, dataset.vocabulary)}
                dataset.add(
                    Quad(t.subject, t.predicate, t.object, graph) for t in triples for graph in (DefaultGraph(), place)
                )
        if not due:
            break
    else:
        raise MappingError(
            f"{folder}: the rules still derive something new after {MAX_ROUNDS} rounds; expected a fixed point"
        )
    for name, text in rules:
        dataset.add(_described(name, text, derived[name], dataset.vocabulary, place))


def _matches(rule: str, grown: Set[str], vocabulary: Vocabulary) -> bool:
    """Whether a rule may find something new where there is more of these properties and classes."""
    named = matched(rule)
    return "?" in named or any(vocabulary.expand(name) in grown for name in named if ":" in name)


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
