"""From a bot to a site: the page, the HTTP API and the rule who may use them, in one application."""

from collections.abc import Sequence

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from bot.bot import Bot
from bot.portal.access import Access, AccessMiddleware
from bot.portal.api.ask import add_api
from bot.portal.openai_api.routes import add_openai
from bot.portal.portal import Part, Portal
from bot.settings import Settings
from bot.ui.archive import Describe
from bot.ui.page import mount_page

PARTS: tuple[Part, ...] = (add_api, add_openai)
"""What is served beside the page. The access rule is over all of it: access/rule.py says which scope a path needs."""


def build_site(
    bot: Bot,
    describe: Describe | None = None,
    examples: Sequence[str] | None = None,
    settings: Settings | None = None,
    access: Access | None = None,
) -> FastAPI:
    """The page at `/` and the API below `/api`, complete in itself, to be served or mounted.

    Args:
        bot: Who answers.
        describe: What the page says of the archive, asked at each page load.
        examples: Questions offered before the first one; None for those of the archive.
        settings: How the site is served; from the environment where it is not given.
        access: Who may use it; None for everyone who reaches it.
    """
    site = FastAPI(title="Byline", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    portal = Portal(bot, settings or Settings())
    for add in PARTS:
        add(site, portal)
    mount_page(site, bot, describe, examples)
    site.add_middleware(AccessMiddleware, access=access or Access(everyone=True))
    # With no origin allowed here, gradio leaves its own habit: on any public host it lets every origin read.
    site.add_middleware(CORSMiddleware, allow_origins=())
    return site
