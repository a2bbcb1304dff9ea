"""What tests of several stations share: a small dataset as the build makes it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def built() -> ModuleType:
    """The module `ontology/built.py`, which assembles that dataset."""
    path = Path(__file__).parent / "ontology" / "built.py"
    spec = importlib.util.spec_from_file_location("built", path)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["built"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
