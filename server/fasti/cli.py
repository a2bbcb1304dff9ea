"""The command line: build, check, serve, get, explain, verify, load. Thin: it says what happens and how it ended."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import click

from fasti import __doc__ as about
from fasti.errors import FastiError, UsageError
from fasti.paths import data
from fasti.vocabulary import DEFAULT_BASE, Vocabulary

RELEASES = Path(".releases")
releases_option = click.option(
    "--releases",
    type=click.Path(path_type=Path),
    default=RELEASES,
    envvar="FASTI_RELEASES",
    show_default=True,
    help="Folder of releases.",
)


class _Main(click.Group):
    """Errors of ours become one message on standard error and an exit code that scripts can rely on."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except FastiError as error:
            click.echo(f"fasti: {error}", err=True)
            context.exit(error.exit_code)
        except KeyboardInterrupt:
            context.exit(130)
        except BrokenPipeError:
            sys.stderr.close()
            context.exit(141)


@click.group(
    cls=_Main,
    help=about,
    epilog=(
        "Exit codes: 0 done, 1 'get' was answered with an error, 2 usage, 3 a document, 4 the mapping, "
        "5 a shape violated, 6 a release, 7 a query, 8 a store."
    ),
)
@click.version_option(package_name="fasti")
def main() -> None:
    """See `fasti COMMAND --help`."""


def _vocabulary(base: str) -> Vocabulary:
    try:
        return Vocabulary(base if base.endswith("/") else base + "/")
    except ValueError as error:
        raise UsageError(str(error)) from error


class _Progress:
    """Says on standard error what is going on, with seconds since the start."""

    def __init__(self) -> None:
        self.start = time.monotonic()

    def __call__(self, words: str) -> None:
        click.echo(f"{time.monotonic() - self.start:6.2f}s  {words}", err=True)


@main.command()
@click.option(
    "--seeds",
    type=click.Path(path_type=Path),
    default=None,
    help="Folder of *.txt documents.  [default: the five seeds]",
)
@releases_option
@click.option(
    "--base", default=DEFAULT_BASE, envvar="FASTI_BASE", show_default=True, help="What every IRI starts with."
)
@click.option("--scheduler", default="", help="Map on the Dask cluster there, such as tcp://10.0.0.1:8786.")
def build(seeds: Path | None, releases: Path, base: str, scheduler: str) -> None:
    """Build a release from documents, validate it and publish it.

    A document that cannot be read is reported and left out, and the exit code is 3; the others are published. What
    documents say is kept in the folder of releases, in `.cache`: only those that changed are mapped again.
    """
    from fasti import build as building

    progress = _Progress()
    published = building.publish(
        building.sources(seeds or data("seeds")), _vocabulary(base), releases, progress, scheduler=scheduler
    )
    for notice in published.notices:
        click.echo(f"warning: {notice}", err=True)
    counts, results = published.release.counts, published.report.results
    warnings = sum(result.severity == "Warning" for result in results)
    progress(
        f"published {published.release.id}: {counts['sources']} documents, {counts['quads']} statements, "
        f"{warnings} warnings (see /quality)"
    )
    for failure in published.failures:
        click.echo(f"error: {failure}", err=True)
    if published.failures:
        raise click.exceptions.Exit(published.failures[0].exit_code)


@main.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--base", default=DEFAULT_BASE, envvar="FASTI_BASE", show_default=True, help="What every IRI starts with."
)
@click.option(
    "--diff", is_flag=True, help="Show what the record would say more (+) and less (-) than the current release."
)
@releases_option
@click.option("--quiet", is_flag=True, help="No statements, only what is left unread and what is wrong.")
def check(files: tuple[Path, ...], base: str, diff: bool, releases: Path, quiet: bool) -> None:
    """Say what documents would publish, and every line that nothing understood; publish nothing.

    Without FILES the five seeds are checked, and only coverage and what is wrong is shown.
    """
    from fasti import build as building
    from fasti.checking import Check, difference
    from fasti.release import open_release

    paths = list(files) or building.sources(data("seeds"))
    before = open_release(releases).dataset if diff else None
    built = building.build(paths, before.vocabulary if before else _vocabulary(base))
    for line in (
        difference(before, built.dataset) if before else Check(built).lines(statements=bool(files) and not quiet)
    ):
        click.echo(line)
    for failure in built.failures:
        click.echo(f"error: {failure}", err=True)
    built.report.require()
    if built.failures:
        raise click.exceptions.Exit(built.failures[0].exit_code)


@main.command()
@releases_option
@click.option("--host", default="127.0.0.1", envvar="FASTI_HOST", show_default=True)
@click.option("--port", default=8000, envvar="FASTI_PORT", show_default=True)
@click.option(
    "--store", default="", envvar="FASTI_STORE", help="Serve the release that 'fasti load' put into the store there."
)
@click.option(
    "--record", default="", envvar="FASTI_STORE_RECORD", help="Its graph for the record, as for 'fasti load'."
)
@click.option(
    "--base",
    default=DEFAULT_BASE,
    envvar="FASTI_BASE",
    show_default=True,
    help="What every IRI in that store starts with.",
)
def serve(releases: Path, host: str, port: int, store: str, record: str, base: str) -> None:
    """Serve the current release over HTTP."""
    from fasti.web.server import serve as run

    settings = {"store": store, "store_record": record, "base": base}
    run(releases, host, port, say=lambda words: click.echo(words, err=True), **settings)


@main.command()
@click.argument("path")
@click.option("--accept", default="text/turtle", show_default=True, help="The Accept header of the request.")
@releases_option
def get(path: str, accept: str, releases: Path) -> None:
    """Answer one request without a server: `fasti get /doc/organization/ogs`. Redirects are followed.

    The answer is what the server at the base of the release would give; one that is an error ends with exit code 1.
    """
    from fasti.web import create_app, current

    app = create_app(releases)
    path = path if path.startswith("/") else "/" + path
    try:
        base = current(app).release().base
        headers = {"Accept": accept}
        answer = app.test_client().get(path, base_url=base, headers=headers, follow_redirects=True, buffered=True)
        sys.stdout.buffer.write(answer.data)
    finally:
        current(app).close()
    if answer.status_code >= 400:
        raise click.exceptions.Exit(1)


@main.command()
@click.argument("iri")
@releases_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def explain(iri: str, releases: Path, as_json: bool) -> None:
    """Say of each statement about IRI which words say it, where, and which rule read them.

    IRI may be absolute, or the part after the base: `organization/ogs`, `id/person/tian-jiaying`.
    """
    from fasti.explanation import explain as explained
    from fasti.release import open_release

    for statement in explained(open_release(releases).dataset, iri):
        click.echo(json.dumps(statement.as_dict(), ensure_ascii=False) if as_json else str(statement))


@main.command()
@releases_option
def verify(releases: Path) -> None:
    """Read every file of the current release again and hold it against its SHA-256, as after trouble with a disk.

    A server that starts reads only what the system says was changed.
    """
    from fasti.release import verify_release

    release = verify_release(releases)
    click.echo(f"release {release.id}: every file has its SHA-256", err=True)


@main.command()
@click.argument("target")
@click.option("--record", default="", help="Graph for the record, in a store whose default graph is the union of all.")
@click.option("--user", default="", envvar="FASTI_STORE_USER", help="NAME:PASSWORD, for a store that wants it.")
@releases_option
def load(target: str, record: str, user: str, releases: Path) -> None:
    """Load the current release into a store elsewhere, or write what its own bulk loader takes.

    TARGET is where a store takes SPARQL 1.1 updates (http://…), or a file NAME.nq to be written.
    """
    from fasti import loading
    from fasti.release import open_release

    release = open_release(releases)
    if target.startswith(("http://", "https://")):
        count = loading.load(release, target, record, user)
    else:
        count = loading.write(release, Path(target), record)
    click.echo(f"release {release.id}: {count} quads to {target}", err=True)


if __name__ == "__main__":
    main()
