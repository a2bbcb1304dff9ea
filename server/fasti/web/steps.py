"""The dates at which something about an entity changes, so that a reader can step from one to the next."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass

from fasti.store.embedded import NamedNode
from fasti.web.moments import Bounds, Day, Moment, parse, times
from fasti.web.page import Page


@dataclass(frozen=True, slots=True)
class Steps:
    """The nearest changes before and after what the page shows, each as a value of `at`; empty without one."""

    before: str = ""
    after: str = ""


def steps(page: Page) -> Steps:
    """The steps from the moment of the page; from all times, the last change that the data know is one step back."""
    moments = sorted(set(_changes(page)), key=_order)
    if page.moment is None:
        return Steps(moments[-1].text if moments else "")
    here = _order(page.moment)
    before = [each for each in moments if _order(each) < here]
    after = [each for each in moments if _order(each) > here]
    return Steps(before[-1].text if before else "", after[0].text if after else "")


def _order(moment: Moment) -> tuple[Day, Day]:
    return moment.first, moment.last


def _changes(page: Page) -> Iterator[Moment]:
    """When the entity or one of its neighbours that are no crowd begins or ends, certainly or possibly."""
    around = page.around(page.node)
    nodes = {page.node.value}
    for connection in around.connections:
        if not connection.is_crowd:
            for fact in around.at_all_times(connection):
                nodes |= {node.value for node in (fact.subject, fact.object) if isinstance(node, NamedNode)}
    for iri in nodes:
        for bounds in times().bounds(iri):
            yield from filter(None, map(parse, _of(bounds)))


def _of(bounds: Bounds) -> Iterator[str]:
    """When a thing began and when it ended, as exactly as the bounds tell; what one end lends the other is no date."""
    lent = bounds.latest_begin == bounds.latest_end
    yield from _dates(bounds.earliest_begin, None if lent and bounds.earliest_begin is None else bounds.latest_begin)
    lent = bounds.earliest_end == bounds.earliest_begin
    yield from _dates(None if lent and bounds.latest_end is None else bounds.earliest_end, bounds.latest_end)


def _dates(first: Day | None, last: Day | None) -> Iterator[str]:
    """The day, month or year from a first to a last day; the years of the two where it is longer, or one is not known."""
    known = [day for day in (first, last) if day is not None]
    if first is not None and first == last:
        yield f"{first[0]:04}-{first[1]:02}-{first[2]:02}"
    elif first is not None and last is not None and _is_month(first, last):
        yield f"{first[0]:04}-{first[1]:02}"
    else:
        yield from dict.fromkeys(f"{day[0]:04}" for day in known)


def _is_month(first: Day, last: Day) -> bool:
    return first[:2] == last[:2] and first[2] == 1 and last[0] > 0 and last[2] == monthrange(*last[:2])[1]
