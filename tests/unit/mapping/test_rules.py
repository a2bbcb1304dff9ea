"""What rules say of small documents, and what they must not say."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from fasti.build import Built, build
from fasti.documents import parse
from fasti.mapping.engine import Mappings, map_documents
from fasti.paths import data
from fasti.store import Literal, shorten
from fasti.vocabulary import Vocabulary

HEAD = "= Mint of Ruritania =\n\nMint of Ruritania\n"


class Reader:
    """Builds a document of its own and keeps what came of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, text: str) -> set[str]:
        """The statements of a document with this text, in short."""
        return {shorten(quad, Vocabulary()) for quad in self.built(text).mapped.quads}

    def built(self, text: str) -> Built:
        """What building a document with this text comes to."""
        path = self.folder / "mint.txt"
        path.write_text(HEAD + text, "utf-8")
        return build([path], Vocabulary())


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    """A function from the text of a document to its statements in short."""
    return Reader(tmp_path)


def test_a_key_that_the_lexicon_lacks_says_nothing(read: Reader) -> None:
    """An unknown key is no formation, no affiliation, nothing."""
    assert read("- Blorb: 1990\n") == read("- Frobnicate: 1990\n")
    assert not [line for line in read("- Blorb: 1990\n") if "1990" in line]


def test_two_terms_after_a_name_are_two_tenures(read: Reader) -> None:
    """Dates separated by a comma each make a tenure."""
    said = read("- Leader Title: Master\n\n== Masters ==\n- Otto Halit, 1907–1914, 1916–1918\n")

    spans = sorted(line.split('"')[1] for line in said if " fasti:edtf " in line)
    assert spans == ["1907/1914", "1916/1918"]


def test_each_line_of_a_holder_has_its_own_dates(read: Reader) -> None:
    """Two lines on one person that begin alike and end differently disagree; neither end enters the record."""
    built = read.built("- Leader Title: Master\n\n== Masters ==\n- Ann Gold (1995–1996)\n- Ann Gold (1995–1998)\n")

    assert built.report.is_publishable
    conflicts = {q.subject.value for q in built.dataset.quads() if "/id/conflict/" in q.subject.value}
    assert any("has-end--ann-gold" in iri for iri in conflicts)


def test_a_period_below_a_heading_of_holders_inherits_it(read: Reader) -> None:
    """`=== Since 2007 ===` under `== Heads ==` is about the same post."""
    said = read("- Leader Title: Master\n\n== Heads ==\n\n=== Since 2007 ===\n1. Ann Gold (2007–2011)\n")

    assert (
        "<id/membership/ann-gold--master--mint-of-ruritania--2007> fasti:post <id/post/master--mint-of-ruritania>"
        in said
    )


def test_an_office_of_the_body_itself_serves_that_body(read: Reader) -> None:
    """`Office of the Commission` in a document about a commission names no other one."""
    text = "= Salt Commission of Ruritania =\n\n== Departments ==\n- Office of the Commission\n"
    path = read.folder / "salt.txt"
    path.write_text(text, "utf-8")
    said = {shorten(quad, Vocabulary()) for quad in build([path], Vocabulary()).mapped.quads}

    served = [line.split()[-1] for line in said if " fasti:servesBody " in line]
    assert served == ["<id/organization/salt-commission-of-ruritania>"]


@pytest.mark.parametrize("value", ["Vacant", "none", "CBS", "Dr.", "?", "TBA"])
def test_words_that_name_nobody_make_no_person(read: Reader, value: str) -> None:
    """A vacancy, an order, a bare honorific is nobody."""
    said = read(f"- Leader Title: Master\n- Leader Name: {value}\n")

    assert not [line for line in said if "foaf:Person" in line]


def test_honours_and_degrees_are_not_of_a_name(read: Reader) -> None:
    """The same person with and without a title of honour is one."""
    said = read("- Leader Title: Master\n- Leader Name: Hon. Ann Gold, CBS\n\n== Masters ==\n- Dr. Ann Gold (2001–)\n")

    assert {line for line in said if "foaf:name" in line} == {'<id/person/ann-gold> foaf:name "Ann Gold"'}


def test_a_list_that_cannot_be_taken_apart_is_left_to_a_reader(read: Reader) -> None:
    """`the affairs of X, Y and Z` is not three functions."""
    said = read("\nThe Mint is responsible for handling the affairs of the Treasury, Senate, and the Court.\n")

    assert not [line for line in said if "org:purpose" in line]


@pytest.mark.parametrize(
    "sentence",
    [
        "According to some, the Mint was established in 1845.",
        "The Mint was to be abolished in 1845.",
        "The Library of the Mint was established in 1845.",
        "The Mint was not established in 1845.",
        "Unlike the Treasury, which was founded in 1845, the Mint coins money.",
    ],
)
def test_a_date_that_the_words_do_not_give_the_body_is_not_its_date(read: Reader, sentence: str) -> None:
    """Hedges, plans, negations and other bodies' dates say nothing of when this one began or ended."""
    assert not [line for line in read(f"\n{sentence}\n") if "fasti:edtf" in line]


def test_the_whole_named_in_the_first_sentence_is_the_parent(read: Reader) -> None:
    """A name, its abbreviation, another name in between: the verb is still about the subject."""
    said = read(
        "\nThe Mint of Ruritania (MR), also known as the Coin Office, is an agency of the Ministry of Metal of Ruritania.\n"
    )

    assert (
        "<id/organization/mint-of-ruritania> org:subOrganizationOf <id/organization/ministry-of-metal-of-ruritania>"
        in said
    )


def test_a_name_that_a_comma_may_cut_is_not_taken(read: Reader) -> None:
    """`an agency of the Department for Coins, Notes and Stamps` names no Department for Coins."""
    said = read("\nThe Mint is an agency of the Department for Coins, Notes and Stamps.\n")

    assert not [line for line in said if "subOrganizationOf" in line]


def test_a_list_of_publications_names_works_of_the_body(read: Reader) -> None:
    """Quotes around a title are not of it; a heading or a title that says so makes a periodical."""
    said = read('\n== Publications ==\n- "Coin Weekly"\n- Annual Report\n')

    assert "<id/work/coin-weekly--mint-of-ruritania> rdf:type schema:Periodical" in said
    assert '<id/work/coin-weekly--mint-of-ruritania> skos:prefLabel "Coin Weekly"@en' in said
    assert "<id/work/annual-report--mint-of-ruritania> rdf:type schema:CreativeWork" in said
    assert "<id/work/annual-report--mint-of-ruritania> dct:publisher <id/organization/mint-of-ruritania>" in said


def held(statements: set[str]) -> set[str]:
    """Person and post of each tenure, from its slug."""
    ends = ("org:Membership",)
    return {s.split()[0].rpartition("/")[2].rstrip(">") for s in statements if s.endswith(ends)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- Agency executive: Ada Low, Master\n", {"ada-low--master--mint-of-ruritania"}),
        (
            "- Agency executives: Ada Low, Master; Bo Ek, Deputy Master\n",
            {"ada-low--master--mint-of-ruritania", "bo-ek--deputy-master--mint-of-ruritania"},
        ),
        ("- Commander2: Ada Low\n- Commander2 Label: Master\n", {"ada-low--master--mint-of-ruritania"}),
        ("- Notable Commanders: Ada Low\n- Type: Mint\n", set()),
        ("- Deputy: Comrade Procurator\n- Type: Mint\n", set()),
        ("- Deputy: Joan Bishop\n- Type: Mint\n", {"joan-bishop--deputy--mint-of-ruritania"}),
        (
            "\n== Masters ==\n- Ada Low (1990–1995) and Bo Ek (1995–1999)\n",
            {"ada-low--master--mint-of-ruritania--1990", "bo-ek--master--mint-of-ruritania--1995"},
        ),
        ("\n== Staff ==\n- Registrar – Ada Low\n", {"ada-low--registrar--mint-of-ruritania"}),
        (
            "\n== Masters ==\nNo.\tName\tTook office\tLeft office\n1\tAda Low\t1 May 1990\t1995\n2\tBo Ek\t1995\tIncumbent\n",
            {"ada-low--master--mint-of-ruritania--1990-05-01", "bo-ek--master--mint-of-ruritania--1995"},
        ),
        ("\n== Masters ==\n- Ada Low (* 1940; † 1999)\n", {"ada-low--master--mint-of-ruritania"}),
        ("\n== MASTERS-GENERAL ==\n- Ada Low (1990–)\n", {"ada-low--master-general--mint-of-ruritania--1990"}),
    ],
)
def test_who_held_what(read: Reader, text: str, expected: set[str]) -> None:
    """Holders where a value says its title, a key says who is not in office, and tables; titles are nobody's names."""
    assert held(read(text)) == expected


def test_a_manner_before_its_dates_is_that_of_these(read: Reader) -> None:
    """`(acting, 1990; 1991–1995)`: the first tenure was acting, the second was not."""
    said = read("\n== Masters ==\n- Ada Low (acting, 1990–1991; 1991–1995)\n")

    (mode,) = (s for s in said if "fasti:tenureMode" in s)
    assert "--1990>" in mode


@pytest.mark.parametrize("status", ["Defunct", "Active", "Abolished in 1990"])
def test_whether_a_body_goes_on_is_no_kind_of_body(read: Reader, status: str) -> None:
    """A status says that a body is no more, and not what it is."""
    assert not any("org:classification" in s for s in read(f"- Status: {status}\n- Formed: 1900\n"))


def test_seats_of_several_times_are_no_address(read: Reader) -> None:
    """`Strelsau; later Hentzau` has no one town."""
    assert not any("vcard:locality" in s for s in read("- Seat: Strelsau; later Hentzau\n- Formed: 1900\n"))


def test_what_is_nested_in_no_unit_is_nobodys(read: Reader) -> None:
    """A unit below an item that is no unit is not put below the subject."""
    said = read("\n== Departments ==\n- see also the list of 1990.\n  - Assay Office\n- Melting Office\n")

    assert not any("assay-office" in s for s in said)
    assert any("melting-office" in s for s in said)


def test_several_native_names_are_several_labels(read: Reader) -> None:
    """One field, two names; and the language that the key states."""
    said = read("- Native name: Große Münze; Suur Rahapada\n- Native name (Swedish): Stora myntet\n")

    assert any('"Große Münze"@und' in s for s in said)
    assert any('"Stora myntet"@sv' in s for s in said)


def test_former_names_have_a_section(read: Reader) -> None:
    """Items under `Former names` are names of the subject where they name a body."""
    said = read("\n== Former names ==\n- Royal Mint Office (1800–1850)\n- Ada Low\n")

    assert any('skos:altLabel "Royal Mint Office"@en' in s for s in said)
    assert not any("Ada Low" in s for s in said)


@pytest.mark.parametrize(
    "dates", ["spring 1621 – summer 1625", "winter 1935/36", "618–907", "14 (25) March 1719 – 1738"]
)
def test_odd_dates_stop_no_build(read: Reader, dates: str) -> None:
    """What the reader makes of a date agrees with what the shapes expect of it."""
    built = read.built(f"\n== Masters ==\n- Ada Low ({dates})\n")

    assert built.report.is_publishable
    assert any("org:memberDuring" in shorten(quad, Vocabulary()) for quad in built.mapped.quads)


def test_a_long_list_takes_no_longer_for_each_item(tmp_path: Path) -> None:
    """Four times the holders take about four times as long, not sixteen."""

    def seconds(count: int) -> float:
        names = (f"Ada{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)} Low" for n in range(count))
        rows = "".join(f"{n}. {name} (1990–1995)\n" for n, name in enumerate(names, 1))
        document = parse(f"{HEAD}\n== Masters ==\n{rows}", tmp_path / "mint.txt")
        started = time.process_time()
        map_documents([document], mappings)
        return time.process_time() - started

    mappings = Mappings.load(data("mappings"), Vocabulary())
    seconds(10)

    assert seconds(1600) < 9 * seconds(400)


def test_who_declined_held_nothing(read: Reader) -> None:
    """An appointment that was declined is no tenure; the one below is."""
    assert held(read("\n== Masters ==\n- Ada Low (appointed 1 May 1990, declined)\n- Bo Ek (1991–)\n")) == {
        "bo-ek--master--mint-of-ruritania--1991"
    }


def test_a_text_that_names_nothing_is_called_as_its_file(tmp_path: Path) -> None:
    """What it is about has some name, and none that a reader could take for another."""
    path = tmp_path / "grand_priors.txt"
    path.write_text("1. Martin (1186)\n2. Bernard (1188–1190)\n", "utf-8")
    built = build([path], Vocabulary())
    names = {quad.object for quad in built.dataset.quads() if quad.predicate.value.endswith("prefLabel")
             and quad.subject.value.endswith("organization/grand-priors")}  # fmt: skip

    assert names == {Literal("grand priors", language="en")}


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("Ada de Low served as master from 1990 to March 1995.", "1990/1995-03"),
        ("Ada de Low has been the master since 2001.", "2001/.."),
        ("Ada de Low became Master of the Mint of Ruritania in 1703.", "1703/"),
        ("Ada de Low was appointed acting master on 4 May 1760.", "1760-05-04/"),
        ("Ada de Low succeeded Bo Ek as master in May 1760.", "1760-05/"),
        ("In 1632, Ada de Low was elected the second master.", "1632/"),
        ("On May 4, 1760 Ada de Low took office as master.", "1760-05-04/"),
        ("Ada de Low retired as master in 1780.", "/1780"),
    ],
)
def test_a_sentence_that_tells_of_a_holder_alone_is_a_tenure(read: Reader, sentence: str, span: str) -> None:
    """Of a post that the document has anyway; the bounds are those of the words."""
    said = read(f"- Leader Title: Master\n\n{sentence}\n")

    assert [line.split('"')[1] for line in said if " fasti:edtf " in line] == [span]
    assert any('foaf:name "Ada de Low"' in line for line in said)
    assert any("mode:acting" in line for line in said) == ("acting" in sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ada de Low may have served as master from 1990 to 1995.",
        "Ada de Low was not master from 1990 to 1995.",
        "Ada de Low served as treasurer from 1990 to 1995.",
        "Ada de Low served as master of the Tower of London from 1990 to 1995.",
        "Ada de Low was to become master in 1990.",
        "He served as master from 1990 to 1995.",
        "Ada de Low was master, it is said, from 1990 to 1995.",
        "Ada de Low served as master from time to time.",
        "Ada de Low became the wife of the master in 1990.",
        "The Royal Mint was established in 1990.",
    ],
)
def test_a_sentence_that_hedges_or_tells_of_something_else_is_none(read: Reader, sentence: str) -> None:
    """Another post, somebody without a name, a plan."""
    said = read(f"- Leader Title: Master\n\n{sentence}\n")

    assert not [line for line in said if "org:Membership" in line]


def test_a_sentence_repeats_no_tenure_of_a_list(read: Reader) -> None:
    """`1990` in a list and `4 May 1990` in a sentence are one beginning, not two tenures."""
    said = read("\nAda Low became master on 4 May 1990.\n\n== Masters ==\n- Ada Low (1990–1995)\n")

    assert sum(" a org:Membership" in line or "rdf:type org:Membership" in line for line in said) == 1


def test_a_tenure_after_one_that_is_outweighed_has_no_predecessor(read: Reader) -> None:
    """What a list and a table contradict each other about is told by neither, nor by what refers to it."""
    built = read.built(
        "\n== Masters ==\n- Otto Silver (1990–2001)\n\nNo.\tName\tTook office\tLeft office\n"
        "2\tMarie Uwimana\t1 January 2000\t30 June 2006\n3\tAmina Odhiambo\t15 February 2007\tIncumbent\n"
    )

    assert built.report.is_publishable, built.report
    assert any("/id/conflict/" in quad.subject.value for quad in built.dataset.quads())
    assert any("precededBy" in quad.predicate.value for quad in built.mapped.quads)


def test_a_title_before_a_dash_is_of_no_name(read: Reader) -> None:
    """Under another title: the registrar is the registrar, and nobody is called `Registrar – Anna Holm`."""
    built = read.built("\n== Presidents ==\n- Registrar – Anna Holm\n")
    names = {quad.object.value for quad in built.dataset.quads() if quad.predicate.value.endswith("foaf/0.1/name")}

    assert names == {"Anna Holm"}
    assert built.report.is_publishable, built.report


def test_what_stands_below_a_title_field_and_is_no_title_is_no_post(read: Reader) -> None:
    """Each title makes its own post, whatever else was put there."""
    built = read.built("- Chief1 Position: Director General\n    - Asia Section\n    - Deputy Director\n")
    posts = {q.subject.value.rpartition("/")[2] for q in built.dataset.quads() if "/id/post/" in q.subject.value}

    assert posts == {"director-general--mint-of-ruritania", "deputy-director--mint-of-ruritania"}
    assert built.report.is_publishable, built.report


def test_the_first_of_several_values_says_when_a_body_was_founded(read: Reader) -> None:
    """What stands below it is something else, whatever date it has."""
    built = read.built("- Established: March 23, 2013\n  - Bo Ek, 1640–1641\n  - 5 May 1990\n")
    dates = {quad.object.value for quad in built.dataset.quads() if quad.predicate.value.endswith("def#edtf")}

    assert "2013-03-23" in dates
    assert not any("1990" in date or "1640" in date for date in dates)
    assert built.report.is_publishable, built.report
