"""What was fetched before: a feed holds only the newest articles, an archive all of them."""

import json
import sqlite3
from collections.abc import Iterator, Sequence, Set
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from corpus.article import Article, Rejected, url_id
from corpus.errors import ReadError
from corpus.fetch.reply import NONE, Validators

FILE = "fetched.sqlite"
_TABLE = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS pages (
    source TEXT, address TEXT, stated TEXT, etag TEXT, modified TEXT, article TEXT, reason TEXT,
    PRIMARY KEY (source, address)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS rejected (
    source TEXT, listing TEXT, place INTEGER, origin TEXT, reason TEXT, url TEXT,
    PRIMARY KEY (source, listing, place)
) WITHOUT ROWID
"""


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of an address.

    Attributes:
        stated: A fingerprint of the feed's or sitemap's entry for the page; if it changes, the page is read again.
        validators: To ask for a newer version with.
        article: What it held, if it was an article.
        reason: Why it cannot be read, if so.
    """

    stated: str = ""
    validators: Validators = NONE
    article: Article | None = None
    reason: str | None = None


class Kept:
    """Pages by the source that led to them. Written at once, so that nothing is requested twice."""

    def __init__(self, path: Path | str, barred: Set[str] = frozenset()) -> None:
        self._barred = barred
        self._connection = sqlite3.connect(path, isolation_level=None, timeout=30)
        try:
            self._connection.executescript(_TABLE)
        except sqlite3.Error:
            self._connection.close()
            raise

    @classmethod
    def at(cls, path: Path | None, barred: Set[str] = frozenset(), *, lasting: bool = True) -> "Kept":
        """Opens a file of pages.

        Args:
            path: The file; None for an empty one.
            barred: The ids of articles that must not be kept.
            lasting: Whether to write to the file, or to a copy that is discarded on close.

        Raises:
            ReadError: The file cannot be used.
        """
        try:
            if lasting and path:
                path.parent.mkdir(parents=True, exist_ok=True)
                return cls(path, barred)
            kept = cls("", barred)  # a file of its own that SQLite removes
            if path and path.exists():
                with closing(sqlite3.connect(path)) as before:
                    before.backup(kept._connection)
            return kept
        except (OSError, sqlite3.Error) as error:
            raise ReadError(f"the file of fetched pages {str(path)!r} cannot be used: {error}; remove it") from error

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def page(self, source: str, address: str) -> Page:
        """What is known of an address; an empty page if nothing is known."""
        row = self._connection.execute(
            "SELECT stated, etag, modified, article, reason FROM pages WHERE source = ? AND address = ?",
            (source, address),
        ).fetchone()
        if row is None:
            return Page()
        stated, etag, modified, article, reason = row
        return Page(stated, Validators(etag, modified), _read(article) if article else None, reason)

    def is_barred(self, name: str) -> bool:
        """Whether an address or an id must not be kept."""
        return name in self._barred or url_id(name) in self._barred

    def put(self, source: str, address: str, page: Page) -> None:
        """Stores what is known of an address, unless it is barred."""
        if self.is_barred(address) or (page.article and page.article.id in self._barred):
            return
        article = _written(page.article) if page.article else None
        self._connection.execute(
            "INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?, ?)",
            (source, address, page.stated, page.validators.etag, page.validators.modified, article, page.reason),
        )

    def articles(self, source: str) -> Iterator[tuple[str, Article]]:
        """All articles that a source ever led to, with their addresses, by address."""
        rows = self._connection.execute(
            "SELECT address, article FROM pages WHERE source = ? AND article IS NOT NULL ORDER BY address", (source,)
        )
        for address, article in rows:
            yield address, _read(article)

    def rejected(self, source: str, listing: str) -> Iterator[Rejected]:
        """What was rejected of a listing when it was last fetched, in order."""
        rows = self._connection.execute(
            "SELECT origin, reason, url FROM rejected WHERE source = ? AND listing = ? ORDER BY place",
            (source, listing),
        )
        for origin, reason, url in rows:
            yield Rejected(origin, None, reason, url)

    def put_rejected(self, source: str, listing: str, rejected: Sequence[Rejected]) -> None:
        """Stores what was rejected of a listing, as an unchanged one is not sent again."""
        kept = [one for one in rejected if not one.mentions(self._barred)]
        rows = [(source, listing, place, one.origin, one.reason, one.url) for place, one in enumerate(kept)]
        self._connection.execute("BEGIN")
        self._connection.execute("DELETE FROM rejected WHERE source = ? AND listing = ?", (source, listing))
        self._connection.executemany("INSERT INTO rejected VALUES (?, ?, ?, ?, ?, ?)", rows)
        self._connection.execute("COMMIT")


def fetched_articles(path: Path) -> Iterator[Article]:
    """All articles in a file of pages; none where it does not exist."""
    if path.exists():
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            for (article,) in connection.execute("SELECT article FROM pages WHERE article IS NOT NULL"):
                yield _read(article)


def purge_fetched(path: Path, ids: Set[str]) -> int:
    """Deletes pages from such a file so that no byte of them remains in it or its log.

    Returns:
        How many pages of articles were deleted.
    """
    if not path.exists():
        return 0
    with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        pages = connection.execute("SELECT source, address, article FROM pages").fetchall()
        doomed = [
            (source, address, article)
            for source, address, article in pages
            if not ids.isdisjoint({url_id(source), url_id(address), address, article and _read(article).id})
        ]
        rows = connection.execute("SELECT source, listing, place, origin, url FROM rejected").fetchall()
        spoken = [row[:3] for row in rows if Rejected(row[3], None, "", row[4]).mentions(ids) or url_id(row[0]) in ids]
        connection.executemany("DELETE FROM pages WHERE source = ? AND address = ?", (row[:2] for row in doomed))
        connection.executemany("DELETE FROM rejected WHERE source = ? AND listing = ? AND place = ?", spoken)
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return sum(article is not None for _, _, article in doomed)


def _written(article: Article) -> str:
    fields = {
        "title": article.title,
        "text": article.text,
        "url": article.url,
        "source": article.source,
        "published": article.published and article.published.isoformat(),
        "updated": article.updated and article.updated.isoformat(),
        "authors": article.authors,
        "origin": article.origin,
        "groups": article.groups,
    }
    return json.dumps({name: value for name, value in fields.items() if value})


def _read(written: str) -> Article:
    fields = json.loads(written)
    return Article(
        fields["title"],
        fields["text"],
        fields.get("url"),
        fields.get("source"),
        _day(fields.get("published")),
        tuple(fields.get("authors", ())),
        _day(fields.get("updated")),
        fields.get("origin", ""),
        tuple(fields.get("groups", ())),
    )


def _day(written: str | None) -> date | None:
    if written is None:
        return None
    return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)
