"""Uncertain time in words."""

from __future__ import annotations

import pytest
from flask import Flask

from fasti.store.embedded import Literal
from fasti.web.dates import date_words, span


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1957", "1957"),
        ("1966-05", "May 1966"),
        ("1966-06-08", "8 June 1966"),
        ("198X", "the 1980s"),
        ("18XX", "the 19th century"),
        ("20XX", "the 21st century"),
        ("10XX", "the 11th century"),
        ("[1902,1903]", "1902 or 1903"),
        ("[..1942]", "by 1942"),
        ("[1955..]", "in or after 1955"),
        ("1966?", "probably 1966"),
        ("1966-05~", "about May 1966"),
        ("1966-21", "spring 1966"),
        ("something else", "something else"),
    ],
)
def test_a_date_is_worded_as_a_person_would(text: str, words: str) -> None:
    assert date_words(text) == words


@pytest.mark.parametrize(
    ("row", "words", "goes_on"),
    [
        (
            {"begin": "1956", "end": "1957", "beginStatus": "known", "endStatus": "known"},
            "1956 to 1957",
            False,
        ),
        ({"begin": "1957", "beginStatus": "known", "endStatus": "unknown"}, "from 1957, end unknown", False),
        (
            {"end": "1966-05", "beginStatus": "unknown", "endStatus": "known"},
            "until May 1966, beginning unknown",
            False,
        ),
        ({"begin": "2023", "beginStatus": "known", "endStatus": "ongoing"}, "since 2023", True),
        (
            {"beginEdtf": "[..1942]", "beginStatus": "uncertain", "endStatus": "ongoing"},
            "since 1942 or earlier",
            True,
        ),
        (
            {"attested": "198X", "beginStatus": "unknown", "endStatus": "unknown"},
            "at some time in the 1980s",
            False,
        ),
        ({"begin": "1949-10", "end": "1949-10", "edtf": "1949-10"}, "October 1949", False),
        (
            {"edtf": "[1955..]", "beginStatus": "uncertain", "endStatus": "uncertain"},
            "in or after 1955",
            False,
        ),
        (
            {"begin": "1957", "beginStatus": "known", "endStatus": "not-stated"},
            "from 1957, end not stated",
            False,
        ),
        ({"beginStatus": "not-stated", "endStatus": "not-stated"}, "dates not stated", False),
        (
            {"edtf": "/1936-05", "beginStatus": "unknown", "endStatus": "known"},
            "until May 1936, beginning unknown",
            False,
        ),
        # what is not sure is never said flatly, whatever instants there are
        ({"begin": "1966", "end": "1966", "edtf": "1966?"}, "probably 1966", False),
        (
            {"begin": "1902", "end": "1910", "edtf": "1902/1910?", "endStatus": "uncertain"},
            "1902 to probably 1910",
            False,
        ),
        ({"end": "1910", "edtf": "1902~/1910", "beginStatus": "uncertain"}, "about 1902 to 1910", False),
        ({"begin": "1902", "edtf": "1902/1910~", "endStatus": "uncertain"}, "1902 to about 1910", False),
        ({"begin": "1902", "edtf": "1902?/..", "endStatus": "ongoing"}, "since probably 1902", True),
        ({"end": "1910", "beginEdtf": "[1902,1903]", "endEdtf": "1910"}, "1902 or 1903 to 1910", False),
        ({"end": "1990", "edtf": "198X/1990"}, "the 1980s to 1990", False),
        ({"begin": "1901", "end": "1902", "edtf": "1901-21/1902"}, "spring 1901 to 1902", False),
        ({"beginEdtf": "1901~", "endEdtf": "[..1950]"}, "about 1901 to 1950 or earlier", False),
        ({"begin": "1901", "beginEdtf": "1901", "endEdtf": "[1910..]"}, "1901 to 1910 or later", False),
        ({"edtf": "/[..1950]", "beginStatus": "unknown"}, "until 1950 or earlier, beginning unknown", False),
        ({"attested": "18XX"}, "at some time in the 19th century", False),
        ({"attested": "[..1950]"}, "at some time, by 1950", False),
        ({"attested": "1942-05-03"}, "attested on 3 May 1942", False),
        ({"attested": "1942~"}, "at some time, about 1942", False),
        ({"edtf": "1957/..", "beginStatus": "known", "endStatus": "ongoing"}, "since 1957", True),
        ({"beginStatus": "not-stated", "endStatus": "ongoing"}, "in place, beginning not stated", True),
    ],
)
def test_an_interval_is_worded_as_a_person_would(row: dict[str, str], words: str, goes_on: bool) -> None:
    found = span({k: Literal(f"x#{v}" if k.endswith("Status") else v) for k, v in row.items()})

    assert (found.words, found.goes_on) == (words, goes_on)


def test_dates_are_written_as_the_language_writes_them() -> None:
    app = Flask(__name__)
    found = []
    for tag in ("en", "zh-Hans"):
        with app.test_request_context(f"/?lang={tag}"):
            found.append([date_words(text) for text in ("1966", "1966-06", "1966-06-18", "-0044-03-15", "0800")])

    assert found[0] == ["1966", "June 1966", "18 June 1966", "-0044-03-15", "800"]
    assert found[1] == ["1966年", "1966年6月", "1966年6月18日", "-0044-03-15", "800年"]
