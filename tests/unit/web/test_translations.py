"""The interface in Simplified Chinese: a catalog that says everything, once, and pages that use it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient
from jinja2.ext import babel_extract

import fasti
from fasti import paths
from fasti.dumps import DUMPS
from fasti.questions import questions
from fasti.release import Release
from fasti.store.embedded import Literal, NamedNode
from fasti.store.serialize import read
from fasti.web import create_app, current, language
from fasti.web.moments import Certainty
from fasti.web.wording import in_words

# A message: its context (or None), and its English, in both numbers where it counts.
Message = tuple[str | None, str | tuple[str, ...]]

WEB = Path(fasti.__file__).parent / "web"
PLACE = re.compile(r"%\((\w+)\)s|\{(\w+)\}")
FIXED = re.compile(r"%\(\w+\)s|\{\w+\}")  # what stands between the fixed parts of a message
# The errors that the server answers with, by its own hand or Flask's.
ERRORS = (400, 404, 405, 406, 408, 410, 412, 413, 414, 415, 416, 429, 500, 501, 503)
TAG = "zh-Hans"
# Parts of entities that the build gives no label: hash children, which are called by the end of their IRIs.
PARTS = ("address", "begin", "end", "existence", "existence begin", "existence end", "position", "quote", "time")


def in_code() -> set[Message]:
    """What the templates and modules hand to gettext, as Babel finds it."""
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
    found: set[Message] = set()
    for path in sorted([*WEB.rglob("*.html"), *WEB.rglob("*.xml"), *WEB.rglob("*.py")]):
        method: Any = "python" if path.suffix == ".py" else babel_extract
        options = {} if path.suffix == ".py" else {"silent": "false", "extensions": "jinja2.ext.i18n"}
        extracted = extract_from_file(method, str(path), keywords=keywords, options=options)
        found |= {(context, message) for _, message, _, context in extracted}
    return found


def from_data() -> set[Message]:
    """What reaches gettext in a variable: the ready questions, certainties, the dumps, the titles of errors."""
    asked = {(None, text) for question in questions().values() for text in (question.title, question.description)}
    words = {(None, word) for word in (*map(str, Certainty), *(dump.title for dump in DUMPS))}
    return {*asked, *words, *(("status", HTTPStatus(code).phrase) for code in ERRORS)}


def terms(release: Release) -> set[Message]:
    """The English words for classes, properties, concepts and parts of entities that have no label in Chinese."""
    expand = release.vocabulary.expand
    labels = {NamedNode(expand(name)) for name in ("rdfs:label", "skos:prefLabel")}
    ontology = paths.data("ontology")
    ours = [ontology / "fasti.ttl", *sorted((ontology / "schemes").glob("*.ttl"))]
    own = [quad for file in ours for quad in read(file, release.base)]
    shapes = [quad for file in sorted((ontology / "shapes").glob("*.ttl")) for quad in read(file, release.base)]
    named: dict[NamedNode, dict[str, str]] = defaultdict(dict)
    for quad in own:
        if quad.predicate in labels and isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            named[quad.subject][(quad.object.language or "").lower()] = quad.object.value
    words = {said["en"] for said in named.values() if TAG.lower() not in said}
    for quad in (*shapes, *release.dataset.quads()):
        used = (quad.predicate, quad.object) if quad.predicate.value == expand("rdf:type") else (quad.predicate,)
        words |= {
            in_words(each.value) for each in used if each not in named and not each.value.startswith(release.base)
        }
    return {("term", word) for word in words.union(PARTS)}


@cache
def catalog() -> Catalog:
    with (WEB / "locales" / f"{TAG}.po").open("rb") as file:
        return read_po(file, locale=TAG.replace("-", "_"), abort_invalid=True)


def forms(message: Entry) -> list[str]:
    """The translation of a message, in each form that there is for a number of things."""
    return [message.string or ""] if isinstance(message.string, str | None) else list(message.string)


def translations() -> dict[Message, str]:
    """What the catalog says for each message; Chinese has one form for all numbers."""
    found: dict[Message, str] = {}
    for message in catalog():
        if message.id:
            english = message.id if isinstance(message.id, str) else tuple(message.id)
            found[message.context, english] = forms(message)[0]
    return found


def places(text: str) -> set[str]:
    """The names in `%(name)s` and `{name}`."""
    return {name for pair in PLACE.findall(text) for name in pair if name}


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory, build_release: Any) -> Iterator[Flask]:
    """The pages of the five seeds."""
    folder = tmp_path_factory.mktemp("seeds")
    build_release(folder, "http://localhost:8000/")
    made = create_app(folder)
    yield made
    current(made).close()


@pytest.fixture(scope="module")
def wanted(seeds: Flask) -> set[Message]:
    """Every message that there is."""
    return in_code() | from_data() | terms(current(seeds).release())


def test_every_message_has_a_translation_and_every_translation_a_message(wanted: set[Message]) -> None:
    found = translations()

    assert sorted(map(str, wanted - found.keys())) == [], "missing"
    assert sorted(map(str, found.keys() - wanted)) == [], "obsolete"
    assert len(found) == len(wanted) > 750
    assert not catalog().obsolete
    assert [message.id for message in catalog() if message.fuzzy and message.id] == []


def test_a_translation_keeps_the_placeholders() -> None:
    """Of a message in two numbers those of the plural: the one Chinese form stands for any number."""
    wrong = {}
    for (context, message), said in translations().items():
        english = message if isinstance(message, str) else message[-1]
        if not said.strip() or places(said) != places(english):
            wrong[context, message] = said

    assert wrong == {}


def test_chinese_sentences_have_chinese_punctuation() -> None:
    """No half-width comma, colon, bracket or stop stands after or before a Chinese character."""
    wrong = [
        said for said in translations().values() if re.search(r"[一-鿿][,;:?!(]|[,;?!)][一-鿿]|[一-鿿]\.(?!\w)", said)
    ]

    assert wrong == []


def test_chinese_has_one_form_for_all_numbers() -> None:
    assert catalog().num_plurals == 1
    with_numbers = [message for message in catalog() if message.pluralizable]
    assert len(with_numbers) > 10
    assert all(len(forms(message)) == 1 for message in with_numbers)


def test_a_word_of_the_data_is_translated_in_its_own_context(app: Flask) -> None:
    """A class may be called like a word of a sentence and mean something else."""
    with app.test_request_context("/?lang=zh-Hans"):
        assert (language.gettext("page"), language.pgettext("term", "page")) == ("页码", "网页")
        assert language.pgettext("term", "no such term") == "no such term"
    with app.test_request_context("/?lang=en"):
        assert language.pgettext("term", "page") == "page"


class Visible(HTMLParser):
    """The texts of a page that are in the page's own language, those in attributes too; code is in none."""

    _VOID = ("meta", "link", "input", "img", "br", "source", "rect", "line", "path", "stop", "use", "circle", "hr")
    _SILENT = ("script", "style", "code", "pre", "textarea", "blockquote", "q")
    _SPOKEN = ("aria-label", "title", "alt", "placeholder")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._foreign: list[bool] = [False]
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """The attributes that are read out; how deep in a foreign language the rest is."""
        said = dict(attrs)
        foreign = self._foreign[-1] or tag in self._SILENT or (said.get("lang") or TAG).lower() != TAG.lower()
        if not foreign:
            self.texts += [said[name] or "" for name in self._SPOKEN if name in said]
        if tag not in self._VOID:
            self._foreign.append(foreign)

    def handle_endtag(self, tag: str) -> None:
        """Back to the language around."""
        if tag not in self._VOID:
            self._foreign.pop()

    def handle_data(self, data: str) -> None:
        """A text."""
        if not self._foreign[-1] and data.strip():
            self.texts.append(" ".join(data.split()))


ADDRESSES = [
    "/", "/?at=1966-05-20", "/doc/organization/general-office-ccp.html", "/doc/organization/ogs.html?at=2000",
    "/doc/post/director--ogs.html", "/doc/post/director--ogs.html?at=1990-01-01", "/doc/person/tian-jiaying.html",
    "/doc/conflict/rank--ogs.html", "/doc/organization/general-office-cppcc.html",
    "/doc/event/enlarged-meeting--politburo-ccp--1966-05.html", "/doc/membership/jia-tingan--director--ogs--1989-06.html",
    "/doc/work/secretarial-work.html", "/doc/site/zhongnanhai--beijing.html", "/doc/period/xi-jinping-administration.html",
    "/doc/source/000_71a7f1b4f807d914.html", "/doc/passage/002_1d64dcd03acc08de/232-254.html", "/source/", "/source/000_71a7f1b4f807d914", "/browse/organization",
    "/browse/membership?at=1966", "/browse/person?rank=none", "/search", "/search?q=office", "/search?q=zzzz",
    "/questions/", "/questions/head-of-a-body-on-a-day", "/questions/changes-in-a-body", "/questions/conflicts",
    "/sparql", "/sparql?query=ASK{}", "/sparql?query=ASK", "/quality", "/dumps/", "/def", "/scheme/rank", "/shapes",
    "/catalog", "/chart/timeline/post/director--ogs", "/chart/timeline/organization/general-office-ccp?at=1966",
    "/chart/organization/organization/general-office-ccp?depth=2", "/chart/succession/organization/general-office-cppcc",
    "/nowhere",
]  # fmt: skip

# Literals without a language, which look like words of the interface: the code of a shape, titles as a text has them.
DATA = {"/shapes": ("label",), "/source/000_71a7f1b4f807d914": ("head", "person in charge")}


@pytest.fixture
def chinese(seeds: Flask) -> Iterator[FlaskClient]:
    with seeds.test_client() as client:
        client.environ_base["HTTP_ACCEPT"] = "text/html"
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = TAG
        yield client


@pytest.fixture(scope="module")
def english(wanted: set[Message]) -> re.Pattern[str]:
    """Any message in English; one that is little more than its places, "%(post)s of %(body)s", would match names too."""
    same = {message for (_, message), said in translations().items() if message == said}
    texts = {text for _, ids in wanted for text in ([ids] if isinstance(ids, str) else ids)} - same
    telling = (text for text in texts if len(re.findall("[A-Za-z]", PLACE.sub("", text))) >= (8 if places(text) else 2))
    return re.compile("|".join(".+".join(map(re.escape, FIXED.split(text))) for text in telling))


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_word_of_the_interface_is_left_in_english(
    chinese: FlaskClient, english: re.Pattern[str], address: str
) -> None:
    """What a page says in its own language is never an English message, with or without values in its places."""
    page = chinese.get(address).get_data(as_text=True)
    texts = (text for text in Visible(page).texts if text not in DATA.get(address, ()))
    left = [text for text in texts if english.fullmatch(text.strip(" :,.→←"))]

    assert f'<html lang="{TAG}">' in page
    assert left == []


def test_an_english_name_on_a_chinese_page_says_that_it_is_english(chinese: FlaskClient) -> None:
    page = chinese.get("/doc/post/director--ogs.html").get_data(as_text=True)

    assert re.search(r'<h1 lang="en">', page)
    assert '<html lang="zh-Hans">' in page


def test_a_chinese_name_on_a_chinese_page_needs_no_language_of_its_own(chinese: FlaskClient) -> None:
    page = chinese.get("/doc/organization/general-office-ccp.html").get_data(as_text=True)

    assert re.search(r"<h1>[一-鿿]+</h1>", page)
