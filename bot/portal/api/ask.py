"""The HTTP API: one question in, one `Answer` out."""

import json
import logging
from datetime import date, datetime
from typing import Annotated

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field

from bot.answer import Turn
from bot.answer.trace import explanation
from bot.portal.portal import Portal
from bot.question.limits import QUESTION_LIMIT, put_question
from corpus.errors import BylineError, SettingsError
from index.question import Question

logger = logging.getLogger(__name__)

Day = Annotated[date | datetime, Field(union_mode="left_to_right")]


class PastTurn(BaseModel):
    """A finished exchange, oldest first in `history`."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(max_length=QUESTION_LIMIT)
    answer: str = Field(max_length=20_000)


class AskBody(BaseModel):
    """A question, when it is put, where to search, and whether to say how the answer came about."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(min_length=1, max_length=QUESTION_LIMIT)
    asked: Day | None = None
    since: date | None = None
    until: date | None = None
    sources: list[Annotated[str, Field(max_length=200)]] = Field(default_factory=list, max_length=50)
    history: list[PastTurn] = Field(default_factory=list, max_length=50)
    explain: bool = False

    def to_question(self) -> Question:
        """The question as the bot takes it; raises SettingsError where it cannot be used."""
        return put_question(self.question, self.asked, self.since, self.until, tuple(self.sources))


def add_api(app: FastAPI, portal: Portal) -> None:
    """Add the routes over a bot. They run on threads, so a slow answer keeps no other request waiting."""

    @app.post("/api/ask")
    def ask(body: AskBody) -> Response:
        """Answer a question, or abstain."""
        try:
            turns = tuple(Turn(turn.question, turn.answer) for turn in body.history)
            answer = portal.bot.answer(body.to_question(), turns)
            explained = {"explanation": explanation(answer)} if body.explain else {}
            return _reply(200, answer.to_json() | explained)
        except SettingsError as error:
            return _reply(422, {"detail": str(error)})
        except BylineError as error:
            logger.warning("cannot answer: %s", error)
            return _reply(503, {"detail": str(error)})
        except Exception:
            logger.exception("answering a question over HTTP failed")
            return _reply(500, {"detail": "Something went wrong while answering. It has been logged."})

    @app.exception_handler(RequestValidationError)
    def refuse(_: Request, error: RequestValidationError) -> Response:
        """As FastAPI's own, without the input, which may be long or no text at all."""
        kept = ("type", "loc", "msg")
        return _reply(422, {"detail": [{key: found[key] for key in kept} for found in error.errors()]})


def _reply(status: int, content: object) -> Response:
    """JSON in ASCII, so that whatever characters an article holds, the reply can be sent."""
    return Response(json.dumps(content), status, media_type="application/json")
