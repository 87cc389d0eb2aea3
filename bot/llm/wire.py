"""Normalises what OpenAI-like servers send to what OpenAI sends.

Servers differ in what surrounds a reply: pings without choices, an end without a reason, a whole completion instead of
a stream. A successful response without a reply, such as a proxy's page or an error, is reported as that.
"""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

import httpx

from bot.llm.failures import NotAReply

_FIELD = re.compile(r"\ufeff?(?:data|event|id|retry|error)?:")
"""The start of a data line in an event stream."""
_PING = re.compile(r"[\W_]*(?:ping|keep[-_ ]?alive|heart-?beat)?[\W_]*", re.IGNORECASE)


class Client(httpx.Client):
    """A client to which every server appears to answer like OpenAI."""

    def __init__(self) -> None:
        super().__init__(follow_redirects=True)

    def send(self, request: httpx.Request, *, stream: bool = False, **more: Any) -> httpx.Response:
        """The response, its body normalised if it is successful; reading it may raise `NotAReply`."""
        response = super().send(request, stream=stream, **more)
        if not response.is_success:
            return response
        if not stream:
            _choice(_parsed(response.text))
            return response
        body = (f"data: {event}\n\n".encode() for event in events(_lines(response)))
        return httpx.Response(200, headers={"content-type": "text/event-stream"}, content=body, request=request)


def _lines(response: httpx.Response) -> Iterator[str]:
    """The lines of a body; httpx would split at all of Unicode's line ends, which JSON may hold."""
    held = b""
    for piece in response.iter_bytes():
        *lines, held = re.split(rb"\r\n?|\n", held + piece)
        yield from (line.decode(errors="replace") for line in lines)
    yield held.decode(errors="replace")


def events(lines: Iterator[str]) -> Iterator[str]:
    """The events of a reply, each with one choice; the last is "[DONE]" if the reply is whole.

    Args:
        lines: The body: an event stream or a completion in JSON.

    Raises:
        NotAReply: The body is something else.
    """
    first = next((line for line in lines if line.strip()), "")
    if not _FIELD.match(first):
        choice = _choice(_parsed("\n".join([first, *lines])))
        if not choice:
            raise NotAReply("JSON without a reply")
        yield _event(choice, choice.get("finish_reason") or "stop")
        yield "[DONE]"
        return
    ended = False
    for line in chain([first], lines):
        field, _, data = line.lstrip("\ufeff").partition(":")
        if data.strip().startswith("[DONE]"):
            if not ended:
                yield _event({}, "stop")
            yield "[DONE]"
            return
        if field not in {"data", "error"} or _PING.fullmatch(data):
            continue
        if choice := _choice({"error": _parsed(data)} if field == "error" else _parsed(data)):
            reason = choice.get("finish_reason") or None
            ended = ended or bool(reason)
            yield _event(choice, reason)


def _parsed(text: str) -> Any:
    text = text.strip()
    try:
        return json.loads(text)
    except ValueError:
        kind = "a web page" if text.startswith("<") else "text that is not JSON" if text else "an empty body"
        raise NotAReply(kind) from None


def _choice(value: Any) -> Mapping[str, Any] | None:
    """The choice of an event or a completion; None if it has none, as a ping or a token count."""
    if not isinstance(value, Mapping):
        return None
    choice = next(iter(value.get("choices") or ()), None)
    failed = value.get("error") or value.get("object") == "error" or (choice or {}).get("finish_reason") == "error"
    stated = any(isinstance(value.get(name), str | list) for name in ("message", "msg", "detail"))
    if failed or (stated and not choice):
        raise NotAReply("an error", value if isinstance(value.get("error"), Mapping) else {"error": value})
    return choice


def _event(choice: Mapping[str, Any], reason: str | None) -> str:
    said = choice.get("delta") or choice.get("message") or {"content": choice.get("text")}
    content = said.get("content")
    if isinstance(content, list):  # parts, some of them thoughts
        content = "".join(part.get("text") or "" for part in content if part.get("type") == "text")
    piece = {"index": 0, "delta": {"content": content or ""}, "finish_reason": reason}
    return json.dumps({"object": "chat.completion.chunk", "choices": [piece]})
