"""Makes corpora of any size in the seeds' own format: bodies of invented countries, seeded, the same bytes every time.

    python tests/bench/corpora.py 10000 FOLDER [SEED]

Every document is on its own body; its parent is the body of another document, so that a country is one tree. Sizes
are spread like those of encyclopedia articles: most are short, a few are long lists. About one in twenty disagrees with
another document, one in eighty is a revision of another one's text.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

COUNTRY = 80  # documents to a country, about
ONSETS = (
    "b",
    "br",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "kr",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
    "z",
)
VOWELS = ("a", "e", "i", "o", "u", "ai", "ei", "ou")
CODAS = ("", "", "n", "r", "l", "s", "m", "nd", "rk")
TOPICS = (
    "Fisheries", "Harbours", "Railways", "Forests", "Weights and Measures", "Lighthouses", "Canals", "Mines", "Grain",
    "Public Works", "Maritime Safety", "Veterinary Affairs", "Land Survey", "Postal Traffic", "Water Supply",
    "Animal Health", "River Navigation", "Historic Monuments", "Salt and Spirits", "Bridges", "Roads", "Seed Control",
    "Geology", "Meteorology", "Patents", "Aviation", "Telegraphs", "Pensions", "Quarantine", "Viticulture",
)  # fmt: skip
LEVELS = (
    ("Ministry of {topic} of {country}", "Minister"),
    ("{topic} Agency of {country}", "Director-General"),
    ("Institute for {topic} in {place}, {country}", "Director"),
    ("{topic} Station of {place}, {country}", "Superintendent"),
    ("Committee on {topic} of {place}, {country}", "Chairman"),
)
UNITS = (
    "Legal Department", "Personnel Bureau", "Research Office", "Archives Section", "Finance Division", "Translation Section",
    "Internal Audit Office", "Press Office", "Statistics Division", "Planning Department", "Procurement Section",
    "Training Department", "Information Bureau", "Inspection Division", "Registry", "Library", "Laboratory Section",
    "International Department", "Accounting Office", "Security Bureau", "General Affairs Division", "Drafting Section",
)  # fmt: skip
TASKS = (
    "licensing", "inspection of vessels", "collection of fees", "training of inspectors", "keeping of registers",
    "publication of statistics", "maintenance of depots", "settlement of disputes", "supply of instruments",
    "testing of samples", "drafting of regulations", "supervision of local offices",
)  # fmt: skip
GIVEN = ("Ada", "Bo", "Cyra", "Dorin", "Elsa", "Farid", "Gerda", "Henrik", "Ines", "Jorun", "Karel", "Lena", "Marek",
         "Nadia", "Olaf", "Petra", "Quentin", "Rosa", "Stefan", "Tove", "Ulla", "Viktor", "Wanda", "Yusuf", "Zora")  # fmt: skip
HAN = (("王", "Wáng"), ("李", "Lǐ"), ("港", "Gǎng"), ("海", "Hǎi"), ("水", "Shuǐ"), ("林", "Lín"), ("山", "Shān"),
       ("务", "Wù"), ("总", "Zǒng"), ("局", "Jú"), ("部", "Bù"), ("国", "Guó"))  # fmt: skip
CYRILLIC = str.maketrans(dict(zip("abdefghijklmnoprstuvz", "абдефгхийклмнопрстувз", strict=True)))
MONTHS = ("January", "March", "April", "June", "July", "September", "October", "December")


@dataclass
class Body:
    """What a document is about: its full name, what stands above it, and a few facts that other documents repeat."""

    name: str
    title: str
    topic: str
    country: str
    place: str
    level: int
    parent: Body | None
    founded: int
    children: list[Body] = field(default_factory=list)


def corpus(size: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Stem and text of `size` documents; a corpus begins with the countries of every smaller one of its seed."""
    number = 0
    country = 0
    while number < size:
        for text in _country(country, seed):
            if number == size:
                return
            yield f"{number:06d}_{random.Random(f'{seed}-{number}').getrandbits(64):016x}", text
            number += 1
        country += 1


def write(size: int, folder: Path, seed: int = 1) -> int:
    """Write a corpus to a folder; gives the number of characters."""
    folder.mkdir(parents=True, exist_ok=True)
    total = 0
    for stem, text in corpus(size, seed):
        (folder / f"{stem}.txt").write_text(text, "utf-8")
        total += len(text)
    return total


def _country(number: int, seed: int) -> Iterator[str]:
    dice = random.Random(f"{seed}/{number}")
    bodies = _tree(_word(number).capitalize() + dice.choice(("ia", "land", "mark", "or")), dice)
    for body in bodies:
        text = _article(body, dice)
        yield text
        if dice.random() < 1 / 80:
            yield _revision(text, dice)


def _word(number: int, syllables: int = 3) -> str:
    """A word of its own for every number: its digits, spelled in syllables."""
    word = ""
    for _ in range(syllables):
        number, onset = divmod(number, len(ONSETS))
        number, vowel = divmod(number, 5)
        word += ONSETS[onset] + VOWELS[vowel]
    return word


def _tree(country: str, dice: random.Random) -> list[Body]:
    root = Body(f"Government of {country}", "Prime Minister", "", country, "", -1, None, dice.randint(1780, 1900))
    made, names = [root], {root.name}
    while len(made) < COUNTRY:
        above = root if len(made) < 9 else dice.choice([body for body in made if body.level < len(LEVELS) - 1])
        level = above.level + 1
        pattern, title = LEVELS[level]
        topic = dice.choice(TOPICS) if level < 2 or dice.random() < 0.3 else above.topic
        place = above.place if level > 3 else _word(dice.randrange(10**5), 2).capitalize() + dice.choice(CODAS)
        name = pattern.format(topic=topic, country=country, place=place)
        if name not in names:
            names.add(name)
            founded = min(1995, above.founded + dice.randint(0, 40))
            body = Body(name, title, topic, country, place, level, above, founded)
            above.children.append(body)
            made.append(body)
    return made


def _article(body: Body, dice: random.Random) -> str:
    """A document on a body; its length is drawn first, and everything that repeats follows it."""
    length = min(8.0, 0.4 * dice.paretovariate(1.3))
    short = body.name.partition(" of ")[0] if body.level in (1, 3) else body.name.partition(",")[0]
    parts = [f"= {short if dice.random() < 0.2 and body.level == 1 else body.name} =\n"]
    parts += [*_infobox(body, dice), "", _lead(body, dice), ""]
    if dice.random() < 0.1 + 0.4 * length:
        parts += ["== History ==", *_history(body, dice, length), ""]
    if dice.random() < 0.1 + 0.4 * length:
        parts += [
            dice.choice(("== Organization ==", "== Internal organization ==", "== Departments ==")),
            *_units(dice, length),
            "",
        ]
    if body.children and dice.random() < 0.7:
        parts += [dice.choice(("== Subordinate agencies ==", "== Affiliated institutions ==")),
                  *(f"- {child.name}{_aside(child, dice)}" for child in body.children), ""]  # fmt: skip
    parts += [f"== {_plural(body.title)} ==", *_holders(body, dice, length), ""]
    if dice.random() < 0.3 * length:
        parts += [f"== Deputy {_plural(body.title)} ==", *_holders(body, dice, length / 2), ""]
    if body.parent and dice.random() < 0.4:
        parts += ["== See also ==", f"- {dice.choice([body.parent, *body.parent.children]).name}", ""]
    return "\n".join(parts)


def _infobox(body: Body, dice: random.Random) -> Iterator[str]:
    yield body.name
    if dice.random() < 0.6:
        yield from _native(body, dice)
    if dice.random() < 0.8:
        yield f"- {dice.choice(('Formation', 'Formed', 'Established'))}: {_date(body.founded, dice)}"
    if dice.random() < 0.4:
        yield f"- Type: {dice.choice(('Government agency', 'Public body', 'Ministerial level agency', 'Advisory body'))}"
    if dice.random() < 0.5:
        yield f"- Headquarters: {dice.randint(1, 90)} {_name(dice, 2)} Street, {body.place or 'Capital City'}"
    yield f"- Jurisdiction: {body.country}"
    if dice.random() < 0.7:
        yield f"- Leader Title: {body.title}"
        yield f"- Leader Name: {_person(dice)}"
    if body.parent:
        yield f"- {dice.choice(('Parent Organization', 'Parent Agency', 'Parent Department'))}: {body.parent.name}"


def _native(body: Body, dice: random.Random) -> Iterator[str]:
    kind = dice.randrange(4)
    if kind == 0:
        signs = [dice.choice(HAN) for _ in range(dice.randint(4, 8))]
        yield f"- Native Name: {''.join(han for han, _ in signs)}"
        yield "- Native Name Lang: zh-Hans"
        yield f"- Pinyin: {' '.join(said for _, said in signs)}"
    elif kind == 1:
        yield f"- Native Name: {_name(dice, 3).lower().translate(CYRILLIC)} {_name(dice, 4).lower().translate(CYRILLIC)}"
        yield "- Native Name Lang: ru"
    else:
        yield f"- Native Name: {_name(dice, 3)} {_name(dice, 2).lower()} {body.place or _name(dice, 2)}"
        yield f"- Native Name Lang: {dice.choice(('de', 'fr', 'et', 'pt'))}"


def _lead(body: Body, dice: random.Random) -> str:
    above = f"is an agency of the {body.parent.name}" if body.parent else f"is the government of {body.country}"
    tasks = dice.sample(TASKS, 3)
    said = [f"The {body.name} {above}."]
    if dice.random() < 0.6:
        said.append(f"It is responsible for {tasks[0]}, {tasks[1]}, and {tasks[2]}.")
    if dice.random() < 0.4:
        said.append(f"It is headed by the {body.title}.")
    return " ".join(said)


def _history(body: Body, dice: random.Random, length: float) -> Iterator[str]:
    said = [f"The {body.name} was established in {body.founded}."]
    said += [  # now and then not the year that its own document has
        f"The {child.name} was established in {child.founded + dice.choice((0, 0, 0, 2))}."
        for child in body.children[: int(1 + length)]
        if dice.random() < 0.3
    ]
    said += [
        f"In {dice.randint(body.founded, 2015)} its {dice.choice(TASKS)} moved to {_name(dice, 3)}, where "
        f"{_person(dice)} had opened a depot near the {_name(dice, 2)} bridge."
        for _ in range(int(0.5 + length))
    ]
    yield " ".join(said)


def _units(dice: random.Random, length: float) -> Iterator[str]:
    for unit in dice.sample(UNITS, min(len(UNITS), 1 + int(3 * length))):
        yield f"- {unit}{dice.choice(('', '', '', ' (bureau level)', ' (established 1987)'))}"
        for nested in dice.sample(UNITS, dice.choice((0, 0, 0, 1, 2))):
            if nested != unit:
                yield f"  - {nested}"


def _aside(child: Body, dice: random.Random) -> str:
    return f" (established {child.founded})" if dice.random() < 0.2 else ""


def _holders(body: Body, dice: random.Random, length: float) -> Iterator[str]:
    """A list of holders, one after the other, in one of the notations that such lists have."""
    numbered = dice.random() < 0.3
    form = dice.randrange(4)
    year = max(1900, body.founded)
    for number in range(1, 2 + int(4 * length)):
        until = year + dice.randint(1, 9)
        person = _person(dice)
        dates = _span(year, until, dice, last=until > 2020)
        marker = f"{number}." if numbered else "-"
        if dice.random() < 0.06:
            yield f"{marker} {person}"
        elif form == 0:
            yield f"{marker} {person}, {dates}"
        elif form == 1:
            yield f"{marker} {dates}: {person}"
        else:
            mode = dice.choice(("", "", "", "", "", ", acting")) if form == 2 else ""
            yield f"{marker} {person} ({dates}{mode})"
        year = until
        if year > 2020:
            return


def _span(begin: int, end: int, dice: random.Random, *, last: bool) -> str:
    if last:
        return dice.choice((f"{begin}–", f"{begin}–present", f"{dice.choice(MONTHS)} {begin} – present"))
    kind = dice.randrange(8)
    if kind == 0:
        return f"{_day(begin, dice)} – {_day(end, dice)}"
    if kind == 1:
        return f"{dice.choice(MONTHS)} {begin} – {dice.choice(MONTHS)} {end}"
    if kind == 2:
        return f"{begin}–?"
    if kind == 3:
        return f"? – {end}"
    return f"{begin}–{end}"


def _day(year: int, dice: random.Random) -> str:
    day, month = dice.randint(1, 28), dice.choice(MONTHS)
    return dice.choice((f"{day} {month} {year}", f"{month} {day}, {year}"))


def _date(year: int, dice: random.Random) -> str:
    return dice.choice((str(year), str(year), f"{dice.choice(MONTHS)} {year}", _day(year, dice), f"c. {year}"))


def _person(dice: random.Random) -> str:
    return f"{dice.choice(GIVEN)} {_name(dice, dice.choice((2, 3)))}"


def _name(dice: random.Random, syllables: int) -> str:
    return "".join(dice.choice(ONSETS) + dice.choice(VOWELS) for _ in range(syllables)).capitalize() + dice.choice(
        CODAS
    )


def _plural(title: str) -> str:
    return {"Director-General": "Directors-General", "Chairman": "Chairmen"}.get(title, title + "s")


def _revision(text: str, dice: random.Random) -> str:
    """The same article at another time: a leader later, or a line less."""
    lines = text.split("\n")
    movable = [n for n, line in enumerate(lines) if line.startswith("- Leader Name")]
    for number in movable:
        lines[number] = f"- Leader Name: {_person(dice)}"
    droppable = [n for n, line in enumerate(lines) if line.startswith("- Headquarters")]
    for number in reversed(droppable):
        del lines[number]
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> None:
    """`corpora.py SIZE FOLDER [SEED]`."""
    size, folder = int(arguments[0]), Path(arguments[1])
    total = write(size, folder, int(arguments[2]) if len(arguments) > 2 else 1)
    sys.stdout.write(f"{folder}: {size} documents, {total} characters\n")


if __name__ == "__main__":
    main(sys.argv[1:])
