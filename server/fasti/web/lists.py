"""The bodies, posts and people of a release by name, at a moment too: the lists of the home page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from fasti.store.embedded import NamedNode, Term
from fasti.web.current import release
from fasti.web.moments import Certainty, Moment, times

_BODIES = ("org:FormalOrganization", "org:OrganizationalUnit", "org:Organization")


@dataclass(frozen=True, slots=True)
class Holder:
    """A person in a post at a moment."""

    iri: str
    name: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list; `owner` is the label of a post's body, `body` its IRI."""

    iri: str
    name: str
    owner: str = ""
    body: str = ""
    certainty: str = ""
    holders: tuple[Holder, ...] = ()


@dataclass(frozen=True, slots=True)
class Lists:
    """What a home page lists. At a moment: bodies that may have existed, posts in them, people who may have held one.

    What has no time of its own stays, without a certainty: a body whose existence no source dates, a post.
    """

    bodies: Sequence[Entry]
    posts: Sequence[Entry]
    people: Sequence[Entry]


def lists(moment: Moment | None) -> Lists:
    """The lists of this request's release."""
    whole = _whole(release().path)
    return whole if moment is None else _at(release().path, moment)


@lru_cache(maxsize=2)
def _whole(_: Path) -> Lists:
    return Lists(_listed(*_BODIES), _listed("org:Post"), _listed("foaf:Person"))


@lru_cache(maxsize=16)
def _at(path: Path, moment: Moment) -> Lists:
    whole = _whole(path)
    in_post, certainties = _holders(path, moment)
    bodies = [
        replace(body, certainty=certainty or "")
        for body in whole.bodies
        if (certainty := times().certainty(body.iri, moment)) is not Certainty.EXCLUDED
    ]
    posts = [
        replace(post, holders=tuple(in_post.get(post.iri, ())))
        for post in whole.posts
        if times().certainty(post.body, moment) is not Certainty.EXCLUDED
    ]
    people = [replace(each, certainty=certainties[each.iri]) for each in whole.people if each.iri in certainties]
    return Lists(bodies, posts, people)


def _holders(path: Path, moment: Moment) -> tuple[Mapping[str, list[Holder]], Mapping[str, str]]:
    """By post who may have held it, and by person how certainly there was any tenure."""
    by_post: dict[str, dict[str, Holder]] = defaultdict(dict)
    by_person: dict[str, str] = {}
    for membership, person, name, post in _tenures(path):
        certainty = times().certainty(membership, moment)
        if certainty in (None, Certainty.EXCLUDED):
            continue
        by_person[person] = _surer(by_person.get(person), certainty)
        known = by_post[post].get(person)
        by_post[post][person] = Holder(person, name, _surer(known.certainty if known else None, certainty))
    return {post: list(holders.values()) for post, holders in by_post.items()}, by_person


def _surer(one: str | None, other: str | None) -> str:
    return Certainty.CERTAIN if Certainty.CERTAIN in (one, other) else Certainty.POSSIBLE


@lru_cache(maxsize=2)
def _tenures(_: Path) -> Sequence[tuple[str, str, str, str]]:
    rows = release().dataset.select("holders")
    return [(row["membership"].value, row["person"].value, row["name"].value, _iri(row.get("post"))) for row in rows]


def _listed(*classes: str) -> list[Entry]:
    """The entities of the classes by name, each once."""
    found: dict[str, Entry] = {}
    for name in classes:
        kind: Term = NamedNode(release().vocabulary.expand(name))
        for row in release().dataset.select("home-list", **{"class": kind}):
            entity, owner, body = row["entity"].value, row.get("owner"), row.get("body")
            found[entity] = Entry(entity, row["name"].value, owner.value if owner else "", _iri(body))
    return _by_name(found.values())


def _by_name(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.name.lower(), entry.owner, entry.iri))


def _iri(term: Term | None) -> str:
    return term.value if term is not None else ""
