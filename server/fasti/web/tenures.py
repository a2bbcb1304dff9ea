"""Who held a post, when, as what: the table on the pages of posts, people and bodies."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from fasti.store.embedded import NamedNode, Term
from fasti.web.dates import Span
from fasti.web.evidence import Quote
from fasti.web.moments import Certainty
from fasti.web.page import Page, Value

_PARTS = ("person", "post", "organization")


@dataclass(frozen=True, slots=True)
class Tenure:
    """One row; a part that the page itself is about is None."""

    iri: str
    person: Value | None
    post: Value | None
    organization: Value | None
    when: Span | None
    modes: tuple[Value, ...]
    titles: tuple[str, ...]
    as_of: Value | None
    quotes: tuple[Quote, ...]
    certainty: str = ""

    @property
    def words(self) -> str:
        """When it was, as a person would say."""
        if self.when is not None:
            return self.when.words
        return "incumbent, dates not stated" if self.as_of is not None else "dates not stated"

    @property
    def goes_on(self) -> bool:
        """Whether a source says that it goes on, by an open end or by naming the incumbent."""
        return (self.when is not None and self.when.goes_on) or self.as_of is not None


def tenures(page: Page) -> list[Tenure]:
    """The tenures that name the page's entity, oldest first, undated ones last; at a moment the possible ones."""
    rows: dict[str, list[dict[str, Term]]] = defaultdict(list)
    for row in page.release.dataset.select("tenures", thing=page.node):
        if page.description.certainty(row["membership"]) != Certainty.EXCLUDED:
            rows[row["membership"].value].append(dict(row))
    found = [(_order(group), _tenure(page, iri, group)) for iri, group in rows.items()]
    dated = [(tenure.when.key if tenure.when and tenure.when.key else "9", order, tenure) for order, tenure in found]
    return [tenure for _, _, tenure in sorted(dated, key=lambda item: (item[0], item[1], item[2].iri))]


def _tenure(page: Page, iri: str, rows: list[dict[str, Term]]) -> Tenure:
    first = rows[0]
    person, post, organization = (_value(page, first.get(part)) for part in _PARTS)
    interval = first.get("interval")
    modes = {row["mode"].value: row["mode"] for row in rows if "mode" in row}
    worded = {page.wording.text(mode) for mode in modes.values() if isinstance(mode, NamedNode)}
    titles = {row["title"].value for row in rows if "title" in row} - worded
    subjects = [NamedNode(iri), *([interval] if isinstance(interval, NamedNode) else [])]
    return Tenure(
        iri=iri,
        person=person,
        post=post,
        organization=None if first.get("post") == page.node else organization,
        when=page.span(interval) if isinstance(interval, NamedNode) else None,
        modes=tuple(value for _, mode in sorted(modes.items()) if (value := _value(page, mode)) is not None),
        titles=tuple(sorted(titles)),
        as_of=_value(page, first.get("asOf")),
        quotes=tuple({quote: None for subject in subjects for quote in page.evidence.of_subject(subject)}),
        certainty=page.description.certainty(NamedNode(iri)),
    )


def _value(page: Page, node: Term | None) -> Value | None:
    if not isinstance(node, NamedNode) or node == page.node:
        return None
    label = page.wording.label(node)
    return Value(label.text, label.lang, node.value)


def _order(rows: list[dict[str, Term]]) -> int:
    ordinal = rows[0].get("ordinal")
    return int(ordinal.value) if ordinal is not None and ordinal.value.isdigit() else 0
