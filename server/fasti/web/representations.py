"""One resource, several representations: which one, and the headers that caches and clients need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from flask import Response, current_app, g, request

from fasti.catalog import LICENSE
from fasti.kept import Kept
from fasti.negotiation import choose
from fasti.store.embedded import Quad
from fasti.store.pieces import pieces
from fasti.store.serialize import FORMATS, JSON_LD, N_TRIPLES, TURTLE, Format, write
from fasti.web.current import release
from fasti.web.encodings import IDENTITY, Packed, choose_coding
from fasti.web.language import language
from fasti.web.links import kept, root_path
from fasti.web.problems import NotAcceptableError
from fasti.web.ready import KEEP
from fasti.web.streams import streamed

HTML = "text/html"
# N-Triples as text/plain is what RDF of 2004 said; N3 contains Turtle, and some clients know no other name.
_OTHER_NAMES = {"text/plain": N_TRIPLES, "text/n3": TURTLE}
_BY_TYPE = {form.media_type: form for form in FORMATS} | _OTHER_NAMES
BY_SUFFIX = {form.suffix: form for form in FORMATS}
SUFFIXES = ("html", *BY_SUFFIX)
_WORTH_PACKING = 500  # bytes; below, the packed form is hardly smaller
_TEXTUAL = ("text/", "application/ld+json", "application/json", "application/problem+json", "application/n-",
            "application/rdf+xml", "application/trig", "application/sparql-results", "image/svg+xml")  # fmt: skip


@dataclass(frozen=True)
class Resource:
    """Something with a page and data: `path` is its address below the root, without suffix.

    `data` gives the statements for a format (those that tell graphs apart may get more), `page` the HTML. Of a `large`
    one the data are written while they are read, in the order of the store.
    """

    path: str
    data: Callable[[Format], Iterable[Quad]]
    page: Callable[[], str]
    cite_as: str | None = None
    query: str = ""  # what of the request's query the representation depends on, from its "?" on
    formats: Sequence[Format] = FORMATS
    parameters: Mapping[str, str] = field(default_factory=dict)  # of the request, that only the page depends on
    large: bool = False

    def respond(self, suffix: str | None = None) -> Response:
        """The representation that `suffix` names, or else the one that the request prefers.

        Raises:
            NotAcceptableError: the request accepts none of them.
        """
        if suffix is not None:
            media_type = HTML if suffix == "html" else BY_SUFFIX[suffix].media_type
        else:
            media_type = self._chosen()
        form = None if media_type == HTML else _BY_TYPE[media_type]
        response = self._streamed(form) if form and self.large else Response(self._body(form))
        response.content_type = _content_type(media_type)
        response.headers["Content-Location"] = self._address("html" if form is None else form.suffix)
        if form is None or suffix is None:
            response.vary.add("Accept-Language")
        if form is None:
            response.content_language.add(language())
        link(response, self._links(form, media_type))
        return finish(response, negotiated=suffix is None)

    def _streamed(self, form: Format) -> Response:
        etag = f"{release().id}-{form.suffix}"
        if request.if_none_match.contains(etag):
            response = Response(status=304)
        else:
            response = streamed(pieces(self.data(form), form, release().vocabulary.prefixes), form.media_type)
        response.set_etag(etag)
        return response

    def _body(self, form: Format | None) -> bytes:
        """The bytes of a format, or of the page; the same for as long as the release is, so they are kept."""
        made: Kept = current_app.extensions["fasti.kept"]
        suffix = "html" if form is None else form.suffix
        query = self.query if form else kept(**self.parameters)
        spoken = "" if form else language()
        key = (release().path, release().created, request.script_root, self.path, query, spoken, suffix)
        return made.get(key, lambda: self._made(form))

    def _made(self, form: Format | None) -> bytes:
        g.address = (self.path, self.parameters)  # what the page may say of its address: others get the same bytes
        return self.page().encode() if form is None else write(self.data(form), form, release().vocabulary.prefixes)

    def _chosen(self) -> str:
        offered = [HTML, *(form.media_type for form in self.formats)]
        offered += [name for name, form in _OTHER_NAMES.items() if form in self.formats]
        media_type = choose(accepted(), offered)
        if media_type is None:
            raise NotAcceptableError({self._address(s): _type_of(s) for s in self._suffixes()})
        return media_type

    def _suffixes(self) -> list[str]:
        return ["html", *(form.suffix for form in self.formats)]

    def _address(self, suffix: str) -> str:
        return f"{root_path(self.path)}.{suffix}{kept(**self.parameters) if suffix == 'html' else self.query}"

    def _links(self, form: Format | None, media_type: str) -> list[tuple[str, Mapping[str, str]]]:
        links: list[tuple[str, Mapping[str, str]]] = [
            (LICENSE, {"rel": "license"}),
            (root_path("/.well-known/void"), {"rel": "describedby"}),
        ]
        if self.cite_as:
            links.append((self.cite_as, {"rel": "cite-as"}))
        if form is not JSON_LD:  # pyld cannot read a document that has several alternates
            others = [suffix for suffix in self._suffixes() if _type_of(suffix) != media_type]
            links += [(self._address(s), {"rel": "alternate", "type": _type_of(s)}) for s in others]
        return links


def accepted() -> str | None:
    """The request's Accept header, several joined; None when there is none."""
    return _all_of("Accept")


def _all_of(name: str) -> str | None:
    return ", ".join(request.headers.getlist(name)) if name in request.headers else None


def split_suffix(path: str) -> tuple[str, str | None]:
    """The path and the format that its suffix names: `x/y.ttl` gives `x/y` and `ttl`."""
    stem, dot, suffix = path.rpartition(".")
    return (stem, suffix) if dot and suffix in SUFFIXES else (path, None)


def page(body: str, *, negotiated: bool = False) -> Response:
    """A page in the language of the request; `negotiated` when its address has other representations too."""
    response = Response(body, content_type=_content_type(HTML))
    response.vary.add("Accept-Language")
    response.content_language.add(language())
    return finish(response, negotiated=negotiated)


def finish(response: Response, negotiated: bool = True) -> Response:
    """Add what caches need (RFC 9110, section 8.8) and answer a conditional request."""
    response.last_modified = release().created
    response.headers["Cache-Control"] = f"public, max-age={current_app.config['PAGE_MAX_AGE']}"
    if negotiated:
        response.vary.add("Accept")
    request.environ[KEEP] = True
    return response


def pack(response: Response) -> Response:
    """Pack a body of text when the client can unpack it; then add the strong ETag and honour conditions.

    The ETag is of the bytes that are sent, so each coding has its own (RFC 9110, section 8.8.3.3). Who refuses
    every coding and the plain form too gets the plain form: an error would be of no more use.
    """
    stored = "no-store" not in response.headers.get("Cache-Control", "")
    if response.direct_passthrough or response.is_streamed or response.status_code != 200 or not stored:
        return response
    body = response.get_data()
    if (response.mimetype or "").startswith(_TEXTUAL) and len(body) > _WORTH_PACKING:
        response.vary.add("Accept-Encoding")
        coding = choose_coding(_all_of("Accept-Encoding")) or IDENTITY
        if coding != IDENTITY:
            packed: Packed = current_app.extensions["fasti.packed"]
            response.set_data(packed.pack(body, coding))
            response.headers["Content-Encoding"] = coding
    if request.method in ("GET", "HEAD"):
        response.add_etag()
        response.make_conditional(request)
    return response


def _type_of(suffix: str) -> str:
    return HTML if suffix == "html" else BY_SUFFIX[suffix].media_type


def _content_type(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def link(response: Response, links: Iterable[tuple[str, Mapping[str, str]]]) -> None:
    """Set the Link header (RFC 8288)."""
    shown = (f"<{target}>" + "".join(f'; {name}="{value}"' for name, value in of.items()) for target, of in links)
    response.headers["Link"] = ", ".join(shown)
