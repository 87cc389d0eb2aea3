"""schema.org's JSON-LD on a page: the block that is the page's article, and what it refers to."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from urllib.parse import urlsplit

import lxml.html

from corpus.clean import one_line

Block = Mapping[str, object]
_ARTICLE = re.compile(r"Article|Posting|Report")
_PAGE = re.compile(r"WebPage$|ItemPage$")
_AROUND_JSON = re.compile(r"^[^{\[]+")  # comments
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
# Outside of strings, which the first alternative consumes: comments, and commas before a closing bracket.
_NOT_JSON = re.compile(r'("(?:[^"\\]|\\.)*")|//[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/)?|,(?=[\s,]{0,20}[}\]])', re.DOTALL)
# Properties under which a block holds the article of its page.
_INNER = ("@graph", "mainEntity", "mainEntityOfPage")
DEEPEST_BLOCK = 6
_WORD = re.compile(r"\w+")
# Two headlines that share fewer of all their words are of different stories.
SAME_STORY = 0.5


def structured(tree: lxml.html.HtmlElement, address: str | None, headlines: list[str]) -> dict[str, object]:
    """The fields of the page's article.

    Args:
        tree: The page.
        address: Its canonical address.
        headlines: The headlines it shows, to distinguish its article from a related one.
    """
    blocks = [block for script in tree.xpath("//script[contains(@type, 'ld+json')]/text()") for block in _read(script)]
    articles = [block for block in blocks if _ARTICLE.search(_kind(block))]
    scores = [_score(article, address, headlines) for article in articles]
    best = max(scores, default=0)
    article = articles[scores.index(best)] if articles and best >= 0 else {}
    known = {str(block["@id"]): block for block in blocks if "@id" in block and "name" in block}
    fields = {name: _resolved(value, known) for name, value in article.items()}
    page = next((block for block in blocks if _PAGE.search(_kind(block)) and block.get("datePublished")), None)
    if page and not fields.get("datePublished"):
        fields["datePublished"] = page["datePublished"]
    return fields | _posts(article)


def same_story(one: str, other: str) -> bool:
    """Whether two headlines are of one story, by their words."""
    first, second = (set(_WORD.findall(text.casefold())) for text in (one, other))
    return bool(first & second) and len(first & second) >= SAME_STORY * min(len(first), len(second))


def _read(script: str) -> Iterator[Block]:
    """The blocks of a script; surplus commas, braces and comments are removed."""
    text = _AROUND_JSON.sub("", _CDATA.sub("", script))
    decoder = json.JSONDecoder(strict=False)
    for _attempt in range(2):
        with suppress(ValueError, RecursionError):
            document, _ = decoder.raw_decode(text)
            yield from _blocks(document)
            return
        text = _NOT_JSON.sub(lambda found: found[1] or "", text)


def _blocks(document: object, depth: int = 0) -> Iterator[Block]:
    """The blocks of a document, a list, or a graph, at any depth."""
    if isinstance(document, list):
        for entry in document:
            yield from _blocks(entry, depth)
    elif isinstance(document, Mapping) and depth <= DEEPEST_BLOCK:
        if "@graph" not in document:
            yield document
        for name in _INNER:
            yield from _blocks(document.get(name), depth + 1)


def _kind(block: Block) -> str:
    return str(block.get("@type"))[:200]


def _score(article: Block, address: str | None, headlines: list[str]) -> int:
    """How likely a block is the page's own article; below 0 if both address and headline differ."""
    places = {place for value in _addresses(article) if (place := _place(value))}
    headline = str(article.get("headline") or article.get("name") or "")
    here = bool(address) and _place(str(address)) in places
    headline_matches = any(same_story(headline, other) for other in headlines)
    elsewhere = bool(address and places and headline and headlines) and not here and not headline_matches
    return -1 if elsewhere else 2 * here + headline_matches


def _addresses(article: Block) -> Iterator[str]:
    for name in ("url", "mainEntityOfPage", "@id"):
        value = article.get(name)
        value = value.get("@id") or value.get("url") if isinstance(value, Mapping) else value
        if isinstance(value, str):
            yield value


def _place(address: str) -> tuple[str, str] | None:
    """Host and path, which all forms of an address share; None for an invalid one."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    path = re.sub(r"/(?:amp|index\.html?)?$|\.amp$", "", parts.path)
    return (parts.netloc.lower().removeprefix("www."), path) if parts.netloc else None


def _posts(article: Block) -> dict[str, object]:
    """The posts of a live blog as one text."""
    updates = article.get("liveBlogUpdate")
    posts = [update for update in updates if isinstance(update, Mapping)] if isinstance(updates, list) else []
    texts = [_post(post) for post in posts]
    return {"articleBody": "\n\n".join(filter(None, texts))} if any(texts) else {}


def _post(post: Block) -> str:
    headline, body = (str(post.get(name) or "") for name in ("headline", "articleBody"))
    return "\n\n".join(part for part in (one_line(headline), body) if part) if body else ""


def _resolved(value: object, known: Mapping[str, Block]) -> object:
    """The block that {"@id": ...} refers to."""
    if isinstance(value, list):
        return [_resolved(entry, known) for entry in value]
    if isinstance(value, Mapping) and "name" not in value:
        return known.get(str(value.get("@id")), value)
    return value
