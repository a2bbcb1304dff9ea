"""The functions that mapping rules may call beside SPARQL's own; mappings/README.md lists them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache

from fasti.documents import Document, dates
from fasti.documents.nodes import texts
from fasti.mapping import languages
from fasti.mapping.callings import Callings, without_peerage
from fasti.mapping.identities import Identities
from fasti.mapping.intervals import Intervals
from fasti.mapping.lexicon import Lexicon, Title
from fasti.store import Literal, NamedNode, Term
from fasti.vocabulary import Vocabulary, slug

Function = Callable[..., Term | None]


class Functions:
    """`fn:` for one document: look-ups in the lexicon and among the identities, names to labels.

    A function that finds nothing gives no value: the BIND that calls it stays unbound.
    """

    def __init__(self, document: Document, identities: Identities, lexicon: Lexicon, vocabulary: Vocabulary) -> None:
        self.document = document
        self.identities = identities
        self.lexicon = lexicon
        self.vocabulary = vocabulary
        self._title = lru_cache(maxsize=None)(lambda text: lexicon.title(text, vocabulary))
        self._called = lru_cache(maxsize=None)(
            Callings(document.stem, identities, lexicon, vocabulary, self._title).called
        )

    def table(self) -> dict[NamedNode, Function]:
        """Function IRI to function, as the engine wants them."""
        vocabulary, document, identities = self.vocabulary, self.document, self.identities
        offered: dict[str, Function] = {
            "is": self.is_,
            "has": self.has,
            "title": self.title,
            "titleOf": self.title_of,
            "isHead": self.is_head,
            "isPlural": self.is_plural,
            "organization": self.organization,
            "known": self.known,
            "person": self.person,
            "personName": self.person_name,
            "personNaming": self.person_naming,
            "language": self.language,
            "entity": self.entity,
            "labelled": self.labelled,
            "label": self.label,
            "nativelyLabelled": self.natively_labelled,
            "titleBody": self.title_body,
            "romanized": self.romanized,
            "foreign": self.foreign,
            "class": self.class_,
            "when": self.when,
            "passage": self.passage,
            "span": lambda start, end: NamedNode(vocabulary.passage(document.stem, int(start.value), int(end.value))),
            "the": self.the,
            "name": lambda entity: Literal(identities.name(entity.value)),
            "isDate": lambda text: Literal(
                dates.parse(text.value) is not None or dates.parse_point(text.value) is not None
            ),
            "isOngoing": self.is_ongoing,
            "toned": lambda text: Literal(languages.toned(text.value)),
            "slug": lambda text: Literal(slug(text.value)),
        }
        return {NamedNode(self.vocabulary.expand(f"fn:{name}")): function for name, function in offered.items()}

    def is_(self, text: Literal, kind: NamedNode) -> Term | None:
        """fn:is(text, class): the term of the class whose wording the whole text is."""
        return _node(self.lexicon.exact(text.value, kind.value))

    def has(self, text: Literal, kind: NamedNode) -> Term | None:
        """fn:has(text, class): the term of the class whose wording the text contains; the longest one."""
        return _node(self.lexicon.contained(text.value, kind.value))

    def title(self, text: Literal) -> Term | None:
        """fn:title(text): the text as the singular of a title, with `of …` unless that names an organization."""
        read = self._title(text.value)
        if read is None:
            return None
        kept = read.tail and (read.kept or self._body(read) is None)
        return Literal(f"{read.name} {read.tail}" if kept else read.name)

    def title_of(self, text: Literal) -> Term | None:
        """fn:titleOf(text): the organization that a title is of: `Directors of the Mint` gives the Mint."""
        read = self._title(text.value)
        return _node(self._body(read)) if read else None

    def title_body(self, text: Literal) -> Term | None:
        """fn:titleBody(text): the name of the organization that a title is of, in the words of the text."""
        read = self._title(text.value)
        return Literal(read.of) if read and read.of and self._body(read) else None

    def is_head(self, text: Literal) -> Term | None:
        """fn:isHead(text): whether the title is one that stands at the top of a body, and no deputy's."""
        read = self._title(text.value)
        return Literal(bool(read and read.head))

    def is_plural(self, text: Literal) -> Term | None:
        """fn:isPlural(text): whether the title stands in the plural, so that several may hold it at a time."""
        read = self._title(text.value)
        return Literal(bool(read and read.plural))

    def organization(self, name: Literal, owner: NamedNode | None = None) -> Term | None:
        """fn:organization(name [, owner]): the IRI of the organization that the document calls so."""
        return NamedNode(self.identities.organization(name.value, self.document.stem, owner.value if owner else None))

    def known(self, name: Literal) -> Term | None:
        """fn:known(name): the organization, only if a document or the authority file says which it is."""
        return _node(self.identities.known(name.value, self.document.stem))

    def person_name(self, label: Literal) -> Term | None:
        """fn:personName(label): the person's name in it; no value for words that name nobody (`vacant`).

        What follows a comma or a spaced dash and is a title, an ordinal, a peerage or a way to hold a post is not of it.
        """
        called = self._called(label.value)
        return Literal(without_peerage(called)) if called else None

    def person_naming(self, person: NamedNode, name: Literal) -> Term | None:
        """fn:personNaming(person, name): foaf:name for the first spelling of a person's name, else skos:altLabel."""
        first = self.identities.natively_labelled(person.value, name.value, "") == self.vocabulary.expand(
            "skos:prefLabel"
        )
        return NamedNode(self.vocabulary.expand("foaf:name" if first else "skos:altLabel"))

    def person(self, label: Literal) -> Term | None:
        """fn:person(label): the IRI of the person; no value for words that name nobody (`vacant`)."""
        called = self._called(label.value)
        return NamedNode(self.identities.person(called, self.document.stem)) if called else None

    def language(self, text: Literal) -> Term | None:
        """fn:language(text): a language's code, given as such or by its name (`zh-Hans`, `Japanese`)."""
        if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", text.value):
            return Literal(text.value)
        found = self.lexicon.exact(text.value, self.vocabulary.expand("doc:LanguageWord"))
        return Literal(found.rpartition("-")[2]) if found else None

    @cached_property
    def _spoken(self) -> str | None:
        """The one language that title and fields point to by naming a country or a people, if there is one."""
        found = set()
        for node in self.document.nodes:
            if node.kind in ("Title", "Name", "Field"):
                for text in texts(node, "text"):
                    found.add(self.lexicon.contained(text, self.vocabulary.expand("doc:LanguageWord")))
        codes = {term.rpartition("-")[2] for term in found if term}
        return codes.pop() if len(codes) == 1 else None

    def entity(self, kind: Literal, *words: Term) -> Term | None:
        """fn:entity(kind, word …): the IRI id/kind/word--word…; an IRI among the words gives its slug."""
        return NamedNode(self.identities.entity(kind.value, *(word.value for word in words)))

    def labelled(self, entity: NamedNode, name: Literal) -> Term | None:
        """fn:labelled(entity, name): skos:prefLabel, skos:altLabel or skos:hiddenLabel, as the name is to it."""
        return NamedNode(self.identities.labelled(entity.value, name.value))

    def label(self, name: Literal, stated: Literal | None = None) -> Term | None:
        """fn:label(name [, language]): the name with its language tag; the language is the one stated, if any.

        With a second argument the name is taken for a native one.
        """
        said = stated.value if stated and stated.value else None
        guess = self._spoken if languages.foreign(name.value) else None
        mixed = stated is None and not languages.mostly_foreign(name.value)
        code = "en" if mixed else languages.tag(name.value, said, native=stated is not None, guess=guess)
        bare = re.sub(r"^The\s+(?=\S)", "", name.value) if code == "en" else name.value
        return Literal(bare, language=code)

    def natively_labelled(self, entity: NamedNode, label: Literal) -> Term | None:
        """fn:nativelyLabelled(entity, label): skos:prefLabel for its first label in that language, else skos:altLabel."""
        return NamedNode(self.identities.natively_labelled(entity.value, label.value, label.language or ""))

    def romanized(self, name: Literal, native: Literal) -> Term | None:
        """fn:romanized(name, language): a native name in Latin letters: zh-Latn-pinyin, ja-Latn and so on."""
        return Literal(name.value, language=languages.romanized(name.value, native.value))

    def foreign(self, text: Literal) -> Term | None:
        """fn:foreign(text): whether it is written in another script than Latin."""
        return Literal(languages.foreign(text.value))

    def class_(self, name: Literal) -> Term | None:
        """fn:class(name): the ORG class that the name's noun tells: `… Office` an org:OrganizationalUnit."""
        return _node(self.identities.kind(name.value))

    def when(self, words: Literal) -> Term | None:
        """fn:when(words): what the slug of a tenure carries of its dates: its begin, else `until-…`."""
        interval = dates.parse(words.value)
        at = "in-" if interval and interval.attested_edtf else ""  # another tenure may begin in that year
        return Literal(at + Intervals(self.vocabulary).slug(words.value))

    def is_ongoing(self, words: Literal) -> Term | None:
        """fn:isOngoing(words): whether a span has no end yet: `2023–`, `since 2019`."""
        interval = dates.parse(words.value)
        return Literal(interval is not None and interval.end_status == dates.Status.ONGOING)

    def passage(self, sentence: NamedNode, quote: Literal) -> Term | None:
        """fn:passage(sentence, quote): the passage of these words within a sentence; no value if not there."""
        node = self.document.nodes[int(sentence.value.rpartition("/n")[2])]
        start = self.document.text.find(quote.value, node.start, node.end)
        if start < 0:
            return None
        return NamedNode(self.vocabulary.passage(self.document.stem, start, start + len(quote.value)))

    def the(self, entity: NamedNode) -> Term | None:
        """fn:the(entity): the preferred name as a sentence has it: `the Office of X`, but `Statkraft`."""
        name = self.identities.name(entity.value)
        article = "the " if self.class_(Literal(name)) and not name.lower().startswith("the ") else ""
        return Literal(article + name)

    def _body(self, read: Title) -> str | None:
        """What a title is of: a body that is known, or one whose name says what it is of; else a unit of the subject's."""
        if read.of is None:
            return None
        stem = self.document.stem
        known = self.identities.known(read.of, stem)
        if known:
            return known
        noun = self.class_(Literal(read.of))
        if noun is None or " " not in read.of:
            return None
        if " of " in read.of:
            return self.identities.organization(read.of, stem)
        unit = noun.value == self.vocabulary.expand("org:OrganizationalUnit") and not read.kept
        return self.identities.organization(read.of, stem, self.identities.subject(stem)) if unit else None


def dispatching(functions: Mapping[NamedNode, Functions], vocabulary: Vocabulary) -> dict[NamedNode, Function]:
    """One table for several documents: the first argument of each function says for which it is called."""
    tables = {document: own.table() for document, own in functions.items()}
    names = next(iter(tables.values()), {})

    def called(name: NamedNode) -> Function:
        offered = {document: table[name] for document, table in tables.items()}
        return lambda document, *arguments: offered[document](*arguments)

    return {name: called(name) for name in names}


def _node(iri: str | None) -> NamedNode | None:
    return NamedNode(iri) if iri else None
