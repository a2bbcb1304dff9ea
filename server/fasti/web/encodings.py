"""Packed forms of an answer: which one the client can unpack, each made once and kept within bounds."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Mapping
from types import MappingProxyType

import brotli
import zstandard

from fasti.kept import Kept

IDENTITY = "identity"
_ALIASES = {"x-gzip": "gzip"}  # RFC 9110, section 8.4.1.3

PACKERS: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType({
    "br": lambda body: brotli.compress(body, quality=5),
    "zstd": lambda body: zstandard.ZstdCompressor(level=9).compress(body),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
})  # fmt: skip
"""Content codings in the order of this server's liking, each with how it packs; equal input gives equal output."""


def choose_coding(header: str | None, offered: tuple[str, ...] = tuple(PACKERS)) -> str | None:
    """The content coding that an `Accept-Encoding` header prefers (RFC 9110, section 12.5.3).

    Quality decides, then the order of `offered`. `identity` wins only where the header rates it higher, or
    where nothing else is acceptable. A `*` asks for no coding by name: gzip, which everybody unpacks, is then
    the only one to be risked. A member that is malformed is left out.

    Args:
        header: the value of the header; None when the request has none.
        offered: the codings there are, the server's favourite first.

    Returns:
        The coding, or None when the header refuses every one, `identity` too (answer 406).
    """
    wishes = _wishes(header or "")
    anything = wishes.get("*")
    rated = {coding: wishes.get(coding, (anything or 0.0) if coding == "gzip" else 0.0) for coding in offered}
    best = max(offered, key=lambda coding: rated[coding], default=IDENTITY)
    plain = wishes.get(IDENTITY)
    if rated.get(best, 0.0) > 0 and rated[best] >= (plain or 0.0):
        return best
    refused = plain == 0 or (plain is None and anything == 0)
    return None if refused else IDENTITY


def _wishes(header: str) -> dict[str, float]:
    """Coding to quality; of one named twice the higher counts."""
    found: dict[str, float] = {}
    for member in header.lower().split(","):
        coding, _, parameters = (part.strip() for part in member.partition(";"))
        quality = _quality(parameters)
        if coding and quality is not None:
            coding = _ALIASES.get(coding, coding)
            found[coding] = max(found.get(coding, 0.0), quality)
    return found


def _quality(parameters: str) -> float | None:
    name, _, value = (part.strip() for part in parameters.partition("="))
    if not name:
        return 1.0
    if name != "q" or not value.replace(".", "", 1).isdecimal():
        return None
    return min(float(value), 1.0)


class Packed(Kept):
    """What has been packed already, by content, so that a new release needs no clearing."""

    def pack(self, body: bytes, coding: str) -> bytes:
        """`body` in `coding`, a key of `PACKERS`."""
        return self.get((coding, hashlib.sha256(body).digest()), lambda: PACKERS[coding](body))
