"""From a folder of texts to a published release: read, map, weigh, entail, validate, publish."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from fasti.assembly import assemble
from fasti.coverage import coverage, coverage_quads
from fasti.documents import Document, read
from fasti.dumps import tree_digest
from fasti.errors import DocumentError, Notice, UsageError
from fasti.mapping import Mapped, Mappings, map_documents
from fasti.paths import data
from fasti.processes import cluster, here
from fasti.publication import locked
from fasti.record import form
from fasti.release import Release, publish_store
from fasti.store import Dataset, NamedNode, Quad
from fasti.texts import Bytes
from fasti.validation import Report, validate
from fasti.vocabulary import Vocabulary

Progress = Callable[[str], None]

_FEW = 100  # documents; to start other processes takes longer than to map them


@dataclass(frozen=True, slots=True)
class Published:
    """A release, and what its build had to say about its input."""

    release: Release
    report: Report
    notices: tuple[Notice, ...]
    failures: tuple[DocumentError, ...]


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


def publish(
    paths: Sequence[Path],
    vocabulary: Vocabulary,
    releases: Path,
    progress: Progress = lambda _: None,
    *,
    scheduler: str = "",
) -> Published:
    """Build a release on disk and publish it: any number of documents, with little of them in memory.

    Args:
        paths: the texts, each `STEM.txt`.
        vocabulary: the IRIs of the deployment that it is for.
        releases: the folder of releases; it keeps in `.cache` what documents say.
        progress: told what is going on, in words.
        scheduler: address of a Dask cluster that maps the documents; empty for the processes of this machine.

    Raises:
        DocumentError: not one of the texts can be read.
        MappingError: the mapping itself is wrong, or an identity is not settled.
        ValidationError: the record breaks its shapes.
        ReleaseError: it could not be written.
    """
    processes = len(os.sched_getaffinity(0)) if len(paths) > _FEW else 1
    cache = releases / ".cache"
    cache.mkdir(parents=True, exist_ok=True)
    inputs = {name: tree_digest(data(name)) for name in ("mappings", "ontology")}
    with locked(cache), here(processes) as local, cluster(scheduler) if scheduler else nullcontext(local) as mapping:
        folder = cache / "building"
        shutil.rmtree(folder, ignore_errors=True)  # left by a build that was killed
        made = assemble(paths, vocabulary, folder, cache / "said", mapping, progress, processes)
        made.report.require()
        progress("publishing")
        release = publish_store(made.store, made.lines, vocabulary, Bytes(made.texts), releases, inputs, local)
        shutil.rmtree(folder)
    return Published(release, made.report, made.notices, made.failures)
