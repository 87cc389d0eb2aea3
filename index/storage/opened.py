"""One generation, open for reading."""

from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import replace
from itertools import chain
from pathlib import Path
from sqlite3 import DatabaseError
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from corpus.errors import BylineError, IndexDamaged
from index.passage import Passage
from index.search.lexical import LexicalIndex, Term
from index.storage.articles import ArticleStore
from index.storage.checksums import check, checksums
from index.storage.manifest import SCHEMA, Manifest
from index.storage.obstacles import named
from index.storage.readable import Readable, may_read
from index.storage.snapshot import DIGITS, Ranking, Snapshot, Vector
from index.storage.trial import try_out
from index.storage.unused import blank_unused
from index.storage.vector_server import VectorServer
from index.storage.vectors import VECTORS, VectorStore

ARTICLES, WORDS = "articles.sqlite", "lexical"

PROBED, FEWEST_PROBES, MOST_PROBES = 0.02, 16, 500
"""The share of vectors searched for when a new build is verified, and the least and the most."""
LOST = 0.01
"""The share of them that may not be found, or one: the graph does not lead to each of many vectors that lie alone.

Of 15,000 texts of words thrown together 2 in 3,000 are lost so, of 30 ordinary ones beside 700 equal ones 7 were.
"""
PARTS_KEPT = 32
"""Cached sets of groups with what they may read."""


def seal(folder: Path, manifest: Manifest, server: VectorServer | None = None) -> None:
    """Writes the manifest of a finished build, and verifies that it can be read and searched.

    Args:
        folder: The build's.
        manifest: What it says of itself.
        server: Where its vectors are, unless they are in the folder.

    Raises:
        IndexDamaged: It cannot be.
    """
    blank_unused(folder)
    replace(manifest, files=checksums(folder), schema=SCHEMA).write(folder)
    with closing(OpenGeneration(folder, server)) as generation:
        generation.probe()


class OpenGeneration:
    """A `Snapshot` of a generation's folder, to be closed by its opener."""

    def __init__(self, folder: Path, server: VectorServer | None = None) -> None:
        """Opens all parts.

        Args:
            folder: The generation's.
            server: Where its vectors are, unless they are in the folder.

        Raises:
            IndexMismatch: It has another schema.
            IndexDamaged: A part cannot be read, or does not match the manifest.
            IndexUnreachable: The server that has its vectors does not answer.
        """
        self.folder = folder
        self._lock = Lock()
        self._by_groups: dict[frozenset[str], Readable] = {}
        self.manifest = Manifest.read(folder)
        check(folder, self.manifest.files)  # before a native library opens them
        if not self.manifest.files:
            try_out(folder / VECTORS)
        with ExitStack() as parts:
            try:
                self.store = parts.enter_context(closing(ArticleStore.open(folder / ARTICLES)))
                self.words = LexicalIndex(folder / WORDS)
                self._vectors = parts.enter_context(
                    closing(VectorStore(folder / VECTORS, read_only=True, server=server))
                )
                with ThreadPoolExecutor(1, "opening") as meanwhile:
                    searched = meanwhile.submit(self.warm_up)
                    self._read_columns()
                    searched.result()
                self._check_counts()
            except (OSError, DatabaseError, ValueError, EOFError, LookupError, TypeError) as error:
                if why := named(error):
                    raise BylineError(f"{str(folder)!r} cannot be read ({error}): {why}") from error
                raise IndexDamaged(f"{str(folder)!r} cannot be read ({error}); run: byline rebuild --full") from error
            self._parts = parts.pop_all()

    def close(self) -> None:
        """Frees memory and files. No method works afterwards."""
        self._by_groups.clear()  # they refer to this generation, and would keep its files open
        self._parts.close()

    @property
    def generation(self) -> str:
        """The generation's id."""
        return self.manifest.generation

    @property
    def days(self) -> NDArray[np.int32]:
        """(rows,) the proleptic ordinal of each passage's day of publication, 0 where unknown."""
        return self._days

    @property
    def article_of(self) -> NDArray[np.int32]:
        """(rows,) the number of each passage's article, from 0."""
        return self._article_of

    @property
    def group_of(self) -> NDArray[np.int32]:
        """(articles,) near-identical copies share a number."""
        return self._group_of

    @property
    def outlets(self) -> Sequence[str | None]:
        """(articles,) each article's outlet."""
        return self._outlets

    @property
    def vector_of(self) -> NDArray[np.int32]:
        """(rows,) the number of each passage's vector; those of one text share it."""
        return self._vector_of

    @property
    def is_restricted(self) -> bool:
        """Whether some article is not for everyone."""
        return bool(self._known_groups)

    def readable(self, groups: Collection[str] | None) -> Snapshot:
        """What callers in these groups may read; all of it for None."""
        if groups is None or not self.is_restricted:
            return self
        held = self._known_groups & frozenset(groups)
        with self._lock:
            part = self._by_groups.pop(held, None) or Readable(self, may_read(self._groups, held))
            self._by_groups[held] = part
            if len(self._by_groups) > PARTS_KEPT:
                del self._by_groups[next(iter(self._by_groups))]
        return part

    def dense(self, vector: Vector, top_k: int) -> Ranking:
        """All rows of the top_k vectors nearest to a unit vector, scored by cosine, ties by row.

        Scores that differ only in the last bits, which depend on the order of writing, are a tie.

        Raises:
            IndexMismatch: The vector has another length than those of the index.
        """
        self.manifest.check_dimensions(len(vector))
        found = self._vectors.nearest(vector, top_k)
        numbers = self.store.vector_numbers([name for name, _ in found])
        ranked = [(row, round(score, DIGITS)) for name, score in found for row in self._rows_of(numbers[name])]
        return sorted(ranked, key=lambda scored: (-scored[1], scored[0]))

    def _rows_of(self, number: int) -> list[int]:
        rows: list[int] = self._by_vector[self._borders[number] : self._borders[number + 1]].tolist()
        return rows

    def cosines(self, vector: Vector, rows: Sequence[int] | NDArray[np.int_]) -> Vector:
        """(len(rows),) the cosine of a unit vector to these rows, exact."""
        if not len(rows):
            return np.empty(0, np.float32)
        numbers, places = np.unique(self._vector_of[np.asarray(rows)], return_inverse=True)
        cosines: Vector = self.stored_vectors(self.store.vector_ids(numbers.tolist())) @ vector
        return cosines[places]

    def lexical(self, query: str, top_k: int) -> Ranking:
        """The rows that share words with the query, scored by BM25 (> 0), ties by row."""
        return self.words.search(query, top_k)

    def rows_with(self, text: str) -> NDArray[np.int32] | None:
        """The rows with all words of a text, stemmed; None if it has no indexed word."""
        return self.words.rows_with(text)

    def articles_with(self, spelling: str) -> list[int]:
        """The numbers of the articles whose headline or text has exactly these characters, in order."""
        return self.store.numbers_with(spelling)

    def terms(self, words: Iterable[str]) -> list[Term]:
        """The stems of a query, with the spelling searched for and its rarity."""
        return self.words.terms(words)

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """The passages of these rows, in this order."""
        return self.store.passages(rows)

    def articles(self, numbers: Sequence[int]) -> list[Article]:
        """The articles of these numbers, in this order."""
        return self.store.articles(numbers)

    def article(self, name: str) -> Article | None:
        """The article with this id; None if there is none."""
        return self.store.find(name)

    def stored_vectors(self, ids: Sequence[str]) -> NDArray[np.float32]:
        """(len(ids), dimensions) the vectors of these ids."""
        return self._vectors.vectors(ids)

    def warm_up(self) -> None:
        """Searches for one vector, as the first search takes long."""
        if dimensions := self.manifest.dimensions:
            self._vectors.warm_up(dimensions)

    def probe(self) -> None:
        """Checks that vectors throughout the generation are found by searching for them.

        Raises:
            IndexDamaged: Too many are not.
        """
        ids = self.store.vector_ids()
        probes = min(MOST_PROBES, max(FEWEST_PROBES, int(PROBED * len(ids))))
        chosen = [ids[place] for place in np.unique(np.linspace(0, len(ids) - 1, probes).astype(int))]
        vectors = self.stored_vectors(chosen) if chosen else ()
        lost = [name for name, vector in zip(chosen, vectors, strict=True) if not self._is_found(name, vector)]
        if len(lost) > max(1, LOST * len(chosen)):
            raise IndexDamaged(
                f"{len(lost)} of {len(chosen)} vectors cannot be found, such as {lost[0]!r}; run: byline rebuild --full"
            )

    def _is_found(self, name: str, vector: Vector) -> bool:
        ((found, cosine),) = self._vectors.nearest(vector, 1) or [("", 0.0)]
        return found == name or round(cosine, DIGITS) >= 1

    def _check_counts(self) -> None:
        articles, passages = self.manifest.articles, self.manifest.passages
        found = self.store.counts()
        held = (self.words.rows, self._vectors.count())
        if found[:2] != (articles, passages) or held != found[1:]:
            raise IndexDamaged(
                f"generation {self.generation!r} should hold {articles} articles and {passages} passages, but has "
                f"{found[0]} articles, {found[1]} passages, {held[0]} passages indexed by words, and {held[1]} vectors "
                f"for the {found[2]} that its passages have; run: byline rebuild --full"
            )

    def _read_columns(self) -> None:
        self._article_of = self.store.column("passages", "article")
        self._group_of = self.store.column("articles", "duplicate_group")
        self._outlets = self.store.sources()
        self._groups = self.store.groups()
        self._known_groups = frozenset(chain.from_iterable(self._groups))
        self._days = self.store.column("articles", "day")[self._article_of]
        self._vector_of = self.store.vector_of()
        self._by_vector = np.argsort(self._vector_of, kind="stable")
        self._borders = np.concatenate([[0], np.cumsum(np.bincount(self._vector_of))])
