"""A browser on the served seeds: whatever asks another host, writes an error to the console or breaks the policy, fails."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request
    from tests.conftest import LiveServer  # type: ignore[import-not-found]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
TOOLS = Path(__file__).parents[2] / ".browser" / "node_modules"
SETUP = "tests/browser/setup.sh installs it"

Open = Callable[..., "Page"]

BODY = "organization/ogs"
PASSAGES = "SELECT ?iri { GRAPH ?iri { ?tenure org:memberDuring ?time } } ORDER BY ?iri LIMIT 1"
MANY_ROWS = "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 600"
TENURES = (
    """SELECT ?name ?when { ?tenure org:member/rdfs:label ?name ; org:memberDuring/fasti:edtf ?when } ORDER BY ?when"""
)


def first(sort: str) -> str:
    """The query for the first entity of a kind, by IRI."""
    return f'SELECT DISTINCT ?iri {{ ?iri rdfs:label ?l FILTER(CONTAINS(STR(?iri), "/id/{sort}/") && !CONTAINS(STR(?iri), "#")) }} ORDER BY ?iri LIMIT 1'


def asked(query: str) -> str:
    """The query page with an answer."""
    return f"sparql?{urlencode({'query': query})}"


# Every type of page: a path, or the query for the IRI of one that has it.
PAGES = {
    "home": "",
    "organization": f"doc/{BODY}",
    "organization-on-a-day": "doc/organization/general-office-cppcc?at=1966-05-20",
    "post": "doc/post/director--ogs",
    "post-on-a-day": "doc/post/director--ogs?at=1988",
    "person": "doc/person/tian-jiaying",
    "membership": first("membership"),
    "event": first("event"),
    "site": first("site"),
    "work": first("work"),
    "conflict": "SELECT ?iri { GRAPH <graph/quality> { ?iri a fasti:Conflict } } ORDER BY ?iri LIMIT 1",
    "passage": PASSAGES,
    "source": "SELECT ?iri { GRAPH <graph/evidence> { ?iri a fasti:Source } } ORDER BY ?iri LIMIT 1",
    "sources": "source/",
    "search": f"search?{urlencode({'q': '秘书'})}",
    "search-without-hits": "search?q=qqqqqq",
    "search-empty": "search",
    "browse-organizations": "browse/organization",
    "browse-people": "browse/person",
    "browse-posts": "browse/post",
    "browse-events": "browse/event",
    "questions": "questions/",
    "question": "questions/holders-of-a-post",
    "question-with-merely-possible-answers": "questions/only-possible-tenures-on-a-day",
    "timeline": "chart/timeline/post/director--ogs",
    "chart": f"chart/organization/{BODY}",
    "succession": f"chart/succession/{BODY}",
    "query": "sparql",
    "query-answered": asked(TENURES),
    "query-of-many-rows": asked(MANY_ROWS),
    "query-of-a-graph": asked("CONSTRUCT { ?s rdfs:label ?l } WHERE { ?s rdfs:label ?l } LIMIT 5"),
    "query-wrong": asked("SELECT * WHERE {\n  ?s ?p }"),
    "dumps": "dumps/",
    "vocabulary": "def",
    "code-list": "scheme/rank",
    "shapes": "shapes",
    "graph": "graph/links",
    "quality": "quality",
    "catalog": "catalog",
    "not-found": "doc/organization/nobody-knows",
    "gone-nowhere": "nothing-here",
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test with `page_type` runs for every type of page."""
    if "page_type" in metafunc.fixturenames:
        metafunc.parametrize("page_type", PAGES)


@pytest.fixture(scope="session")
def address(live_server: LiveServer) -> Callable[..., str]:
    """The address of a type of page, with more parameters."""

    def find(page_type: str, **parameters: str) -> str:
        path = PAGES[page_type]
        if path.startswith("SELECT"):
            found = live_server.get("/sparql", "text/csv", query=path).body.decode().split()
            assert len(found) == 2, f"{page_type}: one IRI was expected, found {found}"
            path = found[1].removeprefix(live_server.base).replace("id/", "doc/", 1)
        more = urlencode(parameters)
        return live_server.base + path + (f"{'&' if '?' in path else '?'}{more}" if more else "")

    return find


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    api = pytest.importorskip("playwright.sync_api", reason=SETUP)
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed; CI installs it")
    with api.sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


class Watch:
    """What a context must not do: ask another host, or complain."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.complaints: list[str] = []
        self.allowed: tuple[str, ...] = ()
        """Beginnings of other addresses that a test asks on purpose."""

    def follow(self, page: Page) -> None:
        """Listen to a page from its first request on."""
        page.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:", "blob:", "about:", *self.allowed)):
            self.complaints.append(f"{request.url} was asked")

    def _console(self, message: ConsoleMessage) -> None:
        # An answer that is no success is told on the console; whether it was expected, the test says.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(f"{message.location.get('url')}: {message.text}")
        elif message.type == "error" and "/static/" in message.location.get("url", ""):
            self.complaints.append(f"{message.location['url']}: {message.text}")


@pytest.fixture
def watch(live_server: LiveServer) -> Iterator[Watch]:
    """The complaints of all pages that the test opens; any is a failure."""
    made = Watch(live_server.base)
    yield made

    assert made.complaints == []


@pytest.fixture
def open_page(chromium: Browser, live_server: LiveServer, watch: Watch) -> Iterator[Open]:
    """Opens an address in a context of its own: `width`, `dark`, `scripts`, `language`."""
    contexts: list[BrowserContext] = []

    def opened(url: str, *, width: int = 1440, dark: bool = False, scripts: bool = True, language: str = "en") -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            locale=language,
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        watch.follow(page)
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, to be evaluated in a page."""
    source = TOOLS / "axe-core" / "axe.min.js"
    if not source.exists():
        pytest.skip(SETUP)
    return source.read_text("utf-8")


@pytest.fixture(scope="session")
def validator() -> Path:
    """The program `html-validate`."""
    program = TOOLS / "html-validate" / "bin" / "html-validate.mjs"
    if not program.exists():
        pytest.skip(SETUP)
    return program
