"""Makes the charts of an entity from the data of a release: what there is to draw, in words and as records."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fasti.release import Release
from fasti.store.embedded import NamedNode
from fasti.web.charts.chart import Cell, Chart, Query, Record
from fasti.web.charts.lineage import Change, lineage
from fasti.web.charts.names import Names
from fasti.web.charts.organization import OrganizationDrawing
from fasti.web.charts.stretches import Known
from fasti.web.charts.succession import SuccessionDrawing
from fasti.web.charts.svg import Canvas
from fasti.web.charts.timeline import draw
from fasti.web.charts.timeline_rows import MOST_UNITS, Timeline, TimelineRow, timeline
from fasti.web.charts.units import Unit, Units, flat
from fasti.web.dates import date_words
from fasti.web.language import gettext, ngettext, number
from fasti.web.moments import Day, Moment

AT_ONCE = 40  # rows of a timeline in one picture


@dataclass(frozen=True, slots=True)
class Asked:
    """What a chart is asked for: the entity and its kind, a moment, a depth, a page."""

    release: Release
    about: NamedNode
    kind: str
    moment: Moment | None
    depth: int
    page: int

    @property
    def today(self) -> Day:
        """The day that the data are of: the release's, so that a chart stays the same as long as its data do."""
        made = self.release.created
        return made.year, made.month, made.day


def timeline_chart(asked: Asked) -> Chart:
    """Who held a post or the posts of a body, or what a person held, and when."""
    names = Names(asked.release)
    found = timeline(asked.release, names, asked.about, asked.kind, asked.moment)
    shown = found.rows[(asked.page - 1) * AT_ONCE : asked.page * AT_ONCE]
    below = {
        "post": gettext("Who held this post, and when"),
        "organization": gettext("Who held its posts, and when"),
        "person": gettext("The posts of a career"),
    }[asked.kind]
    tenures = [row for row in found.rows if row.iri != row.subject]
    contested = sum(row.contested for row in tenures)  # which the record does not have, so that no page counts them
    held, bodies = len(tenures) - contested, len(found.rows) - len(tenures)
    counted = [
        *([ngettext("%(number)s tenure", "%(number)s tenures", held) % {"number": number(held)}] if held else []),
        *([ngettext("%(number)s contested tenure", "%(number)s contested tenures", contested) % {"number": number(contested)}]
          if contested else []),
        *([ngettext("%(number)s body", "%(number)s bodies", bodies) % {"number": number(bodies)}] if bodies else []),
    ]  # fmt: skip
    title = _title(found, names)
    cut = gettext("Of the units with known dates no more than the first %(number)s are shown.") if found.cut else ""
    note = cut % {"number": number(MOST_UNITS)} if found.rows else gettext("No source names a holder or a date.")

    def drawn(canvas: Canvas) -> None:
        top = canvas.heading(title, _at(below, asked.moment), names.of(asked.about.value).lang)
        _end(canvas, asked, draw(canvas, found, shown, asked.today, top), note)

    return Chart(
        title, below, _summary(_at(below, asked.moment), counted), _timeline_columns(asked), [_timeline_cells(found, row) for row in shown],
        lambda: [_timeline_record(found, row) for row in found.rows], drawn, Query("chart-tenures", "thing", asked.about),
        names.of(asked.about.value).lang, asked.page, max(1, math.ceil(len(found.rows) / AT_ONCE)),
        note,
    )  # fmt: skip


def _title(found: Timeline, names: Names) -> str:
    """The name; of a post, whose name is often just "Director", with that of its body."""
    name = names.of(found.about.value).text
    bodies = dict.fromkeys(row.organization for row in found.rows if row.organization)
    if found.kind != "post" or len(bodies) != 1:
        return name
    return gettext("%(post)s, %(body)s") % {"post": name, "body": names.of(next(iter(bodies))).text}


def _timeline_columns(asked: Asked) -> list[str]:
    first = {
        "post": [gettext("Holder")],
        "organization": [gettext("Post or unit"), gettext("Holder")],
        "person": [gettext("Post"), gettext("Body")],
    }[asked.kind]
    return [*first, gettext("When"), gettext("How"), *([gettext("At the time asked for")] if asked.moment else [])]


def _timeline_cells(found: Timeline, row: TimelineRow) -> list[Cell]:
    subject = _cell(found.names, row.subject)
    empty = Cell("")
    if found.kind == "organization":
        tenure = row.iri != row.subject
        post = _cell(found.names, row.group) if row.group else Cell(gettext("Members"))
        first = [post, subject] if tenure else [subject, empty]
    elif found.kind == "person":
        first = [subject, _cell(found.names, row.organization) if row.organization and row.post else empty]
    else:
        first = [subject]
    how = gettext(", ").join(note.text for note in found.notes(row))
    certainty = [Cell(gettext(str(row.certainty)))] if row.certainty else []
    return [*first, Cell(found.when(row), row.passage or row.iri), Cell(how), *certainty]


def _timeline_record(found: Timeline, row: TimelineRow) -> Record:
    names = found.names
    holder = "" if row.iri == row.subject else found.about.value if found.kind == "person" else row.subject
    return {
        "iri": row.iri,
        "person": holder,
        "person_name": names.of(holder).text if holder else "",
        "post": row.post,
        "post_name": names.of(row.post).text if row.post else "",
        "organization": row.organization,
        "organization_name": names.of(row.organization).text if row.organization else "",
        "when": found.when(row),
        **_times(found.known(row)),
        "how": [note.text for note in found.notes(row)],
        "incumbent": row.incumbent,
        "contested": row.contested,
        "certainty": str(row.certainty or ""),
    }


def _times(time: Known | None) -> Mapping[str, str]:
    days = time.stretch.days if time is not None else ("", "", "", "")
    named = zip(("earliest_begin", "latest_begin", "earliest_end", "latest_end"), days, strict=True)
    return {
        "edtf": time.edtf if time is not None else "",
        "begin_status": time.stretch.begin_status if time is not None else "",
        "end_status": time.stretch.end_status if time is not None else "",
    } | dict(named)


def organization_chart(asked: Asked) -> Chart:
    """A body and its units, to a depth."""
    names = Names(asked.release)
    tree = Units(asked.release, names, asked.moment).tree(asked.about.value, asked.depth)
    units = flat(tree)
    name = names.of(asked.about.value)
    levels = ngettext("The units, %(depth)s level deep", "The units, %(depth)s levels deep", asked.depth) % {
        "depth": asked.depth
    }
    below = _at(levels, asked.moment)
    counted = ngettext("%(number)s unit shown", "%(number)s units shown", len(units) - 1) % {
        "number": number(len(units) - 1)
    }
    left = sum(unit.more for unit in units if unit.units)

    def drawn(canvas: Canvas) -> None:
        drawing = OrganizationDrawing(canvas, names, tree, asked.moment, asked.today)
        top = canvas.heading(name.text, below, name.lang)
        _end(canvas, asked, drawing.draw(top + 4))

    return Chart(
        name.text, levels, _summary(below, [counted] if len(units) > 1 else []),
        [gettext("Body"), gettext("Unit as"), gettext("When"), gettext("Not shown"), *([gettext("At the time asked for")] if asked.moment else [])],
        [_unit_cells(names, unit, asked.moment) for unit in units],
        lambda: [_unit_record(names, unit, parent) for parent, unit in _pairs(tree, "")], drawn,
        Query("chart-units", "body", asked.about), name.lang,
        note=gettext("%(number)s units are left out here; the lists have them all.") % {"number": number(left)} if left else "",
    )  # fmt: skip


def _unit_cells(names: Names, unit: Unit, moment: Moment | None) -> list[Cell]:
    name = names.of(unit.iri)
    when = unit.time.words if unit.time is not None else ""
    more = (
        ngettext("%(number)s unit", "%(number)s units", unit.more) % {"number": number(unit.more)} if unit.more else ""
    )
    at = [Cell(gettext(str(unit.certainty)) if unit.certainty else gettext("no dates known"))] if moment else []
    return [Cell(name.text, unit.iri, name.lang, unit.level + 1), Cell(unit.relation), Cell(when), Cell(more), *at]


def _pairs(unit: Unit, parent: str) -> list[tuple[str, Unit]]:
    return [(parent, unit), *(pair for below in unit.units for pair in _pairs(below, unit.iri))]


def _unit_record(names: Names, unit: Unit, parent: str) -> Record:
    time = unit.time
    return {
        "iri": unit.iri,
        "name": names.of(unit.iri).text,
        "parent": parent,
        "level": unit.level,
        "relation": unit.relation,
        "when": time.words if time is not None else "",
        **_times(time),
        "not_shown": unit.more,
        "certainty": str(unit.certainty or ""),
    }


def succession_chart(asked: Asked) -> Chart:
    """What a body came from and what it became."""
    names = Names(asked.release)
    found = lineage(asked.release, names, asked.about.value)
    name = names.of(asked.about.value)
    below = gettext("What it came from, and what it became")
    bodies, events = len(found.bodies), len(found.joining)
    counted = [
        ngettext("%(number)s body", "%(number)s bodies", bodies) % {"number": number(bodies)},
        ngettext("%(number)s event between them", "%(number)s events between them", events)
        % {"number": number(events)},
    ]
    note = "" if events else gettext("No source says that it came from another body or became one.")

    def drawn(canvas: Canvas) -> None:
        drawing = SuccessionDrawing(canvas, names, found)
        top = canvas.heading(name.text, below, name.lang)
        _end(canvas, asked, drawing.draw(top + 6), note)

    return Chart(
        name.text, below, _summary(below, counted if events else []),
        [gettext("When"), gettext("Event"), gettext("Before"), gettext("After"), gettext("In words")],
        [_change_cells(names, change) for change in found.changes],
        lambda: [_change_record(names, change) for change in found.changes], drawn,
        Query("chart-succession", "body", asked.about), name.lang,
        note=gettext("There are more bodies than are shown.") if found.cut else note,
    )  # fmt: skip


def _change_cells(names: Names, change: Change) -> list[Cell]:
    before, after = (
        [Cell(names.of(body).text, body, names.of(body).lang) for body in side]
        for side in (change.before, change.after)
    )
    said = change.description
    return [
        Cell(change.when),
        Cell(change.kind, change.iri),
        _joined(before),
        _joined(after),
        Cell(said.text, "", said.lang),
    ]


def _joined(cells: Sequence[Cell]) -> Cell:
    if len(cells) == 1:
        return cells[0]
    return Cell("; ".join(cell.text for cell in cells), parts=tuple(cells))


def _change_record(names: Names, change: Change) -> Record:
    return {
        "iri": change.iri,
        "kind": change.kind,
        "when": change.when,
        "before": list(change.before),
        "before_names": [names.of(body).text for body in change.before],
        "after": list(change.after),
        "after_names": [names.of(body).text for body in change.after],
        "description": change.description.text,
    }


def _cell(names: Names, iri: str) -> Cell:
    name = names.of(iri)
    return Cell(name.text, iri, name.lang)


def _summary(below: str, counted: Sequence[str]) -> str:
    """What a chart shows, and how many of what; where there is nothing to count the note says so."""
    return f"{below}{gettext(': ')}{gettext(', ').join(counted)}" if counted else below


def _at(words: str, moment: Moment | None) -> str:
    if moment is None:
        return words
    return gettext("%(what)s (%(moment)s)") % {"what": words, "moment": date_words(moment.text)}


def _end(canvas: Canvas, asked: Asked, y: float, note: str = "") -> None:
    """The line that says where a picture is from, at its end; before it the note, which a page has beside the picture."""
    if note and canvas.alone:
        y += 20
        canvas.text(canvas.root, canvas.margin, y, note, "soft", fill="#625a50")
    canvas.source(y + 8, f"Fasti · CC BY-SA 4.0 · {asked.about.value}", asked.about.value)


BUILDERS: Mapping[str, Callable[[Asked], Chart]] = {
    "timeline": timeline_chart,
    "organization": organization_chart,
    "succession": succession_chart,
}
KINDS: Mapping[str, Sequence[str]] = {
    "timeline": ("post", "organization", "person"),
    "organization": ("organization",),
    "succession": ("organization",),
}
