from __future__ import annotations

import re
from types import ModuleType

import pytest
from pyoxigraph import RdfFormat, parse

from fasti.store import Dataset
from fasti.vocabulary import Vocabulary

VOCABULARY = Vocabulary()
PREFIXES = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in VOCABULARY.prefixes.items())
TENURE = "<#t> a org:Membership ; org:member <#p> ; org:organization <#o> ; fasti:post <#post> "
ONGOING = "; org:memberDuring <#i> . <#i> fasti:endStatus status:ongoing . "

NAMED = ' . <#p> foaf:name "Ann" . <#o> rdfs:label "Grain Office"@en . '

# rule file, what it is given, what it derives (nothing: an empty string)
CASES = {
    "sub-organization": [
        ("<#a> fasti:internalUnitOf <#b> .", "<#a> org:subOrganizationOf <#b> ."),
        ("<#a> fasti:subordinateAgencyOf <#b> .", "<#a> org:subOrganizationOf <#b> ."),
        ("<#a> fasti:affiliatedInstitutionOf <#b> .", "<#a> org:subOrganizationOf <#b> ."),
        ("<#a> org:unitOf <#b> .", "<#a> org:subOrganizationOf <#b> ."),
        ("<#a> fasti:servesBody <#b> ; rdfs:seeAlso <#c> .", ""),
    ],
    "has-sub-organization": [("<#a> org:subOrganizationOf <#b> .", "<#b> org:hasSubOrganization <#a> .")],
    "transitive-sub-organization": [
        (
            "<#a> org:subOrganizationOf <#b> . <#b> org:subOrganizationOf <#c> .",
            "<#a> org:transitiveSubOrganizationOf <#b> , <#c> . <#b> org:transitiveSubOrganizationOf <#c> .",
        ),
        (
            "<#a> org:transitiveSubOrganizationOf <#b> . <#b> org:subOrganizationOf <#c> .",
            "<#a> org:transitiveSubOrganizationOf <#b> , <#c> . <#b> org:transitiveSubOrganizationOf <#c> .",
        ),
    ],
    "has-unit": [
        ("<#a> org:unitOf <#b> .", "<#b> org:hasUnit <#a> ."),
        ("<#a> org:subOrganizationOf <#b> .", ""),
    ],
    "has-post": [("<#a> org:postIn <#b> .", "<#b> org:hasPost <#a> .")],
    "has-membership": [("<#t> org:member <#p> .", "<#p> org:hasMembership <#t> .")],
    "changed-by": [("<#e> org:originalOrganization <#o> .", "<#o> org:changedBy <#e> .")],
    "resulted-from": [("<#e> org:resultingOrganization <#o> .", "<#o> org:resultedFrom <#e> .")],
    "has-site": [
        ("<#o> org:hasPrimarySite <#s> .", "<#o> org:hasSite <#s> ."),
        ("<#o> org:hasRegisteredSite <#s> .", "<#o> org:hasSite <#s> ."),
    ],
    "site-of": [("<#o> org:hasSite <#s> .", "<#s> org:siteOf <#o> .")],
    "holds": [
        (TENURE + ONGOING, "<#p> org:holds <#post> . <#post> org:heldBy <#p> ."),
        (TENURE + "; fasti:incumbentAsOf <#source> .", "<#p> org:holds <#post> . <#post> org:heldBy <#p> ."),
        (TENURE + "; org:memberDuring <#i> . <#i> fasti:endStatus status:known .", ""),
        (TENURE + "; org:memberDuring <#i> . <#i> fasti:endStatus status:unknown .", ""),
        (TENURE + ".", ""),
        *(
            (TENURE + f"; fasti:tenureMode mode:{mode} " + ONGOING, "")
            for mode in ("acting", "interim", "deputising", "former")
        ),
    ],
    "member-of": [(TENURE + ONGOING, "<#p> org:memberOf <#o> ."), (TENURE + ".", "")],
    "head-of": [
        (TENURE + "; org:role org:Head " + ONGOING, "<#p> org:headOf <#o> ."),
        (TENURE + ONGOING + "<#post> org:role org:Head .", "<#p> org:headOf <#o> ."),
        (TENURE + ONGOING + "<#post> org:role role:deputy-director .", ""),
        (TENURE + ". <#post> org:role org:Head .", ""),
    ],
    "types": [
        ("<#a> a org:FormalOrganization .", "<#a> a org:Organization ."),
        ("<#a> a org:OrganizationalUnit .", "<#a> a org:Organization ."),
        ("<#a> a org:OrganizationalCollaboration .", "<#a> a org:Organization ."),
        ("<#a> a fasti:Foundation .", "<#a> a org:ChangeEvent ."),
        ("<#a> a fasti:Dissolution .", "<#a> a org:ChangeEvent ."),
        ("<#a> a fasti:Succession .", "<#a> a org:ChangeEvent ."),
        ("<#a> a org:Role .", "<#a> a skos:Concept ."),
        ("<#a> a fasti:HistoricalEvent , org:Post .", ""),
    ],
    "interval-status": [
        (
            "<#i> a time:Interval ; fasti:beginStatus status:known .",
            "<#i> fasti:endStatus status:not-stated .",
        ),
        ("<#i> a time:Interval ; fasti:beginStatus status:known ; fasti:endStatus status:ongoing .", ""),
    ],
    "interval-bounds": [
        (
            '<#i> fasti:earliestBegin "1957-01-01"^^xsd:date ; fasti:endStatus status:unknown .',
            '<#i> fasti:earliestEnd "1957-01-01"^^xsd:date .',
        ),
        (
            '<#i> fasti:latestEnd "1966-05-31"^^xsd:date ; fasti:beginStatus status:unknown .',
            '<#i> fasti:latestBegin "1966-05-31"^^xsd:date .',
        ),
        ('<#i> fasti:earliestBegin "2023-01-01"^^xsd:date ; fasti:endStatus status:ongoing .', ""),
        (
            '<#i> fasti:earliestBegin "1956-01-01"^^xsd:date ; fasti:latestBegin "1956-12-31"^^xsd:date ;'
            ' fasti:earliestEnd "1957-01-01"^^xsd:date ; fasti:latestEnd "1957-12-31"^^xsd:date ;'
            " fasti:beginStatus status:known ; fasti:endStatus status:known .",
            "",
        ),
    ],
    "interval-edtf": [
        (
            "<#i> a time:Interval ; fasti:beginStatus status:known ; fasti:endStatus status:ongoing ;"
            ' time:hasBeginning <#b> . <#b> time:inXSDgYearMonth "1989-06"^^xsd:gYearMonth .',
            '<#i> fasti:edtf "1989-06/.."^^edtf:EDTF .',
        ),
        (
            "<#i> a time:Interval ; fasti:beginStatus status:not-stated ; fasti:endStatus status:ongoing ;"
            ' fasti:beginEdtf "[..1942]"^^edtf:EDTF .',
            "",
        ),
    ],
    "labels": [
        ('<#a> skos:prefLabel "Office"@en , "办公室"@zh-Hans .', '<#a> rdfs:label "Office"@en .'),
        ('<#a> foaf:name "Ann" .', '<#a> rdfs:label "Ann"@en .'),
        ('<#a> dct:title "News"@en ; dct:description "A paper."@en .', '<#a> rdfs:label "News"@en .'),
        ('<#a> skos:prefLabel "B"@en , "A"@en ; dct:title "0"@en .', '<#a> rdfs:label "A"@en .'),
        ('<#a> a fasti:Foundation ; dct:description "Founded."@en .', '<#a> rdfs:label "Founded."@en .'),
        ('<#a> a org:Organization ; dct:description "An office."@en .', ""),
        ('<#a> skos:prefLabel "Office"@en ; rdfs:label "The Office"@en .', ""),
        ('<#a> skos:prefLabel "办公室"@zh-Hans .', ""),
    ],
    "tenure-labels": [
        (
            TENURE + NAMED + '<#post> rdfs:label "Director"@en .',
            '<#t> rdfs:label "Ann, Director, Grain Office"@en .',
        ),
        (
            TENURE + NAMED + '<#post> rdfs:label "Director of the Grain Office"@en .',
            '<#t> rdfs:label "Ann, Director of the Grain Office"@en .',
        ),
        (
            TENURE.replace("fasti:post", "org:role") + NAMED + '<#post> rdfs:label "director"@en .',
            '<#t> rdfs:label "Ann, director, Grain Office"@en .',
        ),
        (
            "<#t> a org:Membership ; org:member <#p> ; org:organization <#o>" + NAMED,
            '<#t> rdfs:label "Ann, Grain Office"@en .',
        ),
        (TENURE + '; rdfs:label "Ann, director"@en' + NAMED + '<#post> rdfs:label "Director"@en .', ""),
    ],
}


def triples(text: str) -> set[str]:
    return {str(q.triple) for q in parse(PREFIXES + text, RdfFormat.TURTLE, base_iri=VOCABULARY.base)}


@pytest.mark.parametrize(
    ("rule", "given", "derived"),
    [pytest.param(rule, *case, id=f"{rule}-{n}") for rule, cases in CASES.items() for n, case in enumerate(cases)],
)
def test_a_rule_derives_this_and_no_more(built: ModuleType, rule: str, given: str, derived: str) -> None:
    """Each entailment rule, on the smallest data that shows it."""
    dataset = Dataset.memory(VOCABULARY)
    dataset.store.load(PREFIXES + given, RdfFormat.TURTLE, base_iri=VOCABULARY.base)
    found = dataset.construct_text((built.ONTOLOGY / "entailments" / f"{rule}.rq").read_text("utf-8"))

    assert {str(t) for t in found} == triples(derived)


def test_every_rule_is_tested_and_names_its_specification(built: ModuleType) -> None:
    """A rule says what it derives, why, and where the Recommendation says so."""
    rules = {path.stem: path.read_text("utf-8") for path in (built.ONTOLOGY / "entailments").glob("*.rq")}

    assert rules.keys() == CASES.keys()
    for text in rules.values():
        assert text.startswith("# Derives ")
        assert "\n# Why: " in text
        assert re.search(r"^# (ORG 5\.\d|EDTF|.*OWL-Time \d)", text, re.MULTILINE)


def test_rules_reach_an_end_and_give_the_same_again(built: ModuleType) -> None:
    """Repeated until nothing new comes."""
    dataset = built.good()
    size = len(dataset)
    built.entail(dataset)

    assert len(dataset) == size
