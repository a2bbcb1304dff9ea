from __future__ import annotations

import importlib.util
import random
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
from pyoxigraph import RdfFormat

from fasti.build import build
from fasti.paths import data
from fasti.store import Dataset, NamedNode
from fasti.store.embedded import persist
from fasti.validation import clerk, validate, validate_whole
from fasti.vocabulary import Vocabulary

HERE = Path(__file__).parent
TESTS = HERE.parents[1]
COPIES = 80
BROKEN = (  # by the random data, sooner or later: every shape but those that nothing breaks
    *("min", "min2", "max0", "max", "max2", "both", "inverse", "inverseSequence", "star", "plus", "maybe", "deep"),
    *("class", "in", "inLiterals", "hasValue", "nodeKind", "pattern", "patternOdd", "patternFlags", "length"),
    *("languageIn", "uniqueLang", "string", "langString", "integer", "date", "own", "range", "exclusive", "year"),
    *("equals", "disjoint", "less", "lessOrEqual", "nested", "inner", "notNested", "qualified", "ownPart", "Logic"),
    *("one", "oneDeep", "oneThing", "twice"),
    *("NodeItself", "Closed", "named1", "shared", "implicit", "Sparql"),
)
EX = "http://example.org/"
NODES = [f"<{EX}n{n}>" for n in range(1, 9)]
TEXTS = [
    *(
        '"a"',
        '"ab"',
        '"abc d"',
        '"abc"@en',
        '"abcd"@en',
        '"x"@zh-Hans',
        '"x"@zh-Hant',
        '"AB"@en',
        '"abcde"',
        '"ab\\n"',
        '"é"@en-GB',
    ),
    *('""', '"a\\u0085"', "1", f"<{EX}n1>", '"b"@en'),
]
NUMBERS = [
    *("1", "2", "03", "4", "1.0", '"3"', '"en"@en', '"2001-01-01"^^xsd:date', '"2001-02-30"^^xsd:date'),
    *('"2003-01-01"^^xsd:date', '"-0044-01-01"^^xsd:date', '"first"^^xsd:integer', '"x"^^<http://example.org/kind>'),
    *('"1957"^^xsd:gYear', "true", "1e0", '"2"^^xsd:int', f"<{EX}n2>", '"99999999999999999999"^^xsd:integer'),
]

SMALL = ["1", "2", "3"]  # pySHACL stops at what Python cannot compare


def statements(chance: random.Random) -> str:
    """Some statements about eight nodes, as Turtle."""
    lines = ["@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix ex: <http://example.org/> ."]
    lines.append("ex:A2 <http://www.w3.org/2000/01/rdf-schema#subClassOf> ex:A1 .")
    lines.append("ex:A1 <http://www.w3.org/2000/01/rdf-schema#subClassOf> ex:A .")
    for _ in range(chance.randrange(10, 90)):
        property = chance.choice(
            ["a", "a", "ex:p", "ex:p", "ex:q", "ex:q", "ex:r", "ex:text", "ex:text", "ex:number", "ex:low", "ex:high"]
        )
        values = {
            "a": ["ex:A", "ex:A1", "ex:A2", "ex:B", "ex:C"],
            "ex:text": TEXTS,
            "ex:number": NUMBERS,
            "ex:low": SMALL,
            "ex:high": SMALL,
        }.get(property, [*NODES, chance.choice(TEXTS)])
        lines.append(f"{chance.choice(NODES)} {property} {chance.choice(values)} .")
    return "\n".join(lines)


@pytest.fixture(scope="module")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shapes")
    (folder / "components.ttl").write_bytes((HERE / "components.ttl").read_bytes())
    return folder


def load(name: str) -> ModuleType:
    """A module beside the tests."""
    spec = importlib.util.spec_from_file_location(name.replace("/", "_")[:-3], HERE.parent / name)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def dataset(turtle: str) -> Dataset:
    made = Dataset.memory(Vocabulary())
    made.store.load(turtle.encode(), RdfFormat.TURTLE)
    return made


@pytest.mark.parametrize("few", [0, 300])
def test_every_component_gives_the_same_report_screened_and_whole(
    few: int, shapes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Screening may keep pySHACL from looking, never from finding: random data, every component of SHACL Core.

    Both where values are looked up for few targets and where all values of a path are read.
    """
    monkeypatch.setattr(clerk, "_FEW", few)
    chance = random.Random(1)
    found: Counter[str] = Counter()
    for _ in range(40):
        turtle = statements(chance)
        data = dataset(turtle)
        screened, whole = validate(data, shapes), validate_whole(data, shapes)

        assert screened == whole, turtle
        found.update(result.code.rpartition("#")[2] for result in whole.results if "shapes#" in result.code)

    assert {code for code in BROKEN if not found[code]} == set()


def test_findings_are_judged_like_statements_of_the_record(tmp_path: Path) -> None:
    """A shape may look at findings and at the record together."""
    (tmp_path / "findings").mkdir()
    (tmp_path / "findings" / "loop.rq").write_text(
        "CONSTRUCT { ?s <http://example.org/q> ?o } WHERE { ?s <http://example.org/p> ?s ; <http://example.org/r> ?o }"
    )
    (tmp_path / "components.ttl").write_bytes((HERE / "components.ttl").read_bytes())
    chance = random.Random(2)
    loops = 0
    for _ in range(10):
        data = dataset(statements(chance) + "<http://example.org/n1> ex:p <http://example.org/n1> .")
        loops += any(True for _ in data.construct_text((tmp_path / "findings" / "loop.rq").read_text()))

        assert validate(data, tmp_path) == validate_whole(data, tmp_path)

    assert loops > 3


@pytest.mark.parametrize("part", range(3))
def test_every_defect_of_ours_is_reported_wherever_it_is_planted(
    built: ModuleType, part: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All breakages of all shapes in three parts, each breakage in a copy of the good data of its own, drawn by lot."""
    monkeypatch.setattr(clerk, "_FEW", 0 if part == 1 else 100)
    breakages: dict[str, list[str]] = load("ontology/breakages.py").BREAKAGES
    planted = [(code, update) for code, updates in breakages.items() for update in updates][part::3]
    data = built.many(COPIES)
    for (_, update), copy in zip(planted, random.Random(part).sample(range(COPIES), len(planted)), strict=True):
        moved = built.moved(update, copy)
        data.store.update(moved, base_iri=data.vocabulary.base, prefixes=data.vocabulary.prefixes)
    texts = {f"grain-{copy}": built.TEXTS["grain"] for copy in range(COPIES)}
    screened, whole = validate(data, texts=texts), validate_whole(data, texts=texts)

    assert screened == whole
    assert {code for code, _ in planted} <= {result.code for result in screened.results}
    assert len(planted) > 50


@pytest.mark.parametrize("folder", ["seeds", "generality/documents"])
def test_documents_give_the_same_report_screened_and_whole(folder: str) -> None:
    """What is published as the report is what pySHACL says of the whole."""
    texts = sorted((data("seeds") if folder == "seeds" else TESTS / folder).glob("*.txt"))
    made = build(texts, Vocabulary())
    held = {document.stem: document.text for document in made.documents}
    graph = NamedNode(made.dataset.vocabulary.graph("quality"))
    published = [quad for quad in made.dataset.quads(graph=graph) if "/quality#" in quad.subject.value]
    for quad in published:
        made.dataset.store.remove(quad)
    whole = validate_whole(made.dataset, texts=held)

    assert len(texts) in (5, 36)
    assert made.report == whole


def test_several_processes_give_the_same_report(built: ModuleType, tmp_path: Path) -> None:
    """Who does the work shows nowhere."""
    data = built.many(20)
    chance = random.Random(3)
    for updates in load("ontology/breakages.py").BREAKAGES.values():
        moved = built.moved(chance.choice(updates), chance.randrange(20))
        data.store.update(moved, base_iri=data.vocabulary.base, prefixes=data.vocabulary.prefixes)
    persist(data.quads(), tmp_path / "store")
    stored = Dataset.read_only(tmp_path / "store", data.vocabulary)

    assert validate(stored, store=tmp_path / "store", processes=2) == validate(data)
