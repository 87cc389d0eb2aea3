"""HTML pages: the text by trafilatura, the rest from what the page itself states.

trafilatura also offers title, date, URL and site, but guesses those a page does not state (a date from a picture's
path, a site from the URL) and rewrites URLs. So they are read here: schema.org's JSON-LD first, then OpenGraph and
other meta tags, then the page's own elements, all through the same table of field names as any record.
"""

import json
import logging
import re
from collections.abc import Iterator, Mapping
from configparser import ConfigParser
from contextlib import suppress
from copy import deepcopy
from functools import cache
from urllib.parse import urlsplit

import lxml.etree
import lxml.html
import trafilatura  # noqa: TID253 (this module is itself imported only for a page)
from trafilatura.settings import DEFAULT_CONFIG  # noqa: TID253

from corpus.article import Article, Rejected
from corpus.read.decode import MARKED_OR_UTF_8, decode, encoding_of
from corpus.read.file import File, Unreadable
from corpus.read.record import read_record, web_address
from corpus.read.shown import shown

# The longest live blogs have a fifth of it. Past it, extraction takes minutes.
MOST_TAGS = 100_000
_BLOCK_END = re.compile(r"(?=</(?:p|div|li|h\d|blockquote|tr)>)|(?=<br ?/?>)", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_HEAD_BYTES = 4096
_ARTICLE = re.compile(r"Article|Posting|Report")
_AROUND_JSON = re.compile(r"^[^{\[]+|[^}\]]+$")  # comments, a semicolon
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_NAMED = "//meta[@content][@name or @property or @itemprop]"


def read_html(file: File) -> Iterator[Article | Rejected]:
    """One article a page."""
    page = _decode_page(file.contents(), file.stated.encoding)
    tree = _tree(page)
    if tree is None:
        raise Unreadable("holds no HTML")
    record = {**shown(tree), **_meta(tree), **_structured(tree)}
    if canonical := _canonical(tree):
        record["url"] = canonical
    yield read_record({**record, **_story(page)}, file)


def paragraphs(markup: str) -> str:
    """The words of a piece of HTML, its blocks apart."""
    tree = _tree(_BLOCK_END.sub("\n\n", markup))
    return "" if tree is None else str(tree.text_content())


def _story(page: str) -> dict[str, object]:
    """The article's text, if any can be told from the page around it; without it, the record's own may serve."""
    if page.count("<") > MOST_TAGS:
        raise Unreadable(f"has more than {MOST_TAGS:,} tags, as no article has")
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it complains of pages; what is missing is told by us
    extracted = trafilatura.extract(page, include_comments=False, config=_settings())
    return {"text": extracted.replace("\n", "\n\n")} if extracted else {}


def story(markup: str) -> str:
    """The words of a piece of HTML that is more than its article, or of all of it where none can be told apart."""
    return str(_story(markup).get("text") or paragraphs(markup))


@cache
def _settings() -> ConfigParser:
    """Under its usual 250 characters trafilatura takes the whole page, menus and all, for a brief's text."""
    settings = deepcopy(DEFAULT_CONFIG)
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", "20")
    return settings


def _decode_page(data: bytes, served: str | None) -> str:
    """What the server, else the page, says of its encoding counts where it is not UTF-8."""
    meta = _CHARSET.search(data[:_HEAD_BYTES])
    declared = served or (meta and meta[1].decode("ascii", "replace"))
    if declared and encoding_of(data) not in MARKED_OR_UTF_8:
        with suppress(LookupError, ValueError):
            return data.decode(declared)
    return decode(data)


def _tree(page: str) -> lxml.html.HtmlElement | None:
    parser = lxml.html.HTMLParser(encoding="utf-8")
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


def _structured(tree: lxml.html.HtmlElement) -> dict[str, object]:
    """The first article among the page's JSON-LD blocks, with what it names by reference."""
    blocks: list[Mapping[str, object]] = []
    for script in tree.xpath("//script[contains(@type, 'ld+json')]/text()"):
        with suppress(ValueError, RecursionError):
            blocks += _blocks(json.loads(_AROUND_JSON.sub("", _CDATA.sub("", script)), strict=False))
    article = next((block for block in blocks if _ARTICLE.search(str(block.get("@type"))[:200])), {})
    known = {str(block["@id"]): block for block in blocks if "@id" in block and "name" in block}
    return {name: _resolved(value, known) for name, value in article.items()}


def _blocks(document: object) -> Iterator[Mapping[str, object]]:
    """The blocks of a document, a list, or a graph, however they are packed into each other."""
    if isinstance(document, list):
        for entry in document:
            yield from _blocks(entry)
    elif isinstance(document, Mapping) and "@graph" in document:
        yield from _blocks(document["@graph"])
    elif isinstance(document, Mapping):
        yield document


def _resolved(value: object, known: Mapping[str, Mapping[str, object]]) -> object:
    """The block that {"@id": ...} stands for."""
    if isinstance(value, list):
        return [_resolved(entry, known) for entry in value]
    if isinstance(value, Mapping) and "name" not in value:
        return known.get(str(value.get("@id")), value)
    return value
