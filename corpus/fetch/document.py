"""The kind of a fetched document: the server's statement counts only where the bytes do not show it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

import lxml.etree
import lxml.html

from corpus.fetch.client import Fetched
from corpus.read.field_names import web_address
from corpus.read.file import File, Stated, Unreadable, printable
from corpus.read.packed import BROKEN, unpacked

_GZIP = b"\x1f\x8b"
_BEFORE_ROOT = rb"(?:<\?[^>]*>|<!--.*?-->|<!DOCTYPE[^>]*>|\s)*+<(?:\w+:)?"
_FEED = re.compile(_BEFORE_ROOT + rb"(?:rss|feed|rdf)\b", re.IGNORECASE | re.DOTALL)
_SITEMAP = re.compile(_BEFORE_ROOT + rb"(?:urlset|sitemapindex)\b", re.IGNORECASE | re.DOTALL)
SITEMAP = ".sitemap"
"""The kind of a sitemap, which no reader of files has."""
_SEEN = ((b"%PDF-", ".pdf"), (b"{", ".json"), (b"[", ".json"))
_STATED = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/json": ".json",
    "application/feed+json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "text/csv": ".csv",
    "application/pdf": ".pdf",
}
_START_BYTES = 4096
_FEEDS = (
    "//link[@rel='alternate'][contains(@type, '/rss') or contains(@type, '/atom') or contains(@type, '/feed+json')]"
)


def file_of(fetched: Fetched, stated: Stated, fields: Mapping[str, str]) -> File:
    """The document as a file to be read.

    Args:
        fetched: As it came.
        stated: What else is known of its article.
        fields: The corpus's own names for fields.

    Raises:
        Unreadable: It is no kind of file that can be read.
    """
    data = _unpacked(fetched)
    stated = replace(stated, url=fetched.address, encoding=fetched.encoding)
    return File.of(f"document{_kind(data, fetched.kind)}", data, printable(fetched.address), stated, fields)


def is_front_page(address: str) -> bool:
    """Whether a page is its site's front page, which is no article."""
    parts = urlsplit(address)
    return parts.path in {"", "/"} and not parts.query


def feed_of(page: bytes, address: str) -> str | None:
    """The first feed that a page links to."""
    try:
        tree: lxml.html.HtmlElement = lxml.html.document_fromstring(page)
        named = tree.xpath(f"{_FEEDS}/@href")
        return web_address(urljoin(address, str(named[0]))) if named else None
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return None


def _unpacked(fetched: Fetched) -> bytes:
    """Sitemaps are often kept as .gz."""
    if not fetched.data.startswith(_GZIP):
        return fetched.data
    try:
        return unpacked(File.of("document.gz", fetched.data, fetched.address)).contents()
    except BROKEN as error:
        raise Unreadable(f"has a damaged compression: {printable(str(error))}") from error


def _kind(data: bytes, stated: str) -> str:
    start = data[:_START_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise Unreadable("is empty")
    if _SITEMAP.match(start):
        return SITEMAP
    if _FEED.match(start):
        return ".xml"
    seen = next((kind for sign, kind in _SEEN if start.startswith(sign)), None)
    kind = _STATED.get(stated) or seen or (".html" if start.startswith(b"<") else None)
    if kind is None or (kind == ".json" and seen != ".json"):
        media_type = printable(stated[:60])
        raise Unreadable(f"has the media type {media_type!r}, which is no feed, sitemap or page")
    return kind
