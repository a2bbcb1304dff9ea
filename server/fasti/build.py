"""From a folder of texts to a published release: read, map, weigh, entail, validate, publish."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from fasti.coverage import coverage, coverage_quads
from fasti.documents import Document, read
from fasti.errors import DocumentError, Notice, UsageError
from fasti.mapping import Mapped, Mappings, map_documents
from fasti.paths import data
from fasti.record import form
from fasti.store import Dataset, NamedNode, Quad
from fasti.validation import Report, validate
from fasti.vocabulary import Vocabulary

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made before it is published, and what it had to say about its input."""

    dataset: Dataset
    documents: tuple[Document, ...]
    mapped: Mapped
    report: Report
    failures: tuple[DocumentError, ...]

    @property
    def notices(self) -> list[Notice]:
        """Places that were read as well as they could be."""
        return [notice for document in self.documents for notice in document.notices]


def read_documents(paths: Sequence[Path]) -> tuple[tuple[Document, ...], tuple[DocumentError, ...]]:
    """Read every text; one that cannot be read is an error that does not keep the others from being read."""
    documents: dict[str, Document] = {}
    failures: list[DocumentError] = []
    for path in sorted(paths, key=lambda p: (p.stem, str(p))):
        try:
            if path.stem in documents:
                raise DocumentError(f"{path}: a document of that name was read already ({documents[path.stem].path})")
            documents[path.stem] = read(path)
        except DocumentError as error:
            failures.append(error)
    return tuple(documents.values()), tuple(failures)


def sources(folder: Path) -> list[Path]:
    """The source texts of a folder.

    Raises:
        UsageError: the folder is missing or holds no `*.txt`.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder; expected one with *.txt documents")
    found = sorted(folder.glob("*.txt"))
    if not found:
        raise UsageError(f"{folder}: no *.txt documents in it; expected at least one")
    return found


def build(
    paths: Sequence[Path], vocabulary: Vocabulary, progress: Progress = lambda _: None, *, mappings: Path | None = None
) -> Built:
    """Build a dataset from source texts, without publishing it.

    Args:
        paths: the texts, each `STEM.txt`.
        vocabulary: the IRIs of the deployment that it is for.
        progress: told what is going on, in words.
        mappings: another folder of mappings than the installed one.

    Raises:
        DocumentError: not one of the texts can be read.
        MappingError: the mapping itself is wrong, or an identity is not settled.
    """
    progress(f"reading {len(paths)} documents")
    documents, failures = read_documents(paths)
    if not documents:
        raise failures[0] if failures else UsageError("no documents to build from")
    progress(f"mapping {len(documents)} documents")
    mapped = map_documents(documents, Mappings.load(mappings or data("mappings"), vocabulary))
    progress("weighing and entailing")
    dataset = form(mapped, documents, vocabulary)
    for document in documents:
        dataset.add(coverage_quads(coverage(document, mapped, vocabulary), vocabulary))
    progress("validating")
    report = validate(dataset, texts={document.stem: document.text for document in documents})
    quality = NamedNode(vocabulary.graph("quality"))
    dataset.add(Quad(triple.subject, triple.predicate, triple.object, quality) for triple in report.triples)
    return Built(dataset, documents, mapped, report, failures)
