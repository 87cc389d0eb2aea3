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
from corpus.read.structured import alike, structured

# The longest live blogs have a fifth of it. Past it, extraction takes minutes.
MOST_TAGS = 100_000
# Under its usual number of characters trafilatura takes the whole page, menus and all, for a brief's text; under a far
# smaller one, a single post of a live blog for all of it.
BRIEF, USUAL = 20, 250
# Looked at again where less of the story's paragraphs was kept; longer than so many letters, they are no menu.
MOST_KEPT, SENTENCE = 0.6, 40
# Of the text that a page's structured data has, the page shows less than this share where scripts fill it in.
SHOWN = 0.5
TOP = 3  # lines of a story among which its day may be
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
    if isinstance(heading, str) and isinstance(stated, str) and not alike(heading, stated):
        record["headline"] = heading  # the other was written for search engines
    if canonical:
        record["url"] = canonical
    yield read_record({**record, **_text(page, tree, record)}, file)


def _set_local_day(record: dict[str, object], seen: object) -> None:
    """Gives a moment that the page states in UTC the day that it shows, unless that is the day of its last change."""
    changes = (stated_date(record.get(name)) for name in ("dateModified", "article:modified_time"))
    if any(str(change)[:10] == str(seen)[:10] for change in changes):
        return
    for name in ("datePublished", "article:published_time", "datepublished"):
        stated = stated_date(record.get(name))
        if stated and isinstance(seen, date):
            record[name] = as_shown(stated, seen)


def paragraphs(markup: str) -> str:
    """The words of a piece of HTML, its blocks apart."""
    tree = _tree(_BLOCK_END.sub("\n\n", markup))
    return "" if tree is None else str(tree.text_content())


def story(markup: str) -> str:
    """The article in a piece of HTML, or all of its text where no article is found in it."""
    tree = _page_tree(markup)
    extracted = "" if tree is None else _extracted(markup, tree)
    return extracted.replace("\n", "\n\n") or paragraphs(markup)


def _text(page: str, tree: lxml.html.HtmlElement, record: Mapping[str, object]) -> dict[str, object]:
    """The article's text, if it can be separated from the page around it; if not, the record's own may do.

    So may the record's where a page that scripts fill shows little of it, or all of it without its paragraphs.
    """
    extracted = _extracted(page, tree)
    stated = record.get("articleBody")
    body = without_markup(stated).strip() if isinstance(stated, str) else ""
    same = len(body.split()) == len(extracted.split()) and body.split() == extracted.split()
    if len(extracted) < SHOWN * len(body) or (same and body.count("\n") > extracted.count("\n")):
        return {"text": body}
    return {"text": "\n\n".join(_without_day(extracted.split("\n")))} if extracted else {}


def _without_day(lines: list[str]) -> list[str]:
    """The story without a line above it that says nothing but a day."""
    return [line for place, line in enumerate(lines) if place >= TOP or not date_of_line(line)]


def _extracted(page: str, tree: lxml.html.HtmlElement) -> str:
    """What trafilatura takes for the story; where that leaves out much, as of a live blog, what it takes with more."""
    if page.count("<") > MOST_TAGS:
        raise Unreadable(f"has more than {MOST_TAGS:,} tags, as no article has")
    found = trafilatura.extract(tree, include_comments=False, config=_settings(BRIEF)) or ""
    told = {words for one in tree.xpath(_PARAGRAPHS) if len(words := _letters(one.text_content())) > SENTENCE}
    if not found or _share(found, told) >= MOST_KEPT:
        return found
    more = trafilatura.extract(tree, include_comments=False, config=_settings(USUAL)) or ""
    return more if _share(more, told) > _share(found, told) else found


def _share(text: str, told: set[str]) -> float:
    """Of the letters of a page's paragraphs, how many are lines of a text; all where there is none."""
    kept = told & set(map(_letters, text.split("\n")))
    return sum(map(len, kept)) / sum(map(len, told)) if told else 1.0


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text)


@cache
def _settings(least: int) -> ConfigParser:
    """With less than so many characters of text, trafilatura takes more of the page."""
    settings = deepcopy(DEFAULT_CONFIG)
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(least))
    return settings


def _decode_page(data: bytes, served: str | None) -> str:
    """What the server, else the page, says of its encoding counts where it is not UTF-8."""
    meta = _CHARSET.search(data[:_HEAD_BYTES])
    declared = served or (meta and meta[1].decode("ascii", "replace"))
    if declared and encoding_of(data) not in MARKED_OR_UTF_8:
        with suppress(LookupError, ValueError):
            return data.decode(declared)
    return decode(data)


def _page_tree(page: str) -> lxml.html.HtmlElement | None:
    """The page as trafilatura parses it, so that it is parsed once; its own parse repairs more than lxml's."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it complains of pages; what is missing is told by us
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
    """Meta tags by name; the first of a name counts, but of authors all."""
    tags: dict[str, list[str]] = {}
    for tag in tree.xpath(_NAMED):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        if tag.get("content").strip():
            tags.setdefault(name.lower(), []).append(tag.get("content"))
    return {name: told if "author" in name and len(told) > 1 else told[0] for name, told in tags.items()}


def _canonical(tree: lxml.html.HtmlElement) -> str | None:
    """The address the page gives itself, unless that is only its site's: a template left it there."""
    stated = next((str(address) for address in tree.xpath("//link[@rel='canonical']/@href")), "")
    address = web_address(stated)
    return address if address and urlsplit(address)[2:4] not in {("", ""), ("/", "")} else None
