"""SPARQL 1.1 Protocol, section 2.1, as functions from a request to what it asks; knows no web framework."""

from __future__ import annotations

import contextlib
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from fasti.negotiation import parse
from fasti.sparql.limits import Limits
from fasti.sparql.problems import MEDIA_TYPE, Problem, RefusalError, refuse

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_FORM, _QUERY, _UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
_DEFAULT, _NAMED = "default-graph-uri", "named-graph-uri"
_ONCE = ("query", "timeout")
_MOST_PARAMETERS = 1000
_ANYONE = (("Access-Control-Allow-Origin", "*"), ("Vary", "Accept"))

Parameters = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Request:
    """What came over HTTP, as it came."""

    method: str
    args: Parameters | bytes = ()
    """What stands behind the `?` of the target: as it came, or decoded into names and values."""
    content_type: str | None = None
    body: bytes = b""
    accept: str | None = None
    gone: Callable[[], bool] | None = None
    """Says whether the client has closed the connection; its query is then stopped."""
    shown: int | None = None
    """For a page with solutions as JSON: how many of them it shows. `total` among the results counts them all."""

    @property
    def asks_nothing(self) -> bool:
        """A GET without any parameter but `format`: it wants the service description, or the page where one can ask."""
        names = (
            re.findall(rb"(?:^|&)([^=&]*)", self.args)
            if isinstance(self.args, bytes)
            else [n.encode() for n, _ in self.args]
        )
        return self.method in ("GET", "HEAD") and set(names) <= {b"format", b""}


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back; `problem` is there when it is no success, for those who rather show a page."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    problem: Problem | None = None
    lasting: bool = False
    """Whether the same request is answered so for as long as the same data are served."""
    describes: str = ""
    """Of the service description its format, a key of GRAPHS; else nothing."""

    @property
    def outcome(self) -> str:
        """What became of the request, in a word: `ok`, or the problem's code."""
        if self.problem is not None:
            return self.problem.code
        return "ok" if self.status < 400 else "client-gone"


@dataclass(frozen=True, slots=True)
class Question:
    """A request understood."""

    query: str
    dataset: tuple[tuple[str, ...], tuple[str, ...]] | None
    """IRIs of default and named graphs; None when the request names neither."""
    seconds: float
    formats: tuple[str, ...]
    """Every `format=`: SPARQLWrapper sends two spellings of one."""


def understand(request: Request, limits: Limits) -> Question:
    """The one query of a request, with its data set, deadline and format.

    Raises:
        RefusalError: 405, 415, 413, or 400 for a query that is missing, double, an update, or not UTF-8.
    """
    parameters, direct = _parameters(request, limits)
    if any(name == "update" for name, _ in parameters):
        raise refuse(400, "update", "this endpoint only answers questions: 'update' is refused")
    single = {name: _single(parameters, name) for name in _ONCE}
    if direct is not None and single["query"] is not None:
        raise refuse(400, "two-queries", "one query was expected, found one in the body and one in the address")
    query = direct if direct is not None else single["query"]
    if query is None:
        raise refuse(400, "no-query", "the parameter 'query' was expected, found none")
    default = tuple(value for name, value in parameters if name == _DEFAULT)
    named = tuple(value for name, value in parameters if name == _NAMED)
    dataset = (default, named) if default or named else None
    return Question(query, dataset, _seconds(single["timeout"], limits), _formats(parameters))


def formats(request: Request, limits: Limits) -> tuple[str, ...]:
    """What a request that asks nothing wants the description in, by name."""
    return _formats(_parameters(request, limits)[0])


def success(method: str, content_type: str, body: bytes, *, lasting: bool = False, describes: str = "") -> Answer:
    """A whole answer; for HEAD without its body."""
    headers = (*_content(content_type, body), ("Cache-Control", "public, max-age=60"), *_ANYONE)
    return Answer(200, headers, b"" if method == "HEAD" else body, lasting=lasting, describes=describes)


def failure(method: str, problem: Problem) -> Answer:
    """A problem as RFC 9457 has it; it is never stored."""
    body = problem.to_json()
    headers = [*_content(MEDIA_TYPE, body), ("Cache-Control", "no-store"), *_ANYONE]
    if problem.retry_after is not None:
        headers.append(("Retry-After", str(problem.retry_after)))
    if problem.status == 405:
        headers.append(("Allow", ", ".join(METHODS)))
    return Answer(problem.status, tuple(headers), b"" if method == "HEAD" else body, problem)


def options() -> Answer:
    """What may be done here; what else a browser asks before it lets a page ask (CORS) is the same at every address."""
    return Answer(204, (("Allow", ", ".join(METHODS)), *_ANYONE), b"")


def not_acceptable(alternatives: Sequence[str], names: Sequence[str] = ()) -> RefusalError:
    """406 with what there is; `names` are those that `format=` may be."""
    detail = f"this is answered in {', '.join(alternatives)} only"
    detail += f", with 'format' one of these or of {', '.join(names)}" if names else ""
    return RefusalError(Problem(406, "not-acceptable", detail, alternatives=tuple(alternatives)))


def _formats(parameters: Parameters) -> tuple[str, ...]:
    return tuple(value for name, value in parameters if name == "format")


def _content(content_type: str, body: bytes) -> tuple[tuple[str, str], ...]:
    return ("Content-Type", content_type), ("Content-Length", str(len(body)))


def _parameters(request: Request, limits: Limits) -> tuple[Parameters, str | None]:
    """All parameters, and the query of a direct POST (sections 2.1.1 to 2.1.3)."""
    if request.method not in ("GET", "HEAD", "POST"):
        raise refuse(405, "method", f"GET or POST was expected, found {request.method[:20]}")
    args = _decode(request.args, limits) if isinstance(request.args, bytes) else request.args
    if request.method != "POST":
        return args, None
    kind = _kind(request.content_type)
    if kind == _FORM:
        return [*args, *_decode(request.body, limits)], None
    if kind == _QUERY:
        if len(request.body) > limits.query_bytes:
            raise refuse(413, "query-too-long", f"at most {limits.query_bytes} bytes of a query are read")
        return args, _utf8(request.body)
    if kind == _UPDATE:
        raise refuse(400, "update", "this endpoint only answers questions: updates are refused")
    raise refuse(415, "media-type", f"{_FORM} or {_QUERY} was expected, found {kind or 'no Content-Type'}")


def _kind(content_type: str | None) -> str | None:
    """The media type without parameters.

    Raises:
        RefusalError: 415 for a charset other than UTF-8, or ASCII, which is part of it.
    """
    ranges = parse(content_type)
    if not ranges:
        return None
    charset = ranges[0].parameters.get("charset", "utf-8")
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise refuse(415, "media-type", f"the charset utf-8 was expected, found {charset[:40]}")
    return f"{ranges[0].type}/{ranges[0].subtype}"


def _decode(encoded: bytes, limits: Limits) -> Parameters:
    """The pairs of `application/x-www-form-urlencoded`, strictly UTF-8."""
    if len(encoded) > 3 * limits.query_bytes + 4096:  # every byte may be escaped with three
        raise refuse(413, "query-too-long", f"at most {limits.query_bytes} bytes of a query are read")
    try:
        text = encoded.decode("utf-8")
        if text.isascii() and "\\" not in text and text.count("&") < _MOST_PARAMETERS:
            with contextlib.suppress(UnicodeDecodeError):  # an escape that is none, or of no character
                return _pairs(text)
        return parse_qsl(
            text,
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_PARAMETERS,
        )
    except UnicodeDecodeError:
        raise refuse(400, "encoding", "the parameters are not UTF-8") from None
    except ValueError as error:
        raise refuse(400, "parameters", f"the parameters cannot be read: {error}") from None


def _pairs(text: str) -> Parameters:
    """What `parse_qsl` makes of parameters in which all escapes are right."""
    fields = (field.partition("=") for field in text.replace("+", " ").split("&") if field)
    return [(_unescaped(name), _unescaped(value)) for name, _, value in fields]


def _unescaped(text: str) -> str:
    """ASCII without a backslash, each `%xx` the byte that it stands for: Python's own escapes are read much faster."""
    return text.replace("%", "\\x").encode("ascii").decode("unicode_escape").encode("latin-1").decode("utf-8")


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise refuse(400, "encoding", f"the query is not UTF-8: byte {error.start}") from None


def _single(parameters: Parameters, name: str) -> str | None:
    values = [value for key, value in parameters if key == name]
    if len(values) > 1:
        raise refuse(400, "two-queries" if name == "query" else "parameters", f"'{name}' is there {len(values)} times")
    return values[0] if values else None


def _seconds(timeout: str | None, limits: Limits) -> float:
    """The deadline: what was asked for, in seconds, but not above the endpoint's own."""
    if timeout is None:
        return limits.seconds
    try:
        seconds = float(timeout)
    except ValueError:
        seconds = math.nan
    if not seconds > 0:
        raise refuse(400, "parameters", f"'timeout' is a number of seconds above 0, found {timeout[:40]!r}")
    return min(seconds, limits.seconds)
