"""Judge a dataset by the shapes: find, screen, let the judge rule on the suspects, report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from fasti.paths import data
from fasti.store import Dataset
from fasti.store.embedded import Triple
from fasti.validation.clerk import Clerk, Suspect
from fasti.validation.findings import searches
from fasti.validation.neighbourhood import properties
from fasti.validation.panel import Shared, Task, alone, several
from fasti.validation.report import Report
from fasti.validation.results import Found, report
from fasti.validation.screening import NotScreenedError

_BATCH = 500  # suspects that the judge is given at once


def validate(
    dataset: Dataset,
    shapes: Path | None = None,
    texts: Mapping[str, str] | None = None,
    *,
    store: Path | None = None,
    processes: int = 1,
) -> Report:
    """Judge the record, its evidence and its conflicts by the shapes (SHACL, section 3).

    The report is that of one run of pySHACL over everything, but pySHACL only sees what queries have not cleared.

    Args:
        dataset: the record in the default graph, the passages' graphs, graph/evidence and graph/quality.
        shapes: a folder of `*.ttl` and `findings/*.rq`; without it, the one of this installation.
        texts: the sources' texts by stem, to hold the quotes against, each asked for once; without them quotes are
            not compared.
        store: the folder of the dataset's store, if it is on disk as it stands; needed for several processes.
        processes: how many processes share the work.

    Raises:
        ValidationError: there are no shapes, or the judge cannot run them.
    """
    clerk = Clerk(dataset, shapes or data("ontology") / "shapes")
    panel: AbstractContextManager[Shared] = alone(clerk)
    if store is not None and processes > 1:
        panel = several(store, dataset.vocabulary, clerk.folder, processes)
    with panel as share:
        found = _Hearing(clerk, share).hold(texts or {})
    return report(found, dataset.vocabulary)


def validate_whole(dataset: Dataset, shapes: Path | None = None, texts: Mapping[str, str] | None = None) -> Report:
    """The same by one run of pySHACL over everything, shapes as they stand: what `validate` is measured against."""
    clerk = Clerk(dataset, shapes or data("ontology") / "shapes")
    findings = [t for search in searches(clerk.folder / "findings", dataset) for t in clerk.find(search)]
    findings += clerk.compare(texts) if texts else []
    return report(clerk.rule_whole(findings), dataset.vocabulary)


@dataclass(frozen=True, slots=True)
class _Hearing:
    """One validation: what is asked of whom."""

    clerk: Clerk
    share: Shared

    def hold(self, texts: Mapping[str, str]) -> list[Found]:
        """Everything that there is to report."""
        findings: set[Triple] = set()
        suspects: dict[Suspect, None] = {}
        for method, found in self.share(chain(self._searches(texts), self._screenings())):
            if method == "screen":
                suspects.update(dict.fromkeys(found))
            else:
                findings.update(found)
        if self.clerk.needs_the_whole:
            return self.clerk.rule_whole(findings)
        suspects.update(dict.fromkeys(self._found_suspects(findings)))
        return self._rule(list(suspects), findings)

    def _searches(self, texts: Mapping[str, str]) -> Iterator[Task]:
        yield from (("find", (search,)) for search in searches(self.clerk.folder / "findings", self.clerk.dataset))
        if texts:
            yield "compare", (texts,)

    def _screenings(self) -> Iterator[Task]:
        for number, unit in enumerate(self.clerk.units):
            if not self.clerk.has(unit.targets):
                continue
            try:
                queries = self.clerk.screening.queries(unit)
            except NotScreenedError:
                queries = (self.clerk.screening.targets(unit.targets),)
            yield from (("screen", (number, query)) for query in queries)

    def _found_suspects(self, findings: set[Triple]) -> Iterator[Suspect]:
        """The targets that findings make, and all targets of units that can see findings."""
        used = {triple.predicate for triple in findings}
        for number, unit in enumerate(self.clerk.units):
            yield from ((number, t.subject) for t in findings if t.predicate in unit.targets.subjects_of)
            yield from ((number, t.object) for t in findings if t.predicate in unit.targets.objects_of)
            seen = properties(unit.shape)
            if used and (seen is None or used & seen):
                yield from self.clerk.screen(number, self.clerk.screening.targets(unit.targets))

    def _rule(self, suspects: list[Suspect], findings: set[Triple]) -> list[Found]:
        """The judge's results, batch by batch; each batch is given the findings about its own nodes."""
        tasks = []
        rest = iter(sorted(suspects, key=str))
        while batch := list(islice(rest, _BATCH)):
            nodes = {node for _, node in batch}
            near = [t for t in findings if t.subject in nodes or t.object in nodes]
            tasks.append(("rule", (batch, near)))
        return [result for _, found in self.share(tasks) for result in found]
