"""Documents that no rule was written for: other countries, other wordings, odd dates, broken markup.

`documents/NAME.txt` is a document as a crawler renders it, `expected/NAME.txt` what an archivist would publish of
it, written from the text: one statement a line, its fields separated by ` | `. `@` is the document's subject, `-` a
tenure without dates. A line that opens with `?` is true, and in prose or a matter of taste: it may come out or not.
Whatever else comes out is false, and a failure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from fasti.documents import read
from fasti.mapping.engine import Mapped, Mappings, map_documents
from fasti.paths import data
from fasti.vocabulary import Vocabulary

HERE = Path(__file__).parent
NAMES = sorted(path.stem for path in (HERE / "documents").glob("*.txt"))
DOCUMENTS, STATEMENTS = 36, 1080  # at least; a suite that loses its cases must not pass
SHARE = 0.95

VOCABULARY = Vocabulary()
RELATIONS = {
    "org:subOrganizationOf": "part",
    "org:transitiveSubOrganizationOf": "transitive",
    "fasti:internalUnitOf": "internal",
    "fasti:subordinateAgencyOf": "agency",
    "fasti:affiliatedInstitutionOf": "affiliated",
}
PLAIN = {"org:purpose": "function", "foaf:homepage": "page", "rdfs:seeAlso": "see", "org:reportsTo": "reports"}
ADDRESS = {"street-address": "street", "postal-code": "postal", "country-name": "country"}

Row = tuple[str, ...]


class Statements:
    """What a document's quads say, in the rows that the expectations are written in."""

    def __init__(self, mapped: Mapped, stem: str) -> None:
        self.subject = mapped.identities.subject(stem)
        self.values: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.passages: dict[tuple[str, str, str], list[str]] = defaultdict(list)  # as above, in one passage
        self.quads: list[Quad] = []
        for quad in sorted(mapped.quads, key=str):
            if isinstance(quad.graph_name, NamedNode) and f"/passage/{stem}/" in quad.graph_name.value:
                self.quads.append(quad)
                self.values[quad.subject.value, quad.predicate.value].append(quad.object.value)
                self.passages[quad.graph_name.value, quad.subject.value, quad.predicate.value].append(quad.object.value)
        self.passage = ""
        self.labels = self._labels(mapped.quads)

    def rows(self) -> set[Row]:
        """All of them."""
        found: set[Row] = set()
        for quad in self.quads:
            kind = quad.object.value.rpartition("#")[2]
            local = kind in ("Foundation", "Dissolution") or quad.predicate.value.endswith("existedDuring")
            self.passage = quad.graph_name.value if local else ""  # two passages may date one event differently
            found.update(self._row(quad))
        return found

    def _labels(self, quads: list[Quad]) -> dict[str, str]:
        """The name by which a row speaks of a thing: the English preferred one, else any."""
        best: dict[str, tuple[int, str]] = {}
        for quad in quads:
            order = {"skos:prefLabel": 0, "foaf:name": 0, "skos:altLabel": 1, "skos:hiddenLabel": 2}
            rank = next((n for name, n in order.items() if quad.predicate.value == VOCABULARY.expand(name)), None)
            if rank is not None:
                candidate = (rank + 3 * (getattr(quad.object, "language", "en") not in ("en", None)), quad.object.value)
                best[quad.subject.value] = min(best.get(quad.subject.value, candidate), candidate)
        return {iri: label for iri, (_, label) in best.items()} | {self.subject: "@"}

    def _name(self, iri: str) -> str:
        return self.labels.get(iri, iri)

    def _get(self, iri: str, name: str) -> list[str]:
        """The values of a property, in the passage at hand if that has any, else in all of them."""
        property_ = VOCABULARY.expand(name)
        local = self.passages.get((self.passage, iri, property_), ())
        return sorted(set(local or self.values.get((iri, property_), ())))

    def _row(self, quad: Quad) -> Iterator[Row]:
        s, p, o = quad.subject.value, quad.predicate.value, quad.object.value
        short = next((f"{k}:{p.removeprefix(v)}" for k, v in VOCABULARY.prefixes.items() if p.startswith(v)), p)
        if short in RELATIONS:
            yield "sub", self._name(s), RELATIONS[short], self._name(o)
        elif short in PLAIN:
            yield PLAIN[short], self._name(o)
        elif short in ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel") and "/id/organization/" in s:
            if self._name(s) != o:
                yield "name", self._name(s), quad.object.language.lower(), o
        elif short == "org:classification":
            yield "kind", self._name(s), self._name(o)
        elif short == "fasti:rank":
            yield "rank", self._name(s), o.rpartition("#")[2]
        elif short == "org:identifier":
            yield "number", self._name(s), o
        elif short == "org:hasPrimarySite":
            yield "site", self._name(o), self._site(o)
        elif short == "fasti:existedDuring":
            yield from self._existence(s, o)
        elif short == "rdf:type":
            yield from self._typed(s, o)

    def _typed(self, iri: str, kind: str) -> Iterator[Row]:
        name = kind.rpartition("#")[2]
        if iri == self.subject:
            yield "class", "@", name
        elif name == "Post":
            top = VOCABULARY.expand("org:Head") in self._get(iri, "org:role")
            for body in self._get(iri, "org:postIn"):
                yield "post", self._name(iri), self._name(body), *(("head",) if top else ())
        elif name == "Membership":
            yield self._tenure(iri)
        elif name in ("Foundation", "Dissolution"):
            role = "org:resultingOrganization" if name == "Foundation" else "org:originalOrganization"
            for body in self._get(iri, role):
                yield "event", name.lower(), self._name(body), self._span(f"{iri}#time", statuses=False)
        elif name == "Succession":
            for before in self._get(iri, "org:originalOrganization"):
                for after in self._get(iri, "org:resultingOrganization"):
                    yield "succession", self._name(before), self._name(after)

    def _tenure(self, iri: str) -> Row:
        person, post, body = (self._get(iri, name)[0] for name in ("org:member", "fasti:post", "org:organization"))
        time = self._get(iri, "org:memberDuring")
        extras = [f"#{n}" for n in self._get(iri, "fasti:ordinal")]
        extras += [mode.rpartition("#")[2] for mode in self._get(iri, "fasti:tenureMode")]
        extras += ["incumbent"] if self._get(iri, "fasti:incumbentAsOf") else []
        row = ("tenure", self._name(person), self._name(post), self._name(body), self._span(time[0]) if time else "-")
        return (*row, ", ".join(extras)) if extras else row

    def _span(self, interval: str, *, statuses: bool = True) -> str:
        begin, end = (self._status(interval, side) for side in ("begin", "end"))
        words = self._get(interval, "fasti:edtf")
        if not words:
            words = [f"attested {value}" for value in self._get(interval, "fasti:attestedEdtf") if statuses]
        if not words:
            words = [f"{side} {v}" for side in ("begin", "end") for v in self._get(interval, f"fasti:{side}Edtf")]
        return " ".join(words) + (f" {begin}–{end}" if statuses else "")

    def _status(self, interval: str, side: str) -> str:
        return "/".join(value.rpartition("#")[2] for value in self._get(interval, f"fasti:{side}Status"))

    def _existence(self, body: str, interval: str) -> Iterator[Row]:
        if self._get(interval, "fasti:edtf") or self._get(interval, "fasti:attestedEdtf"):
            yield "span", self._name(body), self._span(interval)
            return
        for side, relation in (("begin", "time:hasBeginning"), ("end", "time:hasEnd")):
            edtf = self._get(interval, f"fasti:{side}Edtf")
            for instant in self._get(interval, relation):
                for name in ("time:inXSDDate", "time:inXSDgYearMonth", "time:inXSDgYear"):
                    edtf += self._get(instant, name)
            status = self._status(interval, side)
            if edtf:
                yield from ((side, self._name(body), v + ("" if status == "known" else f" {status}")) for v in edtf)
            elif status:
                yield side, self._name(body), status

    def _site(self, site: str) -> str:
        said = {f"{ADDRESS.get(local, local)}={value}" for local, value in self._address(site)}
        said |= {f"within={self._name(value)}" for value in self._get(site, "dct:isPartOf")}
        return "; ".join(sorted(said))

    def _address(self, site: str) -> Iterator[tuple[str, str]]:
        for address in self._get(site, "org:siteAddress"):
            for (subject, predicate), values in self.values.items():
                if subject == address and not predicate.endswith("#type"):
                    yield from ((predicate.rpartition("#")[2], value) for value in values)


def expected(name: str) -> tuple[set[Row], set[Row]]:
    """The rows that must come out, and those that may."""
    must: set[Row] = set()
    may: set[Row] = set()
    for line in (HERE / "expected" / f"{name}.txt").read_text("utf-8").splitlines():
        fields = [field.strip() for field in line.removeprefix("?").split("|")]
        if fields[0] == "site":
            fields[2] = "; ".join(sorted(fields[2].split("; ")))
        if fields[0] == "name":
            fields[2] = fields[2].lower()
        if fields[0]:
            (may if line.startswith("?") else must).add(tuple(fields))
    return must, may


@pytest.fixture(scope="module")
def mappings() -> Mappings:
    """The mappings of the checkout."""
    return Mappings.load(data("mappings"), VOCABULARY)


@pytest.fixture(scope="module")
def outcome(mappings: Mappings) -> dict[str, set[Row]]:
    """The rows of each document, mapped on its own."""
    made = {}
    for name in NAMES:
        document = read(HERE / "documents" / f"{name}.txt")
        made[name] = Statements(map_documents([document], mappings), name).rows()
    return made


def test_the_suite_is_whole() -> None:
    """A document without expectations, or fewer of them than there were, would pass unseen."""
    assert len(NAMES) >= DOCUMENTS
    assert sum(len(expected(name)[0]) for name in NAMES) >= STATEMENTS


@pytest.mark.parametrize("name", NAMES)
def test_nothing_false_is_said(name: str, outcome: dict[str, set[Row]]) -> None:
    """Every statement that comes out of a document is one that its text makes."""
    must, may = expected(name)
    false = sorted(outcome[name] - must - may)

    assert not false, "\n".join(" | ".join(row) for row in false)


def test_what_is_said_comes_out(outcome: dict[str, set[Row]]) -> None:
    """At least 95 % of the structured statements of all documents come out."""
    must = {(name, *row) for name in NAMES for row in expected(name)[0]}
    missing = sorted(row for row in must if row[1:] not in outcome[row[0]])

    assert len(missing) <= (1 - SHARE) * len(must), "\n".join(" | ".join(row) for row in missing)


def test_documents_of_many_countries_live_together(mappings: Mappings) -> None:
    """No document takes a name from another, or stops the build of all."""
    documents = [read(path) for path in sorted((HERE / "documents").glob("*.txt"))]
    documents += [read(path) for path in sorted(data("seeds").glob("*.txt"))]
    mapped = map_documents(documents, mappings)

    for name in NAMES:
        must, may = expected(name)
        false = Statements(mapped, name).rows() - must - may
        assert not false, f"{name}: {sorted(false)}"
