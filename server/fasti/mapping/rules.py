"""Mapping rules as they are run: each document in a graph of its own, so that one update maps many documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fasti.errors import MappingError

_TOKEN = re.compile(
    r"(?P<comment>#[^\n]*)|(?P<text>\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')|(?P<iri><[^<>\"{}|^`\\\s]*>)"
    r"|(?P<variable>[?$]\w+)|(?P<function>fn:\w+\s*\()|(?P<name>[A-Za-z][\w-]*:[\w-]*)|(?P<word>[A-Za-z]\w*)"
    r"|(?P<blank>\s+)|(?P<sign>.)"
)
_TEMPLATES = ("INSERT", "DELETE")
_NAMED, _NAMING = ("fn:name", "fn:the"), "fn:labelled"  # what the ones say of a body changes by the other
_DOCUMENT = "?document"
# Variables that nothing else is called: with the document itself in their place, the engine would look there first.
_SOMEWHERE, _SOMETHING = "?document_where", "?document_source"
_CLAUSES = ("BIND", "FILTER", "GRAPH", "MINUS", "OPTIONAL", "VALUES")  # what may follow the triples of a group
Names = tuple[set[str], set[str]]  # in the document's graph, in those of passages; `?` is any predicate or class


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


@dataclass(frozen=True, eq=False)
class Operation:
    """One update of a rule, for a store in which every document has its graph, named by `?document`.

    Patterns hold within one document: what the rule matches, it matches in the document's graph, and a passage's graph
    only where the document utters that passage. What it inserts without a graph goes to the document's, and functions
    get the document as their first argument.
    """

    update: str
    reads: Names
    writes: Names

    def follows(self, other: Operation) -> bool:
        """Whether it may match what the other one inserts."""
        return any(_meet(read, write) for read, write in zip(self.reads, other.writes, strict=True))


@dataclass(frozen=True)
class Rule:
    """One file of `mappings/rules`: its name, the first line of its comment, and its updates."""

    name: str
    path: str
    summary: str
    operations: tuple[Operation, ...]

    @classmethod
    def load(cls, path: Path) -> Rule:
        """Read a rule.

        Raises:
            MappingError: it does not begin with a comment.
        """
        text = path.read_text("utf-8")
        summary = next((line.lstrip("# ").strip() for line in text.splitlines() if line.startswith("#")), "")
        if not summary:
            raise MappingError(f"{path}:1: expected a comment that says what the rule reads")
        tokens = [_Token(str(match.lastgroup), match[0]) for match in _TOKEN.finditer(text)]
        parts = _parted([token for token in tokens if token.kind != "comment"])
        return cls(path.stem.partition("-")[2] or path.stem, str(path), summary, tuple(map(_operation, parts)))


def matched(query: str) -> set[str]:
    """The prefixed names in what a query looks for, and `?` where a variable stands for a property or a class."""
    tokens = [_Token(str(match.lastgroup), match[0]) for match in _TOKEN.finditer(query)]
    tokens = [token for token in tokens if token.kind != "comment"]
    start = next(number for number, token in enumerate(tokens) if token.text == "WHERE")
    return set(_names(tokens[start:]))


def _parted(tokens: Sequence[_Token]) -> Iterator[list[_Token]]:
    """The updates that semicolons outside of all braces part."""
    part: list[_Token] = []
    depth = 0
    for token in tokens:
        depth += {"{": 1, "}": -1}.get(token.text, 0) if token.kind == "sign" else 0
        if token.text == ";" and depth == 0:
            yield part
            part = []
        else:
            part.append(token)
    if any(token.kind != "blank" for token in part):
        yield part


def _operation(tokens: Sequence[_Token]) -> Operation:
    """An update, its text put into the scope of a document, with the names that it matches and inserts."""
    reads: Names = (set(), set())
    writes: Names = (set(), set())
    for position, token in enumerate(tokens):
        if token.kind == "word" and token.text in (*_TEMPLATES, "WHERE"):
            start, stop = _group(tokens, position)
            names = reads if token.text == "WHERE" else writes
            plain, graphs = _parts(tokens[start + 1 : stop - 1])
            names[0].update(_names(plain))
            for graph in graphs:
                names[1].update(_names(graph[graph.index(_Token("sign", "{")) :]))
    called = {token.text.rstrip("( ") for token in tokens if token.kind == "function"}
    if not called.isdisjoint(_NAMED):
        reads[0].add(_NAMING)
    if _NAMING in called:
        writes[0].add(_NAMING)
    return Operation("".join(_scoped(tokens)), reads, writes)


def _scoped(tokens: Sequence[_Token]) -> Iterator[str]:
    at = 0
    while at < len(tokens):
        word = tokens[at].text if tokens[at].kind == "word" else ""
        start, stop = _group(tokens, at) if word in (*_TEMPLATES, "WHERE") else (at, at + 1)
        if word in _TEMPLATES:
            yield f"{word} {{ {_template(tokens[start + 1 : stop - 1])} }}"
        elif word == "WHERE":
            yield f"WHERE {{ GRAPH {_DOCUMENT} {{ {''.join(_anchored(tokens[start + 1 : stop - 1]))} }} }}"
        else:
            yield tokens[at].text
        at = stop


def _group(tokens: Sequence[_Token], at: int) -> tuple[int, int]:
    """Where the braces that follow open, and the position after those that close them."""
    while tokens[at].text != "{":
        at += 1
    depth = 0
    for position in range(at, len(tokens)):
        depth += {"{": 1, "}": -1}.get(tokens[position].text, 0)
        if depth == 0:
            return at, position + 1
    return at, len(tokens)  # the engine will say that a brace is missing


def _parts(tokens: Sequence[_Token]) -> tuple[list[_Token], list[list[_Token]]]:
    """A template: what has no graph, and each GRAPH with its group."""
    plain: list[_Token] = []
    graphs: list[list[_Token]] = []
    at = 0
    while at < len(tokens):
        if tokens[at].text == "GRAPH":
            stop = _group(tokens, at)[1]
            graphs.append(list(tokens[at:stop]))
        else:
            stop = at + 1
            plain.append(tokens[at])
        at = stop
    return plain, graphs


def _template(tokens: Sequence[_Token]) -> str:
    plain, graphs = _parts(tokens)
    said = "".join(f"{_named(graph)} doc:utteredIn {_DOCUMENT} . " for graph in graphs)
    own = said + "".join(token.text for token in plain).strip()
    return (f"GRAPH {_DOCUMENT} {{ {own} }} " if own else "") + " ".join(
        "".join(token.text for token in graph) for graph in graphs
    )


def _named(graph: Sequence[_Token]) -> str:
    return next(token.text for token in graph[1:] if token.kind != "blank")


def _anchored(tokens: Sequence[_Token]) -> Iterator[str]:
    """A group within one document. Its own triples come first: the engine finds the documents by them, not one by one."""
    end = _first_triples(tokens)
    yield from _pattern(tokens[:end])
    yield f"{' .' if end else ''} {_DOCUMENT} doc:source {_SOMETHING}"
    yield from _pattern(tokens[end:])


def _first_triples(tokens: Sequence[_Token]) -> int:
    """Where the triples end that a group begins with, and the dot after them."""
    end = next((n for n, token in enumerate(tokens) if token.text in "{}" or token.text in _CLAUSES), len(tokens))
    while end and (tokens[end - 1].kind == "blank" or tokens[end - 1].text == "."):
        end -= 1
    return end


def _pattern(tokens: Sequence[_Token]) -> Iterator[str]:
    grouped = False  # after GROUP: the next word is BY
    at = 0
    while at < len(tokens):
        token, following = tokens[at], at + 1
        if token.kind == "function":
            yield f"{token.text}{_DOCUMENT}, "
        elif token.text == "GRAPH":
            start, following = _group(tokens, at)
            passage = _named(tokens[at:])
            yield f"GRAPH {passage} {{{''.join(_pattern(tokens[start + 1 : following - 1]))}}} "
            yield f"GRAPH {_DOCUMENT} {{ {passage} doc:utteredIn {_SOMEWHERE} }}"
        elif token.text in ("SELECT", "BY") and (token.text == "SELECT" or grouped):
            known = any(t.text == _DOCUMENT for t in _clause(tokens[following:]))
            yield token.text if known else f"{token.text} {_DOCUMENT}"
        else:
            yield token.text
        grouped = token.text == "GROUP" or (grouped and token.kind == "blank")
        at = following


def _clause(tokens: Sequence[_Token]) -> Iterator[_Token]:
    for token in tokens:
        if token.text in ("WHERE", "{", "}", "ORDER", "HAVING"):
            return
        yield token


def _meet(reads: set[str], writes: set[str]) -> bool:
    return bool(reads & writes or ("?" in reads and writes) or ("?" in writes and reads))


def _names(tokens: Sequence[_Token]) -> Iterator[str]:
    """Every name in a group, and `?` where a variable stands for a predicate or a class."""
    place, typed = "subject", False
    open_: list[str] = []  # brackets: a group inside an expression has patterns, the expression itself has none
    for token in tokens:
        if token.kind in ("name", "iri"):
            yield token.text
        if token.text in "({" or token.kind == "function":
            open_.append(token.text)
        elif token.text in ")}" and open_:
            open_.pop()
        if token.kind == "blank" or (open_ and open_[-1] != "{"):
            continue
        if token.kind == "variable" and (place == "predicate" or (place == "object" and typed)):
            yield "?"
        typed = token.text == "a" or (typed and place != "object")
        place = _next(place, token)


def _next(place: str, token: _Token) -> str:
    """Where in a triple the token after this one stands."""
    if token.kind == "sign":
        return {";": "predicate", ",": "object", "|": "predicate", "/": "predicate"}.get(
            token.text, "subject" if token.text in ".{}" else place
        )
    if token.kind == "word" and token.text != "a":
        return "none" if token.text in ("SELECT", "BY", "VALUES") else "subject"
    return {"subject": "predicate", "predicate": "object"}.get(place, "none")
