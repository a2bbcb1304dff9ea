"""What queries find set-wise where SHACL Core has no words for it; each finding is a triple that a shape judges.

The queries join sub-selects, which the engine solves by themselves, so that it joins whole sets: looking up one row after
the other takes five to eight times as long. They compare IRIs by SAMETERM and look at text last: reading terms takes time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from fasti.store import Dataset, NamedNode, Term
from fasti.store.embedded import Triple

# At the start of a line of a query:
_SHARED = "# For each ?property:"  # it may be asked for one property after the other
_TOGETHER = "# Of all graphs together:"  # its default graph is their union


@dataclass(frozen=True, slots=True)
class Search:
    """One query to run, for one property if it can be asked so."""

    text: str
    property: NamedNode | None = None

    def run(self, dataset: Dataset) -> Iterator[Triple]:
        """Its findings in the whole dataset."""
        if _says(self.text, _TOGETHER):
            return dataset.construct_of_all(self.text)
        bound = {"property": self.property} if self.property else {}
        return dataset.construct_text(self.text, **bound)


def searches(folder: Path, dataset: Dataset) -> Iterator[Search]:
    """The queries `*.rq` of a folder, those that can be shared out once for each property of the record."""
    for path in sorted(folder.glob("*.rq")):
        text = path.read_text("utf-8")
        if _says(text, _SHARED):
            properties = sorted(row["property"].value for row in dataset.select("properties"))
            yield from (Search(text, NamedNode(iri)) for iri in properties)
        else:
            yield Search(text)


def _says(text: str, remark: str) -> bool:
    return any(line.startswith(remark) for line in text.splitlines())


def misquotes(dataset: Dataset, texts: Mapping[str, str]) -> Iterator[Triple]:
    """A finding for each passage whose source has other words at its offsets (Web Annotation 4.2.5).

    The passages are sorted by their source: each text is asked for once, and one at a time is in memory.
    """
    finding = NamedNode(dataset.vocabulary.expand("fasti:passageText"))

    def source(row: Mapping[str, Term]) -> str:
        return row["source"].value

    for iri, rows in groupby(sorted(dataset.select("quotes"), key=source), key=source):
        text = texts.get(iri.rpartition("/")[2], "")
        for row in rows:
            if _cut(text, row["start"].value, row["end"].value) != row["quote"].value:
                yield Triple(NamedNode(row["passage"].value), finding, row["quote"])


def _cut(text: str, start: str, end: str) -> str | None:
    """The text between two offsets, or None where they are no such numbers."""
    return text[int(start) : int(end)] if start.isdecimal() and end.isdecimal() else None
