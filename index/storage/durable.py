"""Durable writing, and errors of a disk in our words."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from corpus.errors import BylineError
from index.storage.obstacles import named


@contextmanager
def writing(index: Path, command: str, outcome: str = "it is unchanged") -> Iterator[None]:
    """Around a command that writes into an index.

    Args:
        index: The folder.
        command: What to run again.
        outcome: The state of the index after a failure.

    Raises:
        BylineError: The disk refuses.
    """
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        why = named(error) or "free some space or correct the folder's permissions"
        raise BylineError(
            f"the index in {str(index)!r} cannot be written ({error}); {outcome}. "
            f"{why[0].upper()}{why[1:]}, then run: byline {command}"
        ) from error


def written_at_once(path: Path, text: str) -> None:
    """Replaces a small file in one durable step."""
    fresh = path.with_name(path.name + ".new")
    try:
        fresh.write_text(text, encoding="utf-8")
        to_disk(fresh)
        fresh.replace(path)
    except OSError:
        with suppress(OSError):
            fresh.unlink()
        raise
    to_disk(path.parent)


def to_disk(path: Path) -> None:
    """Syncs a file to disk; a folder too, where the system can."""
    with suppress(PermissionError):  # Windows cannot open a folder
        file = os.open(path, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)
