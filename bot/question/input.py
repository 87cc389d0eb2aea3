"""What programs send, over whatever protocol: the same days, and the same words for what is wrong."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

NAMED = 3
"""Unknown fields that an error names; an object may hold thousands."""
SHOWN = 5
"""Errors of one input that are listed."""


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


class Input(BaseModel):
    """A JSON object, the parameters of a request or the arguments of a tool. Unknown fields are refused."""

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


def in_words(errors: Sequence[Mapping[str, Any]], below: int = 0) -> str:
    """What is wrong, each with its place, `below` so many parts of it that the sender does not know.

    Without the input itself, which may be long or no text at all.
    """
    more = f"; and {len(errors) - SHOWN} more" if len(errors) > SHOWN else ""
    placed = [(place_of(error, below), error["msg"]) for error in errors[:SHOWN]]
    return "; ".join(f"{place}: {message}" if place else str(message) for place, message in placed) + more


def place_of(error: Mapping[str, Any], below: int = 0) -> str:
    """The field that is wrong, as "history.0.question"; empty for the whole."""
    return ".".join(ascii(part).strip("'")[:60] for part in error["loc"][below:])
