"""The query page with its editor: written, completed and asked by keyboard alone, and left again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from tests.browser.conftest import Open, Watch  # type: ignore[import-not-found]
    from tests.conftest import LiveServer  # type: ignore[import-not-found]

pytestmark = pytest.mark.browser
ANSWER, EDITOR = "table.answer", ".yasqe .CodeMirror"
ROWS = f"{ANSWER} tbody tr"


@pytest.fixture
def page(open_page: Open, live_server: LiveServer) -> Page:
    """The query page with the editor in place; skipped where set-up had no npm."""
    page = open_page(live_server.base + "sparql")
    if page.locator("form[data-editor]").count() == 0:
        pytest.skip("server/editor/setup.sh installs the editor")
    page.wait_for_selector(EDITOR)
    return page


def write(page: Page, text: str) -> None:
    """Put the cursor into the editor and type in the place of what is there."""
    page.locator("#query-label").click()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.closest('.yasqe') ? 'editor' : document.activeElement.localName"))


def test_the_example_is_no_mistake_though_it_declares_no_prefix(page: Page) -> None:
    assert "org:Membership" in page.locator(EDITOR).inner_text()
    assert not page.locator("#syntax").is_visible()


def test_an_undeclared_prefix_of_nobody_is_a_mistake(page: Page) -> None:
    write(page, "SELECT * { ?s nobody:knows ?o }")

    page.locator("#syntax", has_text="nobody:knows").wait_for()


def test_ctrl_enter_asks_and_the_address_keeps_the_question(page: Page) -> None:
    write(page, "SELECT ?s { ?s a org:Post } LIMIT 3")
    page.keyboard.press("Control+Enter")
    page.locator(ROWS).nth(2).wait_for()

    assert page.locator(ROWS).count() == 3
    assert "org%3APost" in page.url
    assert "ms" in page.locator("#state").inner_text()


def test_a_shared_address_shows_question_and_answer(page: Page, open_page: Open) -> None:
    write(page, "SELECT ?s { ?s a org:Site } LIMIT 2")
    page.keyboard.press("Control+Enter")
    page.locator(ROWS).nth(1).wait_for()
    shared = open_page(page.url)
    shared.wait_for_selector(EDITOR)

    assert "org:Site" in shared.locator(EDITOR).inner_text()
    assert shared.locator(ROWS).count() == 2


def test_back_leads_to_the_answer_before(page: Page) -> None:
    for limit in (1, 2):
        write(page, f"SELECT ?s {{ ?s a org:Post }} LIMIT {limit}")
        page.keyboard.press("Control+Enter")
        page.locator(f"{ROWS}:nth-child({limit}):last-child").wait_for()
    page.go_back()
    page.locator(f"{ROWS}:only-child").wait_for()

    assert "LIMIT 1" in page.locator(EDITOR).inner_text()


@pytest.mark.parametrize(("key", "element"), [("Tab", "button"), ("Escape", "button"), ("Shift+Tab", "a")])
def test_the_editor_is_no_trap(page: Page, key: str, element: str) -> None:
    """WCAG 2.1.2: the keyboard leaves as it came."""
    page.locator("#query-label").click()
    assert focused(page) == "editor"
    page.keyboard.press(key)

    assert focused(page) != "editor"
    if element == "button":
        assert focused(page) == "button"


def test_terms_are_completed_from_the_vocabulary(page: Page) -> None:
    write(page, "SELECT * { ?s fasti:heldTog")
    page.locator(".CodeMirror-hint", has_text="held together with").first.wait_for()
    page.keyboard.press("Enter")

    assert "fasti:heldTogetherWith" in page.locator(EDITOR).inner_text()


def test_a_word_of_a_label_finds_its_term(page: Page) -> None:
    write(page, "SELECT * { ?s together")
    page.keyboard.press("Control+Space")
    page.locator(".CodeMirror-hint", has_text="fasti:heldTogetherWith").first.wait_for()
    page.keyboard.press("Enter")

    assert "?s fasti:heldTogetherWith" in page.locator(EDITOR).inner_text()


def test_variables_of_the_query_are_completed(page: Page) -> None:
    write(page, "SELECT ?holder { ?tenure org:member ?ho")
    page.locator(".CodeMirror-hint", has_text="?holder").wait_for()


@pytest.mark.parametrize("name", ["general office", "总书记"])
def test_an_entity_is_found_by_its_name(page: Page, live_server: LiveServer, name: str) -> None:
    write(page, f"SELECT * {{ <{name}")
    page.locator(".CodeMirror-hint").first.wait_for()
    page.keyboard.press("Enter")

    assert f"<{live_server.base}id/organization/" in page.locator(EDITOR).inner_text().replace("\n", "")


def test_a_mistake_is_marked_where_it_is(page: Page) -> None:
    write(page, "SELECT *\n{ ?s rank ?o }")
    page.keyboard.press("Control+Enter")
    page.locator(".wrong-place").wait_for()

    assert page.locator(".wrong-place").inner_text() == "rank"
    assert page.locator(".wrong-line .CodeMirror-linenumber").inner_text().strip() == "2"
    assert page.locator("#outcome [role=alert]").is_visible()


def test_an_example_is_shown_and_asked(page: Page) -> None:
    link = page.locator(".examples a").first
    link.focus()
    page.keyboard.press("Enter")
    page.locator("#answer").wait_for()

    assert page.url == link.evaluate("link => link.href")
    assert "SELECT" in page.locator(EDITOR).inner_text()


def test_one_goes_back_from_an_example_to_what_one_asked(page: Page) -> None:
    write(page, "ASK { ?nobody org:holds ?nothing }")
    page.keyboard.press("Control+Enter")
    page.locator("#answer").wait_for()
    page.locator(".examples a").first.click()
    page.locator(ROWS).first.wait_for()
    page.go_back()
    page.locator(EDITOR).filter(has_text="nobody").wait_for()

    assert page.locator(ROWS).count() == 0


def test_the_answer_is_the_same_without_scripts(page: Page, open_page: Open) -> None:
    """The server draws answers, so the picture and the table are there for everybody."""
    write(page, "SELECT ?b (COUNT(?p) AS ?n) { ?p org:postIn ?b } GROUP BY ?b ORDER BY ?b")
    page.keyboard.press("Control+Enter")
    page.locator(ROWS).first.wait_for()
    plain = open_page(page.url, scripts=False)

    assert plain.locator("textarea").is_visible()
    assert plain.locator("#outcome").inner_text() == page.locator("#outcome").inner_text()
    assert plain.locator("svg.track").count() > 1


def test_no_other_host_is_asked_whatever_is_typed(
    page: Page, watch: Watch, chromium: object, open_page: Callable[..., Page]
) -> None:
    """The editor's makers complete from services on the web; here nothing leaves, which `watch` sees."""
    write(page, "PREFIX foaf: <http")
    write(page, "PREFIX sc")
    write(page, "SELECT * { ?s rdf:type <http://xmlns.com/foa")
    page.keyboard.press("Control+Space")
    write(page, "SELECT * { ?s a dbo:Per")
    page.keyboard.press("Control+Space")
    page.wait_for_timeout(300)

    assert watch.complaints == []
