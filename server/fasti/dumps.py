"""The files for download: the record and the whole data set, the same bytes for the same data."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import zstandard

from fasti.store.embedded import Dataset, DefaultGraph, Quad
from fasti.store.serialize import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE, Format, write

# What a compressed copy appends to the name, and its media type.
COMPRESSIONS = {".gz": "application/gzip", ".zst": "application/zstd"}
CANONICAL = "dataset.nq"
RDFC = "RDFC-1.0.sha256"


@dataclass(frozen=True, slots=True)
class Dump:
    """One file for download, before compression."""

    stem: str
    form: Format
    title: str

    @property
    def name(self) -> str:
        """The file's name."""
        return f"{self.stem}.{self.form.suffix}"


DUMPS = (
    *(Dump("record", form, "The record") for form in (TURTLE, N_TRIPLES, JSON_LD, RDF_XML)),
    *(Dump("dataset", form, "The whole data set") for form in (TRIG, N_QUADS)),
)


def media_type(name: str) -> str:
    """The media type of a file in the dumps folder; a compressed copy has its compression's."""
    for packing, kind in COMPRESSIONS.items():
        if name.endswith(packing):
            return kind
    return next((dump.form.media_type for dump in DUMPS if dump.name == name), "text/plain")


def write_dumps(dataset: Dataset, folder: Path) -> str:
    """Write all dumps of `dataset` to `folder`; give the RDFC-1.0 digest of the data set.

    There are no blank nodes, so the sorted N-Quads of `dataset.nq` are the canonical form (RDFC-1.0,
    section 4.4) and the digest is that file's. `SHA256SUMS` can be checked with `sha256sum -c`.

    Raises:
        OSError: no space, no permission.
    """
    folder.mkdir()
    prefixes = dataset.vocabulary.prefixes
    for dump in DUMPS:
        data = write(dataset.quads(graph=None if dump.form.graphs else DefaultGraph()), dump.form, prefixes)
        (folder / dump.name).write_bytes(data)
        (folder / f"{dump.name}.gz").write_bytes(gzip.compress(data, mtime=0))
        (folder / f"{dump.name}.zst").write_bytes(zstandard.ZstdCompressor(level=10).compress(data))
    digest = sha256(folder / CANONICAL)
    (folder / RDFC).write_text(f"{digest}  {CANONICAL}\n", "utf-8")
    write_sums(folder, sorted(folder.iterdir()))
    return digest


def canonical_digest(quads: Iterable[Quad]) -> str:
    """SHA-256 of the quads' canonical N-Quads, in hexadecimal: the RDFC-1.0 digest of a data set."""
    return hashlib.sha256(write(quads, N_QUADS, {})).hexdigest()


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def tree_digest(folder: Path) -> str:
    """SHA-256 over the names and contents of the files below `folder`, prose (`*.md`) left out."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".md")
    listing = "".join(f"{sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in paths)
    return hashlib.sha256(listing.encode()).hexdigest()


def write_sums(folder: Path, files: Iterable[Path]) -> None:
    """Write `folder/SHA256SUMS` over `files`, in the form of sha256sum."""
    lines = (f"{sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in files)
    (folder / "SHA256SUMS").write_text("".join(lines), "utf-8")


def read_sums(folder: Path) -> dict[str, str]:
    """The name and digest of each line of `folder/SHA256SUMS`.

    Raises:
        OSError: it cannot be read.
        ValueError: it is not in the form of sha256sum.
    """
    lines = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    pairs = (line.split("  ", 1) for line in lines)
    return {name: digest for digest, name in pairs}
