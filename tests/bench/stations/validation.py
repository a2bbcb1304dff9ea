"""The report of a release, screened first, beside one plain run of pySHACL over the same release."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

import releases
import validating
from measure import Bench, Figure

from fasti.release import Release

_SMALL, _SHORT = 100_000, 20_000  # statements


def measure(bench: Bench, release: Release) -> Iterator[Figure]:
    """Both by the statement, of a small release and of the one at hand, which pySHACL takes about a minute for.

    Raises:
        RuntimeError: the two reports of a release differ.
    """
    for of in [releases.kept(_SHORT)] if bench.short else [releases.kept(_SMALL), release]:
        runs = [validating.screened(of.path) for _ in range(bench.rounds)]
        plain, whole = validating.plain(of.path)
        if any(found != whole for _, found in runs):
            raise RuntimeError("the report that was screened first is another one than the plain one")
        ours = statistics.median(timed.per_million for timed, _ in runs)
        yield Figure("validation", f"report, seconds for a million statements, of {of.counts['quads']:,}", "s", ours,
                     "plain pySHACL", plain.per_million, 30, more_is_better=False)  # fmt: skip
