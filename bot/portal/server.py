"""The server under a site: it finishes its answers before it stops, and waits for no one for ever."""

import asyncio
from asyncio import TimerHandle
from contextlib import suppress
from time import monotonic
from types import FrameType
from typing import Any

import uvicorn
from sse_starlette.sse import AppStatus
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from bot.portal.answer_queue import Desk

HEADER_SECONDS = 15.0
"""How long the headers of a request may take to arrive."""
LAST_SECONDS = 1
"""How long what is left of other requests may take once the answers are done; an open page holds one for ever."""
CONNECTIONS = 2_000
"""The most connections; an open page holds one or two."""


class PatientProtocol(AutoHTTPProtocol):  # type: ignore[misc,valid-type]
    """Hangs up on a client whose headers do not arrive; uvicorn has a limit only between two requests."""

    _timer: TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Starts to wait for a request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Stops waiting once a request is there, and waits again behind the last."""
        super().data_received(data)
        if self._is_in_request():
            self._stop_waiting()
        elif self._timer is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Ends."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _is_in_request(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _wait(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(HEADER_SECONDS, self._hang_up)

    def _stop_waiting(self) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = None

    def _hang_up(self) -> None:
        self._timer = None
        if not self._is_in_request():
            self.transport.close()


class Ending:
    """An application whose open streams end, as if their visitors had gone, once the server does.

    Each open page holds one for ever.
    """

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


class DrainingServer(uvicorn.Server):
    """Answers what it has taken when it is stopped, and refuses what comes then; a second signal ends it at once."""

    def __init__(self, app: ASGIApp, desk: Desk, seconds: float, root_path: str = "") -> None:
        """Serves an application.

        Args:
            app: The application.
            desk: Takes no more questions once the server is stopped.
            seconds: How long those that it has taken may take.
            root_path: What a proxy puts before the paths, and strips again.
        """
        self._ending = Ending(app)
        super().__init__(
            uvicorn.Config(
                self._ending,
                http=PatientProtocol,
                root_path=root_path.rstrip("/"),
                log_level="warning",
                proxy_headers=False,  # proxies.py reads them
                server_header=False,
                limit_concurrency=CONNECTIONS,
                timeout_graceful_shutdown=LAST_SECONDS,
            )
        )
        self._desk = desk
        self._seconds = seconds
        self._loop: asyncio.AbstractEventLoop | None = None
        self._draining: asyncio.Task[None] | None = None

    async def startup(self, sockets: Any = None) -> None:
        """Starts."""
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)

    async def shutdown(self, sockets: Any = None) -> None:
        """Ends the streams, then the rest."""
        self._ending.end()
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stops taking questions at the first signal."""
        if self._desk.is_closed or not self._loop or not self.started:
            self._exit(sig, frame)
            return
        self._desk.close()
        self._loop.call_soon_threadsafe(self._drain, sig, frame)

    def _drain(self, sig: int, frame: FrameType | None) -> None:
        async def drain() -> None:
            deadline = monotonic() + self._seconds
            while not self._desk.is_idle and monotonic() < deadline:
                await asyncio.sleep(0.05)
            await asyncio.sleep(0.1)  # the last answers are on their way
            self._exit(sig, frame)

        self._draining = asyncio.ensure_future(drain())

    def _exit(self, sig: int, frame: FrameType | None) -> None:
        """Exits by uvicorn's own handler.

        sse-starlette replaces that one by a handler that notes the exit for the whole process and for good, so every
        other server of the process, and every later one, would cut its event streams.
        """
        assert AppStatus.original_handler
        AppStatus.original_handler(self, sig, frame)
