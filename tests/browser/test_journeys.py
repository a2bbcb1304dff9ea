"""What people come for, from a name to the words that say it and on: once with scripts and once without."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from tests.browser.conftest import Open, Watch  # type: ignore[import-not-found]
    from tests.conftest import LiveServer  # type: ignore[import-not-found]

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["with-scripts", "without-scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Whether the browser runs scripts."""
    return bool(request.param)


@pytest.fixture
def home(open_page: Open, live_server: LiveServer, scripts: bool) -> Page:
    return open_page(live_server.base, scripts=scripts)


def search(page: Page, name: str) -> None:
    """Look for a name from the head of any page."""
    page.locator("header.site input[name=q]").fill(name)
    page.locator("header.site button[type=submit]").click()
    page.wait_for_url("**/search?*")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("General Secretary's Office", "ogs"),
        ("总书记办公室", "ogs"),
        ("中办", "general-office-ccp"),
        ("zongshuji bangongshi", "ogs"),
        ("Mauseleum", "chairman-mao-memorial-hall-administration"),
    ],
    ids=["other-name", "chinese", "two-characters", "pinyin-without-tones", "misspelt"],
)
def test_a_body_is_found_by_any_of_its_names(home: Page, name: str, slug: str) -> None:
    search(home, name)
    home.locator(f'main a[href*="/doc/organization/{slug}"]').first.click()

    home.wait_for_url(f"**/doc/organization/{slug}*")


def test_the_state_on_a_day_stays_while_one_goes_on(open_page: Open, live_server: LiveServer, scripts: bool) -> None:
    page = open_page(f"{live_server.base}doc/organization/general-office-ccp", scripts=scripts)
    page.locator("input[name=at]").first.fill("1966-05-20")
    page.keyboard.press("Enter")
    page.wait_for_url("**at=1966-05-20*")
    assert "20 May 1966" in page.locator("main").inner_text()
    page.locator('main a[href*="/doc/post/"]').first.click()
    page.wait_for_url("**/doc/post/**")

    assert "at=1966-05-20" in page.url


def test_the_words_behind_a_holder_lead_to_the_source(open_page: Open, live_server: LiveServer, scripts: bool) -> None:
    page = open_page(f"{live_server.base}doc/post/director--ogs", scripts=scripts)
    summary = page.locator("main details.words > summary").first
    summary.focus()
    page.keyboard.press("Enter")
    quote = page.locator("main details.words[open] .quote").first
    assert quote.locator("mark").is_visible()
    quote.locator("figcaption a").first.click()
    page.wait_for_url("**/passage/**")
    page.locator('main a[href*="/source/"]').first.click()
    page.wait_for_url("**/source/**")

    assert page.locator("main mark, main .read").count() > 0


def test_a_post_leads_to_its_timeline(open_page: Open, live_server: LiveServer, scripts: bool) -> None:
    page = open_page(f"{live_server.base}doc/post/director--ogs", scripts=scripts)
    page.locator('main a[href*="/chart/timeline/post/director--ogs"]').first.click()
    page.wait_for_url("**/chart/timeline/post/director--ogs*")

    assert page.locator("main table").count() > 0
    for name in ("Lin Mu", "Han Shiming"):
        assert name in page.locator("main table").first.inner_text()


class _Quiet(http.server.BaseHTTPRequestHandler):
    """Serves one page of its class."""

    page = b""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.page)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def elsewhere(live_server: LiveServer) -> Iterator[str]:
    """A page of another origin that shows the picture of a timeline."""
    shown = f'<!doctype html><title>Elsewhere</title><img alt="" src="{live_server.base}chart/timeline/post/director--ogs.svg">'
    handler = type("Elsewhere", (_Quiet,), {"page": shown.encode()})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_picture_can_be_shown_by_pages_of_others(
    elsewhere: str, open_page: Open, watch: Watch, scripts: bool
) -> None:
    watch.allowed = (elsewhere,)
    page = open_page(elsewhere, scripts=scripts)
    picture = page.locator("img")

    assert picture.evaluate("img => img.complete && img.naturalWidth") > 100


def test_an_example_is_asked_and_its_answer_downloaded(open_page: Open, live_server: LiveServer, scripts: bool) -> None:
    page = open_page(f"{live_server.base}sparql", scripts=scripts)
    page.locator(".examples a").first.click()
    page.locator("table.answer tbody tr").first.wait_for()
    rows = page.locator("table.answer tbody tr").count()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    lines = download.value.path().read_text("utf-8").splitlines()

    assert len(lines) == rows + 1


def test_the_iri_of_a_body_shows_its_page(open_page: Open, live_server: LiveServer, scripts: bool) -> None:
    """A browser that looks up the IRI itself ends on the page, with holders, the quote and the conflict."""
    page = open_page(f"{live_server.base}id/organization/ogs", scripts=scripts)

    text = page.locator("main").text_content() or ""
    for words in ("Office of the General Secretary", "Han Shiming", "Lin Mu", "de facto", "Cai Qi", "总书记办公室"):
        assert words in text
