"""/v1/models and /v1/chat/completions over a bot."""

import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from dataclasses import replace
from itertools import chain
from typing import Any

from fastapi import APIRouter, FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import StreamingResponse
from fastapi.routing import APIRoute

from bot.answer import Answer, Delta
from bot.bot import Bot
from bot.portal.access.caller import caller_groups
from bot.portal.api.ask import ascii_json
from bot.portal.openai_api.chat_request import MODEL, ChatRequest, RequestError, asked, check_model
from bot.portal.openai_api.completion import Reply, event, events
from bot.portal.openai_api.tasks import task_reply
from bot.portal.portal import Portal
from bot.threads import on_thread, on_threads
from corpus.errors import BylineError, SettingsError
from index.question import Question

logger = logging.getLogger(__name__)

CALM = "Something went wrong while answering. It has been logged."
_MODEL = {"id": MODEL, "object": "model", "created": 1735689600, "owned_by": "byline"}


class _Route(APIRoute):
    """A route whose errors have OpenAI's form."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The route's handler with its errors turned into replies."""
        handle = super().get_route_handler()

        async def handler(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as error:
                return _failure(_named(error))
            except HTTPException:
                raise
            except Exception as error:  # noqa: BLE001  # the edge
                return _failure(_refusal(error))

        return handler


def add_openai(app: FastAPI, portal: Portal) -> None:
    """Add the routes over a bot. They run on threads, so a slow answer keeps no other request waiting."""
    # Its form is OpenAI's to describe, so the site's own schema leaves it out.
    router = APIRouter(prefix="/v1", route_class=_Route, include_in_schema=False)

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
        yield event(_object(_refusal(error)))


def _refusal(error: Exception) -> RequestError:
    """What a client learns of an error."""
    if isinstance(error, RequestError):
        return error
    if isinstance(error, SettingsError):
        return RequestError(str(error))
    if isinstance(error, BylineError):
        logger.warning("cannot answer: %s", error)
        return RequestError(str(error), 503)
    logger.error("answering over OpenAI's protocol failed", exc_info=error)
    return RequestError(CALM, 500)


def _named(error: RequestValidationError) -> RequestError:
    """The first of what is wrong with a body, by its place."""
    wrong = error.errors()[0]
    place = ".".join(map(str, wrong["loc"][1:]))
    return RequestError(f"{place or 'The body'}: {wrong['msg']}", param=place or None)


def _failure(error: RequestError) -> Response:
    return ascii_json(_object(error), error.status)


def _object(error: RequestError) -> dict[str, Any]:
    kind = "invalid_request_error" if error.status < 500 else "server_error"
    return {"error": {"message": str(error), "type": kind, "param": error.param, "code": error.code}}
