"""Byline inside an application that is already there."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from bot.bot import Bot
from bot.settings import Settings
from bot.ui.serve import build_site, site_of


def mount(
    app: FastAPI,
    path: str = "/news",
    *,
    settings: Settings | None = None,
    bot: Bot | None = None,
    examples: Sequence[str] | None = None,
) -> None:
    """Put the page at `path` and the API at `path`/api/ask.

    The site is an application of its own below that path: the host's routes, middlewares, exception handlers and
    docs stay as they are, and the host's middlewares see its requests like any other.

    Args:
        app: The host, not yet started.
        path: Where, as "/news".
        settings: Which index, and how to answer from it; from the environment if neither this nor a bot is given.
        bot: Who answers instead; the page then says nothing of the archive.
        examples: Questions offered before the first one; None for some out of the archive.
    """
    site = build_site(bot, None, examples) if bot else site_of(settings or Settings(), examples)
    outer = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(host: FastAPI) -> AsyncIterator[Any]:
        # A mounted application is not told of start and end; the page's queue needs both.
        async with outer(host) as state, site.router.lifespan_context(site):
            yield state

    app.router.lifespan_context = lifespan
    app.mount(path.rstrip("/"), site)
