"""Readers, one a format: path -> Iterator[Article | Rejected].

    from corpus.read import read
    for article in read([Path("archive")]): ...

Nothing that stands in a file can raise: what is no article comes out as a `Rejected` that says where and why.
"""

import logging
import os
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from corpus.article import Article, Rejected
from corpus.errors import ReadError
from corpus.read.decode import NotText, printable
from corpus.read.json_lines import read_json_lines
from corpus.read.markdown import read_markdown
from corpus.read.plain import read_plain
from corpus.read.table import read_table
from corpus.read.whole_json import read_json

__all__ = ["READERS", "Reader", "read"]

log = logging.getLogger(__name__)

# Named in the warning of files of other kinds; characters of each.
KINDS_NAMED, LONGEST_KIND = 8, 20

Reader = Callable[[Path], Iterator[Article | Rejected]]


def _read_html(path: Path) -> Iterator[Article | Rejected]:
    """Imports trafilatura only when there is a page to read."""
    from corpus.read.html import read_html

    return read_html(path)


READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".csv": read_table,
    ".tsv": read_table,
    ".html": _read_html,
    ".htm": _read_html,
}
"""By suffix, in lower case; each may be followed by .gz."""


def read(paths: Iterable[Path]) -> Iterator[Article | Rejected]:
    """Reads files, and folders with all that is in them, in sorted order.

    In a folder, hidden entries are passed over, and files of other kinds too: one warning at the end counts those.
    A file that is named is always answered for.

    Raises:
        ReadError: If a path does not exist or may not be opened; before anything is read.
    """
    given = [Path(path) for path in paths]
    for path in given:
        _check(path)
    return _read_all(given)


def _read_all(paths: list[Path]) -> Iterator[Article | Rejected]:
    skipped: Counter[str] = Counter()
    for path in paths:
        yield from _read_path(path, skipped)
    if skipped:
        log.warning("skipped %s", _told(skipped))


def _told(skipped: Counter[str]) -> str:
    """For example "3 files of other kinds: .docx, .jpg, no suffix"; the commonest are named."""
    number = skipped.total()
    kinds = [kind for kind, _ in skipped.most_common(KINDS_NAMED)]
    named = [printable(Path(kind[:LONGEST_KIND])) for kind in sorted(kinds) if kind] + ["no suffix"] * ("" in kinds)
    more = ", ..." if len(skipped) > len(kinds) else ""
    return f"{number:,} file{'s' if number > 1 else ''} of other kinds: {', '.join(named)}{more}"


def _check(path: Path) -> None:
    if not path.exists():
        raise ReadError(f"{printable(path)!r} does not exist: name a file or a folder of articles")
    if not os.access(path, os.R_OK):
        raise ReadError(f"{printable(path)!r} may not be opened: change its permissions")


def _read_path(path: Path, skipped: Counter[str]) -> Iterator[Article | Rejected]:
    if path.is_dir():
        for file in _files(path):
            if reader := READERS.get(_kind(file)):
                yield from _read_file(file, reader)
            else:
                skipped[_kind(file)] += 1
    elif not path.is_file():
        yield Rejected(printable(path), None, "is not a regular file")
    elif reader := READERS.get(_kind(path)):
        yield from _read_file(path, reader)
    else:
        known = ", ".join(READERS)
        yield Rejected(
            printable(path), None, f"is of no known kind ({path.suffix!r}); known are {known}, and each with .gz"
        )


def _read_file(path: Path, reader: Reader) -> Iterator[Article | Rejected]:
    try:
        yield from reader(path)
    except NotText as error:
        yield Rejected(printable(path), None, str(error))
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield Rejected(printable(path), None, f"cannot be read to its end: {reason}")


def _files(folder: Path) -> Iterator[Path]:
    """The files below a folder, but for hidden ones. Links to folders are not followed: they may lead back."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in (Path(parent, name) for name in sorted(names) if not name.startswith(".")):
            if path.is_file():
                yield path


def _kind(path: Path) -> str:
    return Path(path.name.lower().removesuffix(".gz")).suffix
