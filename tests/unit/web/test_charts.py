"""Charts over HTTP: the page, the picture, the rows; what they say and what they never say."""

from __future__ import annotations

import csv
import hashlib
import io
import itertools
import json
import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fasti.release import publish
from fasti.store import Dataset
from fasti.vocabulary import Vocabulary
from fasti.web import create_app, current
from fasti.web.charts.lineage import _telling
from fasti.web.charts.stretches import Stretch
from fasti.web.charts.timeline import _axis
from fasti.web.charts.timeline_rows import TimelineRow
from fasti.web.moments import Bounds, Certainty, parse

BASE = "http://localhost:8000/"
SVG = "{http://www.w3.org/2000/svg}"
PREFIXES = """
@prefix fasti: <def#> . @prefix org: <http://www.w3.org/ns/org#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix time: <http://www.w3.org/2006/time#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix status: <scheme/date-status#> .
"""
MARKUP = "<script>alert(1)</script> & Sons"
PATHS = [
    "/chart/timeline/post/director--bureau-of-records",
    "/chart/timeline/organization/bureau-of-records",
    "/chart/timeline/organization/ministry-of-works",
    "/chart/timeline/person/wang-gang",
    "/chart/organization/organization/ministry-of-works",
    "/chart/organization/organization/crowd",
    "/chart/succession/organization/middle",
    "/chart/succession/organization/bureau-of-records",
]


def interval(iri: str, begin: str, end: str, *bounds: str) -> str:
    """An interval to the precision of years."""
    named = zip(("earliestBegin", "latestBegin", "earliestEnd", "latestEnd"), bounds, strict=True)
    days = "".join(f'; fasti:{name} "{day}"^^xsd:date ' for name, day in named if day)
    ends = (("begin", bounds[0]), ("end", bounds[3]))
    days += "".join(f'; fasti:{name}Edtf "{day[:4]}" ' for name, day in ends if day)
    return f"<{iri}> a time:Interval ; fasti:beginStatus status:{begin} ; fasti:endStatus status:{end} {days}.\n"


def body(slug: str, name: str, *time: str) -> str:
    dated = f"; fasti:existedDuring <id/organization/{slug}#existence> " if time else ""
    label = f'"""{name}"""@en'
    made = f"<id/organization/{slug}> a org:Organization ; rdfs:label {label} ; skos:prefLabel {label} {dated}.\n"
    return made + (interval(f"id/organization/{slug}#existence", *time) if time else "")


def change(slug: str, year: int, before: list[str], after: list[str]) -> str:
    sides = [("original", b) for b in before] + [("resulting", a) for a in after]
    links = " ; ".join(f"org:{side}Organization <id/organization/{each}>" for side, each in sides)
    inverse = "".join(
        f"<id/organization/{each}> org:{'changedBy' if side == 'original' else 'resultedFrom'} <id/event/{slug}> .\n"
        for side, each in sides
    )
    days = (f"{year}-01-01", f"{year}-12-31") * 2
    return (
        f'<id/event/{slug}> a org:ChangeEvent ; {links} ; rdfs:label "{slug}"@en ; time:hasTime <id/event/{slug}#time> .\n'
        + inverse
        + interval(f"id/event/{slug}#time", "known", "known", *days)
    )


def tenure(slug: str, post: str, person: str, *time: str) -> str:
    iri = f"id/membership/{slug}"
    return (
        f"<{iri}> a org:Membership ; org:member <id/person/{person}> ; fasti:post <id/post/{post}> ; "
        f"org:organization <id/organization/ministry-of-works> ; org:memberDuring <{iri}#time> .\n"
        f'<id/person/{person}> a foaf:Person ; rdfs:label "{person.title()}"@en .\n' + interval(f"{iri}#time", *time)
    )


def world() -> str:
    """Splits and mergers, a crowd of units, a post of many holders, markup in names, a tenure that lost a conflict."""
    before = ("known", "known", "1900-01-01", "1900-12-31", "1949-01-01", "1949-12-31")
    after = ("known", "ongoing", "1949-01-01", "1949-12-31", "", "")
    bodies = body("left", MARKUP, *before) + body("right", "Right", *before) + body("middle", "Middle", *after)
    bodies += body("late-one", "Late One") + body("late-two", "Late Two") + body("crowd", "Crowd")
    units = "".join(body(f"unit-{n:04d}", f"Unit {n}", *(before if n % 2 else after)) for n in range(120))
    units += "".join(
        f"<id/organization/unit-{n:04d}> org:subOrganizationOf <id/organization/crowd> .\n" for n in range(120)
    )
    chain = itertools.pairwise(("bureau-of-records", "deep", "deeper"))
    units += body("deep", "Deep") + body("deeper", "Deeper")
    units += "".join(f"<id/organization/{one}> org:subOrganizationOf <id/organization/{of}> .\n" for of, one in chain)
    events = change("merger", 1949, ["left", "right"], ["middle"]) + change(
        "split", 1980, ["middle"], ["late-one", "late-two"]
    )
    post = '<id/post/clerk> a org:Post ; org:postIn <id/organization/ministry-of-works> ; rdfs:label "Clerk"@en .\n'
    years = range(1800, 1920)
    clerks = "".join(
        tenure(
            f"clerk-{y}",
            "clerk",
            f"clerk-{y}",
            "known",
            "known",
            f"{y}-01-01",
            f"{y}-12-31",
            f"{y + 1}-01-01",
            f"{y + 1}-12-31",
        )
        for y in years
    )
    lost = tenure("rival", "director--bureau-of-records", "rival", "known", "known", *["1990-01-01", "1990-12-31"] * 2)
    bodies += '<id/person/rival> a foaf:Person ; rdfs:label "Rival"@en .\n'
    return f"{PREFIXES} {bodies} {units} {events} {post} {clerks} <id/passage/records/900-901> {{ {lost} }}"


@pytest.fixture(scope="module")
def charted(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("charted")
    (folder / "world.trig").write_text(world(), "utf-8")
    made = Dataset.memory(Vocabulary())
    made.add(dataset.quads())
    made.load(folder / "world.trig")
    publish(made, {"records": Path(__file__).read_bytes()[:100]}, folder / "releases")
    app = create_app(folder / "releases")
    yield app
    current(app).close()


@pytest.fixture
def client(charted: Flask) -> FlaskClient:
    return charted.test_client()


def picture(client: FlaskClient, path: str) -> ET.Element:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "image/svg+xml"
    return ET.fromstring(answer.data)


def rows(client: FlaskClient, path: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(client.get(f"{path}.json").data)["rows"]
    return found


def words(picture: ET.Element) -> str:
    return " ".join("".join(text.itertext()) for text in picture.iter(f"{SVG}text"))


@pytest.mark.parametrize("path", PATHS)
def test_a_picture_is_self_contained_and_has_a_text_alternative(client: FlaskClient, path: str) -> None:
    found = picture(client, f"{path}.svg")
    parts = {child.tag.removeprefix(SVG): child for child in found}

    assert found.get("role") == "img"
    assert found.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert found.get("aria-labelledby") == parts["title"].get("id")
    assert (parts["title"].text or "").strip()
    assert (parts["desc"].text or "").strip()
    assert all(a.get("href", "").startswith(BASE) for a in found.iter(f"{SVG}a"))
    assert not [
        element.tag for element in found.iter() if element.get("style") or element.tag.endswith(("script", "image"))
    ]


@pytest.mark.parametrize("path", PATHS)
def test_the_policy_of_a_picture_allows_its_own_style_and_no_other(client: FlaskClient, path: str) -> None:
    answer = client.get(f"{path}.svg")
    (style,) = ET.fromstring(answer.data).iter(f"{SVG}style")
    digest = b64encode(hashlib.sha256((style.text or "").encode()).digest()).decode()

    policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["style-src"] == f"'sha256-{digest}'"
    assert "prefers-color-scheme: dark" in (style.text or "")


@pytest.mark.parametrize("path", PATHS)
def test_the_same_data_give_the_same_bytes(charted: Flask, path: str) -> None:
    bytes_of = []
    for _ in range(2):
        charted.extensions["fasti.kept"]._values.clear()
        with charted.test_client() as client:
            bytes_of.append([client.get(f"{path}{ending}").data for ending in ("", ".svg", ".csv", ".json")])

    assert bytes_of[0] == bytes_of[1]


@pytest.mark.parametrize("path", PATHS)
def test_the_picture_in_a_page_has_no_style_of_its_own(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    inline = page[page.index("<svg") : page.index("</svg>")]

    assert "<style" not in page
    assert 'style="' not in page
    assert 'role="group"' in inline
    assert BASE not in inline


@pytest.mark.parametrize("path", PATHS)
def test_a_picture_is_cached_and_packed_like_any_representation(client: FlaskClient, path: str) -> None:
    plain = client.get(f"{path}.svg", headers={"Accept-Encoding": "gzip"})

    assert plain.headers["Content-Encoding"] == "gzip"
    assert {"Accept-Encoding", "Accept-Language"} <= set(plain.vary)
    assert plain.headers["Access-Control-Allow-Origin"] == "*"
    assert "max-age" in plain.headers["Cache-Control"]
    again = client.get(f"{path}.svg", headers={"Accept-Encoding": "gzip", "If-None-Match": plain.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    head = client.head(f"{path}.svg", headers={"Accept-Encoding": "gzip"})
    assert head.headers["ETag"] == plain.headers["ETag"]


@pytest.mark.parametrize("path", PATHS)
def test_csv_json_and_the_table_have_the_same_rows(client: FlaskClient, path: str) -> None:
    listed = rows(client, path)
    table = list(csv.DictReader(io.StringIO(client.get(f"{path}.csv").text, newline="")))
    page = client.get(path).text
    body_of = page[page.index("<tbody>") : page.index("</tbody>")] if "<tbody>" in page else ""

    assert [row["iri"] for row in table] == [row["iri"] for row in listed]
    assert body_of.count("<tr>") == min(40, len(listed))


@pytest.mark.parametrize("path", PATHS[:4])
def test_every_row_of_a_timeline_is_in_the_picture_with_its_dates_in_words(client: FlaskClient, path: str) -> None:
    found = picture(client, f"{path}.svg?width=2000")
    drawn = [a for a in found.iter(f"{SVG}a") if a.get("class") == "row"]
    tips = [a[0].text or "" for a in drawn]
    listed = rows(client, path)[:40]

    assert len(drawn) == len(listed)
    for tip, row in zip(tips, listed, strict=True):
        assert str(row["when"]) in tip
        assert str(row["person_name"] or row["organization_name"]) in (tip if "person/" not in path else str(row))


def test_an_unknown_end_has_a_question_mark_and_only_what_goes_on_an_arrow(client: FlaskClient) -> None:
    found = picture(client, f"{PATHS[0]}.svg")
    drawn = {(a[0].text or "").partition(":")[0]: a for a in found.iter(f"{SVG}a") if a.get("class") == "row"}
    edge = next(
        float(re.findall(r"[\d.]+", p.get("d", ""))[0]) for p in found.iter(f"{SVG}path") if p.get("class") == "today"
    )
    unknown, going_on = drawn["Wang Gang"], drawn["Li Na"]

    assert "?" in "".join(unknown.itertext())
    assert "?" not in "".join(going_on.itertext())
    assert [p for p in going_on.iter(f"{SVG}path") if p.get("class") == "bar"]
    assert not [p for p in unknown.iter(f"{SVG}path") if p.get("class") == "bar"]
    boxes = [r for r in unknown.iter(f"{SVG}rect") if r.get("class") != "hit"]
    assert boxes
    assert all(float(r.get("x", "")) + float(r.get("width", "")) < edge for r in boxes)


def test_a_contested_tenure_is_counted_by_itself(client: FlaskClient) -> None:
    """The record has it not, nor does the page of the post: the two count the same tenures."""
    page = client.get(PATHS[0]).text

    assert "3 tenures, 1 contested tenure" in page


def test_the_axis_reaches_the_moment_asked_for_and_what_is_possible_then(client: FlaskClient) -> None:
    """Wang Gang's tenure has no end: in 1975 it is possible, and its bar shows that."""
    found = picture(client, f"{PATHS[0]}.svg?at=1975")
    (moment,) = [r for r in found.iter(f"{SVG}rect") if r.get("class") == "moment"]
    bars = [r for r in found.iter(f"{SVG}rect") if r.get("class") == "possible"]

    begin = float(moment.get("x", ""))
    end = begin + float(moment.get("width", ""))
    assert bars
    assert any(
        float(r.get("x", "")) <= begin and end <= float(r.get("x", "")) + float(r.get("width", "")) + 1 for r in bars
    )


def test_a_moment_before_everything_is_on_the_axis_if_something_is_possible_then() -> None:
    """Of a time known only by its end, all before is possible; a moment far away would leave the bars no room."""
    days = ("", "", "1966-05-01", "1966-05-31")
    known = Stretch(Bounds(None, None, (1966, 5, 1), (1966, 5, 31)), "unknown", "known", days)
    row = TimelineRow("i", "s", known, certainty=Certainty.POSSIBLE)
    near, far = parse("1960"), parse("1500")

    assert _axis([row], (2026, 1, 1), 0, 500, near)[0].first < 1960
    assert _axis([row], (2026, 1, 1), 0, 500, far)[0].first > 1900
    assert _axis([row], (2026, 1, 1), 0, 500, None)[0].first > 1960


def test_the_words_of_a_change_are_a_sentence_where_there_is_one() -> None:
    said = [("Formation: 1980-12-30", "en"), ("It was founded in 1980.", "en"), ("It was.", "en")]

    assert min(said, key=_telling) == ("It was founded in 1980.", "en")


def test_a_reading_that_lost_is_drawn_as_contested(client: FlaskClient) -> None:
    found = picture(client, f"{PATHS[0]}.svg")
    (rival,) = (a for a in found.iter(f"{SVG}a") if a.get("class") == "row" and (a[0].text or "").startswith("Rival"))

    assert [r for r in rival.iter(f"{SVG}rect") if r.get("class") == "contested"]
    assert "contested" in words(found)
    assert [row["contested"] for row in rows(client, PATHS[0])] == [False, False, True, False]


def test_at_a_moment_rows_are_certain_possible_or_over_and_look_so(client: FlaskClient) -> None:
    path = PATHS[0]
    listed = {
        row["person_name"]: row["certainty"] for row in json.loads(client.get(f"{path}.json?at=1958").data)["rows"]
    }
    found = picture(client, f"{path}.svg?at=1958")
    drawn = {(a[0].text or "").partition(":")[0]: a for a in found.iter(f"{SVG}a") if a.get("class") == "row"}

    assert listed == {"He Zai": "excluded", "Wang Gang": "possible", "Rival": "excluded", "Li Na": "excluded"}
    assert [r for r in drawn["Wang Gang"].iter(f"{SVG}rect") if r.get("class") == "possible"]
    assert [each for each in drawn["Li Na"].iter(f"{SVG}g") if each.get("opacity")]
    assert [r for r in found.iter(f"{SVG}rect") if r.get("class") == "moment"]


def test_a_post_of_many_holders_is_paged_and_its_data_are_whole(client: FlaskClient) -> None:
    path = "/chart/timeline/post/clerk"
    first, last = (client.get(f"{path}{query}").text for query in ("", "?page=3"))

    assert len(rows(client, path)) == 120
    assert (first.count('scope="row"'), last.count('scope="row"')) == (40, 40)
    assert "page=2" in first
    assert client.get(f"{path}?page=4").status_code == 404
    assert len([a for a in picture(client, f"{path}.svg?page=3").iter(f"{SVG}a") if a.get("class") == "row"]) == 40


def test_a_large_level_is_counted_and_cut_with_a_link_to_all(client: FlaskClient) -> None:
    found = picture(client, "/chart/organization/organization/crowd.svg")
    page = client.get("/chart/organization/organization/crowd").text

    assert "and 96 more" in words(found)
    parent = quote(f"{BASE}id/organization/crowd", safe="")
    assert any(
        a.get("href", "").startswith(f"{BASE}browse/organization?parent={parent}") for a in found.iter(f"{SVG}a")
    )
    assert f'href="/browse/organization?parent={parent}"' in page


def test_an_organization_chart_at_a_moment_has_what_may_have_been_there(client: FlaskClient) -> None:
    path = "/chart/organization/organization/crowd.json"
    every, then = (json.loads(client.get(f"{path}{at}").data)["rows"] for at in ("", "?at=1920"))

    assert every[0]["not_shown"] == 96
    assert then[0]["not_shown"] + len(then) - 1 == 60
    assert {row["certainty"] for row in then[1:]} == {"certain"}
    possible = json.loads(client.get(f"{path}?at=1949-06-01").data)["rows"]
    assert possible[0]["not_shown"] + len(possible) - 1 == 120
    assert {row["certainty"] for row in possible[1:]} == {"possible"}
    boxes = [
        r
        for r in picture(client, path.replace("json", "svg?at=1949-06-01")).iter(f"{SVG}rect")
        if "box" in r.get("class", "")
    ]
    assert sum(bool(r.get("stroke-dasharray")) for r in boxes) == len(possible) - 1 + 1  # and the sign of the legend


def test_certain_possible_and_undated_units_look_different(client: FlaskClient) -> None:
    found = picture(client, "/chart/organization/organization/ministry-of-works.svg?at=1933")
    looks = {r.get("class") for r in found.iter(f"{SVG}rect")} - {"paper"}

    assert {"box certain", "box undated"} <= looks


@pytest.mark.parametrize(("depth", "levels"), [("", {0, 1, 2}), ("?depth=1", {0, 1}), ("?depth=4", {0, 1, 2, 3})])
def test_the_depth_is_what_is_asked_for(client: FlaskClient, depth: str, levels: set[int]) -> None:
    found = json.loads(client.get(f"/chart/organization/organization/ministry-of-works.json{depth}").data)

    assert {row["level"] for row in found["rows"]} == levels


def test_a_succession_has_mergers_and_splits_from_left_to_right(client: FlaskClient) -> None:
    listed = rows(client, "/chart/succession/organization/left")
    found = picture(client, "/chart/succession/organization/left.svg")
    boxes = {a.get("href"): float(r.get("x", "")) for a in found.iter(f"{SVG}a") for r in a.iter(f"{SVG}rect")}
    x = {str(iri).rpartition("/")[2]: place for iri, place in boxes.items()}

    assert [(row["kind"], row["when"]) for row in listed] == [("merger", "1949"), ("split", "1980")]
    assert x["left"] == x["right"] < x["middle"] < x["late-one"] == x["late-two"]
    assert [rows(client, f"/chart/succession/organization/{each}") for each in ("right", "middle", "late-two")] == [
        listed
    ] * 3


def test_boxes_of_a_diagram_do_not_overlap(client: FlaskClient) -> None:
    checked = 0
    for path in ("/chart/succession/organization/middle.svg", "/chart/organization/organization/crowd.svg",
                 "/chart/organization/organization/crowd.svg?width=320"):  # fmt: skip
        found = [
            r for r in picture(client, path).iter(f"{SVG}rect") if r.get("class", "").startswith("box") and r.get("rx")
        ]
        places = [tuple(float(r.get(name, "")) for name in ("x", "y", "width", "height")) for r in found]
        for number, (x, y, w, h) in enumerate(places):
            for x2, y2, w2, h2 in places[number + 1 :]:
                assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y
                checked += 1

    assert checked == 10 + 2 * 300


@pytest.mark.parametrize("ending", ["", ".svg"])
def test_markup_in_a_name_stays_text(client: FlaskClient, ending: str) -> None:
    answer = client.get(f"/chart/succession/organization/left{ending}").text

    assert "<script>alert" not in answer
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer


def test_the_query_behind_a_chart_can_be_asked_and_names_its_rows(client: FlaskClient, charted: Flask) -> None:
    for path, column in ((PATHS[0], "membership"), (PATHS[5], "unit"), (PATHS[6], "event")):
        page = client.get(path).text
        link = re.search(r'href="(/sparql\?query=[^"]+)"', page)
        assert link is not None
        answer = client.get(link[1].replace("&amp;", "&"), headers={"Accept": "application/sparql-results+json"})
        found = {row[column]["value"] for row in json.loads(answer.data)["results"]["bindings"]}
        shown = {row["iri"] for row in rows(client, path) if not row.get("contested") and row.get("level") != 0}
        assert shown <= found
        assert len(found) == (3 if column == "membership" else 120 if column == "unit" else 2)


def test_an_unknown_entity_and_a_chart_that_does_not_fit_are_not_found_and_say_what_is(client: FlaskClient) -> None:
    accept = {"Accept": "application/json"}
    detail = {path: json.loads(client.get(path, headers=accept).data)["detail"] for path in (
        "/chart/timeline/organization/nobody", "/chart/succession/person/wang-gang.svg", "/chart/pie/person/wang-gang",
    )}  # fmt: skip

    assert "organization/nobody" in detail["/chart/timeline/organization/nobody"]
    assert "timeline" in detail["/chart/succession/person/wang-gang.svg"]
    assert "timeline, organization, succession" in detail["/chart/pie/person/wang-gang"]
    assert all(client.get(path).status_code == 404 for path in detail)


def test_names_that_were_given_up_lead_on(client: FlaskClient) -> None:
    moved = client.get("/chart/timeline/organization/record-office.svg?at=1966")
    gone = client.get("/chart/timeline/person/nobody")

    assert (moved.status_code, moved.headers["Location"]) == (
        301,
        "/chart/timeline/organization/bureau-of-records.svg?at=1966",
    )
    assert gone.status_code == 410


@pytest.mark.parametrize("query", ["depth=0", "depth=7", "depth=x", "page=0", "width=1", "width=99999", "at=yesterday"])
def test_a_query_out_of_bounds_is_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/chart/organization/organization/crowd.svg?{query}").status_code == 400


def test_every_address_of_a_page_below_a_sub_path_is_below_it(charted: Flask) -> None:
    page = charted.test_client().get(PATHS[4], environ_overrides={"SCRIPT_NAME": "/below"}).text
    targets = re.findall(r'(?:href|src|action)="(/[^"]*)"', page)

    assert len(targets) > 20
    assert all(target.startswith("/below/") for target in targets)


def test_embedding_is_code_that_shows_the_picture_from_its_own_address(client: FlaskClient) -> None:
    page = client.get(f"{PATHS[0]}?at=1966").text

    assert f"&lt;img src=&#34;{BASE}{PATHS[0][1:]}.svg?at=1966&amp;amp;lang=en&#34;" in page


def test_a_picture_in_chinese_has_chinese_names_and_says_which_text_is_in_which_language(client: FlaskClient) -> None:
    found = picture(client, "/chart/organization/organization/bureau-of-records.svg?lang=zh-Hans")
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    spoken = {"".join(t.itertext()): t.get(lang) for t in found.iter(f"{SVG}text")}

    assert found.get(lang) == "zh-Hans"
    assert spoken["记录局"] is None
    assert spoken["Bureau of Records"] == "en"


def test_a_narrow_picture_is_as_narrow_as_asked(client: FlaskClient) -> None:
    found = [picture(client, f"{path}.svg?width=320").get("width") for path in PATHS[:6]]

    assert found == ["320"] * 6


@pytest.mark.parametrize(
    "path", [*PATHS, "/chart/timeline/post/clerk", "/chart/organization/organization/crowd?depth=6"]
)
def test_a_page_with_its_picture_is_small(client: FlaskClient, path: str) -> None:
    assert len(client.get(path).data) < 100_000


@pytest.mark.parametrize("path", [*PATHS, "/chart/timeline/organization/ministry-of-works?page=3&at=1950"])
def test_every_link_of_a_page_to_data_leads_somewhere(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    targets = {target.replace("&amp;", "&") for target in re.findall(r'href="(/(?:doc|chart)/[^"]+)"', page)}

    assert targets
    passages = {target for target in targets if "/passage/" in target}
    assert {target: client.get(target).status_code for target in targets - passages} == dict.fromkeys(
        targets - passages, 200
    )


def test_counts_are_in_the_number_of_what_they_count_and_nothing_is_not_counted(client: FlaskClient) -> None:
    def lead(path: str) -> str:
        return re.findall(r'<p class="lead">([^<]*)</p>', client.get(f"/chart/{path}").text)[0]

    assert lead("succession/organization/bureau-of-records") == "What it came from, and what it became."
    assert lead("organization/organization/left") == "The units, 2 levels deep."
    assert lead("succession/organization/middle").endswith(": 5 bodies, 2 events between them.")
    assert lead("timeline/person/li-na").endswith(": 1 tenure.")


def test_a_note_is_said_once_in_a_page_and_in_a_picture_that_stands_alone(client: FlaskClient) -> None:
    path = "/chart/succession/organization/bureau-of-records"
    note = "No source says that it came from another body or became one."

    assert client.get(path).text.count(note) == 1
    assert note in client.get(f"{path}.svg").text


def test_a_timeline_that_leaves_units_out_says_so(charted: Flask, tmp_path: Path) -> None:
    many = "".join(
        body(f"branch-{n}", f"Branch {n}", "known", "known", "1950-01-01", "1950-12-31", "1960-01-01", "1960-12-31")
        + f"<id/organization/branch-{n}> org:subOrganizationOf <id/organization/bureau-of-records> .\n"
        for n in range(201)
    )
    (tmp_path / "many.trig").write_text(PREFIXES + many, "utf-8")
    made = Dataset.memory(Vocabulary())
    made.add(current(charted).release().dataset.quads())
    made.load(tmp_path / "many.trig")
    publish(made, {"records": Path(__file__).read_bytes()[:100]}, tmp_path / "releases")
    app = create_app(tmp_path / "releases")
    path = "/chart/timeline/organization/bureau-of-records"
    whole, cut = charted.test_client().get(path).text, app.test_client().get(path).text
    current(app).close()

    assert "no more than the first 200 are shown" in cut
    assert "no more than the first" not in whole
