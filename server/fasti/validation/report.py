"""What validation says: results, each with the words behind it, and whether a release may be made."""

from __future__ import annotations

from dataclasses import dataclass

from fasti.errors import ValidationError
from fasti.store.embedded import Triple

_SHOWN_QUOTE = 120  # characters of a quote in a message
_SHOWN_PASSAGES = 2


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that a result comes from: where it is, what it says, which rules read it."""

    passage: str
    place: str
    quote: str
    rules: tuple[str, ...]

    def __str__(self) -> str:
        """`file:line "quote" (rule)`, the quote cut where it gets long."""
        quote = self.quote if len(self.quote) <= _SHOWN_QUOTE else self.quote[: _SHOWN_QUOTE - 1] + "…"
        rules = ", ".join(rule.rpartition("#")[2] for rule in self.rules) or "no rule"
        return f'{self.place} "{quote}" ({rules})'


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that a shape found; `path` and `value` are empty where it is about the node as a whole."""

    code: str
    severity: str
    message: str
    focus: str
    path: str
    value: str
    evidence: tuple[Evidence, ...]

    @property
    def passages(self) -> tuple[str, ...]:
        """The IRIs of the passages that the result comes from."""
        return tuple(e.passage for e in self.evidence)

    @property
    def rules(self) -> tuple[str, ...]:
        """The IRIs of the rules that read those passages, each once."""
        return tuple(sorted({rule for e in self.evidence for rule in e.rules}))

    def __str__(self) -> str:
        """One line: severity, code, node, property, value, what to do, and the first passages behind it."""
        local = self.path.rpartition("#")[2].rpartition("/")[2]
        about = " ".join(part for part in (self.focus, local, self.value) if part)
        said = f"{self.severity.lower()} {self.code}: {about}: {self.message}"
        if not self.evidence:
            return said
        shown = "; ".join(str(e) for e in self.evidence[:_SHOWN_PASSAGES])
        rest = len(self.evidence) - _SHOWN_PASSAGES
        return f"{said} Read from {shown}" + (f" and {rest} more." if rest > 0 else ".")


@dataclass(frozen=True, slots=True)
class Report:
    """What the shapes say of a dataset; `triples` is the SHACL report for graph/quality, no blank nodes."""

    results: tuple[Result, ...]
    triples: tuple[Triple, ...]

    @property
    def is_publishable(self) -> bool:
        """Whether a release may be made: warnings are published, violations are not."""
        return not self.violations

    @property
    def violations(self) -> tuple[Result, ...]:
        """The results that stop a release."""
        return tuple(r for r in self.results if r.severity == "Violation")

    def require(self) -> None:
        """Stop here unless a release may be made.

        Raises:
            ValidationError: there are violations; the text has a line for each.
        """
        if not self.is_publishable:
            lines = "\n".join(f"  {result}" for result in self.violations)
            count = len(self.violations)
            raise ValidationError(f"the record breaks its shapes in {count} place(s), so no release:\n{lines}")
