"""Search while somebody types, over a million names: every beginning of names in three scripts, and of two words."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import corpora
from measure import Bench, Figure

from fasti.index import Index, suggest, write_index
from fasti.index.gathering import Statement, Subject
from fasti.release import Release
from fasti.vocabulary import Vocabulary

_NAMES, _NAMES_SHORT = 1_000_000, 50_000
_TYPED = 150  # names that somebody types, letter by letter
_LETTERS = 14  # at most; then it has been found
_MOST = 10.0  # milliseconds
_SHOWN = 8


def measure(bench: Bench, _: Release) -> Iterator[Figure]:
    """In this process: what the index takes for an answer."""
    count = _NAMES_SHORT if bench.short else _NAMES
    vocabulary, path = Vocabulary(), bench.folder / "names.sqlite"
    names: list[str] = []
    write_index(path, _things(count // 4, vocabulary, names), vocabulary)
    taken = sorted(_typing(Index(Path(path), vocabulary.base), random.Random(2).sample(names, _TYPED)))
    for label, value in (("median", statistics.median(taken)), ("slowest hundredth", taken[-len(taken) // 100])):
        name = f"a letter more, of {count:,} names: {label}"
        yield Figure("search", name, "ms", value, "promise", _MOST, 1, more_is_better=False)


def _typing(index: Index, names: Sequence[str]) -> Iterator[float]:
    """Milliseconds of each answer."""
    for name in names:
        for length in range(1, min(len(name), _LETTERS) + 1):
            began = time.perf_counter()
            suggest(index, name[:length], _SHOWN)
            yield (time.perf_counter() - began) * 1000


def _things(count: int, vocabulary: Vocabulary, names: list[str]) -> Iterator[Subject]:
    """Bodies and people with four names each; `names` gets some of them, and of others two words."""
    chance = random.Random(1)
    kind, preferred, other, full, above = map(
        vocabulary.expand, ("rdf:type", "skos:prefLabel", "skos:altLabel", "foaf:name", "org:subOrganizationOf")
    )
    organization, person = vocabulary.expand("org:Organization"), vocabulary.expand("foaf:Person")
    for number in range(count):
        place, given = _word(chance), chance.choice(corpora.GIVEN)
        han = "".join(chance.choice(corpora.HAN)[0] for _ in range(4))
        if number % 3:
            english = f"{chance.choice(corpora.UNITS)} for {chance.choice(corpora.TOPICS)} of {place}"
            said = [Statement(kind, organization, ""), Statement(preferred, english, "en")]
            said += [Statement(above, vocabulary.entity("organization", f"body-{number // 9}"), "")]
            iri = vocabulary.entity("organization", f"body-{number}")
        else:
            english = f"{given} {place} {_word(chance)}"
            said = [Statement(kind, person, ""), Statement(full, english, "")]
            iri = vocabulary.entity("person", f"person-{number}")
        said += [Statement(preferred, han, "zh-hans"), Statement(other, place.translate(corpora.CYRILLIC), "ru")]
        said += [Statement(other, f"{place} {given}", "en")]
        if chance.random() < 0.01 or count < 20_000:
            names += [english, han, " ".join(english.split()[-2:])]
        yield iri, said


def _word(chance: random.Random) -> str:
    parts = (corpora.ONSETS, corpora.VOWELS, corpora.CODAS) * 2
    return "".join(chance.choice(part) for part in parts).capitalize()
