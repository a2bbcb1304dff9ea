"""Search as a page, as JSON and while typing: what is found, how it is told, and that no text does harm."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fasti.release import publish
from fasti.store import Dataset, Literal, NamedNode, Quad
from fasti.vocabulary import Vocabulary
from fasti.web import create_app


def text(client: FlaskClient, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, response.get_data(as_text=True)
    return response.get_data(as_text=True)


def names(page: str) -> list[str]:
    return re.findall(r'<a class="who" href="([^"?]*)', page)


def test_a_body_is_found_by_its_chinese_name_which_is_told(client: FlaskClient) -> None:
    page = text(client, "/search?q=记录")

    assert names(page) == ["/doc/organization/bureau-of-records"]
    assert re.search(r'Chinese, simplified</span> <span class="name" lang="zh-hans">记录局</span>', page)
    assert "Ministry of Works" in page


def test_a_hit_keeps_moment_and_language_and_says_how_it_stands_then(client: FlaskClient) -> None:
    page = text(client, "/search?q=registry&at=1940&lang=zh-Hans")

    assert 'href="/doc/organization/old-registry?at=1940&amp;lang=zh-Hans"' in page
    assert '<li class="excluded">' in page
    assert '<li class="certain">' in text(client, "/search?q=registry&at=1934")


def test_nothing_found_says_what_could_be_tried(client: FlaskClient) -> None:
    page = text(client, "/search?q=%3Cb%3Ezzz&kind=person")

    assert "No name is like “&lt;b&gt;zzz”" in page
    assert 'href="/search?q=%3Cb%3Ezzz"' in page
    assert "<b>" not in page
    offered = [link for link in re.findall(r'href="(/search[^"]*)"', page) if "zzz" not in link]
    assert len(offered) == 2  # in English and in Chinese
    assert all(names(text(client, link)) for link in offered)


def test_the_page_without_a_question_offers_names_of_each_language(client: FlaskClient) -> None:
    page = text(client, "/search")

    assert 'lang="zh-hans">记录局</a>' in page
    assert "Nothing is called" not in page


def test_a_kind_narrows_the_search_and_an_unknown_one_is_refused(client: FlaskClient) -> None:
    assert names(text(client, "/search?q=e&kind=person")) == []
    assert names(text(client, "/search?q=li&kind=person")) == ["/doc/person/li-na"]
    assert "expected in &#39;kind&#39;" in text(client, "/search?q=e&kind=nothing", 400)


@pytest.mark.parametrize(("page", "status"), [("0", 400), ("x", 400), ("51", 400), ("2", 404), ("", 200), ("1", 200)])
def test_a_page_that_there_is_not_is_told(client: FlaskClient, page: str, status: int) -> None:
    assert client.get(f"/search?q=bureau&page={page}").status_code == status
    assert client.get(f"/search.json?q=bureau&page={page}").status_code == status


def test_json_has_the_members_that_are_promised(client: FlaskClient) -> None:
    found = json.loads(text(client, "/search.json?q=foundation"))

    assert found == {
        "query": "foundation", "kind": None, "page": 1, "total": 1, "isMore": False, "next": None,
        "hits": [{
            "iri": "http://localhost:8000/id/event/foundation--bureau-of-records",
            "label": "Foundation of the Bureau of Records", "language": "en", "kind": "event",
            "name": {"text": "Foundation of the Bureau of Records", "language": "en", "kind": "preferred"},
            "parent": {"iri": "http://localhost:8000/id/organization/bureau-of-records", "label": "Bureau of Records"},
            "edtf": "1949-10", "page": "/doc/event/foundation--bureau-of-records",
        }],
    }  # fmt: skip


def test_suggestions_are_in_the_form_of_opensearch(client: FlaskClient) -> None:
    """OpenSearch Suggestions 1.1: the text, completions, descriptions, addresses, in arrays of one length."""
    response = client.get("/suggest?q=记")
    typed, completions, descriptions, addresses = json.loads(response.get_data(as_text=True))

    assert response.content_type == "application/x-suggestions+json"
    assert (typed, completions, addresses) == ("记", ["记录局"], ["/doc/organization/bureau-of-records"])
    assert descriptions == ["Chinese, simplified · body · Ministry of Works"]
    assert json.loads(text(client, "/suggest")) == ["", [], [], []]


def test_the_description_for_browsers_leads_to_the_public_address(client: FlaskClient) -> None:
    root = ElementTree.fromstring(text(client, "/opensearch.xml"))
    urls = {url.get("type"): url.get("template") for url in root.iter("{http://a9.com/-/spec/opensearch/1.1/}Url")}

    assert urls["text/html"] == "http://localhost:8000/search?q={searchTerms}&page={startPage?}"
    assert urls["application/x-suggestions+json"] == "http://localhost:8000/suggest?q={searchTerms}"


def test_below_a_sub_path_every_link_stays_there(app: Flask) -> None:
    with app.test_client() as client:
        page = client.get("/search?q=bureau", environ_overrides={"SCRIPT_NAME": "/fasti"}).get_data(as_text=True)
        suggested = client.get("/suggest?q=bureau", environ_overrides={"SCRIPT_NAME": "/fasti"}).get_json(force=True)

    links = re.findall(r'(?:href|action|src|data-suggest)="(/[^"]*)"', page)
    assert len(links) > 10
    assert [link for link in links if not link.startswith("/fasti/")] == []
    assert all(link.startswith("/fasti/doc/") for link in suggested[3])


def test_the_query_behind_it_finds_the_same_thing(client: FlaskClient) -> None:
    page = text(client, "/search?q=old+registry")
    query = re.search(r'href="(/sparql\?query=[^"]+)"', page)

    assert query is not None
    answer = client.get(query[1], headers={"Accept": "text/csv"}).get_data(as_text=True)
    assert "http://localhost:8000/id/organization/old-registry" in answer


@pytest.mark.parametrize(
    "typed", ['"', "'", "\\", "</script><script>alert(1)", "\r\nX: y", "\0", "𠀀", "%", "a" * 4000]
)
def test_no_text_is_too_odd_for_any_of_the_answers(client: FlaskClient, typed: str) -> None:
    for path in ("/search", "/search.json", "/suggest"):
        response = client.get(path, query_string={"q": typed})
        assert response.status_code == 200
        assert "<script>alert" not in response.get_data(as_text=True) or response.mimetype != "text/html"


def test_a_new_release_is_searched_as_soon_as_it_is_served(tmp_path: Path) -> None:
    words = Vocabulary()

    def named(name: str) -> Dataset:
        made = Dataset.memory(words)
        node = NamedNode(words.entity("organization", "one"))
        made.add([Quad(node, NamedNode(words.expand("rdfs:label")), Literal(name, language="en"))])
        return made

    publish(named("First name"), {}, tmp_path)
    with create_app(tmp_path).test_client() as client:
        assert client.get("/suggest?q=first").get_json(force=True)[1] == ["First name"]
        publish(named("Second name"), {}, tmp_path)
        assert client.get("/suggest?q=first").get_json(force=True)[1] == []
        assert client.get("/suggest?q=second").get_json(force=True)[1] == ["Second name"]
