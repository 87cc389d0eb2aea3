"""Article texts and passage spans: one SQLite file per generation, and one for a rebuild's new articles."""

import json
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from index.passage import Passage

SCHEMA = """
CREATE TABLE articles (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, digest TEXT NOT NULL, signature BLOB NOT NULL,
    title TEXT NOT NULL, url TEXT, source TEXT, published TEXT, authors TEXT NOT NULL, origin TEXT NOT NULL,
    day INTEGER NOT NULL, duplicate_group INTEGER NOT NULL, text TEXT NOT NULL, updated TEXT, groups TEXT,
    cache_key TEXT);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, article INTEGER NOT NULL REFERENCES articles,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, vector INTEGER);
CREATE TABLE vectors (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE INDEX passages_of_article ON passages (article);
CREATE INDEX articles_by_cache_key ON articles (cache_key);
"""
STATED = "title, url, source, published, authors, origin, text, updated, groups, cache_key"

Span = tuple[str, int, int]
"""A passage's id, its start and its end."""


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article with what a rebuild needs."""

    article: Article
    digest: str
    signature: bytes

    def with_key(self, cache_key: str | None) -> "StoredArticle":
        """The same article with another cache key, as it may have been read from other bytes; None keeps the key."""
        if cache_key is None or self.article.cache_key == cache_key:
            return self
        return replace(self, article=replace(self.article, cache_key=cache_key))


class ArticleStore:
    """The articles and passages of one generation.

    `number` is an article's place, `row` a passage's; both count from 0 without gaps once the store is complete. So do
    the numbers of vectors, which passages of one text share.
    One connection behind a lock: a read takes a few milliseconds at most, so threads need no more.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = Lock()
        columns = {name for (name,) in connection.execute("SELECT name FROM pragma_table_info('articles')")}
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        # Stores made before articles had a date of update, groups or a cache key lack that column.
        self._stated = ", ".join(name if name in columns else "NULL" for name in STATED.split(", "))
        self._groups = "groups" if "groups" in columns else "NULL"
        self.has_keys = "cache_key" in columns
        # In stores made before passages shared vectors, each passage has one under its own id.
        self._vectors = "vectors" if "vectors" in tables else "(SELECT row AS number, id FROM passages)"
        self._vector = "vector" if "vectors" in tables else "row"

    @classmethod
    def create(cls, path: Path) -> "ArticleStore":
        """A new store; nothing in it survives a kill before `close`."""
        connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        # The folder is discarded after a crash, and synced whole before use: no journal is needed.
        connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {SCHEMA} BEGIN")
        return cls(connection)

    @classmethod
    def open(cls, path: Path) -> "ArticleStore":
        """A complete store, read only; works on a read-only disk too."""
        return cls(sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True, check_same_thread=False))

    def close(self) -> None:
        """Writes what is pending."""
        with self._lock, closing(self._connection):
            self._connection.commit()

    def put(self, stored: StoredArticle, number: int | None = None) -> None:
        """Adds an article, replacing one with the same id."""
        article = stored.article
        published = article.published
        self._connection.execute(
            "INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?)",
            (
                number, article.id, stored.digest, stored.signature,
                article.title, article.url, article.source, published.isoformat() if published else None,
                json.dumps(article.authors, ensure_ascii=False), _writable(article.origin),
                published.toordinal() if published else 0, article.text,
                article.updated.isoformat() if article.updated else None,
                json.dumps(article.groups) if article.groups else None,
                article.cache_key or None,
            ),
        )  # fmt: skip

    def put_spans(self, number: int, first_row: int, spans: Iterable[Span]) -> None:
        """Adds the passages of an article from a row on."""
        self._connection.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, NULL)",
            ((row, name, number, start, end) for row, (name, start, end) in enumerate(spans, first_row)),
        )

    def put_groups(self, groups: Sequence[int]) -> None:
        """Stores which articles are near-identical copies, by number."""
        self._connection.executemany(
            "UPDATE articles SET duplicate_group = ? WHERE number = ?",
            ((group, number) for number, group in enumerate(groups)),
        )

    def put_vectors(self, ids: Sequence[str]) -> None:
        """Stores each passage's vector, by row; the store is then complete."""
        numbers = {name: number for number, name in enumerate(dict.fromkeys(ids))}
        self._connection.executemany("INSERT INTO vectors VALUES (?, ?)", ((n, name) for name, n in numbers.items()))
        self._connection.executemany(
            "UPDATE passages SET vector = ? WHERE row = ?", ((numbers[name], row) for row, name in enumerate(ids))
        )

    def get(self, name: str) -> StoredArticle:
        """The article with this id."""
        (row,) = self._fetch(f"SELECT digest, signature, {self._stated} FROM articles WHERE id = ?", (name,))
        return StoredArticle(_article(row[2:]), row[0], row[1])

    def find(self, name: str) -> Article | None:
        """The article with this id; None if there is none."""
        return self._with("id", name)

    def find_by_key(self, key: str) -> Article | None:
        """The article with this cache key; None if there is none."""
        return self._with("cache_key", key)

    def _with(self, column: str, value: str) -> Article | None:
        found = self._fetch(f"SELECT {self._stated} FROM articles WHERE {column} = ?", (value,))
        return _article(found[0]) if found else None

    def spans(self, name: str) -> list[Span]:
        """The passages of the article with this id, in order."""
        return self._fetch(
            'SELECT id, start, "end" FROM passages '
            "WHERE article = (SELECT number FROM articles WHERE id = ?) ORDER BY row",
            (name,),
        )

    def digests(self) -> dict[str, str]:
        """The digest of each article, by id."""
        return dict(self._fetch("SELECT id, digest FROM articles"))

    def origins(self, names: Iterable[str]) -> dict[str, str]:
        """The origins of those of these articles that have no URL, by id."""
        query = "SELECT id, origin FROM articles WHERE url IS NULL AND id IN (SELECT value FROM json_each(?))"
        return dict(self._fetch(query, (json.dumps(list(names)),)))

    def signatures(self) -> list[bytes]:
        """The duplicate signature of each article, by number."""
        return [signature for (signature,) in self._fetch("SELECT signature FROM articles ORDER BY number")]

    def signatures_of(self, numbers: Sequence[int]) -> list[bytes]:
        """The duplicate signatures of these articles, in this order."""
        query = "SELECT number, signature FROM articles WHERE number IN (SELECT value FROM json_each(?))"
        found = dict(self._fetch(query, (json.dumps(list(numbers)),)))
        return [found[number] for number in numbers]

    def number(self, name: str) -> int | None:
        """The number of the article with this id; None if there is none."""
        found = self._fetch("SELECT number FROM articles WHERE id = ?", (name,))
        return int(found[0][0]) if found else None

    def signatures_by_id(self) -> dict[str, bytes]:
        """The duplicate signature of each article, by id."""
        return dict(self._fetch("SELECT id, signature FROM articles"))

    def urls(self) -> list[str]:
        """The addresses of the articles that have one."""
        return [url for (url,) in self._fetch("SELECT url FROM articles WHERE url IS NOT NULL")]

    def column(self, table: str, column: str) -> NDArray[np.int32]:
        """A whole column of whole numbers, in the order of the primary key."""
        values = self._fetch(f"SELECT {column} FROM {table} ORDER BY rowid")
        return np.fromiter((value for (value,) in values), np.int32, len(values))

    def passage_ids(self) -> list[str]:
        """The id of each passage, by row."""
        return [name for (name,) in self._fetch("SELECT id FROM passages ORDER BY row")]

    def vector_of(self) -> NDArray[np.int32]:
        """(passages,) the number of each passage's vector."""
        return self.column("passages", self._vector)

    def passage_vectors(self) -> list[str]:
        """The id of each passage's vector, by row."""
        ids = self.vector_ids()
        return [ids[number] for number in self.vector_of().tolist()]

    def vector_ids(self, numbers: Iterable[int] | None = None) -> list[str]:
        """The ids of the vectors with these numbers, in order; all by number if none are given."""
        if numbers is None:
            return [name for (name,) in self._fetch(f"SELECT id FROM {self._vectors} ORDER BY number")]
        chosen = [int(number) for number in numbers]
        query = f"SELECT number, id FROM {self._vectors} WHERE number IN (SELECT value FROM json_each(?))"
        names = dict(self._fetch(query, (json.dumps(chosen),)))
        return [names[number] for number in chosen]

    def vector_numbers(self, ids: Sequence[str]) -> Mapping[str, int]:
        """The numbers of these vectors, by id; unknown ids are left out."""
        query = f"SELECT id, number FROM {self._vectors} WHERE id IN (SELECT value FROM json_each(?))"
        return dict(self._fetch(query, (json.dumps(ids),)))

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """The passages of these rows, in this order."""
        chosen = [int(row) for row in rows]
        query = 'SELECT row, article, start, "end" FROM passages WHERE row IN (SELECT value FROM json_each(?))'
        spans = self._fetch(query, (json.dumps(chosen),))
        numbers = list({number for _, number, _, _ in spans})
        articles = dict(zip(numbers, self.articles(numbers), strict=True))
        by_row = {row: Passage(articles[number], start, end) for row, number, start, end in spans}
        return [by_row[row] for row in chosen]

    def articles(self, numbers: Iterable[int]) -> list[Article]:
        """The articles of these numbers, in this order."""
        chosen = [int(number) for number in numbers]
        if not chosen:
            return []
        query = f"SELECT number, {self._stated} FROM articles WHERE number IN (SELECT value FROM json_each(?))"
        found = {number: _article(stated) for number, *stated in self._fetch(query, (json.dumps(chosen),))}
        return [found[number] for number in chosen]

    def numbers_with(self, spelling: str) -> list[int]:
        """The numbers of the articles whose headline or text has exactly these characters, in order."""
        # GLOB takes a third of the time of instr.
        pattern = "*" + re.sub(r"[*?[]", r"[\g<0>]", spelling) + "*"
        query = "SELECT number FROM articles WHERE text GLOB ?1 OR title GLOB ?1 ORDER BY number"
        return [number for (number,) in self._fetch(query, (pattern,))]

    def sources(self) -> list[str | None]:
        """The outlet of each article, by number."""
        return [source for (source,) in self._fetch("SELECT source FROM articles ORDER BY number")]

    def groups(self) -> list[tuple[str, ...]]:
        """The groups that may read each article, by number; empty for everyone."""
        found = self._fetch(f"SELECT {self._groups} FROM articles ORDER BY number")
        return [tuple(json.loads(groups)) if groups else () for (groups,) in found]

    def outlets(self) -> list[tuple[str | None, int]]:
        """Each outlet with its number of articles, most first."""
        return self._fetch("SELECT source, count(*) AS n FROM articles GROUP BY source ORDER BY n DESC, source")

    def days(self) -> tuple[date, date] | None:
        """The first and the last date of publication; None if no article has one."""
        ((first, last),) = self._fetch("SELECT min(day), max(day) FROM articles WHERE day > 0")
        return (date.fromordinal(first), date.fromordinal(last)) if first else None

    def newest(self) -> list[tuple[str, str, str | None, int, str | None]]:
        """Id, headline, outlet, day (0 where unknown) and groups (JSON) of every article, newest first."""
        return self._fetch(
            f"SELECT id, title, source, day, {self._groups} FROM articles ORDER BY day DESC, published DESC, number"
        )

    def newest_titles(self, limit: int) -> list[tuple[str, int]]:
        """The headlines of the newest articles and their days, 0 where unknown, newest first."""
        return self._fetch("SELECT title, day FROM articles ORDER BY published DESC, number LIMIT ?", (limit,))

    def counts(self) -> tuple[int, int, int]:
        """The number of articles, of passages, and of their vectors."""
        tables = "articles", "passages", self._vectors
        articles, passages, vectors = (self._fetch(f"SELECT count(*) FROM {table}")[0][0] for table in tables)
        return articles, passages, vectors

    def _fetch(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        with self._lock:
            return self._connection.execute(query, values).fetchall()


def _article(stated: Sequence[Any]) -> Article:
    title, url, source, published, authors, origin, text, updated, groups, cache_key = stated
    return Article(
        title=title,
        text=text,
        url=url,
        source=source,
        published=_moment(published) if published else None,
        authors=tuple(json.loads(authors)),
        updated=_moment(updated) if updated else None,
        origin=origin,
        groups=tuple(json.loads(groups)) if groups else (),
        cache_key=cache_key or "",
    )


def _moment(stated: str) -> date:
    return date.fromisoformat(stated) if "T" not in stated else datetime.fromisoformat(stated)


def _writable(path: str) -> str:
    """A path may hold bytes that are no valid text."""
    return path.encode("utf-8", "backslashreplace").decode()
