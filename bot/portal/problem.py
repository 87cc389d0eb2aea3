"""Errors over HTTP: RFC 9457 problem details, or OpenAI's own form where a client speaks its protocol."""

import json
from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import Response

from bot.portal.operations.current_request import served_now

MEDIA_TYPE = "application/problem+json"
OPENAI = "/v1"
"""Where the site speaks OpenAI's protocol."""


def problem(
    status: int,
    detail: str,
    headers: Mapping[str, str] | None = None,
    param: str | None = None,
    code: str | None = None,
) -> Response:
    """An error reply to the request that is being served.

    Args:
        status: The HTTP status. To a client of OpenAI, 422 is sent as 400.
        detail: What is wrong and what to do, in a sentence or two.
        headers: Sent with it.
        param: The parameter that is wrong, in OpenAI's form.
        code: A short name of what is wrong, in OpenAI's form.
    """
    served = served_now()
    if served and (served.path == OPENAI or served.path.startswith(f"{OPENAI}/")):
        kind = "invalid_request_error" if status < 500 else "server_error"
        error = {"error": {"message": detail, "type": kind, "param": param, "code": code}}
        return Response(json.dumps(error), 400 if status == 422 else status, dict(headers or {}), "application/json")
    content = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    content |= {"request_id": served.request_id} if served else {}
    return Response(json.dumps(content), status, dict(headers or {}), MEDIA_TYPE)
