"""The option that rewrites the golden files: `python -m pytest tests/golden --golden-update`."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden-update", action="store_true", help="rewrite tests/golden/*.nq from the present build")
