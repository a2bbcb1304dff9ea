"""From the words of a date to the triples of a time:Interval (profile, section 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fasti.documents import dates
from fasti.documents.dates import Instant, Interval
from fasti.errors import MappingError
from fasti.store import Literal, NamedNode, Quad, graph_iri
from fasti.vocabulary import Vocabulary

_PRECISION = {
    "year": ("time:inXSDgYear", "xsd:gYear"),
    "month": ("time:inXSDgYearMonth", "xsd:gYearMonth"),
    "day": ("time:inXSDDate", "xsd:date"),
}


class Intervals:
    """Expands what rules and readings say of an interval in words.

    `?t doc:span "1956–1957"` is a whole interval, `doc:moment` that of an event, `doc:begins` and `doc:ends`
    one side of an existence, which other words may complete.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._readers: dict[NamedNode, tuple[Callable[[str], Interval | None], bool, bool]] = {
            self._node("doc:span"): (dates.parse, True, True),
            self._node("doc:moment"): (_any, True, True),
            self._node("doc:begins"): (_any, True, False),
            self._node("doc:ends"): (_any, False, True),
        }

    def expand(self, quad: Quad) -> Iterator[Quad]:
        """The quad itself, or in its place the triples of the interval that its words tell.

        Raises:
            MappingError: the words are no date.
        """
        if quad.predicate not in self._readers:
            yield quad
            return
        read, begin, end = self._readers[quad.predicate]
        interval = read(quad.object.value)
        if interval is None:
            raise MappingError(
                f"<{quad.subject.value}> in <{graph_iri(quad)}>: '{quad.object.value}' is no date; expected one"
            )
        yield self._quad(quad, quad.subject, "rdf:type", self._node("time:Interval"))
        if begin and end:
            yield from self._whole(quad, interval)
        if begin:
            yield from self._side(
                quad,
                "begin",
                interval.begin,
                interval.begin_status,
                "Begin",
                (interval.earliest_begin, interval.latest_begin),
            )
        if end:
            yield from self._side(
                quad, "end", interval.end, interval.end_status, "End", (interval.earliest_end, interval.latest_end)
            )
        if begin != end and (interval.edtf or interval.begin_edtf) and not (interval.begin if begin else interval.end):
            name = "fasti:beginEdtf" if begin else "fasti:endEdtf"
            yield self._quad(quad, quad.subject, name, self._edtf(interval.begin_edtf or interval.edtf or ""))

    def slug(self, words: str) -> str:
        """What a slug carries of a span: when it begins; else `until-…`; else the time it is attested for."""
        interval = dates.parse(words)
        if interval is None:
            return ""
        if interval.begin:
            return interval.begin.value
        return f"until-{interval.end.value}" if interval.end else (interval.attested_edtf or "")

    def _whole(self, quad: Quad, interval: Interval) -> Iterator[Quad]:
        said = (("edtf", interval.edtf), ("attestedEdtf", interval.attested_edtf),
                ("beginEdtf", interval.begin_edtf), ("endEdtf", interval.end_edtf))  # fmt: skip
        for name, text in said:
            if text is not None:
                yield self._quad(quad, quad.subject, f"fasti:{name}", self._edtf(text))

    def _side(
        self, quad: Quad, side: str, instant: Instant | None, status: str, name: str, bounds: tuple[object, object]
    ) -> Iterator[Quad]:
        yield self._quad(quad, quad.subject, f"fasti:{side}Status", self._node(f"status:{status}"))
        for bound, day in zip(("earliest", "latest"), bounds, strict=True):
            if day is not None:
                yield self._quad(
                    quad, quad.subject, f"fasti:{bound}{name}", Literal(str(day), datatype=self._node("xsd:date"))
                )
        if instant is not None:
            place = self.instant(quad.subject.value, side)
            property_, datatype = _PRECISION[instant.precision]
            yield self._quad(quad, quad.subject, "time:hasBeginning" if side == "begin" else "time:hasEnd", place)
            yield self._quad(quad, place, "rdf:type", self._node("time:Instant"))
            yield self._quad(quad, place, property_, Literal(instant.value, datatype=self._node(datatype)))

    @staticmethod
    def instant(interval: str, side: str) -> NamedNode:
        """The IRI of an interval's instant: `…#begin` of `…#time`, `…#existence-begin` of `…#existence`."""
        owner, _, fragment = interval.partition("#")
        return NamedNode(f"{owner}#{side}" if fragment == "time" else f"{interval}-{side}")

    def _edtf(self, text: str) -> Literal:
        return Literal(text, datatype=self._node("edtf:EDTF"))

    def _node(self, name: str) -> NamedNode:
        return NamedNode(self.vocabulary.expand(name))

    def _quad(self, like: Quad, s: NamedNode, p: str, o: NamedNode | Literal) -> Quad:
        return Quad(s, self._node(p), o, like.graph_name)


def _any(words: str) -> Interval | None:
    return dates.parse_point(words) or dates.parse(words)
