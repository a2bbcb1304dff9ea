from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import rdflib
from rdflib import FOAF, OWL, RDF, SKOS, URIRef

from fasti.paths import data
from fasti.vocabulary import Vocabulary

VOCABULARY = Vocabulary()
LINKS = data("mappings") / "links.ttl"
HOSTS = {
    "Wikidata": "http://www.wikidata.org/entity/Q",
    "DBpedia": "http://dbpedia.org/resource/",
    "English Wikipedia": "https://en.wikipedia.org/wiki/",
}
MATCHES = (SKOS.exactMatch, SKOS.closeMatch, OWL.differentFrom, FOAF.isPrimaryTopicOf)


def term(name: str) -> URIRef:
    return URIRef(VOCABULARY.expand(name))


def parsed(path: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(path, publicID=VOCABULARY.base, format="turtle")


@pytest.fixture(scope="module")
def links() -> rdflib.Graph:
    """The links as the build reads them."""
    return parsed(LINKS)


def described(links: rdflib.Graph) -> list[URIRef]:
    return [link for link in links.subjects(RDF.type, term("fasti:Link")) if isinstance(link, URIRef)]


def test_file_holds_as_many_links_as_its_own_table_says(links: rdflib.Graph) -> None:
    """A row that is lost in an edit shows."""
    table = {
        name: int(count)
        for name, count in re.findall(r"^#   ([A-Z][A-Za-z ]+): (\d+)$", LINKS.read_text("utf-8"), re.MULTILINE)
    }
    targets = [str(links.value(link, term("fasti:value"))) for link in described(links)]
    counted = Counter(name for target in targets for name, start in HOSTS.items() if target.startswith(start))

    assert sum(table.values()) == len(targets) == 83
    assert counted == table


def test_every_match_is_described_by_one_link_and_every_link_describes_one_match(links: rdflib.Graph) -> None:
    """A match without its grounds is never published, and grounds without a match say nothing."""
    matches = Counter((s, p, o) for p in MATCHES for s, o in links.subject_objects(p))
    told = Counter(
        (
            links.value(link, term("fasti:about")),
            links.value(link, term("fasti:onProperty")),
            links.value(link, term("fasti:value")),
        )
        for link in described(links)
    )

    assert matches == told
    assert max(told.values()) == 1


def test_link_is_a_part_of_the_entity_that_it_is_about(links: rdflib.Graph) -> None:
    """The build finds by its IRI whether a link's entity is in the record."""
    for link in described(links):
        entity, _, fragment = str(link).partition("#")
        assert URIRef(entity) == links.value(link, term("fasti:about"))
        assert fragment.startswith("link-")
        assert entity.startswith(VOCABULARY.base + "id/")


def test_every_confidence_is_a_concept_of_the_scheme(links: rdflib.Graph) -> None:
    """Exactly one for each link."""
    scheme = parsed(data("ontology") / "schemes" / "link-confidence.ttl")
    known = set(scheme.subjects(SKOS.inScheme, URIRef(VOCABULARY.scheme("link-confidence"))))

    for link in described(links):
        stated = list(links.objects(link, term("fasti:confidence")))
        assert len(stated) == 1
        assert stated[0] in known


def test_property_follows_from_the_confidence(links: rdflib.Graph) -> None:
    """What only looks the same is declared different; what is close or probable is never called exact."""
    by_confidence = {"trap": OWL.differentFrom, "close": SKOS.closeMatch, "probable": SKOS.closeMatch}
    for link in described(links):
        confidence = str(links.value(link, term("fasti:confidence"))).rpartition("#")[2]
        target = str(links.value(link, term("fasti:value")))
        default = FOAF.isPrimaryTopicOf if target.startswith(HOSTS["English Wikipedia"]) else SKOS.exactMatch
        assert links.value(link, term("fasti:onProperty")) == by_confidence.get(confidence, default), link


def test_nothing_is_declared_identical(links: rdflib.Graph) -> None:
    """owl:sameAs would merge two descriptions."""
    assert (None, OWL.sameAs, None) not in links


def test_every_link_says_what_it_rests_on(links: rdflib.Graph) -> None:
    """Those that rest on one public source say that too."""
    single = term("fasti:confidence"), URIRef(VOCABULARY.scheme("link-confidence") + "#single-source")
    for link in described(links):
        assert str(links.value(link, term("fasti:evidence"))).strip()
        if (link, *single) in links:
            assert str(links.value(link, SKOS.note)) == "Rests on one public source."


def test_entity_has_one_exact_match_in_a_data_set(links: rdflib.Graph) -> None:
    """Two would say that the other data set describes it twice, or that two things are one."""
    pairs = Counter(
        (s, next(name for name, start in HOSTS.items() if str(o).startswith(start)))
        for s, o in links.subject_objects(SKOS.exactMatch)
    )
    targets = Counter(links.objects(None, SKOS.exactMatch))

    assert set(pairs.values()) == {1}
    assert set(targets.values()) == {1}
