"""Answers in the articles' own words: the sentences that answer, verbatim, each with its citation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bot.answer import Citation
from index.embed import Embedder
from index.passage import Passage, ScoredPassage
from index.split import sentences

READ = 5
"""Passages whose sentences are considered. Source: benchmarks/README.md, sentence choice."""
PASSAGE_WEIGHT = 0.4
"""What the best passage's score adds to a sentence's cosine, others in proportion. Source: the same."""
SAME = 0.92
"""Two sentences nearer than this say the same thing."""
SHORTEST = 20
"""Characters; a shorter sentence is a heading or an exclamation."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A span of an article inside one of its passages."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        """The exact words."""
        return self.passage.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Choice:
    """The sentences chosen.

    Attributes:
        citations: Best first, numbered in this order; empty if there was none to quote.
        nearest: The cosine of the question to the nearest sentence; 0 if there was none.
    """

    citations: tuple[Citation, ...] = ()
    nearest: float = 0.0


@dataclass(frozen=True, slots=True)
class ExtractiveAnswerer:
    """Quotes the sentences nearest to the question."""

    embedder: Embedder
    max_sentences: int = 3

    def choose(self, question: str, passages: Sequence[ScoredPassage]) -> Choice:
        """The sentences that answer best."""
        candidates = list(_candidates(passages[:READ]))
        if not candidates:
            return Choice()
        vectors = self.embedder.embed([question, *(sentence.text for sentence, _ in candidates)])
        cosines = vectors[1:] @ vectors[0]
        scores = cosines + PASSAGE_WEIGHT * np.array([score for _, score in candidates])
        chosen: list[int] = []
        for row in np.argsort(-scores, kind="stable"):
            if all(vectors[row + 1] @ vectors[other + 1] < SAME for other in chosen):
                chosen.append(int(row))
            if len(chosen) == self.max_sentences:
                break
        picked = [candidates[row][0] for row in chosen]
        citations = (Citation(number, found.passage, found.start, found.end) for number, found in enumerate(picked, 1))
        return Choice(tuple(citations), float(cosines.max()))


def _candidates(passages: Sequence[ScoredPassage]) -> Iterator[tuple[Sentence, float]]:
    """The sentences with their passage's score relative to the best; the same words only once."""
    seen: set[str] = set()
    for scored in passages:
        passage = scored.passage
        for start, end in sentences(passage.text):
            words = passage.text[start:end]
            if end - start >= SHORTEST and words not in seen:
                seen.add(words)
                found = Sentence(passage, passage.start + start, passage.start + end)
                yield found, scored.score / passages[0].score
