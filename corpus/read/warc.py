"""Web archives (.warc): the pages among a crawler's records."""

from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import replace
from io import StringIO
from typing import Any

from warcio.archiveiterator import ArchiveIterator  # noqa: TID253 (this module is itself imported only for one)

from corpus.article import Rejected
from corpus.read.file import LARGEST_WHOLE, File, Stated, Unreadable, guarded, printable

PAGES = ("text/html", "application/xhtml+xml")


def read_warc(file: File) -> Iterator[File | Rejected]:
    """Each page as a file of its own, with its address. Pictures, requests, redirections and errors are skipped."""
    records = pages = 0
    with file.open() as stream:
        with guarded("no web archive that can be read"):
            found = ArchiveIterator(stream)
        while True:
            # The library prints its warnings, with content of the file, straight to the terminal.
            with guarded(f"damaged after {records:,} records"), redirect_stderr(StringIO()):
                record = next(found, None)
                page = _page(file, record) if record else None
            if record is None:
                break
            records += 1
            if page:
                pages += 1
                yield page
        if found.err_count:
            yield Rejected(file.origin, None, f"is damaged in {found.err_count:,} places: pages may be lost")
    if not pages:
        raise Unreadable(f"holds no page among its {records:,} records" if records else "is empty")


def _page(file: File, record: Any) -> File | Rejected | None:
    kind, _, parameters = _header(record, "Content-Type").partition(";")
    if record.rec_type not in {"response", "resource"} or kind.strip().lower() not in PAGES:
        return None
    if record.rec_type == "response" and record.http_headers.get_statuscode() != "200":
        return None
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    page = replace(file.member("page.html", file.open), origin=f"{file.origin}!{printable(address)}")
    data = record.content_stream().read(LARGEST_WHOLE + 1)
    if len(data) > LARGEST_WHOLE:
        return Rejected(page.origin, None, f"is larger than {LARGEST_WHOLE >> 20} MB")
    if record.raw_stream.limit > 0 and not record.raw_stream.read(1):
        return Rejected(page.origin, None, "breaks off")
    _, _, encoding = parameters.partition("charset=")
    stated = Stated(url=address if address.startswith("http") else None, encoding=encoding.strip(" \"';") or None)
    return replace(page.holding(data), stated=stated)


def _header(record: Any, name: str) -> str:
    headers = record.http_headers or record.rec_headers
    return headers.get_header(name) or ""
