"""One question in, one `Answer` out: whole, or as a stream of server-sent events."""

import json
import re
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Header, Request, Response
from sse_starlette import EventSourceResponse

from bot.answer import Answer, Delta
from bot.answer.explanation import explanation
from bot.portal.access.caller import caller_groups
from bot.portal.api.problems import described, reply_to
from bot.portal.api.replies import AnswerReply
from bot.portal.api.requests import AskBody
from bot.portal.portal import Portal
from bot.threads import on_thread, on_threads

STREAM = "text/event-stream"
_REFUSED = re.compile(r";q=0(\.0*)?(;|$)")
SEND_SECONDS = 30.0
"""How long a reader of a stream may keep a piece waiting."""
OK = {
    "description": "The answer. With `Accept: text/event-stream` the same as events: `delta` with the next piece of the"
    " text, then `answer` with this object, or `error` with a problem.",
    "model": AnswerReply,
    "content": {
        STREAM: {"schema": {"type": "string"}, "example": 'event: delta\ndata: {"text": "Engineers reopened"}\n\n'}
    },
}
Accepted = Annotated[str, Header(include_in_schema=False)]


def add_ask(site: FastAPI, portal: Portal) -> None:
    """Adds POST /api/v1/ask, and /api/ask, its first address."""
    router = APIRouter(tags=["ask"])

    async def ask(body: AskBody, request: Request, accept: Accepted = "*/*") -> Response:
        """Answer a question, or abstain. Every sentence of an answer rests on the words of an article."""
        question, turns = body.to_question(caller_groups(request.scope)), body.turns()
        if _prefers_stream(accept):
            pieces = on_threads(portal.bot.stream(question, turns))
            first = await anext(pieces)  # what cannot be answered at all has a status of its own
            return EventSourceResponse(_events(first, pieces, body.explain), send_timeout=SEND_SECONDS, sep="\n")
        answer = await on_thread(portal.bot.answer, question, turns)
        return ascii_json(_content(answer, body.explain))

    responses = {200: OK, **described(400, 401, 403, 413, 422, 429, 503)}
    router.post("/api/v1/ask", operation_id="ask", summary="Ask", responses=responses)(ask)
    router.post("/api/ask", include_in_schema=False)(ask)
    site.include_router(router)


def _prefers_stream(accept: str) -> bool:
    """Whether a client lists event streams, and not JSON before them."""
    listed = [kind.replace(" ", "").lower() for kind in accept.split(",")]
    wanted = (kind.split(";")[0] for kind in listed if not _REFUSED.search(kind))
    return next((kind for kind in wanted if kind in (STREAM, "application/json")), "") == STREAM


def ascii_json(content: object, status: int = 200) -> Response:
    """JSON in ASCII, so that whatever characters an article holds, the reply can be sent."""
    return Response(json.dumps(content), status, media_type="application/json")


async def _events(
    first: Delta | Answer, rest: AsyncIterator[Delta | Answer], explain: bool
) -> AsyncIterator[dict[str, str]]:
    yield _event(first, explain)
    try:
        async for piece in rest:
            yield _event(piece, explain)
    except Exception as error:  # noqa: BLE001  # the status has been sent
        yield {"event": "error", "data": bytes(reply_to(error).body).decode()}


def _event(piece: Delta | Answer, explain: bool) -> dict[str, str]:
    if isinstance(piece, Answer):
        return {"event": "answer", "data": json.dumps(_content(piece, explain))}
    return {"event": "delta", "data": json.dumps({"text": piece.text, "marks": piece.marks})}


def _content(answer: Answer, explain: bool) -> dict[str, Any]:
    return answer.to_json() | ({"explanation": explanation(answer)} if explain else {})
