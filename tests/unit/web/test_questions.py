"""Ready questions as pages: names and IRIs in their blanks, what is wrong told, the answer in every form."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fasti.questions import questions
from fasti.release import Release, publish
from fasti.store import Dataset, Literal, NamedNode, Quad
from fasti.store.terms import DefaultGraph
from fasti.web import create_app, current
from fasti.web.answers import table

HELD = "/questions/holders-of-a-post-on-a-day"
POST, BUREAU = "id/post/director--bureau-of-records", "id/organization/bureau-of-records"
MARKUP = '<img src=x onerror="alert(1)"> & Co'


def get(client: FlaskClient, address: str, **kept: str) -> TestResponse:
    return client.get(address, query_string=kept or None, headers={"Accept": "text/html"})


def test_the_questions_are_listed_by_topic_with_open_blanks(client: FlaskClient) -> None:
    answer = get(client, "/questions/")

    assert answer.status_code == 200
    assert answer.text.count("<h3>") == len(questions()) == 17
    assert '<span class="blank">A post</span>: who held it on <span class="blank">a day</span>?' in answer.text
    for name in questions():
        assert f'href="/questions/{name}"' in answer.text


@pytest.mark.parametrize("name", questions())
def test_each_question_answers_in_every_form_and_below_100_kb(client: FlaskClient, name: str) -> None:
    page = get(client, f"/questions/{name}")
    assert page.status_code == 200
    assert len(page.data) < 100_000

    for suffix, media_type in (
        ("csv", "text/csv"),
        ("json", "application/sparql-results+json"),
        ("rq", "application/sparql-query"),
    ):
        twin = client.get(f"/questions/{name}.{suffix}")
        assert (twin.status_code, twin.mimetype) == (200, media_type)


def test_every_column_has_a_heading(client: FlaskClient, release: Release) -> None:
    """A heading is words, not the name of a variable."""
    checked = 0
    variables = {
        name: client.get(f"/questions/{name}.json").get_json(force=True)["head"]["vars"] for name in questions()
    }
    with client.application.test_request_context():
        for name, columns in variables.items():
            row = {
                column: {"type": "literal", "value": "x"} for column in columns if not column.lower().endswith("time")
            }
            headings = table(release, columns, [row]).headings
            assert all(heading[:1].isupper() and heading not in columns for heading in headings), (name, headings)
            checked += len(headings)

    assert checked > 80


def test_a_name_and_an_iri_and_a_page_mean_the_same(client: FlaskClient, release: Release) -> None:
    spellings = ["Director", "DIRECTOR", "director, bureau of  records", "Director, Bureau of Records", "Director, 记录局", release.base + POST,
                 release.base + POST.replace("id/", "doc/")]  # fmt: skip
    for post in spellings:
        answer = get(client, HELD, post=post, day="1956-06-01")
        assert answer.status_code == 200, post
        assert re.findall(r'<td><a href="/doc/person/([\w-]+)">', answer.text) == ["he-zai"], post
        assert 'value="Director"' in answer.text


def test_certain_and_possible_are_told_apart_in_words_and_form(client: FlaskClient) -> None:
    certain = get(client, HELD, post="Director", day="1956-12-31").text
    possible = get(client, HELD, post="Director", day="1990-01-01").text

    assert re.findall(r"(?:certain|possible)(?=</span>)", certain) == ["certain"]
    assert '<tr class="possible"><td><span class="certainty possible">possible</span></td>' in possible
    assert "from 1957, end unknown" in possible


def test_a_day_is_expected_where_something_else_is_found(client: FlaskClient) -> None:
    for wrong in ("1966", "1966-05", "1966-02-30", "20 May 1966", "0000-01-01", "１９６６-05-20", "1966-5-20", MARKUP):
        answer = get(client, HELD, post="Director", day=wrong)
        assert answer.status_code == 400, wrong
        assert "A day was expected, as 1966-05-20" in answer.text
        assert 'aria-invalid="true"' in answer.text
        assert "<img" not in answer.text
        assert client.get(HELD + ".csv", query_string={"post": "Director", "day": wrong}).status_code == 400


def test_an_unknown_name_is_told_and_leads_to_the_search(client: FlaskClient) -> None:
    for wrong in (
        "No Such Post",
        MARKUP,
        "http://localhost:8000/id/post/none",
        "https://example.org/",
        "Director, Nowhere",
    ):
        answer = get(client, HELD, post=wrong, day="1966-05-20")
        assert answer.status_code == 404, wrong
        assert "/search?q=" in answer.text
        assert "<img" not in answer.text
        assert client.get(HELD + ".json", query_string={"post": wrong, "day": "1966-05-20"}).status_code == 404
    assert get(client, HELD, post="Bureau of Records", day="1966-05-20").status_code == 404


def test_a_blank_is_given_once_and_not_left_empty(client: FlaskClient) -> None:
    assert get(client, HELD + "?post=&day=1966-05-20").status_code == 400
    assert get(client, HELD + "?post=Director&post=Director&day=1966-05-20").status_code == 400
    assert get(client, "/questions/conflicts?page=0").status_code == 400
    assert get(client, "/questions/conflicts?page=x").status_code == 400
    assert get(client, "/questions/none").status_code == 404
    assert client.get("/questions/none.csv").status_code == 404


def test_a_blank_that_is_not_mentioned_has_its_example_or_the_day_of_the_page(client: FlaskClient) -> None:
    assert f'value="{questions()["holders-of-a-post-on-a-day"].blanks[1].default}"' in get(client, HELD).text
    dated = get(client, HELD, at="1966-05-20").text

    assert 'value="1966-05-20"' in dated
    assert '<input type="hidden" name="at" value="1966-05-20">' in dated
    assert "at=1966-05-20" in dated


def test_the_query_shown_is_the_one_that_answers(client: FlaskClient) -> None:
    """The link to the query page, the file and the answer are of one text, which runs as it stands."""
    parameters = {"post": "Director", "day": "1956-06-01"}
    page = get(client, HELD, **parameters).text
    text = client.get(HELD + ".rq", query_string=parameters).text
    link = next(each for each in re.findall(r'href="([^"]+)"', page) if each.startswith("/sparql?query="))
    asked = client.get("/sparql", query_string={"query": text}, headers={"Accept": "text/csv"})

    assert parse_qs(urlsplit(html.unescape(link)).query)["query"] == [text]
    assert f"VALUES (?post ?day) {{ (<http://localhost:8000/{POST}>" in text
    assert text.startswith(f"# <http://localhost:8000/{POST}>: who held it on 1956-06-01?\n")
    assert asked.data == client.get(HELD + ".csv", query_string=parameters).data
    rows = list(csv.DictReader(io.StringIO(asked.text)))
    assert [(row["certainty"], row["personLabel"], row["when"]) for row in rows] == [
        ("possible", "He Zai", "1956/1957")
    ]


def test_the_same_question_is_asked_of_days_around(client: FlaskClient) -> None:
    page = get(client, HELD, post="Director", day="1988-02-29").text
    days = re.findall(
        r"day=(\d{4}-\d\d-\d\d)", page[page.index("other-days") : page.index("</p>", page.index("other-days"))]
    )

    assert days == ["1987-02-28", "1988-02-28", "1988-03-01", "1989-02-28"]
    assert "other-days" not in get(client, "/questions/career-of-a-person").text
    assert "9999-12-31" in get(client, HELD, post="Director", day="9999-12-31").text


def test_where_the_sources_disagree_about_what_is_asked_it_is_told(client: FlaskClient) -> None:
    page = get(client, "/questions/head-of-a-body-on-a-day", body="Bureau of Records", day="2024-01-01").text

    assert "The sources disagree here:" in page
    assert 'href="/doc/conflict/head--bureau-of-records"' in page


def test_links_stay_below_the_path_that_the_application_is_at(client: FlaskClient) -> None:
    page = client.get(HELD, headers={"Accept": "text/html"}, environ_overrides={"SCRIPT_NAME": "/data"}).text

    assert all(link.startswith(("/data/", "#", "http")) for link in re.findall(r'(?:href|action|src)="([^"]+)"', page))


def test_an_answer_without_rows_does_not_say_that_there_was_nobody(client: FlaskClient) -> None:
    page = get(client, HELD, post="Director", day="1900-01-01").text

    assert "That is not to say that there was nobody or nothing." in page


@pytest.fixture(scope="module")
def crowded(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The fixture with a body whose name is markup, and a hundred and twenty bodies of one name below it."""
    vocabulary = dataset.vocabulary
    made = Dataset.memory(vocabulary)
    made.add(dataset.quads())

    def say(subject: str, name: str, value: NamedNode | Literal) -> None:
        made.add(
            [Quad(NamedNode(vocabulary.base + subject), NamedNode(vocabulary.expand(name)), value, DefaultGraph())]
        )

    whole, kind = (
        NamedNode(vocabulary.entity("organization", "markup")),
        NamedNode(vocabulary.expand("org:Organization")),
    )
    say("id/organization/markup", "rdf:type", kind)
    say("id/organization/markup", "rdfs:label", Literal(MARKUP, language="en"))
    for number in range(120):
        part = f"id/organization/office--{number}"
        say(part, "rdf:type", kind)
        say(part, "rdfs:label", Literal("Office" if number else f"Office {MARKUP}", language="en"))
        say(part, "org:transitiveSubOrganizationOf", whole)
        say(part, "org:subOrganizationOf", whole)
    folder = tmp_path_factory.mktemp("crowded")
    publish(made, {"records": b"text"}, folder)
    app = create_app(Path(folder))
    with app.test_client() as client:
        yield client
    current(app).close()


def test_markup_in_a_name_is_text_wherever_it_stands(crowded: FlaskClient) -> None:
    page = get(crowded, "/questions/units-of-a-body-on-a-day", body=MARKUP, day="1966-05-20")

    assert page.status_code == 200
    assert "<img" not in page.text
    assert page.text.count("&lt;img") >= 4
    assert MARKUP not in crowded.get("/questions/units-of-a-body-on-a-day.rq", query_string={"body": MARKUP}).text


def test_a_long_answer_comes_page_by_page_and_whole_in_the_data(crowded: FlaskClient) -> None:
    parameters = {"body": MARKUP, "day": "1966-05-20"}
    first = get(crowded, "/questions/units-of-a-body-on-a-day", **parameters).text
    last = get(crowded, "/questions/units-of-a-body-on-a-day", **parameters, page="3").text
    beyond = get(crowded, "/questions/units-of-a-body-on-a-day", **parameters, page="4").text
    data = crowded.get("/questions/units-of-a-body-on-a-day.csv", query_string=parameters).text

    assert "120 rows" in first
    assert "Page 1 of 3" in first
    assert (first.count("<tr"), last.count("<tr")) == (51, 21)
    assert "page=2" in first
    assert "The answer is not that long." in beyond
    assert len(list(csv.reader(io.StringIO(data)))) == 121


def test_several_things_of_one_name_are_offered_as_choices(crowded: FlaskClient) -> None:
    page = get(crowded, "/questions/units-of-a-body-on-a-day", body="Office", day="1966-05-20")
    choices = re.findall(r'<li><a href="([^"]+)">Office</a>', page.text)
    data = crowded.get("/questions/units-of-a-body-on-a-day.csv", query_string={"body": "Office", "day": "1966-05-20"})

    assert page.status_code == 200
    assert "Several have this name" in page.text
    assert len(choices) == 50
    assert get(crowded, html.unescape(choices[0])).status_code == 200
    assert "id%2Forganization%2Foffice--" in choices[0]
    assert "day=1966-05-20" in choices[0]
    assert data.status_code == 400
    assert "one IRI was expected" in data.text


@pytest.mark.parametrize("path", ["/questions/none.csv", "/questions/holders-of-a-post.json?post=none", "/browse/none.json", "/search.json?kind=none", "/source/none.txt"])  # fmt: skip
def test_who_wants_data_and_accepts_anything_is_told_in_data(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept": "*/*"})

    assert answer.status_code in (400, 404)
    assert answer.mimetype == "application/problem+json"
    assert client.get(path, headers={"Accept": "text/html, */*;q=0.8"}).mimetype == "text/html"
