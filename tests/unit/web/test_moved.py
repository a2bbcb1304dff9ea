"""Names that were given up: 301 to the successor, 410 with the reason."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from fasti import record
from fasti.build import build
from fasti.paths import data
from fasti.store import Dataset, NamedNode
from fasti.vocabulary import Vocabulary


@pytest.mark.parametrize("old", ["record-office", "records-bureau"])
@pytest.mark.parametrize(
    ("place", "ending"),
    [("/id/", ""), ("/doc/", ""), ("/doc/", ".ttl"), ("/id/", "?at=1957"), ("/doc/", ".nt?at=1957")],
)
def test_a_renamed_thing_is_301_to_what_it_is_called_now(
    client: FlaskClient, old: str, place: str, ending: str
) -> None:
    answer = client.get(f"{place}organization/{old}{ending}")

    assert answer.status_code == 301
    assert answer.location == f"{place}organization/bureau-of-records{ending}"


@pytest.mark.parametrize("path", ["/id/person/nobody", "/doc/person/nobody", "/doc/person/nobody.ttl"])
def test_a_withdrawn_thing_is_410_with_the_reason(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept": "application/json"})

    assert answer.status_code == 410
    assert answer.content_type == "application/problem+json"
    assert answer.json["detail"] == "A misreading of 'no body'."  # type: ignore[index]


@pytest.mark.parametrize(
    ("accept", "kind"), [("text/html", "text/html"), ("text/turtle", "text/turtle"), ("*/*", "text/html")]
)
def test_a_410_is_negotiated_as_every_error(client: FlaskClient, accept: str, kind: str) -> None:
    answer = client.get("/doc/person/nobody", headers={"Accept": accept})

    assert (answer.status_code, answer.mimetype) == (410, kind)
    assert "misreading" in answer.text


def test_a_thing_that_was_split_is_410_with_its_successors(client: FlaskClient) -> None:
    answer = client.get("/id/organization/twins", headers={"Accept": "application/json"})

    assert answer.status_code == 410
    assert [iri.rpartition("/")[2] for iri in answer.json["successors"]] == [  # type: ignore[index]
        "bureau-of-records",
        "ministry-of-works",
    ]
    page = client.get("/id/organization/twins", headers={"Accept": "text/html"}).text
    assert 'href="/doc/organization/ministry-of-works"' in page


def test_replacements_in_a_circle_end_in_410(client: FlaskClient) -> None:
    assert client.get("/doc/organization/circle").status_code == 410


def test_a_name_that_is_in_use_again_answers(client: FlaskClient) -> None:
    assert client.get("/doc/organization/bureau-of-records").status_code == 200


def test_the_file_of_given_up_names_is_turtle_and_says_what_became_of_each() -> None:
    dataset = Dataset.memory(Vocabulary())
    dataset.load(Path(data("mappings") / "moved.ttl"))
    words = dataset.vocabulary
    given_up = {q.subject for q in dataset.quads() if q.predicate.value == words.expand("owl:deprecated")}
    explained = {
        q.subject
        for q in dataset.quads()
        if q.predicate.value in (words.expand("dct:isReplacedBy"), words.expand("rdfs:comment"))
    }

    assert {q.subject for q in dataset.quads()} == given_up == explained


def test_the_build_reads_the_file_and_leaves_out_what_the_record_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The names go into graph/links only; one that the documents bring back is an entity again."""
    mappings = tmp_path / "mappings"
    shutil.copytree(data("mappings"), mappings)
    (mappings / "moved.ttl").write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix dct: <http://purl.org/dc/terms/> .\n"
        "<id/organization/old> owl:deprecated true ; dct:isReplacedBy <id/organization/bureau-of-tests> .\n"
        "<id/organization/bureau-of-tests> owl:deprecated true .\n",
        "utf-8",
    )
    monkeypatch.setattr(record, "data", lambda name: mappings if name == "mappings" else data(name))
    document = tmp_path / "one.txt"
    document.write_text("= Bureau of Tests =\n- Type: Bureau\n", "utf-8")
    built = build([document], Vocabulary(), mappings=mappings)
    words = built.dataset.vocabulary
    found = list(built.dataset.quads(p=NamedNode(words.expand("owl:deprecated"))))

    assert [(quad.subject.value, quad.graph_name) for quad in found] == [
        (words.entity("organization", "old"), NamedNode(words.graph("links")))
    ]
    assert built.report.is_publishable
