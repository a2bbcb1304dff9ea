"""Links with a fragment, on pages of the five seeds: each leads to a page that has the place it names."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urljoin

import pytest

if TYPE_CHECKING:
    from conftest import LiveServer

PAGES = [
    "/", "/?lang=zh-Hans", "/def", "/def?page=2", "/scheme/rule", "/scheme/rule?page=2", "/scheme/role", "/shapes", "/catalog",
    "/catalog?page=2", "/quality", "/sparql", "/questions/", "/browse/event", "/search?q=office", "/source/", "/dumps/",
    "/graph/quality", "/graph/evidence?page=11", "/graph/links?page=2", "/graph/entailments?page=4", "/graph/vocabulary?page=3",
    "/source/000_71a7f1b4f807d914", "/doc/source/001_fee6948b98726e7d", "/doc/passage/000_71a7f1b4f807d914/1109-1249",
    "/doc/passage/004_eb2049b0da27a715/1223-1273", "/doc/organization/ogs", "/doc/organization/ogs?at=1990&lang=zh-Hans",
    "/doc/organization/general-office-ccp", "/doc/organization/secretarys-office--general-office-ccp",
    "/doc/organization/committee-for-social-and-legal-affairs--national-committee-cppcc", "/doc/post/director--ogs",
    "/doc/person/tian-jiaying", "/doc/membership/bao-tong--director--ogs--1987", "/doc/conflict/rank--ogs",
    "/doc/event/cover-up-meeting--general-office-ccp--1966-05-22", "/doc/work/secretarial-work",
    "/chart/timeline/post/director--ogs", "/chart/succession/organization/general-office-cppcc",
]  # fmt: skip


class Anchored(HTMLParser):
    """The places and the links of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.places: set[str] = set()
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An `id`, an `href`."""
        said = dict(attrs)
        self.places.add(said.get("id") or "")
        if tag == "a" and (href := said.get("href")):
            self.links.append(href)


@pytest.fixture(scope="module")
def fetch(live_server: LiveServer) -> Callable[[str], Anchored]:
    """The page at an address, after redirects."""

    @cache
    def found(target: str) -> Anchored:
        answer = live_server.get(target, "text/html")
        if answer.status in (301, 302, 303):
            return found(urldefrag(urljoin(target, answer.headers["location"])).url)
        assert (answer.status, answer.type) == (200, "text/html"), target
        return Anchored(answer.body.decode())

    return found


@pytest.mark.parametrize("path", PAGES)
def test_every_link_to_a_place_finds_it(fetch: Callable[[str], Anchored], path: str) -> None:
    links = {urldefrag(urljoin(path, href)) for href in fetch(path).links}
    places = {(link.url, unquote(link.fragment)) for link in links if link.fragment and link.url.startswith("/")}

    assert {(url, place) for url, place in places if place not in fetch(url).places} == set()
    assert places


def test_a_term_is_reached_by_its_iri_though_its_list_comes_in_parts(fetch: Callable[[str], Anchored]) -> None:
    """A hash IRI that somebody looks up opens the first part, which leads on to the part that has the term."""
    first = fetch("/scheme/rule")

    assert "units" in first.places
    assert "/scheme/rule?term=units#units" in first.links
