"""Byline inside an application that is already there."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from inspect import isawaitable
from typing import Any

from fastapi import FastAPI
from starlette.requests import HTTPConnection, Request

from bot.bot import Bot
from bot.portal.access.caller import Caller
from bot.portal.access.chosen import access_of
from bot.portal.access.middleware import Method
from bot.portal.access.sessions import as_host_saw
from bot.portal.serve import site_of
from bot.portal.site import build_site
from bot.settings import Settings

User = str | Caller | None
SignedIn = Callable[[Request], User | Awaitable[User]]
"""How the host knows who sends a request: a user's name, a `Caller` with groups, or None if no one is signed in."""


def mount(
    app: FastAPI,
    path: str = "/news",
    *,
    signed_in: SignedIn | None = None,
    settings: Settings | None = None,
    bot: Bot | None = None,
    examples: Sequence[str] | None = None,
) -> None:
    """Put the page at `path` and the API below it.

    The site is an application of its own below that path: the host's routes, middlewares, exception handlers and
    docs stay as they are, and the host's middlewares see its requests like any other.

    Args:
        app: The host, not yet started.
        path: Where, as "/news".
        signed_in: Says who sends a request, as the host knows it. Without it, and without a way to sign in among the
            settings, only this machine is answered.
        settings: Which index, how to answer from it and who may ask; from the environment where it is not given.
        bot: Who answers instead; the page then says nothing of the archive.
        examples: Questions offered before the first one; None for some out of the archive.
    """
    settings = settings or Settings()
    access = access_of(settings, _known_to_host(signed_in) if signed_in else None)
    site = build_site(bot, None, examples, settings, access) if bot else site_of(settings, examples, access)
    outer = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(host: FastAPI) -> AsyncIterator[Any]:
        # A mounted application gets no event of start and end; the page's queue needs both.
        async with outer(host) as state, site.router.lifespan_context(site):
            yield state

    app.router.lifespan_context = lifespan
    app.mount(path.rstrip("/"), site)


def _known_to_host(signed_in: SignedIn) -> Method:
    async def known(connection: HTTPConnection) -> Caller | None:
        if connection.scope["type"] != "http":
            return None  # `signed_in` takes requests, and the site has nothing else to offer
        found = signed_in(Request(as_host_saw(connection.scope)))
        user = await found if isawaitable(found) else found
        return Caller(user, "host") if isinstance(user, str) and user else user or None

    return known
