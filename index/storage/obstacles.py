"""What of this machine keeps a process from its work, when an index's files are not to blame."""

import errno
import os
import sqlite3
import sys
from pathlib import Path

FEWEST_FILES = 64
"""Files that a process must be able to open at once; asking needs some 30, by what else is open."""
LEAST_BYTES = 1 << 20
"""Room below which a disk counts as full: Chroma reports many kinds of failure then."""

TOO_MANY_FILES = "more files cannot be opened at once; raise the limit with: ulimit -n 256"
_ADVICE = {
    errno.EMFILE: TOO_MANY_FILES,
    errno.ENFILE: TOO_MANY_FILES,
    errno.ENOSPC: "the disk is full; free some space",
    errno.EDQUOT: "the space that this user may take is used up; free some",
    errno.EROFS: "the disk is read-only; name another folder with --index or BYLINE_INDEX, or mount it for writing",
    errno.EACCES: "this user may not do that; mend the rights of the folder",
    errno.EPERM: "this user may not do that; mend the rights of the folder",
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
    """What an error says of the machine, and what to do; empty where it says nothing of that kind."""
    if isinstance(error, OSError) and error.errno in _ADVICE:
        return _ADVICE[error.errno]
    if isinstance(error, OSError | sqlite3.Error) or not isinstance(error, Exception):
        return _said(error)
    return ""


def obstacle(error: BaseException, folder: Path, *, writes: bool) -> str:
    """Why a native library failed, as far as the machine shows it: its own message says little.

    Args:
        error: What it raised.
        folder: Where it worked.
        writes: Whether it writes there.

    Returns:
        The reason and what to do; empty where the files are to blame.
    """
    limit = _open_files()
    if limit < FEWEST_FILES:
        return f"this process may open {limit} files at once, and {FEWEST_FILES} are needed; run: ulimit -n 256"
    if writes and (why := _refusal(folder)):
        return why
    temporary = Path(os.environ.get("TMPDIR") or "/tmp")  # what native libraries go by
    if temporary.is_dir() and _room(temporary) < LEAST_BYTES:
        return f"the disk of the temporary folder {str(temporary)!r} is full; free some space, or set TMPDIR"
    return _said(error)


def _said(error: BaseException) -> str:
    """The advice for what an error's text speaks of; empty where that is not known."""
    return next((_ADVICE[number] for text, number in _SAID.items() if text in str(error)), "")


def _refusal(folder: Path) -> str:
    if _room(folder) < LEAST_BYTES:
        return f"the disk of {str(folder)!r} is full; free some space"
    return "" if os.access(folder, os.W_OK) else f"{str(folder)!r} cannot be written to; mend the rights of the folder"


def _room(folder: Path) -> int:
    """Bytes that are free; enough where that cannot be known."""
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
    """Raises this process's own limit as far as it may."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
