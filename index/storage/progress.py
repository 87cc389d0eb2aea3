"""How far a rebuild has come, for other processes to see.

A rebuild writes INDEX/progress while it runs, and holds a lock on it. Where there is no lock nothing is being built,
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
"""Bytes; each report is written over the last in one write, so a reader sees one or the other."""
PAUSE = 0.25
"""Seconds between reports of one stage."""


class Progress(Protocol):
    """Shows how far a rebuild has come."""

    def show(self, stage: str, done: int, total: int | None) -> None:
        """`done` of `total` in a stage; None where the total is not known."""


@dataclass(frozen=True, slots=True)
class Report:
    """How far a rebuild has come.

    Attributes:
        stage: "reading", "embedding" and so on; empty before the first.
        done: How many articles or passages of the stage.
        total: Of how many; None where that is not known.
    """

    stage: str = ""
    done: int = 0
    total: int | None = None


class Recorded:
    """Passes progress on, and writes it down."""

    def __init__(self, file: IO[bytes], progress: Progress) -> None:
        """The file is open and locked."""
        self._file = file
        self._progress = progress
        self._stage, self._written = "", 0.0

    def show(self, stage: str, done: int, total: int | None) -> None:
        """Writes it down if the stage is new or some time has passed."""
        self._progress.show(stage, done, total)
        if stage != self._stage or monotonic() - self._written >= PAUSE:
            self._stage, self._written = stage, monotonic()
            with suppress(OSError):  # a full disk ends the rebuild where it matters
                _write(self._file, Report(stage, done, total))


@contextmanager
def recorded(index: Path, progress: Progress) -> Iterator[Progress]:
    """The same progress, written down in the index's folder until the block ends. Needs the lock on rebuilds."""
    path = index / FILE
    with path.open("wb", buffering=0) as file:
        flock(file.fileno(), LOCK_EX)
        _write(file, Report())
        try:
            yield Recorded(file, progress)
        finally:
            path.unlink(missing_ok=True)


def under_way(index: Path) -> Report | None:
    """How far the rebuild of an index has come; None if there is none."""
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
