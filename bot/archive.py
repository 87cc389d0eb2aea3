"""A bot that answers from an archive: condense, retrieve, weigh the evidence, quote."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from bot.answer import Answer, Delta, Turn
from bot.answer.choose import ExtractiveAnswerer
from bot.answer.evidence import confidence
from bot.answer.wording import Wording, declined, worded
from bot.generate.generator import Generator, Restated
from bot.question.follow_up import condense
from bot.stopwatch import Stopwatch
from index.question import Question
from index.search.retriever import Retriever

CONSIDERED = 20
"""Passages considered: with two of an article at most, ten articles at least."""


@dataclass(frozen=True, slots=True)
class ArchiveBot:
    """Answers in the articles' own words, or says that they do not answer.

    Attributes:
        retriever: Finds the passages.
        answerer: Chooses the sentences.
        threshold: Abstains below this confidence, from 0 (never) to 1.
        generator: Has a language model write the answers instead, where there is something to answer from.
    """

    retriever: Retriever
    answerer: ExtractiveAnswerer
    threshold: float
    generator: Generator | None = None

    def answer(self, question: Question, history: Sequence[Turn] = ()) -> Answer:
        """The answer as a whole."""
        *_, last = self.stream(question, history)
        assert isinstance(last, Answer)
        return last

    def stream(self, question: Question, history: Sequence[Turn] = ()) -> Iterator[Delta | Answer]:
        """The answer's text in deltas, then the `Answer`."""
        watch = Stopwatch()
        restated = self._restated(question.text, history, watch)
        standalone = restated.text
        with watch.stage("retrieve"):
            found = self.retriever.retrieve(replace(question, text=standalone), CONSIDERED)
        with watch.stage("choose"):
            choice = self.answerer.choose(standalone, found.passages)
            sure = confidence(choice)
        citations = choice.citations if sure >= self.threshold else ()
        if citations:
            said = worded(citations, choice.shape, choice.differing)
        else:
            said = Wording((declined(found.passages, standalone),))
        answer = Answer(
            question=question,
            standalone_question=standalone,
            status="answered" if citations else "abstained",
            text=said.text,
            emphasis=said.emphasis,
            marks=said.marks,
            citations=citations,
            passages=found.passages,
            searched=found.searched,
            confidence=sure,
            generation=found.generation,
            timings_ms=watch.milliseconds,
        )
        if self.generator and citations:
            yield from self.generator.stream(answer, history, watch, restated.failure)
            return
        for start, piece in zip(accumulate(map(len, said.pieces), initial=0), said.pieces, strict=False):
            yield Delta.at(start, piece, said.marks)
        yield answer

    def _restated(self, question: str, history: Sequence[Turn], watch: Stopwatch) -> Restated:
        """The question made to stand alone."""
        if not self.generator or not history:
            return Restated(condense(question, history))
        with watch.stage("restate"):
            return self.generator.restate(question, history)
