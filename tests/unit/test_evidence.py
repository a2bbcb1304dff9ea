"""Where statements stand: quotes and offsets, headings, weights, and which sources are one text."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import RdfFormat
from pyoxigraph import parse as parsed

from fasti.documents import Document, parse
from fasti.evidence import DATED_ITEM, LINE, PROSE, Evidence, Passage, families, passages
from fasti.mapping import map_documents
from fasti.mapping.engine import Mappings
from fasti.paths import data
from fasti.store import Literal, NamedNode, Quad
from fasti.vocabulary import Vocabulary

VOCABULARY = Vocabulary()
MAPPINGS = Mappings.load(data("mappings"), VOCABULARY)
MINT = """= Royal Mint of Ruritania =

Infobox
- Agency Name: Royal Mint of Ruritania 𠮷
- Leader Title: Director
- Leader Name: Ann Smith

The Royal Mint of Ruritania was established in 1870.

== Leaders ==

=== Directors ===
- Bob Stone (1990–2001)
- Carl Wood
"""
PROSE_TEXT = " ".join(f"word{number} of the story" for number in range(40))


def document(text: str, stem: str = "mint") -> Document:
    return parse(text, Path(f"{stem}.txt"))


def found(text: str) -> dict[str, Passage]:
    """The passages of a document by their quotes."""
    read = document(text)
    return {passage.quote: passage for passage in passages(map_documents([read], MAPPINGS), [read]).values()}


def written(lines: Iterable[str]) -> list[Quad]:
    """The quads of lines of N-Quads, each with its graph."""
    return [*parsed("".join(lines), RdfFormat.N_QUADS)]


def test_a_quote_is_the_text_at_its_offsets_in_code_points() -> None:
    """Profile 1: offsets count code points, end exclusive, also behind a character outside the BMP."""
    read = found(MINT)
    assert "- Leader Name: Ann Smith" in read
    for quote, passage in read.items():
        assert MINT[passage.start : passage.end] == quote
        assert passage.iri == VOCABULARY.passage("mint", passage.start, passage.end)
        assert passage.line == MINT[: passage.start].count("\n") + 1


def test_a_dated_list_entry_weighs_three_an_infobox_line_two_prose_one() -> None:
    """Profile 7: weight by the kind of passage."""
    read = found(MINT)
    assert read["- Bob Stone (1990–2001)"].weight == DATED_ITEM == 3
    assert read["- Leader Name: Ann Smith"].weight == LINE == 2
    prose = [passage for passage in read.values() if "1870" in passage.quote]
    assert [passage.weight for passage in prose] == [PROSE] == [1]


def test_a_list_entry_without_a_date_weighs_like_a_line() -> None:
    """Profile 7: only a dated list entry weighs more."""
    assert found(MINT)["- Carl Wood"].weight == LINE


def test_a_passage_knows_the_headings_above_it() -> None:
    """Outermost first; what stands above all headings has none."""
    read = found(MINT)
    assert read["- Bob Stone (1990–2001)"].heading == "Leaders › Directors"
    assert read["- Leader Name: Ann Smith"].heading == ""


def test_texts_that_share_most_five_word_shingles_are_one_family() -> None:
    """Profile 7: a revision with another ending is the same witness."""
    one, other = document(PROSE_TEXT, "a"), document(PROSE_TEXT + " And another ending.", "b")
    assert families([one, other]) == {"a": "a", "b": "a"}


def test_a_revision_that_is_an_excerpt_belongs_to_the_family() -> None:
    """The smaller text decides: half an article is no second witness."""
    whole = document(PROSE_TEXT, "a")
    half = document(PROSE_TEXT[: len(PROSE_TEXT) * 2 // 3], "b")
    assert families([whole, half])["b"] == "a"


def test_different_texts_are_different_families() -> None:
    """Two documents about one body are two witnesses."""
    other = " ".join(f"another{number} account by somebody" for number in range(40))
    assert families([document(PROSE_TEXT, "a"), document(other, "b")]) == {"a": "a", "b": "b"}


def test_texts_too_short_to_tell_are_not_joined() -> None:
    """A shared title and three words are no sign of one origin."""
    assert families([document("= Mint =\nA mint.", "a"), document("= Mint =\nA mint.", "b")]) == {"a": "a", "b": "b"}


def test_families_are_transitive() -> None:
    """Three revisions are one family, however the pairs are met."""
    texts = [PROSE_TEXT, PROSE_TEXT + " One more.", PROSE_TEXT + " One more and yet another one."]
    stems = ("c", "a", "b")
    assert set(families([document(t, s) for t, s in zip(texts, stems, strict=True)]).values()) == {"a"}


def test_upper_case_and_line_breaks_do_not_make_another_text() -> None:
    """Shingles compare words."""
    assert families([document(PROSE_TEXT, "a"), document(PROSE_TEXT.upper().replace(" ", "\n"), "b")])["b"] == "a"


def test_a_passage_is_written_with_quote_position_and_rule() -> None:
    """Web Annotation 4.2.4 and 4.2.5: exact, prefix, suffix; start and end."""
    read = document("before the words after", "s")
    passage = Passage(VOCABULARY.passage("s", 7, 16), read, 7, 16, 1, PROSE, "History")
    quads = written(Evidence(VOCABULARY).passage(passage, {"units": {VOCABULARY.entity("organization", "mint")}}))
    triples = {(q.subject.value, q.predicate.value, q.object) for q in quads}
    expand, iri = VOCABULARY.expand, passage.iri
    assert (f"{iri}#quote", expand("oa:exact"), Literal("the words")) in triples
    assert (f"{iri}#quote", expand("oa:prefix"), Literal("before ")) in triples
    assert (f"{iri}#quote", expand("oa:suffix"), Literal(" after")) in triples
    assert (f"{iri}#position", expand("oa:start"), Literal(7)) in triples
    assert (f"{iri}#position", expand("oa:end"), Literal(16)) in triples
    assert (iri, expand("fasti:readBy"), NamedNode(VOCABULARY.rule("units"))) in triples
    assert {quad.graph_name for quad in quads} == {NamedNode(VOCABULARY.graph("evidence"))}


def test_a_source_names_its_digest_text_topic_and_revisions() -> None:
    """Section 7: revisions are prov:alternateOf each other. No licence is guessed."""
    topic = VOCABULARY.entity("organization", "mint")
    read = parse(MINT, Path("mint.txt"), "0" * 64)
    quads = written(Evidence(VOCABULARY).source(read, topic, ["other"]))
    values = {q.predicate.value: q.object.value for q in quads}
    assert VOCABULARY.expand("dct:license") not in values
    assert values[VOCABULARY.expand("fasti:sha256")] == "0" * 64
    assert values[VOCABULARY.expand("schema:contentUrl")] == VOCABULARY.text("mint")
    assert values[VOCABULARY.expand("foaf:primaryTopic")] == topic
    assert values[VOCABULARY.expand("prov:alternateOf")] == VOCABULARY.source("other")
