from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from pyoxigraph import RdfFormat, Store

from fasti.store import Dataset
from fasti.validation import Report, validate

_SPEC = importlib.util.spec_from_file_location("breakages", Path(__file__).parent / "breakages.py")
assert _SPEC is not None
assert _SPEC.loader is not None
_MODULE = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_MODULE)
BREAKAGES: dict[str, list[str]] = _MODULE.BREAKAGES
CASES = [
    pytest.param(code, update, id=f"{code}-{n}")
    for code, updates in BREAKAGES.items()
    for n, update in enumerate(updates)
]


@pytest.fixture(scope="module")
def good(built: ModuleType) -> bytes:
    """The good dataset as N-Quads."""
    dumped = built.good().store.dump(format=RdfFormat.N_QUADS)
    assert isinstance(dumped, bytes)
    return dumped


def broken(built: ModuleType, good: bytes, update: str) -> Report:
    """The report on the good dataset after an update."""
    dataset: Dataset = built.empty()
    dataset.store.load(good, RdfFormat.N_QUADS)
    dataset.store.update(update, base_iri=dataset.vocabulary.base, prefixes=dataset.vocabulary.prefixes)
    return validate(dataset, texts=built.TEXTS)


def test_good_data_conforms_with_its_one_warning(built: ModuleType, good: bytes) -> None:
    """Nothing is reported of good data but the sameness that somebody should look at."""
    report = broken(built, good, "")

    assert report.is_publishable
    assert [(r.code, r.severity) for r in report.results] == [("possible-sameness", "Warning")]
    # SHACL, section 3.6.1.1: a report with any result, of whatever severity, does not say that the data conform
    assert [t.object.value for t in report.triples if t.predicate.value.endswith("shacl#conforms")] == ["false"]


@pytest.mark.parametrize(("code", "update"), CASES)
def test_each_shape_reports_what_breaks_it(built: ModuleType, good: bytes, code: str, update: str) -> None:
    """A shape that cannot fail protects nothing."""
    report = broken(built, good, update)

    assert code in {result.code for result in report.results}


def test_every_shape_has_a_breakage(built: ModuleType) -> None:
    """A new shape comes with the data that breaks it, and with the four things that a result needs."""
    shapes = shapes_store(built)
    rows = shapes.query(
        """SELECT ?shape ?code ?severity ?message WHERE {
             ?shape dct:identifier ?code
             OPTIONAL { ?shape sh:severity ?severity } OPTIONAL { ?shape sh:message ?message } }""",
        prefixes={"dct": "http://purl.org/dc/terms/", "sh": "http://www.w3.org/ns/shacl#"},
    )
    found = [(row["shape"].value, row["code"].value, row["severity"], row["message"]) for row in rows]  # type: ignore[union-attr]

    assert len(found) == len({code for _, code, _, _ in found}) == len(BREAKAGES) == 98
    assert {code for _, code, _, _ in found} == BREAKAGES.keys()
    assert all(shape.endswith(f"shapes#{code}") and severity and message for shape, code, severity, message in found)


def test_every_finding_has_its_shape(built: ModuleType) -> None:
    """A query whose findings no shape judges would run for nothing."""
    queries = {path.stem for path in (built.ONTOLOGY / "shapes" / "findings").glob("*.rq")}

    assert queries < BREAKAGES.keys()


def shapes_store(built: ModuleType) -> Store:
    store = Store()
    for path in (built.ONTOLOGY / "shapes").glob("*.ttl"):
        store.load(path=str(path), format=RdfFormat.TURTLE, base_iri="http://localhost:8000/")
    return store
