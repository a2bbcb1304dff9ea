"""What things without a name of their own are called, and what tells two documents of one title apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from tests.unit.web.conftest import PREFIXES  # type: ignore[import-not-found]

from fasti.questions.examples import filled
from fasti.questions.question import questions
from fasti.release import publish
from fasti.store import Dataset
from fasti.vocabulary import Vocabulary
from fasti.web import create_app, current

TEXT = """= Office of Weights =
- Native Name: 度量局
- Parent Organization: Ministry of Works
- {line}

== Director ==
- Li Na (1956–1957, head)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, build_release: Any) -> Iterator[Flask]:
    """Two revisions of one text."""
    folder = tmp_path_factory.mktemp("twins")
    for name, line in (("001_a", "Founded: 1949"), ("002_b", "Founded: 1951")):
        (folder / f"{name}.txt").write_text(TEXT.format(line=line), "utf-8")
    build_release(folder / "releases", "http://localhost:8000/", seeds=folder)
    app = create_app(folder / "releases")
    yield app
    current(app).close()


@pytest.fixture
def client(site: Flask) -> FlaskClient:
    return site.test_client()


def page(client: FlaskClient, path: str) -> str:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def test_documents_of_one_title_are_told_apart_wherever_they_are_named(client: FlaskClient) -> None:
    """A line of one and a line of the other do not look like two lines of one document."""
    body = page(client, "/doc/organization/office-of-weights")

    assert "Office of Weights (001), line" in body
    assert "Office of Weights (002), line" in body
    assert "(001)" in page(client, "/doc/source/001_a")


def test_one_thing_is_counted_as_one(client: FlaskClient) -> None:
    found = page(client, "/")

    assert "1 post " in found
    assert "2 documents" in found


def test_a_licence_a_file_and_a_passage_are_called_as_a_reader_would(client: FlaskClient) -> None:
    about = page(client, "/doc/source/001_a")

    assert "CC BY-SA 4.0" in about
    assert "001_a.txt" in about
    assert "001 a.txt" not in about
    assert not re.search(r"\bpassage \d+ \d+\b", about)


def test_the_blanks_of_an_example_are_filled_with_different_things(site: Flask) -> None:
    """`Who worked under both` of one body and itself is no question."""
    dataset = current(site).release().dataset
    for question in questions().values():
        terms = filled(dataset, question)
        assert len({*terms.values()}) == len(terms), question.name


UNITS = """
<id/organization/mint> a org:Organization ; skos:prefLabel "Mint"@en ; rdfs:label "Mint"@en .
<id/organization/registry--mint--1955> org:subOrganizationOf <id/organization/mint> ; rdfs:label "Registry"@en ;
  a org:Organization ; skos:prefLabel "Registry"@en ; fasti:existedDuring <id/organization/registry--mint--1955#existence> .
<id/organization/registry--mint--1955#existence> a time:Interval ; fasti:beginStatus status:known ;
  fasti:endStatus status:known ; fasti:earliestBegin "1955-01-01"^^xsd:date ; fasti:latestBegin "1955-12-31"^^xsd:date ;
  fasti:earliestEnd "1966-01-01"^^xsd:date ; fasti:latestEnd "1966-12-31"^^xsd:date ; fasti:edtf "1955/1966"^^edtf:EDTF .
<id/organization/registry--mint> org:subOrganizationOf <id/organization/mint> ; rdfs:label "Registry"@en ;
  a org:Organization ; skos:prefLabel "Registry"@en .
<id/organization/archive--mint> org:subOrganizationOf <id/organization/mint> ; rdfs:label "Archive"@en ;
  a org:Organization ; skos:prefLabel "Archive"@en ; fasti:existedDuring <id/organization/registry--mint--1955#existence> .
"""


def test_units_of_one_name_are_told_apart_by_their_dates(tmp_path: Path) -> None:
    """A unit and the one that took its place stand in one list; what has a name of its own needs no date there."""
    (tmp_path / "data.ttl").write_text(PREFIXES + UNITS, "utf-8")
    dataset = Dataset.memory(Vocabulary())
    dataset.load(tmp_path / "data.ttl")
    publish(dataset, {}, tmp_path / "releases")
    app = create_app(tmp_path / "releases")
    try:
        body = page(app.test_client(), "/doc/organization/mint")
    finally:
        current(app).close()

    assert body.count("Registry 1955 to 1966") == 1
    assert "Archive 1955" not in body
