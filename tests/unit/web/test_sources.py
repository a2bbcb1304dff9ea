"""Documents as pages: every passage that was read is marked, what was not as well, and both lead on."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest
from flask.testing import FlaskClient
from tests.unit.web.conftest import TEXT, passage_iri  # type: ignore[import-not-found]

from fasti.release import publish
from fasti.store import Dataset, Literal, NamedNode, Quad
from fasti.vocabulary import Vocabulary
from fasti.web import create_app, current
from fasti.web.layout import Layout, Read, Unread

PAGE = "/source/records"


def get(client: FlaskClient, address: str) -> str:
    answer = client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 200, address
    return answer.text


def shown(page: str) -> list[str]:
    """The lines of the document as somebody reads them on the page."""
    found = re.findall(r'<p class="line">(.*?)</p>', page, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]*>", "", line)).strip("\n") for line in found]


def test_the_page_has_the_text_to_the_letter(client: FlaskClient) -> None:
    lines = [line.strip() for line in shown(get(client, PAGE))]

    assert lines == [line.strip() for line in TEXT.removesuffix("\n").split("\n")]


def test_each_line_has_an_anchor_and_headings_are_an_outline(client: FlaskClient) -> None:
    page = get(client, PAGE)
    outline = page[page.index('class="outline"') : page.index("</nav>", page.index('class="outline"'))]

    assert re.findall(r'<li id="L(\d+)"', page) == [str(n) for n in range(1, TEXT.count("\n") + 1)]
    assert re.findall(r'href="#L(\d+)">([^<]+)', outline) == [("1", "Bureau of Records"), ("6", "Director")]


def test_a_mark_leads_to_its_passage_and_its_note_says_what_it_says(client: FlaskClient) -> None:
    page, quote = get(client, PAGE), "He Zai (1956–1957, head)"
    start = TEXT.index(quote)
    key = f"passage-{start}-{start + len(quote)}"
    note = page[page.index(f'id="{key}"') :]
    note = note[: note.index("</dl>")]
    words = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", note)).split())

    assert (
        f'<a id="c{start}" class="read" href="/doc/{passage_iri(quote).removeprefix("id/")}" data-note="{key}">' in page
    )
    assert "member He Zai" in words
    assert "1956 to 1957" in words
    assert 'href="/doc/person/he-zai"' in note
    assert 'href="/doc/post/director--bureau-of-records"' in note


def test_a_passage_leads_back_to_its_words(client: FlaskClient) -> None:
    quote = "Li Na (2023–)"
    page = get(client, "/doc/" + passage_iri(quote).removeprefix("id/"))
    link = html.unescape(next(each for each in re.findall(r'href="([^"]+)"', page) if each.startswith(PAGE)))
    document = get(client, link.partition("#")[0])

    assert link == f"{PAGE}#c{TEXT.index(quote)}"
    assert f'id="{link.partition("#")[2]}"' in document


def test_markup_in_a_document_is_text(client: FlaskClient) -> None:
    page = get(client, PAGE)

    assert "<b>Bureau" not in page
    assert "&lt;b&gt;Bureau &amp; level&lt;/b&gt;" in page


def test_the_page_says_in_json_ld_what_it_is_about(client: FlaskClient) -> None:
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', get(client, PAGE), re.DOTALL)
    said = json.loads(text)

    assert said["@id"].endswith("/id/source/records")
    assert said["about"]["@id"].endswith("/id/organization/bureau-of-records")
    assert said["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert said["creditText"].startswith("Clerks of Records")


def test_the_page_and_the_list_tell_whose_words_the_document_is(client: FlaskClient) -> None:
    (row,) = client.get("/source/index.json").get_json()["documents"]

    assert '<cite lang="en">Clerks of Records, Handbook, <a href="https://records.example/"' in get(client, PAGE)
    assert row["citation"] == "Clerks of Records, Handbook, https://records.example/"
    assert row["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"


def test_places_that_are_none_are_refused_and_far_ones_are_the_last(client: FlaskClient) -> None:
    for wrong in ("from=x", "from=-1", "c=1.5", "from=１", "c=99999999999"):
        assert client.get(f"{PAGE}?{wrong}").status_code == 400, wrong
    assert get(client, f"{PAGE}?from=999999") == get(client, f"{PAGE}?c=999999")
    assert client.get("/source/none").status_code == 404
    assert client.get("/source/none.json").status_code == 404
    assert client.get("/source/..%2Frelease").status_code == 404


def test_the_marks_are_data_too(client: FlaskClient) -> None:
    marks = client.get(f"{PAGE}.json").get_json()
    quotes = {TEXT[each["start"] : each["end"]] for each in marks["read"]}

    assert len(marks["read"]) == 10
    assert "Native Name: 记录局" in quotes
    assert all(each["passage"].endswith(f"/{each['start']}-{each['end']}") for each in marks["read"])


def test_the_list_tells_how_much_of_each_document_is_read(client: FlaskClient) -> None:
    page, rows = get(client, "/source/"), client.get("/source/index.json").get_json()["documents"]

    assert 'href="/source/records"' in page
    assert '<td class="num" data-name="Passages">10</td>' in page
    assert "not measured" in page
    assert [(row["identifier"], row["coverage"]) for row in rows] == [("records", None)]


def test_passages_may_overlap_and_lie_in_one_another() -> None:
    text = "The Office, or Bureau, was founded.\nIt goes on."
    outer, inner, across = Read(0, 35, "outer", 3), Read(4, 10, "inner", 1), Read(15, 47, "across", 2)
    laid = Layout(text, [across, inner, outer], [], frozenset())
    first, second = ([(p.text, [r.iri for r in p.read], p.anchor) for p in laid.pieces(part)] for part in laid.parts)

    assert first == [
        ("The ", ["outer"], 0),
        ("Office", ["inner", "outer"], 4),
        (", or ", ["outer"], None),
        ("Bureau, was founded.", ["across", "outer"], 15),
    ]
    assert second == [("It goes on.", ["across"], None)]
    assert [[each.iri for each in laid.beginning(part)] for part in laid.parts] == [["outer", "inner", "across"], []]


def test_what_was_not_read_is_marked_where_nothing_else_is() -> None:
    laid = Layout(
        "one two three", [Read(4, 7, "two", 1)], [Unread(0, 3, "no fact"), Unread(8, 13, "a mark")], frozenset()
    )
    pieces = list(laid.pieces(laid.parts[0]))

    assert [(p.text, p.unread.reason if p.unread else "") for p in pieces] == [
        ("one", "no fact"), (" ", ""), ("two", ""), (" ", ""), ("three", "a mark"),
    ]  # fmt: skip


def test_offsets_count_the_line_endings_as_they_came() -> None:
    text = "One\r\nTwo\rThree\n"
    laid = Layout(text, [Read(text.index("Two"), text.index("Two") + 3, "two", 1)], [], frozenset())

    assert [(part.number, part.text) for part in laid.parts] == [(1, "One"), (2, "Two"), (3, "Three")]
    assert [(p.text, len(p.read)) for part in laid.parts for p in laid.pieces(part)] == [
        ("One", 0),
        ("Two", 1),
        ("Three", 0),
    ]


def test_a_heading_without_marks_is_known_by_its_passages() -> None:
    laid = Layout("History\nIt was founded.", [Read(8, 23, "x", 1)], [], frozenset({"History"}))

    assert [part.level for part in laid.parts] == [2, 0]


def test_a_line_that_is_too_long_for_a_page_goes_on_on_the_next() -> None:
    text = "word " * 60_000
    laid = Layout(text, [Read(299_995, 299_999, "last", 1)], [], frozenset())

    assert "".join(part.text for part in laid.parts) == text
    assert {part.number for part in laid.parts} == {1}
    assert [part.continued for part in laid.parts][:2] == [False, True]
    assert laid.page_of(299_995) == len(laid.pages) - 1 > 1
    assert laid.page_of_line(1) == 0


def test_an_empty_document_has_one_page() -> None:
    laid = Layout("", [], [], frozenset())

    assert [list(page) for page in laid.pages] == [[]]
    assert (laid.page_of(7), laid.page_of_line(7)) == (0, 0)


LINES, READ, DENSE = 10_000, 4, 48  # of these lines one in four is read, one in forty-eight says a great deal


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A document of ten thousand lines with two and a half thousand passages."""
    text = "".join(
        f"- Office {n:05} of the Ministry, <b>room {n}</b>\n" if n % 50 else f"== Part {n} ==\n" for n in range(LINES)
    )
    folder = tmp_path_factory.mktemp("long")
    publish(_long(text), {"long": text.encode()}, folder)
    app = create_app(Path(folder))
    with app.test_client() as client:
        yield client
    current(app).close()


def _long(text: str) -> Dataset:
    vocabulary = Vocabulary()
    made, source = Dataset.memory(vocabulary), vocabulary.source("long")
    rows, start = [], 0
    for number, line in enumerate(text.splitlines()):
        if number % READ:
            start += len(line) + 1
            continue
        passage = vocabulary.passage("long", start, start + len(line))
        selector, body = f"{passage}#position", vocabulary.entity("organization", f"office-{number}" * 8)
        rows += [
            (passage, "oa:hasSource", source, "evidence"),
            (passage, "oa:hasSelector", selector, "evidence"),
            (selector, "oa:start", start, "evidence"),
            (selector, "oa:end", start + len(line), "evidence"),
        ]
        rows += [
            (body, "org:purpose", vocabulary.entity("concept", f"{number}-{i}"), passage)
            for i in range(1 if number % DENSE else 40)
        ]
        start += len(line) + 1
    rows.append((source, "rdf:type", vocabulary.expand("fasti:Source"), "evidence"))
    made.add(_quad(vocabulary, *row) for row in rows)
    made.add([_quad(vocabulary, source, "dct:identifier", "long", "evidence")])
    label = NamedNode(vocabulary.expand("rdfs:label"))
    made.add(
        Quad(NamedNode(row[0]), label, Literal("Office", language="en")) for row in rows if row[3].startswith("http")
    )
    return made


def _quad(vocabulary: Vocabulary, s: str, p: str, o: str | int, graph: str) -> Quad:
    name = graph if graph.startswith("http") else vocabulary.graph(graph)
    value = NamedNode(o) if isinstance(o, str) and o.startswith("http") else Literal(o)
    return Quad(NamedNode(s), NamedNode(vocabulary.expand(p)), value, NamedNode(name))


def test_a_document_of_ten_thousand_lines_is_read_page_by_page(long: FlaskClient) -> None:
    """No page is over 100 KB, none is missing, and following the links leads from the first line to the last."""
    address, seen, pages = "/source/long", 0, 0
    while address:
        page = get(long, address)
        assert len(page.encode()) < 100_000, address
        assert "<b>" not in page
        numbers = [int(number) for number in re.findall(r'<li id="L(\d+)"', page)]
        assert numbers == list(range(seen + 1, seen + 1 + len(numbers)))
        seen, pages = numbers[-1], pages + 1
        address = html.unescape(next(iter(re.findall(r'<a rel="next" href="([^"]+)"', page)), ""))
        if pages == 3:  # the rest is alike: go on near the end
            seen = int(re.findall(r'<li id="L(\d+)"', get(long, f"/source/long?from={LINES}"))[0]) - 1
            address = f"/source/long?from={LINES}"

    assert seen == LINES
    assert pages == 4


def test_a_line_and_a_character_are_on_the_page_that_their_address_names(long: FlaskClient) -> None:
    read = long.get("/source/long.json").get_json()["read"]
    far = read[7777 // READ]

    assert 'id="L7778"' in get(long, "/source/long?from=7778")
    assert f'id="c{far["start"]}"' in get(long, f"/source/long?c={far['start']}")
    assert len(read) == LINES // READ


def test_a_page_costs_the_same_wherever_it_is_in_a_document(long: FlaskClient) -> None:
    """Once the document has been laid out; the medians are compared, as the machine may be busy."""

    def median(lines: range) -> float:
        seconds = []
        for line in lines:
            began = perf_counter()
            get(long, f"/source/long?from={line}&lang=en")
            seconds.append(perf_counter() - began)
        return sorted(seconds)[len(seconds) // 2]

    get(long, "/source/long")

    assert median(range(8000, 9000, 200)) < 4 * median(range(400, 1400, 200))
