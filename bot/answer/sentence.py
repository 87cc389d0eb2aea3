"""What an answer quotes: a sentence of an article."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.passage import Passage
from index.words import content_words

if TYPE_CHECKING:
    from index.search.reader import AnswerSpan

SAME = 0.6
"""Two sentences that share so much of their content words say the same thing."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A span of an article inside one of its passages.

    Attributes:
        answer: The words in it that the reader takes for the answer; None if it did not read so far.
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
        """The words that the reader takes for the answer; empty if there are none."""
        return self.passage.article.text[self.answer.start : self.answer.end] if self.answer else ""


def apart(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """The sentences that do not say what one before them said, in their order."""
    told: list[set[str]] = []
    for sentence in sentences:
        words = content_words(sentence.text)
        if not any(len(words & other) >= SAME * max(1, len(words | other)) for other in told):
            told.append(words)
            yield sentence
