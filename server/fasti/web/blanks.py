"""What somebody wrote into the blanks of a question: a day, an IRI, or a name that has to be looked up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import request

from fasti.index import called
from fasti.questions import CLASSES, Blank, Question, day, filled, questions
from fasti.release import Release
from fasti.store.embedded import DefaultGraph, Literal, NamedNode, Term
from fasti.web.current import release
from fasti.web.dates import date_words
from fasti.web.language import gettext
from fasti.web.moments import parse, shown_moment
from fasti.web.names import named
from fasti.web.wording import Wording

_NAMES = ("rdfs:label", "skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "foaf:name")
_TAGS = ("en", "zh-hans", "zh-hant", "zh", "zh-latn-pinyin", "zh-latn", "")
_WHOLES = ("org:postIn", "org:subOrganizationOf")
_DAY_LENGTH = len("1966-05-20")
_MOST = 50  # things of one name that are offered


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the things that a name may mean, and the body that it is in."""

    iri: str
    label: str
    owner: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Filling:
    """A blank with what was written into it; without a `term` either `choices` or the `problem` in words.

    `written` stands in the form, `words` in the sentence; `status` is that of the answer.
    """

    blank: Blank
    written: str
    words: str = ""
    term: Term | None = None
    choices: tuple[Choice, ...] = ()
    problem: str = ""
    status: int = 200
    lang: str = ""


def fill(question: Question) -> dict[str, Filling]:
    """The blanks of a question as the request fills them; one that it does not mention has its example."""
    return {blank.name: _fill(question, blank) for blank in question.blanks}


def _fill(question: Question, blank: Blank) -> Filling:
    given = request.args.getlist(blank.name)
    if len(given) > 1:
        return Filling(blank, given[0], problem=gettext("One value was expected, found several."), status=400)
    text = " ".join(given[0].split()) if given else ""
    if given and not text:
        return Filling(blank, "", problem=_expected(blank), status=400)
    if blank.is_day:
        moment = shown_moment()
        return _day(blank, text or (moment if len(moment) == _DAY_LENGTH else blank.default))
    if given:
        return _entity(blank, text)
    example = _examples(release().path, question.name).get(blank.name)
    return _chosen(blank, example) if isinstance(example, NamedNode) else Filling(blank, "", problem=_expected(blank))


@lru_cache(maxsize=64)
def _examples(_: Path, name: str) -> Mapping[str, Term]:
    return filled(release().dataset, questions()[name])


def _day(blank: Blank, text: str) -> Filling:
    if len(text) != _DAY_LENGTH or parse(text) is None:
        found = gettext("A day was expected, as 1966-05-20; found “%(found)s”.") % {"found": text[:40]}
        return Filling(blank, text, problem=found, status=400)
    return Filling(blank, text, date_words(text), day(text, release().vocabulary))


def _entity(blank: Blank, text: str) -> Filling:
    if text.startswith(("http://", "https://")):
        node = _by_iri(blank, text)
        if node is not None:
            return _chosen(blank, node)
        problem = gettext("Nothing of the kind has this IRI here: %(found)s") % {"found": text[:200]}
        return Filling(blank, text, problem=problem, status=404)
    nodes = find(release(), text, blank.kinds)
    if len(nodes) == 1:
        return _chosen(blank, nodes[0])
    if nodes:
        return Filling(blank, text, choices=tuple(_choice(node) for node in nodes[:_MOST]))
    problem = gettext("Nobody and nothing of the name “%(found)s” is known here.") % {"found": text[:200]}
    return Filling(blank, text, problem=problem, status=404)


def _expected(blank: Blank) -> str:
    if blank.is_day:
        return gettext("A day was expected, as 1966-05-20.")
    return gettext("A name or an IRI was expected.")


def _by_iri(blank: Blank, text: str) -> NamedNode | None:
    """The entity of an IRI, or of the address of its page, when it is in the record and of the right kind."""
    path = text.removeprefix(release().base)
    path = "id/" + path.removeprefix("doc/") if path.startswith("doc/") else path
    if not path.startswith(tuple(f"id/{kind}/" for kind in blank.kinds)):
        return None
    known = (node for node in named(release().base, path) if _is_known(release(), node))
    return next(known, None)


def _is_known(current: Release, node: NamedNode) -> bool:
    return next(current.dataset.quads(node, graph=DefaultGraph()), None) is not None


def _chosen(blank: Blank, node: NamedNode) -> Filling:
    choice = _choice(node)
    is_post = node.value.startswith(f"{release().base}id/post/")
    words = f"{choice.label}, {choice.owner}" if choice.owner and is_post else choice.label
    return Filling(blank, _written(blank, node, choice), words, node, lang=choice.lang)


def _written(blank: Blank, node: NamedNode, choice: Choice) -> str:
    """What stands in the form: the shortest that leads back to this thing alone."""
    for text in (choice.label, f"{choice.label}, {choice.owner}"):
        if find(release(), text, blank.kinds) == [node]:
            return text
    return node.value


def _choice(node: NamedNode) -> Choice:
    wording, owner = Wording(release()), next(_owners(release(), node), None)
    label = wording.label(node)
    return Choice(node.value, label.text, wording.text(owner) if owner else "", label.lang)


def find(current: Release, text: str, kinds: tuple[str, ...]) -> list[NamedNode]:
    """The things that a name may mean, `Director` or `Director, Bureau of Records`, by their IRIs.

    Names are compared exactly, in any of the languages of the data; where none is the same, case, marks and
    punctuation are forgiven.
    """
    found = _called(current, text, kinds)
    for cut in (i for i, character in enumerate(text) if character == "," and not found):
        owners = _called(current, text[cut + 1 :].strip(), ("organization",))
        parts = _called(current, text[:cut].strip(), kinds) if owners else ()
        found = {node for node in parts if owners & set(_owners(current, node))}
    return sorted(found, key=lambda node: node.value)


def _called(current: Release, text: str, kinds: tuple[str, ...]) -> set[NamedNode]:
    found = set(_named(current, text, kinds))
    return found or {NamedNode(iri) for kind in kinds if kind in CLASSES for iri in called(current.index, text, kind)}


def _named(current: Release, text: str, kinds: tuple[str, ...]) -> Iterator[NamedNode]:
    beginnings = tuple(f"{current.base}id/{kind}/" for kind in kinds if kind in CLASSES)
    literals = [Literal(text, language=tag) if tag else Literal(text) for tag in _TAGS]
    for name in _NAMES:
        predicate = NamedNode(current.vocabulary.expand(name))
        for literal in literals:
            for quad in current.dataset.quads(None, predicate, literal, DefaultGraph()):
                if quad.subject.value.startswith(beginnings) and "#" not in quad.subject.value:
                    yield quad.subject


def _owners(current: Release, node: NamedNode) -> Iterator[NamedNode]:
    """The bodies that a post or a unit is in, by their IRIs."""
    for name in _WHOLES:
        quads = current.dataset.quads(node, NamedNode(current.vocabulary.expand(name)), graph=DefaultGraph())
        found = (quad.object for quad in quads if isinstance(quad.object, NamedNode))
        yield from sorted(found, key=lambda owner: owner.value)
