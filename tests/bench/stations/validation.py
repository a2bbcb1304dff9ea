"""The report of a release, screened first, beside one plain run of pySHACL over a smaller whole."""

from __future__ import annotations

from collections.abc import Iterator

import releases
import validating
from measure import Bench, Figure

from fasti.release import Release

_PLAIN, _PLAIN_SHORT = 100_000, 20_000  # statements: pySHACL needs minutes for more


def measure(bench: Bench, release: Release) -> Iterator[Figure]:
    """Both by the statement: plain pySHACL does not finish what is measured here.

    Raises:
        RuntimeError: the two reports of the smaller release differ.
    """
    smaller = releases.kept(_PLAIN_SHORT if bench.short else _PLAIN)
    ours, found = validating.screened(smaller.path)
    plain, whole = validating.plain(smaller.path)
    if found != whole:
        raise RuntimeError("the report that was screened first is another one than the plain one")
    label = "report, seconds for a million statements, of {:,}"
    rows = [(ours, smaller), *([] if bench.short else [(validating.screened(release.path)[0], release)])]
    for timed, of in rows:
        yield Figure("validation", label.format(of.counts["quads"]), "s", timed.per_million,
                     f"plain pySHACL, of {smaller.counts['quads']:,}", plain.per_million, 30, more_is_better=False)  # fmt: skip
