"""Where the data folders are: beside the code in a wheel, at the root in a checkout."""

from __future__ import annotations

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


def query(name: str) -> Path:
    """The file of one of the product's own questions, `queries/{name}.rq`."""
    return _PACKAGE / "queries" / f"{name}.rq"
