"""Errors over HTTP, all in one shape: RFC 9457 problem details."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from bot.portal.operations.current_request import served_now

MEDIA_TYPE = "application/problem+json"


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any) -> Response:
    """An error reply.

    Args:
        status: The HTTP status.
        detail: What is wrong and what to do, in a sentence or two.
        headers: Sent with it.
        more: Further members of the object.
    """
    served = served_now()
    more |= {"request_id": served.request_id} if served else {}
    content = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return Response(json.dumps(content), status, dict(headers or {}), MEDIA_TYPE)
