"""What a client sends: messages in, a question and its history out."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.answer import Turn
from bot.portal.api.requests import Outlets
from bot.portal.bodies import LIMIT
from bot.portal.openai_api.content import without_footnotes
from bot.question.input import Day, Moment
from bot.question.limits import put_question
from corpus.errors import SettingsError
from index.question import Question

MODEL = "byline"
"""The one model there is."""
MOST_TURNS = 50
"""Turns looked back on at most; older ones are left out."""

Text = Annotated[str, Field(max_length=LIMIT)]
"""Any text: pydantic refuses half a surrogate pair only in a string whose length it checks."""


class RequestError(Exception):
    """A request that cannot be served, in OpenAI's words.

    Attributes:
        status: The HTTP status.
        param: The parameter that is wrong.
        code: A short name of what is wrong.
    """

    def __init__(self, message: str, status: int = 400, param: str | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.status, self.param, self.code = status, param, code


class Part(BaseModel):
    """A piece of a message's content."""

    type: str = Field(max_length=100)
    text: Text = ""


class ChatMessage(BaseModel):
    """A message. Only those of the user and the assistant are read: the archive takes no instructions."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Text | list[Part] | None = None

    @property
    def text(self) -> str:
        """Its words; those of several parts joined by line breaks."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class StreamOptions(BaseModel):
    """Whether a stream ends with the number of tokens."""

    include_usage: bool = False


class ResponseFormat(BaseModel):
    """How the answer is to be written; only text is."""

    type: str = "text"


class ChatRequest(BaseModel):
    """The parameters that are used. All others are ignored; docs/openai.md lists them."""

    model_config = ConfigDict(extra="ignore")

    model: str = Field(max_length=200)
    messages: list[ChatMessage] = Field(min_length=1, max_length=1_000)
    stream: bool | None = False
    stream_options: StreamOptions | None = None
    n: int | None = None
    response_format: ResponseFormat | None = None
    asked: Moment | None = None
    since: Day | None = None
    until: Day | None = None
    sources: Outlets = Field(default_factory=list)

    @property
    def includes_usage(self) -> bool:
        """Whether a stream ends with the number of tokens."""
        return bool(self.stream_options and self.stream_options.include_usage)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what was said before it."""

    question: Question
    history: tuple[Turn, ...]


def asked(request: ChatRequest) -> Asked:
    """The last message as a question, the ones before it as its history.

    Raises:
        RequestError: A parameter wants what is not offered, or there is no question.
    """
    _check(request)
    spoken = [message for message in request.messages if message.role in ("user", "assistant")]
    last = spoken[-1] if spoken else None
    if last is None or last.role != "user":
        raise RequestError("The last message must be the user's question.", param="messages")
    if isinstance(last.content, list):
        other = next((part.type for part in last.content if part.type != "text"), None)
        if other:
            raise RequestError(f"Only text is read, and a part of the message is {other!r}.", param="messages")
    try:
        question = put_question(last.text, request.asked, request.since, request.until, tuple(request.sources))
    except SettingsError as error:
        raise RequestError(str(error), param="messages") from None
    return Asked(question, _turns(spoken[:-1])[-MOST_TURNS:])


def check_model(model: str) -> None:
    """Raises RequestError unless this is the model that there is."""
    if model != MODEL:
        raise RequestError(f"The model {model!r} does not exist; use {MODEL!r}.", 404, "model", "model_not_found")


def _check(request: ChatRequest) -> None:
    check_model(request.model)
    if request.n not in (None, 1):
        raise RequestError(f"n is {request.n}, and there is one answer to a question; leave n out.", param="n")
    if request.response_format and request.response_format.type != "text":
        wanted = request.response_format.type
        raise RequestError(f"Answers are text; response_format {wanted!r} is not offered.", param="response_format")


def _turns(messages: Iterable[ChatMessage]) -> tuple[Turn, ...]:
    """Each question with the reply that followed it; a question without one is left out."""
    turns: list[Turn] = []
    question = ""
    for message in messages:
        if message.role == "user":
            question = message.text.strip()
        elif question and message.text.strip():
            turns.append(Turn(question, without_footnotes(message.text)))
            question = ""
    return tuple(turns)
