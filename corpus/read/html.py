"""HTML pages: the text by trafilatura, the rest from what the page itself states.

trafilatura also offers title, date, URL and site, but guesses those a page does not state (a date from a picture's
path, a site from the URL) and rewrites URLs. So they are read here: schema.org's JSON-LD first, then OpenGraph and
other meta tags, then the page's own elements, all through the same table of field names as any record.
"""

import json
import re
from collections.abc import Iterator, Mapping
from configparser import ConfigParser
from contextlib import suppress
from copy import deepcopy
from functools import cache
from pathlib import Path

import lxml.etree
import lxml.html
import trafilatura  # noqa: TID253 (this module is itself imported only for a page)
from trafilatura.settings import DEFAULT_CONFIG  # noqa: TID253

from corpus.article import Article, Rejected
from corpus.clean import one_line
from corpus.read.decode import MARKED_OR_UTF_8, NotText, decode, encoding_of, opened, printable
from corpus.read.record import read_record

LONGEST_BYLINE = 120
_BLOCK_END = re.compile(r"(?=</(?:p|div|li|h\d|blockquote|tr)>)|(?=<br ?/?>)", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_HEAD_BYTES = 4096
_NAMED = "//meta[@content][@name or @property or @itemprop]"
_TIMES = "//time/@datetime | //*[@itemprop='datePublished']/@content"
_BYLINES = "//*[@rel='author' or @itemprop='author' or contains(concat(' ', normalize-space(@class), ' '), ' byline ')]"


def read_html(path: Path) -> Iterator[Article | Rejected]:
    """One article a page."""
    with opened(path) as stream:
        page = _decode_page(stream.read())
    tree = _tree(page)
    if tree is None:
        raise NotText("holds no HTML")
    record = {**_elements(tree), **_meta(tree), **_structured(tree)}
    yield read_record({**record, **_story(page)}, printable(path))


def paragraphs(markup: str) -> str:
    """The words of a piece of HTML, its blocks apart."""
    tree = _tree(_BLOCK_END.sub("\n\n", markup))
    return "" if tree is None else str(tree.text_content())


def _story(page: str) -> dict[str, object]:
    """The article's text, if any can be told from the page around it; without it, the record's own may serve."""
    extracted = trafilatura.extract(page, include_comments=False, config=_settings())
    return {"text": extracted.replace("\n", "\n\n")} if extracted else {}


@cache
def _settings() -> ConfigParser:
    """Under its usual 250 characters trafilatura takes the whole page, menus and all, for a brief's text."""
    settings = deepcopy(DEFAULT_CONFIG)
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", "20")
    return settings


def _decode_page(data: bytes) -> str:
    """What the page says of its encoding counts where it is not UTF-8."""
    declared = _CHARSET.search(data[:_HEAD_BYTES])
    if declared and encoding_of(data) not in MARKED_OR_UTF_8:
        with suppress(LookupError, UnicodeError):
            return data.decode(declared[1].decode("ascii", "replace"))
    return decode(data)


def _tree(page: str) -> lxml.html.HtmlElement | None:
    parser = lxml.html.HTMLParser(encoding="utf-8")
    try:
        return lxml.html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return None


def _elements(tree: lxml.html.HtmlElement) -> dict[str, object]:
    """What a page shows where it has no metadata; a date only if it shows no other beside it."""
    headings = [one_line(heading.text_content()) for heading in tree.xpath("//h1 | //title")]
    days = sorted({str(day) for day in tree.xpath(_TIMES)})
    bylines = (one_line(element.text_content()) for element in tree.xpath(_BYLINES))
    return {
        "og:title": next((heading for heading in reversed(headings) if heading), None),
        "canonical": next(iter(tree.xpath("//link[@rel='canonical']/@href")), None),
        "date": days[0] if len(days) == 1 else None,
        "byline": next((name for name in bylines if 0 < len(name) <= LONGEST_BYLINE), None),
    }


def _meta(tree: lxml.html.HtmlElement) -> dict[str, object]:
    """Meta tags by name; the first of a name counts."""
    tags: dict[str, object] = {}
    for tag in tree.xpath(_NAMED):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        if tag.get("content").strip():
            tags.setdefault(name.lower(), tag.get("content"))
    return tags


def _structured(tree: lxml.html.HtmlElement) -> dict[str, object]:
    """The first article among the page's JSON-LD blocks."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            document = json.loads(script)
        except (ValueError, RecursionError):
            continue
        blocks = document.get("@graph", document) if isinstance(document, Mapping) else document
        for block in blocks if isinstance(blocks, list) else [blocks]:
            if isinstance(block, Mapping) and re.search(r"Article|Posting|Report", str(block.get("@type"))[:200]):
                return dict(block)
    return {}
