"""The articles that a purge means: by address or id, with other articles of the same text."""

from collections.abc import Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field
from sqlite3 import DatabaseError
from urllib.parse import urlsplit

from corpus.article import Article, url_id
from corpus.duplicates import copies_of, signature
from corpus.fetch import FILE as FETCHED
from corpus.fetch.fetched_pages import fetched_articles
from corpus.read.file import printable
from index.storage.articles import ArticleStore
from index.storage.generations import Generations
from index.storage.opened import ARTICLES

NEAR = 5
"""Similar addresses suggested for one that is not found."""


@dataclass(slots=True)
class Takedown:
    """The articles to remove.

    Attributes:
        ids: The ids that each name may mean.
        articles: The named ones, by id, as found.
        copies: Other articles with their text, by id.
        with_copies: Whether those are removed too.
        near: Addresses similar to one that was not found.
    """

    ids: dict[str, set[str]] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    copies: dict[str, Article] = field(default_factory=dict)
    with_copies: bool = False
    near: dict[str, list[str]] = field(default_factory=dict)

    @property
    def found(self) -> set[str]:
        """The ids of the named articles."""
        return set(self.articles)

    @property
    def taken(self) -> dict[str, Article]:
        """All articles to remove, by id."""
        return self.articles | (self.copies if self.with_copies else {})


def located(generations: Generations, names: Sequence[str], *, copies: bool) -> Takedown:
    """Searches every generation and the fetched pages for articles, by address or id."""
    takedown = Takedown({name: {name.strip(), url_id(name.strip())} for name in names}, with_copies=copies)
    if names:
        with ExitStack() as stack:
            _Archive.opened(generations, stack).look_up(takedown)
    return takedown


@dataclass(slots=True)
class _Archive:
    """All articles of an index, in any part of it."""

    stores: list[ArticleStore]
    signatures: dict[str, set[bytes]] = field(default_factory=dict)  # of every kept text of an article
    place: dict[str, ArticleStore] = field(default_factory=dict)
    fetched: dict[str, Article] = field(default_factory=dict)

    @classmethod
    def opened(cls, generations: Generations, stack: ExitStack) -> "_Archive":
        """Opens every readable part."""
        archive = cls([])
        for generation in generations.kept():
            with suppress(DatabaseError):
                store = ArticleStore.open(generations.folder(generation) / ARTICLES)
                stack.enter_context(closing(store))
                found = store.signatures_by_id()
                for name, one in found.items():
                    archive.signatures.setdefault(name, set()).add(one)
                archive.place |= dict.fromkeys(found, store)
                archive.stores.append(store)
        for article in fetched_articles(generations.index / FETCHED):
            if article.id not in archive.signatures:
                archive.fetched[article.id] = article
                archive.signatures[article.id] = {signature(article.text)}
        return archive

    def look_up(self, takedown: Takedown) -> None:
        """Adds what is found."""
        wanted = set[str]().union(*takedown.ids.values()) & self.signatures.keys()
        takedown.articles = {name: self._article(name) for name in sorted(wanted)}
        takedown.copies = {name: self._article(name) for name in sorted(self._copies(wanted))}
        for name, ids in takedown.ids.items():
            if not ids & wanted:
                takedown.near[name] = self._near(name)

    def _article(self, name: str) -> Article:
        return self.fetched[name] if name in self.fetched else self.place[name].get(name).article

    def _copies(self, names: set[str]) -> set[str]:
        """The ids of the other articles with a text of these, or of their copies."""
        ids = [name for name, texts in self.signatures.items() for _ in texts]
        signatures = [one for texts in self.signatures.values() for one in texts]
        found = {place for place, name in enumerate(ids) if name in names}
        waiting = list(found)
        while waiting:
            same = set(copies_of(signatures[waiting.pop()], signatures))
            waiting += same - found
            found |= same
        return {ids[place] for place in found} - names

    def _near(self, name: str) -> list[str]:
        """Addresses that differ from one only in parts that seldom identify a page."""
        urls = {url for store in self.stores for url in store.urls()} | {one.url for one in self.fetched.values()}
        return sorted(printable(url) for url in urls if url and _plain(url) == _plain(name))[:NEAR]


def _plain(url: str) -> str:
    """An address without scheme, "www.", parameters, and trailing parts."""
    try:
        parts = urlsplit(url.strip().lower())
    except ValueError:
        return url
    path = parts.path.removesuffix("index.html").removesuffix(".html").rstrip("/")
    return f"{parts.netloc.removeprefix('www.')}{path}"
