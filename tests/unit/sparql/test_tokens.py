from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fasti.sparql.problems import RefusalError
from fasti.sparql.tokens import tokens, unescape


def read(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokens(unescape(text))]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("SELECT * { ?s a ex:T }", "word mark mark variable word name mark"),
        ("<http://a> <b> < ?x", "iri iri mark variable"),
        ("?a<?b&&?c>?d", "variable iri variable"),  # the longest token wins, as section 19.8 has it
        ("'a' \"b\" '''c'd''' \"\"\"e\"f\"\"\"", "string string string string"),
        ("''\"\" ''''''", "string string string"),
        ("'''a''b'''", "string"),
        (r"'a\'b' 'a\\' 'c'", "string string string"),
        ("1 1.5 .5 1e5 1.e5 1.", "number number number number number number mark"),
        ("'x'@en-GB 'x'@en--ltr", "string language string language"),
        ("_:b1 _:b.c _:b.", "blank blank blank mark"),
        ("ex:a.b ex:a. ex: : :a ex:%41 ex:a\\,b", "name name mark name name name name name"),
        ("ex:a:b a.b:c é:ü", "name name name"),
        ("?x$y ?été", "variable variable variable"),
        ("<p>?/<q>+|^<r>", "iri mark mark iri mark mark mark iri"),
        ("?x#comment 'here\n?y # <", "variable variable"),
        ("<a#b> # <a#b>\r<c>", "iri iri"),
        ("'#' ?x", "string variable"),
        ("^^ && || != <= >=", "mark mark mark mark mark mark"),
    ],
)
def test_tokens_are_those_of_section_19_8(text: str, kinds: str) -> None:
    assert " ".join(kind for kind, _ in read(text)) == kinds


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("ASK { ?s ?p 'never closed }", 1, 13),
        ("ASK {\n ?s ?p '''a''\n}", 2, 8),
        ("ASK { 'a\nb' }", 1, 7),
        (r"ASK { '\q' }", 1, 7),
        (r"ASK { '''\q''' }", 1, 7),  # and not an empty string with something behind it
        ("ASK {\n\n  \\ }", 3, 3),
        ("ASK { ?s ?p \u2028 }", 1, 13),
        ("ASK { ` }", 1, 7),
        ("ASK { @ }", 1, 7),
        (r"ASK { '\u005Cu0041' }", 1, 7),  # an escape is replaced once, not twice
        (r"ASK { '\uD800' }", 1, 8),
        (r"ASK { '\U00110000' }", 1, 8),
    ],
)
def test_what_is_no_token_is_an_error_with_its_place(text: str, line: int, column: int) -> None:
    with pytest.raises(RefusalError) as caught:
        read(text)

    problem = caught.value.problem
    assert (problem.status, problem.code, problem.line, problem.column) == (400, "syntax", line, column)


def test_escapes_are_replaced_everywhere_before_anything_else() -> None:
    """SPARQL 1.1, section 19.2."""
    assert read(r"S\u0045LECT \u003Fx \u007b <\u00e9\U0001F600> \u007D") == [
        ("word", "SELECT"), ("variable", "?x"), ("mark", "{"), ("iri", "<é😀>"), ("mark", "}"),
    ]  # fmt: skip


def test_an_escaped_backslash_starts_no_escape() -> None:
    assert read(r"'\\u0041'") == [("string", r"'\\u0041'")]


def test_places_are_those_of_what_the_client_sent() -> None:
    source = unescape("A\\u0041\nB\\u0042 \\U00000043 x")

    assert source.text == "AA\nBB C x"
    assert [source.place(i) for i in (0, 1, 2, 3, 4, 6, 8)] == [
        (1, 1), (1, 2), (1, 8), (2, 1), (2, 2), (2, 9), (2, 20),
    ]  # fmt: skip


@given(st.text(alphabet="'\"\\<>#?:{}()aS19.@\n é_-/", max_size=60))
def test_tokens_cover_the_text_or_there_is_an_error(text: str) -> None:
    """Between two tokens there is only space and comment."""
    source = unescape(text)
    position = 0
    with contextlib.suppress(RefusalError):
        for token in tokens(source):
            gap = source.text[position : token.start]
            assert all(line.strip(" \t\r") == "" or "#" in line for line in gap.split("\n"))
            position = token.start + len(token.text)


@pytest.mark.parametrize(
    "unit", ["'", '"', "'''", "''", '"""', "\\", "<", "a.", "_:a.", "ex:.", "?", "%4", "ex:a\\", "'a'\""]
)
def test_no_text_takes_longer_than_its_length_allows(unit: str) -> None:
    start = time.perf_counter()
    with contextlib.suppress(RefusalError):
        read(unit * (200_000 // len(unit)))

    assert time.perf_counter() - start < 3
