"""Parquet: one article per row, read a batch of rows at a time."""

from collections.abc import Iterator

import pyarrow.parquet  # noqa: TID253 (this module is itself imported only for such a file)

from corpus.article import Article, Rejected
from corpus.read.file import File, filled, guarded
from corpus.read.record import read_record
from corpus.read.zip_and_tar import wound_back

ROWS = 64
"""Rows held in memory at once."""


def read_parquet(file: File) -> Iterator[Article | Rejected]:
    """Every row's article; `line` is the row's number, from 1."""
    number = 0
    with file.open() as opened, wound_back(filled(opened)) as stream:
        with guarded("no Parquet file that can be read"):
            batches = pyarrow.parquet.ParquetFile(stream).iter_batches(ROWS)
        while True:
            with guarded(f"damaged after {number:,} rows"):
                batch = next(batches, None)
                rows = [] if batch is None else batch.to_pylist()
            for row in rows:
                number += 1
                yield read_record(row, file, number)
            if batch is None:
                break
    if not number:
        yield Rejected(file.origin, None, "has no rows")
