"""Asks every question, and measures the answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

from bot.archive_bot import ArchiveBot
from bot.evaluate.by_kind import KindRow, kind_rows
from bot.evaluate.measures import Measured, latency, measured
from bot.evaluate.outcome import Marks, Outcome
from bot.evaluate.questions import Expected

TIMED = {True: "with time words", False: "without"}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A run over a questions file.

    Attributes:
        marks: One per question, in the order of the file.
        threshold: The confidence below which the bot abstained.
        generation: The index generation that answered last.
    """

    marks: Sequence[Marks]
    threshold: float
    generation: str | None

    @property
    def overall(self) -> dict[str, Measured]:
        """The measures over all questions."""
        return measured(self.marks)

    @property
    def kinds(self) -> dict[str, Sequence[Marks]]:
        """The questions by the kind of answer they want, most first."""
        return _grouped(self.marks, lambda one: one.kind)

    @property
    def times(self) -> dict[str, Sequence[Marks]]:
        """The questions by whether they mention a time, most first."""
        return _grouped(self.marks, lambda one: TIMED[one.timed])

    @property
    def kind_table(self) -> dict[str, KindRow]:
        """The questions by their kinds in the file, totals last; empty if it has none."""
        return kind_rows([one.verdict for one in self.marks if one.verdict])

    def to_json(self) -> dict[str, Any]:
        """The object that `byline evaluate --json` prints."""
        table = {name: row.to_json() for name, row in self.kind_table.items()}
        return {
            **_to_json(self.marks, self.overall),
            "latency_ms": latency(self.marks),
            "by_kind": {kind: _to_json(marks, measured(marks)) for kind, marks in self.kinds.items()},
            "by_time_words": {words: _to_json(marks, measured(marks)) for words, marks in self.times.items()},
        } | ({"kinds": table} if table else {})


def evaluate(bot: ArchiveBot, questions: Sequence[Expected], advance: Callable[[], None] = lambda: None) -> Evaluation:
    """Asks every question.

    Args:
        bot: Its threshold decides which answers count as abstained; the withheld sentences are measured too.
        questions: At least one.
        advance: Called after each question.
    """
    marks, generation = [], None
    candid = replace(bot, threshold=0.0)
    for expected in questions:
        started = perf_counter()
        answer = candid.answer(expected.question, expected.history)
        elapsed = (perf_counter() - started) * 1000
        answered = answer.status == "answered" and answer.confidence >= bot.threshold
        marks.append(Outcome(expected, answer, answered, elapsed).marks)
        generation = answer.generation
        advance()
    return Evaluation(marks, bot.threshold, generation)


def _grouped(marks: Sequence[Marks], key: Callable[[Marks], str]) -> dict[str, Sequence[Marks]]:
    groups: dict[str, list[Marks]] = {}
    for one in marks:
        groups.setdefault(key(one), []).append(one)
    return dict(sorted(groups.items(), key=lambda group: -len(group[1])))


def _to_json(marks: Sequence[Marks], measures: Mapping[str, Measured]) -> dict[str, Any]:
    return {
        "n": len(marks),
        **{name: one.value for name, one in measures.items()},
        "intervals": {name: one.interval for name, one in measures.items()},
        "over": {name: one.over for name, one in measures.items()},
    }
