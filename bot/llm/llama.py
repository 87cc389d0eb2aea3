"""A llama-index LLM, whichever provider's, as ours."""

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

LONGEST = 30_000
"""Characters of a reply that are read; a model that repeats itself might never end."""
PATIENCE = 5.0
"""Seconds that are waited where a server asks for it; for longer, nobody is kept waiting."""


@dataclass(frozen=True, slots=True)
class LlamaLLM:
    """Streams from a llama-index LLM, within time limits; whatever it raises comes out as an LLMError.

    Attributes:
        place: Where the model is, as told to whoever asks.
        name: The model's name; may need the network.
        connect: Lends the LLM for one reply, and closes its connections then: an answer that nobody waits for any more
            is not written to its end.
        limits: How long a reply may take.
        options: Ways to call it, tried in turn where a server refuses an option.
        proxy: What it is asked through, as "proxy.example:3128 (HTTP_PROXY)"; empty if it is asked directly.
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

        told = [ChatMessage(role=message.role, content=message.text) for message in messages]
        try:
            self.name()  # so that it is known, whatever comes of the reply
            yield from paced(lambda: self._accepted(told), self.limits)
        except LLMError:
            raise
        except Exception as error:  # noqa: BLE001  # there are as many exceptions as providers
            raise failure(error, self.place, self.proxy) from None

    def _accepted(self, messages: "Sequence[ChatMessage]") -> Generator[str]:
        """The deltas of the first way to call it that is not refused; waits once if asked for little."""
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
            if length > LONGEST:
                raise ReplyCut(f"the reply has more than {LONGEST:,} characters")
        _require_whole(ended, self.place)


def _ending(raw: object, before: str | None) -> str | None:
    """Why the reply ended, if this is its end; "open" if it is one whose end is told, later on."""
    choices = getattr(raw, "choices", None)
    if choices:
        return choices[0].finish_reason or "open"
    return before


def _require_whole(ended: str | None, place: str) -> None:
    if ended == "length":
        raise ReplyCut("the reply reached the limit of its tokens")
    if ended == "open":  # some connections break without a word
        raise LLMError(f"The language model at {place} did not answer (the connection broke off)", "look into its log")
    if ended == "content_filter":
        raise LLMError(f"The language model at {place} did not answer (its filter stopped it)", "ask it otherwise")
