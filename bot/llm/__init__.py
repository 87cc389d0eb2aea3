"""A language model that somebody runs: messages in, deltas out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """What one side says."""

    role: Literal["system", "user", "assistant"]
    text: str


class LLM(Protocol):
    """Continues a conversation."""

    @property
    def model(self) -> str:
        """The model's name; empty until it has been reached, where the server is to say it."""

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """The reply in deltas, none of them empty.

        Raises:
            PromptTooLong: The messages do not fit the model's context.
            ReplyCut: After some deltas: the reply was ended at its limit.
            LLMError: Anything else that kept it from answering, before the first delta or after some.
        """
