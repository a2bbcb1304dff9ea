"""The days on which something about an entity changes, so that a reader can step from one to the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from fasti.store.embedded import NamedNode
from fasti.web.moments import Bounds, Day, times
from fasti.web.page import Page


@dataclass(frozen=True, slots=True)
class Steps:
    """The nearest days of change before and after what the page shows, each as a value of `at`; empty without one."""

    before: str = ""
    after: str = ""


def steps(page: Page) -> Steps:
    """The steps from the moment of the page; from all times, the last change that the data know is one step back."""
    days = sorted(set(_changes(page)))
    if page.moment is None:
        return Steps(_text(days[-1]) if days else "")
    before = [day for day in days if day < page.moment.first]
    after = [day for day in days if day > page.moment.last]
    return Steps(_text(before[-1]) if before else "", _text(after[0]) if after else "")


def _changes(page: Page) -> Iterator[Day]:
    """When the entity or one of its neighbours that are no crowd begins or ends, certainly or possibly."""
    around = page.around(page.node)
    nodes = {page.node.value}
    for connection in around.connections:
        if not connection.is_crowd:
            for fact in around.at_all_times(connection):
                nodes |= {node.value for node in (fact.subject, fact.object) if isinstance(node, NamedNode)}
    for iri in nodes:
        for bounds in times().bounds(iri):
            yield from _of(bounds)


def _of(bounds: Bounds) -> Iterator[Day]:
    """A state changes when a thing may have begun, has begun, may have ended and has ended."""
    for day in (bounds.earliest_begin, bounds.latest_begin):
        if day is not None:
            yield day
    for day in (bounds.earliest_end, bounds.latest_end):
        if day is not None and (following := _next(day)) is not None:
            yield following


def _next(day: Day) -> Day | None:
    try:
        following = date(*day) + timedelta(days=1)
    except (ValueError, OverflowError):  # a year that this machine's calendar does not have
        return None
    return following.year, following.month, following.day


def _text(day: Day) -> str:
    return f"{day[0]:04}-{day[1]:02}-{day[2]:02}"
