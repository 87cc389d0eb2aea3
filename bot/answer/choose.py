"""Answers in the articles' own words: the sentences that answer, verbatim, each with its citation."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from bot.answer import Citation
from bot.answer.answer_words import answer_words
from bot.answer.disagreement import disagreement
from bot.answer.sentence import Sentence, apart
from bot.answer.shape import Shape, shape_of, timeline, topic
from bot.answer.speech import speaks
from bot.answer.wanted import FIGURE, Wanted, covered
from index.passage import Passage, ScoredPassage
from index.search.reader import Reader, Reading
from index.split import sentences
from index.words import content_words

READ = 8
"""Passages that are read. Source: benchmarks/answering.py."""
WEIGHTS = {
    "passage": 3.3,  # its passage's score, relative to the best
    "covered": 4.4,  # share of the question's content words in the sentence
    "asked": 5.9,  # the same for the question's last sentence
    "figures": 1.7,  # share of the question's numbers in the sentence
    "said": 4.0,  # reports words of the person whose words are asked for
    "kind": 1.6,  # holds a number, date or name where one is wanted
    "names": 2.8,  # names that the question lacks, where one is wanted
    "span": 0.21,  # the reader's best span in it
}
"""What each feature adds to a sentence's score. Source: fitted on the dev questions by benchmarks/answering.py, which
tells what they are worth on questions they were not fitted on; but for "said": too few of them ask for words."""
SHIPPED = tuple(WEIGHTS.values())
UNREAD = -10.0
"""The span's score where the reader did not get to the sentence."""
BESIDE = 8.0
"""A further sentence is shown if its score is no more below the best one's; else it is beside the point. On the dev
questions no answer is lost for it in the first three. Source: benchmarks/answering.py."""
SHORTEST = 20
"""Characters; a shorter sentence is a heading or an exclamation."""
OPENING = re.compile(r"\A(?::\s*|[–—-]+\s+)")
"""What is no part of a sentence at its start: a dash of a list, a colon behind another story's headline."""
CLOSING = "\"'”’)"
"""What may stand behind a sentence's last mark."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The sentences chosen.

    Attributes:
        citations: Numbered in the order in which they are shown; empty if there was none to quote.
        shape: What the citations are, together.
        relevance: The reader's highest; a logit, -inf if nothing was read.
        covered: Of a timeline, the share of the question's topic that its passages speak of, from 0 to 1.
        differing: Whether the citations give different answers.
    """

    citations: tuple[Citation, ...] = ()
    shape: Shape = "fact"
    relevance: float = -np.inf
    covered: float = 0.0
    differing: bool = False


@dataclass(frozen=True, slots=True)
class Candidates:
    """The sentences of the passages that are read.

    Attributes:
        sentences: In the order of the passages.
        features: (sentences, len(WEIGHTS)) in the order of WEIGHTS.
        relevance: The reader's highest; a logit.
    """

    sentences: Sequence[Sentence]
    features: NDArray[np.float64]
    relevance: float

    def good(self, weights: Sequence[float] = SHIPPED) -> list[Sentence]:
        """Those that are not beside the point, best first."""
        scores = self.features @ np.array(weights)
        return [
            self.sentences[row] for row in np.argsort(-scores, kind="stable") if scores[row] >= scores.max() - BESIDE
        ]


@dataclass(frozen=True, slots=True)
class ExtractiveAnswerer:
    """Quotes the sentences that look most like an answer."""

    reader: Reader
    max_sentences: int = 3

    def choose(self, question: str, passages: Sequence[ScoredPassage]) -> Choice:
        """The sentences that answer best, in the shape that the question asks for."""
        shape = shape_of(question)
        if shape == "timeline":
            return _told(question, passages)
        candidates = self.read(question, passages)
        if not candidates.sentences:
            return Choice()
        good = candidates.good()
        differing = [good[place] for place in disagreement(question, good)]
        best = differing or list(islice(apart(good), self.max_sentences))
        answering = 0 if shape == "decision" else len(differing) or 1
        return Choice(_cited(best, question, answering), shape, candidates.relevance, differing=bool(differing))

    def read(self, question: str, passages: Sequence[ScoredPassage]) -> Candidates:
        """The sentences of the first passages, with what tells how well each answers."""
        read = passages[:READ]
        readings = self.reader.read(question, [scored.passage for scored in read])
        wanted = Wanted.of(question)
        best = passages[0].score or 1.0 if passages else 1.0
        rows: dict[str, tuple[Sentence, tuple[float, ...]]] = {}
        for scored, reading in zip(read, readings, strict=True):
            for sentence in _sentences(scored.passage, reading):
                features = (scored.score / best, *_features(wanted, sentence))
                rows.setdefault(sentence.text, (sentence, features))
        relevance = max((reading.relevance for reading in readings), default=-np.inf)
        found, told = zip(*rows.values(), strict=True) if rows else ((), ())
        return Candidates(found, np.array(told), relevance)


def _told(question: str, passages: Sequence[ScoredPassage]) -> Choice:
    """What happened, by the passages that speak most of the question's topic; by all, if it names only a time.

    The reader takes no part: it looks for the one answer, and here is none.
    """
    wanted = topic(question)
    shares = [covered(wanted, content_words(scored.passage.indexed_text)) if wanted else 1.0 for scored in passages]
    most = max(shares, default=0.0)
    speaking = [scored for scored, share in zip(passages, shares, strict=True) if share == most > 0]
    candidates = [sentence for scored in speaking for sentence in _sentences(scored.passage)]
    return Choice(_cited(timeline(question, candidates), question, 0), "timeline", covered=most)


def _cited(sentences: Sequence[Sentence], question: str, answering: int) -> tuple[Citation, ...]:
    """The sentences as citations, numbered from 1; the first so many with the words that answer."""
    return tuple(
        Citation(number, found.passage, found.start, found.end, *_answering(found, question, number <= answering))
        for number, found in enumerate(sentences, 1)
    )


def _answering(sentence: Sentence, question: str, sought: bool) -> tuple[int, int] | tuple[()]:
    """The words that answer, in the article's text: the reader's, where it is sure, else the only ones that fit."""
    if not sought:
        return ()
    if sentence.answer and sentence.answer.score > 0:
        return sentence.answer.start, sentence.answer.end
    words = answer_words(question, sentence.text)
    return (sentence.start + words[0], sentence.start + words[1]) if words else ()


def _features(wanted: Wanted, sentence: Sentence) -> tuple[float, ...]:
    """Those of WEIGHTS that the sentence alone tells."""
    words = content_words(sentence.text)
    return (
        covered(wanted.words, words),
        covered(wanted.asked, words),
        covered(wanted.figures, set(FIGURE.findall(sentence.text))),
        float(speaks(wanted.speaker, sentence.text)),
        float(wanted.held_by(sentence.text)),
        wanted.new_names(sentence.text),
        sentence.answer.score if sentence.answer else UNREAD,
    )


def _sentences(passage: Passage, reading: Reading | None = None) -> Iterator[Sentence]:
    """The sentences of a passage that tell something, with the words in them that may be the answer."""
    whole = passage.text
    for first, last in sentences(whole):
        text = whole[first:last]
        start, end = passage.start + last - len(OPENING.sub("", text)), passage.start + last
        if end - start >= SHORTEST and not text.rstrip(CLOSING).endswith("?"):
            yield Sentence(passage, start, end, reading.best(start, end) if reading else None)
