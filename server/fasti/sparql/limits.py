"""How much of this machine one public query, and all of them together, may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds with their units; the defaults suit a machine with two cores and four gigabytes."""

    workers: int = 4
    """Processes, each answering one query at a time."""
    queue: int = 32
    """Requests that may wait for a worker; further ones are turned away at once."""
    queue_seconds: float = 10.0
    """How long one of them waits at most."""
    seconds: float = 30.0
    """Deadline of a query from the moment a worker has it; `timeout=` can only lower it."""
    memory_bytes: int = 1 << 30
    """Address space a worker may take beyond what it has when it starts."""
    query_bytes: int = 1 << 18
    """Length of a query in UTF-8."""
    nesting: int = 100
    """Open brackets of any kind at one place."""
    tokens: int = 20_000
    """Words, IRIs, literals, variables and marks of a query."""
    operators: int = 2_000
    """UNION, OPTIONAL, FILTER and the like, operators of paths and expressions."""
    rows: int = 100_000
    """Solutions or triples of an answer."""
    answer_bytes: int = 32 << 20
    """Length of an answer before compression."""
