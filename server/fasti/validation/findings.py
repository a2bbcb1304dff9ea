"""What queries find set-wise where SHACL Core has no words for it; each finding is a triple that a shape judges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fasti.store import Dataset, NamedNode
from fasti.store.embedded import Triple

_SHARED = "# For each ?property:"  # at the start of a line: the query may be asked for one property after the other


@dataclass(frozen=True, slots=True)
class Search:
    """One query to run, for one property if it can be asked so."""

    text: str
    property: NamedNode | None = None

    def run(self, dataset: Dataset) -> Iterator[Triple]:
        """Its findings in the whole dataset."""
        bound = {"property": self.property} if self.property else {}
        return dataset.construct_text(self.text, **bound)


def searches(folder: Path, dataset: Dataset) -> Iterator[Search]:
    """The queries `*.rq` of a folder, those that can be shared out once for each property of the record."""
    properties = sorted(row["property"].value for row in dataset.select("properties"))
    for path in sorted(folder.glob("*.rq")):
        text = path.read_text("utf-8")
        if any(line.startswith(_SHARED) for line in text.splitlines()):
            yield from (Search(text, NamedNode(iri)) for iri in properties)
        else:
            yield Search(text)


def misquotes(dataset: Dataset, texts: Mapping[str, str]) -> Iterator[Triple]:
    """A finding for each passage whose source has other words at its offsets (Web Annotation 4.2.5).

    The passages come source by source, so that one text at a time is in memory.
    """
    finding = NamedNode(dataset.vocabulary.expand("fasti:passageText"))

    @lru_cache(maxsize=2)
    def text(stem: str) -> str:
        return texts.get(stem, "")

    for row in dataset.select("quotes"):
        quote = row["quote"]
        source = text(row["source"].value.rpartition("/")[2])
        if source[int(row["start"].value) : int(row["end"].value)] != quote.value:
            yield Triple(NamedNode(row["passage"].value), finding, quote)
