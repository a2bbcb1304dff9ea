"""Times validation beside plain pySHACL: `python tests/bench/validating.py RELEASE [--plain]`, RELEASE a release's folder.

Both judge the same release by the same shapes and must give the same report. Plain is what anybody would run: rdflib
reads the judged graphs from a file, and pySHACL validates them whole by the shapes as they stand. What pySHACL has no
words for is found by the same queries on both sides, and the words behind each result are looked up on both, so that it
counts on both.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import rdflib
from pyoxigraph import RdfFormat, serialize

from fasti.paths import data
from fasti.store import Dataset
from fasti.validation import Report, validate
from fasti.validation.clerk import Clerk
from fasti.validation.findings import searches
from fasti.validation.interchange import Interchange
from fasti.validation.judge import Judge
from fasti.validation.neighbourhood import Judged
from fasti.validation.results import report
from fasti.vocabulary import Vocabulary


class Texts(Mapping[str, str]):
    """The texts of a release, each read when it is asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __getitem__(self, stem: str) -> str:
        try:
            return (self.folder / f"{stem}.txt").read_text("utf-8")
        except FileNotFoundError:
            raise KeyError(stem) from None

    def __iter__(self) -> Iterator[str]:
        return (path.stem for path in self.folder.glob("*.txt"))

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True)
class Timed:
    """How long it took, for how many statements, and what came of it."""

    what: str
    statements: int
    judged: int
    results: int
    seconds: float
    parts: Mapping[str, float]

    @property
    def per_million(self) -> float:
        """Seconds for a million statements of the release, were it that large."""
        return self.seconds / self.statements * 1_000_000


def screened(release: Path, processes: int = 2) -> tuple[Timed, Report]:
    """Validate as the build does."""
    dataset = _dataset(release)
    began = time.perf_counter()
    made = validate(dataset, texts=Texts(release / "sources"), store=release / "store", processes=processes)
    took = time.perf_counter() - began
    return Timed(f"screened, {processes} processes", len(dataset), 0, len(made.results), took, {}), made


def plain(release: Path) -> tuple[Timed, Report]:
    """Validate with one run of pySHACL over the whole."""
    dataset = _dataset(release)
    clerk = Clerk(dataset, data("ontology") / "shapes")
    parts: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "judged.nt"
        _write(clerk, file)
        began = time.perf_counter()
        graph = rdflib.Graph(bind_namespaces="none")
        graph.parse(file, format="nt")
        parts["parse"] = time.perf_counter() - began
    judged = len(graph)
    began = time.perf_counter()
    findings = [t for search in searches(clerk.folder / "findings", dataset) for t in clerk.find(search)]
    findings += clerk.compare(Texts(release / "sources"))
    parts["find"] = time.perf_counter() - began
    began = time.perf_counter()
    made = report(clerk.rule_whole(findings, graph), dataset.vocabulary)
    parts["judge"] = time.perf_counter() - began
    return Timed("plain", len(dataset), judged, len(made.results), sum(parts.values()), parts), made


def constraint(release: Path, name: str, target: str) -> Timed:
    """How long pySHACL alone takes for one of the findings, as a SPARQL constraint on the nodes of a class."""
    dataset = _dataset(release)
    clerk = Clerk(dataset, data("ontology") / "shapes")
    query = (clerk.folder / "findings" / f"{name}.rq").read_text("utf-8")
    template, _, pattern = query.partition("WHERE")
    focus, value = template.partition("{")[2].split()[0:3:2]
    declared = "".join(f"PREFIX {p}: <{iri}>\n" for p, iri in dataset.vocabulary.prefixes.items())
    select = f"{declared}SELECT {focus} ({value} AS ?value) WHERE {pattern}"
    shapes = rdflib.Graph()
    shape, asked = rdflib.URIRef("urn:shape"), rdflib.URIRef("urn:asked")
    shapes.add((shape, rdflib.RDF.type, rdflib.SH.NodeShape))
    shapes.add((shape, rdflib.SH.targetClass, rdflib.URIRef(dataset.vocabulary.expand(target))))
    shapes.add((shape, rdflib.SH.sparql, asked))
    shapes.add((asked, rdflib.SH.select, rdflib.Literal(select.replace(focus, "$this"))))
    judged = Judged(dataset, clerk.graphs, ())
    graph = Interchange()
    graph.take(judged.triples())
    began = time.perf_counter()
    found = Judge(shapes, ()).whole(graph.graph)
    took = time.perf_counter() - began
    return Timed(f"pySHACL, {name}", len(dataset), len(graph.graph), len(found), took, {})


def _write(clerk: Clerk, file: Path) -> None:
    quads = (q.triple for graph in clerk.graphs for q in clerk.dataset.quads(graph=graph))
    with file.open("wb") as out:
        serialize(quads, out, RdfFormat.N_TRIPLES)


def _dataset(release: Path) -> Dataset:
    about = json.loads((release / "release.json").read_text("utf-8"))
    return Dataset.read_only(release / "store", Vocabulary(about["base"]))


def main(arguments: list[str]) -> None:
    """Print one JSON line for each way."""
    release = Path(arguments[0])
    fast, made = screened(release)
    print(json.dumps(asdict(fast) | {"per_million": fast.per_million}))  # noqa: T201
    if "--plain" in arguments:
        slow, whole = plain(release)
        print(json.dumps(asdict(slow) | {"per_million": slow.per_million}))  # noqa: T201
        print(f"same report: {made == whole}; {slow.per_million / fast.per_million:.1f} times as fast per statement")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
