"""From a name in a document to the IRI of what it names; nothing is merged by guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from fasti.documents import Document
from fasti.documents.revisions import revisions
from fasti.errors import MappingError
from fasti.mapping.authority import Authority
from fasti.mapping.claims import Claims, FirstCome
from fasti.mapping.lexicon import Lexicon, normal
from fasti.mapping.names import Names, tokens_of
from fasti.mapping.profiles import Profile, profile
from fasti.vocabulary import Vocabulary, slug

_PREPOSITION = re.compile(r",?\s+(?:of|for|on|to|in|at|against|under|within|with|de|des|der|du|da|do)\s+")


@dataclass
class Identities:
    """The names that are known, from the authority file and from the subjects of the documents themselves."""

    vocabulary: Vocabulary
    lexicon: Lexicon
    authority: Authority
    _subjects: dict[str, str] = field(default_factory=dict)  # document stem → IRI of what it is about
    _documents: dict[str, list[str]] = field(default_factory=dict)  # IRI → stems of the documents about it
    _settled: Names = field(default_factory=Names)  # names of the authority file
    _names: Names = field(default_factory=Names)  # names of subjects that say enough alone
    _local: dict[str, dict[str, str]] = field(default_factory=dict)  # stem → name → IRI
    _preferred: FirstCome[str, str] = field(default_factory=FirstCome)
    _native: FirstCome[tuple[str, str], str] = field(default_factory=FirstCome)  # (IRI, language) → its first name
    _minted: FirstCome[str, tuple[str, str]] = field(default_factory=FirstCome)  # IRI → (key, where)
    _places: dict[str, str] = field(default_factory=dict)  # document stem → what it is a part of, as it says

    def __post_init__(self) -> None:
        """The authority's names come first: a document's subject does not take them over."""
        for name, iri in self.authority.names.items():
            self._settled.add(name, iri)

    def register(self, documents: Sequence[Document]) -> None:
        """Make the subjects of all documents known."""
        self.enrol(profile(document, self.lexicon, self.vocabulary) for document in documents)

    def enrol(self, profiles: Iterable[Profile]) -> None:
        """Make the subjects of all documents known, in the order of their stems."""
        known = sorted(profiles, key=lambda p: p.stem)
        by_stem = {one.stem: one for one in known}
        for one in known:
            self._enrol(one, by_stem)
        for one in known:
            self._wholes(one)
            self._abbreviations(one)

    def _enrol(self, one: Profile, by_stem: Mapping[str, Profile]) -> None:
        source = self.vocabulary.source(one.stem)
        self._places[one.stem] = one.place
        found = (iri for name in one.names if (iri := self.authority.find(name, source, None)))
        iri = next(found, None) or self._subject(one, by_stem)
        self._subjects[one.stem] = iri
        self._documents.setdefault(iri, []).append(one.stem)
        self._preferred.setdefault(iri, self.authority.preferred.get(iri, one.names[0]))
        local = self._local.setdefault(one.stem, {})
        for name in one.names:
            local[normal(name)] = iri
            if not self.says_little(name):
                self._names.add(normal(name), iri)
        for alias in _anaphora(one.names):
            local.setdefault(alias, iri)

    def alone(self, earlier: Claims | None = None) -> Identities:
        """These identities for mapping one document, which says first what none of the `earlier` claims has."""
        told = earlier or Claims()
        return replace(
            self,
            _preferred=self._preferred.above(told.names),
            _native=self._native.above(told.native),
            _minted=self._minted.above(told.minted),
        )

    def claims(self) -> Claims:
        """What the document that these identities are for is the first to say."""
        return Claims(self._preferred.own, self._native.own, self._minted.own, frozenset(self._preferred.missed))

    def adopt(self, claims: Claims) -> None:
        """Take in what a document says first.

        Raises:
            MappingError: an entity that it makes has the slug of another one.
        """
        for iri, name in claims.names.items():
            self._preferred.setdefault(iri, name)
        for iri, (key, where) in claims.minted.items():
            self._settle(iri, key, where)

    def subject(self, stem: str) -> str:
        """What the document is about."""
        return self._subjects[stem]

    def known(self, name: str, stem: str, owner: str | None = None) -> str | None:
        """The organization of that name, if the authority file or a document's subject says which."""
        found = self.authority.find(name, self.vocabulary.source(stem), owner)
        if found:
            return found
        if owner:
            subject = self._names.get(normal(name))
            return subject if subject and self._belongs(subject, owner) else None
        return self._local.get(stem, {}).get(normal(name)) or self._names.get(normal(name))

    def organization(self, name: str, stem: str, owner: str | None = None) -> str:
        """The organization of that name; a new one carries its owner where its name says little alone.

        Raises:
            MappingError: another name already has the slug, and the authority file does not settle it.
        """
        found = self.known(name, stem, owner)
        if found:
            return found
        made = slug(_bare(name))
        if owner and not self._mentions_known(name):
            made = f"{made}--{self.short(owner)}"
        elif not owner and self.says_little(name):
            place = slug(self._places.get(stem) or "")
            made = f"{made}--{self.short(self._subjects[stem]) if place in ('unnamed', made) else place}"
        return self._mint("organization", made, f"{normal(name)}|{owner or ''}" if owner else normal(name), name, stem)

    def person(self, name: str, stem: str) -> str:
        """The person of that name."""
        found = self.authority.find(name, self.vocabulary.source(stem), None)
        return found or self._mint("person", slug(name), normal(name), name, stem)

    def entity(self, kind: str, *words: str) -> str:
        """An IRI of the kind whose slug is put together: empty words are left out, IRIs give their short form."""
        pieces = [self.short(word) if word.startswith(self.vocabulary.base) else slug(word) for word in words if word]
        return self.vocabulary.entity(kind, "--".join(pieces))

    def short(self, iri: str) -> str:
        """What a slug of something else carries of this entity."""
        return self.authority.short.get(iri, iri.rpartition("/")[2].partition("#")[0])

    def name(self, iri: str) -> str:
        """The preferred name of an organization, as far as it is known by now; else its slug in words."""
        return self.authority.preferred.get(iri) or self._preferred.get(iri) or iri.rpartition("/")[2].replace("-", " ")

    def labelled(self, iri: str, name: str) -> str:
        """The property that gives the entity this name: skos:prefLabel, skos:altLabel or skos:hiddenLabel."""
        if normal(name) in self.authority.hidden.get(iri, ()):
            return self.vocabulary.expand("skos:hiddenLabel")
        preferred = self.authority.preferred.get(iri) or self._preferred.setdefault(iri, name)
        same = _without_article(preferred) == _without_article(name)
        return self.vocabulary.expand("skos:prefLabel" if same else "skos:altLabel")

    def natively_labelled(self, iri: str, name: str, language: str) -> str:
        """skos:prefLabel for the first name of an entity in a language, skos:altLabel for the others."""
        first = self._native.setdefault((iri, language.casefold()), name)
        return self.vocabulary.expand("skos:prefLabel" if first == name else "skos:altLabel")

    def names_in(self, stem: str, text: str) -> dict[str, str]:
        """The names that this running text of the document uses, and perhaps some more, with what they mean there."""
        source = self.vocabulary.source(stem)
        found = {name: self._settled.iris[name] for name in self._settled.within(text)}
        found.update((name, self._names.iris[name]) for name in self._names.within(text))
        found.update(self._local.get(stem, {}))
        found.update(self.authority.local.get(source, {}))
        return {name: iri for name, iri in found.items() if name and "/id/organization/" in iri}

    def bearing(self, stem: str, text: str) -> str:
        """Everything here that bears on a document of this text: two builds in which it is equal map it alike."""
        local = self._local.get(stem, {})
        tokens = tokens_of(text)
        named = {name: table.iris[name] for table in (self._names, self._settled) for name in table.among(tokens)}
        iris = sorted({*named.values(), *local.values()})
        about = [(iri, self._preferred.own.get(iri), self._owners(iri)) for iri in iris]
        return repr((self._subjects[stem], self._places[stem], sorted(local.items()), sorted(named.items()), about))

    def _owners(self, subject: str) -> list[str | None]:
        """What the documents about a subject say that it is a part of."""
        places = ((self._places[stem], stem) for stem in self._documents.get(subject, ()))
        return [self.known(place, stem) for place, stem in places if place]

    def kind(self, name: str) -> str | None:
        """The ORG class that a name's noun tells: `… Office of X` is an org:OrganizationalUnit."""
        bare = re.sub(r"\s*[(（].*$|\s+(?:No\.?\s*)?\d+$", "", name)
        words = _PREPOSITION.split(bare)[0].split()
        if len(words) > 1 and words[-1].casefold() == "general":
            words.pop()
        return self.lexicon.exact(" ".join(words[-1:]), self.vocabulary.expand("doc:BodyNoun"))

    def says_little(self, name: str) -> bool:
        """Whether a name is made of general words only (`Research Office`), so that many bodies may bear it."""
        general = self.lexicon.wordings.get(self.vocabulary.expand("doc:GeneralWord"), {})
        words = re.findall(r"[\w'’-]+", normal(name))
        nouns = self.lexicon.wordings.get(self.vocabulary.expand("doc:BodyNoun"), {})
        return all(word in general or word in nouns for word in words)

    def _wholes(self, one: Profile) -> None:
        """What the document says its subject is a part of may be named without a field later on."""
        local = self._local[one.stem]
        for name in one.wholes:
            if normal(name) not in local and re.search(r"\w", name):
                local[normal(name)] = self.organization(name, one.stem)

    def _subject(self, one: Profile, by_stem: Mapping[str, Profile]) -> str:
        """A new subject: its full name; where another document's subject has it already, its title instead.

        Two texts whose subjects have one name that says enough, and of which not both name another place, are on one
        body; so are two revisions of one text.
        """
        for name in one.names:
            made, little = slug(_bare(name)), self.says_little(name)
            if little and one.place:
                made = f"{made}--{slug(one.place)}"
            iri = self.vocabulary.entity("organization", made)
            first = next(iter(self._documents.get(iri, ())), None)
            if first is None:
                return self._mint("organization", made, normal(name), name, one.stem)
            settled = _agree(one.place, self._places[first]) and (one.place or not little)
            if settled or revisions(one.shingles, by_stem[first].shingles):
                return iri
        raise MappingError(
            f"{one.path}: its subject '{one.names[0]}' has the name of that of {first}, and another parent; "
            "say in authority.ttl which is which (doc:nameIn)"
        )

    def _belongs(self, subject: str, owner: str) -> bool:
        """Whether a document about the subject says that it is a part of the owner."""
        return owner in self._owners(subject)

    def _abbreviations(self, one: Profile) -> None:
        """`… the National Committee of X (NCX)`: in this document NCX is what the words before it name."""
        source, local = self.vocabulary.source(one.stem), self._local[one.stem]
        for short, before in one.abbreviations:
            named = self.names_in(one.stem, before)
            ending = sorted((n for n in named if before.endswith(n) and len(n) > len(short)), key=lambda n: -len(n))
            spelled = [name for name in ending if _initials(name) == short.casefold()]
            if ending and not self.authority.find(short, source, None):
                local.setdefault(normal(short), named[(spelled or ending)[0]])

    def _mentions_known(self, name: str) -> bool:
        key = f" {normal(name)} "
        found = ((other, known.iris[other]) for known in (self._settled, self._names) for other in known.within(key))
        return any(f" {other} " in key and "/id/organization/" in iri and len(other) > 2 for other, iri in found)

    def _mint(self, kind: str, made: str, key: str, name: str, stem: str) -> str:
        return self._settle(self.vocabulary.entity(kind, made), key, f"'{name}' in {stem}")

    def _settle(self, iri: str, key: str, where: str) -> str:
        known, before = self._minted.setdefault(iri, (key, where))
        if not _one_spelling(known.partition("|")[0], key.partition("|")[0]):
            raise MappingError(
                f"<{iri}> would be both {before} and {where}; say in authority.ttl which is which (doc:name, doc:nameIn)"
            )
        return iri


def _bare(name: str) -> str:
    plain = re.sub(r"\s+", " ", name).strip(" .,;:").replace(" & ", " and ")
    return re.sub(r"^(?:the|an?)\s+", "", plain, flags=re.IGNORECASE)


def _without_article(name: str) -> str:
    return re.sub(r"^The\s+(?=\S)", "", name)


def _one_spelling(one: str, other: str) -> bool:
    """Whether two names of one slug differ in punctuation only, or in that one of them goes without diacritics."""
    letters = [re.sub(r"[\W_]+", "", text) for text in (one, other)]
    return letters[0] == letters[1] or any(text.isascii() for text in letters)


def _agree(place: str, other: str) -> bool:
    """Whether two documents may mean one place: the words of one are among those of the other, or it has none."""
    words = [set(normal(text).split()) for text in (place, other)]
    return words[0] <= words[1] or words[1] <= words[0]


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"\w+(?:'\w+)?", name) if word not in ("of", "the", "and", "for"))


def _anaphora(names: Sequence[str]) -> set[str]:
    """What a text calls its subject later on: `General Office of the X` is "the General Office", "the Office"."""
    found = set()
    for name in names:
        first = re.split(r"\s+(?:of|for|in|on|to)\s+", _bare(name))[0]
        if first != _bare(name) or len(first.split()) > 1:
            found |= {normal(first), normal(first.split()[-1])}
    return found
