"""From a file to a document: what cannot be read at all, and how the message names it."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from fasti.documents import parse, read, reader
from fasti.errors import DocumentError


def written(folder: Path, raw: bytes) -> Path:
    path = folder / "mint.txt"
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "mint.txt: the file is empty"),
        (b" \n\t\r\n", "mint.txt: the file is empty"),
        (b"= Mint =\nIt \xff", "mint.txt:2: byte 0xFF at offset 12 is not UTF-8"),
        (b"= Mint =\n\nIt \x00 is", "mint.txt:3: control character U+0000"),
    ],
)
def test_a_file_that_is_no_text_is_named(tmp_path: Path, raw: bytes, message: str) -> None:
    """One error for everything that cannot be read; it says which file, where, and what was expected."""
    with pytest.raises(DocumentError, match=re.escape(message)) as caught:
        read(written(tmp_path, raw))

    assert "expected" in str(caught.value)


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    """The operating system's reason is in the message."""
    with pytest.raises(DocumentError, match=r"none\.txt: cannot be read \(No such file"):
        read(tmp_path / "none.txt")


def test_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file and a line have a size beyond which they are no article and no paragraph."""
    monkeypatch.setattr(reader, "MAX_LINE", 20)
    with pytest.raises(DocumentError, match=r"mint\.txt:2: line longer than 20"):
        read(written(tmp_path, b"= Mint =\n" + b"x" * 21))

    monkeypatch.setattr(reader, "MAX_FILE", 20)
    with pytest.raises(DocumentError, match=r"mint\.txt: 30 bytes; expected at most 20"):
        read(written(tmp_path, b"x" * 30))


def test_the_subject_is_named_by_infobox_title_or_first_sentence() -> None:
    """The fullest name first; a text with neither names its subject at its beginning."""
    assert parse("= Mint =\n\nRoman Mint\n- Type: Office", Path("a")).names == ("Roman Mint", "Mint")
    assert parse("The Roman Mint (RM) is an office.", Path("a")).names == ("Roman Mint",)
    assert parse("nothing here", Path("a")).names == ()


def test_the_text_is_kept_to_the_character(tmp_path: Path) -> None:
    """Line endings, blanks and a byte order mark too; the digest is that of the bytes."""
    raw = "\ufeff= Mint =\r\n\r\n\u00a0x \n".encode()
    document = read(written(tmp_path, raw))

    assert document.text.encode() == raw
    assert "".join(map(str, document.lines)) == document.text
    assert len(document.sha256) == 64


@pytest.mark.parametrize("name", ["my mint.txt", "mint?.txt", 'the "mint".txt', "mint%41.txt"])
def test_a_name_that_no_iri_can_hold_is_refused(tmp_path: Path, name: str) -> None:
    """The stem names the document in IRIs; the message says which sign cannot."""
    path = tmp_path / name
    path.write_text("= Mint =\n", "utf-8")

    with pytest.raises(DocumentError, match="the file's name holds"):
        read(path)


def test_names_in_other_scripts_are_names(tmp_path: Path) -> None:
    """An IRI holds letters of every script."""
    path = tmp_path / "造幣局.txt"
    path.write_text("= Mint =\n", "utf-8")

    assert read(path).stem == "造幣局"


@pytest.mark.parametrize("line", ["- {}", "== {} ==", "- Type: {}", "3. {}"])
def test_an_entry_of_many_pages_is_prose(line: str) -> None:
    """What is too long for a name is read as prose, and said to be."""
    document = parse(f"= Mint =\n\n{line.format('Ada Low, ' * 5_000)}\n", Path("mint.txt"))

    assert [node.kind for node in document.nodes] == ["Title", "Paragraph", "Sentence"]
    assert "read as prose" in document.notices[0].message


@pytest.mark.parametrize(
    "piece",
    ["(", "[[", "{{", "<ref", "<ref>", "<!--", "&amp;", "1990–1995, ", " – ", ": b", " and ", "[", "*†", "* x", "¹", "A (b) ", "'", '"',
     "|", " | ", "| a=", "= a ", " ", "-", "; ", "Ada Low, ", "1990 ", "[http://a "],
)  # fmt: skip
def test_no_line_takes_long(piece: str) -> None:
    """Time grows with the length of a line, whatever it repeats: 9 000 characters as an entry, more as prose."""
    started = time.process_time()
    for size in (9_000, 100_000):
        filler = piece * (size // len(piece))
        parse(f"= Mint =\n\n== Directors ==\n- Ada {filler}x\n{filler}x\n", Path("mint.txt"))

    assert time.process_time() - started < 5
