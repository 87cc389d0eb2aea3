"""Readers, one per format: File -> Iterator[Article | Rejected].

    from corpus.read import read
    for article in read([Path("archive")]): ...

No content of a file can raise: what is no article becomes a `Rejected` with the place and the reason.
"""

import logging
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from corpus.article import Article, Rejected
from corpus.errors import ReadError
from corpus.read.cache import ReadCache
from corpus.read.file import File, printable
from corpus.read.files import Finder
from corpus.read.folder import Excluded
from corpus.read.parallel import AHEAD, Queue, Submit, parse, parse_all
from corpus.read.readers import CONTAINERS, READERS

__all__ = ["CONTAINERS", "READERS", "File", "parse", "read"]

log = logging.getLogger(__name__)


def read(
    paths: Iterable[Path],
    *,
    exclude: Sequence[str] = (),
    fields: Mapping[str, str] | None = None,
    workers: int = 1,
    submit: Submit | None = None,
    cache: ReadCache | None = None,
) -> Iterator[Article | Rejected]:
    """Reads files, folders and archives; folders in sorted order, archives in their own.

    In a folder, hidden entries, links and files of unknown kinds are skipped; a warning at the end counts the files.
    A file given by name always yields a result.

    Args:
        paths: What to read.
        exclude: Patterns of files to leave out, as in a .gitignore; a folder may have more in its .bylineignore.
        fields: The corpus's own names for fields, by the names of `Article`.
        workers: The most processes to read with. With more than one, the calling program must guard its start
            with `if __name__ == "__main__":`.
        submit: Has a batch of files parsed, on so many workers, in place of processes of this machine.
        cache: Finds what a rebuild has read before; pass the same one to it.

    Raises:
        ReadError: A path does not exist or may not be opened; raised before anything is read.
        SettingsError: A pattern is invalid.
    """
    given = [Path(path) for path in paths]
    for path in given:
        _check(path)
    return _read_all(given, Finder(Excluded.by(exclude), fields or {}, cache), workers, submit)


def _read_all(paths: list[Path], finder: Finder, workers: int, submit: Submit | None) -> Iterator[Article | Rejected]:
    files = (file for path in paths for file in finder.find(path))
    yield from Queue(submit, workers * AHEAD).run(files) if submit else parse_all(files, workers)
    if finder.skipped:
        log.warning("%s", finder.summary())


def _check(path: Path) -> None:
    if not path.exists():
        raise ReadError(f"{printable(path)!r} does not exist: name a file or a folder of articles")
    if not os.access(path, os.R_OK | (os.X_OK if path.is_dir() else 0)):
        raise ReadError(f"{printable(path)!r} may not be opened: change its permissions")
