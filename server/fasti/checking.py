"""What `fasti check` prints: what would be published, what nothing understood, and what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from fasti.build import Built
from fasti.coverage import coverage
from fasti.documents import Document
from fasti.store import Dataset, DefaultGraph, Quad, graph_iri, shorten
from fasti.vocabulary import Vocabulary


@dataclass(frozen=True)
class Check:
    """A dry run, in lines for a person."""

    built: Built

    @property
    def vocabulary(self) -> Vocabulary:
        """The IRIs that the run was made for."""
        return self.built.dataset.vocabulary

    def lines(self, *, statements: bool) -> Iterator[str]:
        """Per document its notices, statements by passage if wanted, unread words, coverage; then results of shapes."""
        said: dict[str, list[Quad]] = defaultdict(list)
        for quad in self.built.mapped.quads:
            said[graph_iri(quad)].append(quad)
        for document in self.built.documents:
            yield f"── {document.path}"
            yield from (f"warning: {notice}" for notice in document.notices)
            if statements:
                yield from self._statements(document, said)
            measured = coverage(document, self.built.mapped, self.vocabulary)
            for unread in measured.unread:
                why = f"left out: {unread.reason}" if unread.reason else f"unread: {unread.hint}"
                yield f"{document.path}:{unread.line}: {why}\n    {unread.text}"
            yield f"{measured.share:.1%} of {measured.characters} characters stand behind a statement"
        yield from (str(result) for result in self.built.report.results)

    def _statements(self, document: Document, said: dict[str, list[Quad]]) -> Iterator[str]:
        prefix = self.vocabulary.passage(document.stem, 0, 0).rpartition("/")[0] + "/"
        mine = sorted(
            (iri for iri in said if iri.startswith(prefix)), key=lambda iri: int(iri[len(prefix) :].partition("-")[0])
        )
        for iri in mine:
            start, end = map(int, iri[len(prefix) :].split("-"))
            yield f"{document.path}:{document.text.count(chr(10), 0, start) + 1}: “{document.text[start:end]}”"
            yield from sorted("    " + shorten(quad, self.vocabulary) for quad in said[iri])


def difference(before: Dataset, after: Dataset) -> Iterator[str]:
    """The record of `before` against that of `after`: lines that begin with - and +."""
    old = {shorten(quad, before.vocabulary) for quad in before.quads(graph=DefaultGraph())}
    new = {shorten(quad, after.vocabulary) for quad in after.quads(graph=DefaultGraph())}
    yield from (f"- {line}" for line in sorted(old - new))
    yield from (f"+ {line}" for line in sorted(new - old))
