"""The tools at /mcp of the site, over streamable HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any

from fastapi import FastAPI
from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.mcp.tools import mcp_server
from bot.portal.access.caller import caller_groups
from bot.portal.portal import Portal

PATH = "/mcp"
LARGEST = 256 * 1024
"""Bytes of a request. The longest question and its options take a few thousand."""


_groups: ContextVar[tuple[str, ...]] = ContextVar("groups", default=())
"""Those of the caller. The SDK runs a tool in the context of its request; one that runs elsewhere has no group."""


class _Endpoint:
    """The server of the running site. It keeps no session, so that any worker may take any request."""

    def __init__(self, portal: Portal) -> None:
        self._server = mcp_server(portal.bot, portal.archive, _groups.get)
        self._running: Starlette | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Takes requests inside the block. The SDK's application runs once, so each start of the site has its own."""
        app = self._server.streamable_http_app(
            streamable_http_path=PATH,
            json_response=True,
            stateless_http=True,
            max_request_body_size=LARGEST,
            # Which hosts and origins are answered is for the site's own rule to say, for this path as for all.
            transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
        )
        async with app.router.lifespan_context(app):
            self._running = app
            yield
            self._running = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles a request."""
        assert self._running, "the site has not been started"
        token = _groups.set(caller_groups(scope))
        try:
            await self._running(scope, receive, send)
        finally:
            _groups.reset(token)


def add_mcp(site: FastAPI, portal: Portal) -> None:
    """Adds the endpoint, and its start and end to the site's."""
    endpoint = _Endpoint(portal)
    outer = site.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[Any]:
        async with outer(app) as state, endpoint.running():
            yield state

    site.router.lifespan_context = lifespan
    site.router.routes.append(Route(PATH, endpoint=endpoint, include_in_schema=False))
