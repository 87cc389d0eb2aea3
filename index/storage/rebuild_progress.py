"""A rebuild's progress, for other processes to see.

A rebuild writes INDEX/progress while it runs, and holds a lock on it. Without that lock nothing is being built,
whatever a killed rebuild left in the file.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic
from typing import IO, Protocol

from index.storage.locks import LOCK_EX, LOCK_NB, LOCK_SH, flock

FILE = "progress"
WIDTH = 200
"""Bytes; each report overwrites the last in one write, so a reader sees one or the other."""
PAUSE = 0.25
"""Seconds between reports within a stage."""


class Progress(Protocol):
    """Shows a rebuild's progress."""

    def show(self, stage: str, done: int, total: int | None) -> None:
        """Reports `done` of `total` in a stage; the total is None where unknown."""


class NullProgress:
    """Reports no progress."""

    def show(self, stage: str, done: int, total: int | None) -> None:
        """Does nothing."""


@dataclass(frozen=True, slots=True)
class Report:
    """The progress of a rebuild.

    Attributes:
        stage: "reading", "embedding" and so on; empty before the first.
        done: The number of articles or passages done in the stage.
        total: The number to do; None where unknown.
    """

    stage: str = ""
    done: int = 0
    total: int | None = None


class Recorded:
    """Passes progress on, and records it in a file."""

    def __init__(self, file: IO[bytes], progress: Progress) -> None:
        """Takes an open and locked file."""
        self._file = file
        self._progress = progress
        self._stage, self._written = "", 0.0

    def show(self, stage: str, done: int, total: int | None) -> None:
        """Records progress if the stage is new or some time has passed."""
        self._progress.show(stage, done, total)
        if stage != self._stage or monotonic() - self._written >= PAUSE:
            self._stage, self._written = stage, monotonic()
            with suppress(OSError):  # a full disk ends the rebuild where it matters
                _write(self._file, Report(stage, done, total))


@contextmanager
def recorded(index: Path, progress: Progress) -> Iterator[Progress]:
    """The same progress, also recorded in the index's folder until the block ends. Needs the lock on rebuilds."""
    path = index / FILE
    with path.open("wb", buffering=0) as file:
        flock(file.fileno(), LOCK_EX)
        _write(file, Report())
        try:
            yield Recorded(file, progress)
        finally:
            path.unlink(missing_ok=True)


def under_way(index: Path) -> Report | None:
    """The progress of a running rebuild; None if there is none."""
    try:
        with (index / FILE).open("rb") as file:
            try:
                flock(file.fileno(), LOCK_SH | LOCK_NB)
            except BlockingIOError:
                return Report(**json.loads(file.read(WIDTH)))
    except (OSError, ValueError, TypeError):
        pass
    return None


def _write(file: IO[bytes], report: Report) -> None:
    file.seek(0)
    file.write(json.dumps(asdict(report)).encode().ljust(WIDTH))
