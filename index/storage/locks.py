"""Locks on open files, which the kernel releases when their process ends."""

import sys

__all__ = ["LOCK_EX", "LOCK_NB", "LOCK_SH", "flock"]

if sys.platform == "win32":  # a folder with open files cannot be renamed there, so no lock is needed
    LOCK_EX = LOCK_NB = LOCK_SH = 0

    def flock(fd: int, operation: int, /) -> None:
        """Does nothing: the open file is the lock."""

else:
    from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock
