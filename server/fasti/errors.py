"""What can go wrong, as one tree, so that the command line can say it in one line and exit with its code."""

from __future__ import annotations

from dataclasses import dataclass


class FastiError(Exception):
    """Anything Fasti reports to a person; its text says what was found, what was expected and where."""

    exit_code = 1


class UsageError(FastiError):
    """The caller asked for something that cannot be: a folder that is missing, an IRI that is not one."""

    exit_code = 2


class DocumentError(FastiError):
    """A source document that cannot be read at all; the others still build."""

    exit_code = 3


class MappingError(FastiError):
    """A lexicon, authority, rule or reading that is wrong, or an identity that nothing settles."""

    exit_code = 4


class ValidationError(FastiError):
    """The record violates a shape: no release is made."""

    exit_code = 5


class ReleaseError(FastiError):
    """A release that is missing, damaged or could not be published."""

    exit_code = 6


class StoreError(FastiError):
    """A store elsewhere cannot be reached, or does not answer as SPARQL 1.1 has it."""

    exit_code = 8


class QueryError(FastiError):
    """A query that cannot be answered: malformed, refused, too large, too slow."""

    exit_code = 7


@dataclass(frozen=True, slots=True)
class Notice:
    """A place in a document that was read as well as it can be, and what was expected there.

    `line` and `column` count from 1; `excerpt` is the line's text.
    """

    path: str
    line: int
    column: int
    message: str
    excerpt: str

    def __str__(self) -> str:
        """`file:line:column: message`, then the line with a caret under the place."""
        window = max(0, self.column - 60)
        shown = self.excerpt[window : window + 100]
        caret = " " * (self.column - 1 - window) + "^"
        return f"{self.path}:{self.line}:{self.column}: {self.message}\n    {shown}\n    {caret}"
