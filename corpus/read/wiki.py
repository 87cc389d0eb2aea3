"""Dumps of MediaWiki (export-0.10 and 0.11), article page by article page."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BufferedReader
from typing import Any
from urllib.parse import quote, urlsplit

from lxml import etree

from corpus.article import Article, Rejected
from corpus.clean import one_line
from corpus.read.file import LONGEST_REASON, File, Unreadable
from corpus.read.record import one_of, read_record
from corpus.read.wikitext import LONGEST_TEXT, Wikitext

PIECE = 64 * 1024
LONGEST_FIELD, MOST_NAMES = 1000, 1000  # characters of any other value, and namespaces
_BESIDE_TEXT = {"6", "-2", "14"}
"""Namespaces of files, media and categories: a link to one is no part of a sentence."""
_WANTED = {
    *(("siteinfo", "sitename"), ("siteinfo", "base"), ("namespaces", "namespace")),
    *(("page", "title"), ("page", "ns"), ("revision", "timestamp"), ("revision", "model"), ("revision", "text")),
}
# Characters other than letters that MediaWiki does not escape in an address.
_PLAIN = ";@$!*(),/~:"


def read_dump(stream: BufferedReader, file: File) -> Iterator[Article | Rejected]:
    """One article per page of the main namespace. Talk, templates, redirects and the front page are skipped."""
    dump = _Dump()
    pages = articles = 0
    fault = None
    try:
        for page in dump.pages(stream):
            pages += 1
            found = _article(page, dump, file) if _may_be_article(page, dump) else None
            if found:
                articles += 1
                yield found
    except (etree.LxmlError, ValueError) as error:
        fault = one_line(str(error))[:LONGEST_REASON]
        if not isinstance(error, Unreadable):
            fault = f"breaks off or is damaged after {pages:,} pages: {fault}"
    if fault:
        yield Rejected(file.origin, None, fault)
    elif not articles:
        raise Unreadable(f"is a MediaWiki dump without an article among its {pages:,} pages")


@dataclass(slots=True)
class _Dump:
    """The target of the parser's events. No tree is built: only the current page is held.

    Attributes:
        site: The values of `siteinfo`.
        beside: Names of those namespaces, in lower case.
    """

    site: dict[str, str] = field(default_factory=dict)
    beside: set[str] = field(default_factory=lambda: {"file", "image", "media", "category"})
    _path: list[str] = field(default_factory=list)
    _page: dict[str, str] = field(default_factory=dict)
    _revision: dict[str, str] = field(default_factory=dict)
    _pieces: list[str] | None = None
    _size: int = 0
    _namespace: str = ""
    _done: list[dict[str, str]] = field(default_factory=list)

    def pages(self, stream: BufferedReader) -> Iterator[dict[str, str]]:
        """Title, namespace, time and wikitext of each page's last revision."""
        target: Any = self  # the stubs require more than lxml does
        parser = etree.XMLParser(target=target, resolve_entities=False, no_network=True, load_dtd=False)
        while piece := stream.read(PIECE):
            parser.feed(piece)
            yield from self._done
            self._done = []
        parser.close()
        yield from self._done

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        name = etree.QName(tag).localname
        self._path.append(name)
        if name == "page":
            self._page, self._revision = {}, {}
        elif name == "revision":
            self._revision = {}
        elif name == "redirect":
            self._page["redirect"] = "yes"
        elif name == "namespace":
            self._namespace = attributes.get("key", "")
        self._pieces = [] if tuple(self._path[-2:]) in _WANTED else None
        self._size = 0

    def data(self, text: str) -> None:
        """Characters of the open element; of too many, just enough to detect that."""
        most = LONGEST_TEXT if self._path[-1:] == ["text"] else LONGEST_FIELD
        if self._pieces is not None and self._size <= most:
            self._pieces.append(text)
            self._size += len(text)

    def end(self, tag: str) -> None:
        """An element closes."""
        name = self._path.pop()
        above = self._path[-1] if self._path else ""
        if self._pieces is not None:
            self._keep(above, name, "".join(self._pieces))
            self._pieces = None
        elif name == "revision" and self._revision.get("timestamp", "") >= self._page.get("timestamp", ""):
            self._page |= self._revision
        elif name == "page":
            self._done.append(self._page)

    def doctype(self, *_: object) -> None:
        """Only a document type can declare entities.

        Raises:
            Unreadable: There is one.
        """
        raise Unreadable("is a MediaWiki dump with a document type, which no wiki writes; remove it")

    def close(self) -> None:
        """The document ends."""

    def _keep(self, above: str, name: str, value: str) -> None:
        if above == "siteinfo":
            self.site[name] = value
        elif above == "namespaces":
            if self._namespace in _BESIDE_TEXT and len(self.beside) < MOST_NAMES:
                self.beside.add(value.lower())
        elif above == "page":
            self._page[name] = value
        else:
            self._revision[name] = value


def _may_be_article(page: dict[str, str], dump: _Dump) -> bool:
    redirects = "redirect" in page or page.get("text", "").lstrip()[:9].upper() == "#REDIRECT"
    if redirects or page.get("ns", "0") != "0" or page.get("model", "wikitext") != "wikitext":
        return False
    address = _address(page.get("title", ""), dump.site.get("base", ""))
    return not address or address != dump.site.get("base")


def _article(page: dict[str, str], dump: _Dump, file: File) -> Article | Rejected:
    title = one_line(page.get("title", ""))
    try:
        wikitext = Wikitext.of(page.get("text", ""), frozenset(dump.beside))
        found = _read(page, wikitext, dump, file)
    except Unreadable as error:
        found = Rejected(file.origin, None, str(error))
    return one_of(found, f"a page {title[:LONGEST_REASON]!r}") if isinstance(found, Rejected) else found


def _read(page: dict[str, str], wikitext: Wikitext, dump: _Dump, file: File) -> Article | Rejected:
    record = {
        "title": page.get("title", ""),
        "text": wikitext.text,
        "published": wikitext.published,
        "updated": page.get("timestamp"),
        "source": dump.site.get("sitename"),
        "url": _address(page.get("title", ""), dump.site.get("base", "")),
    }
    return read_record(record, file)


def _address(title: str, base: str) -> str | None:
    """The page's address, formed like the front page's; None where that shows no pattern."""
    try:
        parts = urlsplit(base)
    except ValueError:
        return None
    name = title.strip().replace(" ", "_")
    if {".", ".."} & {*name.split("/")} or not name or parts.scheme not in {"http", "https"} or parts.fragment:
        return None
    if parts.query.startswith("title=") and "&" not in parts.query:
        return parts._replace(query=f"title={quote(name, safe=_PLAIN)}").geturl()
    folder, slash, front = parts.path.rpartition("/")
    return (
        None if parts.query or not front else parts._replace(path=f"{folder}{slash}{quote(name, safe=_PLAIN)}").geturl()
    )
