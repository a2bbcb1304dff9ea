"""The command line: exit codes that scripts rely on, errors without tracebacks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fasti import verified
from fasti.cli import main
from fasti.release import open_release


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the five seeds."""
    folder = tmp_path_factory.mktemp("releases")
    result = run("build", "--releases", folder)
    assert result.exit_code == 0, result.output
    return folder


def test_build_says_what_it_published(releases: Path) -> None:
    """A second build of the same input publishes the same release again, and succeeds."""
    before = (releases / "current").resolve()

    result = run("build", "--releases", releases)

    assert result.exit_code == 0
    assert "published" in result.output
    assert (releases / "current").resolve() == before


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["build", "--base", "nonsense"], 2, "base must be an http(s) IRI"),
        (["build", "--seeds", "/nonexistent-folder"], 2, "no such folder"),
        (["explain", "organization/nobody"], 2, "the record says nothing of"),
        (["build", "--unknown"], 2, "No such option"),
    ],
)
def test_wrong_usage_ends_with_2_and_one_message(arguments: list[str], code: int, words: str, releases: Path) -> None:
    """What the caller got wrong is said in a sentence, without a traceback."""
    extra = (
        ["--releases", str(releases)] if arguments[0] in ("build", "explain") and "--unknown" not in arguments else []
    )

    result = run(*arguments, *extra)

    assert result.exit_code == code
    assert words in result.output
    assert "Traceback" not in result.output


def test_a_bad_document_ends_with_3_after_the_others_were_published(tmp_path: Path) -> None:
    """The exit code tells scripts that something was left out."""
    (tmp_path / "good.txt").write_text("= Office of Weights =\n\nThe Office of Weights is an office.\n", "utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\xff")

    result = run("build", "--seeds", tmp_path, "--releases", tmp_path / "releases")

    assert result.exit_code == 3
    assert "bad.txt:1: byte 0xFF" in result.output
    assert (tmp_path / "releases" / "current").exists()


def test_no_release_ends_with_6(tmp_path: Path) -> None:
    """Without a release, explain says how to make one."""
    result = run("explain", "organization/ogs", "--releases", tmp_path)

    assert result.exit_code == 6
    assert "fasti build" in result.output


def test_explain_shows_quote_document_line_and_rule(releases: Path) -> None:
    """Each statement about an entity comes with the words behind it."""
    result = run("explain", "person/tian-jiaying", "--releases", releases, "--json")
    statements = [json.loads(line) for line in result.output.splitlines()]

    assert result.exit_code == 0
    assert statements
    for statement in statements:
        assert statement["supports"] or (statement["givenIn"] == ["graph/links"] and statement["grounds"]), statement
        assert not (statement["supports"] and statement["givenIn"]), statement
        for support in statement["supports"]:
            assert support["quote"]
            assert support["source"] == "000_71a7f1b4f807d914"
            assert support["line"] > 0
            assert support["rules"]


def test_check_of_a_new_document_shows_statements_and_unread_lines(tmp_path: Path) -> None:
    """A dry run: what would be published, and each line that nothing understood, with a hint."""
    path = tmp_path / "weights.txt"
    path.write_text(
        "= Office of Weights =\n\nOffice of Weights\n- Parent Agency: Ministry of Measures\n- Blorb: 3\n", "utf-8"
    )

    result = run("check", path)

    assert result.exit_code == 0, result.output
    assert "org:subOrganizationOf" in result.output
    assert "no doc:FieldKey has the wording 'blorb'" in result.output


def test_check_diff_compares_with_the_current_release(releases: Path) -> None:
    """Unchanged seeds and mappings make no difference."""
    result = run("check", "--diff", "--releases", releases)

    assert result.exit_code == 0
    assert not [line for line in result.output.splitlines() if line.startswith(("+ ", "- "))]


def test_get_answers_one_request_from_the_shell(releases: Path) -> None:
    """A path, followed through its redirect, in the media type that was asked for."""
    result = run("get", "/id/organization/ogs", "--accept", "application/n-triples", "--releases", releases)

    assert result.exit_code == 0
    assert "<http://www.w3.org/ns/org#hasPost>" in result.output


def test_get_ends_with_1_after_an_error_of_the_deployment(releases: Path) -> None:
    """What it shows is what the server at the base of the release would answer; the list of codes has this one."""
    result = run("get", "/id/organization/nobody", "--releases", releases)

    assert result.exit_code == 1
    assert "<http://localhost:8000/id/organization/nobody#problem>" in result.output
    assert "1 'get'" in " ".join(run("--help").output.split())


def test_get_answers_below_the_path_of_the_base(tmp_path: Path) -> None:
    """Links of a page lead to where the deployment is."""
    (tmp_path / "office.txt").write_text("= Office of Weights =\n\nThe Office of Weights is an office.\n", "utf-8")
    folder = tmp_path / "releases"
    run("build", "--seeds", tmp_path, "--releases", folder, "--base", "https://example.org/data/")
    result = run("get", "/id/organization/office-of-weights", "--accept", "text/html", "--releases", folder)

    assert result.exit_code == 0
    assert 'href="/data/doc/organization/office-of-weights.ttl"' in result.output


def test_two_builds_give_byte_identical_dumps(releases: Path, tmp_path: Path) -> None:
    """The same input gives the same bytes, in every file for download."""
    assert run("build", "--releases", tmp_path).exit_code == 0
    one, other = (folder / "current" / "dumps" for folder in (releases, tmp_path))

    names = sorted(path.name for path in one.iterdir())

    assert names == sorted(path.name for path in other.iterdir())
    assert len(names) == 20
    assert [name for name in names if (one / name).read_bytes() != (other / name).read_bytes()] == []


def test_verify_reads_what_the_system_says_nobody_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Decay of a disk leaves no trace in what the system notes of a file."""
    monkeypatch.setattr(verified, "_stamps", lambda _, listed: [(name, [digest, 0]) for name, digest in listed.items()])
    assert run("build", "--releases", tmp_path).exit_code == 0
    assert run("verify", "--releases", tmp_path).exit_code == 0
    damaged = (tmp_path / "current").resolve() / "dumps" / "record.nt"
    rotten = bytearray(damaged.read_bytes())
    rotten[100] ^= 1
    damaged.write_bytes(rotten)

    open_release(tmp_path)  # a start sees nothing
    found = run("verify", "--releases", tmp_path)
    assert found.exit_code == 6
    assert "dumps/record.nt does not have the SHA-256" in found.stderr
