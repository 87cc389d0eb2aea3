"""What happened on the way to an answer, kept beside it: nothing that a reader of the answer needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.llm import Message


@dataclass(frozen=True, slots=True)
class Trace:
    """The work behind an answer.

    Attributes:
        prompt: The messages sent to a language model; empty if none was asked.
        reply: Its raw reply; None if none was asked.
        timings_ms: Milliseconds by stage, and "total".
        weighed: What the confidence was computed from, by name.
    """

    prompt: "tuple[Message, ...]" = ()
    reply: str | None = None
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    weighed: Mapping[str, float] = field(default_factory=dict)
