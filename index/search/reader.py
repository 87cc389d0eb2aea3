"""Reads (question, passage): whether the passage answers, and with which words."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.passage import Passage
from index.search.encoder import MODELS, Encoder
from index.words import folded

if TYPE_CHECKING:
    from tokenizers import Encoding

BATCH = 2
"""Pairs in one inference: half of what is read at once, on two cores. Source: benchmarks/results/negative.md."""
LONGEST_ANSWER = 30  # word pieces
LONGEST_QUESTION = 400
"""Characters; of a longer question the last are read, as it tends to end with what is asked."""

_LETTERS = str.maketrans("øØłŁıđĐð", "oOlLidDd")
"""Letters that no tokenizer takes for a form of another; one for one, so that places stay."""

Logits = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class AnswerSpan:
    """Words that may be the answer.

    Attributes:
        start: In the article's text, in characters.
        end: Exclusive.
        score: The logits of its start and its end, less those of "no answer here"; comparable between passages.
    """

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of one passage.

    Attributes:
        relevance: A logit: the passage answers. About 0 where it is even.
        offsets: (words, 2) where the passage's word pieces start and end in the article's text, in characters.
        starts: (words,) how likely the answer starts here, as a logit less that of "no answer here".
        ends: (words,) the same for its end.
    """

    relevance: float
    offsets: NDArray[np.int64]
    starts: Logits
    ends: Logits

    def best(self, start: int, end: int) -> AnswerSpan | None:
        """The likeliest span between two characters of the article's text; None if no word was read there."""
        first = int(np.searchsorted(self.offsets[:, 0], start))
        last = int(np.searchsorted(self.offsets[:, 1], end, side="right"))
        if first >= last:
            return None
        sums = self.starts[first:last, None] + self.ends[None, first:last]
        allowed = np.triu(np.tri(last - first, k=LONGEST_ANSWER - 1, dtype=np.bool_))
        row, column = np.unravel_index(np.where(allowed, sums, -np.inf).argmax(), sums.shape)
        return AnswerSpan(
            int(self.offsets[first + row, 0]), int(self.offsets[first + column, 1]), float(sums[row, column])
        )


class Reader(Protocol):
    """Reads passages with a question in mind."""

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """A reading of each passage, in the order given."""


class MiniLMReader:
    """The cross-encoder that comes with the install; loaded on first use, shared between threads.

    Source: made by training/, whose README states the data and the measured quality.
    """

    def __init__(self, folder: Path = MODELS / "reader") -> None:
        self._encoder = Encoder(folder, BATCH, pairs=True)

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """A reading of each passage; question and passage are read up to 256 word pieces together."""
        asked = folded(question[-LONGEST_QUESTION:])
        found = self._encoder.run([(asked, passage.indexed_text.translate(_LETTERS)) for passage in passages])
        return [_reading(passage, *one) for passage, one in zip(passages, found, strict=True)]


def _reading(passage: Passage, encoding: "Encoding", outputs: Sequence[NDArray[np.float32]]) -> Reading:
    """The outputs on the passage's own word pieces: those of the heading before it mean nothing."""
    relevance, starts, ends = outputs
    before = len(passage.indexed_text) - len(passage.text)
    offsets = np.array(encoding.offsets, np.int64)
    own = np.flatnonzero((np.array(encoding.type_ids) == 1) & (offsets[:, 1] > before))
    shifted = np.maximum(offsets[own] - before, 0) + passage.start
    return Reading(float(relevance), shifted, starts[own] - starts[0], ends[own] - ends[0])
