"""rebuild --watch, from its start to Ctrl-C."""

from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated

import typer

from bot.answer.wording import counted
from bot.commands.terminal import plain

if TYPE_CHECKING:
    from corpus.article import Rejected
    from index.storage.summary import Summary

EVERY = 30.0

Watching = Annotated[
    bool, typer.Option("--watch", help="Keep running until Ctrl-C; rebuild when files change or addresses are due.")
]
Every = Annotated[
    float, typer.Option(metavar="MINUTES", min=0.01, help="With --watch, the interval for fetching web addresses.")
]


def watch(
    rebuild: "Callable[[bool], Summary]",
    show: "Callable[[Summary], None]",
    sources: Sequence[str],
    index: Path,
    minutes: float,
    stop: Event | None = None,
) -> None:
    """Rebuilds now, whenever files change, and whenever addresses are due; any interruption ends it cleanly."""
    from bot.commands.watcher import Watch, occasions
    from corpus.fetch import is_address

    stop = stop or Event()
    addresses = [source for source in sources if is_address(source)]
    paths = [Path(source) for source in sources if not is_address(source)]
    _say(f"watching {_watched(len(paths), len(addresses), minutes)}; Ctrl-C ends it")

    listed: tuple[Rejected, ...] = ()

    def shown(summary: "Summary") -> None:
        nonlocal listed
        is_listed, listed = summary.rejected == listed, summary.rejected
        if summary.nothing_changed and not summary.published and is_listed:
            _say("nothing changed")
        else:
            show(summary)

    found = occasions(paths, index, minutes * 60 if addresses else None, stop)
    with suppress(KeyboardInterrupt), closing(found):
        Watch(rebuild, shown, _say, stop).keep_fresh(found)
    _say("the watch has ended; the index is as last reported")


def _watched(paths: int, addresses: int, minutes: float) -> str:
    parts = [counted(paths, "path")] if paths else []
    if addresses:
        parts.append(f"{addresses:,} web address{'es' * (addresses > 1)} every {minutes:g} min")
    return " and ".join(parts)


def _say(text: str) -> None:
    from datetime import datetime

    typer.echo(f"{datetime.now().astimezone():%H:%M:%S} {plain(text)}", err=True)
