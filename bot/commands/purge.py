"""The command purge: removes articles from the index for good."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.answer.wording import counted
from bot.commands.edge import outcome_of_purge
from bot.commands.options import AsJson, Index, echo_json, echo_lines, settings_for
from bot.commands.progress import progress_shown
from bot.commands.terminal import table_lines
from corpus.errors import SettingsError

if TYPE_CHECKING:
    from corpus.article import Article
    from index.storage.purge import Removal

Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="URL|ID", help="Articles; without any, finishes a purge that was interrupted."),
]


def purge(
    names: Names = None,
    copies: Annotated[
        bool, typer.Option("--copies", help="Also articles at other addresses with the same text.")
    ] = False,
    allow: Annotated[
        bool, typer.Option("--allow", help="Allow these articles again, from the next rebuild on.")
    ] = False,
    index: Index = None,
    as_json: AsJson = False,
) -> None:
    """Remove articles from every generation and from what was fetched, and keep them out.

    Rollback cannot bring them back, and rebuilds leave them out until they are allowed again.
    """
    from index.storage import purge as storage
    from index.storage.remote.publish import publishing

    settings = settings_for(index)
    place = settings.place
    if allow:
        if not names:
            raise SettingsError("--allow needs the URL or ID of an article to allow again; byline status lists the ids")
        with publishing(place) as folder:
            allowed = storage.allow(folder, names)
        if as_json:
            echo_json({"allowed": allowed})
        else:
            echo_lines(table_lines([("allowed", f"{', '.join(allowed)}; back in with: byline rebuild")]))
        return
    with (
        progress_shown() as progress,
        publishing(place, progress.show, everything=True) as folder,
        outcome_of_purge(folder),
    ):
        removal = storage.purge(folder, names or [], progress.show, copies=copies, server=settings.vector_server)
    if as_json:
        echo_json(_json(removal))
    else:
        echo_lines(table_lines(_rows(removal)))


def _rows(removal: "Removal") -> list[tuple[str, str]]:
    takedown = removal.takedown
    taken = [("purged", _described(article)) for article in takedown.taken.values()]
    return [
        *(taken or [("purged", "nothing new")]),
        *(_moved(before, now) for before, now in removal.generations.items()),
        *(("removed", f"{generation}, which could not be read") for generation in removal.unreadable),
        *([("fetched", f"{counted(removal.fetched, 'page')} taken out")] if removal.fetched else []),
        ("in use", removal.in_use or "nothing is left; run: byline rebuild PATH"),
        *([] if takedown.with_copies else _copies(takedown.copies.values())),
        *(("still in", f"{origin}; rebuilds leave it out") for origin in _origins(takedown.taken.values())),
    ]


def _moved(before: str, now: str | None) -> tuple[str, str]:
    return ("rewritten", f"{before}, now {now}") if now else ("removed", f"{before}, which held nothing else")


def _copies(copies: "Collection[Article]") -> list[tuple[str, str]]:
    if not copies:
        return []
    heading = f"{counted(len(copies), 'article')} with the same text, not purged; --copies takes them too:"
    return [("copies", heading), *(("", _described(article)) for article in copies)]


def _described(article: "Article") -> str:
    parts = [article.url or "no address", article.title, article.source or "", str(article.published or "")[:10]]
    return " ".join(", ".join([article.id, *filter(None, parts)]).split())


def _origins(articles: "Iterable[Article]") -> list[str]:
    """The files that the articles were read from."""
    from corpus.fetch import is_address

    return sorted({one.origin for one in articles if one.origin and not is_address(one.origin)})


def _json(removal: "Removal") -> dict[str, Any]:
    from index.passage import article_to_json

    takedown = removal.takedown
    return {
        "purged": [article_to_json(one) | {"origin": one.origin} for one in takedown.taken.values()],
        "copies_left": [] if takedown.with_copies else [article_to_json(one) for one in takedown.copies.values()],
        "generations": removal.generations,
        "unreadable": removal.unreadable,
        "fetched": removal.fetched,
        "in_use": removal.in_use,
    }
