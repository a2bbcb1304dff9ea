"""What things without a name of their own are called, and what tells two documents of one title apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fasti.questions.examples import filled
from fasti.questions.question import questions
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
