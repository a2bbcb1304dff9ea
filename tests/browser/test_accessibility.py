"""WCAG 2.2 AA as far as programs can tell: axe, reflow, and everything by keyboard with visible focus."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from tests.browser.conftest import Open  # type: ignore[import-not-found]

pytestmark = pytest.mark.browser
Address = Callable[..., str]
MOST_KEYS = 250
LANGUAGES = ("en", "zh-Hans")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

OPEN_ALL = "() => document.querySelectorAll('details').forEach(each => { each.open = true; })"
RUN_AXE = """rules => axe.run(document, { ...rules, resultTypes: ['violations'] }).then(found =>
  found.violations.flatMap(v => v.nodes.slice(0, 3).map(n => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary.split('\\n')[1] ?? ''}`)))"""
WIDER = """() => [...document.querySelectorAll('body *')].filter(each =>
    !each.closest('.scroll, .CodeMirror, .unseen, .skip') && each.getBoundingClientRect().right > innerWidth + 1)
  .slice(0, 3).map(each => `${each.localName}.${each.className}`)"""
# What the keyboard has to reach: shown, not in a closed disclosure; of a group of radio buttons one.
REACHABLE = """() => {
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')];
  const shown = all.filter(each => each.checkVisibility() && !each.disabled && each.type !== 'hidden' && each.tabIndex >= 0
    && !each.closest('.CodeMirror')
    && !(each.type === 'radio' && each !== (each.form.querySelector(`[name="${each.name}"]:checked`) ?? each.form.elements[each.name][0])));
  shown.forEach((each, place) => { each.dataset.place = place; });
  return shown.length;
}"""
FOCUSED = """() => {
  const each = document.activeElement;
  if (each === document.body) return null;
  const style = getComputedStyle(each);
  const box = each.getBoundingClientRect();
  const seen = each.closest('.CodeMirror-focused') || style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
  return [each.dataset.place ?? '', Boolean(seen) && box.width > 0, `${each.localName}.${each.className} ${each.textContent.trim().slice(0, 30)}`];
}"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing(open_page: Open, address: Address, axe: str, page_type: str, dark: bool) -> None:
    found = []
    for language in LANGUAGES:
        page = open_page(address(page_type, lang=language), dark=dark)
        ready(page)
        page.evaluate(OPEN_ALL)
        page.evaluate(axe)
        found += [f"{language}: {problem}" for problem in page.evaluate(RUN_AXE, RULES)]
        page.context.close()

    assert found == []


def ready(page: Page) -> None:
    """Wait for the editor, where there is one."""
    if page.locator("form[data-editor]").count():
        page.wait_for_selector(".yasqe")


def test_nothing_is_wider_than_the_window(open_page: Open, address: Address, page_type: str) -> None:
    """WCAG 1.4.10: no scrolling in two dimensions down to 320 CSS pixels, but inside tables and pictures."""
    for language in LANGUAGES:
        page = open_page(address(page_type, lang=language), width=320)
        ready(page)
        page.evaluate(OPEN_ALL)
        for width in (320, 768, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            scrolled = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")

            assert scrolled <= 0, f"{language}, {width} px: {scrolled} px too wide, by {page.evaluate(WIDER)}"


def test_the_keyboard_reaches_everything_and_focus_is_seen(open_page: Open, address: Address, page_type: str) -> None:
    """WCAG 2.1.1, 2.4.3 and 2.4.7, from the top of the page in the order of the page."""
    page = open_page(address(page_type))
    ready(page)
    count = page.evaluate(REACHABLE)
    reached, unseen = [], []
    for _ in range(min(count + 3, MOST_KEYS)):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            break
        place, seen, name = focused
        reached += [int(place)] if place else []
        unseen += [] if seen else [name]

    assert unseen == []
    expected = min(count, MOST_KEYS)
    assert len(set(reached)) >= expected - 1, f"of {count} the keyboard reached {len(set(reached))}"


def test_disclosures_open_by_key(open_page: Open, address: Address) -> None:
    page = open_page(address("post"))
    summary = page.locator("details > summary").first
    summary.focus()
    page.keyboard.press("Space")
    assert page.locator("details[open]").count() >= 1
    page.keyboard.press("Enter")

    assert page.locator("details").first.get_attribute("open") is None
