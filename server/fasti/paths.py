"""Where the data folders are: beside the code in a wheel, at the root in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fasti.errors import UsageError

_PACKAGE = Path(__file__).parent


def data(name: str) -> Path:
    """The folder `seeds`, `mappings` or `ontology` that belongs to this installation.

    Raises:
        UsageError: there is none, neither in the package nor in a checkout around it.
    """
    for folder in (_PACKAGE / "_data" / name, _PACKAGE.parents[1] / name):
        if folder.is_dir():
            return folder
    raise UsageError(f"the folder '{name}' is missing from this installation: reinstall fasti")


@cache
def query(name: str) -> str:
    """One of the product's own queries, the text of `queries/{name}.rq`."""
    return (queries() / f"{name}.rq").read_text("utf-8")


def queries() -> Path:
    """The folder of the product's own queries."""
    return _PACKAGE / "queries"
