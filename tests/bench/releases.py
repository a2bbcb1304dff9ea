"""Makes a release of any size without documents: `python tests/bench/releases.py 1000000 FOLDER [BASE]`.

Everything a page shows is in it, in the profile's form and with true passages of texts that are there too. The
same number and seed give the same data.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from pyoxigraph import RdfFormat, Store
from statements import Terms
from world import World

from fasti import catalog, dumps, publication, release
from fasti.errors import ReleaseError
from fasti.index import subjects, write_index
from fasti.paths import data
from fasti.processes import Here
from fasti.store.embedded import Dataset
from fasti.vocabulary import DEFAULT_BASE, Vocabulary
from fasti.written import write_descriptions

CREATED = datetime(2026, 1, 1, tzinfo=UTC)
RULES = ("title", "names", "ranks", "foundations", "internal-units", "posts", "tenures")


def kept(statements: int) -> release.Release:
    """A release of that size, kept from one run to the next for as long as it can be opened."""
    folder = Path(__file__).parent / ".data" / str(statements)
    try:
        found = release.open_release(folder)
    except ReleaseError:
        found = None
    if found is None or found.written is None:
        sys.stdout.write(f"making a release of {statements:,} statements …\n")
        found = make(statements, folder)
    return found


def make(statements: int, folder: Path, base: str = DEFAULT_BASE, seed: int = 1) -> release.Release:
    """A folder of releases whose current one has about so many statements; what was in the folder is gone.

    Of the dumps there is the whole data set as N-Quads, plain and as zstd; the others are left out.
    """
    vocabulary = Vocabulary(base)
    shutil.rmtree(folder, ignore_errors=True)
    building = folder / "building"
    for name in ("store", "dumps", "sources"):
        (building / name).mkdir(parents=True)
    unsorted = folder / "lines.nq"
    texts = _write(statements, building / "sources", unsorted, Terms(vocabulary), seed)
    dataset = _load(unsorted, building / "store", vocabulary, texts)
    write_index(building / release.INDEX, subjects(dataset), vocabulary)
    digest = _dump(unsorted, building / "dumps")
    lines = building / "dumps" / dumps.CANONICAL
    write_descriptions(building / release.DESCRIPTIONS, building / "store", lines, vocabulary, Here())
    _describe(building, dataset, digest, len(texts))
    del dataset
    (folder / digest[:16]).unlink(missing_ok=True)
    building.rename(folder / digest[:16])
    (folder / publication.CURRENT).symlink_to(digest[:16])
    return release.open_release(folder)


def _write(statements: int, texts: Path, lines: Path, terms: Terms, seed: int) -> dict[str, bytes]:
    """Documents until there are enough statements: their texts, and all they say as N-Quads."""
    written: dict[str, bytes] = {}
    found = 0
    with lines.open("w", encoding="utf-8") as file:
        file.writelines(_lists(terms.vocabulary))
        for source in World(terms, seed).documents():
            said = "".join(source.lines())
            file.write(said)
            found += said.count(" .\n")
            written[source.stem] = source.text().encode()
            (texts / f"{source.stem}.txt").write_bytes(written[source.stem])
            if found >= statements:
                return written
    return written


def _lists(vocabulary: Vocabulary) -> Iterator[str]:
    """The vocabulary and code lists of the ontology, and the rules that the passages name: in both their graphs."""
    ontology, loaded = data("ontology"), Dataset.memory(vocabulary)
    for path in [ontology / "fasti.ttl", *sorted((ontology / "schemes").glob("*.ttl"))]:
        loaded.load(path)
    terms = Terms(vocabulary)
    rules = [
        f"{terms.name(f'rule:{rule}')} {terms.name(name)} {value}"
        for rule in RULES
        for name, value in (
            ("rdf:type", terms.name("skos:Concept")),
            ("skos:inScheme", f"<{vocabulary.scheme('rule')}>"),
            ("rdfs:label", terms.text(rule.replace("-", " "))),
            ("skos:prefLabel", terms.text(rule.replace("-", " "))),
        )
    ]
    graph = f"<{vocabulary.graph('vocabulary')}>"
    for triple in (*(str(quad.triple) for quad in loaded.quads()), *rules):
        yield f"{triple} .\n{triple} {graph} .\n"


def _load(lines: Path, store: Path, vocabulary: Vocabulary, texts: dict[str, bytes]) -> Dataset:
    """The store, with the catalog; `lines` gets the catalog too."""
    loading = Store(str(store))
    loading.bulk_load(path=str(lines), format=RdfFormat.N_QUADS)
    dataset = Dataset(loading, vocabulary)
    about = Dataset.memory(vocabulary)
    about.add(catalog.describe(dataset, texts, {}))
    quads = list(about.quads())
    loading.bulk_extend(quads)  # type: ignore[arg-type] # the engine's own types are wider
    with lines.open("a", encoding="utf-8") as file:
        file.writelines(f"{quad} .\n" for quad in quads)
    loading.optimize()
    loading.flush()
    return dataset


def _dump(lines: Path, folder: Path) -> str:
    """The canonical dump, and its digest; `lines` goes away."""
    whole = folder / dumps.CANONICAL
    subprocess.run(
        ["sort", "-u", "-o", str(whole), str(lines)], check=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"}
    )
    lines.unlink()
    with whole.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    (folder / dumps.RDFC).write_text(f"{digest}  {dumps.CANONICAL}\n", "utf-8")
    dumps.write_sums(folder, sorted(folder.iterdir()))
    return digest


def _describe(folder: Path, dataset: Dataset, digest: str, sources: int) -> None:
    """`release.json` and the digests of all files."""
    sizes = {row["graph"].value: int(row["triples"].value) for row in dataset.select("catalog-graphs")}
    counts = {"record": len(dataset) - sum(sizes.values()), "quads": len(dataset), "sources": sources}
    counts |= {row["name"].value: int(row["count"].value) for row in dataset.select("release-counts")}
    about = {"id": digest[:16], "base": dataset.vocabulary.base, "created": CREATED.isoformat(), "counts": counts,
             "rdfc10": digest, "fasti": version("fasti")}  # fmt: skip
    (folder / "release.json").write_text(json.dumps(about, indent=2) + "\n", "utf-8")
    dumps.write_sums(folder, sorted(path for path in folder.rglob("*") if path.is_file()))


if __name__ == "__main__":
    began = time.perf_counter()
    made = make(int(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:4])
    print(f"{made.path}: {made.counts} in {time.perf_counter() - began:.1f} s")  # noqa: T201
