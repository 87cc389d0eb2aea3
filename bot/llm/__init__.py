"""A language model, run elsewhere: messages in, deltas out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation."""

    role: Literal["system", "user", "assistant"]
    text: str


class LLM(Protocol):
    """Continues a conversation."""

    @property
    def model(self) -> str:
        """The model's name; empty until the server has been reached, if it is to name it."""

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """The reply in deltas, none of them empty.

        Raises:
            PromptTooLong: The messages do not fit the model's context.
            ReplyCut: The reply was cut at its limit, after some deltas.
            LLMError: The model failed in another way, before or after the first delta.
        """
