from __future__ import annotations

import time
from pathlib import Path
from types import ModuleType

import pytest
from pyoxigraph import BlankNode

from fasti.errors import ValidationError
from fasti.store import Dataset
from fasti.validation import Report, validate

BASE = "http://localhost:8000/"


def after(built: ModuleType, update: str) -> Dataset:
    dataset: Dataset = built.good()
    dataset.store.update(update, base_iri=BASE, prefixes=dataset.vocabulary.prefixes)
    return dataset


BREAK_END = "INSERT DATA { <id/membership/ann-li--director--office--1956> org:member <id/person/bo-wu> }"
BREAK_MORE = "DELETE WHERE { <id/organization/office> rdfs:label ?o } ; DELETE WHERE { ?post org:postIn ?o }"


def test_violations_stop_a_release_and_say_whence_they_come(built: ModuleType) -> None:
    """A curator must find the line and the rule without opening the data."""
    report = validate(after(built, BREAK_END))
    result = next(r for r in report.violations if r.code == "membership-member")

    assert not report.is_publishable
    assert result.focus == BASE + "id/membership/ann-li--director--office--1956"
    assert result.path == "http://www.w3.org/ns/org#member"
    assert result.passages == (BASE + "id/passage/grain/13-31",)
    assert result.rules == (BASE + "scheme/rule#reading",)
    assert 'Read from grain.txt:2 "Ann Li (1956–1957)" (reading).' in str(result)
    assert "\n" not in str(result)
    with pytest.raises(ValidationError, match=r"membership-member: .*grain\.txt:2"):
        report.require()


def test_rules_of_a_passage_with_several_applications_are_named(built: ModuleType) -> None:
    """Where several rules read a passage, fasti:application names them."""
    report = validate(after(built, "DELETE WHERE { <id/person/cy-ma> foaf:name ?o }"))
    result = next(r for r in report.results if r.code == "person-name")

    assert result.rules == (BASE + "scheme/rule#reading",)


def test_warnings_are_published_and_stop_nothing(built: ModuleType) -> None:
    """The good dataset has one warning."""
    report = validate(built.good())

    assert report.is_publishable
    assert [r.severity for r in report.results] == ["Warning"]
    report.require()


def test_the_report_has_no_blank_nodes_and_the_same_order_each_time(built: ModuleType) -> None:
    """The report is part of the release, whose bytes repeat."""
    one, two = (validate(after(built, f"{BREAK_END} ; {BREAK_MORE}")) for _ in range(2))

    assert one == two
    assert not any(isinstance(term, BlankNode) for triple in one.triples for term in triple)
    assert {str(t.subject) for t in one.triples} == {
        f"<{BASE}graph/quality#{name}>" for name in ("report", *(f"result-{n + 1}" for n in range(len(one.results))))
    }
    assert [r.severity for r in one.results] == sorted(r.severity for r in one.results)  # violations first


def test_alternative_paths_name_the_property_that_has_the_value(built: ModuleType) -> None:
    """A path that SHACL writes as a blank node would say nothing."""
    report = validate(after(built, 'INSERT DATA { <id/organization/office> skos:altLabel "Office*"@en }'))
    result = next(r for r in report.results if r.code == "label-residue")

    assert (result.path, result.value) == ("http://www.w3.org/2004/02/skos/core#altLabel", "Office*")


def test_quotes_are_compared_where_the_texts_are_given(built: ModuleType) -> None:
    """Offsets count code points of the very text that is served."""
    good = built.good()

    assert "passage-text" not in codes(validate(good, texts=built.TEXTS))
    assert "passage-text" in codes(validate(good, texts={"grain": " " + built.TEXTS["grain"]}))


ANN = "<id/membership/ann-li--director--office--1956#"
IN_ROME = f"""
DELETE WHERE {{ {ANN}time> fasti:edtf ?o }} ;
DELETE WHERE {{ {ANN}time> fasti:earliestBegin ?o }} ;
DELETE WHERE {{ {ANN}time> fasti:latestBegin ?o }} ;
DELETE WHERE {{ {ANN}time> fasti:earliestEnd ?o }} ;
DELETE WHERE {{ {ANN}time> fasti:latestEnd ?o }} ;
DELETE WHERE {{ {ANN}begin> time:inXSDgYear ?o }} ;
DELETE WHERE {{ {ANN}end> time:inXSDgYear ?o }} ;
INSERT DATA {{
  {ANN}time> fasti:edtf "-0044/-0043"^^edtf:EDTF ;
    fasti:earliestBegin "-0044-01-01"^^xsd:date ; fasti:latestBegin "-0044-12-31"^^xsd:date ;
    fasti:earliestEnd "-0043-01-01"^^xsd:date ; fasti:latestEnd "-0043-12-31"^^xsd:date .
  {ANN}begin> time:inXSDgYear "-0044"^^xsd:gYear .
  {ANN}end> time:inXSDgYear "-0043"^^xsd:gYear .
}}"""


def test_years_before_the_first_are_dates_too(built: ModuleType) -> None:
    """Consuls held office before the year 1, which Python's dates do not have."""
    report = validate(after(built, IN_ROME))

    assert codes(report) == {"possible-sameness", "tenure-before-body", "unsupported"}


def test_malformed_literals_are_results_and_not_log_lines(built: ModuleType, caplog: pytest.LogCaptureFixture) -> None:
    """The curator is told once, by the shape, with the passage."""
    report = validate(after(built, f'INSERT DATA {{ {ANN}time> fasti:latestEnd "1957-02-30"^^xsd:date }}'))

    assert "malformed-value" in codes(report)
    assert not caplog.records


def test_a_folder_without_shapes_is_an_error(built: ModuleType, tmp_path: Path) -> None:
    """Nothing to break must not mean that everything conforms."""
    with pytest.raises(ValidationError, match="found no shapes"):
        validate(built.good(), shapes=tmp_path)


def test_a_dataset_of_real_size_is_judged_in_time(built: ModuleType) -> None:
    """Five documents give some 12 000 statements; judging them is a small part of a five-second build."""
    dataset = built.many(60)
    began = time.perf_counter()
    report = validate(dataset)
    took = time.perf_counter() - began

    assert report.is_publishable
    assert took < 4, f"{took:.1f} s"  # about 0.8 s on an idle machine


def codes(report: Report) -> set[str]:
    return {result.code for result in report.results}
