"""One generation, open for reading."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from sqlite3 import DatabaseError

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from corpus.errors import IndexDamaged
from index.passage import Passage
from index.search.lexical import LexicalIndex, Term
from index.storage.articles import ArticleStore
from index.storage.checksums import check
from index.storage.manifest import Manifest
from index.storage.snapshot import Ranking, Vector
from index.storage.vectors import VectorStore

ARTICLES, VECTORS, WORDS = "articles.sqlite", "chroma", "lexical"

PROBES = 16
"""Rows looked at when a new build is verified."""
DIGITS = 5
"""Decimals of a cosine that count."""


class OpenGeneration:
    """A `Snapshot` of a generation's folder, to be closed by whoever opened it."""

    def __init__(self, folder: Path) -> None:
        """Opens all parts.

        Raises:
            IndexMismatch: It has another schema.
            IndexDamaged: A part cannot be read, or is not what the manifest says.
        """
        self.folder = folder
        self.manifest = Manifest.read(folder)
        check(folder, self.manifest.files)  # before a native library reads them
        with ExitStack() as parts:
            try:
                self.store = parts.enter_context(closing(ArticleStore.open(folder / ARTICLES)))
                self._words = LexicalIndex(folder / WORDS)
                self._vectors = parts.enter_context(closing(VectorStore(folder / VECTORS, read_only=True)))
                self._check_counts()
                self._read_columns()
            except (OSError, DatabaseError, ValueError, EOFError, LookupError, TypeError) as error:
                raise IndexDamaged(f"{str(folder)!r} cannot be read ({error}); run: byline rebuild --full") from error
            self._parts = parts.pop_all()

    def close(self) -> None:
        """Frees memory and files. No method works afterwards."""
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

    def dense(self, vector: Vector, top_k: int) -> Ranking:
        """The rows nearest to a unit vector, scored by cosine, ties by row.

        What differs in the last bits only, as it does with the order in which rows were written, is a tie.
        """
        found = [(name, round(score, DIGITS)) for name, score in self._vectors.nearest(vector, top_k)]
        rows = self.store.rows([name for name, _ in found])
        return sorted(((rows[name], score) for name, score in found), key=lambda scored: (-scored[1], scored[0]))

    def cosines(self, vector: Vector, rows: Sequence[int] | NDArray[np.int_]) -> Vector:
        """(len(rows),) the cosine of a unit vector to these rows, exact."""
        if not len(rows):
            return np.empty(0, np.float32)
        cosines: Vector = self.vectors(self.store.ids(rows)) @ vector
        return cosines

    def lexical(self, query: str, top_k: int) -> Ranking:
        """The rows that share words with the query, scored by BM25 (> 0), ties by row."""
        return self._words.search(query, top_k)

    def rows_with(self, text: str) -> NDArray[np.int32] | None:
        """The rows that have all words of a text, stemmed; None if it has no word that is indexed."""
        return self._words.rows_with(text)

    def articles_with(self, spelling: str) -> list[int]:
        """The numbers of the articles whose headline or text has exactly these characters, in order."""
        return self.store.numbers_with(spelling)

    def terms(self, words: Iterable[str]) -> list[Term]:
        """Stems of a query, with the spelling that is searched for and how rare each is."""
        return self._words.terms(words)

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """The passages of these rows, in this order."""
        return self.store.passages(rows)

    def articles(self, numbers: Sequence[int]) -> list[Article]:
        """The articles of these numbers, in this order."""
        return self.store.articles(numbers)

    def vectors(self, ids: Sequence[str]) -> NDArray[np.float32]:
        """(len(ids), dimensions) the vectors of these passages."""
        return self._vectors.vectors(ids)

    def probe(self) -> None:
        """Looks whether rows all over the generation are found by their own vectors.

        Raises:
            IndexDamaged: One is not.
        """
        rows = np.unique(np.linspace(0, self.manifest.passages - 1, PROBES).astype(int)).tolist()
        passages = self.passages(rows)
        for passage, vector in zip(passages, self.vectors([passage.id for passage in passages]), strict=True):
            nearest = self._vectors.nearest(vector, 1)
            if not (nearest and nearest[0][1] > 0.999):
                raise IndexDamaged(f"the vector of passage {passage.id!r} cannot be found; run: byline rebuild --full")

    def _check_counts(self) -> None:
        stated = (self.manifest.articles, self.manifest.passages)
        found = self.store.counts()
        rows = {"articles.sqlite": found[1], "chroma": self._vectors.count(), "lexical": self._words.rows}
        if found != stated or set(rows.values()) != {stated[1]}:
            raise IndexDamaged(
                f"generation {self.generation!r} should hold {stated[0]} articles and {stated[1]} passages, "
                f"but has {found[0]} articles and the rows {rows}; run: byline rebuild --full"
            )

    def _read_columns(self) -> None:
        self._article_of = self.store.column("passages", "article")
        self._group_of = self.store.column("articles", "duplicate_group")
        self._outlets = self.store.sources()
        self._days = self.store.column("articles", "day")[self._article_of]
