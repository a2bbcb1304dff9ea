"""A document as nodes: heads, fields, items with their nesting, sentences, each with its place in the text."""

from __future__ import annotations

import re

from fasti.documents import dates, entries, tables
from fasti.documents.lines import Kind, Line
from fasti.documents.nodes import Fact, Node, Ref
from fasti.documents.sentences import sentences
from fasti.errors import Notice

LONGEST_ENTRY = 10_000  # code points of a heading, an item or a field
_PLAIN_KEY = re.compile(r"[A-Z][\w'’ .-]{0,38}[\w)]:\s+\S.*[^.:]")
_GLOSS = re.compile(
    r"\s*[(（](?:[^()（）]*:[^()（）]*|[^()（）]*[\u0370-\u1dff\u2e80-\uffdc][^()（）]*|[A-Z][A-Z&.]+)[)）]"
)
_FIELD_KEY = re.compile(r"[^\W\d_][\w'’ ./()-]{0,48}")


class Structure:
    """Builds the nodes of one document from its lines, top to bottom."""

    def __init__(self, path: str, source_lines: tuple[Line, ...]) -> None:
        self.path = path
        self.nodes: list[Node] = []
        self.notices: list[Notice] = []
        self._lines = source_lines
        self._heads: list[tuple[int, Node]] = []  # the heads above this line, with their levels
        self._items: list[tuple[int, Node]] = []  # the items that a deeper one would hang on
        self._infobox = True  # until the first heading or prose, `- Key: value` is a field
        self._fields = 0
        self._marked = sum(line.kind is Kind.HEADING for line in source_lines) > 1
        self._last_field: Node | None = None
        self._rows = tables.rows(source_lines)

    def build(self) -> list[Node]:
        """The nodes, in the order of the text."""
        for index, line in enumerate(self._lines):
            if line.kind is Kind.BLANK:
                continue
            if len(line.text) > LONGEST_ENTRY:
                self._long(line)
            elif index in self._rows:
                self._row(self._rows[index])
            elif line.kind is Kind.HEADING:
                self._heading(line)
            elif line.kind is Kind.TERM:
                self._head(line, line.text, 8, "term")
            elif line.kind is Kind.ITEM:
                self._item(line)
            else:
                self._prose(line, index)
        return self.nodes

    def _node(self, kind: str, span: tuple[int, int], line: Line, *facts: Fact) -> Node:
        node = Node(len(self.nodes), kind, *span, line.number, list(facts))
        self.nodes.append(node)
        return node

    def _named(self, kind: str, line: Line) -> None:
        """The subject's name; brackets that hold a short form or a foreign one are no part of it, `(France)` is."""
        text = entries.plain(line.text)
        node = self._node(kind, line.content, line, ("text", _GLOSS.sub("", text).strip() or text))
        self._entry(node, text, line)

    def _notice(self, line: Line, offset: int, message: str) -> None:
        excerpt = str(line).rstrip("\r\n")
        self.notices.append(Notice(self.path, line.number, offset - line.start + 1, message, excerpt))

    # Heads: headings, terms, lines that introduce a list.

    def _heading(self, line: Line) -> None:
        opened, closed = line.get("open"), line.get("close")
        if opened != closed:
            found = f"'{closed}'" if closed else "nothing"
            self._notice(
                line,
                line.start + len(str(line).rstrip()),
                f"heading opened by '{opened}': expected the same at its end, found {found}",
            )
        if not self._heads and (line.level == 1 or self._opens(line)) and not self._titled:
            self._named("Title", line)
            return
        above = self._heads[-1][0] if self._heads else 1
        if line.level > above + 1 and line.level < 7:
            self._notice(
                line,
                line.offset("open"),
                f"heading of level {line.level} under level {above}: expected at most {above + 1}",
            )
        self._head(line, line.text, line.level, "heading")

    @property
    def _titled(self) -> bool:
        return any(node.kind == "Title" for node in self.nodes)

    def _opens(self, heading: Line) -> bool:
        """Whether a heading of a lower level is the title all the same: first, and an infobox is below it."""
        below = [x for x in self._lines if x.start > heading.start and x.kind is not Kind.BLANK][:2]
        if self.nodes or len(below) < 2:
            return False
        pairs = [_pair(x) for x in below]
        fields = all(pairs) and not all(pair and dates.parse(pair[1]) for pair in pairs)
        named = below[0].kind is Kind.PROSE and below[1].kind is Kind.ITEM and pairs[1] is not None
        return fields or named or below[0].text.casefold().startswith("infobox")

    def _head(self, line: Line, text: str, level: int, form: str) -> None:
        while self._heads and self._heads[-1][0] >= level:
            self._heads.pop()
        node = self._node("Head", line.content, line, ("text", entries.plain(text)), ("form", form), ("level", level))
        self._entry(node, entries.plain(text), line)
        if self._heads:
            node.facts.append(("under", Ref(self._heads[-1][1].number)))
        self._heads.append((level, node))
        self._items, self._infobox = [], False

    # Fields and items.

    def _item(self, line: Line) -> None:
        pair = entries.key_and_value(line.text)
        if not (self._infobox or self._heads or self._fields or self._items):
            self._infobox = self._follows_lead(line)
        if self._infobox and pair and _FIELD_KEY.fullmatch(pair[0]):
            self._field(line, *pair)
        elif self._infobox and self._last_field and line.depth > 0:
            self._values(self._last_field, line.text, line)
            self._last_field.end = line.content[1]
        else:
            self._list_item(line)

    def _follows_lead(self, line: Line) -> bool:
        """Whether an infobox stands after the introduction: a list without a heading, whose first two items are fields."""
        here = [x for x in self._lines if x.start >= line.start and x.kind is not Kind.BLANK][:2]
        pairs = [entries.key_and_value(x.text) if x.kind is Kind.ITEM else None for x in here]
        keys = all(pair and _FIELD_KEY.fullmatch(pair[0]) for pair in pairs) and len(pairs) == 2
        return keys and not all(pair and dates.parse(pair[1]) for pair in pairs)

    def _field(self, line: Line, key: str, value: str) -> None:
        words = re.sub(r"[_\s]+", " ", re.sub(r"(?<=[a-z\d])(?=[A-Z])", " ", key)).casefold().strip()
        digits = re.search(r"\d+", words)
        name = re.sub(r"\s+", " ", re.sub(r"\d+", "", words)).strip()
        node = self._node(
            "Field",
            line.content,
            line,
            ("key", name),
            ("said", entries.plain(f"{key}: {value}")),
            ("group", name.split(" ")[0]),
            ("number", int(digits[0]) if digits else 1),
        )
        self._last_field, self._fields = node, self._fields + 1
        if value:
            self._values(node, value, line)
        else:
            self._notice(
                line, line.content[1], f"field '{key}' has no value here: expected one after ':' or as items below"
            )

    def _values(self, node: Node, value: str, line: Line) -> None:
        link = re.fullmatch(r"\[(https?://\S+)(?:\s[^\]]*)?\]", value)
        value = link[1] if link else value
        node.facts.append(("text", entries.plain(value)))
        self._entry(node, value, line)
        for role, cut in (("entry", entries.breaks), ("part", entries.parts), ("name", entries.conjuncts)):
            self._parts(node, role, [piece for _, piece in cut(value)], line)

    def _list_item(self, line: Line) -> None:
        while self._items and self._items[-1][0] >= line.depth:
            self._items.pop()
        above = self._items[-1][1] if self._items else None
        pieces = entries.items(line.text)
        for at, piece in pieces:
            start = line.offset("text") + at
            span = line.content if len(pieces) == 1 else (start, start + len(piece))
            node = self._one_item(line, piece, span, above)
        self._items.append((line.depth, node))
        self._infobox = False

    def _one_item(self, line: Line, text: str, span: tuple[int, int], above: Node | None) -> Node:
        node = self._node("Item", span, line, ("text", entries.plain(text)))
        number = line.get("marker").strip("(.)")
        if number.isdecimal():
            node.facts.append(("ordinal", int(number)))
        if above:
            node.facts.append(("within", Ref(above.number)))
        if self._heads:
            node.facts.append(("under", Ref(self._heads[-1][1].number)))
        pair = entries.keyed(text)
        if pair and not dates.parse(pair[1]):
            node.facts += [("key", entries.entry(pair[0]).label), ("value", entries.plain(pair[1]))]
            self._parts(node, "name", [piece for _, piece in entries.conjuncts(pair[1])], line)
        self._entry(node, text, line)
        self._parts(node, "joint", entries.joint(text), line)
        return node

    def _parts(self, node: Node, role: str, pieces: list[str], line: Line) -> None:
        others = sum(name == role for name, _ in node.facts)  # of the values above
        for position, piece in enumerate(pieces, others):
            part = self._node(
                "Part", (node.start, node.end), line, ("text", entries.plain(piece)), ("position", position)
            )
            self._entry(part, piece, line)
            node.facts.append((role, Ref(part.number)))

    def _entry(self, node: Node, text: str, line: Line) -> None:
        read = entries.entry(text)
        node.facts.append(("label", read.label))
        if read.unclosed is not None:
            place = line.start + max(0, str(line).find(text)) + read.unclosed
            self._notice(line, place, "bracket that nothing closes: expected ')' before the end of the line")
        node.facts += [("mark", mark) for mark in read.marks]
        for position, note in enumerate(read.notes):
            facts: list[Fact] = [("text", entries.plain(note.text)), ("position", position)]
            facts += [("date", note.date)] if note.date else []
            facts += [("words", entries.plain(note.words) or note.words)] if note.words else []
            node.facts.append(("note", Ref(self._node("Note", (node.start, node.end), line, *facts).number)))

    # Tables.

    def _row(self, row: tables.Row | None) -> None:
        """A row that has its columns' headers is what they say; any other is text that no rule reads."""
        if row is None or not any(row.cells):
            return
        span = (row.first.content[0], row.last.content[1])
        node = self._node("Row", span, row.first, ("said", entries.plain(" | ".join(row.cells))))
        if self._heads:
            node.facts.append(("under", Ref(self._heads[-1][1].number)))
        for position, (cell, column) in enumerate(zip(row.cells, row.columns, strict=False)):
            part = self._node("Cell", span, row.first, ("column", entries.plain(column)), ("position", position))
            self._entry(part, cell, row.first)
            node.facts.append(("cell", Ref(part.number)))
        self._items, self._infobox = [], False

    # Prose, and the lines that only look like it.

    def _prose(self, line: Line, index: int) -> None:
        following = next((x for x in self._lines[index + 1 :] if x.kind is not Kind.BLANK), None)
        text = line.text
        if re.fullmatch(r"(?:\{\{ ?)?infobox\b.{0,60}", text, re.IGNORECASE):
            self._infobox = True
            self._node("Infobox", line.content, line, ("text", text))
        elif (
            self._infobox
            and _PLAIN_KEY.fullmatch(text)
            and (self._fields or (following and _PLAIN_KEY.fullmatch(following.text)))
        ):
            pair = entries.keyed(text)
            self._field(line, *(pair or (text.rstrip(":"), "")))
        elif self._infobox and (pair := tables.parameter(text)):
            self._field(line, *pair)
        elif self._names_infobox(text, following):
            self._named("Name", line)
        elif self._plain_title(line, following):
            self._named("Title", line)
        elif self._plain_head(text, following):
            self._head(line, text, 2, "plain")
        elif text.endswith((":", "：")) and following and following.kind in (Kind.ITEM, Kind.HEADING):
            self._paragraph(line)
            self._head(line, text.rstrip(":："), 9, "lead-in")
        else:
            if "=" in text[:1] + text[-1:]:
                self._notice(
                    line,
                    line.start + str(line).index("="),
                    "stray '=': expected a heading as '== Text ==', read as prose",
                )
            self._infobox = self._infobox and text.startswith("|")  # a line of it that nobody can read
            self._paragraph(line)

    def _names_infobox(self, text: str, following: Line | None) -> bool:
        if not self._infobox or self._fields or following is None or len(text) > 250 or text.endswith("."):
            return False
        return following.kind is Kind.ITEM and bool(entries.keyed(following.text))

    def _plain_title(self, line: Line, following: Line | None) -> bool:
        return not self.nodes and not self._marked and following is not None and _titular(line.text)

    def _plain_head(self, text: str, following: Line | None) -> bool:
        return (
            not self._marked
            and following is not None
            and bool(self.nodes)
            and _titular(text)
            and len(text.split()) <= 8
        )

    def _long(self, line: Line) -> None:
        """Nothing that has a name is so long: an item, a field or a heading is read as prose, and that is said."""
        if line.kind is not Kind.PROSE:
            self._notice(
                line,
                line.start,
                f"{line.kind} of over {LONGEST_ENTRY} characters: expected a name and notes, read as prose",
            )
        self._infobox = False
        self._paragraph(line)

    def _paragraph(self, line: Line) -> None:
        if self._heads and self._heads[-1][0] == 9:  # a list's introduction ends with its list
            self._heads.pop()
        node = self._node("Paragraph", line.content, line)
        if self._heads:
            node.facts.append(("under", Ref(self._heads[-1][1].number)))
        self._items = []
        offset = line.offset("text")
        for position, (start, end) in enumerate(sentences(line.text)):
            self._node(
                "Sentence", (offset + start, offset + end), line,
                ("text", line.text[start:end]), ("position", position), ("in", Ref(node.number)),
            )  # fmt: skip


def _pair(line: Line) -> tuple[str, str] | None:
    """The key and value of a line that reads like a field, with the sign of an item before it or without."""
    if line.kind is Kind.ITEM:
        return entries.key_and_value(line.text)
    return entries.keyed(line.text) if _PLAIN_KEY.fullmatch(line.text) else None


def _titular(text: str) -> bool:
    """Whether a line without markup reads like a heading: short, capital first, no stop at its end."""
    return len(text) < 160 and len(text.split()) <= 20 and text[:1].isupper() and text[-1] not in ".!?:;,。"
