"""Answers in the articles' own words: the sentences that answer, verbatim, each with its citation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.answer import Citation
from bot.wanted import Wanted, covered
from index.embed import Embedder
from index.lexical import content_words
from index.passage import Passage, ScoredPassage
from index.split import sentences

READ = 5
"""Passages whose sentences are considered. Source: benchmarks/answering.py."""
WEIGHTS = {
    "cosine": 5.6,  # of question and sentence
    "passage": 6.0,  # its passage's score, relative to the best
    "covered": 5.3,  # share of the question's content words in the sentence
    "asked": 5.9,  # the same for the question's last sentence
    "kind": 2.1,  # holds a number, date or name where one is wanted
    "names": 3.2,  # names that the question lacks, where one is wanted
}
"""What each feature adds to a sentence's score. Source: fitted on the dev questions by benchmarks/answering.py, which
tells what they are worth on questions they were not fitted on."""
SHIPPED = tuple(WEIGHTS.values())
SAME = 0.92
"""Two sentences nearer than this say the same thing."""
ENOUGH = 0.6
"""A further sentence is shown if it scores so much of the best one's score; below that it is beside the point. On the
dev questions the answer is lost in none for it. Source: benchmarks/answering.py."""
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
        nearest: The cosine of the question to the nearest sentence or headline; 0 if there was none.
    """

    citations: tuple[Citation, ...] = ()
    nearest: float = 0.0


@dataclass(frozen=True, slots=True)
class Candidates:
    """The sentences of the passages that are read.

    Attributes:
        sentences: In the order of the passages.
        vectors: (sentences, dimensions) unit vectors.
        features: (sentences, len(WEIGHTS)) in the order of WEIGHTS.
        nearest: The cosine of the question to the nearest sentence or headline.
    """

    sentences: Sequence[Sentence]
    vectors: NDArray[np.float32]
    features: NDArray[np.float64]
    nearest: float = 0.0

    def best(self, count: int, weights: Sequence[float] = SHIPPED) -> list[Sentence]:
        """The best sentences, best first, none that says what a better one said or that is beside the point."""
        scores = self.features @ np.array(weights)
        chosen: list[int] = []
        for row in np.argsort(-scores, kind="stable"):
            if scores[row] < ENOUGH * scores.max():
                break
            if all(self.vectors[row] @ self.vectors[other] < SAME for other in chosen):
                chosen.append(int(row))
            if len(chosen) == count:
                break
        return [self.sentences[row] for row in chosen]


@dataclass(frozen=True, slots=True)
class ExtractiveAnswerer:
    """Quotes the sentences that look most like an answer."""

    embedder: Embedder
    max_sentences: int = 3

    def choose(self, question: str, passages: Sequence[ScoredPassage]) -> Choice:
        """The sentences that answer best."""
        candidates = self.read(question, passages)
        if not candidates.sentences:
            return Choice()
        best = candidates.best(self.max_sentences)
        citations = (Citation(number, found.passage, found.start, found.end) for number, found in enumerate(best, 1))
        return Choice(tuple(citations), candidates.nearest)

    def read(self, question: str, passages: Sequence[ScoredPassage]) -> Candidates:
        """The sentences of the first passages, with what tells how well each answers."""
        found = list(_sentences(passages[:READ]))
        headlines = dict.fromkeys(scored.passage.article.title for scored in passages[:READ])
        texts = [question, *(sentence.text for sentence, _ in found), *headlines]
        vector, *vectors = self.embedder.embed(texts)
        wanted = Wanted.of(question)
        features = [
            (float(own @ vector), relative, *_features(wanted, sentence.text))
            for own, (sentence, relative) in zip(vectors, found, strict=False)
        ]
        nearest = max((float(own @ vector) for own in vectors), default=0.0)
        read = [sentence for sentence, _ in found]
        return Candidates(read, np.array(vectors[: len(found)]), np.array(features), nearest)


def _features(wanted: Wanted, text: str) -> tuple[float, ...]:
    """Those of WEIGHTS that the words alone tell."""
    words = content_words(text)
    return (
        covered(wanted.words, words),
        covered(wanted.asked, words),
        float(wanted.held_by(text)),
        wanted.new_names(text),
    )


def _sentences(passages: Sequence[ScoredPassage]) -> Iterator[tuple[Sentence, float]]:
    """The sentences with their passage's score relative to the best; the same words only once."""
    seen: set[str] = set()
    for scored in passages:
        passage = scored.passage
        for start, end in sentences(passage.text):
            words = passage.text[start:end]
            if end - start >= SHORTEST and words not in seen:
                seen.add(words)
                found = Sentence(passage, passage.start + start, passage.start + end)
                yield found, scored.score / (passages[0].score or 1.0)
