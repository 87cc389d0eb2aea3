"""Faults of the machine that keep a process from its work, although an index's files are sound."""

import errno
import os
import sqlite3
import sys
from pathlib import Path

FEWEST_FILES = 64
"""Files that a process must be able to open at once; answering needs some 30, depending on what else is open."""
LEAST_BYTES = 1 << 20
"""Free space below which a disk counts as full: Chroma then reports many kinds of failure."""

TOO_MANY_FILES = "too many files are open; raise the limit with: ulimit -n 256"
_ADVICE = {
    errno.EMFILE: TOO_MANY_FILES,
    errno.ENFILE: TOO_MANY_FILES,
    errno.ENOSPC: "the disk is full; free some space",
    errno.EDQUOT: "the user's disk quota is used up; free some space",
    errno.EROFS: "the disk is read-only; name another folder with --index or BYLINE_INDEX, or mount it for writing",
    errno.EACCES: "this user may not do that; correct the folder's permissions",
    errno.EPERM: "this user may not do that; correct the folder's permissions",
    errno.ENAMETOOLONG: "the path is too long; name a shorter one",
}
_SAID = {
    "disk is full": errno.ENOSPC,
    "No space left": errno.ENOSPC,
    "Too many open files": errno.EMFILE,
    "readonly database": errno.EROFS,
    "Read-only file system": errno.EROFS,
    "Permission denied": errno.EACCES,
}


def named(error: BaseException) -> str:
    """The machine's fault behind an error, and what to do; empty if there is none."""
    if isinstance(error, OSError) and error.errno in _ADVICE:
        return _ADVICE[error.errno]
    if isinstance(error, OSError | sqlite3.Error) or not isinstance(error, Exception):
        return _said(error)
    return ""


def obstacle(error: BaseException, folder: Path, *, writes: bool) -> str:
    """Why a native library failed, as far as the machine's state shows it: its own message says little.

    Args:
        error: The library's error.
        folder: The folder it worked in.
        writes: Whether it writes there.

    Returns:
        The reason and what to do; empty if the files are to blame.
    """
    limit = _open_files()
    if limit < FEWEST_FILES:
        return f"this process may open {limit} files at once, and {FEWEST_FILES} are needed; run: ulimit -n 256"
    if writes and (why := _refusal(folder)):
        return why
    temporary = Path(os.environ.get("TMPDIR") or "/tmp")  # as native libraries choose it
    if temporary.is_dir() and _room(temporary) < LEAST_BYTES:
        return f"the disk of the temporary folder {str(temporary)!r} is full; free some space, or set TMPDIR"
    return _said(error)


def _said(error: BaseException) -> str:
    """The advice for the fault that an error's text mentions; empty if unknown."""
    return next((_ADVICE[number] for text, number in _SAID.items() if text in str(error)), "")


def _refusal(folder: Path) -> str:
    if _room(folder) < LEAST_BYTES:
        return f"the disk of {str(folder)!r} is full; free some space"
    return "" if os.access(folder, os.W_OK) else f"{str(folder)!r} cannot be written to; correct its permissions"


def _room(folder: Path) -> int:
    """Free bytes; plenty where that is unknown."""
    if not hasattr(os, "statvfs"):
        return LEAST_BYTES
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize


def _open_files() -> int:
    """How many files this process may open."""
    if sys.platform == "win32":
        return FEWEST_FILES
    import resource

    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return FEWEST_FILES if limit == resource.RLIM_INFINITY else limit


def open_more_files(wanted: int = 1024) -> None:
    """Raises this process's own limit as far as allowed."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
