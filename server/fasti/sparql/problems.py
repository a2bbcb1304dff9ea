"""What the endpoint says when it does not answer: RFC 9457 problem details."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus

from fasti.errors import QueryError

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem; `code` is stable and for programs, `detail` for people, line and column count from 1."""

    status: int
    code: str
    detail: str
    line: int | None = None
    column: int | None = None
    alternatives: tuple[str, ...] = ()
    retry_after: int | None = None
    """Seconds after which the same request may fare better."""

    def to_json(self) -> bytes:
        """The document, `title` being the status phrase as RFC 9457 section 4.2.1 wants for `about:blank`."""
        members = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            "line": self.line,
            "column": self.column,
            "alternatives": list(self.alternatives) or None,
        }
        kept = {name: value for name, value in members.items() if value is not None}
        return json.dumps(kept, ensure_ascii=False).encode()


class RefusalError(QueryError):
    """A request that ends in a problem document instead of an answer."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


def refuse(status: int, code: str, detail: str, place: tuple[int, int] | None = None) -> RefusalError:
    """The exception for a problem; `place` is line and column."""
    line, column = place or (None, None)
    return RefusalError(Problem(status, code, detail, line, column))
