"""Headers of every reply: what browsers and proxies may do with it."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

KEPT = ("text/css", "text/javascript", "application/javascript", "font/", "image/")
"""What a browser may keep; all else is of a user."""


class ReplyHeadersMiddleware:
    """Lets no browser guess or keep what it should not, and no proxy hold a stream back."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles a connection."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _set(MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, with_headers)


def _set(headers: MutableHeaders) -> None:
    kind = headers.get("content-type", "")
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    if kind.startswith("text/event-stream"):
        headers["X-Accel-Buffering"] = "no"  # nginx holds a reply back by default
        headers["Cache-Control"] = "no-store"
    elif not kind.startswith(KEPT):
        headers.setdefault("Cache-Control", "no-store")
