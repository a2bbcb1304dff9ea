"""The files for download: the record and the whole data set, the same bytes for the same data."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import zstandard

from fasti.processes import Scheduler
from fasti.store.exports import ALL, RECORD, Exports
from fasti.store.serialize import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE, Format
from fasti.vocabulary import Vocabulary

# What a compressed copy appends to the name, and its media type.
COMPRESSIONS = {".gz": "application/gzip", ".zst": "application/zstd"}
CANONICAL = ALL
RDFC = "RDFC-1.0.sha256"
_PIECE = 1 << 20  # bytes that are compressed at a time


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


def order_lines(task: tuple[Path, Path, Vocabulary]) -> tuple[int, int]:
    """Write those dumps that are lines, from the N-Quads of a file in any order, to a new folder.

    Args:
        task: the file, the folder and the IRIs of the deployment.

    Returns:
        How many statements there are in all, and in the record.
    """
    lines, folder, vocabulary = task
    folder.mkdir()
    return Exports(folder, vocabulary).order(lines)


def write_dumps(folder: Path, vocabulary: Vocabulary, scheduler: Scheduler) -> str:
    """Write all dumps to `folder`, in which `order_lines` has begun; give the RDFC-1.0 digest.

    There are no blank nodes, so the sorted N-Quads of `dataset.nq` are the canonical form (RDFC-1.0,
    section 4.4) and the digest is that file's. `SHA256SUMS` can be checked with `sha256sum -c`.

    Raises:
        OSError: no space, no permission.
    """
    exports = Exports(folder, vocabulary)
    list(scheduler.map(_write, [(dump, exports) for dump in reversed(DUMPS)]))  # what takes longest is begun first
    exports.tidy()
    digest = sha256(folder / CANONICAL)
    (folder / RDFC).write_text(f"{digest}  {CANONICAL}\n", "utf-8")
    write_sums(folder, sorted(folder.iterdir()))
    return digest


def _write(task: tuple[Dump, Exports]) -> None:
    """Write one dump, unless it is there, and its compressed copies."""
    dump, exports = task
    if dump.name not in (ALL, RECORD):
        with (exports.folder / dump.name).open("wb") as out:
            exports.write(dump.form, out)
    _pack(exports.folder / dump.name)


def _pack(file: Path) -> None:
    """Write the compressed copies of a dump."""
    size = file.stat().st_size
    packed = zlib.compressobj(6, zlib.DEFLATED, 31)  # as gzip, without a time
    squeezed = zstandard.ZstdCompressor(level=6).compressobj(size=size)
    with (
        file.open("rb") as data,
        file.with_name(f"{file.name}.gz").open("wb") as gz,
        file.with_name(f"{file.name}.zst").open("wb") as zst,
    ):
        while piece := data.read(_PIECE):
            gz.write(packed.compress(piece))
            zst.write(squeezed.compress(piece))
        gz.write(packed.flush())
        zst.write(squeezed.flush())


def packed(pieces: Iterable[bytes], packing: str) -> Iterator[bytes]:
    """Pieces of a file, compressed while they come; `packing` is one of `COMPRESSIONS`, or nothing."""
    if not packing:
        yield from pieces
        return
    packer = zlib.compressobj(6, zlib.DEFLATED, 31) if packing == ".gz" else zstandard.ZstdCompressor().compressobj()
    for piece in pieces:
        if squeezed := packer.compress(piece):
            yield squeezed
    yield packer.flush()


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
