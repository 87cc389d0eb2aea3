"""Every request: its id, its line in the log, its numbers."""

import logging
from time import perf_counter

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.portal.operations.current_request import begin, served_now
from bot.portal.operations.meters import Meters, place_of
from bot.portal.path import path_below

logger = logging.getLogger("byline.requests")

HEADER = "x-request-id"


class ObservingMiddleware:
    """Outermost of all, so that it sees what the others refuse too."""

    def __init__(self, app: ASGIApp, meters: Meters) -> None:
        self.app = app
        self._meters = meters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles a connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path, started, status = path_below(scope), perf_counter(), 0
        served = begin(Headers(scope=scope).get(HEADER, ""), path)

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = served.request_id
            await send(message)

        try:
            await self.app({**scope, "byline.request_id": served.request_id}, receive, noting)
        finally:
            seconds = perf_counter() - started
            self._meters.count_request(path, scope["method"], status, seconds)
            caller = (served_now() or served).caller
            fields = {
                "method": scope["method"],
                "path": ascii(path)[1:200].rstrip("'"),  # without the query, which may hold a question
                "status": status,
                "ms": round(seconds * 1000),
                "user": caller.name if caller else "",
                "known_by": caller.how if caller else "",
            }
            logger.info("%s %s %d", scope["method"], place_of(path), status, extra={"fields": fields})
