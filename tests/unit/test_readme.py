"""The README stays true: its query answers, the files it names are there, its commands exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from fasti import build as building
from fasti.cli import main
from fasti.paths import data
from fasti.store import Engine
from fasti.vocabulary import Vocabulary
from fasti.web import create_app, current

ROOT = data("seeds").parent
README = ROOT / "README.md"
pytestmark = pytest.mark.skipif(not README.exists(), reason="a wheel does not carry the README")


def test_the_first_thing_to_try_gives_six_directors_in_order() -> None:
    """The SPARQL query as it stands in the README, on the five seeds."""
    query = re.search(r"<<'SPARQL'\n(.*?)\n\s*SPARQL\n", README.read_text("utf-8"), re.DOTALL)
    assert query
    store: Engine = building.build(building.sources(data("seeds")), Vocabulary()).dataset.store

    rows = [tuple(term.value if term else "" for term in row) for row in store.query(query[1])]

    assert [(name, edtf) for name, edtf, _ in rows] == [
        ("Lin Mu", "1982/1987"),
        ("Bao Tong", "1987/1989-06"),
        ("Jia Tingan", "1989-06/2002"),
        ("Chen Shiju", "2002/2013"),
        ("Ding Xuexiang", "2013/2023"),
        ("Han Shiming", "2023/.."),
    ]
    assert [mode.rpartition("#")[2] for _, _, mode in rows] == ["de-facto", "de-facto", "", "", "", ""]


@pytest.mark.parametrize("name", ["README.md", "mappings/README.md", "ontology/README.md", "seeds/README.md"])
def test_files_that_a_page_names_exist(name: str) -> None:
    """Paths in code spans and links that look like files of the project are there."""
    page = ROOT / name
    text = page.read_text("utf-8")
    spans = re.findall(r"`((?:server|mappings|ontology|seeds|tests)/[\w./-]+)`", text) + re.findall(
        r"\]\(([\w./-]+)\)", text
    )

    missing = [span for span in spans if not (ROOT / span).exists() and not (page.parent / span).exists()]

    assert missing == []


def test_every_address_that_the_readme_shows_answers(tmp_path: Path) -> None:
    """Addresses of the things to try, asked as they stand: what holds the seeds' data has an answer with data in it."""
    text = README.read_text("utf-8")
    asked = re.findall(
        r"http://localhost:8000(/[^\s'>`]*)", text.partition("## Things to try")[2].partition("## Where")[0]
    )
    asked += re.findall(r"`(/[\w./-]+)`", text)
    built = CliRunner().invoke(main, ["build", "--base", "http://localhost:8000/", "--releases", str(tmp_path)])
    assert built.exit_code == 0, built.output
    app = create_app(tmp_path)

    answers = {address: app.test_client().get(address, follow_redirects=True) for address in asked}
    current(app).close()

    assert {address: answer.status_code for address, answer in answers.items() if answer.status_code != 200} == {}
    assert answers["/search.json?q=中办"].get_json()["total"] == 1
    question = next(answer for address, answer in answers.items() if address.startswith("/questions/"))
    assert [row.partition(",")[0] for row in question.text.splitlines()[1:]] == ["possible", "possible"]
    assert any(address.endswith(".svg") for address in answers)


def test_every_command_that_the_readme_shows_exists() -> None:
    """`fasti X` in the README is a command of the command line."""
    shown = set(re.findall(r"(?:`|bin/)fasti (\w+)", README.read_text("utf-8")))

    assert len(shown) >= 4
    for command in shown:
        assert CliRunner().invoke(main, [command, "--help"]).exit_code == 0


def test_the_rule_that_the_mapping_guide_shows_works(tmp_path: Path) -> None:
    """A newcomer can copy the rule of mappings/README.md and sees what it reads."""
    import shutil

    guide = (ROOT / "mappings" / "README.md").read_text("utf-8")
    rule = re.search(r"```sparql\n(.*?)```", guide, re.DOTALL)
    assert rule
    shutil.copytree(ROOT / "mappings", tmp_path / "mappings")
    (tmp_path / "mappings" / "rules" / "82-motto.ru").write_text(rule[1], "utf-8")
    (tmp_path / "mint.txt").write_text(
        "= Mint of Ruritania =\n\nMint of Ruritania\n- Motto: Pecunia non olet\n", "utf-8"
    )

    built = building.build([tmp_path / "mint.txt"], Vocabulary(), mappings=tmp_path / "mappings")

    assert [q.object.value for q in built.mapped.quads if q.predicate.value.endswith("slogan")] == ["Pecunia non olet"]


def test_the_mapping_guide_lists_every_function_and_every_class_of_wordings() -> None:
    """A newcomer finds there whatever a rule may call and whatever the lexicon may say."""
    guide = (ROOT / "mappings" / "README.md").read_text("utf-8")
    code = (data("seeds").parent / "server" / "fasti" / "mapping" / "functions.py").read_text("utf-8")
    functions = re.findall(r'^            "(\w+)": ', code, re.MULTILINE)
    lexicon = (ROOT / "mappings" / "lexicon.ttl").read_text("utf-8")
    classes = set(re.findall(r"\b(?:a|,) doc:([A-Z]\w+)", lexicon))

    assert len(functions) >= 24
    assert [name for name in functions if f"fn:{name}" not in guide] == []
    assert [name for name in sorted(classes) if f"doc:{name}" not in guide] == []
