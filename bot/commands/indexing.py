"""Commands for the index: rebuild, status, rollback."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from bot.answer.wording import counted
from bot.commands.edge import outcome_of_rebuild
from bot.commands.options import AsJson, Index, echo_json, echo_lines, settings_for
from bot.commands.progress import progress_shown
from bot.commands.ray import Ray, cluster_at, embedder_on
from bot.commands.read import Exclude, Map, digest_of, found_in
from bot.commands.terminal import plain, table_lines
from bot.commands.watch import EVERY, Every, Watching, watch
from bot.commands.web import MOST_PAGES, AllowPrivate, Pages, Web
from index.storage.remote.place import is_url

if TYPE_CHECKING:
    from corpus.article import Article, Rejected
    from index.storage.summary import Summary

REJECTED_SHOWN = 100
OUTLETS_SHOWN = 10

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH",
        help="Files, folders, archives, or web addresses of feeds, sitemaps and pages; by default those of the last"
        " rebuild, or the embedded sample.",
    ),
]


def rebuild(
    paths: Paths = None,
    index: Index = None,
    full: Annotated[bool, typer.Option("--full", help="Use nothing of the last generation.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Publish nothing if anything is rejected.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    map_: Map = None,
    exclude: Exclude = None,
    allow_private: AllowPrivate = False,
    pages: Pages = MOST_PAGES,
    watching: Watching = False,
    every: Every = EVERY,
    ray: Ray = None,
    as_json: AsJson = False,
) -> None:
    """Make the index hold these articles and no others.

    What is unchanged since the last rebuild costs next to nothing. The old index serves until the new one is complete.
    """
    from bot.embedding.embedding_server import served
    from corpus.read.cache import ReadCache
    from index.storage.build import rebuild as build
    from index.storage.purged import Purged
    from index.storage.remote.publish import prepared, publishing
    from index.storage.report import recorded_options

    if watching and (full or dry_run):
        raise typer.BadParameter("--watch keeps an index fresh: leave out --full and --dry-run")
    settings = settings_for(index)
    folder = prepared(settings.place)
    chosen = [_absolute(path) for path in paths] if paths else _usual_paths(folder)
    given = {"map": map_, "exclude": exclude, "allow-private": ["yes"] if allow_private else None}
    kept = ({} if paths else recorded_options(folder)) | {name: values for name, values in given.items() if values}
    web = Web(folder, "allow-private" in kept, pages, lasting=not dry_run, anew=full, contact=settings.contact)
    read_as = (chosen, kept.get("map", ()), kept.get("exclude", ()))
    found_in(*read_as, web)  # invalid options fail before a model is loaded

    def once(ask: bool = True) -> "Summary":
        asked = replace(web, ask=ask, barred=Purged.read(folder).ids)
        cache = ReadCache()
        with (
            progress_shown() as progress,
            publishing(settings.place, progress.show, push=not dry_run),
            _rejections_listed(found_in(*read_as, asked, cluster, cache)) as articles,
        ):
            return build(
                folder,
                articles,
                embedder,
                sources=chosen,
                options=kept,
                full=full,
                strict=strict,
                dry_run=dry_run,
                progress=progress,
                server=settings.vector_server,
                inputs=lambda: digest_of(*read_as),
                cache=cache,
            )

    with cluster_at(ray) as cluster:
        embedder = served(settings) or embedder_on(cluster)
        if watching:
            watch(once, lambda summary: _echo_summary(summary, dry_run, as_json), chosen, folder, every)
            return
        with outcome_of_rebuild(folder):
            summary = once()
    _echo_summary(summary, dry_run, as_json)
    if strict and summary.rejected:
        _refuse()


def _refuse() -> NoReturn:
    typer.echo("byline: nothing was published, as something was rejected and --strict is set", err=True)
    raise typer.Exit(1)


@contextmanager
def _rejections_listed(found: "Iterator[Article | Rejected]") -> "Iterator[Iterator[Article | Rejected]]":
    """Lists what was rejected where no article was found: there is no summary then."""
    from corpus.article import Rejected
    from corpus.errors import ReadError

    rejected: list[Rejected] = []

    def noted() -> "Iterator[Article | Rejected]":
        for one in found:
            if isinstance(one, Rejected):
                rejected.append(one)
            yield one

    try:
        yield noted()
    except ReadError:
        _list_rejected(tuple(rejected))
        raise


def _echo_summary(summary: "Summary", dry_run: bool, as_json: bool) -> None:
    _list_rejected(summary.rejected)
    if as_json:
        echo_json(asdict(summary) | {"nothing_changed": summary.nothing_changed})
    else:
        echo_lines(table_lines(_summary_rows(summary, dry_run)))


def _absolute(source: str) -> str:
    from corpus.fetch.addresses import is_address

    return source if is_address(source) else str(Path(source).resolve())


def status(index: Index = None, as_json: AsJson = False) -> None:
    """Show what the index holds and which generations are kept."""
    from index.storage.remote.report import report

    found = report(settings_for(index).place)
    if as_json:
        echo_json(found)
    else:
        echo_lines(table_lines(_status_rows(found)))


def rollback(
    generation: Annotated[
        str | None, typer.Argument(metavar="GENERATION", help="A kept generation; by default the one before.")
    ] = None,
    index: Index = None,
) -> None:
    """Return to an earlier generation of the index.

    A running server follows at its next question.
    """
    from index.storage.generations import Generations
    from index.storage.remote.publish import publishing

    settings = settings_for(index)
    with progress_shown() as progress, publishing(settings.place, progress.show, everything=True) as folder:
        now = Generations(folder, settings.vector_server).rollback(generation)
    typer.echo(f"now in use: {now}")


def _usual_paths(folder: Path) -> list[str]:
    """The paths of the last rebuild; the sample corpus where there is no index."""
    from corpus.sample import SAMPLE
    from index.storage.report import recorded_sources

    recorded = recorded_sources(folder)
    if recorded is None:
        typer.echo("no PATH given and no index yet: indexing the sample articles", err=True)
        return [str(SAMPLE)]
    typer.echo(f"no PATH given: reading again {plain(', '.join(recorded))}", err=True)
    return recorded


def _list_rejected(rejected: "tuple[Rejected, ...]") -> None:
    for one in rejected[:REJECTED_SHOWN]:
        place = one.origin if one.line is None else f"{one.origin}:{one.line}"
        typer.echo(f"rejected {plain(place)}: {plain(one.reason)}".replace("\n", "\\n"), err=True)
    if len(rejected) > REJECTED_SHOWN:
        typer.echo(f"... and {len(rejected) - REJECTED_SHOWN:,} more; --json has all", err=True)


def _summary_rows(summary: "Summary", dry_run: bool) -> list[tuple[str, str]]:
    parts = {
        "added": summary.added,
        "changed": summary.changed,
        "removed": summary.removed,
        "unchanged": summary.unchanged,
    }
    left_out = {
        "duplicates": summary.duplicates,
        "superseded": summary.superseded,
        "purged": summary.purged,
        "rejected": len(summary.rejected),
    }
    rows = [
        ("articles", f"{summary.articles:,}: {_listed(parts) or 'none'}"),
        ("left out", _listed(left_out)),
        ("passages", f"{summary.passages or 0:,}, {summary.embedded:,} of them embedded" if summary.published else ""),
        ("built whole", summary.whole or ""),
        ("index", _outcome(summary, dry_run)),
        ("took", f"{summary.seconds:.1f} s"),
    ]
    return [(name, value) for name, value in rows if value]


def _outcome(summary: "Summary", dry_run: bool) -> str:
    if summary.published:
        return f"generation {summary.generation}"
    if dry_run:
        return "not touched: a dry run"
    return f"nothing changed: generation {summary.generation}" if summary.nothing_changed else "left as it was"


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counts.items() if count)


def _purged(since: dict[str, str], is_unfinished: bool) -> str:
    """The articles that are kept out, with the day each was purged."""
    listed = ", ".join(f"{name} ({day})" for name, day in since.items())
    return f"not finished, run: byline purge; {listed}" if is_unfinished else listed


def _status_rows(found: dict[str, Any]) -> list[tuple[str, str]]:
    outlets = [f"{outlet['source'] or 'unnamed'} ({outlet['articles']:,})" for outlet in found["outlets"]]
    more = len(outlets) - OUTLETS_SHOWN
    rows = [
        ("generation", f"{found['generation']}, made {found['created']} in {found['seconds']} s"),
        ("articles", f"{found['articles']:,} in {counted(found['passages'], 'passage')}"),
        ("published", f"{found['first_day']} to {found['last_day']}" if found["first_day"] else "no dates"),
        ("outlets", ", ".join(outlets[:OUTLETS_SHOWN]) + (f" and {more:,} more" if more > 0 else "")),
        ("embedder", f"{found['embedder']}, {found['dimensions']} dimensions"),
        ("sources", ", ".join(found["sources"]) or "not recorded"),
        ("rejected", f"{found['rejected_count']:,}"),
        ("purged", _purged(found["purged"], found["purge_unfinished"])),
        ("kept", ", ".join(f"{one} (in use)" if one == found["generation"] else one for one in found["kept"])),
        ("index", found["index"] if is_url(found["index"]) else ""),
        ("on disk", f"{found['bytes'] / 1e6:,.1f} MB"),
        ("vectors", f"in the collection {found['collection']} of a Chroma server" if found["collection"] else ""),
    ]
    return [(name, value) for name, value in rows if value]
