"""A server that ends at once when it is interrupted, though pages are open: each of them holds a stream."""

import asyncio
from contextlib import suppress
from socket import socket

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PATIENCE = 3
"""Seconds that answers under way may take once the server is interrupted."""


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


class Server(uvicorn.Server):
    """Uvicorn's, with an application of ours that is ended first."""

    def __init__(self, app: ASGIApp, root_path: str = "") -> None:
        """Serves an application; `root_path` is what a proxy puts before its paths, and strips again."""
        self._ending = Ending(app)
        super().__init__(
            uvicorn.Config(self._ending, root_path=root_path, log_level="warning", timeout_graceful_shutdown=PATIENCE)
        )

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """Ends the streams, then the rest."""
        self._ending.end()
        await super().shutdown(sockets)
