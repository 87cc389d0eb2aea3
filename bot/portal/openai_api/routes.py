"""/v1/models and /v1/chat/completions over a bot."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from itertools import chain
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import StreamingResponse

from bot.answer import Answer, Delta
from bot.bot import Bot
from bot.portal.access.caller import caller_groups
from bot.portal.api.ask import ascii_json
from bot.portal.api.problems import reply_to
from bot.portal.openai_api.chat_request import MODEL, ChatRequest, RequestError, asked, check_model
from bot.portal.openai_api.completion import Reply, events, sent
from bot.portal.openai_api.tasks import task_reply
from bot.portal.portal import Portal
from bot.portal.problem import OPENAI, problem
from bot.threads import on_thread, on_threads
from index.question import Question

_MODEL = {"id": MODEL, "object": "model", "created": 1735689600, "owned_by": "byline"}


def add_openai(app: FastAPI, portal: Portal) -> None:
    """Add the routes over a bot. They run on threads, so a slow answer keeps no other request waiting."""
    # Its form is OpenAI's to describe, so the site's own schema leaves it out.
    router = APIRouter(prefix=OPENAI, include_in_schema=False)

    @router.get("/models")
    def models() -> dict[str, Any]:
        """List the one model there is."""
        return {"object": "list", "data": [_MODEL]}

    @router.get("/models/{model}")
    def model(model: str) -> dict[str, Any]:
        """Describe a model."""
        check_model(model)
        return _MODEL

    @router.post("/chat/completions", response_model=None)
    async def complete(body: ChatRequest, request: Request) -> Response:
        """Answer the last message, from the archive, with citations."""
        reply, steps = Reply(body), _steps(portal.bot, body, caller_groups(request.scope))
        if not body.stream:
            return ascii_json(await on_thread(reply.whole, steps))
        # The first step is taken here: what fails at once gets a status, and no stream.
        begun = chain([await on_thread(next, steps)], steps)
        return StreamingResponse(_guarded(events(reply, on_threads(begun))), media_type="text/event-stream")

    @app.exception_handler(RequestError)
    def refuse(_: Request, error: RequestError) -> Response:
        return problem(error.status, str(error), param=error.param, code=error.code)

    app.include_router(router)


def _steps(bot: Bot, body: ChatRequest, groups: tuple[str, ...]) -> Iterator[Delta | Answer]:
    if (reply := task_reply(body.messages[-1].text)) is not None:
        check_model(body.model)
        return iter([Delta(reply, ()), Answer(Question(reply), reply, "answered", reply, marks=())])
    question = asked(body)
    return bot.stream(replace(question.question, groups=groups), question.history)


async def _guarded(stream: AsyncIterator[str]) -> AsyncIterator[str]:
    """The stream and its end; what fails on the way becomes its last event."""
    try:
        async for one in stream:
            yield one
        yield "data: [DONE]\n\n"
    except Exception as error:  # noqa: BLE001  # the edge
        yield sent(bytes(reply_to(error).body).decode())
