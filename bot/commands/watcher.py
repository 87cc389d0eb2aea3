"""Keeps an index fresh as folders change and time passes."""

import logging
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from time import monotonic

from watchfiles import DefaultFilter, watch

from bot.answer.wording import counted
from corpus.errors import BylineError, IndexBusy
from index.storage.summary import Summary

TICK = 0.5
"""Seconds between looks at the clock and at files that are named one by one."""
QUIET = 1.0
"""Seconds without a change after which a batch of changes is complete."""
LONGEST_BATCH = 60.0
"""Seconds after which it is taken for complete."""
BUSY = 2.0
"""Seconds between tries while another rebuild is under way."""

log = logging.getLogger(__name__)
State = tuple[tuple[int, int, int] | None, ...]


@dataclass(frozen=True, slots=True)
class Occasion:
    """A reason to rebuild.

    Attributes:
        changes: Files that changed; 0 where it is the time that has come.
        ask: Whether web addresses are to be asked too.
    """

    changes: int
    ask: bool


def occasions(
    paths: Sequence[Path], index: Path, every: float | None, stop: Event, *, quiet: float = QUIET
) -> Generator[Occasion]:
    """The first one at once, then one for each batch of changes that has settled.

    What changes while an occasion is made use of is not lost.

    Args:
        paths: Folders and files to watch.
        index: A folder whose changes are our own.
        every: Seconds after which addresses are asked again; None where there are none.
        stop: Ends it.
        quiet: Seconds without a change that settle a batch.
    """
    files = [path for path in paths if not path.is_dir()]
    folders = [path for path in paths if path.is_dir()]
    due: float | None = monotonic()
    made = before = _state(files)
    for changed in _looks(folders, index, stop, quiet) if folders else _ticks(stop):
        now, is_due = _state(files), due is not None and monotonic() >= due
        replaced = _differing(made, now) if now == before else 0
        before = now
        if is_due:
            due = monotonic() + every if every else None
        if changed or replaced or is_due:
            made = now
            yield Occasion(changed + replaced, is_due)


@dataclass(frozen=True, slots=True)
class Watch:
    """Rebuilds at each occasion. What goes wrong is told, and the next occasion is waited for.

    Attributes:
        rebuild: Is told whether to ask web addresses.
        show: Is given what became of it.
        say: Is given a line of what goes on.
        stop: Ends the waiting for another rebuild.
        busy: Seconds between tries while that is under way.
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
            except Exception as error:  # the edge: it goes on
                log.debug("this is how it came about", exc_info=True)
                self.say(f"{type(error).__name__}: {error}")

    def _patiently(self, ask: bool) -> Summary:
        waited = False
        while True:
            try:
                return self.rebuild(ask)
            except IndexBusy:
                if not waited:
                    self.say("another rebuild is under way; waiting for its end")
                waited = True
                if self.stop.wait(self.busy):
                    raise


def _looks(folders: Sequence[Path], index: Path, stop: Event, quiet: float) -> Iterator[int]:
    """How many files have changed since the last look."""
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
        yield len({path for _, path in changes})


def _ticks(stop: Event) -> Iterator[int]:
    while not stop.wait(TICK):
        yield 0


def _state(files: Sequence[Path]) -> State:
    """Looked up, not reported by the system: where an editor puts a new file in its place, that follows the old one."""
    return tuple(map(_stated, files))


def _stated(file: Path) -> tuple[int, int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _differing(one: State, other: State) -> int:
    return sum(before != now for before, now in zip(one, other, strict=True))
