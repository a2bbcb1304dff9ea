"""From a file to a document: decoded, bounded, cut into lines and nodes."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from fasti.documents import entries
from fasti.documents.lines import Line, lines
from fasti.documents.nodes import Node, texts
from fasti.documents.structure import Structure
from fasti.errors import DocumentError, Notice

MAX_FILE = 16 * 1024 * 1024  # bytes; an article of a million words is smaller
MAX_LINE = 1024 * 1024  # code points
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # no XML 1.0 document can hold these
_SIGNS = '"#%/<>?[\\]^`{|}'
_NOT_IN_IRI = re.compile(f"[\x00-\x20\x7f-\xa0{re.escape(_SIGNS)}]")
_LEAD = re.compile(
    r"(?P<name>(?:The\s+)?[A-Z][^.;:(]{2,200}?)(?:\s*[,(（]|\s+(?:often|also|formerly|commonly|officially|sometimes)\b"
    r"|\s+(?:is|are|was|were|has|had|refers|serves|served)\s)"
)


@dataclass(frozen=True, slots=True)
class Document:
    """A source as it was read. `names` are those of its subject, the fullest first."""

    stem: str
    path: str
    text: str
    sha256: str
    lines: tuple[Line, ...]
    nodes: tuple[Node, ...]
    notices: tuple[Notice, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What the document calls its subject: infobox name, title; without both, how its first sentence begins."""
        found = [
            text
            for kind in ("Name", "Title")
            for node in self.nodes
            if node.kind == kind
            for text in texts(node, "text")
        ]
        return tuple(dict.fromkeys(found)) or self._lead_name()

    def _lead_name(self) -> tuple[str, ...]:
        first = next((text for node in self.nodes if node.kind == "Sentence" for text in texts(node, "text")), "")
        match = _LEAD.match(first)
        name = entries.plain(re.sub(r"^The\s+", "", match["name"])) if match else ""
        return (name,) if name else ()


def read(path: Path) -> Document:
    """Read one source document.

    Raises:
        DocumentError: it is empty, too large, not UTF-8, or holds characters that no XML document can.
    """
    try:
        size = path.stat().st_size
        if size > MAX_FILE:
            raise DocumentError(f"{path}: {size} bytes; expected at most {MAX_FILE}")
        raw = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read ({error.strerror})") from error
    return parse(_decoded(raw, path), path, hashlib.sha256(raw).hexdigest())


def parse(text: str, path: Path, sha256: str = "") -> Document:
    """Read a text that is in memory already; `path` names it in messages and IRIs."""
    odd = _NOT_IN_IRI.search(path.stem)
    if odd:
        raise DocumentError(
            f"{path}: the file's name holds {odd[0]!r}; expected one that an IRI can hold, without blanks and {_SIGNS}"
        )
    if not text.strip():
        raise DocumentError(f"{path}: the file is empty; expected a title, fields, lists or prose")
    source_lines = tuple(lines(text))
    for line in source_lines:
        if sum(map(len, (chars for _, chars in line.spans))) > MAX_LINE:
            raise DocumentError(f"{path}:{line.number}: line longer than {MAX_LINE} characters; expected paragraphs")
    bad = _FORBIDDEN.search(text)
    if bad:
        number = len(re.findall(r"\r\n|\n|\r", text[: bad.start()])) + 1
        raise DocumentError(f"{path}:{number}: control character U+{ord(bad[0]):04X}; expected text")
    structure = Structure(str(path), source_lines)
    nodes = tuple(structure.build())
    return Document(path.stem, str(path), text, sha256, source_lines, nodes, tuple(structure.notices))


def _decoded(raw: bytes, path: Path) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found = raw[error.start : error.start + 1].hex().upper()
        raise DocumentError(
            f"{path}:{line}: byte 0x{found} at offset {error.start} is not UTF-8; expected UTF-8 text"
        ) from error
