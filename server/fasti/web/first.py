"""The first answer about an entity as data: made of what was written when the release was published.

Requests that ask for anything else, or for this in an unusual way, are the application's, which says the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from werkzeug.http import generate_etag, quote_etag
from werkzeug.middleware.proxy_fix import ProxyFix

from fasti.release import Release
from fasti.store.serialize import TURTLE, rewrite
from fasti.web import CORS, SECURITY
from fasti.web.encodings import IDENTITY, Packed
from fasti.web.entities import DOCUMENT
from fasti.web.guards import is_host
from fasti.web.links import below
from fasti.web.offers import BY_TYPE, CATALOG, HTML, Offer, coding_of, lasting, split_suffix
from fasti.web.ready import FORWARDED
from fasti.web.wsgi import Headers, Started

ROUTE = DOCUMENT
_PLACE = DOCUMENT.partition("<")[0]
_SOON = 1 << 15  # bytes that are packed or written in another format in a millisecond or two, while others wait
Answer = tuple[Headers, bytes]
"""Headers and body of an answer of status 200 to GET."""


class FirstAnswers:
    """Makes answers without the application, in so little time that other requests may wait for it.

    Args:
        released: the release that is served; None while there is none.
        packed: what has been packed already.
        seconds: that caches may keep an answer.
        hops: proxies in front whose X-Forwarded-* headers are believed.
    """

    def __init__(self, released: Callable[[], Release | None], packed: Packed, seconds: int, hops: int) -> None:
        self._released, self._packed, self._seconds = released, packed, seconds
        self._hops = hops
        self._believe = ProxyFix(lambda environ, _: (), x_for=0, x_proto=0, x_host=hops, x_port=hops, x_prefix=hops)

    def make(self, path: str, query: str, headers: Any) -> Answer | None:
        """The answer to GET for a path, decoded; None for what is the application's. `headers` are granian's."""
        release = self._released()
        if query or not path.startswith(_PLACE) or release is None or release.written is None:
            return None
        root, (name, suffix) = self.root(headers), split_suffix(path.removeprefix(_PLACE))
        if root is None:
            return None
        offer = Offer(below(root, _PLACE + name), below(root, CATALOG), cite_as=f"{release.base}id/{name}")
        media_type = offer.chosen(suffix, all_of(headers, "accept")) or HTML
        form = BY_TYPE.get(media_type)
        turtle = release.written.turtle(name, release.created) if form and not form.graphs else None
        if form is None or turtle is None or (form is not TURTLE and len(turtle) > _SOON):
            return None
        body = rewrite(turtle, form, release.vocabulary.prefixes)
        said = [*offer.headers(media_type), *lasting(release, self._seconds), *SECURITY.items(), *CORS.items()]
        coding = coding_of(media_type, len(body), all_of(headers, "accept-encoding"))
        return self._packed_for(coding, said, offer.vary(media_type, negotiated=suffix is None), body)

    def _packed_for(self, coding: str | None, said: Headers, vary: list[str], body: bytes) -> Answer | None:
        """The answer in a coding, with the headers that depend on it; None when packing would keep others waiting."""
        if coding not in (None, IDENTITY) and len(body) > _SOON:
            return None
        return packed(self._packed, coding, said, vary, body)

    def root(self, headers: Any) -> str | None:
        """What a proxy puts in front of every path; None where the application has to have a look."""
        host = headers.get_all("host")
        if len(host) != 1:
            return None
        environ = {"HTTP_HOST": host[0]}
        if self._hops:
            named = ((name, all_of(headers, name)) for name in FORWARDED)
            environ |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in named if value is not None}
            self._believe(environ, Started())
        root = environ.get("SCRIPT_NAME", "")
        return root.rstrip("/") if root.isascii() and is_host(environ["HTTP_HOST"]) else None


def packed(packer: Packed, coding: str | None, said: Headers, vary: Sequence[str], body: bytes) -> Answer:
    """A body in a coding, with the headers that depend on it; the ETag is of the bytes that are sent."""
    said = [*said]
    if coding not in (None, IDENTITY):
        body = packer.pack(body, coding)
        said.append(("Content-Encoding", coding))
    if varying := [*vary, *(["Accept-Encoding"] if coding is not None else [])]:
        said.append(("Vary", ", ".join(varying)))
    return [*said, ("ETag", quote_etag(generate_etag(body))), ("Content-Length", str(len(body)))], body


def all_of(headers: Any, name: str) -> str | None:
    """A header's value, several joined; None when there is none."""
    values = headers.get_all(name)
    return ", ".join(values) if values else None
