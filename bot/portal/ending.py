"""Streams that end when the server does: each open page holds one for ever."""

import asyncio
from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Ending:
    """An application whose open streams end, as if their visitors had gone, once the server does."""

    def __init__(self, app: ASGIApp) -> None:
        """Wraps an application."""
        self._app = app
        self._ended = asyncio.Event()

    def end(self) -> None:
        """Ends them; called on the server's loop."""
        self._ended.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything on."""

        async def received() -> Message:
            message, ended = asyncio.ensure_future(receive()), asyncio.ensure_future(self._ended.wait())
            try:
                await asyncio.wait((message, ended), return_when=asyncio.FIRST_COMPLETED)
                return message.result() if message.done() else {"type": "http.disconnect"}
            finally:
                for waiting in (message, ended):
                    waiting.cancel()
                    with suppress(asyncio.CancelledError):
                        await waiting

        begun = done = False

        async def sent(message: Message) -> None:
            nonlocal begun, done
            begun = True
            done = message["type"] == "http.response.body" and not message.get("more_body")
            await send(message)

        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        await self._app(scope, received, sent)
        if self._ended.is_set() and not done:  # a response that is cut short would be logged as an error
            if not begun:
                await send({"type": "http.response.start", "status": 503, "headers": []})
            await send({"type": "http.response.body", "body": b""})
