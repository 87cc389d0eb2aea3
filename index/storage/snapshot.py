"""The retriever's view of an open generation."""

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from index.passage import Passage
from index.search.lexical import Term

Vector = NDArray[np.float32]
EXACT = 2_000
"""Up to so many rows are compared with a vector one by one; of more, the nearest are fetched and filtered."""
WIDEST = 5_000
"""The most vectors fetched for filtering."""
DIGITS = 5
"""Significant decimals of a cosine."""
Ranking = list[tuple[int, float]]
"""Rows with their scores, best first. A row is a passage's place in its generation, from 0."""


class Snapshot(Protocol):
    """An immutable view of one generation; safe to share between threads."""

    @property
    def generation(self) -> str:
        """The generation's id."""

    @property
    def days(self) -> NDArray[np.int32]:
        """(rows,) the proleptic ordinal of each passage's day of publication, 0 where unknown."""

    @property
    def article_of(self) -> NDArray[np.int32]:
        """(rows,) the number of each passage's article, from 0."""

    @property
    def vector_of(self) -> NDArray[np.int32]:
        """(rows,) the number of each passage's vector, from 0; passages of one text share it."""

    @property
    def group_of(self) -> NDArray[np.int32]:
        """(articles,) near-identical copies share a number."""

    @property
    def outlets(self) -> Sequence[str | None]:
        """(articles,) each article's outlet."""

    def dense(self, vector: Vector, top_k: int) -> Ranking:
        """All rows of the top_k vectors nearest to a unit vector, scored by cosine."""

    def cosines(self, vector: Vector, rows: Sequence[int]) -> Vector:
        """(len(rows),) the cosine of a unit vector to these rows, exact."""

    def lexical(self, query: str, top_k: int) -> Ranking:
        """The rows that share words with the query, scored by BM25 (> 0)."""

    def rows_with(self, text: str) -> NDArray[np.int32] | None:
        """The rows with all words of a text, stemmed; None if it has no indexed word."""

    def articles_with(self, spelling: str) -> list[int]:
        """The numbers of the articles whose headline or text has exactly these characters, in order."""

    def terms(self, words: Iterable[str]) -> list[Term]:
        """The stems of a query, with the spelling searched for and its rarity."""

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """The passages of these rows, in this order."""

    def articles(self, numbers: Sequence[int]) -> list[Article]:
        """The articles of these numbers, in this order."""

    def article(self, name: str) -> Article | None:
        """The article with this id; None if there is none."""
