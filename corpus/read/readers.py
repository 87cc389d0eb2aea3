"""The reader of each kind of file, loaded only when there is a file for it."""

from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import cast

from corpus.article import Article, Rejected
from corpus.read.file import File, Unreadable

Reader = Callable[[File], Iterator[Article | Rejected]]
"""Yields what it finds; raises `Unreadable`, with the reason, where a file as a whole cannot be read."""
Container = Callable[[File], Iterator[File | Rejected]]

READERS = {
    ".txt": "plain.read_plain",
    ".md": "markdown.read_markdown",
    ".markdown": "markdown.read_markdown",
    ".json": "json_files.read_json",
    ".jsonl": "json_files.read_json_lines",
    ".ndjson": "json_files.read_json_lines",
    ".csv": "table.read_table",
    ".tsv": "table.read_table",
    ".html": "html.read_html",
    ".htm": "html.read_html",
    ".xhtml": "html.read_html",
    ".rss": "feed.read_feed",
    ".atom": "feed.read_feed",
    ".xml": "feed.read_feed",
    ".parquet": "parquet.read_parquet",
    ".pdf": "pdf.read_pdf",
    ".docx": "word.read_docx",
    ".eml": "mail.read_mail",
    ".mht": "mail.read_saved_page",
    ".mhtml": "mail.read_saved_page",
}
"""By suffix, in lower case: the module and the function."""

CONTAINERS = {
    ".zip": "zip_and_tar.read_zip",
    ".tar": "zip_and_tar.read_tar",
    ".mbox": "mailbox.read_mailbox",
    ".warc": "warc.read_warc",
}
"""Kinds that hold files of other kinds."""

STREAMED = {".jsonl", ".ndjson", ".csv", ".tsv", ".parquet"}
"""Kinds of any size, read in parts; a file of another kind is one article or little more, and read whole."""

EXTRAS = {
    ".docx": ("docx", "docx"),
    ".parquet": ("parquet", "pyarrow"),
    ".pdf": ("pdf", "pypdfium2"),
    ".warc": ("warc", "warcio"),
}
"""By suffix: the extra that its reader needs, and the package in it."""


def reader_of(kind: str) -> Reader:
    """The reader of a kind.

    Raises:
        Unreadable: It needs an extra that is not installed.
    """
    return cast(Reader, _load(READERS[kind], kind))


def container_of(kind: str) -> Container:
    """The function that opens a kind that holds files.

    Raises:
        Unreadable: It needs an extra that is not installed.
    """
    return cast(Container, _load(CONTAINERS[kind], kind))


def require(extra: str, package: str) -> None:
    """Checks that the package of an extra is installed.

    Raises:
        Unreadable: It is not installed.
    """
    if not find_spec(package):
        raise Unreadable(f"needs the extra {extra!r}: pip install byline[{extra}]")


def _load(place: str, kind: str) -> object:
    if kind in EXTRAS:
        require(*EXTRAS[kind])
    module, _, function = place.partition(".")
    return getattr(import_module(f"corpus.read.{module}"), function)
