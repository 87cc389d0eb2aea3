"""The edge where faults end: logged in full, reported in one calm line."""

import logging
from asyncio import CancelledError

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.portal.problem import problem

logger = logging.getLogger(__name__)

STOPPING = "The server is about to stop. Ask again in a moment."
CALM = "Something went wrong. It has been logged."


class FaultsMiddleware:
    """Replies to what no one expected; a reply that has begun is cut off."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles a connection."""
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except CancelledError:  # the server stops, and this took longer than it may
            if scope["type"] != "http" or begun:
                raise
            await problem(503, STOPPING, {"Retry-After": "10", "Connection": "close"})(scope, receive, send)
        except Exception:
            if scope["type"] != "http":
                raise
            logger.exception("a request to %s failed", ascii(scope["path"]))
            if begun:
                raise
            await problem(500, CALM)(scope, receive, send)
