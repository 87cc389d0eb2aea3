"""The command line's contact with the system: signals, streams, and system errors."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from threading import current_thread, main_thread
from typing import Any

INTERRUPTED, TERMINATED = 128 + signal.SIGINT, 128 + signal.SIGTERM
"""The exit status that a shell shows for a command ended by a signal."""


class Terminated(KeyboardInterrupt):
    """SIGTERM, as a service manager or a shutdown sends it."""


@contextmanager
def terminable() -> Iterator[None]:
    """Raises `Terminated` on SIGTERM; does nothing outside the main thread, which gets no signals."""
    if current_thread() is not main_thread():
        yield
        return

    def terminate(*_: Any) -> None:
        raise Terminated

    before = signal.signal(signal.SIGTERM, terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def prepare_streams() -> None:
    """Replaces closed streams, and lets no character that a terminal cannot encode stop a command.

    Otherwise the next file opened would get the number of a closed stream, and a library's output would go into it.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("r+", encoding="utf-8"))  # noqa: SIM115  # for the whole run
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def explained(error: Exception) -> str:
    """One line for an error from outside: the system's refusal and what to do, or how to see the traceback."""
    from index.storage.obstacles import named

    if _is_nowhere():
        return "the working folder has been deleted; change to another folder, then try again"
    if why := named(error):
        return f"{error}: {why}"
    return f"{type(error).__name__}: {error}; for the traceback: byline --debug ..."


def _is_nowhere() -> bool:
    try:
        Path.cwd()
    except FileNotFoundError:
        return True
    return False


@contextmanager
def outcome_of_rebuild(folder: Path) -> Iterator[None]:
    """Around code that writes generations: reports the state of the index after an interruption."""
    before = _in_use(folder)
    try:
        yield
    except KeyboardInterrupt as error:
        if error.args:  # it was interrupted while it was published
            raise
        now = _in_use(folder)
        if now is None:
            error.args = ("nothing was built, and there is no index yet",)
        elif now == before:
            error.args = (f"the index is as it was, and generation {now} still answers; run again: byline rebuild",)
        else:
            error.args = (f"generation {now} was complete by then, and answers",)
        raise


@contextmanager
def outcome_of_purge(folder: Path) -> Iterator[None]:
    """Around a purge: reports whether an interruption leaves anything to do."""
    from index.storage.purged import Purged

    try:
        yield
    except KeyboardInterrupt as error:
        unfinished = Purged.read(folder).is_unfinished
        error.args = ("the purge is not finished; run: byline purge" if unfinished else "nothing was purged",)
        raise


def _in_use(folder: Path) -> str | None:
    from corpus.errors import BylineError
    from index.storage.generations import Generations

    try:
        return Generations(folder).current()
    except BylineError:
        return None
