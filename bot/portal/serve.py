"""A site of its own: settings to a server that runs until it is interrupted."""

import logging
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from threading import Thread

from fastapi import FastAPI

from bot.bot import Bot
from bot.create import create_bot
from bot.portal.access.chosen import access_of
from bot.portal.access.middleware import Access
from bot.portal.listen import listen
from bot.portal.operations.logs import log_json
from bot.portal.server import DrainingServer
from bot.portal.site import build_site
from bot.settings import Settings
from bot.ui.archive_summary import Describe, describe_index
from bot.ui.desk import desk_of
from bot.ui.offered import Offered
from corpus.errors import BylineError
from index.question import Question

logger = logging.getLogger(__name__)

LEAVING_SECONDS = 10.0
"""How long the process waits for threads that are in native code: Python aborts when they outlive it."""


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
        SettingsError: The address cannot be listened on; raised before any model is loaded.
    """
    if settings.log == "json":
        log_json()
    with listen(host, port) as listener:
        site = site_of(settings, examples)
        shown = f"[{host}]" if ":" in host else host
        sys.stderr.write(f"Byline is at http://{shown}:{listener.getsockname()[1]}{root_path}/\n")
        desk = site.state.portal.bot
        with suppress(KeyboardInterrupt):
            DrainingServer(site, desk, settings.shutdown_seconds, root_path).run([listener])
        desk.wait_until_idle(LEAVING_SECONDS)


def site_of(settings: Settings, examples: Sequence[str] | None = None, access: Access | None = None) -> FastAPI:
    """The site over the index that the settings name, which is opened in the background meanwhile."""
    access = access or access_of(settings)  # what makes no sense is reported before a model is loaded
    bot = create_bot(settings, wait=False)
    offered = Offered(bot, bot.index).questions if bot.index and examples is None else None
    describe = partial(describe_index, settings.folder, offered)
    Thread(target=warm_up, args=(bot, describe)).start()  # no daemon: Python waits for it before it ends
    return build_site(bot, describe, examples, settings, access, desk_of(settings, bot))


def warm_up(bot: Bot, describe: Describe) -> None:
    """Loads the models and the index, and has questions to begin with worked out, before the first visitor comes."""
    try:
        bot.answer(Question("What is the latest news?"))
        describe(None)
    except BylineError as error:  # visitors are shown calmer words
        logger.warning("there is nothing to answer from yet: %s", error)
