"""A questions file: what is asked, and what would be right."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pydantic import TypeAdapter

from bot.evaluate.lines import read_lines
from corpus.errors import SettingsError
from index.question import Question, now


@dataclass(frozen=True, slots=True)
class Expected:
    """One line of a questions file.

    Attributes:
        id: Names the question in reports.
        question: What is asked, and when.
        answers: Any of these counts as right.
        urls: Articles that hold the answer.
        answerable: Whether the corpus can answer it at all.
        draft: Proposed by `byline evaluate --make` and not read by a person since.
    """

    id: str
    question: Question
    answers: tuple[str, ...]
    urls: tuple[str, ...]
    answerable: bool
    draft: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """What a line says; other keys are passed over."""

    question: str
    id: str | int | None = None
    asked: date | datetime | None = None
    answers: list[str] | None = None
    urls: list[str] | None = None
    answerable: bool = True
    draft: bool = False

    def expected(self, number: int) -> Expected:
        return Expected(
            id=str(number if self.id is None else self.id),
            question=Question(self.question, self.asked or now()),
            answers=tuple(self.answers or ()),
            urls=tuple(self.urls or ()),
            answerable=self.answerable,
            draft=self.draft,
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
