"""A world of bodies, posts and people as deep and as long-listed as real ones, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from statements import Passage, Source, Statement, Terms, part

from fasti.vocabulary import slug

KINDS = ("Office", "Department", "Bureau", "Commission", "Secretariat", "Directorate", "Section", "Committee")
FIELDS = ("General Affairs", "Research", "Personnel", "Finance", "Archives", "Records", "Foreign Affairs", "Health",
          "Education", "Agriculture", "Transport", "Railways", "Statistics", "Justice", "Culture", "Water", "Energy",
          "Labour", "Trade", "Planning", "Information", "Security", "Logistics", "Training", "Inspection")  # fmt: skip
PLACES = ("Northern", "Southern", "Eastern", "Western", "Central", "Upper", "Lower", "Inner", "Outer", "Coastal")
FAMILY = ("Li", "Wang", "Zhang", "Liu", "Chen", "Yang", "Huang", "Zhao", "Wu", "Zhou", "Müller", "Sánchez", "O'Brien",
          "Dubois", "Novák", "Okafor", "Haddad", "Tanaka", "Kim", "Rossi")  # fmt: skip
GIVEN = ("Jiaying", "Xiang", "Wei", "Min", "Jing", "Anna", "Carlos", "Maeve", "Luc", "Eva", "Chidi", "Samir", "Haruka",
         "Jisoo", "Marco", "Ines", "Piotr", "Leila", "Jonas", "Amara")  # fmt: skip
SYLLABLES = "档案研究人事财务外交卫生教育农业交通统计司法文化水利能源劳动贸易计划信息安全后勤培训监察"
TITLES = ("Director", "Secretary", "Chairman")
RANKS = ("ministerial", "deputy-ministerial", "departmental", "bureau", "division", "section")
LARGE = 5000  # units of the largest bodies
BODIES_PER_LARGE_ONE = 60  # about a million statements
SIXTY, NINE_HUNDRED = 60, 900  # tenures below the two units that benchmarks ask about
TODAY = 2026


@dataclass
class Unit:
    """A body with its place: those above it, the nearest first."""

    name: str
    slug: str
    iri: str
    above: tuple[str, ...]


class World:
    """Writes documents without end; each is a body with its units, their posts and who held these."""

    def __init__(self, terms: Terms, seed: int = 1) -> None:
        self.terms, self.chance = terms, random.Random(seed)
        self._numbers, self._people, self._documents = count(1), count(1), count(1)

    def documents(self) -> Iterator[Source]:
        """First the bodies that benchmarks ask for by name, then ordinary ones, now and then a large one."""
        for name, tenures in (("Unit of Sixty", SIXTY), ("Unit of Nine Hundred", NINE_HUNDRED)):
            yield from self.body(name, tenures)
        yield from self.large("Large Body")
        for number in count(1):
            yield from self.body(self._name(), self.chance.choice((6, 20, 60, 150)))
            if number % BODIES_PER_LARGE_ONE == 0:
                yield from self.large(f"Large Body {number}")

    def large(self, name: str) -> Iterator[Source]:
        """One with thousands of units directly below it, spread over documents of some hundred."""
        top = self._unit(name, ())
        for first in range(0, LARGE, 250):
            source = self._source(top)
            if not first:
                self._infobox(source, top, formal=True)
            source.head("Institutions")
            for each in range(first, first + 250):
                self._listed(source, self._unit(f"Institution {each + 1} for {self._field()}", (top.iri,), owner=top))
            yield source

    def body(self, name: str, tenures: int) -> Iterator[Source]:
        """A tree of units with that many tenures in all, one document per unit that has units."""
        top = self._unit(name, ())
        left, waiting = tenures, [(top, 0)]
        while left > 0:
            unit, depth = waiting.pop(0)
            source = self._source(unit)
            self._infobox(source, unit, formal=not depth)
            left = self._leaders(source, unit, left)
            source.head("Internal units")
            for _ in range(self.chance.randint(2, 5) if depth < 6 else 1):
                child = self._unit(self._name(), (unit.iri, *unit.above), owner=unit)
                self._listed(source, child)
                waiting.insert(self.chance.randint(0, len(waiting)), (child, depth + 1))
            yield source

    def _name(self) -> str:
        place, kind = self.chance.choice(PLACES), self.chance.choice(KINDS)
        return f"{place} {self._field()} {kind} {next(self._numbers)}"

    def _field(self) -> str:
        return self.chance.choice(FIELDS)

    def _unit(self, name: str, above: tuple[str, ...], owner: Unit | None = None) -> Unit:
        key = slug(name) + (f"--{owner.slug.partition('--')[0]}" if owner else "")
        return Unit(name, key, self.terms.entity("organization", key), above)

    def _source(self, unit: Unit) -> Source:
        return Source(self.terms, f"{next(self._documents):07d}_{slug(unit.name)[:40]}", unit.name, unit.iri)

    def _infobox(self, source: Source, unit: Unit, *, formal: bool) -> None:
        """What a document says of its subject: names, rank, foundation."""
        n, words = self.terms.name, self.terms.text
        title = source.read(unit.name, "title", before="= ")
        kind = "org:FormalOrganization" if formal else "org:OrganizationalUnit"
        title.said += [
            (unit.iri, f"{n('rdf:type')} {n(kind)}"),
            (unit.iri, f"{n('skos:prefLabel')} {words(unit.name)}"),
        ]
        source.entailed += [(unit.iri, f"{n('rdf:type')} {n('org:Organization')}"), self._label(unit.iri, unit.name)]
        source.write("")
        native = "".join(self.chance.choice(SYLLABLES) for _ in range(5)) + "局"
        named = source.read(f"Native Name: {native}", "names")
        named.said += [(unit.iri, f"{n('skos:prefLabel')} {words(native, 'zh-hans')}")]
        short = f"{unit.name[:1]}O {next(self._numbers)}"
        source.read(f"Abbreviation: {short}", "names").said += [(unit.iri, f"{n('skos:altLabel')} {words(short)}")]
        rank = self.chance.choice(RANKS)
        source.read(f"Status: {rank}", "ranks").said += [(unit.iri, f"{n('fasti:rank')} {n(f'rank:{rank}')}")]
        self._founded(source, unit)

    def _founded(self, source: Source, unit: Unit) -> None:
        n, words, year = self.terms.name, self.terms.text, self.chance.randint(1900, 1960)
        existence = part(unit.iri, "existence")
        event = self.terms.entity("event", f"foundation--{unit.slug}")
        said = source.read(f"Formation: {year}", "foundations").said
        said += [
            (unit.iri, f"{n('fasti:existedDuring')} {existence}"),
            *self._interval(existence, unit.iri, year, None),
        ]
        said += [(event, f"{n('rdf:type')} {n('fasti:Foundation')}"), (event, f"{n('org:resultingOrganization')} {unit.iri}"),
                 (event, f"{n('dct:description')} {words(f'{unit.name} was founded in {year}.')}"),
                 (event, f"{n('time:hasTime')} {part(event, 'time')}")]  # fmt: skip
        said += self._interval(part(event, "time"), event, year, year)
        source.entailed += [(event, f"{n('rdf:type')} {n('org:ChangeEvent')}"), (unit.iri, f"{n('org:resultedFrom')} {event}"),
                            self._label(event, f"Foundation of {unit.name}")]  # fmt: skip

    def _listed(self, source: Source, unit: Unit) -> None:
        """A line of a list: a unit, its name and whose it is."""
        n = self.terms.name
        parent = unit.above[0]
        source.read(unit.name, "internal-units").said += [
            (unit.iri, f"{n('rdf:type')} {n('org:OrganizationalUnit')}"),
            (unit.iri, f"{n('skos:prefLabel')} {self.terms.text(unit.name)}"),
            (unit.iri, f"{n('fasti:internalUnitOf')} {parent}"),
        ]
        source.entailed += [
            (unit.iri, f"{n('rdf:type')} {n('org:Organization')}"),
            self._label(unit.iri, unit.name),
            (unit.iri, f"{n('org:subOrganizationOf')} {parent}"),
            (parent, f"{n('org:hasSubOrganization')} {unit.iri}"),
            *((unit.iri, f"{n('org:transitiveSubOrganizationOf')} {each}") for each in unit.above),
        ]

    def _leaders(self, source: Source, unit: Unit, left: int) -> int:
        """The unit's post and some tenures, at most `left`; how many are left then."""
        n, words, title = self.terms.name, self.terms.text, self.chance.choice(TITLES)
        post = self.terms.entity("post", f"{slug(title)}--{unit.slug}")
        source.head(f"{title}s")
        source.read(f"Leader Title: {title}", "posts").said += [
            (post, f"{n('rdf:type')} {n('org:Post')}"), (post, f"{n('org:postIn')} {unit.iri}"),
            (post, f"{n('skos:prefLabel')} {words(title)}"), (post, f"{n('org:role')} {n('org:Head')}")]  # fmt: skip
        source.entailed += [(unit.iri, f"{n('org:hasPost')} {post}"), self._label(post, title)]
        year, before, tenures = self.chance.randint(1935, 1995), "", min(left, self.chance.choice((1, 2, 3, 5, 9)))
        for number in range(1, tenures + 1):
            until = None if number == tenures else min(year + self.chance.randint(0, 12), TODAY)
            before = self._tenure(source, unit, (post, title), (number, year, until, before))
            year = until or year
        if tenures > 1 and self.chance.random() < 0.05:
            self._conflict(source, unit, post)
        return left - tenures

    def _tenure(
        self, source: Source, unit: Unit, post: tuple[str, str], place: tuple[int, int, int | None, str]
    ) -> str:
        """A line of a list of leaders; the membership's IRI."""
        n, words, (number, year, until, before) = self.terms.name, self.terms.text, place
        name = f"{self.chance.choice(FAMILY)} {self.chance.choice(GIVEN)} {_letters(next(self._people))}"
        unknown = self.chance.random() < 0.15
        person = self.terms.entity("person", slug(name))
        tenure = self.terms.entity("membership", f"{slug(name)}--{slug(post[1])}--{unit.slug}--{year}")
        shown = source.read(f"{number}. {name} ({year}–{until or ''})", "tenures", 3, before="")
        shown.said += [
            (tenure, f"{n('rdf:type')} {n('org:Membership')}"), (tenure, f"{n('org:member')} {person}"),
            (tenure, f"{n('org:organization')} {unit.iri}"), (tenure, f"{n('fasti:post')} {post[0]}"),
            (tenure, f"{n('org:memberDuring')} {part(tenure, 'time')}"),
            (tenure, f"{n('fasti:ordinal')} {self.terms.typed(number, 'xsd:integer')}"),
            (tenure, f"{n('fasti:tenureMode')} {n('mode:head' if number % 4 else 'mode:acting')}"),
            (person, f"{n('rdf:type')} {n('foaf:Person')}"), (person, f"{n('foaf:name')} {words(name, '')}"),
            *((tenure, f"{n('fasti:precededBy')} {each}") for each in [before] if each),
            *self._interval(part(tenure, "time"), tenure, year, until, unknown=unknown),
        ]  # fmt: skip
        source.entailed += [(person, f"{n('org:hasMembership')} {tenure}"), self._label(person, name),
                            self._label(tenure, f"{name}, {post[1]}, {unit.name}")]  # fmt: skip
        if until is None and not unknown:
            source.entailed += [(person, f"{n('org:holds')} {post[0]}"), (post[0], f"{n('org:heldBy')} {person}"),
                                (person, f"{n('org:memberOf')} {unit.iri}")]  # fmt: skip
        return tenure

    def _interval(
        self, node: str, owner: str, year: int, until: int | None, *, unknown: bool = False
    ) -> Iterator[Statement]:
        """The profile's section 5: whole years; without `until` it goes on, or its end is unknown."""
        n, day = self.terms.name, self.terms.typed
        ends = {"begin": year} | ({"end": until} if until else {})
        status = "known" if until else "unknown" if unknown else "ongoing"
        edtf = f"{year}" if until == year else f"{year}/{until or ('' if unknown else '..')}"
        yield node, f"{n('rdf:type')} {n('time:Interval')}"
        yield node, f"{n('fasti:edtf')} {day(edtf, 'edtf:EDTF')}"
        yield node, f"{n('fasti:beginStatus')} {n('status:known')}"
        yield node, f"{n('fasti:endStatus')} {n(f'status:{status}')}"
        yield node, f"{n('fasti:earliestBegin')} {day(f'{year}-01-01', 'xsd:date')}"
        yield node, f"{n('fasti:latestBegin')} {day(f'{year}-12-31', 'xsd:date')}"
        if until or unknown:
            yield node, f"{n('fasti:earliestEnd')} {day(f'{until or year}-01-01', 'xsd:date')}"
        if until:
            yield node, f"{n('fasti:latestEnd')} {day(f'{until}-12-31', 'xsd:date')}"
        for name, at in ends.items():
            instant = part(owner, name)
            yield node, f"{n('time:hasBeginning' if name == 'begin' else 'time:hasEnd')} {instant}"
            yield instant, f"{n('rdf:type')} {n('time:Instant')}"
            yield instant, f"{n('time:inXSDgYear')} {day(at, 'xsd:gYear')}"

    def _conflict(self, source: Source, unit: Unit, post: str) -> None:
        """Two of the last passages, held to disagree about the unit's head."""
        n, conflict = self.terms.name, self.terms.entity("conflict", f"head-of--{unit.slug}")
        label = f"{unit.name}: who is its head"
        source.quality += [
            (conflict, f"{n('rdf:type')} {n('fasti:Conflict')}"), (conflict, f"{n('fasti:about')} {unit.iri}"),
            (conflict, f"{n('fasti:onProperty')} {n('org:headOf')}"), self._label(conflict, label)]  # fmt: skip
        for number, passage in enumerate(source.passages[-2:], 1):
            source.quality += self._reading(source, conflict, number, passage)

    def _reading(self, source: Source, conflict: str, number: int, passage: Passage) -> Iterator[Statement]:
        n, reading = self.terms.name, part(conflict, f"reading-{number}")
        person = next(subject for subject, _ in passage.said if "/id/person/" in subject)
        yield conflict, f"{n('fasti:reading')} {reading}"
        yield reading, f"{n('rdf:type')} {n('fasti:Reading')}"
        yield reading, f"{n('fasti:value')} {person}"
        yield reading, f"{n('fasti:passage')} {source.iri(passage)}"
        yield reading, f"{n('fasti:status')} {n('reading:contested' if number == 1 else 'reading:preferred')}"
        yield reading, f"{n('fasti:weight')} {self.terms.typed(3, 'xsd:integer')}"

    def _label(self, node: str, label: str) -> Statement:
        return node, f"{self.terms.name('rdfs:label')} {self.terms.text(label)}"


def _letters(number: int) -> str:
    """A number as a word, since names have no digits: 1 is `A`, 27 is `Aa`."""
    word = ""
    while number:
        number, letter = divmod(number - 1, 26)
        word = chr(ord("a") + letter) + word
    return word.capitalize()
