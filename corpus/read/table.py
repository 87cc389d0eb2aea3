"""CSV and TSV: one article a row, under a line of field names."""

import csv
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.article import Article, Rejected
from corpus.read.decode import SAMPLE_BYTES, NotText, encoding_of, opened, printable
from corpus.read.record import read_record

if TYPE_CHECKING:
    import _csv

# Characters. The csv module's own limit, 131,072, is shorter than a live blog.
LONGEST_FIELD = 16_000_000


def read_table(path: Path) -> Iterator[Article | Rejected]:
    """Every row's article, one at a time."""
    origin = printable(path)
    csv.field_size_limit(LONGEST_FIELD)
    with opened(path) as stream:
        text = TextIOWrapper(stream, _encoding(path), errors="replace", newline="")
        header = text.readline()
        delimiter = max("\t,;|", key=header.count)
        names = next(csv.reader([header], delimiter=delimiter), [])
        yield from _read_rows(csv.reader(text, delimiter=delimiter, strict=True), names, origin)


def _read_rows(rows: "_csv.Reader", names: list[str], origin: str) -> Iterator[Article | Rejected]:
    empty = True
    while True:
        line = rows.line_num + 2  # the header is line 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield Rejected(origin, line, f"is not a valid row: {error}")
            continue
        if row is None:
            break
        if any(row):
            empty = False
            yield _read_row(row, names, origin, line)
    if empty:
        yield Rejected(origin, None, "has no rows under its line of field names")


def _read_row(row: list[str], names: list[str], origin: str, line: int) -> Article | Rejected:
    if len(row) > len(names):
        return Rejected(origin, line, f"has {len(row)} fields where the first line names {len(names)}")
    return read_record(dict(zip(names, row, strict=False)), origin, line)


def _encoding(path: Path) -> str:
    """Told by the file's first part: a table is never held whole.

    Raises:
        NotText: If it cannot be told.
    """
    with opened(path) as stream:
        start = stream.read(SAMPLE_BYTES)
        if len(start) == SAMPLE_BYTES:
            start += stream.readline()
    if not start.strip():
        raise NotText("is empty")
    return encoding_of(start)
