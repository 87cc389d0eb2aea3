"""The unit that an answer quotes: a sentence of an article."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.passage import Passage
from index.words import content_words

if TYPE_CHECKING:
    from index.search.reader import AnswerSpan

SAME = 0.6
"""The share of common content words from which two sentences state the same."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A span of an article inside one of its passages.

    Attributes:
        answer: The span in it that the reader takes for the answer; None if the reader did not reach it.
    """

    passage: Passage
    start: int
    end: int
    answer: "AnswerSpan | None" = None

    @property
    def text(self) -> str:
        """The exact words."""
        return self.passage.article.text[self.start : self.end]

    @property
    def answer_text(self) -> str:
        """The reader's answer; empty if there is none."""
        return self.passage.article.text[self.answer.start : self.answer.end] if self.answer else ""


def deduplicate(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """The sentences without those that repeat an earlier one, in order."""
    kept_words: list[set[str]] = []
    for sentence in sentences:
        words = content_words(sentence.text)
        if not any(len(words & other) >= SAME * max(1, len(words | other)) for other in kept_words):
            kept_words.append(words)
            yield sentence
