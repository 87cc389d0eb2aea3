"""What the HTTP API takes, checked before anything is asked."""

from dataclasses import replace
from typing import Annotated

from pydantic import FailFast, Field

from bot.answer import Turn
from bot.question.input import Day, Input, Moment
from bot.question.limits import QUESTION_LIMIT, put_question
from index.question import Question

HISTORY_LIMIT = 50
FARTHEST = 200
"""How far one can page. Further down nothing bears on the query."""
Outlet = Annotated[str, Field(min_length=1, max_length=200)]
Outlets = Annotated[
    list[Outlet],
    FailFast(),
    Field(
        max_length=50, description="Only these outlets, by their names in the archive.", examples=[["The Harbour Post"]]
    ),
]


class Narrowed(Input):
    """When a question is put and where its answer is looked for."""

    asked: Moment | None = None
    since: Day | None = Field(None, description="Only articles published on this day or later.")
    until: Day | None = Field(None, description="Only articles published on this day or earlier.")

    def put(self, text: str, sources: list[str], groups: tuple[str, ...]) -> Question:
        """The question as the bot takes it, of a caller in these groups.

        Raises:
            SettingsError: It cannot be used.
        """
        return replace(put_question(text, self.asked, self.since, self.until, tuple(sources)), groups=groups)


class PastTurn(Input):
    """A finished exchange."""

    question: str = Field(max_length=QUESTION_LIMIT)
    answer: str = Field(max_length=20_000)


class AskBody(Narrowed):
    """A question, when it is put, where to search, and whether to say how the answer came about."""

    question: str = Field(min_length=1, max_length=QUESTION_LIMIT, examples=["When did the harbour bridge reopen?"])
    sources: Outlets = Field(default_factory=list)
    history: Annotated[list[PastTurn], FailFast()] = Field(
        default_factory=list, max_length=HISTORY_LIMIT, description="The conversation so far, oldest first."
    )
    explain: bool = Field(False, strict=True, description="Whether to add how the answer came about.")

    def to_question(self, groups: tuple[str, ...]) -> Question:
        """The question as the bot takes it; raises SettingsError where it cannot be used."""
        return self.put(self.question, self.sources, groups)

    def turns(self) -> tuple[Turn, ...]:
        """The conversation so far."""
        return tuple(Turn(turn.question, turn.answer) for turn in self.history)


class SearchQuery(Narrowed):
    """A query and a page of its passages."""

    q: str = Field(
        min_length=1, max_length=QUESTION_LIMIT, description="Words or a question.", examples=["harbour bridge"]
    )
    source: Outlets = Field(default_factory=list)
    limit: int = Field(10, ge=1, le=50, description="Passages on a page.")
    offset: int = Field(0, ge=0, le=FARTHEST, description="Passages before the page.")


class ArchiveQuery(Narrowed):
    """Which articles are counted."""

    source: Outlets = Field(default_factory=list)
