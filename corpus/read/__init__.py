"""Readers, one a format: File -> Iterator[Article | Rejected].

    from corpus.read import read
    for article in read([Path("archive")]): ...

Nothing that stands in a file can raise: what is no article comes out as a `Rejected` that says where and why.
"""

import logging
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from corpus.article import Article, Rejected
from corpus.errors import ReadError
from corpus.read.file import File, printable
from corpus.read.files import Finder
from corpus.read.folder import Excluded
from corpus.read.kinds import CONTAINERS, READERS
from corpus.read.parallel import parse, parse_all

__all__ = ["CONTAINERS", "READERS", "File", "parse", "read"]

log = logging.getLogger(__name__)


def read(
    paths: Iterable[Path],
    *,
    exclude: Sequence[str] = (),
    fields: Mapping[str, str] | None = None,
    workers: int = 1,
) -> Iterator[Article | Rejected]:
    """Reads files, folders with all that is in them, in sorted order, and archives, in theirs.

    In a folder, hidden entries are passed over, and files of other kinds too: one warning at the end counts those.
    A file that is named is always answered for.

    Args:
        paths: What to read.
        exclude: Patterns of files to leave out, as in a .gitignore; a folder's own stand in its .bylineignore.
        fields: Names that records of this corpus have for fields, by the names of `Article`.
        workers: Processes that read at once, where there is much to read. With more than one, the program that
            calls must keep what it does at its start under `if __name__ == "__main__":`.

    Raises:
        ReadError: If a path does not exist or may not be opened; before anything is read.
        SettingsError: If a pattern makes no sense.
    """
    given = [Path(path) for path in paths]
    for path in given:
        _check(path)
    return _read_all(given, Finder(Excluded.by(exclude), fields or {}), workers)


def _read_all(paths: list[Path], finder: Finder, workers: int) -> Iterator[Article | Rejected]:
    files = (file for path in paths for file in finder.find(path))
    yield from parse_all(files, workers)
    if finder.skipped:
        log.warning("%s", finder.told())


def _check(path: Path) -> None:
    if not path.exists():
        raise ReadError(f"{printable(path)!r} does not exist: name a file or a folder of articles")
    if not os.access(path, os.R_OK | (os.X_OK if path.is_dir() else 0)):
        raise ReadError(f"{printable(path)!r} may not be opened: change its permissions")
