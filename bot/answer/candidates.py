"""The sentences that may answer, each with features that rate it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.answer.asked import Asked, Held
from bot.answer.sentence import Sentence
from bot.question.kind import Kind
from corpus.calendar_names import CAPITAL_MONTH
from corpus.number_words import SCALES, UNITS
from index.passage import Passage, ScoredPassage
from index.search.reader import Reading
from index.split import Span, sentences
from index.words import content_words, folded

UNREAD = -10.0
"""The span score of sentences that the reader did not reach."""
SHORTEST = 20
"""Characters; a shorter sentence is a heading or an exclamation."""
AGREEING = -3.0
"""The span score from which another article's answer counts as a repetition of the same answer."""
MOST_AGREEING = 3

FEATURES = (
    "span",  # the reader's best span in it, against "no answer here"
    "relevance",  # the reader's, of its passage
    "passage",  # its passage's score in the retrieval, relative to the best
    "covered",  # share of the question's words in the sentence or its headline
    "name lacks",  # whether its whole article lacks a name of the question
    "figure lacks",  # whether it lacks a number of the question
    "agreed",  # how many other articles give the same answer
    "fits",  # whether the answer is of the kind that the question wants
)

EVIDENCE = (*FEATURES, "best span", "best relevance", "margin")
"""The best sentence's features, the highest of the reader's two, and the lead over the next sentence."""

OPENING = re.compile(r"\A(?::\s*|[–—-]+\s+)")
"""What precedes a sentence: the dash of a list item, the colon after another story's headline."""
LONGEST_LIST = 600
"""Characters of a list or table that is quoted whole."""
LISTED = re.compile(r"(?:^[ \t]*(?:[-*•▪►–]|\d{1,2}[.)]|\|)[ \t]*\S[^\n]*(?:\n\s*|\Z)){2,}", re.MULTILINE)
"""List items, or a table's rows."""
CLOSING = "\"'”’)"
"""May follow a sentence's last punctuation mark."""
_NUMBER = re.compile(
    rf"\d|\b(?:{'|'.join(UNITS[1:13])}|(?:{'|'.join(SCALES)})s?|half|third|quarter|percent|once|twice)\b",
    re.I,
)
_DATE = re.compile(
    rf"\d|\b{CAPITAL_MONTH}\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|\b(?:year|month|week|day|today|tonight|tomorrow|summer|winter|spring|fall|autumn|weekend|century|noon|midnight)"
)
_NAME = re.compile(r"\b[A-Z]")
_SORTS: dict[Kind, re.Pattern[str]] = {"howmany": _NUMBER, "when": _DATE, "who": _NAME, "where": _NAME}
_IDLE = frozenset({"the", "a", "an", "of", "in", "on", "at", "to", "and"})


@dataclass(frozen=True, slots=True)
class Candidates:
    """The sentences of the passages that were read.

    Attributes:
        sentences: In the order of the passages.
        features: (sentences, len(FEATURES)).
    """

    sentences: Sequence[Sentence]
    features: NDArray[np.float64]

    def evidence(self, scores: NDArray[np.float64]) -> tuple[float, ...]:
        """What indicates whether the best sentence answers, in the order of EVIDENCE.

        Args:
            scores: (sentences,) the scores that determine the best.
        """
        best = int(scores.argmax())
        others = np.delete(scores, best)
        margin = scores[best] - others.max() if len(others) else 0.0
        return tuple(map(float, (*self.features[best], *self.features[:, :2].max(0), margin)))


def candidates(asked: Asked, passages: Sequence[ScoredPassage], readings: Sequence[Reading]) -> Candidates:
    """Every sentence that states something, once.

    Args:
        asked: The question.
        passages: Best first; as many as readings.
        readings: The reader's result for each.
    """
    best = passages[0].score or 1.0 if passages else 1.0
    rows: dict[str, tuple[Sentence, list[float]]] = {}
    held: dict[str, Held] = {}
    for scored, reading in zip(passages, readings, strict=True):
        article = scored.passage.article
        if article.id not in held:
            held[article.id] = Held.by(article)
        headline = content_words(article.title)
        for sentence in sentences_of(scored.passage, reading):
            own = _word_features(asked, sentence, headline, held[article.id])
            rows.setdefault(sentence.text, (sentence, [reading.relevance, scored.score / best, *own]))
    found = [sentence for sentence, _ in rows.values()]
    agreed = _agreed(found)
    features = [
        [one.answer.score if one.answer else UNREAD, *own, agreed[place], _fits(asked.kind, one)]
        for place, (one, own) in enumerate(rows.values())
    ]
    return Candidates(found, np.array(features, np.float64).reshape(-1, len(FEATURES)))


def sentences_of(passage: Passage, reading: Reading | None = None) -> Iterator[Sentence]:
    """The sentences of a passage that state something, with the words in them that may be the answer."""
    whole = passage.text
    for first, last in _lists_whole(whole, sentences(whole)):
        text = whole[first:last]
        start, end = passage.start + last - len(OPENING.sub("", text)), passage.start + last
        if end - start >= SHORTEST and not text.rstrip(CLOSING).endswith("?"):
            yield Sentence(passage, start, end, reading.best(start, end) if reading else None)


def _lists_whole(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The spans, with each short list or table, and the sentence that introduces it, as one."""
    blocks: list[Span] = []
    for found in LISTED.finditer(text):
        before = [span for span in spans if span[1] <= found.start() and text[span[1] - 1] == ":"]
        led = before and not text[before[-1][1] : found.start()].strip()
        start = before[-1][0] if led else found.end() - len(found[0].lstrip())
        if found.end() - found.start() <= LONGEST_LIST:
            blocks.append((start, len(text[: found.end()].rstrip())))
    for start, end in spans:
        block = next((block for block in blocks if block[0] <= start < block[1]), None)
        if not block or start == block[0]:
            yield block or (start, end)


def _word_features(asked: Asked, sentence: Sentence, headline: set[str], article: Held) -> list[float]:
    """The features "covered", "name lacks" and "figure lacks"."""
    return [
        asked.covered(content_words(sentence.text) | headline),
        float(bool(asked.names - article.words)),
        float(bool(asked.figures - article.figures)),
    ]


def answer_words(sentence: Sentence) -> set[str]:
    """The reader's answer as a set of words for comparison."""
    return set(_plain(sentence.answer_text)) - _IDLE


def _plain(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", folded(text).lower())


def _agreed(found: Sequence[Sentence]) -> list[int]:
    """For each sentence, how many other articles give its answer in a likely span."""
    answers = [answer_words(sentence) for sentence in found]
    likely = [bool(one.answer and one.answer.score > AGREEING) for one in found]
    counts = []
    for sentence, words in zip(found, answers, strict=True):
        same = {
            other.passage.article.title
            for other, others, good in zip(found, answers, likely, strict=True)
            if good and words and others and (words <= others or others <= words)
        }
        counts.append(min(len(same - {sentence.passage.article.title}), MOST_AGREEING))
    return counts


def _fits(kind: Kind, sentence: Sentence) -> float:
    pattern = _SORTS.get(kind)
    return float(bool(pattern.search(sentence.answer_text))) if pattern else 0.5
