"""The shapes of what a page shows: a value with the words behind it, rows of values, groups of links, sections."""

from __future__ import annotations

from dataclasses import dataclass

from fasti.web.dates import Span
from fasti.web.evidence import Quote
from fasti.web.wording import Text


@dataclass(frozen=True, slots=True)
class Value:
    """One value: a text or a link, when it was, the words behind it, and, for a part, its own rows."""

    text: str
    lang: str = ""
    iri: str = ""
    wording: tuple[Text, ...] = ()
    span: Span | None = None
    quotes: tuple[Quote, ...] = ()
    rows: tuple[Row, ...] = ()
    certainty: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A property in words, with their language, and its values; `more` were left out."""

    label: str
    iri: str
    values: tuple[Value, ...]
    more: int = 0
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Pager:
    """Which page of a list is shown: of `pages`, chosen by the parameter `key` of the address."""

    key: str
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Group:
    """Links of one kind under a heading of their own, `count` of them in all; the page shows some."""

    key: str
    title: str
    things: tuple[Value, ...]
    count: int
    pager: Pager | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: groups of things that it links to, or rows of properties."""

    key: str
    title: str
    groups: tuple[Group, ...] = ()
    rows: tuple[Row, ...] = ()

    @property
    def count(self) -> int:
        """How many things it is about, on all its pages."""
        return sum(group.count for group in self.groups)
