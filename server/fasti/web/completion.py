"""What the query page's editor completes and offers: the terms of the release, and its ready questions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, current_app

from fasti import paths
from fasti.kept import Kept
from fasti.release import Release
from fasti.store.embedded import Literal
from fasti.web.current import release
from fasti.web.language import language
from fasti.web.representations import finish
from fasti.web.wording import in_words, shorten

bp = Blueprint("completion", __name__)


@dataclass(frozen=True, slots=True)
class Example:
    """A ready question: how its address calls it, its SPARQL, and by language its name and what it finds."""

    name: str
    query: str
    words: Mapping[str, tuple[str, str]]

    @property
    def said(self) -> tuple[str, str, str]:
        """Name and explanation in the language of the request, or else in English, and which language that is."""
        wanted = (language().lower(), "en", "")
        tag = next((tag for tag in wanted if tag in self.words), next(iter(self.words)))
        return *self.words[tag], tag


@bp.get("/sparql/terms.json")
def terms() -> Response:
    """Prefixes and the prefixed names of classes, properties and concepts, those used most first."""
    made: Kept = current_app.extensions["fasti.kept"]
    key = (release().path, release().created, "completion")
    return finish(Response(made.get(key, lambda: _terms(release())), content_type="application/json"), negotiated=False)


def _terms(current: Release) -> bytes:
    prefixes = current.vocabulary.prefixes
    found: dict[str, dict[str, object]] = {}
    for row in current.dataset.select("completion"):
        iri, label = row["term"].value, row.get("label")
        name = shorten(iri, prefixes)
        english = isinstance(label, Literal) and label.language in ("en", None)
        if name != iri and (name not in found or english):
            words = label.value if label else in_words(iri)
            found[name] = {"name": name, "kind": row["kind"].value, "uses": int(row["uses"].value), "label": words}
    return json.dumps({"prefixes": prefixes, "terms": list(found.values())}, ensure_ascii=False).encode()


def examples(current: Release) -> Mapping[str, Example]:
    """The questions that the catalog publishes, by name; or the one that comes with the program."""
    made: Kept = current_app.extensions["fasti.kept"]
    listed = json.loads(made.get((current.path, current.created, "examples"), lambda: _examples(current)))
    return {name: Example(name, query, words) for name, (query, words) in listed.items()} or {"example": _own()}


def _examples(current: Release) -> bytes:
    found: dict[str, tuple[str, dict[str, tuple[str, str]]]] = {}
    for row in current.dataset.select("examples"):
        name, label = row["example"].value.rpartition("/")[2], row.get("label")
        tag = (label.language or "").lower() if isinstance(label, Literal) else ""
        words = (label.value if label else name, row["comment"].value if "comment" in row else "")
        found.setdefault(name, (row["text"].value, {}))[1][tag] = words
    return json.dumps(found, ensure_ascii=False).encode()


def _own() -> Example:
    """The example that comes with the program; its comment says what it finds."""
    text = paths.query("example")
    return Example("example", text, {"en": (text.partition("\n")[0].lstrip("# "), "")})
