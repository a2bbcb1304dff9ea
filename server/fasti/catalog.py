"""What the data set is, how large, under which licence, where to get it and its origin, as triples."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version

from fasti.dumps import COMPRESSIONS, DUMPS, Dump
from fasti.questions import examples
from fasti.store.embedded import Dataset, Literal, NamedNode, Quad, Term
from fasti.vocabulary import Vocabulary, slug

LICENSE = "https://creativecommons.org/licenses/by-sa/4.0/"
_IANA = "https://www.iana.org/assignments/media-types/"
_EU = "http://publications.europa.eu/resource/authority/"  # the code lists that DCAT-AP asks for
_FILE_TYPES = {"ttl": "RDF_TURTLE", "nt": "RDF_N_TRIPLES", "jsonld": "JSON_LD", "rdf": "RDF_XML", "trig": "RDF_TRIG",
               "nq": "RDF_N_QUADS"}  # fmt: skip
_PAGES = ("/", "/def", "/shapes", "/quality")
_KEYWORDS = ("organizations", "office-holders", "history")
_TITLE = "Fasti: who held which office, when, and who says so"
_DESCRIPTION = (
    "Organizations, the posts in them, the people who held those posts and when, each statement with the "
    "words of the source document that makes it."
)


@dataclass(frozen=True)
class _Writer:
    """Makes the quads of the catalog graph from prefixed names and Python values."""

    vocabulary: Vocabulary

    def node(self, name: str) -> NamedNode:
        """`#x` is a part of the catalog, `/x` a path below the base, `p:x` a prefixed name, the rest IRIs."""
        if name.startswith("#"):
            return NamedNode(f"{self.vocabulary.base}catalog{name}")
        if name.startswith("/"):
            return NamedNode(self.vocabulary.base + name[1:])
        prefix = name.partition(":")[0]
        return NamedNode(self.vocabulary.expand(name) if prefix in self.vocabulary.prefixes else name)

    def about(self, subject: str, **properties: Term | list[Term]) -> Iterator[Quad]:
        """One quad per value; `dct_title` stands for `dct:title`, `a` for rdf:type."""
        graph = NamedNode(self.vocabulary.graph("catalog"))
        for name, values in properties.items():
            predicate = self.node("rdf:type" if name == "a" else name.replace("_", ":", 1))
            for value in values if isinstance(values, list) else [values]:
                yield Quad(self.node(subject), predicate, value, graph)

    def nodes(self, *names: str) -> list[Term]:
        """Several nodes, as a list of values."""
        return [self.node(name) for name in names]


def describe(dataset: Dataset, sources: Mapping[str, bytes], inputs: Mapping[str, str]) -> list[Quad]:
    """The quads of `graph/catalog`: DCAT, VoID, SPARQL Service Description, PROV, ready questions.

    No blank nodes and no clock time, so equal data have an equal catalog.

    Args:
        dataset: the finished data set; its default graph is what is counted.
        sources: the texts by file stem.
        inputs: what else the build read (mappings, ontology), name to SHA-256.
    """
    writer = _Writer(dataset.vocabulary)
    return [
        *_dcat(writer),
        *_void(writer, dataset),
        *_service(writer, dataset),
        *_provenance(writer, sources, inputs),
        *examples(dataset),
    ]


def _english(text: str) -> Literal:
    return Literal(text, language="en")


def _dcat(w: _Writer) -> Iterator[Quad]:
    """DCAT 3 with what DCAT-AP 3 requires and recommends; where its ranges are classes, the values say theirs."""
    common: dict[str, Term | list[Term]] = {
        "dct_title": _english(_TITLE), "dct_description": _english(_DESCRIPTION), "dct_license": w.node(LICENSE),
        "dct_publisher": w.node("#publisher"), "dct_language": w.node(f"{_EU}language/ENG"),
    }  # fmt: skip
    yield from w.about("/catalog", a=w.node("dcat:Catalog"), dcat_dataset=w.node("#dataset"),
                       dcat_service=w.node("/sparql#service"), foaf_homepage=w.node("/"),
                       dcat_themeTaxonomy=w.node(f"{_EU}data-theme"), **common)  # fmt: skip
    files = [(dump, packing) for dump in DUMPS for packing in ("", *COMPRESSIONS)]
    yield from w.about("#dataset", a=w.nodes("dcat:Dataset", "void:Dataset"), rdfs_label=_english(_TITLE),
                       dct_identifier=Literal(f"{w.vocabulary.base}catalog#dataset"), dcat_landingPage=w.node("/"),
                       dcat_contactPoint=w.node("#contact"), dcat_theme=w.node(f"{_EU}data-theme/GOVE"),
                       dct_accessRights=w.node(f"{_EU}access-right/PUBLIC"),
                       dcat_keyword=[_english(word) for word in _KEYWORDS],
                       foaf_page=w.nodes(*_PAGES[1:]), dct_conformsTo=w.node("org:"),
                       dcat_distribution=w.nodes(*(f"#{dump.name}{packing}" for dump, packing in files)),
                       **common)  # fmt: skip
    for dump, packing in files:
        yield from _distribution(w, dump, packing)
    yield from _surroundings(w)


def _distribution(w: _Writer, dump: Dump, packing: str) -> Iterator[Quad]:
    name = dump.name + packing
    url = w.node(f"/dumps/{name}")
    compressed = {"dcat_compressFormat": w.node(_IANA + COMPRESSIONS[packing])} if packing else {}
    yield from w.about(f"#{name}", a=w.node("dcat:Distribution"), dct_title=_english(f"{dump.title}, {name}"),
                       dct_description=_english(f"{dump.title} in {dump.form.name}."),
                       dcat_accessURL=url, dcat_downloadURL=url, dct_license=w.node(LICENSE),
                       dct_format=w.node(f"{_EU}file-type/{_FILE_TYPES[dump.form.suffix]}"),
                       dcat_mediaType=w.node(_IANA + dump.form.media_type), **compressed)  # fmt: skip


def _surroundings(w: _Writer) -> Iterator[Quad]:
    """What the catalog names: who publishes, pages, and of what class the values of others' code lists are."""
    yield from w.about("#publisher", a=w.nodes("foaf:Agent", "foaf:Organization"), foaf_name=_english("Fasti"),
                       foaf_homepage=w.node("/"))  # fmt: skip
    yield from w.about("#contact", a=w.nodes("vcard:Kind", "vcard:Organization"), vcard_fn=_english("Fasti"),
                       vcard_hasURL=w.node("/"))  # fmt: skip
    yield from w.about(f"{_EU}data-theme", a=w.node("skos:ConceptScheme"), dct_title=_english("Data theme"))
    yield from w.about(f"{_EU}data-theme/GOVE", a=w.node("skos:Concept"), skos_inScheme=w.node(f"{_EU}data-theme"),
                       skos_prefLabel=_english("Government and public sector"))  # fmt: skip
    packings = [_IANA + kind for kind in COMPRESSIONS.values()]
    kinds = {"foaf:Document": _PAGES, "dct:LicenseDocument": (LICENSE,), "dct:LinguisticSystem": (f"{_EU}language/ENG",),
             "dct:RightsStatement": (f"{_EU}access-right/PUBLIC",), "dct:Standard": ("org:",),
             "dct:MediaType": (*packings, *(_IANA + dump.form.media_type for dump in DUMPS)),
             "dct:MediaTypeOrExtent": tuple(f"{_EU}file-type/{kind}" for kind in _FILE_TYPES.values())}  # fmt: skip
    for kind, names in kinds.items():
        for name in dict.fromkeys(names):
            yield from w.about(name, a=w.node(kind))


def _void(w: _Writer, dataset: Dataset) -> Iterator[Quad]:
    """VoID of the record: the default graph, which most people query."""
    totals = next(iter(dataset.select("catalog-totals")))
    yield from w.about("#dataset", void_subset=w.node("#record"))
    yield from w.about(
        "#record", a=w.node("void:Dataset"), dct_title=_english("The record"), dct_license=w.node(LICENSE),
        void_triples=totals["triples"], void_distinctSubjects=totals["subjects"],
        void_distinctObjects=totals["objects"], void_properties=totals["properties"],
        void_uriSpace=Literal(w.vocabulary.base + "id/"), void_sparqlEndpoint=w.node("/sparql"),
        void_dataDump=w.nodes(*(f"/dumps/{dump.name}" for dump in DUMPS if not dump.form.graphs)),
    )  # fmt: skip
    for row in dataset.select("catalog-classes"):
        part = f"#class-{_short(w.vocabulary, row['class'].value)}"
        yield from w.about("#record", void_classPartition=w.node(part))
        yield from w.about(part, a=w.node("void:Dataset"), void_class=row["class"], void_entities=row["entities"])
    for row in dataset.select("catalog-properties"):
        part = f"#property-{_short(w.vocabulary, row['property'].value)}"
        yield from w.about("#record", void_propertyPartition=w.node(part))
        yield from w.about(part, a=w.node("void:Dataset"), void_property=row["property"], void_triples=row["triples"])


def _short(vocabulary: Vocabulary, iri: str) -> str:
    """`org-Post` for an IRI of a known vocabulary; another one whole, in ASCII."""
    for prefix, namespace in vocabulary.prefixes.items():
        local = iri.removeprefix(namespace)
        if local != iri and local.replace("-", "").isalnum():
            return f"{prefix}-{local}"
    digest = hashlib.sha256(iri.encode()).hexdigest()[:8]  # two IRIs may have one slug
    return f"{slug(iri)}-{digest}"


def _service(w: _Writer, dataset: Dataset) -> Iterator[Quad]:
    """The endpoint, under the IRIs of the Service Description that it gives of itself."""
    yield from w.about(
        "/sparql#service", a=w.nodes("sd:Service", "dcat:DataService"), sd_endpoint=w.node("/sparql"),
        dct_title=_english("SPARQL 1.1 endpoint"), dct_description=_english("Read only; see its own description."),
        dcat_endpointURL=w.node("/sparql"),
        dcat_servesDataset=w.node("#dataset"),
        dcat_endpointDescription=w.node("/sparql"), sd_supportedLanguage=w.node("sd:SPARQL11Query"),
        sd_defaultDataset=w.node("/sparql#dataset"), dct_license=w.node(LICENSE),
        dct_publisher=w.node("#publisher"),
    )  # fmt: skip
    totals = next(iter(dataset.select("catalog-totals")))
    yield from w.about("/sparql#dataset", a=w.node("sd:Dataset"), sd_defaultGraph=w.node("/sparql#default-graph"))
    yield from w.about("/sparql#default-graph", a=w.node("sd:Graph"), void_triples=totals["triples"])
    shared = w.vocabulary.graph("")
    for row in dataset.select("catalog-graphs"):
        name = row["graph"].value.removeprefix(shared)
        if name == row["graph"].value or name == "catalog":
            continue  # passages are too many to list, and this graph is still being written
        yield from w.about("/sparql#dataset", sd_namedGraph=w.node(f"/sparql#graph-{name}"))
        yield from w.about(f"/sparql#graph-{name}", a=w.node("sd:NamedGraph"), sd_name=row["graph"],
                           sd_graph=row["graph"])  # fmt: skip
        yield from w.about(f"/graph/{name}", a=w.node("sd:Graph"), void_triples=row["triples"])


def _provenance(w: _Writer, sources: Mapping[str, bytes], inputs: Mapping[str, str]) -> Iterator[Quad]:
    yield from w.about("#dataset", prov_wasGeneratedBy=w.node("#build"))
    yield from w.about("#build", a=w.node("prov:Activity"), rdfs_label=_english("The build of this release"),
                       prov_wasAssociatedWith=w.node("#software"))  # fmt: skip
    yield from w.about("#software", a=w.node("prov:SoftwareAgent"), rdfs_label=Literal("fasti"),
                       schema_softwareVersion=Literal(version("fasti")))  # fmt: skip
    digests = {w.vocabulary.source(stem): hashlib.sha256(text).hexdigest() for stem, text in sources.items()}
    digests |= {w.node(f"#input-{slug(name)}").value: digest for name, digest in inputs.items()}
    for iri, digest in sorted(digests.items()):
        yield from w.about("#build", prov_used=NamedNode(iri))
        yield from w.about(iri, a=w.node("prov:Entity"), fasti_sha256=Literal(digest))
    for name in sorted(inputs):
        yield from w.about(f"#input-{slug(name)}", rdfs_label=_english(name))
