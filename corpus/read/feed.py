"""RSS and Atom feeds: the full text of an entry where the feed carries it, else its summary."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

import feedparser  # noqa: TID253 (this module is itself imported only for a feed)

from corpus.article import Article, Rejected
from corpus.read.file import File, Stated, guarded, whole
from corpus.read.news_xml import read_news_xml
from corpus.read.readers import require
from corpus.read.record import one_of, read_record
from corpus.read.story import paragraphs
from corpus.read.wordpress import display_names, without_shortcodes

# What the parser reports of truncated XML. It recovers from other faults.
CUT = {"no element found", "unclosed token", "unclosed CDATA section"}
WORDPRESS = ("status", "post_type", "post_password")
"""The fields of a WordPress export that tell published entries from others."""
HEAD = 1024
"""Bytes within which the root element of a dump opens."""
_MAILBOX = re.compile(r"\S+@\S+\s*(?:\((?P<name>[^()]*)\))?")


def read_feed(file: File) -> Iterator[Article | Rejected]:
    """One article per entry; other XML is read as news industry XML or a MediaWiki dump."""
    with file.open() as stream:
        if b"<mediawiki" in stream.peek(HEAD)[:HEAD]:
            require("wiki", "mwparserfromhell")
            from corpus.read.wiki import read_dump

            yield from read_dump(stream, file)
            return
        data = whole(stream)
    with guarded("no feed that can be read"):
        # As a stream: feedparser would open a string as a path or an address.
        feed = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not feed.version:
        yield from read_news_xml(data, file)
        return
    outlet = file.stated.source or feed.feed.get("title")
    names = display_names(data) if "wp_wxr_version" in feed.feed else {}
    for number, entry in enumerate(feed.entries, start=1):
        record = _record(dict(entry), feed.feed.get("link", ""), names)
        found = read_record(record, replace(file, stated=Stated(source=outlet)))
        if isinstance(found, Rejected):
            found = one_of(found, f"an entry {number}")
        yield found
    if not feed.entries:
        yield Rejected(file.origin, None, "is a feed without entries")
    if feed.bozo and getattr(feed.bozo_exception, "getMessage", str)() in CUT:
        yield Rejected(file.origin, None, "breaks off: its last entries are lost")


def _record(entry: Mapping[str, Any], base: str, names: Mapping[str, str]) -> dict[str, object]:
    authors = [_name(author, entry) for author in entry.get("authors", [])]
    authors = [names.get(author, author) for author in authors]
    link = entry.get("feedburner_origlink") or entry.get("link")
    parts = entry.get("content") or [entry.get("summary_detail") or {}]
    return {
        "title": _words(entry.get("title_detail") or {}),
        "text": "\n\n".join(map(_words, parts)),
        "url": urljoin(base, link) if link else "",
        "published": entry.get("wp_post_date") or entry.get("published") or entry.get("updated"),
        "published_gmt": entry.get("published") if "wp_post_date" in entry else None,
        "updated": entry.get("updated"),
        "source": entry.get("source", {}).get("title"),
        "authors": authors if len(authors) > 1 else "".join(authors),
        **{name: entry[f"wp_{name}"] for name in WORDPRESS if f"wp_{name}" in entry},
    }


def _words(part: Mapping[str, Any]) -> str:
    """A text without its markup, if its type says that it has any."""
    words = without_shortcodes(str(part.get("value") or ""))
    return paragraphs(words).strip() if "html" in str(part.get("type")) and re.search("[<&]", words) else words


def _name(author: Mapping[str, Any], entry: Mapping[str, Any]) -> str:
    """RSS has "ada@example.org (Ada Moreau)"."""
    if "email" not in author or not (mailbox := _MAILBOX.fullmatch(entry.get("author", ""))):
        return str(author.get("name") or "")
    return mailbox["name"] or ""
