"""Queries for a store that takes nothing but text: terms in place of variables, and a graph for the record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from fasti.store.terms import NamedNode, Term

# What may hide a question mark, then what is looked for; in the order in which they are tried.
_PIECE = re.compile(
    r"""(?P<hidden>\#[^\n]*|<[^<>"{}|^`\\\s]*>|'{3}.*?'{3}|"{3}.*?"{3}|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")
      | (?P<brace>[{}])
      | [?$](?P<name>\w+)""",
    re.VERBOSE | re.DOTALL,
)
# Words after which a variable is no part of a pattern.
_CLAUSE = re.compile(r"\b(?:(SELECT)|(?:GROUP|ORDER)\s+BY)\b", re.IGNORECASE)


def bind(text: str, bindings: Mapping[str, Term], prologue: str = "") -> str:
    """The query with terms in place of the variables bound, as SPARQL's substitution has it.

    In a group graph pattern a variable becomes the term; where it is selected, an alias of it, so that the solutions
    have the same columns (another one in a subquery, or the outer query could not select it); in `GROUP BY` and `ORDER BY` an expression (SPARQL 1.1, section 19.8, rules 9, 20 and 24).

    Args:
        text: a query of this package's; variables that it binds itself (`AS`, `VALUES`) cannot be given.
        bindings: terms by variable name.
        prologue: `BASE` and `PREFIX` lines, put before it.

    Raises:
        KeyError: a name is no variable of the query; binding it would have no effect.
    """
    pieces = "".join(_bound(text, bindings)) if bindings else text
    return prologue + pieces


def _bound(text: str, bindings: Mapping[str, Term]) -> Iterator[str]:
    done, depth, form, used = 0, 0, "{}", set()
    for match in _PIECE.finditer(text):
        between = text[done : match.start()]
        yield between
        done = match.end()
        for clause in _CLAUSE.finditer(between):
            form = "({})" if not clause[1] else "({} AS ?{}_)" if depth else "({} AS ?{})"
        if match["brace"]:
            depth += 1 if match[0] == "{" else -1
            form = "{}"
        name = match["name"]
        if name in bindings:
            used.add(name)
            yield form.format(bindings[name], name)
        else:
            yield match[0]
    yield text[done:]
    if missing := bindings.keys() - used:
        raise KeyError(f"?{min(missing)} is no variable of the query")


def within(text: str, graph: NamedNode) -> str:
    """The query with its pattern asked of the graph `graph`, unless a part of it names another one.

    For a store whose default graph is not the record: `GRAPH` inside `GRAPH` is the inner one's (SPARQL 1.1,
    section 18.2.2.6), so every pattern that names no graph is asked of the record and the others are left alone.

    Raises:
        ValueError: the query has no pattern (`DESCRIBE <iri>`).
    """
    begin, end = _pattern(text)
    body = text[begin + 1 : end]
    if text[:begin].rstrip().upper().endswith("CONSTRUCT WHERE"):  # the short form takes no GRAPH (section 16.2.4)
        text = f"{text[:begin].rstrip()[:-5]}{{ {body} }} WHERE "
        return f"{text}{{ GRAPH {graph} {{ {body} }} }}"
    return f"{text[:begin]}{{ GRAPH {graph} {{{body}}} }}{text[end + 1 :]}"


def _pattern(text: str) -> tuple[int, int]:
    """Where the outermost group graph pattern begins and ends: the last group at the top, after any template."""
    depth, begin, found = 0, 0, None
    for match in _PIECE.finditer(text):
        if match[0] == "{":
            begin = begin if depth else match.start()
            depth += 1
        elif match[0] == "}":
            depth -= 1
            if depth == 0 and not _is_values(text[:begin]):
                found = begin, match.start()
    if found is None:
        raise ValueError("a query with a pattern was expected, found none")
    return found


def _is_values(before: str) -> bool:
    """Whether what comes next is the data of a VALUES clause at the end of the query."""
    return re.search(r"\bVALUES\s*(?:[?$]\w+|\([^()]*\))\s*$", before, re.IGNORECASE) is not None
