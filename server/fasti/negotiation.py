"""Which of the representations on offer a client's `Accept` header asks for (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

# A list member; a quoted string hides commas, one that is never closed takes the rest (so this is linear).
_MEMBER = re.compile(r'(?:[^",]|"(?:[^"\\]|\\.)*(?:"|\\?\Z))+', re.DOTALL)
_PARAMETER = re.compile(r';[ \t]*([^\s;="]+)[ \t]*=[ \t]*("(?:[^"\\]|\\.)*"?|[^\s;"]*)', re.DOTALL)
_TYPE = re.compile(r"[ \t\r\n]*([\w!#$&^.+-]+|\*)(?:[ \t]*/[ \t]*([\w!#$&^.+-]+|\*))?[ \t\r\n]*(?=;|\Z)")
_QUALITY = re.compile(r"(?=\.?\d)\d*\.?\d*")  # clients also send `.2` and more than three digits

# How closely a range matches: the closest one alone decides about a media type.
_ANY, _TYPE_ONLY, _OTHER_PARAMETERS, _EXACT = range(4)


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One member of an `Accept` header, in lower case; `quality` from 0 (never) to 1."""

    type: str
    subtype: str
    parameters: Mapping[str, str]
    quality: float

    def closeness(self, other: MediaRange) -> int | None:
        """How closely this range matches the media type `other`; None when it does not.

        A parameter that the offer lacks (`profile`, `charset`) is a wish and prevents no match: whoever
        asks for a profile of JSON-LD is better served with JSON-LD than with an error.
        """
        if self.type == "*":
            return _ANY
        if self.type != other.type:
            return None
        if self.subtype == "*":
            return _TYPE_ONLY
        if self.subtype != other.subtype:
            return None
        if all(other.parameters.get(name) == value for name, value in self.parameters.items()):
            return _EXACT + len(self.parameters)
        # What is refused with a parameter is refused only so.
        return _OTHER_PARAMETERS if self.quality > 0 else None


def choose(accept: str | None, offered: Sequence[str]) -> str | None:
    """The member of `offered` that the header prefers, or None when it accepts none (answer 406).

    Quality decides, then how closely the header names the type, then the order of `offered`. An absent or
    empty header, and one without a single well-formed range, accepts anything: the first offer.

    Args:
        accept: the value of the header; None when the request has none. Several are joined by ", ".
        offered: media types, possibly with parameters, the server's favourite first.
    """
    return _choose(accept, tuple(offered))


@lru_cache(maxsize=512)
def _choose(accept: str | None, offered: tuple[str, ...]) -> str | None:
    ranges = parse(accept)
    if not ranges:
        return offered[0] if offered else None
    best, best_rank = None, (0.0, -1)
    for offer in offered:
        rank = _rank(ranges, offer)
        if rank[0] > 0 and rank > best_rank:
            best, best_rank = offer, rank
    return best


def parse(accept: str | None) -> list[MediaRange]:
    """The well-formed ranges of the header, in its order; the others are left out."""
    members = (_media_range(member) for member in _MEMBER.findall(accept or ""))
    return [found for found in members if found is not None]


def _rank(ranges: Sequence[MediaRange], offer: str) -> tuple[float, int]:
    """Quality and closeness of the range that decides about `offer`."""
    media_type = _media_range(offer)
    if media_type is None:
        raise ValueError(f"a media type such as text/turtle was expected in what is offered, found {offer!r}")
    closest, quality = -1, 0.0
    for found in ranges:
        closeness = found.closeness(media_type)
        if closeness is not None and (closeness, found.quality) > (closest, quality):
            closest, quality = closeness, found.quality
    # Between two offers that are both named, parameters count only if the offer has them.
    return quality, closest if closest > _EXACT else min(closest, _OTHER_PARAMETERS)


def _media_range(text: str) -> MediaRange | None:
    """`type "/" subtype *( ";" name "=" value )`; also a lone `*`, which Java sends."""
    match = _TYPE.match(text)
    if match is None:
        return None
    kind, subtype = match[1].lower(), (match[2] or "").lower()
    if kind == "*":
        subtype = subtype or "*"
    if not subtype or (kind == "*" and subtype != "*"):
        return None
    parameters: dict[str, str] = {}
    for name, value in _PARAMETER.findall(text, match.end()):
        if name.lower() == "q":  # what follows the weight is an extension, not a parameter of the type
            weight = min(float(value), 1.0) if _QUALITY.fullmatch(value) else None
            return None if weight is None else MediaRange(kind, subtype, parameters, weight)
        parameters[name.lower()] = _unquoted(value).lower()
    return MediaRange(kind, subtype, parameters, 1.0)


def _unquoted(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value.strip('"')) if value.startswith('"') else value
