"""What `/openapi.json` promises, tried by Schemathesis: every operation, valid and invalid requests, every check."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import LiveServer

pytestmark = pytest.mark.clients

# Not every text is a query, a value that something in the data has, or what fills the blank of a question, of which
# each has its own: 400 is right for most of what fits the schema.
SETTINGS = """
[[operations]]
include-path = "/sparql"
[operations.checks]
positive_data_acceptance.enabled = false
[[operations]]
include-path-regex = "^/(browse|questions)/"
[operations.checks]
positive_data_acceptance.enabled = false
"""
EXAMPLES = 60  # of each operation and phase


def test_schemathesis_finds_nothing(live_server: LiveServer, tmp_path: Path) -> None:
    if importlib.util.find_spec("schemathesis") is None and not os.environ.get("CI"):
        pytest.skip("schemathesis is not installed")
    (tmp_path / "schemathesis.toml").write_text(SETTINGS, "utf-8")
    command = [
        sys.executable, "-m", "schemathesis.cli", "run", f"{live_server.base}openapi.json",
        f"--max-examples={EXAMPLES}", "--generation-deterministic",
        "--phases=examples,coverage,fuzzing", "--continue-on-failure", "--max-response-time=35", "--no-color",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=500, check=False, cwd=tmp_path)

    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2000:]
    assert "0 operations" not in done.stdout
