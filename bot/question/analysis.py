"""What a question means, analysed once: its readings in a conversation, and what each of them wants."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from bot.answer import Turn
from bot.question.archive_request import asks_anew, asks_outright, speaks_of_archive
from bot.question.follow_up import (
    REACH,
    asks_something,
    condense,
    has_unresolved_reference,
    may_refer_back,
    of_that_year,
    only_replaces,
    resolve,
    with_last_turn,
)
from bot.question.kind import OVERVIEWS, Kind, kind_probe
from index.question import Question
from index.search.embed import Embedder
from index.time.period import Period, period_asked, wants_latest


@dataclass(frozen=True, slots=True)
class Analysis:
    """One reading of a question.

    Attributes:
        question: Standalone, with its window.
        kind: The kind of answer it wants.
        period: The period that its words name; None if none.
        context: The previous turn and the question, to be searched for too; empty if it stands alone.
        resolved: The question with a name in place of its pronoun, to be read too; empty if it has none.
        varies: The questions of a count that this one varies, oldest first, as "and in May?" does; mostly none.
    """

    question: Question
    kind: Kind
    period: Period | None = None
    context: str = ""
    resolved: str = ""
    varies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Analyst:
    """Analyses questions.

    Attributes:
        embedder: Its vectors help to classify a question; without one only the words do.
    """

    embedder: Embedder | None = None

    def analyse(self, question: Question, history: Sequence[Turn] = ()) -> tuple[Analysis, ...]:
        """The readings of a question, likeliest first: a follow-up joined with the conversation, then as typed.

        A follow-up is not read as typed if a pronoun in it has no referent then. A question that may be one, such as
        "what was the score", is read as typed first. Declined turns and small talk carry nothing over.
        """
        typed = self.read(question)
        is_chat = typed.kind == "chat"
        carried = [] if is_chat and not asks_something(question.text) else self._carried(history)
        if not carried:
            return (typed,)
        if varies := self._count_varied(question.text, carried):
            dated = replace(question, text=of_that_year(question.text, carried))
            return Analysis(dated, "count", period_asked(dated), varies=varies), typed
        text = condense(question.text, carried)
        if text != question.text:
            joined = self._joined(question, text, None if is_chat else typed.kind, carried)
            return (joined,) if is_chat or has_unresolved_reference(question.text) else (joined, typed)
        text = condense(question.text, carried, certain=True)
        if is_chat or text == question.text or not may_refer_back(question.text):
            return (typed,)
        return typed, self._joined(question, text, typed.kind, carried)

    def _count_varied(self, text: str, carried: Sequence[Turn]) -> tuple[str, ...]:
        """The questions of a count that a follow-up varies, oldest first; none if it varies none."""
        if not _varies(text):
            return ()
        asked = [turn.question for turn in carried]
        start = next((place for place in reversed(range(len(asked))) if not _varies(asked[place])), None)
        if start is None or not speaks_of_archive(asked[start]) or self._kind(asked[start]) != "count":
            return ()
        return tuple(asked[start:])

    def _joined(self, question: Question, text: str, kind: Kind | None, carried: Sequence[Turn]) -> Analysis:
        """The reading of a follow-up as a text that stands alone."""
        return replace(
            self.read(replace(question, text=text), kind),
            context=with_last_turn(question.text, carried),
            resolved=resolve(question.text, carried),
        )

    def read(self, question: Question, kind: Kind | None = None) -> Analysis:
        """Reads a standalone question; an overview of a period, or the latest news, is limited to that period."""
        kind = kind or self._kind(question.text)
        period = period_asked(question)
        if kind == "period" and not period:
            kind = "timeline"
        if kind == "timeline" and wants_latest(question.text):
            kind = "latest"
        if kind in OVERVIEWS and period:
            question = question.within(period.since, period.until)
        return Analysis(question, kind, period)

    def _carried(self, history: Sequence[Turn]) -> list[Turn]:
        """The last turns that carry something over, within the reach of a follow-up."""
        telling = (turn for turn in reversed(history) if turn.status == "answered" and not self._is_chat(turn))
        return list(islice(telling, REACH))[::-1]

    def _is_chat(self, turn: Turn) -> bool:
        return self._kind(turn.question) == "chat"

    def _kind(self, text: str) -> Kind:
        return "count" if asks_outright(text) else kind_probe().kind(text, self._vector(text))

    def _vector(self, text: str) -> NDArray[np.float32] | None:
        return self.embedder.embed_question(text) if self.embedder else None


def _varies(text: str) -> bool:
    """Whether a question can vary the one before it."""
    return only_replaces(text) or asks_anew(text)
