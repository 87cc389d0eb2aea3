"""The articles of a rebuild: one version of each, compared with the last generation."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from corpus.article import Article, Rejected, fingerprint, instant
from corpus.duplicates import signature
from index.storage.articles import ArticleStore, StoredArticle

EARLIEST = datetime.min.replace(tzinfo=UTC)

Step = Callable[[int], None]


@dataclass(slots=True)
class Incoming:
    """The articles read so far. Texts go to disk at once, and only if the last generation lacks them.

    Attributes:
        known: The digests of the last generation, by article id.
        fresh: Creates the store for new texts when the first one comes; None to store no text.
        barred: The ids of articles that are kept out.
        digests: The digest of the version to index, by article id.
        keys: The cache key of that version, by article id; an article without one here keeps the one it has.
        duplicates: The number of exact copies.
        superseded: The number of versions replaced by a newer one of the same URL.
        purged: The number of articles that are kept out.
        rejected: The rejections.
    """

    known: Mapping[str, str]
    fresh: Callable[[], ArticleStore] | None
    barred: frozenset[str] = frozenset()
    digests: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    duplicates: int = 0
    superseded: int = 0
    purged: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    store: ArticleStore | None = None
    _made: dict[str, datetime] = field(default_factory=dict)

    def read(self, articles: Iterable[Article | Rejected], step: Step) -> None:
        """Reads a stream; `step` is called with the number of articles so far."""
        for count, article in enumerate(articles, 1):
            if isinstance(article, Rejected):
                self._leave_out(article)
            elif article.id in self.barred:
                self.purged += 1
            elif not _is_text(article):
                self._leave_out(Rejected(article.origin, None, "it holds half characters (lone surrogates)"))
            else:
                self._take(article)
            step(count)

    @property
    def kept(self) -> set[str]:
        """The ids of the articles that the last generation holds unchanged."""
        return {name for name, digest in self.digests.items() if self.known.get(name) == digest}

    @property
    def content(self) -> str:
        """A fingerprint of everything to be indexed."""
        return fingerprint(*(f"{name} {digest}" for name, digest in sorted(self.digests.items())))

    def _leave_out(self, rejected: Rejected) -> None:
        """Records a rejection, unless it concerns a page that is kept out anyway."""
        if rejected.mentions(self.barred):
            self.purged += 1
        else:
            self.rejected.append(rejected)

    def _take(self, article: Article) -> None:
        digest = article.digest
        dated = article.updated or article.published
        made = instant(dated) if dated else EARLIEST
        if article.id in self.digests:
            if digest == self.digests[article.id]:
                self.duplicates += 1
                return
            self.superseded += 1
            if made < self._made[article.id]:
                return
        self.digests[article.id], self.keys[article.id] = digest, article.cache_key
        self._made[article.id] = made
        if self.known.get(article.id) != digest and self.fresh:
            self.store = self.store or self.fresh()
            self.store.put(StoredArticle(article, digest, signature(article.text)))


def _is_text(article: Article) -> bool:
    """Whether every part can be written as UTF-8."""
    parts = (article.text, article.title, article.url, article.source, *article.authors)
    try:
        for part in parts:
            (part or "").encode()
    except UnicodeEncodeError:
        return False
    return True
