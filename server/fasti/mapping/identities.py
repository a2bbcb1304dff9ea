"""From a name in a document to the IRI of what it names; nothing is merged by guess."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from fasti.documents import Document
from fasti.documents.revisions import revisions, shingles
from fasti.errors import MappingError
from fasti.mapping.authority import Authority
from fasti.mapping.lexicon import Lexicon, normal
from fasti.vocabulary import Vocabulary, slug

_PREPOSITION = re.compile(r",?\s+(?:of|for|on|to|in|at|against|under|within|with|de|des|der|du|da|do)\s+")
_ABBREVIATION = re.compile(r"\((?:the\s+)?[\"“]?([A-Z][A-Za-z&-]{1,11})[\"”]?\)")


@dataclass
class Identities:
    """The names that are known, from the authority file and from the subjects of the documents themselves."""

    vocabulary: Vocabulary
    lexicon: Lexicon
    authority: Authority
    _subjects: dict[str, str] = field(default_factory=dict)  # document stem → IRI of what it is about
    _names: dict[str, str] = field(default_factory=dict)  # names of subjects that say enough alone
    _local: dict[tuple[str, str], str] = field(default_factory=dict)  # (stem, name) → IRI
    _preferred: dict[str, str] = field(default_factory=dict)
    _native: dict[tuple[str, str], str] = field(default_factory=dict)  # (IRI, language) → the first name in it
    _minted: dict[str, tuple[str, str]] = field(default_factory=dict)  # IRI → (key, where)
    _texts: dict[str, str] = field(default_factory=dict)
    _places: dict[str, str] = field(default_factory=dict)  # document stem → what it is a part of, as it says

    def register(self, documents: Sequence[Document]) -> None:
        """Make the subjects of all documents known, in the order of their stems."""
        for document in sorted(documents, key=lambda d: d.stem):
            names = self._called(document)
            source = self.vocabulary.source(document.stem)
            self._places[document.stem] = self._place(document)
            self._texts[document.stem] = document.text
            known = next((iri for name in names if (iri := self.authority.find(name, source, None))), None)
            iri = known or self._subject(document, names)
            self._subjects[document.stem] = iri
            self._preferred.setdefault(iri, self.authority.preferred.get(iri, names[0]))
            for name in names:
                self._local[document.stem, normal(name)] = iri
                if not self.says_little(name):
                    self._names.setdefault(normal(name), iri)
            for alias in _anaphora(names):
                self._local.setdefault((document.stem, alias), iri)
        for document in sorted(documents, key=lambda d: d.stem):
            self._wholes(document)
            self._abbreviations(document)

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
        return self._local.get((stem, normal(name))) or self._names.get(normal(name))

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

    def names_in(self, stem: str) -> dict[str, str]:
        """Every name that running text of the document may use, with what it means there."""
        found = dict(self.authority.names)
        found.update(self._names)
        found.update({name: iri for (owner, name), iri in self._local.items() if owner == stem})
        source = self.vocabulary.source(stem)
        found.update(
            {
                name: iri
                for (scope, owner, name), iri in self.authority.scoped.items()
                if scope == source and owner is None
            }
        )
        return {name: iri for name, iri in found.items() if name and "/id/organization/" in iri}

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

    def _called(self, document: Document) -> tuple[str, ...]:
        """What a document calls its subject, the best name first: one with a noun for bodies, then as they stand."""
        nouns = self.lexicon.wordings.get(self.vocabulary.expand("doc:BodyNoun"), {})
        names = dict.fromkeys([*self._field(document, "doc:fullName"), *document.names])
        plain = sorted(names, key=lambda name: nouns.keys().isdisjoint(normal(name).split()))
        return tuple(plain) or (document.stem,)

    def _wholes(self, document: Document) -> None:
        """What the document says its subject is a part of may be named without a field later on."""
        for name in self._field(document, "doc:parent", "text"):
            if (document.stem, normal(name)) not in self._local and re.search(r"\w", name):
                self._local[document.stem, normal(name)] = self.organization(name, document.stem)

    def _field(self, document: Document, wanted: str, said: str = "label") -> Iterator[str]:
        """What the fields of that meaning say."""
        kind, term = self.vocabulary.expand("doc:FieldKey"), self.vocabulary.expand(wanted)
        for node in document.nodes:
            facts = dict(reversed(node.facts)) if node.kind == "Field" else {}
            if facts.get(said) and self.lexicon.exact(str(facts["key"]), kind) == term:
                yield str(facts[said])

    def _subject(self, document: Document, names: Sequence[str]) -> str:
        """A new subject: its full name; where another document's subject has it already, its title instead.

        Two texts whose subjects have one name that says enough, and of which not both name another place, are on one
        body; so are two revisions of one text.
        """
        taken = {iri: stem for stem, iri in reversed(self._subjects.items())}
        place = self._places[document.stem]
        for name in names:
            made, little = slug(_bare(name)), self.says_little(name)
            if little and place:
                made = f"{made}--{slug(place)}"
            first = taken.get(self.vocabulary.entity("organization", made))
            if first is None:
                return self._mint("organization", made, normal(name), name, document.stem)
            settled = _agree(place, self._places[first]) and (place or not little)
            if settled or revisions(shingles(document.text), shingles(self._texts[first])):
                return self._subjects[first]
        raise MappingError(
            f"{document.path}: its subject '{names[0]}' has the name of that of {first}, and another parent; "
            "say in authority.ttl which is which (doc:nameIn)"
        )

    def _belongs(self, subject: str, owner: str) -> bool:
        """Whether a document about the subject says that it is a part of the owner."""
        stems = [stem for stem, iri in self._subjects.items() if iri == subject]
        return any(self._places[stem] and self.known(self._places[stem], stem) == owner for stem in stems)

    def _place(self, document: Document) -> str:
        """Where the document says its subject belongs: the jurisdiction, else the parent."""
        stated = [place for wanted in ("doc:jurisdiction", "doc:parent") for place in self._field(document, wanted)]
        return stated[0] if stated else ""

    def _abbreviations(self, document: Document) -> None:
        """`… the National Committee of X (NCX)`: in this document NCX is what the words before it name."""
        names = sorted(self.names_in(document.stem).items(), key=lambda pair: -len(pair[0]))
        for match in _ABBREVIATION.finditer(document.text):
            before = normal(document.text[max(0, match.start() - 200) : match.start()])
            ending = [name for name, _ in names if before.endswith(name) and len(name) > len(match[1])]
            spelled = [name for name in ending if _initials(name) == match[1].casefold()]
            if ending and not self.authority.find(match[1], self.vocabulary.source(document.stem), None):
                self._local.setdefault((document.stem, normal(match[1])), dict(names)[(spelled or ending)[0]])

    def _mentions_known(self, name: str) -> bool:
        key = f" {normal(name)} "
        known = {**self.authority.names, **self._names}
        return any(f" {other} " in key for other, iri in known.items() if "/id/organization/" in iri and len(other) > 2)

    def _mint(self, kind: str, made: str, key: str, name: str, stem: str) -> str:
        iri = self.vocabulary.entity(kind, made)
        known, where = self._minted.setdefault(iri, (key, f"'{name}' in {stem}"))
        if not _one_spelling(known.partition("|")[0], key.partition("|")[0]):
            raise MappingError(
                f"<{iri}> would be both {where} and '{name}' in {stem}; say in authority.ttl which is which (doc:name, doc:nameIn)"
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
