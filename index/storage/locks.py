"""Locks on open files, which the kernel releases when their process ends."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import IndexBusy

__all__ = ["LOCK_EX", "LOCK_NB", "LOCK_SH", "excluding", "flock"]

if sys.platform == "win32":  # a folder with open files cannot be renamed there, so no lock is needed
    LOCK_EX = LOCK_NB = LOCK_SH = 0

    def flock(fd: int, operation: int, /) -> None:
        """Does nothing: the open file is the lock."""

else:
    from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock


@contextmanager
def excluding(path: Path, refusal: str, seconds: float = 0) -> Iterator[None]:
    """Holds a file's lock inside the `with` block; threads of this process exclude each other too.

    Raises:
        IndexBusy: Another still holds it after so many seconds; the refusal is its message.
    """
    lock = FileLock(path, timeout=seconds, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        raise IndexBusy(refusal) from None
    try:
        yield
    finally:
        lock.release()
