"""Documents of one title, such as two revisions of a text: what tells them apart where only the title is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from flask import Flask

from fasti.web.current import release


def told_apart(source: str) -> str:
    """Of a document that shares its title the short form of its file's name, `003`; of any other one nothing."""
    current = release()
    return _names(current.path, current.id).get(source, "")


@lru_cache(maxsize=2)
def _names(_: Path, __: str) -> Mapping[str, str]:
    titled: dict[str, dict[str, str]] = defaultdict(dict)
    for row in release().dataset.select("sources"):
        titled[row["title"].value if "title" in row else ""][row["source"].value] = row["identifier"].value
    found: dict[str, str] = {}
    for title, stems in titled.items():
        if title and len(stems) > 1:
            short = {iri: stem.partition("_")[0] for iri, stem in stems.items()}
            found |= short if len({*short.values()}) == len(short) else stems
    return found


def register(app: Flask) -> None:
    """Let templates tell documents apart."""
    app.jinja_env.globals.update(told_apart=told_apart)
