"""What can go wrong, as replies: every error of the site as `problem` writes it."""

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from bot.portal.api.replies import ProblemReply
from bot.portal.faults import CALM
from bot.portal.problem import MEDIA_TYPE, problem
from corpus.errors import Busy, BylineError, SettingsError

logger = logging.getLogger(__name__)

SHOWN = 5
"""Errors of one request that are listed."""


def described(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """These errors, for OpenAPI."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemReply"}}}
    meanings = {
        400: "The body is no JSON.",
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
    def unusable(_: Request, error: RequestValidationError) -> Response:
        """Without the input, which may be long or no text at all."""
        found = error.errors()
        more = f"; and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
        return problem(422, "; ".join(map(_line, found[:SHOWN])) + more, param=_place(found[0]) or None)

    @site.exception_handler(HTTPException)
    def refused(_: Request, error: HTTPException) -> Response:
        return problem(error.status_code, str(error.detail), error.headers)


def _line(error: Mapping[str, Any]) -> str:
    place = _place(error)
    return f"{place}: {error['msg']}" if place else str(error["msg"])


def _place(error: Mapping[str, Any]) -> str:
    return ".".join(ascii(part).strip("'")[:60] for part in error["loc"][1:])
