"""HTML pages: the text by trafilatura, the rest from what the page itself states.

trafilatura also offers title, date, URL and site, but guesses those a page does not state (a date from a picture's
path, a site from the URL) and rewrites URLs. So they are read here: schema.org's JSON-LD first, then OpenGraph and
other meta tags, then the page's own elements, all through the same table of field names as any record.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from urllib.parse import urlsplit

import lxml.html

from corpus.article import Article, Rejected
from corpus.dates import date_of_line, stated_date
from corpus.foreign_dates import as_shown
from corpus.read.decode import MARKED_OR_UTF_8, decode, encoding_of
from corpus.read.field_names import web_address
from corpus.read.file import File, Unreadable
from corpus.read.record import read_record, without_markup
from corpus.read.shown import shown
from corpus.read.story import extracted_story, page_tree
from corpus.read.structured import same_story, structured

# Scripts fill a page in that shows less than this share of the text in its structured data.
SHOWN = 0.5
TOP = 3  # the first lines of a story, in which its date may be
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_HEAD_BYTES = 4096
_NAMED = "//meta[@content][@name or @property or @itemprop]"


def read_html(file: File) -> Iterator[Article | Rejected]:
    """One article a page."""
    page = _decode_page(file.contents(), file.stated.encoding)
    tree = page_tree(page)
    if tree is None:
        raise Unreadable("holds no HTML")
    canonical, on_page, meta = _canonical(tree), shown(tree), _meta(tree)
    heading = on_page.pop("heading")
    headlines = [str(title) for title in (on_page["og:title"], meta.get("og:title")) if title]
    record = {**on_page, **meta, **structured(tree, canonical, headlines)}
    _set_local_day(record, on_page["date"])
    stated = record.get("headline") or record.get("title") or record.get("og:title")
    if isinstance(heading, str) and isinstance(stated, str) and not same_story(heading, stated):
        record["headline"] = heading  # the stated one was written for search engines
    if canonical:
        record["url"] = canonical
    yield read_record({**record, **_text(page, tree, record)}, file)


def _set_local_day(record: dict[str, object], seen: object) -> None:
    """Sets a moment stated in UTC to the day that the page shows, unless that is the day of its last change."""
    changes = (stated_date(record.get(name)) for name in ("dateModified", "article:modified_time"))
    if any(str(change)[:10] == str(seen)[:10] for change in changes):
        return
    for name in ("datePublished", "article:published_time", "datepublished"):
        stated = stated_date(record.get(name))
        if stated and isinstance(seen, date):
            record[name] = as_shown(stated, seen)


def _text(page: str, tree: lxml.html.HtmlElement, record: Mapping[str, object]) -> dict[str, object]:
    """The article's text, if it can be separated from the page around it; if not, the record's own may do.

    The record's text also wins where scripts fill the page in, or where the page shows it without paragraphs.
    """
    extracted = extracted_story(page, tree)
    stated = record.get("articleBody")
    body = without_markup(stated).strip() if isinstance(stated, str) else ""
    same = len(body.split()) == len(extracted.split()) and body.split() == extracted.split()
    if len(extracted) < SHOWN * len(body) or (same and body.count("\n") > extracted.count("\n")):
        return {"text": body}
    return {"text": "\n\n".join(_without_day(extracted.split("\n")))} if extracted else {}


def _without_day(lines: list[str]) -> list[str]:
    """The story without a line above it that contains only a date."""
    return [line for place, line in enumerate(lines) if place >= TOP or not date_of_line(line)]


def _decode_page(data: bytes, served: str | None) -> str:
    """The encoding stated by the server, else by the page, counts where it is not UTF-8."""
    meta = _CHARSET.search(data[:_HEAD_BYTES])
    declared = served or (meta and meta[1].decode("ascii", "replace"))
    if declared and encoding_of(data) not in MARKED_OR_UTF_8:
        with suppress(LookupError, ValueError):
            return data.decode(declared)
    return decode(data)


def _meta(tree: lxml.html.HtmlElement) -> dict[str, object]:
    """Meta tags by name; the first of each name, but all of authors."""
    tags: dict[str, list[str]] = {}
    for tag in tree.xpath(_NAMED):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        if tag.get("content").strip():
            tags.setdefault(name.lower(), []).append(tag.get("content"))
    return {name: values if "author" in name and len(values) > 1 else values[0] for name, values in tags.items()}


def _canonical(tree: lxml.html.HtmlElement) -> str | None:
    """The page's own canonical address, unless it is just the site's: a template left it there."""
    stated = next((str(address) for address in tree.xpath("//link[@rel='canonical']/@href")), "")
    address = web_address(stated)
    return address if address and urlsplit(address)[2:4] not in {("", ""), ("/", "")} else None
