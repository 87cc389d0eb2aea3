"""The articles of a generation as a list: counted by month and outlet, found by title, in pages."""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from corpus.article import Article
from corpus.errors import IndexDamaged
from index.storage.articles import ArticleStore
from index.storage.checksums import ADVICE
from index.storage.generations import Generations
from index.storage.manifest import Manifest
from index.storage.opened import ARTICLES
from index.words import folded

MOST_TITLE_WORDS = 20
READABLE = (
    "(SELECT * FROM listed WHERE groups IS NULL OR EXISTS (SELECT 1 FROM json_each(groups) AS named "
    "WHERE named.value IN (SELECT held.value FROM json_each(?) AS held)))"
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Listed:
    """An article in a list; its date and outlet are None where unknown."""

    id: str
    title: str
    source: str | None
    day: date | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """The articles to list.

    Attributes:
        words: Each begins a word of the title, compared without case and accents; empty for all.
        outlet: Only this outlet; "" for articles without one, None for all.
        since: Only those of this day or later; None for all.
        until: Only those of this day or earlier; None for all.
    """

    words: str = ""
    outlet: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """The contents of an archive, in numbers of articles.

    Attributes:
        manifest: The generation's manifest.
        articles: The number of all articles.
        months: The number by month with any, as its first day, oldest first.
        undated: The number without a date.
        outlets: The number by outlet, most first; None for articles without one.
        newest: The newest article; None if none has a date.
        oldest: The oldest article.
    """

    manifest: Manifest
    articles: int = 0
    months: tuple[tuple[date, int], ...] = ()
    undated: int = 0
    outlets: tuple[tuple[str | None, int], ...] = ()
    newest: Listed | None = None
    oldest: Listed | None = None


class Shelf:
    """The articles of one generation, their titles in memory: lists take milliseconds.

    Safe to share between threads.
    """

    def __init__(self, folder: Path) -> None:
        """Reads all titles."""
        self.folder = folder
        self._lock = Lock()
        self._titles = sqlite3.connect(":memory:", check_same_thread=False)
        self._titles.execute(
            "CREATE TABLE listed (place INTEGER PRIMARY KEY, id TEXT, title TEXT, source TEXT, day INTEGER, "
            "groups TEXT, words TEXT)"
        )
        with closing(ArticleStore.open(folder / ARTICLES)) as store:
            rows = [(*row, f" {' '.join(_words(row[1]))}") for row in store.newest()]
            self._titles.executemany("INSERT INTO listed VALUES (NULL, ?, ?, ?, ?, ?, ?)", rows)
        self._titles.commit()
        self._groups: str | None = None
        self._is_restricted = any(groups for _, _, _, _, groups, _ in rows)
        self.overview = self._overview(Manifest.read(folder))

    def readable(self, groups: Collection[str] | None) -> "Shelf":
        """The part that callers in these groups may read; all for None. Articles left out of an index have no group."""
        if groups is None or not self._is_restricted:
            return self
        part = copy(self)
        part._groups = json.dumps(sorted(groups))
        part.overview = part._overview(replace(self.overview.manifest, rejected=(), rejected_count=0))
        return part

    @property
    def is_whole(self) -> bool:
        """Whether it has all articles of the generation."""
        return self._groups is None

    def count(self, wanted: Wanted) -> int:
        """How many articles these are."""
        where, values = _condition(wanted)
        ((count,),) = self._fetch(f"SELECT count(*) FROM {{listed}} WHERE {where}", values)
        return int(count)

    def page(self, wanted: Wanted, start: int, size: int) -> list[Listed]:
        """These articles from the `start`-th on, newest first."""
        where, values = _condition(wanted)
        query = f"SELECT id, title, source, day FROM {{listed}} WHERE {where} ORDER BY place LIMIT ? OFFSET ?"
        return [_listed(row) for row in self._fetch(query, [*values, size, start])]

    def article(self, name: str) -> Article | None:
        """The article with this id; None if there is none."""
        if not self._fetch("SELECT 1 FROM {listed} WHERE id = ?", [name]):
            return None
        with closing(ArticleStore.open(self.folder / ARTICLES)) as store:
            return store.find(name)

    def _overview(self, manifest: Manifest) -> Overview:
        days = dict(self._fetch("SELECT day, count(*) FROM {listed} GROUP BY day"))
        by_month: Counter[date] = Counter()
        for day, count in days.items():
            if day:
                by_month[date.fromordinal(day).replace(day=1)] += count
        dated = "SELECT id, title, source, day FROM {listed} WHERE day > 0 ORDER BY place"
        ends = (self._fetch(f"{dated} {order} LIMIT 1") for order in ("", "DESC"))
        return Overview(
            manifest,
            sum(days.values()),
            tuple(sorted(by_month.items())),
            days.get(0, 0),
            tuple(self._fetch("SELECT source, count(*) AS n FROM {listed} GROUP BY 1 ORDER BY n DESC, 1")),
            *(_listed(end[0]) if end else None for end in ends),
        )

    def _fetch(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        """The result of a query of `{listed}`, over the readable articles."""
        listed, groups = ("listed", []) if self._groups is None else (READABLE, [self._groups])
        with self._lock:
            return self._titles.execute(query.format(listed=listed), [*groups, *values]).fetchall()


@contextmanager
def browsed(index: Path, groups: Collection[str] | None = None) -> Iterator[Shelf]:
    """The generation in use, which is not removed inside the `with` block.

    Args:
        index: The index's folder.
        groups: Only what callers in these groups may read; None for all.

    Raises:
        IndexMissing: There is no index yet.
        IndexMismatch: It has another schema.
        IndexDamaged: Its files cannot be read.
    """
    generations = Generations(index)
    with generations.held(generations.current()) as folder:
        try:
            yield _shelf(folder).readable(groups)
        except sqlite3.DatabaseError as error:
            raise IndexDamaged(f"{str(folder / ARTICLES)!r} cannot be read ({error}); {ADVICE}") from error


@lru_cache(maxsize=1)
def _shelf(folder: Path) -> Shelf:
    """Cached, as a generation never changes; only the last, so that purged titles leave the memory too."""
    return Shelf(folder)


def is_in_title(words: str, title: str) -> bool:
    """Whether a title is among those listed for these words; false where they hold no word."""
    held, sought = f" {' '.join(_words(title))}", _words(words)[:MOST_TITLE_WORDS]
    return bool(sought) and all(f" {word}" in held for word in sought)


def _condition(wanted: Wanted) -> tuple[str, list[Any]]:
    conditions, values = ["1"], list[Any]()
    if wanted.since:
        conditions.append("day >= ?")
        values.append(wanted.since.toordinal())
    if wanted.until:
        conditions.append("day BETWEEN 1 AND ?")
        values.append(wanted.until.toordinal())
    if wanted.outlet is not None:
        conditions.append("coalesce(source, '') = ?")
        values.append(wanted.outlet)
    for word in _words(wanted.words)[:MOST_TITLE_WORDS]:
        conditions.append("instr(words, ?)")
        values.append(f" {word}")
    return " AND ".join(conditions), values


def _words(text: str) -> list[str]:
    return _WORD.findall(folded(text).casefold())


def _listed(row: Sequence[Any]) -> Listed:
    name, title, source, day = row
    return Listed(name, title, source, date.fromordinal(day) if day else None)
