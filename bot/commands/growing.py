"""Changed files that may not be complete yet: being copied, downloaded or exported."""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

LONGEST_WAIT = 600.0
"""Seconds after which files that keep changing are read as they are."""

State = tuple[int, int, int] | None


def state_of(path: Path) -> State:
    """Changes when a file is written or replaced; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


@dataclass(slots=True)
class _Changed:
    state: State
    moment: float
    has_grown: bool = False


@dataclass(slots=True)
class Growing:
    """Collects changed paths until all of them are stable.

    Attributes:
        quiet: Seconds without a change after which a file is stable.
        still: The same for one that was seen to grow, or that a process has open for writing.
    """

    quiet: float
    still: float
    _paths: dict[Path, _Changed] = field(default_factory=dict)
    _since: float = 0.0

    def take(self, paths: Iterable[Path]) -> None:
        """Adds changed paths."""
        for path in paths:
            if not self._paths:
                self._since = monotonic()
            if path in self._paths:
                self._paths[path].moment = monotonic()
            else:
                self._paths[path] = _Changed(state_of(path), monotonic())

    def is_waiting(self) -> bool:
        """Whether a path is not stable yet; examines each."""
        moment = monotonic()
        waiting = False
        for path, changed in self._paths.items():
            if (now := state_of(path)) != changed.state:
                changed.has_grown = bool(now and changed.state and now[2] == changed.state[2])
                changed.state, changed.moment = now, moment
            idle = moment - changed.moment
            waiting |= idle < self.quiet or (idle < self.still and (changed.has_grown or _is_being_written(path)))
        return waiting and moment - self._since < LONGEST_WAIT

    def settled(self) -> int:
        """How many paths have changed, once all are stable; they are forgotten then."""
        count = len(self._paths)
        self._paths.clear()
        return count


def _is_being_written(path: Path) -> bool:
    """Whether a process has a file open for writing, as far as this system shows it."""
    if sys.platform != "linux":
        return False
    with suppress(OSError):
        wanted = path.stat()
        for handle in Path("/proc").glob("[0-9]*/fd/*"):
            with suppress(OSError):
                found = handle.stat()
                if (found.st_ino, found.st_dev) == (wanted.st_ino, wanted.st_dev) and _writes(handle):
                    return True
    return False


def _writes(handle: Path) -> bool:
    flags = next(
        line.split()[1]
        for line in (handle.parents[1] / "fdinfo" / handle.name).read_text().splitlines()
        if line.startswith("flags:")
    )
    return int(flags, 8) & (os.O_WRONLY | os.O_RDWR) != 0
