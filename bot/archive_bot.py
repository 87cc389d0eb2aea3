"""A bot that answers from an archive: analyse, retrieve, read, choose, word."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import accumulate, islice

import numpy as np

from bot.answer import Answer, Citation, Delta, Trace, Turn
from bot.answer.archive_count import NOT_COUNTED, count_answer, question_of
from bot.answer.choose import READ, Choice, ExtractiveAnswerer
from bot.answer.declined import Coverage
from bot.answer.declining import decline, declined_wording, no_outlet, rewordings
from bot.answer.evidence import confidence, weighed
from bot.answer.shape import topic
from bot.answer.small_talk import small_talk
from bot.answer.wording import Wording, newest_before, worded
from bot.generate.generator import Generator
from bot.question.analysis import Analysis, Analyst
from bot.question.archive_request import archive_request, speaks_of_archive
from bot.question.kind import OVERVIEWS
from bot.question.report import matter_of_report
from bot.stopwatch import Stopwatch
from corpus.article import Article
from corpus.errors import LLMError
from index.passage import ScoredPassage
from index.question import Question
from index.search.counting import count_articles
from index.search.outlets import check_outlets, unknown_outlet
from index.search.retriever import Retrieval, Retriever
from index.storage.live import LiveIndex
from index.time.period import period_asked

CONSIDERED = 20
"""Passages considered: at most two per article, so at least ten articles."""
NEWEST_PASSAGES = 80
"""The newest passages, of some ten articles, are the news where no topic is named."""
READING_MARGIN = 0.2
"""How much more confident another reading of a follow-up must be than the one joined with the conversation. An
assumption that agrees with the questions of benchmarks/results/answers.md."""

TRIED = 2
"""Rewordings tried for a question that is not answered; each is searched for and read."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """The result of one reading of a question."""

    analysis: Analysis
    found: Retrieval
    choice: Choice
    sure: float
    emptied: bool = False


@dataclass(frozen=True, slots=True)
class ArchiveBot:
    """Answers in the articles' own words, or states that they do not answer.

    Attributes:
        retriever: Finds the passages.
        answerer: Chooses the sentences.
        threshold: Abstains below this confidence, from 0 (never) to 1.
        generator: Lets a language model write the answers, or choose their quotes, where there is evidence.
        analyst: Analyses questions.
        index: The archive itself, for questions about it; None where it cannot be read.
    """

    retriever: Retriever
    answerer: ExtractiveAnswerer
    threshold: float
    generator: Generator | None = None
    analyst: Analyst = field(default_factory=Analyst)
    index: LiveIndex | None = None

    def answer(self, question: Question, history: Sequence[Turn] = ()) -> Answer:
        """The whole answer."""
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
            for piece in self.generator.stream(answer, history, watch, failure, draft.choice, said.opening):
                yield self._helped(piece, draft, watch) if isinstance(piece, Answer) else piece
            return
        yield from _deltas(said)
        yield self._helped(answer, draft, watch)

    def article(self, article_id: str, groups: Collection[str] | None = None) -> Article | None:
        """The article of the newest generation with this id; None without one, or without an index to read.

        Args:
            article_id: Its id.
            groups: The caller's groups, one of which must be allowed to read it; None for no limit.
        """
        if not self.index:
            return None
        with self.index.snapshot(groups) as snapshot:
            return snapshot.article(article_id)

    def _without_reading(
        self, question: Question, analysis: Analysis, watch: Stopwatch
    ) -> tuple[Answer, Wording] | None:
        """The answer to small talk, or to a question about the archive itself; None for any other."""
        if analysis.kind == "chat":
            return self._talk(question, watch)
        return self._counted(question, analysis, watch) if analysis.kind == "count" else None

    def _readings(
        self, question: Question, history: Sequence[Turn], watch: Stopwatch
    ) -> tuple[tuple[Analysis, ...], LLMError | None]:
        """The possible readings of the question, likeliest first, and why a language model could not help with them."""
        if not self.generator or not history:
            return self.analyst.analyse(question, history), None
        with watch.stage("restate"):
            restated = self.generator.restate(question.text, history)
        return (self.analyst.read(replace(question, text=restated.text)),), restated.failure

    def _best(self, readings: Sequence[Analysis], watch: Stopwatch) -> _Draft:
        """The result of the most confident reading; of equals the first, as it is the likeliest.

        Stops once no other reading can be more confident.
        """
        best = self._draft(readings[0], watch)
        reached = best.sure + (READING_MARGIN if len(readings) > 1 else 0.0)
        for analysis in readings[1:]:
            if reached >= 1:
                break
            draft = self._draft(analysis, watch)
            if draft.sure > reached:
                best, reached = draft, draft.sure
        return best

    def _draft(self, analysis: Analysis, watch: Stopwatch) -> _Draft:
        """A reading's result; for an overview of days without articles on it, the result before them."""
        draft = self._read(analysis, watch)
        if draft.sure >= self.threshold > 0:
            return draft
        if analysis.kind not in OVERVIEWS:
            return self._reported(draft, watch) or draft
        if not analysis.period:
            return draft
        question = analysis.question
        timeless = replace(question, text=question.text.replace(analysis.period.words, ""), since=None)
        earlier = self._read(replace(analysis, question=timeless, kind="latest"), watch)
        return replace(earlier, analysis=analysis, emptied=True) if self._suffices(earlier) else draft

    def _reported(self, draft: _Draft, watch: Stopwatch) -> _Draft | None:
        """An overview of what an outlet wrote on a topic, if no sentence answers and that is what was asked."""
        question, sources = draft.analysis.question, draft.found.searched.sources
        matter = matter_of_report(question.text)
        if not matter or not sources:
            return None
        happened = replace(question, text=f"What happened with {matter}", sources=sources)
        overview = self._read(replace(draft.analysis, question=happened, kind="timeline"), watch)
        return replace(overview, analysis=draft.analysis) if self._suffices(overview) else None

    def _read(self, analysis: Analysis, watch: Stopwatch) -> _Draft:
        question = analysis.question
        if analysis.kind == "latest" and not topic(question.text):
            question = self._of_the_last_days(question)
        with watch.stage("retrieve"):
            found = self.retriever.retrieve(question, CONSIDERED, newest=analysis.kind == "latest")
            beside = self._beside(analysis, found)
        with watch.stage("choose"):
            # That no article mentions the newspaper's name is no reason to decline.
            text = question.text.replace(found.unknown_outlet, "")
            choice = self.answerer.choose(
                text,
                found.passages,
                analysis.kind,
                found.terms,
                beside=beside,
                resolved=analysis.resolved,
                outlets=found.searched.sources,
                everywhere=not found.searched.is_limited,
            )
            found = replace(found, passages=_once((*found.passages, *beside)))
            return _Draft(analysis, found, choice, confidence(choice))

    def _of_the_last_days(self, question: Question) -> Question:
        """One that names no topic, limited to the newest articles: all are as near to it."""
        if not self.index or question.since or question.sources or period_asked(question):
            return question
        last = min(filter(None, (question.until, question.asked)), key=date.toordinal)
        with self.index.snapshot(question.groups) as snapshot:
            known = snapshot.days[(snapshot.days > 0) & (snapshot.days <= last.toordinal())]
        if len(known) <= NEWEST_PASSAGES:
            return question
        return replace(question, since=date.fromordinal(int(np.partition(known, -NEWEST_PASSAGES)[-NEWEST_PASSAGES])))

    def _beside(self, analysis: Analysis, found: Retrieval) -> tuple[ScoredPassage, ...]:
        """What else a follow-up finds behind the turn before it; nothing if the index was changed in between."""
        if not analysis.context or analysis.kind in OVERVIEWS:
            return ()
        known = {scored.passage.id for scored in found.passages[:READ]}
        behind = self.retriever.retrieve(replace(analysis.question, text=analysis.context), READ)
        if behind.generation != found.generation:
            return ()
        return tuple(scored for scored in behind.passages if scored.passage.id not in known)

    def _answer(self, question: Question, draft: _Draft, watch: Stopwatch) -> tuple[Answer, Wording]:
        found, choice = draft.found, draft.choice
        standalone = draft.analysis.question.text
        citations = choice.citations if draft.sure >= self.threshold else ()
        declined = None
        if citations:
            notes = [no_outlet(found.unknown_outlet) if found.unknown_outlet else None]
            notes += [newest_before(citations) if draft.emptied else None]
            said = worded(citations, choice.shape, choice.differing, [note for note in notes if note])
        else:
            declined = decline(found.passages, standalone, choice.lacking, found.unknown_outlet)
            said = declined_wording(declined)
        answer = Answer(
            question=question,
            standalone_question=standalone,
            status="answered" if citations else "abstained",
            text="",
            citations=citations,
            passages=found.passages,
            searched=found.searched,
            confidence=draft.sure,
            needed=self.threshold,
            generation=found.generation,
            trace=Trace(timings_ms=watch.milliseconds, weighed=weighed(choice)),
            period=found.period,
            widened=found.widened,
            declined=declined,
        )
        return said.put(answer), said

    def _helped(self, answer: Answer, draft: _Draft, watch: Stopwatch) -> Answer:
        """An abstention, with the archive's coverage and a similar question that is answered."""
        if not answer.declined:
            return answer
        asked = replace(answer.question, text=answer.standalone_question)
        tried = islice(rewordings(asked, answer.declined, draft.analysis.period), TRIED)
        with watch.stage("reword"):
            answered = (other for other in tried if self._answers(other))
            declined = replace(answer.declined, coverage=self._coverage(asked), rewording=next(answered, None))
        return replace(answer, declined=declined, trace=replace(answer.trace, timings_ms=watch.milliseconds))

    def _answers(self, question: Question) -> bool:
        """Whether a standalone question would be answered."""
        return self._suffices(self._read(self.analyst.read(question), Stopwatch()))

    def _suffices(self, draft: _Draft) -> bool:
        """Whether there is something to quote, and it is sure enough."""
        return bool(draft.choice.citations) and draft.sure >= self.threshold

    def _coverage(self, question: Question) -> Coverage | None:
        if not self.index:
            return None
        with self.index.snapshot(question.groups) as snapshot:
            return Coverage.of(len(snapshot.outlets), snapshot.days)

    def _talk(self, question: Question, watch: Stopwatch) -> tuple[Answer, Wording]:
        if self.index:
            with self.index.snapshot(question.groups) as snapshot:
                if question.sources:
                    check_outlets(question.sources, snapshot.outlets)
                said, generation = small_talk(question.text, snapshot), snapshot.generation
        else:
            said, generation = small_talk(question.text, None), None
        return self._unread(question, said, (), generation, watch), said

    def _counted(self, question: Question, analysis: Analysis, watch: Stopwatch) -> tuple[Answer, Wording] | None:
        """The answer to a question about the archive itself; None if it asks for nothing that can be counted."""
        text = analysis.question.text
        if not self.index or not (analysis.varies or speaks_of_archive(text)):
            return None
        with watch.stage("count"), self.index.snapshot(question.groups) as snapshot:
            request = archive_request(replace(question, text=text), snapshot.outlets, analysis.varies)
            if not request:
                return None
            if request.is_unsupported:
                said = Wording(()).behind([[NOT_COUNTED]])
                return self._unread(question, said, (), snapshot.generation, watch), said
            count = count_articles(
                snapshot, request.topic, request.since, request.until, request.sources, question.asked
            )
            reply = count_answer(request, count, unknown_outlet(text, filter(None, snapshot.outlets)))
            answer = self._unread(question, reply.wording, reply.citations, snapshot.generation, watch)
            standalone = question_of(request) if analysis.varies else text
            return replace(answer, standalone_question=standalone, count=count), reply.wording

    def _unread(
        self,
        question: Question,
        said: Wording,
        citations: tuple[Citation, ...],
        generation: str | None,
        watch: Stopwatch,
    ) -> Answer:
        """An answer without reading a passage."""
        answer = Answer(
            question=question,
            standalone_question=question.text,
            status="answered",
            text="",
            citations=citations,
            searched=question,
            confidence=1.0,
            generation=generation,
            trace=Trace(timings_ms=watch.milliseconds),
        )
        return said.put(answer)


def _deltas(said: Wording) -> Iterator[Delta]:
    """A finished text in pieces."""
    for start, piece in zip(accumulate(map(len, said.pieces), initial=0), said.pieces, strict=False):
        yield Delta.at(start, piece, said.marks)


def _once(passages: Iterable[ScoredPassage]) -> tuple[ScoredPassage, ...]:
    """The passages in their order, each where it comes first."""
    by_id: dict[str, ScoredPassage] = {}
    for scored in passages:
        by_id.setdefault(scored.passage.id, scored)
    return tuple(by_id.values())
