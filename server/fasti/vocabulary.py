"""Every IRI that Fasti mints or uses, spelled once."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

DEFAULT_BASE = "http://localhost:8000/"

# Vocabularies that others keep.
EXTERNAL = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
HTTP = "http://www.w3.org/2011/http#"  # W3C's vocabulary of requests and answers; only errors speak it

# Code lists that rules and queries name often enough to want a prefix: scheme/{name}#.
SCHEMES = {
    "status": "date-status",
    "mode": "tenure-mode",
    "reading": "reading-status",
    "rank": "rank",
    "role": "role",
    "kind": "classification",
    "function": "function",
    "rule": "rule",
}


@dataclass(frozen=True)
class Vocabulary:
    """The IRIs of one deployment, all of them below `base` (an absolute IRI that ends in a slash)."""

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`?#]+/", self.base):
            raise ValueError(f"base must be an http(s) IRI that ends in '/', found {self.base!r}")

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """Prefix to namespace: the one map that dumps, context, pages, rules and queries share."""
        schemes = {prefix: self.scheme(name) + "#" for prefix, name in SCHEMES.items()}
        own = {"fasti": self.base + "def#"}
        return dict(sorted((EXTERNAL | own | schemes).items()))

    @cached_property
    def working_prefixes(self) -> dict[str, str]:
        """The prefixes of mapping rules: the public ones, the document graph's and the functions'."""
        return self.prefixes | {"doc": self.base + "def/document#", "fn": self.base + "def/function#"}

    @cached_property
    def _expanded(self) -> dict[str, str]:
        return {}

    def expand(self, name: str) -> str:
        """The IRI of a prefixed name: `org:Post`, `fasti:post`, `doc:Item`."""
        known = self._expanded.get(name)
        if known is None:
            prefix, _, local = name.partition(":")
            known = self._expanded[name] = self.working_prefixes[prefix] + local
        return known

    def entity(self, kind: str, slug: str) -> str:
        """`id/{kind}/{slug}`."""
        return f"{self.base}id/{kind}/{slug}"

    def source(self, stem: str) -> str:
        """The IRI of a source document, by its file's stem."""
        return self.entity("source", stem)

    def text(self, stem: str) -> str:
        """Where the text of a source document itself is served."""
        return f"{self.base}source/{stem}.txt"

    def passage(self, stem: str, start: int, end: int) -> str:
        """The characters `start` to `end` (code points, end exclusive) of a source."""
        return self.entity("passage", f"{stem}/{start}-{end}")

    def graph(self, name: str) -> str:
        """One of the graphs that are not passages: evidence, entailments, links, vocabulary."""
        return f"{self.base}graph/{name}"

    def scheme(self, name: str) -> str:
        """A code list; its concepts are the hash children."""
        return f"{self.base}scheme/{name}"

    def rule(self, name: str) -> str:
        """The mapping rule of that file stem."""
        return f"{self.scheme('rule')}#{name}"


# Letters that NFKD leaves alone and that have one usual ASCII spelling.
_ASCII = str.maketrans({"ß": "ss", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ł": "l", "Ł": "l",
                        "þ": "th", "Þ": "th", "ð": "d", "Ð": "d", "œ": "oe", "Œ": "oe", "ı": "i"})  # fmt: skip


def slug(name: str) -> str:
    """The name in kebab case: NFKD to ASCII, apostrophes dropped; other scripts by code point, never empty.

    >>> slug("Secretary’s Office of the Führer")
    'secretarys-office-of-the-fuhrer'
    """
    text = unicodedata.normalize("NFKD", name.translate(_ASCII))
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"['’ʻʼ`´]", "", text)
    ascii_text = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    other = [c for c in text if ord(c) > 127 and c.isalnum()]
    if other:  # nothing of a name in another script may get lost, or two of them would share a slug
        tail = "-".join(f"{ord(c):x}" for c in other)
        ascii_text = f"{ascii_text}-u-{tail}" if ascii_text else f"u-{tail}"
    return ascii_text or "unnamed"
