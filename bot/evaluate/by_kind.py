"""What a reader is shown, judged by the question's kind in the file."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.answer import Answer, Citation
from bot.answer.wording import DECLINED
from bot.evaluate.matching import holds
from bot.evaluate.questions import CHAT, PERIOD, TOTALS, Expected

FOLLOW_UP, NEAR_MISS = "followup", "nearmiss"
FACTS = frozenset({"who", "when", "where", "howmany", "what", "why", "how", "said", "yesno", "typo", "list"})
"""Rows that the row "facts" sums up: answerable standalone questions with a gold answer."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The contribution of one question to the table of kinds, at the bot's setting.

    Attributes:
        row: The row it counts in.
        right: Whether the reader is served as the kind requires.
        first: Whether the first quote contains a gold answer.
        emphasised: Whether words are emphasised in the answer to a question with gold answers.
        emphasised_right: Whether the emphasised words contain a gold answer or are part of one.
        sentences: How many sentences are shown; None if the bot declines.
    """

    row: str
    right: bool
    first: bool
    emphasised: bool
    emphasised_right: bool
    sentences: int | None


@dataclass(frozen=True, slots=True)
class KindRow:
    """A row of the table.

    Attributes:
        n: The number of questions in it.
        right: The share that is served right; this and the other shares are None if n is 0.
        first: The share whose first quote contains a gold answer.
        emphasised: How many answers emphasise words.
        emphasised_right: How many of these emphasise the correct words.
        wrong: The share that is answered, but incorrectly.
        declined: The share that is not answered.
        sentences: The mean number of sentences where the bot answers; None if it never does.
    """

    n: int
    right: float | None
    first: float | None
    emphasised: int
    emphasised_right: int
    wrong: float | None
    declined: float | None
    sentences: float | None

    def to_json(self) -> dict[str, Any]:
        """An object under "kinds" of `byline evaluate --json`."""
        return asdict(self)


def judge(expected: Expected, answer: Answer, answered: bool) -> Verdict | None:
    """The verdict on an answer; None if the question has no kind.

    Args:
        expected: The correct result.
        answer: The answer of a bot that never abstains.
        answered: Whether the bot shows that at its setting.
    """
    if not expected.kind:
        return None
    factual = answered and expected.answerable and expected.kind not in (CHAT, PERIOD)
    emphasis = [answer.text[start:end] for start, end in answer.emphasis] if factual else []
    return Verdict(
        row=_row(expected),
        right=_is_right(expected, answer, answered),
        first=factual and any(holds(one.quote, expected.answers) for one in answer.citations[:1]),
        emphasised=bool(emphasis),
        emphasised_right=any(_agree(words, expected.answers) for words in emphasis),
        sentences=len(answer.citations) if answered else None,
    )


def kind_rows(verdicts: Sequence[Verdict]) -> dict[str, KindRow]:
    """The table by the names of its rows, in order, totals last; empty without verdicts."""
    if not verdicts:
        return {}
    groups = {row: [one for one in verdicts if one.row == row] for row in sorted({one.row for one in verdicts})}
    totals = [one for one in verdicts if one.row in FACTS], verdicts
    return {row: _summed(group) for row, group in [*groups.items(), *zip(TOTALS, totals, strict=True)]}


def _row(expected: Expected) -> str:
    if not expected.answerable and expected.kind not in (CHAT, NEAR_MISS):
        return f"{expected.kind}-unanswerable"
    return "followup-switch" if expected.kind == FOLLOW_UP and "switch" in expected.note else expected.kind


def _is_right(expected: Expected, answer: Answer, answered: bool) -> bool:
    if expected.kind == CHAT:
        return not answer.citations and DECLINED not in answer.text
    if not expected.answerable:
        return not answered
    if expected.kind == PERIOD:
        return answered and _keeps_to_period(expected, answer.citations)
    return answered and holds(answer.text, expected.answers)


def _keeps_to_period(expected: Expected, citations: Sequence[Citation]) -> bool:
    """Whether every cited article is within the window, and most quotes or their headlines have a word of the topic."""
    since, until = (day.toordinal() for day in expected.window)
    days = [one.passage.article.published for one in citations]
    on_topic = [holds(f"{one.quote} {one.passage.article.title}", expected.topic) for one in citations]
    return all(day and since <= day.toordinal() <= until for day in days) and 2 * sum(on_topic) > len(on_topic)


def _agree(words: str, golds: Sequence[str]) -> bool:
    """Whether the words contain a gold answer, or one of them contains the words."""
    return holds(words, golds) or any(holds(gold, [words]) for gold in golds)


def _summed(verdicts: Sequence[Verdict]) -> KindRow:
    shown = [one.sentences for one in verdicts if one.sentences is not None]
    return KindRow(
        n=len(verdicts),
        right=_share(sum(one.right for one in verdicts), len(verdicts)),
        first=_share(sum(one.first for one in verdicts), len(verdicts)),
        emphasised=sum(one.emphasised for one in verdicts),
        emphasised_right=sum(one.emphasised_right for one in verdicts),
        wrong=_share(sum(one.sentences is not None and not one.right for one in verdicts), len(verdicts)),
        declined=_share(len(verdicts) - len(shown), len(verdicts)),
        sentences=_share(sum(shown), len(shown)),
    )


def _share(part: int, whole: int) -> float | None:
    """To four places; None for a whole of 0."""
    return round(part / whole, 4) if whole else None
