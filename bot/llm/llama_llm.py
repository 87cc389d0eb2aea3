"""Adapts a llama-index LLM of any provider to our protocol."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from time import sleep
from typing import TYPE_CHECKING, Any

from bot.llm import Message
from bot.llm.failures import failure, seconds_to_wait, wrong_option
from bot.llm.paced import Limits, paced
from corpus.errors import LLMError, ReplyCut

if TYPE_CHECKING:
    from llama_index.core.llms import LLM as LlamaIndexLLM
    from llama_index.core.llms import ChatMessage

LONGEST_REPLY = 30_000
"""The most characters of a reply; a model that repeats itself might never end."""
PATIENCE = 5.0
"""The longest wait, in seconds, that a server may ask for; a longer one is not worth it for the user."""


@dataclass(frozen=True, slots=True)
class LlamaLLM:
    """Streams from a llama-index LLM, within time limits; whatever it raises becomes an LLMError.

    Attributes:
        place: The model's address, for messages.
        name: The model's name; may need the network.
        connect: Provides the LLM for one reply, and closes its connections after it, so that an abandoned reply
            stops.
        limits: How long a reply may take.
        options: Sets of options, tried in turn where a server refuses one.
        proxy: The proxy in use, as "proxy.example:3128 (HTTP_PROXY)"; empty for none.
    """

    place: str
    name: Callable[[], str] = field(repr=False)
    connect: Callable[[], "AbstractContextManager[LlamaIndexLLM]"] = field(repr=False)
    limits: Limits = field(default_factory=Limits)
    options: tuple[Mapping[str, Any], ...] = ({},)
    proxy: str = ""

    @property
    def model(self) -> str:
        """The model's name."""
        return self.name()

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """The reply in deltas."""
        from llama_index.core.llms import ChatMessage

        chat = [ChatMessage(role=message.role, content=message.text) for message in messages]
        try:
            self.name()  # so that it is known even if the reply fails
            yield from paced(lambda: self._accepted(chat), self.limits)
        except LLMError:
            raise
        except Exception as error:  # noqa: BLE001  # each provider has its own exceptions
            raise failure(error, self.place, self.proxy) from None

    def _accepted(self, messages: "Sequence[ChatMessage]") -> Generator[str]:
        """The deltas with the first set of options that is accepted; waits once if the server asks for a short wait."""
        ways, waited = list(self.options), False
        while True:
            begun = False
            try:
                with self.connect() as model:
                    for delta in self._deltas(model, messages, ways[0]):
                        begun = True
                        yield delta
                return
            except Exception as error:
                wait = seconds_to_wait(error)
                if begun or isinstance(error, LLMError):
                    raise
                if wrong_option(error) and len(ways) > 1:
                    ways.pop(0)
                elif wait is not None and wait <= PATIENCE and not waited:
                    waited = True
                    sleep(wait)
                else:
                    raise

    def _deltas(
        self, model: "LlamaIndexLLM", messages: "Sequence[ChatMessage]", options: Mapping[str, Any]
    ) -> Iterator[str]:
        length, ended = 0, None
        for response in model.stream_chat(messages, **options):
            yield response.delta or ""
            length += len(response.delta or "")
            ended = _ending(response.raw, ended)
            if length > LONGEST_REPLY:
                raise ReplyCut(f"the reply has more than {LONGEST_REPLY:,} characters")
        _require_whole(ended, self.place)


def _ending(raw: object, before: str | None) -> str | None:
    """Why the reply ended, if this is its end; "open" if the reason is still to come."""
    choices = getattr(raw, "choices", None)
    if choices:
        return choices[0].finish_reason or "open"
    return before


def _require_whole(ended: str | None, place: str) -> None:
    if ended == "length":
        raise ReplyCut("the reply reached the limit of its tokens")
    if ended == "open":  # some connections break silently
        raise LLMError(f"The language model at {place} did not answer (the connection broke off)", "look into its log")
    if ended == "content_filter":
        raise LLMError(f"The language model at {place} did not answer (its filter stopped it)", "ask it otherwise")
