"""A questions file: questions and their expected answers."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, TypeAdapter
from pydantic_core import PydanticCustomError

from bot.answer import Turn
from bot.evaluate.lines import read_lines
from corpus.errors import SettingsError
from index.question import Question, now

CHAT, PERIOD = "chat", "period"
"""Kinds with a rule of their own for a correct answer."""
TOTALS = ("facts", "all")
"""Rows of the table of kinds that are sums."""
ALL_DAYS = (date.min, date.max)


@dataclass(frozen=True, slots=True)
class Expected:
    """One line of a questions file.

    Attributes:
        id: Identifies the question in reports.
        question: The question, and its date.
        answers: Any of these is correct.
        urls: Articles that contain the answer.
        answerable: Whether the corpus can answer it at all.
        draft: Proposed by `byline evaluate --make` and not reviewed since.
        kind: The question's kind in the file; empty if it has none.
        history: The exchanges before it, oldest first.
        window: The first and the last date of the articles that may be cited, for the kind "period".
        topic: Words of which a quote or its headline must have one, for the kind "period".
        note: A remark; a follow-up that changes the topic holds "switch".
    """

    id: str
    question: Question
    answers: tuple[str, ...]
    urls: tuple[str, ...]
    answerable: bool
    draft: bool = False
    kind: str = ""
    history: tuple[Turn, ...] = ()
    window: tuple[date, date] = ALL_DAYS
    topic: tuple[str, ...] = ()
    note: str = ""


def _kind(kind: str) -> str:
    if kind in TOTALS:
        raise PydanticCustomError("kind", "{kind} is the name of a total; choose another", {"kind": repr(kind)})
    return kind


def _window(days: list[date]) -> list[date]:
    if days and (len(days) != 2 or days[0] > days[1]):
        raise PydanticCustomError("window", "Input should be [since, until], two days in their order")
    return days


@dataclass(frozen=True, slots=True)
class _Exchange:
    """A question and its answer, earlier in a conversation."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class _Line:
    """The keys of a line; others are ignored."""

    question: str
    id: str | int | None = None
    asked: date | datetime | None = None
    answers: list[str] | None = None
    urls: list[str] | None = None
    answerable: bool = True
    draft: bool = False
    kind: Annotated[str, AfterValidator(_kind)] | None = None
    history: list[_Exchange] | None = None
    window: Annotated[list[date], AfterValidator(_window)] | None = None
    topic: list[str] | None = None
    note: Any = None

    def __post_init__(self) -> None:
        if self.kind == PERIOD and self.answerable and not (self.window and self.topic):
            raise PydanticCustomError(
                "period", 'an answerable question of the kind "period" needs "window" and "topic"'
            )

    def expected(self, number: int) -> Expected:
        return Expected(
            id=str(number if self.id is None else self.id),
            question=Question(self.question, self.asked or now()),
            answers=tuple(self.answers or ()),
            urls=tuple(self.urls or ()),
            answerable=self.answerable,
            draft=self.draft,
            kind=self.kind or "",
            history=tuple(Turn(one.question, one.answer) for one in self.history or ()),
            window=(self.window[0], self.window[1]) if self.window else ALL_DAYS,
            topic=tuple(self.topic or ()),
            note=str(self.note or ""),
        )


def read_questions(path: Path) -> list[Expected]:
    """The questions of a JSONL file.

    Raises:
        SettingsError: A line is not a question; the message names file and line.
    """
    lines = read_lines(path, TypeAdapter(_Line), "question")
    if not lines:
        raise SettingsError(f"the questions file {str(path)!r} holds no question; see byline evaluate --help")
    return [line.expected(number) for number, line in lines.items()]
