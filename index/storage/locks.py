"""Locks on open files, which the kernel releases when their process ends."""

import sys

__all__ = ["LOCK_EX", "LOCK_NB", "LOCK_SH", "flock"]

if sys.platform == "win32":  # a folder with open files cannot be renamed there, so nothing needs to be held
    LOCK_EX = LOCK_NB = LOCK_SH = 0

    def flock(fd: int, operation: int, /) -> None:
        """Open files are the hold."""

else:
    from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock
