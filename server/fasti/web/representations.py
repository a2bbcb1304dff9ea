"""One resource, several representations: which one a request gets, made once for as long as the release is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from flask import Response, current_app, g, request

from fasti.kept import Kept
from fasti.store.embedded import Quad
from fasti.store.pieces import pieces
from fasti.store.serialize import FORMATS, Format, write
from fasti.web.current import release
from fasti.web.encodings import IDENTITY, Packed
from fasti.web.language import language
from fasti.web.links import kept, root_path
from fasti.web.offers import BY_TYPE, CATALOG, HTML, Offer, coding_of, content_type, lasting, type_of
from fasti.web.problems import NotAcceptableError
from fasti.web.ready import KEEP
from fasti.web.streams import streamed


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
        offer = self._offer()
        media_type = offer.chosen(suffix, accepted())
        if media_type is None:
            raise NotAcceptableError({offer.address(each): type_of(each) for each in offer.suffixes})
        form = BY_TYPE.get(media_type)
        response = self._streamed(form) if form and self.large else Response(self._body(form))
        response.headers.update(offer.headers(media_type))
        response.vary.update(offer.vary(media_type, negotiated=suffix is None))
        if form is None:
            response.content_language.add(language())
        return finish(response, negotiated=suffix is None)

    def _offer(self) -> Offer:
        catalog, page_query = root_path(CATALOG), kept(**self.parameters)
        return Offer(root_path(self.path), catalog, self.formats, self.cite_as, self.query, page_query)

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


def accepted() -> str | None:
    """The request's Accept header, several joined; None when there is none."""
    return _all_of("Accept")


def _all_of(name: str) -> str | None:
    return ", ".join(request.headers.getlist(name)) if name in request.headers else None


def page(body: str, *, negotiated: bool = False) -> Response:
    """A page in the language of the request; `negotiated` when its address has other representations too."""
    response = Response(body, content_type=content_type(HTML))
    response.vary.add("Accept-Language")
    response.content_language.add(language())
    return finish(response, negotiated=negotiated)


def finish(response: Response, negotiated: bool = True) -> Response:
    """Add what caches need and let the answer be ready for whoever asks next."""
    response.headers.update(lasting(release(), current_app.config["PAGE_MAX_AGE"]))
    if negotiated:
        response.vary.add("Accept")
    request.environ[KEEP] = True
    return response


def pack(response: Response) -> Response:
    """Pack a body of text when the client can unpack it; then add the strong ETag and honour conditions.

    The ETag is of the bytes that are sent, so each coding has its own (RFC 9110, section 8.8.3.3).
    """
    stored = "no-store" not in response.headers.get("Cache-Control", "")
    if response.direct_passthrough or response.is_streamed or response.status_code != 200 or not stored:
        return response
    body = response.get_data()
    coding = coding_of(response.mimetype or "", len(body), _all_of("Accept-Encoding"))
    if coding is not None:
        response.vary.add("Accept-Encoding")
    if coding not in (None, IDENTITY):
        packed: Packed = current_app.extensions["fasti.packed"]
        response.set_data(packed.pack(body, coding))
        response.headers["Content-Encoding"] = coding
    if request.method in ("GET", "HEAD"):
        response.add_etag()
        response.make_conditional(request)
    return response
