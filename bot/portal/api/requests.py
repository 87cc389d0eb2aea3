"""What the HTTP API takes, checked before anything is asked."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, FailFast, Field, PlainValidator, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from bot.answer import Turn
from bot.question.limits import QUESTION_LIMIT, put_question
from index.question import Question

HISTORY_LIMIT = 50
NAMED = 3
"""Unknown fields that an error names; a body may hold thousands."""
FARTHEST = 200
"""How far one can page. Further down nothing bears on the query."""


def _moment(typed: object) -> date:
    if isinstance(typed, str) and typed.isascii():
        try:
            return date.fromisoformat(typed) if len(typed) <= len("2022-03-31") else datetime.fromisoformat(typed)
        except ValueError:
            pass
    raise PydanticCustomError("day", "write a day as 2022-03-31 or a moment as 2022-03-31T18:30+01:00")


def _day(typed: object) -> date:
    if isinstance(typed, str) and typed.isascii() and len(typed) == len("2022-03-31"):
        try:
            return date.fromisoformat(typed)
        except ValueError:
            pass
    raise PydanticCustomError("day", "write a day as 2022-03-31")


Moment = Annotated[
    date,
    PlainValidator(_moment),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}),
    Field(description='When the question is put, which decides what "this week" means; now if left out.'),
]
Day = Annotated[date, PlainValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Outlet = Annotated[str, Field(min_length=1, max_length=200)]
Outlets = Annotated[
    list[Outlet],
    FailFast(),
    Field(
        max_length=50, description="Only these outlets, by their names in the archive.", examples=[["The Harbour Post"]]
    ),
]


class Request(BaseModel):
    """A JSON object of a request, or the parameters of one."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    @model_validator(mode="before")
    @classmethod
    def _refuse_unknown_fields(cls, typed: Any) -> Any:
        """One short error for all of them, where pydantic makes one of each."""
        unknown = [name for name in typed if name not in cls.model_fields] if isinstance(typed, Mapping) else []
        if unknown:
            named = ", ".join(ascii(name)[:60] for name in unknown[:NAMED])
            more = f" and {len(unknown) - NAMED} more" if len(unknown) > NAMED else ""
            names = {"named": f"{named}{more}", "known": ", ".join(cls.model_fields)}
            raise PydanticCustomError("unknown", "not known: {named}; known are {known}", names)
        return typed


class Narrowed(Request):
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


class PastTurn(Request):
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
