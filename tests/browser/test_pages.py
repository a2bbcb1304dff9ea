"""Pages in a real browser: what people see of a body, a person, the query form; 500 pixels is the narrowest headless window."""

from __future__ import annotations

import shutil
import struct
import subprocess
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import LiveServer  # type: ignore[import-not-found]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed; CI installs it"),
]
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars"]
PAGES = [
    "",
    "doc/organization/ogs",
    "doc/person/tian-jiaying",
    "doc/post/director--ogs",
    "sparql",
    "dumps/",
    "source/",
    "def",
]


def browse(profile: Path, url: str, *flags: str) -> str:
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={profile}", *flags, url]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


def pixels(png: Path) -> tuple[int, int, int]:
    """Width and height of a screenshot, and how many distinct bytes its lines hold: a blank page has a handful."""
    data = png.read_bytes()
    width, height = struct.unpack(">II", data[16:24])
    at, packed = 8, b""
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        if data[at + 4 : at + 8] == b"IDAT":
            packed += data[at + 8 : at + 8 + length]
        at += 12 + length
    return width, height, len(set(zlib.decompress(packed)))


@pytest.mark.parametrize("width", [500, 1440])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_drawn_in_narrow_and_wide_windows(
    live_server: LiveServer, tmp_path: Path, page: str, width: int
) -> None:
    """Something is on the page, and nothing of it is wider than the window."""
    shot = tmp_path / "page.png"

    browse(tmp_path / "profile", live_server.base + page, f"--screenshot={shot}", f"--window-size={width},1200")

    found_width, _, variety = pixels(shot)
    assert found_width == width
    assert variety > 30


def test_the_iri_of_a_body_shows_its_page(live_server: LiveServer, tmp_path: Path) -> None:
    """A browser that looks up the IRI itself ends on the page, with holders, the quote and the conflict."""
    dom = browse(tmp_path / "profile", f"{live_server.base}id/organization/ogs", "--dump-dom")

    for words in (
        "Office of the General Secretary",
        "Han Shiming",
        "Lin Mu",
        "de facto",
        "Cai Qi",
        "总书记办公室",
        "1. Lin Mu (1982–1987) (de facto)",
    ):
        assert words in dom
