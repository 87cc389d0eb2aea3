"""The scores of bm25s over an array of words: the library itself walks over lists, which takes three times as long."""

from collections.abc import Iterator
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

K1 = 1.2
B = 0.75
BLOCK = 1 << 16
"""Passages whose words are sorted at a time."""

Numbers = NDArray[np.int32]


def scores(words: int, ids: Numbers, borders: NDArray[np.int64]) -> dict[str, Any]:
    """The BM25 scores ("lucene") of all words in all passages, in the form and of the values that bm25s gives them.

    Args:
        words: The number of distinct words.
        ids: Words by their number, passage after passage.
        borders: (passages + 1,) passage r has ids[borders[r] : borders[r + 1]].
    """
    lengths = np.diff(borders)
    blocks = [*_pairs(ids, borders)]
    having = sum((np.bincount(held, minlength=words) for held, _, _ in blocks), np.zeros(words, np.int64))
    ends = np.concatenate([[0], np.cumsum(having)])
    rarity = np.array([idf(len(lengths), number) for number in having.tolist()], np.float32)
    dampened = K1 * ((1 - B) + B * lengths / lengths.mean())
    data, indices = np.empty(ends[-1], np.float32), np.empty(ends[-1], np.int32)
    filled = ends[:-1].copy()
    for held, rows, counts in blocks:
        new = np.bincount(held, minlength=words)
        places = np.arange(len(held)) + (filled - np.cumsum(new) + new)[held]
        data[places] = rarity[held] * (counts / (dampened[rows] + counts))
        indices[places] = rows
        filled += new
    return {"data": data, "indices": indices, "indptr": ends, "num_docs": len(lengths)}


def idf(rows: int, having: int) -> float:
    """The weight of a word that so many rows have."""
    return log(1 + (rows - having + 0.5) / (having + 0.5))


def _pairs(ids: Numbers, borders: NDArray[np.int64]) -> Iterator[tuple[Numbers, ...]]:
    """Each word, the row of a passage that has it and how often, by word and row, a block of rows at a time."""
    for first in range(0, len(borders) - 1, BLOCK):
        ends = borders[first : first + BLOCK + 1]
        rows = np.repeat(np.arange(len(ends) - 1), np.diff(ends))
        keys, counts = np.unique(ids[ends[0] : ends[-1]].astype(np.int64) * BLOCK + rows, return_counts=True)
        yield tuple(part.astype(np.int32) for part in (keys // BLOCK, keys % BLOCK + first, counts))
