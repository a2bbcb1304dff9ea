"""Pages are valid HTML, small, and show labels as text."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import Open  # type: ignore[import-not-found]
    from tests.conftest import LiveServer  # type: ignore[import-not-found]

pytestmark = pytest.mark.browser
Address = Callable[..., str]
MOST_BYTES = 100_000
STATUS = {"not-found": 404, "gone-nowhere": 404, "query-wrong": 400}


def test_pages_are_valid_html(
    live_server: LiveServer, address: Address, validator: Path, tmp_path: Path, page_type: str
) -> None:
    """By the rules of the WHATWG standard that html-validate knows, in both languages."""
    config = Path(__file__).parent / "html-validate.json"
    for language in ("en", "zh-Hans"):
        target = address(page_type, lang=language).removeprefix(live_server.base)
        answer = live_server.get(f"/{target}", "text/html")
        assert answer.status == STATUS.get(page_type, 200)
        assert answer.type == "text/html"
        (tmp_path / f"{language}.html").write_bytes(answer.body)
    told = tmp_path / "told.json"
    options = ["--config", str(config), "--formatter", f"json={told}", "--ext", "html"]
    command = [str(shutil.which("node")), str(validator), *options, str(tmp_path)]
    subprocess.run(command, capture_output=True, timeout=60, check=False)  # it fails when there is something to tell
    found = [
        f"{Path(file['filePath']).name}:{message['line']}:{message['column']} {message['ruleId']}: {message['message']}"
        for file in json.loads(told.read_text("utf-8"))
        for message in file["messages"]
    ]

    assert found == []


def test_a_page_is_small(open_page: Open, address: Address, page_type: str) -> None:
    """Less than 100 kB unpacked with all that it loads, the editor of the query page apart."""
    sizes: dict[str, int] = {}
    page = open_page("about:blank")
    page.on("response", lambda answer: sizes.update({answer.url: len(answer.body())}))
    page.goto(address(page_type))
    page.wait_for_load_state("networkidle")
    own = {url: size for url, size in sizes.items() if "/vendor/" not in url and "terms.json" not in url}

    assert sum(own.values()) < MOST_BYTES, own
