"""A release small enough to know by heart: two bodies, a post, three tenures, one conflict."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fasti.release import Release, open_release, publish
from fasti.store import Dataset
from fasti.vocabulary import Vocabulary
from fasti.web import create_app, current

TEXT = """= Bureau of Records =
- Native Name: 记录局
- Parent Organization: Ministry of Works
- Rank: <b>Bureau & level</b>

== Director ==
- He Zai (1956–1957, head)
- Wang Gang (1957-?, person in charge)
- Li Na (2023–)

The Bureau was founded in October 1949. Wang Gang is its only director.
"""

PREFIXES = """
@prefix fasti: <def#> . @prefix org: <http://www.w3.org/ns/org#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix time: <http://www.w3.org/2006/time#> . @prefix oa: <http://www.w3.org/ns/oa#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> . @prefix schema: <https://schema.org/> .
@prefix status: <scheme/date-status#> . @prefix mode: <scheme/tenure-mode#> . @prefix reading: <scheme/reading-status#> .
@prefix rank: <scheme/rank#> . @prefix role: <scheme/role#> . @prefix rule: <scheme/rule#> .
"""

BUREAU, POST = "<id/organization/bureau-of-records>", "<id/post/director--bureau-of-records>"


def tenure(person: str, begin: str, end: str, statuses: str, edtf: str, mode: str) -> str:
    """What one line of the list of directors says."""
    membership = f"id/membership/{person}--director--bureau-of-records--{begin or 'unknown'}"
    interval = f"{membership}#time"
    bounds = "".join(
        f"<{interval}> time:has{name} <{membership}#{part}> . "
        f'<{membership}#{part}> a time:Instant ; time:inXSDgYear "{year}"^^xsd:gYear .\n'
        for name, part, year in (("Beginning", "begin", begin), ("End", "end", end))
        if year
    )
    bounds += "".join(
        f'<{interval}> fasti:{name} "{year}-{day}"^^xsd:date .\n'
        for name, year, day in (
            ("earliestBegin", begin, "01-01"),
            ("latestBegin", begin, "12-31"),
            ("earliestEnd", end or (begin if "ongoing" not in statuses else ""), "01-01"),
            ("latestEnd", end, "12-31"),
        )
        if year
    )
    begin_status, end_status = statuses.split()
    return f"""
    <{membership}> a org:Membership ; org:member <id/person/{person}> ; org:organization {BUREAU} ; fasti:post {POST} ;
      org:memberDuring <{interval}> ; fasti:tenureMode mode:{mode} .
    <id/person/{person}> a foaf:Person ; foaf:name "{person.replace("-", " ").title()}" .
    <{interval}> a time:Interval ; fasti:edtf "{edtf}"^^edtf:EDTF ;
      fasti:beginStatus status:{begin_status} ; fasti:endStatus status:{end_status} .
    {bounds}"""


# The words, the rule that reads them, what they say.
PASSAGES = [
    (
        "Bureau of Records",
        "title",
        f'{BUREAU} a org:OrganizationalUnit ; skos:prefLabel "Bureau of Records"@en .',
    ),
    ("Native Name: 记录局", "native-name", f'{BUREAU} skos:prefLabel "记录局"@zh-Hans .'),
    (
        "Parent Organization: Ministry of Works",
        "parent",
        f"""{BUREAU} fasti:internalUnitOf <id/organization/ministry-of-works> .
        <id/organization/ministry-of-works> a org:FormalOrganization ; skos:prefLabel "Ministry of Works"@en .""",
    ),
    ("Rank: <b>Bureau & level</b>", "rank", f"{BUREAU} fasti:rank rank:bureau-level ."),
    (
        "Director",
        "post",
        f'{POST} a org:Post ; org:postIn {BUREAU} ; skos:prefLabel "Director"@en ; org:role role:director .',
    ),
    (
        "He Zai (1956–1957, head)",
        "tenures",
        tenure("he-zai", "1956", "1957", "known known", "1956/1957", "head"),
    ),
    (
        "Wang Gang (1957-?, person in charge)",
        "tenures",
        tenure("wang-gang", "1957", "", "known unknown", "1957/", "person-in-charge"),
    ),
    ("Li Na (2023–)", "tenures", tenure("li-na", "2023", "", "known ongoing", "2023/..", "head")),
    (
        "The Bureau was founded in October 1949.",
        "foundation",
        f"""<id/event/foundation--bureau-of-records> a fasti:Foundation ; org:resultingOrganization {BUREAU} ;
        dct:description "The Bureau was founded in October 1949."@en ; time:hasTime <id/event/foundation--bureau-of-records#time> .
        <id/event/foundation--bureau-of-records#time> a time:Interval ; fasti:edtf "1949-10"^^edtf:EDTF ;
          time:hasBeginning <id/event/foundation--bureau-of-records#begin> ; time:hasEnd <id/event/foundation--bureau-of-records#end> ;
          fasti:earliestBegin "1949-10-01"^^xsd:date ; fasti:latestBegin "1949-10-31"^^xsd:date ;
          fasti:earliestEnd "1949-10-01"^^xsd:date ; fasti:latestEnd "1949-10-31"^^xsd:date ;
          fasti:beginStatus status:known ; fasti:endStatus status:known .
        <id/event/foundation--bureau-of-records#begin> a time:Instant ; time:inXSDgYearMonth "1949-10"^^xsd:gYearMonth .
        <id/event/foundation--bureau-of-records#end> a time:Instant ; time:inXSDgYearMonth "1949-10"^^xsd:gYearMonth .""",
    ),
    ("Wang Gang is its only director.", "prose", ""),
]

ENTAILED = f"""
{BUREAU} org:subOrganizationOf <id/organization/ministry-of-works> ; org:hasPost {POST} ; rdfs:label "Bureau of Records"@en .
<id/organization/ministry-of-works> org:hasSubOrganization {BUREAU} ; rdfs:label "Ministry of Works"@en .
{POST} rdfs:label "Director"@en .
<id/membership/li-na--director--bureau-of-records--2023> rdfs:label "Li Na, Director, Bureau of Records"@en .
<id/event/foundation--bureau-of-records> rdfs:label "Foundation of the Bureau of Records"@en .
<id/person/he-zai> rdfs:label "He Zai"@en . <id/person/wang-gang> rdfs:label "Wang Gang"@en .
<id/person/li-na> rdfs:label "Li Na"@en ; org:holds {POST} .
"""

# Not from the text: a body that is long gone, and names that were given up.
GONE = """
<id/organization/old-registry> a org:Organization ; skos:prefLabel "Old Registry"@en ; rdfs:label "Old Registry"@en ;
  org:subOrganizationOf <id/organization/ministry-of-works> ; fasti:existedDuring <id/organization/old-registry#existence> .
<id/organization/old-registry#existence> a time:Interval ; fasti:beginStatus status:unknown ; fasti:endStatus status:known ;
  fasti:latestBegin "1931-12-31"^^xsd:date ; fasti:earliestEnd "1936-05-01"^^xsd:date ; fasti:latestEnd "1936-05-31"^^xsd:date ;
  fasti:edtf "/1936-05"^^edtf:EDTF .
<id/organization/old-registry#rank-reform> a fasti:RankTenure ; fasti:of <id/organization/old-registry> ;
  fasti:rank rank:bureau-level ; fasti:during <id/period/reform> ; rdfs:label "Bureau level in the reform"@en .
<id/period/reform> a dct:PeriodOfTime ; rdfs:label "The reform"@en ; time:hasTime <id/period/reform#time> .
<id/period/reform#time> a time:Interval ; fasti:beginStatus status:known ; fasti:endStatus status:known ;
  fasti:earliestBegin "1932-01-01"^^xsd:date ; fasti:latestBegin "1932-12-31"^^xsd:date ;
  fasti:earliestEnd "1934-01-01"^^xsd:date ; fasti:latestEnd "1934-12-31"^^xsd:date ; fasti:edtf "1932/1934"^^edtf:EDTF .
"""
MOVED = f"""
<id/organization/record-office> owl:deprecated true ; dct:isReplacedBy <id/organization/records-bureau> .
<id/organization/records-bureau> owl:deprecated true ; dct:isReplacedBy {BUREAU} .
<id/person/nobody> owl:deprecated true ; rdfs:comment "A misreading of 'no body'."@en .
<id/organization/twins> owl:deprecated true ; dct:isReplacedBy {BUREAU}, <id/organization/ministry-of-works> .
<id/organization/circle> owl:deprecated true ; dct:isReplacedBy <id/organization/round> .
<id/organization/round> owl:deprecated true ; dct:isReplacedBy <id/organization/circle> .
{BUREAU} owl:deprecated true ; rdfs:comment "In use again." .
"""

TERMS = """
<def#internalUnitOf> a rdf:Property ; rdfs:label "internal unit of"@en ; rdfs:subPropertyOf org:subOrganizationOf ;
  rdfs:comment "The whole that a department, office or bureau belongs to."@en ; rdfs:isDefinedBy <def> .
<def#rank> a rdf:Property ; rdfs:label "administrative rank"@en .
<scheme/rank> a skos:ConceptScheme ; rdfs:label "Administrative ranks"@en ; skos:prefLabel "Administrative ranks"@en .
rank:bureau-level a skos:Concept ; skos:inScheme <scheme/rank> ; skos:prefLabel "<b>Bureau & level</b>"@en, "局级"@zh-Hans ;
  rdfs:label "<b>Bureau & level</b>"@en .
mode:head a skos:Concept ; skos:inScheme <scheme/tenure-mode> ; rdfs:label "head"@en .
mode:person-in-charge a skos:Concept ; skos:inScheme <scheme/tenure-mode> ; rdfs:label "person in charge"@en .
reading:preferred rdfs:label "preferred"@en . reading:contested rdfs:label "contested"@en .
role:director a skos:Concept ; skos:inScheme <scheme/role> ; rdfs:label "Director"@en .
rule:tenures a skos:Concept ; skos:inScheme <scheme/rule> ; rdfs:label "lists of office-holders"@en .
""".replace("rdf:Property", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#Property>")


def passage_iri(quote: str) -> str:
    start = TEXT.index(quote)
    return f"id/passage/records/{start}-{start + len(quote)}"


def evidence(quote: str, rule: str) -> str:
    """The description of a passage."""
    start, iri = TEXT.index(quote), passage_iri(quote)
    line = TEXT[:start].count("\n") + 1
    return f"""<{iri}> a fasti:Passage, oa:SpecificResource ; oa:hasSource <id/source/records> ; fasti:line {line} ;
      fasti:readBy rule:{rule} ; oa:hasSelector <{iri}#quote>, <{iri}#position> .
    <{iri}#quote> a oa:TextQuoteSelector ; oa:exact "{quote}" ; oa:prefix "{TEXT[max(0, start - 2) : start].strip()}" ; oa:suffix "" .
    <{iri}#position> a oa:TextPositionSelector ; oa:start {start} ; oa:end {start + len(quote)} .
    """


def conflict() -> str:
    iri = "id/conflict/head--bureau-of-records"
    li_na, wang_gang = passage_iri("Li Na (2023–)"), passage_iri("Wang Gang is its only director.")
    return f"""<{iri}> a fasti:Conflict ; rdfs:label "Head of the Bureau of Records"@en ; fasti:about {BUREAU} ;
      fasti:onProperty org:headOf ; fasti:reading <{iri}#reading-1>, <{iri}#reading-2> .
    <{iri}#reading-1> a fasti:Reading ; fasti:value <id/person/li-na> ; fasti:passage <{li_na}> ;
      fasti:status reading:preferred ; fasti:weight 3 .
    <{iri}#reading-2> a fasti:Reading ; fasti:value <id/person/wang-gang> ; fasti:passage <{wang_gang}> ;
      fasti:status reading:contested ; fasti:weight 1 ."""


def trig() -> str:
    """The whole fixture as TriG with relative IRIs."""
    said = "\n".join(statements for _, _, statements in PASSAGES)
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    passages = "\n".join(
        f"<{passage_iri(quote)}> {{ {statements} }}" for quote, _, statements in PASSAGES if statements
    )
    source = f"""<id/source/records> a fasti:Source, prov:Entity, foaf:Document ; rdfs:label "Bureau of Records (document)"@en ;
      dct:title "Bureau of Records"@en ; dct:identifier "records" ; dct:language "en" ; fasti:sha256 "{digest}" ;
      dct:license <https://creativecommons.org/licenses/by-sa/4.0/> ; schema:contentUrl <source/records.txt> ;
      dct:bibliographicCitation "Clerks of Records, Handbook, https://records.example/"@en ;
      foaf:primaryTopic {BUREAU} ."""
    described = "\n".join(evidence(quote, rule) for quote, rule, _ in PASSAGES)
    return f"""{PREFIXES} {said} {ENTAILED} {TERMS} {GONE} {passages}
    <graph/links> {{ {GONE} {MOVED} }}
    <graph/entailments> {{ {ENTAILED} }}
    <graph/vocabulary> {{ {TERMS} }}
    <graph/evidence> {{ {source} {described} }}
    <graph/quality> {{ {conflict()} }}"""


class Reading(FlaskClient):
    """A client that reads answers to their end, so that files are closed."""

    def open(self, *args: Any, buffered: bool = True, **kwargs: Any) -> TestResponse:
        """One request."""
        return super().open(*args, buffered=buffered, **kwargs)


@pytest.fixture(scope="session")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    path = tmp_path_factory.mktemp("fixture") / "fixture.trig"
    path.write_text(trig(), "utf-8")
    made = Dataset.memory(Vocabulary())
    made.load(path)
    return made


@pytest.fixture(scope="session")
def releases(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("releases")
    publish(dataset, {"records": TEXT.encode()}, folder)
    return folder


@pytest.fixture(scope="session")
def release(releases: Path) -> Release:
    return open_release(releases)


@pytest.fixture(scope="session")
def app(releases: Path) -> Iterator[Flask]:
    made = create_app(releases)
    made.test_client_class = Reading
    yield made
    current(made).close()


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client
