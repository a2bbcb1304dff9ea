"""Documents of one title, such as two revisions of a text: what tells them apart where only the title is shown."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from flask import Flask

from fasti.store.embedded import NamedNode
from fasti.web.current import release


def told_apart(source: str) -> str:
    """Of a document that shares its title the short form of its file's name, `003`; of any other one nothing."""
    current = release()
    return _name(current.path, current.id, source)


@lru_cache(maxsize=10_000)
def _name(_: Path, __: str, source: str) -> str:
    vocabulary, dataset = release().vocabulary, release().dataset
    titled, stem = NamedNode(vocabulary.expand("dct:title")), source.removeprefix(prefix := vocabulary.source(""))
    titles = {quad.object for quad in dataset.quads(NamedNode(source), titled)}
    alike = {quad.subject.value for title in titles for quad in dataset.quads(p=titled, o=title)}
    others = {other.removeprefix(prefix) for other in alike if other.startswith(prefix)} - {stem}
    short = stem.partition("_")[0]
    if not others:
        return ""
    return stem if any(other.partition("_")[0] == short for other in others) else short


def register(app: Flask) -> None:
    """Let templates tell documents apart."""
    app.jinja_env.globals.update(told_apart=told_apart)
