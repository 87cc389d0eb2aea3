"""From what a bot streams to OpenAI's objects: a completion, or its chunks."""

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from time import time
from typing import Any
from uuid import uuid4

from bot.answer import Answer, Delta
from bot.portal.openai_api.chat_request import MODEL, ChatRequest
from bot.portal.openai_api.content import Content
from index.tokens import count_tokens

KEPT = ("status", "citations", "searched", "confidence", "answerer", "model", "generation")
"""The fields of an answer that "byline" holds, beside OpenAI's own."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A completion on its way.

    Attributes:
        request: What it replies to.
        id: Unique to it.
        created: When, in seconds since 1970.
        content: What has been written so far.
    """

    request: ChatRequest
    id: str = field(default_factory=lambda: f"chatcmpl-{uuid4().hex}")
    created: int = field(default_factory=lambda: int(time()))
    content: Content = field(default_factory=Content)

    def whole(self, steps: Iterator[Delta | Answer]) -> dict[str, Any]:
        """The completion, once all steps are taken."""
        message: dict[str, Any] = {"role": "assistant", "refusal": None}
        details: dict[str, Any] = {}
        for step in steps:
            if isinstance(step, Answer):
                self.content.close(step)
                message["annotations"], details = self.content.annotations(step), _byline(step)
            else:
                self.content.add(step)
        message["content"] = self.content.text
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        return self._object("chat.completion", [choice]) | {"usage": self._usage()} | details

    def chunks(self, step: Delta | Answer) -> Iterator[dict[str, Any]]:
        """What a step adds."""
        if isinstance(step, Delta):
            yield self._chunk({"content": self.content.add(step)})
            return
        if written := self.content.close(step):
            yield self._chunk({"content": written})
        if annotations := self.content.annotations(step):
            yield self._chunk({"annotations": annotations})
        yield self._chunk({}, "stop") | _byline(step)

    def opening(self) -> dict[str, Any]:
        """The first chunk."""
        return self._chunk({"role": "assistant", "content": ""})

    def closing(self) -> Iterator[dict[str, Any]]:
        """The chunk behind the last, if the client wants one."""
        if self.request.includes_usage:
            yield self._object("chat.completion.chunk", []) | {"usage": self._usage()}

    def _chunk(self, delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return self._object("chat.completion.chunk", [choice])

    def _object(self, kind: str, choices: list[dict[str, Any]]) -> dict[str, Any]:
        return {"id": self.id, "object": kind, "created": self.created, "model": MODEL, "choices": choices}

    def _usage(self) -> dict[str, int]:
        prompt, completion = count_tokens(
            ["\n".join(message.text for message in self.request.messages), self.content.text]
        )
        return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


async def events(reply: Reply, steps: AsyncIterator[Delta | Answer]) -> AsyncIterator[str]:
    """A stream's server-sent events, without its end."""
    yield sent(json.dumps(reply.opening()))
    async for step in steps:
        for chunk in reply.chunks(step):
            yield sent(json.dumps(chunk))
    for chunk in reply.closing():
        yield sent(json.dumps(chunk))


def sent(content: str) -> str:
    """One server-sent event with this line."""
    return f"data: {content}\n\n"


def _byline(answer: Answer) -> dict[str, Any]:
    fields = answer.to_json()
    return {"byline": {name: fields[name] for name in KEPT}}
