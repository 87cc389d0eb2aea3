"""Lexical ranking: BM25 over stemmed words, memory-mapped."""

import json
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexDamaged
from index.search import bm25
from index.words import word_ids

if TYPE_CHECKING:
    from bm25s import BM25

WORDS, WORD_IDS, BORDERS = "words.json", "word_ids.npy", "borders.npy"
LONG = 5
"""Characters; a shorter word with another letter is another word rather than a misspelling."""
NEARLY_UNKNOWN = 0.99
"""The rarity of a word that the archive lacks but for one with the same beginning."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

Numbers = NDArray[np.int32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Wordlists:
    """The words of every passage; kept so that a rebuild need not parse unchanged texts.

    Attributes:
        words: The distinct words, sorted.
        ids: Indexes into `words`, passage by passage.
        borders: (passages + 1,) passage r has ids[borders[r] : borders[r + 1]].
    """

    words: list[str]
    ids: Numbers
    borders: NDArray[np.int64]

    @classmethod
    def read(cls, folder: Path) -> "Wordlists":
        """The lists of a generation; the ids stay on disk until used.

        Raises:
            IndexDamaged: They cannot be read.
        """
        try:
            words = json.loads((folder / WORDS).read_text(encoding="utf-8"))
            lists = cls(words, np.load(folder / WORD_IDS, mmap_mode="r"), np.load(folder / BORDERS))
            sound = len(lists.ids) == lists.borders[-1] and int(lists.ids.max(initial=-1)) < len(words)
        except (OSError, EOFError, ValueError, TypeError, IndexError) as error:
            raise IndexDamaged(f"the words in {str(folder)!r} cannot be read ({error}); run: byline rebuild") from error
        if not sound:
            raise IndexDamaged(f"the words in {str(folder)!r} do not agree; run: byline rebuild")
        return lists

    @classmethod
    def join(cls, rows: Sequence[int], old: "Wordlists | None", batches: Iterable[Sequence[str]]) -> "Wordlists":
        """Combines kept lists with those of new texts.

        Args:
            rows: For each new row, its row in `old`, or -1.
            old: The lists of the last generation; None where all rows are new.
            batches: The texts of the rows marked -1, in order.
        """
        words = list(old.words) if old else []
        fresh = _fresh(words, batches)
        held, ends = (np.asarray(old.ids), old.borders.tolist()) if old else (np.empty(0, np.int32), [])
        kept = (held[ends[row] : ends[row + 1]] if row >= 0 else None for row in rows)
        lists = [next(fresh) if ids is None else ids for ids in kept]
        borders = np.zeros(len(lists) + 1, np.int64)
        np.cumsum([len(ids) for ids in lists], out=borders[1:])
        return cls._sorted(words, np.concatenate([np.empty(0, np.int32), *lists]), borders)

    @classmethod
    def _sorted(cls, words: list[str], ids: Numbers, borders: NDArray[np.int64]) -> "Wordlists":
        """Drops unused words: an incremental rebuild gives the same files as a full one."""
        used = sorted(np.flatnonzero(np.bincount(ids, minlength=len(words))).tolist(), key=words.__getitem__)
        places = np.zeros(len(words), np.int32)
        places[used] = np.arange(len(used), dtype=np.int32)
        return cls([words[place] for place in used], places[ids], borders)

    def write(self, folder: Path) -> None:
        """Writes the lists and the BM25 index over them into a new folder."""
        import bm25s

        folder.mkdir()
        (folder / WORDS).write_text(json.dumps(self.words, ensure_ascii=False), encoding="utf-8")
        np.save(folder / WORD_IDS, self.ids)
        np.save(folder / BORDERS, self.borders)
        if self.words:
            ranking = bm25s.BM25(k1=bm25.K1, b=bm25.B)
            ranking.scores = bm25.scores(len(self.words), self.ids, self.borders)
            ranking.vocab_dict = {word: place for place, word in enumerate(self.words)}
            ranking.nonoccurrence_array = None
            ranking.save(folder, show_progress=False)


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a query.

    Attributes:
        asked: Its stem, as typed.
        word: The stem searched for: the same, or the only similar spelling that the archive has.
        rarity: From 0, in every passage, to 1, in none and with no word that begins like it.
    """

    asked: str
    word: str
    rarity: float


class LexicalIndex:
    """The BM25 index of one generation."""

    def __init__(self, folder: Path) -> None:
        import bm25s

        borders = np.load(folder / BORDERS, mmap_mode="r")
        self.rows = len(borders) - 1
        self._readable: Mask | None = None
        # Where no passage has a word there is nothing to rank.
        self._ranking: BM25 | None = bm25s.BM25.load(folder, mmap=True, show_progress=False) if borders[-1] else None

    def within(self, readable: Mask) -> "LexicalIndex":
        """The index over some rows only: the words of other rows have no effect on it."""
        part = copy(self)
        part._readable = readable
        return part

    def search(self, query: str, top_k: int) -> list[tuple[int, float]]:
        """The rows that share words with the query, with their BM25 score (> 0), best first, ties by row."""
        ids, words = word_ids([query])
        if self._ranking is None or top_k <= 0:
            return []
        known = self._ranking.get_tokens_ids([self._spelling(words[place]) for place in ids[0]])
        return _best(self._scores(self._ranking, known), top_k) if known else []

    def _scores(self, ranking: "BM25", known: Sequence[int]) -> NDArray[np.float32]:
        if self._readable is None:
            scores: NDArray[np.float32] = ranking.get_scores_from_ids(known)
            return scores
        some = np.zeros(self.rows, np.float32)
        for word in known:
            rows, held = self._rows_of(word), self._word_scores(ranking, word)
            seen = self._readable[rows]
            # A word's rarity is that among the admitted rows.
            ratio = bm25.idf(self._count, int(seen.sum())) / bm25.idf(self.rows, len(rows))
            some[rows[seen]] += held[seen] * np.float32(ratio)
        return some

    def terms(self, words: Iterable[str]) -> list[Term]:
        """The stems of a query, with the spelling searched for and its rarity."""
        found = [(word, self._spelling(word)) for word in words]
        return [Term(word, spelling, self._rarity(spelling)) for word, spelling in found]

    def _spelling(self, word: str) -> str:
        """The word or, if the archive lacks it, the commonest that differs in one letter; codes are never changed."""
        if len(word) < LONG or not word.isalpha() or self._frequency(word):
            return word
        near = [other for other in _near_spellings(word) if self._frequency(other)]
        return max(near, key=self._frequency, default=word)

    def _frequency(self, word: str) -> int:
        """How many passages have a word."""
        if self._ranking is None or (place := self._ranking.vocab_dict.get(word)) is None:
            return 0
        borders = self._ranking.scores["indptr"]
        if self._readable is not None:
            return int(self._readable[self._rows_of(place)].sum())
        return int(borders[place + 1] - borders[place])

    def _rarity(self, word: str) -> float:
        if (
            not self._frequency(word)
            and self._ranking
            and any(
                other.startswith(word[: max(LONG - 1, len(word) - 3)]) and self._frequency(other)
                for other in self._ranking.vocab_dict
            )
        ):
            return NEARLY_UNKNOWN  # perhaps another ending or spelling
        return 1 - float(np.log1p(self._frequency(word)) / np.log1p(max(1, self._count)))

    @property
    def _count(self) -> int:
        return self.rows if self._readable is None else int(self._readable.sum())

    def rows_with(self, text: str) -> Numbers | None:
        """(rows found,) those with all words of a text, stemmed; None if it has no indexed word."""
        _, words = word_ids([text])
        if not words:
            return None
        known = self._ranking.get_tokens_ids(words) if self._ranking else []
        if len(known) < len(words):
            return np.empty(0, np.int32)
        rows: Numbers = reduce(np.intersect1d, map(self._rows_of, known))
        return rows if self._readable is None else rows[self._readable[rows]]

    def _rows_of(self, word: int) -> Numbers:
        assert self._ranking is not None
        borders, rows = self._ranking.scores["indptr"], self._ranking.scores["indices"]
        return np.array(rows[borders[word] : borders[word + 1]], np.int32)

    def _word_scores(self, ranking: "BM25", word: int) -> NDArray[np.float32]:
        borders = ranking.scores["indptr"]
        return np.array(ranking.scores["data"][borders[word] : borders[word + 1]], np.float32)


def _best(scores: NDArray[np.float32], top_k: int) -> list[tuple[int, float]]:
    """The highest scores over 0; argpartition alone would choose among equals at random."""
    least = np.partition(scores, -top_k)[-top_k] if top_k < len(scores) else 0
    rows = np.flatnonzero((scores >= least) & (scores > 0))
    rows = rows[np.lexsort((rows, -scores[rows]))][:top_k]
    return [(int(row), float(scores[row])) for row in rows]


def _near_spellings(word: str) -> set[str]:
    """The spellings with one letter removed, added or replaced, or two adjacent ones swapped."""
    halves = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    fewer = {first + last[1:] for first, last in halves if last}
    swapped = {first + last[1] + last[0] + last[2:] for first, last in halves if len(last) > 1}
    others = {first + letter + last[1:] for first, last in halves if last for letter in _LETTERS}
    return fewer | swapped | others | {first + letter + last for first, last in halves for letter in _LETTERS}


def _fresh(words: list[str], batches: Iterable[Sequence[str]]) -> Iterator[Numbers]:
    """The ids of each text; appends unknown words to `words`."""
    places = {word: place for place, word in enumerate(words)}
    for texts in batches:
        ids, found = word_ids(texts)
        for word in found:
            if word not in places:
                places[word] = len(words)
                words.append(word)
        lookup = np.array([places[word] for word in found], np.int32)
        yield from (lookup[np.array(text, np.intp)] for text in ids)
