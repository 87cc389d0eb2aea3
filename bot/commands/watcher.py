"""Keeps an index up to date as folders change and time passes."""

import logging
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from time import monotonic

from watchfiles import DefaultFilter, watch

from bot.answer.wording import counted
from bot.commands.growing import Growing, state_of
from corpus.errors import BylineError, IndexBusy
from index.storage.summary import Summary

TICK = 0.5
"""Seconds between checks of the clock and of files given by name."""
QUIET = 1.0
"""Seconds without a change after which a batch of changes is complete."""
LONGEST_BATCH = 2.0
"""Seconds after which the changes so far are examined."""
STILL = 10
"""How many times longer a file that is being written must be stable."""
BUSY = 2.0
"""Seconds between attempts while another rebuild is running."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Occasion:
    """A reason to rebuild.

    Attributes:
        changes: Files that changed; 0 where addresses are due.
        ask: Whether to fetch web addresses too.
    """

    changes: int
    ask: bool


def occasions(
    paths: Sequence[Path], index: Path, every: float | None, stop: Event, *, quiet: float = QUIET
) -> Generator[Occasion]:
    """The first at once, then one for each batch of changes that is stable.

    Changes during a rebuild are not lost.

    Args:
        paths: Folders and files to watch.
        index: A folder whose changes are our own and are ignored.
        every: Seconds between fetches of web addresses; None without any.
        stop: Ends the watch.
        quiet: Seconds without a change that end a batch.
    """
    files = [path for path in paths if not path.is_dir()]
    folders = [path for path in paths if path.is_dir()]
    growing = Growing(quiet, STILL * quiet)
    due: float | None = monotonic()
    before = list(map(state_of, files))
    for changed in _looks(folders, index, stop, quiet) if folders else _ticks(stop):
        now = list(map(state_of, files))
        growing.take(changed | {file for file, was, state in zip(files, before, now, strict=True) if was != state})
        before = now
        if growing.is_waiting():
            continue
        count, is_due = growing.settled(), due is not None and monotonic() >= due
        if is_due:
            due = monotonic() + every if every else None
        if count or is_due:
            yield Occasion(count, is_due)


@dataclass(frozen=True, slots=True)
class Watch:
    """Rebuilds on each occasion. Errors are reported, and the watch goes on.

    Attributes:
        rebuild: Called with whether to fetch web addresses.
        show: Called with the result.
        say: Called with a line about progress.
        stop: Ends the waiting for another rebuild.
        busy: Seconds between attempts while that is running.
    """

    rebuild: Callable[[bool], Summary]
    show: Callable[[Summary], None]
    say: Callable[[str], None]
    stop: Event
    busy: float = BUSY

    def keep_fresh(self, found: Iterable[Occasion]) -> None:
        """Returns when there are no more occasions."""
        for occasion in found:
            if occasion.changes:
                self.say(f"{counted(occasion.changes, 'file')} changed")
            try:
                self.show(self._patiently(occasion.ask))
            except BylineError as error:
                self.say(str(error))
            except Exception as error:  # the edge: the watch goes on
                log.debug("this is how it came about", exc_info=True)
                self.say(f"{type(error).__name__}: {error}")

    def _patiently(self, ask: bool) -> Summary:
        waited = False
        while True:
            try:
                return self.rebuild(ask)
            except IndexBusy:
                if not waited:
                    self.say("another rebuild is running; waiting for its end")
                waited = True
                if self.stop.wait(self.busy):
                    raise


def _looks(folders: Sequence[Path], index: Path, stop: Event, quiet: float) -> Iterator[set[Path]]:
    """The changes since the last yield.

    The system reports nothing of a folder that was removed and came back, or was replaced: that counts as a change,
    and the new folder is watched from then on.
    """
    while not stop.is_set():
        seen = list(map(_identity, folders))
        here = [folder for folder, identity in zip(folders, seen, strict=True) if identity]
        for changed in _reported(here, index, stop, quiet) if here else _ticks(stop):
            now = list(map(_identity, folders))
            others = {folder for folder, was, identity in zip(folders, seen, now, strict=True) if was != identity}
            yield changed | others
            if others:
                break


def _reported(folders: Sequence[Path], index: Path, stop: Event, quiet: float) -> Iterator[set[Path]]:
    wanted, own = DefaultFilter(), index.resolve()
    for changes in watch(
        *folders,
        watch_filter=lambda change, path: wanted(change, path) and not Path(path).is_relative_to(own),
        debounce=int(LONGEST_BATCH * 1000),
        step=int(quiet * 1000),
        rust_timeout=int(TICK * 1000),
        yield_on_timeout=True,
        stop_event=stop,
    ):
        yield {Path(path) for _, path in changes}


def _ticks(stop: Event) -> Iterator[set[Path]]:
    while not stop.wait(TICK):
        yield set()


def _identity(folder: Path) -> tuple[int, int] | None:
    """Identifies a folder, even against another at the same path; None where there is none."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if folder.is_dir() else None
