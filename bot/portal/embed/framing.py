"""Which other pages may frame the site or call it."""

from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send


def admit_origins(site: FastAPI, origins: Sequence[str]) -> None:
    """Lets the pages of these origins frame the site and call it; those of no other.

    A page of the site's own origin always may. The middleware is needed without any origin too: gradio, left alone,
    lets every origin read on a public host.
    """
    calls: dict[str, Any] = {
        "allow_origins": tuple(origins),
        "allow_credentials": bool(origins),
        "allow_methods": ("GET", "POST"),
        "allow_headers": ("Accept", "Authorization", "Content-Type"),
    }
    site.add_middleware(CORSMiddleware, **calls)
    site.add_middleware(_FrameMiddleware, origins=origins)


class _FrameMiddleware:
    """Names in each reply the pages that may frame it."""

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        self.app = app
        self._policy = " ".join(["frame-ancestors 'self'", *origins]).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles a connection."""

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], (b"content-security-policy", self._policy)]}
            await send(message)

        await self.app(scope, receive, named)
