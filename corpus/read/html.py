"""HTML pages: the text by trafilatura, the rest from what the page itself states.

trafilatura also offers title, date, URL and site, but guesses those a page does not state (a date from a picture's
path, a site from the URL) and rewrites URLs. So they are read here: schema.org's JSON-LD first, then OpenGraph and
other meta tags, then the page's own elements, all through the same table of field names as any record.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from configparser import ConfigParser
from contextlib import suppress
from copy import deepcopy
from datetime import date
from functools import cache
from urllib.parse import urlsplit

import lxml.etree
import lxml.html
import trafilatura  # noqa: TID253 (this module is itself imported only for a page)
from trafilatura.settings import DEFAULT_CONFIG  # noqa: TID253

from corpus.article import Article, Rejected
from corpus.dates import date_of_line, stated_date
from corpus.foreign_dates import as_shown
from corpus.read.decode import MARKED_OR_UTF_8, decode, encoding_of
from corpus.read.fields import web_address
from corpus.read.file import File, Unreadable
from corpus.read.record import read_record, without_markup
from corpus.read.shown import shown
from corpus.read.structured import same_story, structured

# The longest live blogs have a fifth of it. Beyond it, extraction takes minutes.
MOST_TAGS = 100_000
# With its default minimum length trafilatura takes the whole page, menus included, for a short article; with a far
# smaller one, a single post of a live blog for all of it.
BRIEF, USUAL = 20, 250
# Extraction is retried where it kept less of the story's paragraphs; paragraphs longer than this are no menu.
ENOUGH_KEPT, SENTENCE = 0.6, 40
# Scripts fill a page in that shows less than this share of the text in its structured data.
SHOWN = 0.5
TOP = 3  # the first lines of a story, in which its date may be
_PARAGRAPHS = (
    "(//main | //article[not(ancestor::main)])//p"
    "[not(ancestor::footer or ancestor::aside or ancestor::nav or ancestor::figure or ancestor::form)]"
)
_BLOCK_END = re.compile(r"(?=</(?:p|div|li|h\d|blockquote|tr)>)|(?=<br ?/?>)", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_HEAD_BYTES = 4096
_NAMED = "//meta[@content][@name or @property or @itemprop]"


def read_html(file: File) -> Iterator[Article | Rejected]:
    """One article a page."""
    page = _decode_page(file.contents(), file.stated.encoding)
    tree = _page_tree(page)
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


def paragraphs(markup: str) -> str:
    """The words of a piece of HTML, one block a paragraph."""
    tree = _tree(_BLOCK_END.sub("\n\n", markup))
    return "" if tree is None else str(tree.text_content())


def story(markup: str) -> str:
    """The article in a piece of HTML, or all of its text where none is found."""
    tree = _page_tree(markup)
    extracted = "" if tree is None else _extracted(markup, tree)
    return extracted.replace("\n", "\n\n") or paragraphs(markup)


def _text(page: str, tree: lxml.html.HtmlElement, record: Mapping[str, object]) -> dict[str, object]:
    """The article's text, if it can be separated from the page around it; if not, the record's own may do.

    The record's text also wins where scripts fill the page in, or where the page shows it without paragraphs.
    """
    extracted = _extracted(page, tree)
    stated = record.get("articleBody")
    body = without_markup(stated).strip() if isinstance(stated, str) else ""
    same = len(body.split()) == len(extracted.split()) and body.split() == extracted.split()
    if len(extracted) < SHOWN * len(body) or (same and body.count("\n") > extracted.count("\n")):
        return {"text": body}
    return {"text": "\n\n".join(_without_day(extracted.split("\n")))} if extracted else {}


def _without_day(lines: list[str]) -> list[str]:
    """The story without a line above it that contains only a date."""
    return [line for place, line in enumerate(lines) if place >= TOP or not date_of_line(line)]


def _extracted(page: str, tree: lxml.html.HtmlElement) -> str:
    """What trafilatura extracts; where that omits much, as of a live blog, what it extracts with looser settings."""
    if page.count("<") > MOST_TAGS:
        raise Unreadable(f"has more than {MOST_TAGS:,} tags, as no article has")
    found = trafilatura.extract(tree, include_comments=False, config=_settings(BRIEF)) or ""
    shown_paragraphs = {
        words for part in tree.xpath(_PARAGRAPHS) if len(words := _letters(part.text_content())) > SENTENCE
    }
    if not found or _share(found, shown_paragraphs) >= ENOUGH_KEPT:
        return found
    more = trafilatura.extract(tree, include_comments=False, config=_settings(USUAL)) or ""
    return more if _share(more, shown_paragraphs) > _share(found, shown_paragraphs) else found


def _share(text: str, shown_paragraphs: set[str]) -> float:
    """The share of the letters of a page's paragraphs that are in a text; all if the page has none."""
    kept = shown_paragraphs & set(map(_letters, text.split("\n")))
    return sum(map(len, kept)) / sum(map(len, shown_paragraphs)) if shown_paragraphs else 1.0


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text)


@cache
def _settings(least: int) -> ConfigParser:
    """With less text than so many characters, trafilatura takes more of the page."""
    settings = deepcopy(DEFAULT_CONFIG)
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(least))
    return settings


def _decode_page(data: bytes, served: str | None) -> str:
    """The encoding stated by the server, else by the page, counts where it is not UTF-8."""
    meta = _CHARSET.search(data[:_HEAD_BYTES])
    declared = served or (meta and meta[1].decode("ascii", "replace"))
    if declared and encoding_of(data) not in MARKED_OR_UTF_8:
        with suppress(LookupError, ValueError):
            return data.decode(declared)
    return decode(data)


def _page_tree(page: str) -> lxml.html.HtmlElement | None:
    """The page as trafilatura parses it, so that it is parsed once; its own parser repairs more than lxml's."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # our own messages report what is missing
    try:
        tree = trafilatura.load_html(page)
    except (lxml.etree.LxmlError, ValueError, TypeError, AssertionError):
        tree = None
    return _tree(page) if tree is None else tree


def _tree(page: str) -> lxml.html.HtmlElement | None:
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return lxml.html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return None


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
