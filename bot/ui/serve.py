"""From a bot to a served site: the page and POST /api/ask, in one application."""

import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from threading import Thread

import uvicorn
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from bot.api import add_api
from bot.bot import Bot
from bot.create import create_bot
from bot.settings import Settings
from bot.ui.archive import Describe, describe_index
from bot.ui.listen import listen
from bot.ui.page import mount_page
from corpus.errors import BylineError
from index.question import Question

PATIENCE = 3
"""Seconds an interrupted server waits; every open page holds a connection, and would keep it waiting for ever."""


def serve(
    settings: Settings,
    host: str = "127.0.0.1",
    port: int = 7860,
    root_path: str = "",
    examples: Sequence[str] | None = None,
) -> None:
    """Serve the page and the API over the index that the settings name, until interrupted.

    Args:
        settings: Which index, and how to answer from it; there may be no index yet.
        host: The address to listen on.
        port: The port; 0 for any free one.
        root_path: The path a proxy puts before the site's own, and strips again.
        examples: Questions offered before the first one; None for some out of the archive.

    Raises:
        SettingsError: The address cannot be listened on; told before any model is loaded.
    """
    with listen(host, port) as listener:
        site = site_of(settings, examples)
        shown = f"[{host}]" if ":" in host else host
        sys.stderr.write(f"Byline is at http://{shown}:{listener.getsockname()[1]}{root_path}/\n")
        config = uvicorn.Config(site, root_path=root_path, log_level="warning", timeout_graceful_shutdown=PATIENCE)
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run([listener])


def site_of(settings: Settings, examples: Sequence[str] | None = None) -> FastAPI:
    """The site over the index that the settings name, which is opened in the background meanwhile."""
    bot = create_bot(settings)
    Thread(target=_warm, args=(bot,), daemon=True).start()
    return build_site(bot, partial(describe_index, settings.index), examples)


def build_site(bot: Bot, describe: Describe | None = None, examples: Sequence[str] | None = None) -> FastAPI:
    """The page at `/` and the API at `/api/ask`, complete in itself, to be served or mounted.

    Args:
        bot: Who answers.
        describe: What the page says of the archive, asked at each page load.
        examples: Questions offered before the first one; None for those of the archive.
    """
    site = FastAPI(title="Byline", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    # With no origin allowed here, gradio leaves its own habit: on any public host it lets every origin read.
    site.add_middleware(CORSMiddleware, allow_origins=())
    add_api(site, bot)
    mount_page(site, bot, describe, examples)
    return site


def _warm(bot: Bot) -> None:
    """Loads the models and the index, so that the first visitor need not wait for them."""
    with suppress(BylineError):  # whoever asks is told
        bot.answer(Question("What is the latest news?"))
