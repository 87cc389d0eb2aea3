"""The bodies of requests: read whole before anything is made of them, so many bytes in so many seconds."""

from asyncio import timeout

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.portal.problem import problem

LIMIT = 2**20
"""Bytes. The longest conversation that /api/v1/ask takes fits, unless it is all in far alphabets."""
SECONDS = 20.0
"""How long a body may take to arrive."""
TOO_LARGE = f"The body has more than {LIMIT:,} bytes."


class BodiesMiddleware:
    """Refuses a body that is too large (413) or too slow (408)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles a connection."""
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD", "OPTIONS"}:
            await self.app(scope, receive, send)
            return
        stated = Headers(scope=scope).get("content-length", "0")
        close = {"Connection": "close"}  # what is still to come is not read
        if not stated.isdecimal() or int(stated) > LIMIT:
            await problem(413, TOO_LARGE, close)(scope, receive, send)
            return
        try:
            async with timeout(SECONDS):
                body = await _read(receive)
        except TimeoutError:
            await problem(408, f"The body did not arrive within {SECONDS:.0f} seconds.", close)(scope, receive, send)
            return
        if body is None:
            await problem(413, TOO_LARGE, close)(scope, receive, send)
            return
        await self.app(scope, replayed(body, receive), send)


async def _read(receive: Receive) -> bytes | None:
    """The whole body; None if it is too large."""
    body = bytearray()
    while len(body) <= LIMIT:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    return bytes(body) if len(body) <= LIMIT else None


def replayed(body: bytes, receive: Receive) -> Receive:
    """What reads the body once more, and then whether the client has gone."""
    sent = False

    async def replay() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
