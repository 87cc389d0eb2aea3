"""A bot that answers from an archive: analyse, retrieve, read, choose, word."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, islice

from bot.answer import Answer, Citation, Delta, Turn
from bot.answer.archive_count import count_answer
from bot.answer.archive_request import archive_request
from bot.answer.choose import Choice, ExtractiveAnswerer
from bot.answer.declined import Coverage
from bot.answer.declining import decline, declined_text, no_outlet, rewordings
from bot.answer.evidence import confidence
from bot.answer.small_talk import small_talk
from bot.answer.wording import Wording, newest_before, worded
from bot.generate.generator import Generator
from bot.question.analysis import Analysis, Analyst
from bot.question.kind import OVERVIEWS
from bot.stopwatch import Stopwatch
from corpus.article import Article
from corpus.errors import LLMError
from index.question import Question
from index.search.counting import count_articles
from index.search.retriever import Retrieval, Retriever
from index.storage.live import LiveIndex

CONSIDERED = 20
"""Passages considered: with two of an article at most, ten articles at least."""
LEANING = 0.2
"""How much surer another reading of a follow-up has to be than the one joined with the conversation. An assumption that
agrees with the questions of benchmarks/results/answers.md."""

TRIED = 2
"""Rewordings of a question that is not answered that are tried; each is searched for and read."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """What one reading of a question found."""

    analysis: Analysis
    found: Retrieval
    choice: Choice
    sure: float
    emptied: bool = False


@dataclass(frozen=True, slots=True)
class ArchiveBot:
    """Answers in the articles' own words, or says that they do not answer.

    Attributes:
        retriever: Finds the passages.
        answerer: Chooses the sentences.
        threshold: Abstains below this confidence, from 0 (never) to 1.
        generator: Has a language model write the answers, or choose their quotes, where there is anything to show.
        analyst: Works out what a question means.
        index: The archive itself, for questions about it; None where it cannot be looked at.
    """

    retriever: Retriever
    answerer: ExtractiveAnswerer
    threshold: float
    generator: Generator | None = None
    analyst: Analyst = field(default_factory=Analyst)
    index: LiveIndex | None = None

    def answer(self, question: Question, history: Sequence[Turn] = ()) -> Answer:
        """The answer as a whole."""
        *_, last = self.stream(question, history)
        assert isinstance(last, Answer)
        return last

    def stream(self, question: Question, history: Sequence[Turn] = ()) -> Iterator[Delta | Answer]:
        """The answer's text in deltas, then the `Answer`."""
        watch = Stopwatch()
        readings, failure = self._readings(question, history, watch)
        if unread := self._without_reading(question, readings[0], watch):
            answer, said = unread
            yield from _deltas(said)
            yield answer
            return
        draft = self._best(readings, watch)
        answer, said = self._answer(question, draft, watch)
        if self.generator and answer.citations:
            for piece in self.generator.stream(answer, history, watch, failure, draft.choice, said.note):
                yield self._helped(piece, draft, watch) if isinstance(piece, Answer) else piece
            return
        yield from _deltas(said)
        yield self._helped(answer, draft, watch)

    def article(self, article_id: str, groups: Collection[str] | None = None) -> Article | None:
        """The article of the newest generation with this id; None if there is none, or no index to look into.

        Args:
            article_id: Its id.
            groups: Only if callers in these groups may read it; None for no limit.
        """
        if not self.index:
            return None
        with self.index.snapshot(groups) as snapshot:
            return snapshot.article(article_id)

    def _without_reading(
        self, question: Question, analysis: Analysis, watch: Stopwatch
    ) -> tuple[Answer, Wording] | None:
        """The answer to small talk, or to a question about the archive itself; None to any other."""
        if analysis.kind == "chat":
            return self._talk(question, watch)
        return self._counted(question, analysis, watch) if analysis.kind == "count" else None

    def _readings(
        self, question: Question, history: Sequence[Turn], watch: Stopwatch
    ) -> tuple[tuple[Analysis, ...], LLMError | None]:
        """What the question may mean, likeliest first, and why a language model could not help with that."""
        if not self.generator or not history:
            return self.analyst.analyse(question, history), None
        with watch.stage("restate"):
            restated = self.generator.restate(question.text, history)
        return (self.analyst.read(replace(question, text=restated.text)),), restated.failure

    def _best(self, readings: Sequence[Analysis], watch: Stopwatch) -> _Draft:
        """What the reading that is best answered found; of equals the first, as it seems to be meant.

        No further one is tried once none can be surer.
        """
        best = self._draft(readings[0], watch)
        reached = best.sure + (LEANING if len(readings) > 1 else 0.0)
        for analysis in readings[1:]:
            if reached >= 1:
                break
            draft = self._draft(analysis, watch)
            if draft.sure > reached:
                best, reached = draft, draft.sure
        return best

    def _draft(self, analysis: Analysis, watch: Stopwatch) -> _Draft:
        """What a reading found; of an overview whose days hold nothing on it, what was there before them."""
        draft = self._read(analysis, watch)
        if analysis.kind not in OVERVIEWS or not analysis.period or draft.sure >= self.threshold > 0:
            return draft
        question = analysis.question
        timeless = replace(question, text=question.text.replace(analysis.period.words, ""), since=None)
        earlier = self._read(replace(analysis, question=timeless, kind="latest"), watch)
        if earlier.sure < self.threshold or not earlier.choice.citations:
            return draft
        return replace(earlier, analysis=analysis, emptied=True)

    def _read(self, analysis: Analysis, watch: Stopwatch) -> _Draft:
        question = analysis.question
        with watch.stage("retrieve"):
            found = self.retriever.retrieve(question, CONSIDERED)
        with watch.stage("choose"):
            # That no article mentions the newspaper is no reason to decline.
            text = question.text.replace(found.unknown_outlet, "")
            choice = self.answerer.choose(text, found.passages, analysis.kind, found.terms)
            return _Draft(analysis, found, choice, confidence(choice))

    def _answer(self, question: Question, draft: _Draft, watch: Stopwatch) -> tuple[Answer, Wording]:
        found, choice = draft.found, draft.choice
        standalone = draft.analysis.question.text
        citations = choice.citations if draft.sure >= self.threshold else ()
        declined = None
        if citations:
            notes = [no_outlet(found.unknown_outlet)] if found.unknown_outlet else []
            notes += [newest_before(citations)] if draft.emptied else []
            said = worded(citations, choice.shape, choice.differing, " ".join(filter(None, notes)))
        else:
            declined = decline(found.passages, standalone, choice.lacking, found.unknown_outlet)
            said = Wording((declined_text(declined),))
        answer = Answer(
            question=question,
            standalone_question=standalone,
            status="answered" if citations else "abstained",
            text="",
            citations=citations,
            passages=found.passages,
            searched=found.searched,
            confidence=draft.sure,
            generation=found.generation,
            timings_ms=watch.milliseconds,
            period=found.period,
            widened=found.widened,
            declined=declined,
        )
        return said.put(answer), said

    def _helped(self, answer: Answer, draft: _Draft, watch: Stopwatch) -> Answer:
        """An answer that abstains, with how far the archive reaches and a question near to it that is answered."""
        if not answer.declined:
            return answer
        asked = replace(answer.question, text=answer.standalone_question)
        tried = islice(rewordings(asked, answer.declined, draft.analysis.period), TRIED)
        with watch.stage("reword"):
            answered = (other for other in tried if self._answers(other))
            declined = replace(answer.declined, coverage=self._coverage(asked), rewording=next(answered, None))
        return replace(answer, declined=declined, timings_ms=watch.milliseconds)

    def _answers(self, question: Question) -> bool:
        """Whether a question that stands alone would be answered."""
        draft = self._read(self.analyst.read(question), Stopwatch())
        return bool(draft.choice.citations) and draft.sure >= self.threshold

    def _coverage(self, question: Question) -> Coverage | None:
        if not self.index:
            return None
        with self.index.snapshot(question.groups) as snapshot:
            return Coverage.of(len(snapshot.outlets), snapshot.days)

    def _talk(self, question: Question, watch: Stopwatch) -> tuple[Answer, Wording]:
        if self.index:
            with self.index.snapshot(question.groups) as snapshot:
                said, generation = Wording((small_talk(question.text, snapshot),)), snapshot.generation
        else:
            said, generation = Wording((small_talk(question.text, None),)), None
        return self._unread(question, said, (), generation, watch), said

    def _counted(self, question: Question, analysis: Analysis, watch: Stopwatch) -> tuple[Answer, Wording] | None:
        """The answer to a question about the archive itself; None if nothing can be counted for it."""
        if not self.index:
            return None
        with watch.stage("count"), self.index.snapshot(question.groups) as snapshot:
            request = archive_request(replace(question, text=analysis.question.text), snapshot.outlets)
            if not request:
                return None
            count = count_articles(
                snapshot, request.topic, request.since, request.until, request.sources, question.asked
            )
            reply = count_answer(request, count)
            told = self._unread(question, reply.wording, reply.citations, snapshot.generation, watch)
            return replace(told, count=count), reply.wording

    def _unread(
        self,
        question: Question,
        said: Wording,
        citations: tuple[Citation, ...],
        generation: str | None,
        watch: Stopwatch,
    ) -> Answer:
        """An answer that no passage was read for."""
        answer = Answer(
            question=question,
            standalone_question=question.text,
            status="answered",
            text="",
            citations=citations,
            searched=question,
            confidence=1.0,
            generation=generation,
            timings_ms=watch.milliseconds,
        )
        return said.put(answer)


def _deltas(said: Wording) -> Iterator[Delta]:
    """A finished text in pieces."""
    for start, piece in zip(accumulate(map(len, said.pieces), initial=0), said.pieces, strict=False):
        yield Delta.at(start, piece, said.marks)
