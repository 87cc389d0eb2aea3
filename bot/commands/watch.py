"""The watch of rebuild --watch, from its start to Ctrl-C."""

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Event, current_thread, main_thread
from typing import TYPE_CHECKING, Annotated

import typer

from bot.answer.wording import counted
from bot.commands.terminal import plain

if TYPE_CHECKING:
    from corpus.article import Rejected
    from index.storage.summary import Summary

EVERY = 30.0

Watching = Annotated[
    bool, typer.Option("--watch", help="Go on until Ctrl-C, and rebuild when files change or addresses are due.")
]
Every = Annotated[
    float, typer.Option(metavar="MINUTES", min=0.01, help="With --watch, ask web addresses again after so long.")
]


def watch(
    rebuild: "Callable[[bool], Summary]",
    show: "Callable[[Summary], None]",
    sources: Sequence[str],
    index: Path,
    minutes: float,
    stop: Event | None = None,
) -> None:
    """Rebuilds now, whenever files change, and whenever addresses are due; ends well when it is interrupted."""
    from bot.commands.watcher import Watch, occasions
    from corpus.fetch import is_address

    stop = stop or Event()
    addresses = [source for source in sources if is_address(source)]
    paths = [Path(source) for source in sources if not is_address(source)]
    _say(f"watching {_told(len(paths), len(addresses), minutes)}; Ctrl-C ends it")

    told: list[tuple[Rejected, ...]] = [()]

    def shown(summary: "Summary") -> None:
        is_news = summary.rejected != told[0]
        told[0] = summary.rejected
        if summary.nothing_changed and not summary.published and not is_news:
            _say("nothing changed")
        else:
            show(summary)

    found = occasions(paths, index, minutes * 60 if addresses else None, stop)
    with interrupted_by_sigterm(), suppress(KeyboardInterrupt), closing(found):
        Watch(rebuild, shown, _say, stop).keep_fresh(found)
    _say("the watch has ended; the index is as it was told last")


@contextmanager
def interrupted_by_sigterm() -> Iterator[None]:
    """A service is stopped so; to a thread that is not the main one no signal comes."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _told(paths: int, addresses: int, minutes: float) -> str:
    parts = [counted(paths, "path")] if paths else []
    if addresses:
        parts.append(f"{addresses:,} web address{'es' * (addresses > 1)} every {minutes:g} min")
    return " and ".join(parts)


def _say(text: str) -> None:
    from datetime import datetime

    typer.echo(f"{datetime.now().astimezone():%H:%M:%S} {plain(text)}", err=True)
