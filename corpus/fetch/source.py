"""One source address and everything below it: a feed's entries, a sitemap's pages, or the page itself."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from corpus.article import Article, Rejected, fingerprint, instant
from corpus.fetch.client import Client, Fetched
from corpus.fetch.document import SITEMAP, feed_of, file_of, is_front_page
from corpus.fetch.fetched_pages import Kept, Page
from corpus.fetch.reply import GONE, Unfetched
from corpus.read import parse
from corpus.read.file import File, Stated, Unreadable, printable
from corpus.read.sitemap import Page as Listed
from corpus.read.sitemap import Sitemap, read_sitemap

SUMMARY = 600
"""Characters: the page is read where a feed carries fewer of an article."""
PATIENCE = 5
"""Failed pages in a row after which the rest is left for the next run."""
DEEPEST_SITEMAP = 3
"""Levels of nested sitemaps."""
PAGES = {".html", ".pdf"}

log = logging.getLogger(__name__)
Found = Iterator[Article | Rejected]


@dataclass(slots=True)
class Source:
    """One address, and what is found below it in this run.

    Attributes:
        address: As given.
        client: Fetches documents.
        kept: What was fetched before and in this run.
        fields: The corpus's own names for fields.
        anew: Whether to read everything again that is still available.
        pages: How many more pages may be requested.
        given: Addresses whose articles have been returned.
        asked: Listings that have been requested.
        owed: Pages left for the next run.
        short: Entries known only by their summary, because of `fault`.
        failed: Failed pages in a row.
    """

    address: str
    client: Client
    kept: Kept
    fields: Mapping[str, str]
    anew: bool
    pages: int
    given: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    owed: int = 0
    short: int = 0
    fault: str = ""
    failed: int = 0

    def read(self) -> Found:
        """What is new, then what was kept before."""
        try:
            yield from self._listing(self.address)
        except Unreadable as error:
            yield Rejected(printable(self.address), None, str(error))
            self.given |= {self.address} if not self._known(self.address).article else set()
        self._log_summary()
        yield from (article for address, article in self.kept.articles(self.address) if address not in self.given)

    def _listing(self, address: str, depth: int = 0) -> Found:
        self.asked.add(address)
        known = self._known(address)
        fetched = self.client.get(address, None if self.anew else known.validators)
        if fetched is None:
            yield from self.kept.rejected(self.address, address)
            return
        rejected = []
        for found in self._fetched(fetched, address, known, depth):
            rejected += [found] if isinstance(found, Rejected) else []
            yield found
        self.kept.put_rejected(self.address, address, rejected)

    def _fetched(self, fetched: Fetched, address: str, known: Page, depth: int) -> Found:
        """The articles of a fetched listing."""
        file = file_of(fetched, Stated(), self.fields)
        owed = self.owed
        if file.kind == SITEMAP:
            yield from self._sitemap(read_sitemap(file.contents()) or Sitemap(), address, depth)
        elif depth:
            raise Unreadable("is no sitemap")
        elif file.kind == ".html" and is_front_page(fetched.address):
            yield from self._feed_of_site(file, fetched.address)
            return
        elif file.kind in PAGES:
            yield self._keep(address, replace(known, validators=fetched.validators, article=_article(file)))
            return
        else:
            yield from self._feed(file)
        if owed == self.owed:
            self._put(address, Page(validators=fetched.validators))

    def _feed_of_site(self, file: File, address: str) -> Found:
        feed = feed_of(file.contents(), address)
        if feed is None or feed in self.asked or is_front_page(feed):
            raise Unreadable(
                "is the front page of a site and names no feed: name a feed, a sitemap or an article's page"
            )
        yield from self._listing(feed)

    def _feed(self, file: File) -> Found:
        for found in parse(replace(file, stated=Stated())):
            if isinstance(found, Rejected) and found.url:
                yield from self._listed(Listed(Stated(found.url)))
            elif isinstance(found, Rejected):
                yield found
            elif not self._is_current(found.url or found.id, self._known(found.url or found.id), found.digest):
                yield self._entry(found)

    def _entry(self, entry: Article) -> Article:
        """An entry, with the text of its own page where the feed only has a summary."""
        article, stated = entry, entry.digest
        if entry.url and len(entry.text) < SUMMARY:
            try:
                page = self._page(entry.url, Page(), _stated_by(entry)).article
                article = page if page and len(page.text) > len(entry.text) else entry
            except Unreadable as error:
                stated = "" if _passing(error) else stated
                self.short += 1
                self.fault = self.fault or f"{printable(entry.url)} {error}"
        return self._keep(entry.url or entry.id, Page(stated, article=article))

    def _sitemap(self, sitemap: Sitemap, address: str, depth: int) -> Found:
        if not (sitemap.pages or sitemap.sitemaps):
            raise Unreadable("is an empty sitemap")
        for inner in sitemap.sitemaps:
            yield from self._inner(inner, depth)
        for listed in sorted(sitemap.pages, key=_newest, reverse=True):
            yield from self._listed(listed)

    def _inner(self, address: str, depth: int) -> Found:
        if address in self.asked:
            return
        if not self.pages or depth == DEEPEST_SITEMAP or len(self.asked) > self.client.limits.sitemaps:
            self.owed += 1
            return
        try:
            yield from self._listing(address, depth + 1)
        except Unreadable as error:
            self.owed += 1
            yield Rejected(printable(address), None, str(error))

    def _listed(self, listed: Listed) -> Found:
        address, stated = listed.stated.url or "", fingerprint(repr(listed))
        known = self._known(address)
        if self._is_current(address, known, stated):
            if known.reason and address not in self.given:
                yield Rejected(printable(address), None, known.reason)
            return
        try:
            yield self._keep(address, replace(self._page(address, known, listed.stated), stated=stated))
        except Left:
            return
        except Unreadable as error:
            yield from self._failed(address, error, replace(known, stated=stated))

    def _failed(self, address: str, error: Unreadable, known: Page) -> Found:
        """Keeps what was read of a page before, unless the page is gone."""
        yield Rejected(printable(address), None, str(error))
        if getattr(error, "status", None) == GONE:
            known = replace(known, article=None)
        if not _passing(error):
            self._put(address, replace(known, reason=str(error)))
        if not known.article:
            self.given.add(address)

    def _page(self, address: str, known: Page, stated: Stated) -> Page:
        """The current page.

        Raises:
            Unreadable: It cannot be read.
            Left: It is left for the next run.
        """
        if not self.pages or self.failed >= PATIENCE:
            self.owed += 1
            raise Left("is left for the next run", passing=True)
        self.pages -= 1
        try:
            fetched = self.client.get(address, known.validators if known.article and not self.anew else None)
        except Unfetched as error:
            self.owed += error.passing
            self.failed = self.failed + 1 if error.passing else 0
            raise
        self.failed = 0
        if fetched is None:
            return known
        return Page(validators=fetched.validators, article=_article(file_of(fetched, stated, self.fields)))

    def _is_current(self, address: str, known: Page, stated: str) -> bool:
        """Whether what was read of an address is still current, as far as its listing says."""
        return address in self.given or self.kept.is_barred(address) or (not self.anew and known.stated == stated)

    def _known(self, address: str) -> Page:
        return self.kept.page(self.address, address)

    def _put(self, address: str, page: Page) -> None:
        self.kept.put(self.address, address, page)

    def _keep(self, address: str, page: Page) -> Article:
        assert page.article is not None
        self._put(address, replace(page, reason=None))
        self.given.add(address)
        return page.article

    def _log_summary(self) -> None:
        """Logs what concerns no single page."""
        place = printable(self.address)
        if self.failed >= PATIENCE:
            log.warning("%s: %d pages in a row failed; the rest is left for the next run", place, self.failed)
        elif self.owed and not self.pages:
            most = self.client.limits.pages
            log.warning("%s: %d pages were read; %d more are left for the next run", place, most, self.owed)
        if self.short:
            number = f"{self.short:,} article{'s' if self.short > 1 else ''}"
            log.warning("%s: of %s only the summary could be read; the first: %s", place, number, self.fault)


class Left(Unfetched):
    """A page that is left for the next run."""


def _article(file: File) -> Article:
    if file.kind not in PAGES:
        raise Unreadable("is no page of an article")
    found = next(parse(file), None)
    if isinstance(found, Article):
        return found
    raise Unreadable(found.reason if found else "holds no article")


def _stated_by(entry: Article) -> Stated:
    return Stated(entry.url, entry.source, entry.published, entry.authors)


def _passing(error: Unreadable) -> bool:
    return isinstance(error, Unfetched) and error.passing


def _newest(listed: Listed) -> float:
    day = listed.stated.published or listed.modified
    return instant(day).timestamp() if day else float("-inf")
