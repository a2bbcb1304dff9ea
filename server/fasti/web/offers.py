"""What the headers of a representation say: where it is, by what it was chosen, what else there is. Nothing of a request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from werkzeug.http import http_date

from fasti.catalog import LICENSE
from fasti.negotiation import choose
from fasti.release import Release
from fasti.store.serialize import FORMATS, JSON_LD, N_TRIPLES, TURTLE, Format
from fasti.web.encodings import IDENTITY, choose_coding

HTML = "text/html"
CATALOG = "/.well-known/void"
# N-Triples as text/plain is what RDF of 2004 said; N3 contains Turtle, and some clients know no other name.
_OTHER_NAMES = {"text/plain": N_TRIPLES, "text/n3": TURTLE}
BY_TYPE = {form.media_type: form for form in FORMATS} | _OTHER_NAMES
BY_SUFFIX = {form.suffix: form for form in FORMATS}
SUFFIXES = ("html", *BY_SUFFIX)
_WORTH_PACKING = 500  # bytes; below, the packed form is hardly smaller
_TEXTUAL = ("text/", "application/ld+json", "application/json", "application/problem+json", "application/n-",
            "application/rdf+xml", "application/trig", "application/sparql-results", "image/svg+xml")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offer:
    """The representations of a resource.

    `path` is its address without suffix, `catalog` that of the catalog, both with what a proxy put in front; `query` and
    `page_query` end the addresses of data and page.
    """

    path: str
    catalog: str
    formats: Sequence[Format] = FORMATS
    cite_as: str | None = None
    query: str = ""
    page_query: str = ""

    @property
    def suffixes(self) -> list[str]:
        """The suffix of each representation, the page first."""
        return ["html", *(form.suffix for form in self.formats)]

    def address(self, suffix: str) -> str:
        """Where a representation is."""
        return f"{self.path}.{suffix}{self.page_query if suffix == 'html' else self.query}"

    def chosen(self, suffix: str | None, accept: str | None) -> str | None:
        """The media type that a suffix names, or else the one that an Accept header prefers; None if it has none."""
        if suffix is not None:
            return type_of(suffix)
        offered = [HTML, *(form.media_type for form in self.formats)]
        return choose(accept, [*offered, *(name for name, form in _OTHER_NAMES.items() if form in self.formats)])

    def vary(self, media_type: str, *, negotiated: bool) -> list[str]:
        """What the choice of a media type depended on; `negotiated` when no suffix named it."""
        return ["Accept-Language"] * (negotiated or media_type == HTML) + ["Accept"] * negotiated

    def headers(self, media_type: str) -> list[tuple[str, str]]:
        """The headers of the representation that has a media type."""
        form = BY_TYPE.get(media_type)
        return [
            ("Content-Type", content_type(media_type)),
            ("Content-Location", self.address("html" if form is None else form.suffix)),
            ("Link", link(self._links(media_type))),
        ]

    def _links(self, media_type: str) -> Iterator[tuple[str, Mapping[str, str]]]:
        """What the Link header says (RFC 8288)."""
        yield LICENSE, {"rel": "license"}
        yield self.catalog, {"rel": "describedby"}
        if self.cite_as:
            yield self.cite_as, {"rel": "cite-as"}
        if media_type == JSON_LD.media_type:  # pyld cannot read a document that has several alternates
            return
        for suffix in self.suffixes:
            if type_of(suffix) != media_type:
                yield self.address(suffix), {"rel": "alternate", "type": type_of(suffix)}


def lasting(release: Release, seconds: int) -> list[tuple[str, str]]:
    """What caches need to know of what a release says (RFC 9110, section 8.8)."""
    return [("Last-Modified", http_date(release.created)), ("Cache-Control", f"public, max-age={seconds}")]


def coding_of(media_type: str, size: int, accepted: str | None) -> str | None:
    """The coding for a body of that type and size; None for one that nobody needs packed.

    Who refuses every coding and the plain form too gets the plain form: an error would be of no more use.
    """
    if not media_type.startswith(_TEXTUAL) or size <= _WORTH_PACKING:
        return None
    return choose_coding(accepted) or IDENTITY


def split_suffix(path: str) -> tuple[str, str | None]:
    """The path and the format that its suffix names: `x/y.ttl` gives `x/y` and `ttl`."""
    stem, dot, suffix = path.rpartition(".")
    return (stem, suffix) if dot and suffix in SUFFIXES else (path, None)


def type_of(suffix: str) -> str:
    """The media type of what has a suffix."""
    return HTML if suffix == "html" else BY_SUFFIX[suffix].media_type


def content_type(media_type: str) -> str:
    """The Content-Type of a body: all text here is UTF-8."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def link(links: Iterable[tuple[str, Mapping[str, str]]]) -> str:
    """The value of a Link header (RFC 8288) from targets and their parameters."""
    shown = (f"<{target}>" + "".join(f'; {name}="{value}"' for name, value in about.items()) for target, about in links)
    return ", ".join(shown)
