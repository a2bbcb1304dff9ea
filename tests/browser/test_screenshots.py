"""Pictures of the main pages, to be looked at: light and dark, three widths, both languages; kept in `screenshots/`."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import Open  # type: ignore[import-not-found]

pytestmark = pytest.mark.browser
FOLDER = Path(os.environ.get("FASTI_SCREENSHOTS", Path(__file__).parent / "screenshots"))
MAIN = ("home", "organization", "organization-on-a-day", "post", "person", "search", "browse-organizations", "questions",
        "timeline", "chart", "succession", "source", "query-answered", "quality")  # fmt: skip


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("kind", MAIN)
def test_a_page_is_drawn(open_page: Open, address: Callable[..., str], kind: str, dark: bool) -> None:
    """It has something on it in every language and width, and a picture of it is kept."""
    FOLDER.mkdir(exist_ok=True)
    for language in ("en", "zh-Hans"):
        page = open_page(address(kind, lang=language), dark=dark)
        for width in (320, 768, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            picture = FOLDER / f"{kind}-{language}-{width}-{'dark' if dark else 'light'}.png"
            page.screenshot(path=picture, full_page=True)

            assert picture.stat().st_size > 10_000
        page.context.close()
