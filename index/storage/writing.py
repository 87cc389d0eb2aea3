"""Writing so that a power cut does no harm, and what a disk refuses in our words."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from corpus.errors import BylineError
from index.storage.obstacles import named


@contextmanager
def writing(index: Path, command: str, outcome: str = "it is left as it was") -> Iterator[None]:
    """Around a command that writes into an index.

    Args:
        index: The folder.
        command: What to run again.
        outcome: What becomes of the index.

    Raises:
        BylineError: The disk does not take it.
    """
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        why = named(error) or "free some space or mend the folder's rights"
        raise BylineError(
            f"the index in {str(index)!r} cannot be written ({error}); {outcome}. "
            f"{why[0].upper()}{why[1:]}, then run: byline {command}"
        ) from error


def written_at_once(path: Path, text: str) -> None:
    """Replaces a small file in one step that survives a power cut."""
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(text, encoding="utf-8")
    to_disk(fresh)
    fresh.replace(path)
    to_disk(path.parent)


def to_disk(path: Path) -> None:
    """Fsync; a folder too, where the system can."""
    with suppress(PermissionError):  # Windows opens no folder
        file = os.open(path, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)
