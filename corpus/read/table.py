"""CSV and TSV: one article per row, below a line of field names."""

import csv
import re
from collections.abc import Iterator
from functools import partial
from io import BufferedReader, RawIOBase, TextIOWrapper
from typing import TYPE_CHECKING, cast

from corpus.article import Article, Rejected
from corpus.read.decode import SAMPLE_BYTES, encoding_of
from corpus.read.file import File, Unreadable
from corpus.read.record import read_record

if TYPE_CHECKING:
    import _csv

# Characters. The csv module's default, 131,072, is shorter than a live blog.
LONGEST_FIELD = 16_000_000

_SEPARATOR = re.compile(r"\ufeff?\"?sep=([\t,;|])\"?\s*", re.IGNORECASE)
"""The line that Excel writes above the field names."""


def read_table(file: File) -> Iterator[Article | Rejected]:
    """Every row's article, one at a time."""
    csv.field_size_limit(LONGEST_FIELD)
    with file.open() as opened, BufferedReader(cast(RawIOBase, opened), SAMPLE_BYTES) as stream:
        text = TextIOWrapper(stream, _encoding(stream.peek()), errors="replace", newline="")
        header, above = text.readline(LONGEST_FIELD), 1
        stated = _SEPARATOR.fullmatch(header)
        if stated:
            header, above = text.readline(LONGEST_FIELD), 2
        delimiter = stated[1] if stated else max("\t,;|", key=header.count)
        names = next(csv.reader([header], delimiter=delimiter), [])
        lines = iter(partial(text.readline, LONGEST_FIELD), "")
        yield from _read_rows(csv.reader(lines, delimiter=delimiter, strict=True), names, file, above)


def _read_rows(rows: "_csv.Reader", names: list[str], file: File, above: int) -> Iterator[Article | Rejected]:
    """The rows' articles; `above` lines precede them."""
    empty = True
    while True:
        line = rows.line_num + above + 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            empty, last = False, rows.line_num + above
            more = f", nor are the lines up to {last}" if last > line else ""
            yield Rejected(file.origin, line, f"is not a valid row{more}: {error}")
            continue
        if row is None:
            break
        if any(row):
            empty = False
            yield _read_row(row, names, file, line)
    if empty:
        yield Rejected(file.origin, None, "has no rows under its line of field names")


def _read_row(row: list[str], names: list[str], file: File, line: int) -> Article | Rejected:
    if len(row) > len(names):
        return Rejected(file.origin, line, f"has {len(row)} fields where the first line names {len(names)}")
    return read_record(dict(zip(names, row, strict=False)), file, line)


def _encoding(start: bytes) -> str:
    """Detected from the file's first part: a table is never held whole.

    Raises:
        Unreadable: It cannot be detected.
    """
    if not start.strip():
        raise Unreadable("is empty")
    whole_lines = start.rpartition(b"\n")[0] if len(start) == SAMPLE_BYTES else b""
    return encoding_of(whole_lines or start)
