"""The part of an open generation that a caller may read: a `Snapshot` as if there were no other articles."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from corpus.duplicates import groups as stories
from index.passage import Passage
from index.search.lexical import Term
from index.storage.snapshot import DIGITS, EXACT, WIDEST, Ranking, Vector

if TYPE_CHECKING:
    from index.storage.opened import OpenGeneration


Numbers = NDArray[np.int32]
Mask = NDArray[np.bool_]


def may_read(articles: Sequence[Sequence[str]], groups: Iterable[str]) -> Mask:
    """(articles,) which of these articles, given by their groups, are for everyone or for one of some groups."""
    held = frozenset(groups)
    return np.fromiter((not named or not held.isdisjoint(named) for named in articles), bool, len(articles))


class Readable:
    """The articles of a generation that a mask admits, renumbered from 0, like their passages.

    Other articles and rows have no number here, so nothing that works on a `Snapshot` can find
    or count them.
    """

    def __init__(self, whole: "OpenGeneration", readable: Mask) -> None:
        """Renumbers the admitted articles.

        Args:
            whole: The generation; must stay open as long as this is used.
            readable: (articles,) which are admitted.
        """
        self._whole = whole
        self._numbers = np.flatnonzero(readable)
        self._number_here = _places(readable)
        let_in = readable[whole.article_of]
        self._rows = np.flatnonzero(let_in)
        self._row_here = _places(let_in)
        self._words = whole.words.within(let_in)
        self.days: Numbers = whole.days[self._rows]
        self.article_of: Numbers = self._number_here[whole.article_of[self._rows]]
        self.vector_of: Numbers = whole.vector_of[self._rows]
        self.group_of: Numbers = _regrouped(whole.group_of, readable, whole.store.signatures_of)
        self.outlets: Sequence[str | None] = [whole.outlets[number] for number in self._numbers.tolist()]

    @property
    def generation(self) -> str:
        """The generation's id."""
        return self._whole.generation

    def dense(self, vector: Vector, top_k: int) -> Ranking:
        """All rows here of the vectors nearest to a unit vector: at least top_k, if there are so many."""
        if len(self._rows) <= EXACT:
            cosines = np.round(self.cosines(vector, range(len(self._rows))).astype(float), DIGITS)
            return [(int(row), float(cosines[row])) for row in np.argsort(-cosines, kind="stable")]
        reach = min(WIDEST, 2 * top_k * len(self._whole.article_of) // len(self._rows))
        return self._here(self._whole.dense(vector, reach))

    def cosines(self, vector: Vector, rows: Sequence[int] | Numbers) -> Vector:
        """(len(rows),) the cosine of a unit vector to these rows, exact."""
        return self._whole.cosines(vector, self._rows[np.asarray(rows, np.int64)])

    def lexical(self, query: str, top_k: int) -> Ranking:
        """The rows that share words with the query, scored by BM25 (> 0) over the rows here."""
        return self._here(self._words.search(query, top_k))

    def rows_with(self, text: str) -> Numbers | None:
        """The rows with all words of a text, stemmed; None if it has no indexed word."""
        rows = self._words.rows_with(text)
        return None if rows is None else self._row_here[rows]

    def articles_with(self, spelling: str) -> list[int]:
        """The numbers of the articles whose headline or text has exactly these characters, in order."""
        found = self._number_here[np.array(self._whole.articles_with(spelling), np.int64)]
        return [int(number) for number in found if number >= 0]

    def terms(self, words: Iterable[str]) -> list[Term]:
        """The stems of a query, with the spelling searched for and its rarity here."""
        return self._words.terms(words)

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """The passages of these rows, in this order."""
        return self._whole.passages([int(self._rows[row]) for row in rows])

    def articles(self, numbers: Sequence[int]) -> list[Article]:
        """The articles of these numbers, in this order."""
        return self._whole.articles([int(self._numbers[number]) for number in numbers])

    def article(self, name: str) -> Article | None:
        """The article with this id; None if there is none here."""
        number = self._whole.store.number(name)
        return self._whole.article(name) if number is not None and self._number_here[number] >= 0 else None

    def _here(self, ranking: Ranking) -> Ranking:
        return [(int(self._row_here[row]), score) for row, score in ranking if self._row_here[row] >= 0]


def _places(kept: Mask) -> Numbers:
    """The place of each entry among the kept ones; -1 for the others."""
    return np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int32)


def _regrouped(group_of: Numbers, readable: Mask, signatures: Callable[[Sequence[int]], Sequence[bytes]]) -> Numbers:
    """(readable articles,) the groups of copies; two that only an unreadable one links are separate here."""
    found = group_of.copy()
    fresh = int(group_of.max(initial=0)) + 1
    for story in np.unique(group_of[~readable]).tolist():
        left = np.flatnonzero(readable & (group_of == story))
        if len(left) > 1:
            parted = stories(signatures(left.tolist()))
            found[left] = np.array(parted, np.int32) + fresh
            fresh += len(left)
    return found[readable]
