"""Pages for people: readable, with the words behind each value, complete without a script."""

from __future__ import annotations

import html
import json
import re
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from fasti.release import Release
from fasti.store import Literal, NamedNode

PAGES = [
    "/",
    "/doc/organization/bureau-of-records",
    "/doc/organization/ministry-of-works",
    "/doc/post/director--bureau-of-records",
    "/doc/person/wang-gang",
    "/doc/membership/wang-gang--director--bureau-of-records--1957",
    "/doc/event/foundation--bureau-of-records",
    "/doc/conflict/head--bureau-of-records",
    "/doc/source/records",
    "/source/",
    "/source/records",
    "/dumps/",
    "/sparql",
    "/catalog",
    "/def",
    "/scheme/rank",
    "/shapes",
    "/graph/evidence",
    "/quality",
]
VOID = {"meta", "link", "br", "hr", "img", "input", "source"}


class Outline(HTMLParser):
    """Checks that every element is closed, and collects links, ids and languages."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.loaded: list[str] = []
        self.headings: list[str] = []
        self.languages: dict[str, str] = {}
        self._lang = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element opens."""
        found = dict(attrs)
        self.ids += [found["id"]] if found.get("id") else []
        self.links += [found["href"]] if tag == "a" and found.get("href") else []
        loading = found.get("src") or (
            found.get("href") if tag == "link" and found.get("rel") in ("stylesheet", "icon") else ""
        )
        self.loaded += [loading] if loading else []
        self._lang = found.get("lang") or ""
        assert "style" not in found, "inline style"
        assert not any(name.startswith("on") for name in found), "inline script"
        if tag == "script":
            assert found.get("type") == ("module" if found.get("src") else "application/ld+json")
        if re.fullmatch(r"h\d", tag):
            self.headings.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """An element closes."""
        assert self.open.pop() == tag, f"</{tag}> at {self.getpos()}"

    def handle_data(self, data: str) -> None:
        """Text."""
        if self._lang and data.strip():
            self.languages[data.strip()] = self._lang


def outline(client: FlaskClient, path: str) -> tuple[str, Outline]:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    found = Outline()
    found.feed(answer.text)
    return answer.text, found


def text_of(page: str) -> str:
    without = re.sub(r"<(script|style).*?</\1>", "", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", without)).split())


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_well_formed_and_loads_nothing_from_elsewhere(client: FlaskClient, path: str) -> None:
    _, found = outline(client, path)

    assert not found.open
    assert len(found.ids) == len(set(found.ids))
    assert found.headings[0] == "h1"
    assert found.headings.count("h1") == 1
    assert found.loaded
    assert all(each.startswith(("/static/", "/chart/")) for each in found.loaded)


@pytest.mark.parametrize("path", PAGES)
def test_every_link_to_this_site_answers(client: FlaskClient, path: str) -> None:
    _, found = outline(client, path)
    targets = {link.partition("#")[0] for link in found.links if link.startswith("/")}

    for target in sorted(targets):
        if target == "/scheme/role" or target.startswith(("/scheme/date-status", "/scheme/reading-status")):
            continue  # the fixture has no such lists
        assert client.get(target, headers={"Accept": "text/html"}, follow_redirects=True).status_code == 200, target


def test_labels_have_their_language(client: FlaskClient) -> None:
    _, found = outline(client, "/doc/organization/bureau-of-records")

    assert found.languages["记录局"] == "zh-hans"


def test_markup_in_a_label_is_text(client: FlaskClient) -> None:
    page, _ = outline(client, "/doc/organization/bureau-of-records")

    assert "<b>Bureau" not in page
    assert "&lt;b&gt;Bureau &amp; level&lt;/b&gt;" in page


def test_behind_a_value_stand_its_words(client: FlaskClient) -> None:
    page, _ = outline(client, "/doc/organization/bureau-of-records")
    above = page[page.index('id="above"') :]
    disclosed = text_of(above[above.index("<details") : above.index("</details>")])

    assert "Parent Organization: Ministry of Works" in disclosed
    assert "Bureau of Records, line 3" in disclosed
    assert "read by parent" in disclosed


def test_a_derived_value_shows_the_words_that_it_rests_on(client: FlaskClient) -> None:
    page, _ = outline(client, "/doc/organization/ministry-of-works")
    below = page[page.index('id="below"') :]

    assert "Parent Organization: Ministry of Works" in text_of(below)


def test_an_unknown_end_is_not_a_current_one(client: FlaskClient) -> None:
    page, _ = outline(client, "/doc/post/director--bureau-of-records")
    tenures = re.findall(r'<li( class="goes-on")?>\s*<span class="when">([^<]*)', page)

    assert tenures == [
        ("", "1956 to 1957"),
        ("", "from 1957, end unknown"),
        (' class="goes-on"', "since 2023"),
    ]


def test_conflicts_stand_side_by_side(client: FlaskClient) -> None:
    page, _ = outline(client, "/doc/organization/bureau-of-records")
    shown = text_of(page[page.index('class="conflicts"') : page.index('id="above"')])

    assert "Li Na preferred, weight 3" in shown
    assert "Wang Gang contested, weight 1" in shown
    assert "Wang Gang is its only director." in shown


def test_a_passage_shows_its_words_and_what_they_say(client: FlaskClient, release: Release) -> None:
    row = next(r for r in release.dataset.select("example") if r["name"].value == "Wang Gang")
    assert row["when"].value == "1957/"
    words = Literal("Wang Gang (1957-?, person in charge)")
    selector = next(release.dataset.quads(p=NamedNode(release.vocabulary.expand("oa:exact")), o=words)).subject
    passage = selector.value.partition("#")[0].removeprefix(release.base + "id")
    text = text_of(outline(client, f"/doc{passage}")[0])

    assert "Wang Gang (1957-?, person in charge)" in text
    assert "tenure mode person in charge" in text


def test_json_ld_is_embedded_and_cannot_end_its_script(client: FlaskClient) -> None:
    page, _ = outline(client, "/doc/organization/bureau-of-records")
    embedded = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)

    assert embedded is not None
    assert "<" not in embedded[1]
    assert json.loads(embedded[1])["@graph"]


def test_pages_link_below_the_root_of_the_application(client: FlaskClient) -> None:
    page = client.get("/doc/organization/bureau-of-records", environ_overrides={"SCRIPT_NAME": "/fasti"},
                      headers={"Accept": "text/html"})  # fmt: skip
    found = Outline()
    found.feed(page.text)

    assert found.links
    assert all(link.startswith(("/fasti/", "#", "http")) for link in found.links)
    assert page.headers["Content-Location"] == "/fasti/doc/organization/bureau-of-records.html"


def test_contrast_is_enough_for_text(client: FlaskClient) -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1, in both schemes, on paper, tint and mark."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    css = client.get("/static/fasti.css").text
    schemes = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    assert len(schemes) == 2
    for scheme in schemes:
        colour = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", scheme))
        pairs = [(f, b) for f in ("ink", "soft", "rubric") for b in ("paper", "tint")] + [("ink", "mark")]
        for front, back in pairs:
            light, dark = sorted((luminance(colour[front]), luminance(colour[back])), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (front, back)
