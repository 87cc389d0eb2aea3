"""What a store of files does, whichever it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from corpus.errors import SettingsError

PART = 8 << 20
"""Bytes that one request reads."""
LONGEST = 64 << 20
"""Bytes of the longest file that is read at once."""


class Replaced(Exception):
    """What was to be replaced is not there any more as it was seen."""


@dataclass(frozen=True, slots=True)
class Stored:
    """The bytes of a small file.

    Attributes:
        data: All of them.
        version: What `Store.put` takes, to replace just these.
    """

    data: bytes
    version: Any


@dataclass(frozen=True, slots=True)
class Listed:
    """A file in a listing.

    Attributes:
        size: Bytes.
        modified: When it was written, by the clock of the store.
    """

    size: int
    modified: datetime


class Store(Protocol):
    """Files by name below a URL. Whatever fails raises BylineError, with the URL and what to do."""

    def get(self, name: str) -> Stored | None:
        """A small file, or None where there is none."""

    def read(self, name: str, start: int, end: int) -> bytes:
        """The bytes from start up to end."""

    def put(self, name: str, data: bytes, replacing: Any = None) -> Any:
        """Writes a small file in one step, in place of the version that was seen; None: where there is none.

        Returns:
            The version written.

        Raises:
            Replaced: The file has another version, or is there already.
        """

    def upload(self, path: Path, name: str) -> None:
        """Writes a file of any size, in place of any that is there."""

    def find(self, name: str) -> Listed | None:
        """What a listing would state of one file; None where there is none."""

    def listing(self, under: str) -> dict[str, Listed]:
        """All files whose names begin with a folder's, by name."""

    def remove(self, names: list[str]) -> None:
        """Removes files; those that are not there are no error."""


def open_store(url: str) -> Store:
    """The store at a URL; nothing is asked of it yet.

    Raises:
        SettingsError: No store of the kind is known, or its package is not installed.
    """
    return _KINDS.get(urlsplit(url).scheme.lower(), _files)(url)


def _objects(url: str) -> Store:
    try:
        import obstore  # noqa: F401  # whether it is there
    except ImportError as error:
        raise SettingsError(f"for {url!r} install obstore: pip install 'byline[store]'") from error
    from index.storage.remote.objects import Objects

    return Objects(url)


def _files(url: str) -> Store:
    from index.storage.remote.fsspec_store import Files

    return Files(url)


_KINDS: dict[str, Callable[[str], Store]] = dict.fromkeys(
    ("s3", "s3a", "gs", "gcs", "az", "azure", "adl", "abfs", "abfss"), _objects
)
