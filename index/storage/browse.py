"""The articles of a generation as a list: counted by month and outlet, found by title, a page at a time."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
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

MOST_WORDS = 20
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Listed:
    """An article in a list; its day and outlet are None where it states none."""

    id: str
    title: str
    source: str | None
    day: date | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which articles to list.

    Attributes:
        words: Each of them begins a word of the title, compared without case and accents; empty for all.
        outlet: Only this outlet; "" those without one, None for all.
        since: Only those of this day or later; None for all.
        until: Only those of this day or earlier; None for all.
    """

    words: str = ""
    outlet: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """What an archive holds, in counts of articles.

    Attributes:
        manifest: What the generation says of itself.
        articles: How many in all.
        months: Each month that has any, as its first day, oldest first.
        undated: Those that state no day.
        outlets: Each outlet, most first; None for those without one.
        newest: The article published last; None where none states a day.
        oldest: The one published first.
    """

    manifest: Manifest
    articles: int = 0
    months: tuple[tuple[date, int], ...] = ()
    undated: int = 0
    outlets: tuple[tuple[str | None, int], ...] = ()
    newest: Listed | None = None
    oldest: Listed | None = None


class Shelf:
    """The articles of one generation, their titles in memory: a list is found in milliseconds.

    Safe to share between threads.
    """

    def __init__(self, folder: Path) -> None:
        """Reads all titles once."""
        self.folder = folder
        self._lock = Lock()
        self._titles = sqlite3.connect(":memory:", check_same_thread=False)
        self._titles.execute("CREATE TABLE listed (id TEXT, title TEXT, source TEXT, day INTEGER, words TEXT)")
        with closing(ArticleStore.open(folder / ARTICLES)) as store:
            rows = ((*row, f" {' '.join(_words(row[1]))}") for row in store.newest())
            self._titles.executemany("INSERT INTO listed VALUES (?, ?, ?, ?, ?)", rows)
        self._titles.commit()
        self.overview = self._overview()

    def count(self, wanted: Wanted) -> int:
        """How many articles these are."""
        where, values = _condition(wanted)
        ((count,),) = self._fetch(f"SELECT count(*) FROM listed WHERE {where}", values)
        return int(count)

    def page(self, wanted: Wanted, start: int, size: int) -> list[Listed]:
        """These articles from the `start`-th on, newest first."""
        where, values = _condition(wanted)
        query = f"SELECT id, title, source, day FROM listed WHERE {where} ORDER BY rowid LIMIT ? OFFSET ?"
        return [_listed(row) for row in self._fetch(query, [*values, size, start])]

    def article(self, name: str) -> Article | None:
        """The article with this id; None if there is none."""
        with closing(ArticleStore.open(self.folder / ARTICLES)) as store:
            return store.find(name)

    def _overview(self) -> Overview:
        days = dict(self._fetch("SELECT day, count(*) FROM listed GROUP BY day"))
        by_month: Counter[date] = Counter()
        for day, count in days.items():
            if day:
                by_month[date.fromordinal(day).replace(day=1)] += count
        dated = "SELECT id, title, source, day FROM listed WHERE day > 0 ORDER BY rowid"
        ends = (self._fetch(f"{dated} {order} LIMIT 1") for order in ("", "DESC"))
        return Overview(
            Manifest.read(self.folder),
            sum(days.values()),
            tuple(sorted(by_month.items())),
            days.get(0, 0),
            tuple(self._fetch("SELECT source, count(*) AS n FROM listed GROUP BY 1 ORDER BY n DESC, 1")),
            *(_listed(end[0]) if end else None for end in ends),
        )

    def _fetch(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        with self._lock:
            return self._titles.execute(query, values).fetchall()


@contextmanager
def browsed(index: Path) -> Iterator[Shelf]:
    """The generation in use, which stays as it is inside the `with` block.

    Raises:
        IndexMissing: There is no index yet.
        IndexMismatch: It has another schema.
        IndexDamaged: Its files cannot be read.
    """
    generations = Generations(index)
    with generations.held(generations.current()) as folder:
        try:
            yield _shelf(folder)
        except sqlite3.DatabaseError as error:
            raise IndexDamaged(f"{str(folder / ARTICLES)!r} cannot be read ({error}); {ADVICE}") from error


@lru_cache(maxsize=1)
def _shelf(folder: Path) -> Shelf:
    """Read once, as a generation never changes; only the last is kept, so that purged titles leave the memory too."""
    return Shelf(folder)


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
    for word in _words(wanted.words)[:MOST_WORDS]:
        conditions.append("instr(words, ?)")
        values.append(f" {word}")
    return " AND ".join(conditions), values


def _words(text: str) -> list[str]:
    return _WORD.findall(folded(text).casefold())


def _listed(row: Sequence[Any]) -> Listed:
    name, title, source, day = row
    return Listed(name, title, source, date.fromordinal(day) if day else None)
