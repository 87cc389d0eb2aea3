"""What can go wrong, as replies: every error of the site as `problem` writes it."""

import logging
import re
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from bot.portal.api.replies import ProblemReply
from bot.portal.faults import CALM
from bot.portal.problem import MEDIA_TYPE, problem
from bot.question.input import in_words, place_of
from corpus.errors import Busy, BylineError, SettingsError

logger = logging.getLogger(__name__)

NO_JSON = "Send the body with the header Content-Type: application/json; without it, it is not read as JSON."
_JSON = re.compile(r"application/([\w.-]+\+)?json\b", re.IGNORECASE)


def described(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """These errors, for OpenAPI."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemReply"}}}
    meanings = {
        400: "The body is not JSON.",
        401: "Not signed in.",
        403: "Not allowed.",
        404: "There is no such thing.",
        413: "The body is too large.",
        422: "The request cannot be used.",
        429: "Too many requests.",
        503: "It cannot be answered now.",
    }
    return {status: {"description": meanings[status], "content": content, "model": ProblemReply} for status in statuses}


def reply_to(error: Exception) -> Response:
    """The reply to an error: the message of one of ours, a calm line for any other, which is logged."""
    match error:
        case SettingsError():
            return problem(422, str(error))
        case Busy():
            return problem(503, str(error), {"Retry-After": str(error.seconds)})
        case BylineError():
            logger.warning("cannot answer: %s", error)
            return problem(503, str(error))
    logger.error("answering over HTTP failed", exc_info=error)
    return problem(500, CALM)


def add_errors(site: FastAPI) -> None:
    """Replies to errors."""

    @site.exception_handler(BylineError)
    def ours(_: Request, error: BylineError) -> Response:
        return reply_to(error)

    @site.exception_handler(RequestValidationError)
    def unusable(request: Request, error: RequestValidationError) -> Response:
        found = error.errors()
        first, is_json = found[0], _JSON.match(request.headers.get("content-type", ""))
        if first["type"] == "json_invalid":
            return problem(400, f"The body is not JSON: {first['ctx']['error']} at character {first['loc'][1]}.")
        if first["loc"] == ("body",) and not is_json:
            return problem(422, NO_JSON)
        return problem(422, in_words(found, below=1), param=place_of(first, below=1) or None)

    @site.exception_handler(HTTPException)
    def refused(_: Request, error: HTTPException) -> Response:
        return problem(error.status_code, str(error.detail), error.headers)
