"""What each seed says, statement by statement: `STEM.nq` holds the quads of the source's passage graphs, sorted.

A difference is either a mistake or an improvement. Read it against the text; when it is right, rewrite the files with
`python -m pytest tests/golden --golden-update` and commit them together with what made the difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from fasti.build import Built, build, sources
from fasti.paths import data
from fasti.store import NamedNode, canonical
from fasti.vocabulary import Vocabulary

HERE = Path(__file__).parent
VOCABULARY = Vocabulary()
STEMS = sorted(path.stem for path in data("seeds").glob("*.txt"))
SHOWN = 40  # differing statements that a failure prints


@pytest.fixture(scope="module")
def built() -> Built:
    """The five seeds, built in memory with the default base."""
    return build(sources(data("seeds")), VOCABULARY)


def _lines(built: Built, stem: str) -> list[str]:
    """The quads of one source's passages, in canonical order."""
    prefix = VOCABULARY.entity("passage", f"{stem}/")
    quads = built.dataset.quads()
    mine = (q for q in quads if isinstance(q.graph_name, NamedNode) and q.graph_name.value.startswith(prefix))
    return [f"{quad} ." for quad in canonical(mine)]


def _difference(golden: list[str], found: list[str], text: str) -> Iterator[str]:
    """Statements that are gone (-) and new (+), under the words that they were read from."""
    gone, new = set(golden) - set(found), set(found) - set(golden)
    marked = sorted([*((_offsets(line), "-", line) for line in gone), *((_offsets(line), "+", line) for line in new)])
    yield f"{len(gone)} statements are gone, {len(new)} are new:"
    before = None
    for (start, end), sign, line in marked[:SHOWN]:
        if (start, end) != before:
            before = (start, end)
            yield f"line {text.count(chr(10), 0, start) + 1}: {text[start:end]!r}"
        yield f"  {sign} {_short(line)}"
    if len(marked) > SHOWN:
        yield f"… and {len(marked) - SHOWN} more"


def _offsets(line: str) -> tuple[int, int]:
    start, _, end = line.rpartition("/")[2].partition(">")[0].partition("-")
    return int(start), int(end)


def _short(line: str) -> str:
    """The triple of an N-Quads line with prefixes, its graph left out."""
    triple = re.sub(r" <[^>]*> \.$", "", line)
    for name, namespace in sorted(VOCABULARY.prefixes.items(), key=lambda item: -len(item[1])):
        triple = re.sub(rf"<{re.escape(namespace)}([\w-]*)>", rf"{name}:\1", triple)
    return triple.replace(f"<{VOCABULARY.base}", "<")


@pytest.mark.parametrize("stem", STEMS)
def test_a_source_says_what_was_reviewed(built: Built, stem: str, request: pytest.FixtureRequest) -> None:
    path = HERE / f"{stem}.nq"
    found = _lines(built, stem)
    if request.config.getoption("--golden-update", default=False):
        path.write_text("\n".join(found) + "\n", "utf-8")
    golden = path.read_text("utf-8").splitlines()
    text = next(document.text for document in built.documents if document.stem == stem)
    assert golden == found, "\n" + "\n".join(_difference(golden, found, text))


def test_every_golden_file_belongs_to_a_seed() -> None:
    assert sorted(path.stem for path in HERE.glob("*.nq")) == STEMS
