"""A graph too large for a page: the first of it is shown, its data are written while they are read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from flask.testing import FlaskClient

from fasti.kept import Kept
from fasti.release import Release
from fasti.store.serialize import FORMATS, Format
from fasti.web import create_app, current, vocabulary


@pytest.fixture
def client(releases: Path) -> Iterator[FlaskClient]:
    """Of an application of its own, which has made no page yet."""
    app = create_app(releases)
    yield app.test_client()
    current(app).close()


RDFLIB = {"jsonld": "json-ld", "ttl": "turtle", "rdf": "xml", "nq": "nquads"}


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.suffix)
def test_a_large_graph_is_written_while_it_is_read(
    client: FlaskClient, release: Release, monkeypatch: pytest.MonkeyPatch, form: Format
) -> None:
    whole = client.get(f"/graph/evidence.{form.suffix}")
    monkeypatch.setattr(vocabulary, "_WHOLE", 30)
    answer = client.get(f"/graph/evidence.{form.suffix}", buffered=True)

    assert (answer.status_code, answer.mimetype) == (200, form.media_type)
    assert answer.headers["Accept-Ranges"] == "none"
    one, other = (rdflib.Dataset() if form.graphs else rdflib.Graph() for _ in range(2))
    for read, body in ((one, whole.data), (other, answer.data)):
        read.parse(data=body, format=RDFLIB.get(form.suffix, form.suffix), publicID=release.base)
    assert len(one) == len(other) > 30
    assert set(one) == set(other)
    again = client.get(
        f"/graph/evidence.{form.suffix}", headers={"If-None-Match": answer.headers["ETag"]}, buffered=True
    )
    assert (again.status_code, again.data) == (304, b"")


def test_an_answer_that_nobody_reads_or_closes_keeps_nobody_from_another(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At most four are written at once."""
    monkeypatch.setattr(vocabulary, "_WHOLE", 30)
    statuses = []
    for _ in range(12):
        answer = client.get("/graph/evidence.nt")
        statuses.append(answer.status_code)
        del answer
        gc.collect()

    assert statuses == [200] * 12


def test_the_page_of_a_large_graph_shows_its_first_statements_and_says_so(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = client.get("/graph/evidence?lang=en", headers={"Accept": "text/html"}).text
    monkeypatch.setattr(vocabulary, "_WHOLE", 30)
    client.application.extensions["fasti.kept"] = Kept()
    page = client.get("/graph/evidence?lang=en", headers={"Accept": "text/html"}).text

    assert "the first ones are shown" in page
    assert 0 < page.count('class="term"') < whole.count('class="term"')
