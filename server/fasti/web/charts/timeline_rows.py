"""The rows of a timeline: tenures of a post, of a body's posts or of a person, and the existence of bodies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from fasti.release import Release
from fasti.store.embedded import DefaultGraph, NamedNode, Term
from fasti.web.charts.names import Names
from fasti.web.charts.stretches import Known, Stretch, known, stretch
from fasti.web.intervals import Intervals
from fasti.web.language import gettext
from fasti.web.moments import Bounds, Certainty, Moment
from fasti.web.wording import Text

MOST_UNITS = 200  # of a body, itself among them


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One bar: `subject` names it, `iri` is the tenure, or the body whose existence it is.

    `group` is the IRI of what rows are grouped by: a post, or the body for its units; empty where there are no groups.
    `passage` is the graph of a tenure that a source states and the record does not have; `incumbent` is one that a
    source names as the present one, whatever the dates.
    """

    iri: str
    subject: str
    stretch: Stretch | None
    interval: str = ""
    group: str = ""
    post: str = ""
    organization: str = ""
    passage: str = ""
    incumbent: bool = False
    ordinal: int = 0
    certainty: Certainty | None = None

    @property
    def contested(self) -> bool:
        """Whether the record does not have it."""
        return bool(self.passage)

    @property
    def dated(self) -> bool:
        """Whether there is anything to draw on an axis."""
        return self.stretch is not None and not self.stretch.empty

    @property
    def order(self) -> tuple[bool, str, int, str]:
        """Oldest first, undated ones last, lists in their own order."""
        key = self.stretch.key if self.stretch is not None else ""
        return not key, key, self.ordinal, self.iri


@dataclass(frozen=True)
class Timeline:
    """The rows of one entity's timeline, and the words for what they name; `cut` when a body has more units."""

    release: Release
    names: Names
    about: NamedNode
    kind: str
    moment: Moment | None
    rows: tuple[TimelineRow, ...]
    cut: bool = False

    def notes(self, row: TimelineRow) -> list[Text]:
        """How somebody held a post: modes such as "acting", and the word that the source has instead of the title."""
        modes = [self.names.of(mode.value) for mode in self._said(row, "fasti:tenureMode")]
        titles = {title.value for title in self._said(row, "fasti:titleInSource")} - {text.text for text in modes}
        found = [*sorted(modes, key=lambda text: text.text), *(Text(f"“{title}”", "en") for title in sorted(titles))]
        if row.contested:
            found.append(Text(gettext("contested: one source says so, and the record follows another")))
        return found

    def known(self, row: TimelineRow) -> Known | None:
        """All about the time of a row."""
        if not row.interval:
            return None
        intervals = Intervals(self.release, NamedNode(row.passage)) if row.passage else self._intervals
        return known(intervals, NamedNode(row.interval))

    def when(self, row: TimelineRow) -> str:
        """The dates in words."""
        time = self.known(row)
        if time is not None:
            named = (
                f" · {gettext('named as the incumbent')}" if row.incumbent and not time.stretch.bounds.ongoing else ""
            )
            return time.words + named
        return gettext("incumbent, dates not stated") if row.incumbent else gettext("dates not stated")

    @cached_property
    def _intervals(self) -> Intervals:
        return Intervals(self.release)

    def _said(self, row: TimelineRow, property_: str) -> Iterator[Term]:
        graph = NamedNode(row.passage) if row.passage else DefaultGraph()
        predicate = NamedNode(self.release.vocabulary.expand(property_))
        return (quad.object for quad in self.release.dataset.quads(NamedNode(row.iri), predicate, graph=graph))


def timeline(release: Release, names: Names, about: NamedNode, kind: str, moment: Moment | None) -> Timeline:
    """The timeline of a post, a body or a person, its rows in reading order."""
    dataset = release.dataset
    found = [*_tenures(dataset.select("chart-tenures", thing=about), kind),
             *_contested(release, dataset.select("chart-contested", thing=about), kind)]  # fmt: skip
    existing: list[Mapping[str, Term]] = []
    if kind == "organization":
        existing += dataset.select("chart-existence", body=about)
        found += _existence(existing[:MOST_UNITS], about.value)
        place = _places(release, names, found, about.value)
        found.sort(key=lambda row: (row.iri != about.value, place[row.group], row.order))
    else:
        found.sort(key=lambda row: row.order)
    rows = tuple(_at(row, moment) for row in found)
    return Timeline(release, names, about, kind, moment, rows, len(existing) > MOST_UNITS)


def _tenures(solutions: Iterable[Mapping[str, Term]], kind: str) -> list[TimelineRow]:
    """One row for each tenure and, on a body's timeline, each post of it."""
    found: dict[tuple[str, str], TimelineRow] = {}
    for row in solutions:
        post, organization, interval = (row[n].value if n in row else "" for n in ("post", "organization", "interval"))
        number = row["ordinal"].value if "ordinal" in row else ""
        made = TimelineRow(
            iri=row["membership"].value,
            subject=(post or organization) if kind == "person" else row["person"].value,
            stretch=stretch(row),
            interval=interval,
            group=post if kind == "organization" else "",
            post=post,
            organization=organization,
            incumbent="asOf" in row,
            ordinal=int(number) if number.isdigit() else 0,
        )
        found.setdefault((made.iri, made.group), made)
    return list(found.values())


def _contested(release: Release, solutions: Iterable[Mapping[str, Term]], kind: str) -> list[TimelineRow]:
    """The same for tenures that are in the graphs of passages only; there are few."""
    found: dict[str, TimelineRow] = {}
    for row in solutions:
        passage = NamedNode(row["passage"].value)
        intervals = Intervals(release, passage)
        interval = next(intervals.of(NamedNode(row["membership"].value)), None)
        time = known(intervals, interval) if interval is not None else None
        (made,) = _tenures([row], kind)
        place = interval.value if interval is not None else ""
        full = replace(made, passage=passage.value, interval=place, stretch=time.stretch if time is not None else None)
        found.setdefault(made.iri, full)
    return list(found.values())


def _existence(solutions: Iterable[Mapping[str, Term]], body: str) -> list[TimelineRow]:
    found: dict[str, TimelineRow] = {}
    for row in solutions:
        unit, time = row["unit"].value, stretch(row)
        if time is not None:
            group = "" if unit == body else body
            found.setdefault(unit, TimelineRow(unit, unit, time, row["interval"].value, group, organization=unit))
    return list(found.values())


def _places(release: Release, names: Names, rows: list[TimelineRow], body: str) -> dict[str, tuple[int, str, str]]:
    """The order of the groups: the posts, that of the head first, then by name; who has no post; the body's units."""
    role, head = (NamedNode(release.vocabulary.expand(name)) for name in ("org:role", "org:Head"))

    def place(group: str) -> tuple[int, str, str]:
        if group in ("", body):
            return (3 if group == body else 2), "", group
        leads = next(release.dataset.quads(NamedNode(group), role, head, DefaultGraph()), None) is not None
        return 0 if leads else 1, names.of(group).text.lower(), group

    return {group: place(group) for group in dict.fromkeys(row.group for row in rows)}


def _at(row: TimelineRow, moment: Moment | None) -> TimelineRow:
    """How a row stands to the moment; a time of which nothing is said is never certain and never ruled out."""
    if moment is None:
        return row
    return replace(row, certainty=moment.certainty(row.stretch.bounds if row.stretch is not None else Bounds()))
