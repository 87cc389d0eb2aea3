"""The news industry's XML: NITF and NewsML-G2 (iptc.org); other XML is named in the rejection."""

import re
from collections.abc import Iterator

from lxml import etree

from corpus.article import Article, Rejected
from corpus.clean import one_line
from corpus.read.file import File, Unreadable
from corpus.read.record import one_of, read_record
from corpus.read.sitemap import read_sitemap

Element = etree._Element
MOST_ELEMENTS = 50_000
_BLOCKS = {"p", "hl2", "h2", "h3", "h4", "li", "tr", "pre", "blockquote"}
_BESIDE = {"media", "media-caption", "figure", "aside", "script", "style", "note", "head", "body.head", "body.end"}
_OTHER = {
    "newsml": "is NewsML 1; ask the agency for NewsML-G2 or NITF",
    "html": "is a page; let its name end in .html",
    "opml": "is a list of feeds; point byline rebuild at their addresses",
}


def read_news_xml(data: bytes, file: File) -> Iterator[Article | Rejected]:
    """The articles of NITF or NewsML-G2.

    Raises:
        Unreadable: It is XML of another kind, or not XML.
    """
    tree = _tree(data)
    kind = _local(tree) if tree is not None else ""
    if tree is not None and kind == "nitf":
        yield read_record(_nitf(tree), file)
    elif tree is not None and kind in {"newsitem", "newsmessage", "packageitem"}:
        yield from _items(tree, file)
    else:
        raise Unreadable(_what(kind, data))


def _what(kind: str, data: bytes) -> str:
    if kind in _OTHER:
        return _OTHER[kind]
    if sitemap := read_sitemap(data):
        named = f"{len(sitemap.pages):,} pages" if sitemap.pages else f"{len(sitemap.sitemaps):,} other sitemaps"
        return f"is a sitemap: it names {named}, but holds no article"
    known = "RSS, Atom, NITF and NewsML-G2 are read"
    return f"is XML of an unknown kind, <{kind[:40]}>; {known}" if kind else "is no RSS or Atom feed"


def _tree(data: bytes) -> Element | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, remove_comments=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        return None


def _items(tree: Element, file: File) -> Iterator[Article | Rejected]:
    items = [tree] if _local(tree) == "newsitem" else list(tree.iter("{*}newsItem"))
    if not items:
        raise Unreadable("is NewsML-G2 without a news item")
    for number, item in enumerate(items, start=1):
        article = read_record(_g2(item), file)
        yield one_of(article, f"an item {number}") if isinstance(article, Rejected) else article


def _nitf(tree: Element) -> dict[str, object]:
    body = _first(tree, "body")
    return {
        "title": _words(tree, "hl1") or _words(tree, "hedline") or _words(tree, "title"),
        "text": "\n\n".join(_paragraphs(_first(tree, "body.content", default=body))),
        "url": _value(tree, "pubdata", "ex-ref"),
        "source": _value(tree, "pubdata", "name"),
        "published": _value(tree, "date.issue", "norm")
        or _value(tree, "pubdata", "date.publication")
        or _value(tree, "story.date", "norm"),
        "authors": _byline(tree),
        "status": _value(tree, "docdata", "management-status"),
    }


def _byline(tree: Element) -> list[str]:
    """The persons of the byline, or its text without job titles."""
    byline = _first(tree, "byline")
    if byline is None:
        return []
    persons = [one_line("".join(map(str, person.itertext()))) for person in byline.iter("{*}person")]
    jobs = {str(text) for job in byline.iter("{*}byttl") for text in job.itertext()}
    return persons or [one_line("".join(text for text in map(str, byline.itertext()) if text not in jobs))]


def _g2(item: Element) -> dict[str, object]:
    inner = _first(item, "nitf", default=_first(item, "inlineXML", default=_first(item, "inlineData")))
    nitf = _nitf(inner) if inner is not None and _local(inner) == "nitf" else {}
    text = "\n\n".join(_paragraphs(inner)) or ("".join(map(str, inner.itertext())) if inner is not None else "")
    found = _first(item, "contentMeta")
    meta = item if found is None else found
    return {
        "title": _words(meta, "headline") or nitf.get("title") or _words(item, "itemMeta", "title"),
        "text": nitf.get("text") or text,
        "url": next(
            (link.get("href") for link in item.iter("{*}link") if "canonical" in (link.get("rel") or "")), None
        ),
        "source": _words(item, "provider", "name") or _words(meta, "infoSource", "name") or _literal(item, "provider"),
        "published": _words(meta, "contentCreated") or _words(item, "firstCreated") or _words(item, "versionCreated"),
        "updated": _words(meta, "contentModified") or _words(item, "versionCreated"),
        "authors": _words(meta, "by") or nitf.get("authors") or _words(meta, "creator", "name"),
        "status": _value(item, "pubStatus", "qcode"),
    }


def _literal(item: Element, tag: str) -> str:
    return _value(item, tag, "literal")


def _paragraphs(root: Element | None) -> Iterator[str]:
    """The innermost blocks of a body, without pictures and asides.

    Raises:
        Unreadable: There are more than any article has.
    """
    for number, element in enumerate(root.iter() if root is not None else ()):
        if number > MOST_ELEMENTS:
            raise Unreadable(f"has more than {MOST_ELEMENTS:,} elements in its text, as no article has")
        if _local(element) not in _BLOCKS or any(_local(above) in _BESIDE for above in element.iterancestors()):
            continue
        if any(_local(inner) in _BLOCKS for inner in element.iterdescendants()) and _local(element) != "tr":
            continue
        if _local(element) == "p" and any(_local(above) == "tr" for above in element.iterancestors()):
            continue
        cells = element if _local(element) == "tr" else [element]
        words = " | ".join(one_line("".join(map(str, cell.itertext()))) for cell in cells)
        if words:
            yield words


def _first(root: Element, *tags: str, default: Element | None = None) -> Element | None:
    """The first element of a name, and within it the first of the next."""
    found: Element | None = root
    for tag in tags:
        found = next(found.iter(f"{{*}}{tag}"), None) if found is not None else None
    return default if found is None else found


def _words(root: Element, *tags: str) -> str:
    found = _first(root, *tags)
    return "" if found is None else one_line("".join(map(str, found.itertext())))


def _value(root: Element, tag: str, name: str) -> str:
    found = _first(root, tag)
    return "" if found is None else str(found.get(name) or "")


def _local(element: Element | None) -> str:
    """The tag's name without its namespace, in lower case; empty for a comment."""
    return re.split("[}:]", element.tag)[-1].lower() if element is not None and isinstance(element.tag, str) else ""
