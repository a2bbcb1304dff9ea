"""Judge a query by its tokens before any parser sees it: form, size, nesting, and that it stays here.

The engine's parser works without tokens, so it can read a text in more ways than the specification allows:
`trueSERVICE <x> {}`, `SERVICE:x {}`, or `?a<'>'` as a comparison with a string. Where two readings are
possible and one of them could hide a SERVICE, the query is refused, whichever is meant.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from urllib.parse import urljoin

from fasti.sparql.limits import Limits
from fasti.sparql.problems import refuse
from fasti.sparql.tokens import Source, Token, tokens, unescape
from fasti.vocabulary import Vocabulary

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH")
_FLEETING = frozenset({"NOW", "RAND", "UUID", "STRUUID", "BNODE"})
_GAP = " " * 24
_OPENING = {"(": ")", "{": "}", "[": "]"}
_BRACKETS = frozenset({*_OPENING, *_OPENING.values()})
_OPERATOR_MARKS = frozenset({"=", "<", ">", "!", "+", "-", "*", "/", "|", "^", "&&", "||", "!=", "<=", ">=", "?"})
_OPERATOR_WORDS = frozenset({"UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "GRAPH", "EXISTS", "AS", "LATERAL"})
# After these a comparison cannot start.
_EXPECT_OPERAND = _OPERATOR_MARKS | {"(", "{", "[", ",", ";", ".", "^^", "<<"}


@dataclass(frozen=True, slots=True)
class Screened:
    """A query that may be given to a worker; what it is, and what its answer needs."""

    source: Source
    form: str
    """One of FORMS."""
    graphs: tuple[str, ...]
    """IRIs after FROM and FROM NAMED."""
    star: int | None
    """Offset of the `*` of an outer `SELECT *`."""
    tokens: Sequence[Token]

    @property
    def lasting(self) -> bool:
        """Whether only the data decide about its answer, not the clock or chance (SPARQL 1.1, sections 17.4 and 19.6)."""
        text = self.source.text.upper()
        named = [name for name in _FLEETING if name in text]
        return not named or not any(token.text.upper() in named for token in self.tokens)

    @property
    def variables(self) -> tuple[str, ...]:
        """Their names, in order of first appearance."""
        return tuple(dict.fromkeys(token.text[1:] for token in self.tokens if token.kind == "variable"))

    def spread(self) -> tuple[str, Sequence[int]]:
        """The same query with wide gaps, and for each token its offset there.

        The engine places an error as far behind a token as the longest keyword that it tried is long: in this
        text that is never beyond the gap.
        """
        parts: list[str] = []
        starts: list[int] = []
        length = end = 0
        for token in self.tokens:
            gap = _GAP if token.start > end else ""
            starts.append(length + len(gap))
            parts += (gap, token.text)
            length += len(gap) + len(token.text)
            end = token.start + len(token.text)
        return "".join([*parts, _GAP]), starts


def screen(text: str, vocabulary: Vocabulary, limits: Limits) -> Screened:
    """Judge the text of a query.

    Raises:
        RefusalError: 413 when it is too long, else 400: too deep, an update, SERVICE, no query at all.
    """
    size = len(text.encode())
    if size > limits.query_bytes:
        detail = f"the query has {size} bytes; at most {limits.query_bytes} are read"
        raise refuse(413, "query-too-long", detail)
    source = unescape(text)
    if "\0" in source.text:
        raise source.refuse("syntax", "the character U+0000 has no meaning here", source.text.index("\0"))
    found = _bounded(source, limits)
    _Brackets(source, limits.nesting).check(found)
    prologue, body = _prologue(found)
    form = _form(source, body)
    _declared(source, body, {token.text.removesuffix(":") for token in prologue if token.kind == "name"}, vocabulary)
    _stays_here(source, found)
    star = _star(body) if form == "SELECT" else None
    graphs = _graphs(body)
    return Screened(source, form, _resolved(graphs, prologue, vocabulary) if graphs else (), star, found)


def _bounded(source: Source, limits: Limits) -> Sequence[Token]:
    """All tokens, unless there are too many of them or too many operators: the engine recurses over both."""
    found = list(islice(tokens(source), limits.tokens + 1))
    if len(found) > limits.tokens:
        detail = f"the query has more than {limits.tokens} words and marks; ask in smaller portions"
        raise source.refuse("query-too-complex", detail, found[-1].start)
    operators = [token for token in found if _is_operator(token)] if len(found) > limits.operators else []
    if len(operators) > limits.operators:
        detail = f"the query has more than {limits.operators} operators; ask in smaller portions"
        raise source.refuse("query-too-complex", detail, operators[limits.operators].start)
    return found


def _is_operator(token: Token) -> bool:
    return token.text in _OPERATOR_MARKS or (token.kind == "word" and token.text.upper() in _OPERATOR_WORDS)


@dataclass(slots=True)
class _Brackets:
    """Brackets close in the order in which they open, are not too deep, and make `<` unambiguous."""

    source: Source
    nesting: int
    open: list[Token] = field(default_factory=list)

    def check(self, found: Sequence[Token]) -> None:
        before = None
        for token in found:
            if token.text in _BRACKETS:
                self._bracket(token)
            elif token.kind == "iri" and self.open and self.open[-1].text == "(" and before is not None:
                self._comparison(before, token)
            before = token
        if self.open:
            raise self.source.refuse("syntax", f"this '{self.open[-1].text}' is never closed", self.open[-1].start)

    def _bracket(self, token: Token) -> None:
        if token.text in _OPENING:
            self.open.append(token)
            if len(self.open) > self.nesting:
                detail = f"more than {self.nesting} brackets are open here"
                raise self.source.refuse("query-too-complex", detail, token.start)
        elif not self.open or _OPENING[self.open.pop().text] != token.text:
            raise self.source.refuse("syntax", f"this '{token.text}' closes nothing", token.start)

    def _comparison(self, before: Token, iri: Token) -> None:
        """`(?a <b#c>` could be two terms or a comparison whose right side starts a comment or a string."""
        operand = before.kind != "mark" or before.text not in _EXPECT_OPERAND
        absolute = re.match(r"<[A-Za-z][A-Za-z0-9+.-]*://", iri.text)
        if operand and not absolute and re.search(r"['#]|service", iri.text, re.IGNORECASE):
            detail = f"{iri.text} may be an IRI or a comparison: write the IRI in full, or a space after '<'"
            raise self.source.refuse("ambiguous", detail, iri.start)


def _stays_here(source: Source, found: Sequence[Token]) -> None:
    """No SERVICE, however it is glued to what stands next to it."""
    if "SERVICE" not in source.text.upper():
        return
    for token, after in zip(found, [*found[1:], None], strict=True):
        prefix = token.text.partition(":")[0] if token.kind == "name" and after and after.text == "{" else ""
        if "SERVICE" in (token.text if token.kind == "word" else prefix).upper():
            detail = "SERVICE is not answered: this endpoint asks no other; ask the other one yourself"
            raise source.refuse("service", detail, token.start)


def _prologue(found: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
    """The tokens of BASE, PREFIX and VERSION, and those behind."""
    position = 0
    while position < len(found):
        kinds = [token.kind for token in found[position + 1 : position + 3]]
        match found[position].text.upper():
            case "PREFIX" if kinds == ["name", "iri"]:
                position += 3
            case "BASE" if kinds[:1] == ["iri"]:
                position += 2
            case "VERSION" if kinds[:1] == ["string"]:
                position += 2
            case _:
                break
    return found[:position], found[position:]


def _form(source: Source, body: Sequence[Token]) -> str:
    if not body:
        raise source.refuse("syntax", "a query was expected, found nothing", len(source.text))
    word = body[0].text.upper()
    if word in _UPDATES:
        detail = f"{body[0].text} is an update, and this endpoint only answers questions"
        raise source.refuse("update", detail, body[0].start)
    if word not in FORMS:
        detail = f"SELECT, ASK, CONSTRUCT or DESCRIBE was expected, found '{body[0].text[:40]}'"
        raise source.refuse("syntax", detail, body[0].start)
    return word


def _declared(source: Source, body: Sequence[Token], own: Container[str], vocabulary: Vocabulary) -> None:
    """Every prefix is one of the query's own, or the deployment's."""
    for token in body:
        if token.kind != "name":
            continue
        prefix = token.text.partition(":")[0]
        if prefix not in own and prefix not in vocabulary.prefixes:
            raise source.refuse("syntax", f"the prefix '{prefix}:' is not declared", token.start)


def _star(body: Sequence[Token]) -> int | None:
    position = 2 if len(body) > 1 and body[1].text.upper() in ("DISTINCT", "REDUCED") else 1
    return body[position].start if len(body) > position and body[position].text == "*" else None


def _graphs(body: Sequence[Token]) -> Sequence[Token]:
    """What stands behind FROM and FROM NAMED; no other clause has such a word."""
    graphs: list[Token] = []
    for position, token in enumerate(body):
        if token.kind != "word" or token.text.upper() != "FROM":
            continue
        rest = list(body[position + 1 : position + 3])
        if rest and rest[0].text.upper() == "NAMED":
            rest.pop(0)
        if rest and rest[0].kind in ("iri", "name"):
            graphs.append(rest[0])
    return graphs


def _resolved(graphs: Sequence[Token], prologue: Sequence[Token], vocabulary: Vocabulary) -> tuple[str, ...]:
    """IRIs in full, by the base and the prefixes that hold behind the prologue."""
    base, prefixes = vocabulary.base, dict(vocabulary.prefixes)
    for before, token in pairwise(prologue):
        if token.kind == "iri" and before.kind == "name":
            prefixes[before.text.removesuffix(":")] = urljoin(base, token.text[1:-1])
        elif token.kind == "iri":
            base = urljoin(base, token.text[1:-1])
    return tuple(_resolve(graph, base, prefixes) for graph in graphs)


def _resolve(token: Token, base: str, prefixes: Mapping[str, str]) -> str:
    if token.kind == "iri":
        return urljoin(base, token.text[1:-1])
    prefix, _, local = token.text.partition(":")
    return prefixes.get(prefix, f"{prefix}:") + re.sub(r"\\(.)", r"\1", local)
