"""From a bot to a site: the page, the HTTP API and the rule who may use them, in one application."""

from collections.abc import Sequence
from dataclasses import replace

from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware

from bot.bot import Bot
from bot.portal.access.middleware import Access, AccessMiddleware
from bot.portal.access.sessions import SessionsMiddleware
from bot.portal.access.sign_in import add_sign_in
from bot.portal.api.archive_routes import add_archive
from bot.portal.api.ask import add_ask
from bot.portal.api.docs import add_docs
from bot.portal.api.problems import add_errors
from bot.portal.bodies import BodiesMiddleware
from bot.portal.embed.framing import admit_origins
from bot.portal.embed.script import add_embed
from bot.portal.faults import FaultsMiddleware
from bot.portal.mcp import add_mcp
from bot.portal.openai_api.routes import add_openai
from bot.portal.operations.health import add_health
from bot.portal.operations.observing import ObservingMiddleware
from bot.portal.operations.tracing import telemetry_of
from bot.portal.origins import OriginsMiddleware
from bot.portal.page_routes import only_what_the_page_needs
from bot.portal.portal import Part, Portal
from bot.portal.proxies import ProxiesMiddleware
from bot.portal.rate_limits import GuessesMiddleware, RatesMiddleware, rate_of
from bot.portal.reading import add_reading
from bot.portal.reply_headers import ReplyHeadersMiddleware
from bot.settings import Settings
from bot.ui.archive_summary import Describe
from bot.ui.brand import brand_of
from bot.ui.desk import Desk
from bot.ui.front import Front
from bot.ui.page import mount_page
from bot.ui.pages import add_pages
from bot.ui.suggested import Suggested

PARTS: tuple[Part, ...] = (
    add_ask, add_archive, add_sign_in, add_openai, add_docs, add_health, add_pages, add_reading, add_mcp, add_embed,
)  # fmt: skip
"""What is served beside the page. The access rule is over all of it: access/rule.py says which scope a path needs."""


def build_site(
    bot: Bot,
    describe: Describe | None = None,
    examples: Sequence[str] | None = None,
    settings: Settings | None = None,
    access: Access | None = None,
    desk: Desk | None = None,
) -> FastAPI:
    """The page at `/` and the API below `/api`, complete in itself, to be served or mounted.

    Args:
        bot: Who answers.
        describe: What the page says of the archive, asked at each page load.
        examples: Questions offered before the first one; None for those of the archive.
        settings: How the site is served; from the environment where it is not given.
        access: Who may use it; None for everyone who reaches it.
        desk: What the page has at hand besides the bot.

    Raises:
        SettingsError: The page cannot look as the settings say.
    """
    settings = settings or Settings()
    portal = Portal.over(bot, settings)
    telemetry = telemetry_of(portal.tracing)
    site = FastAPI(title="Byline", docs_url=None, redoc_url=None, openapi_url=None, telemetry=telemetry)
    site.state.portal = portal
    add_errors(site)
    for add in PARTS:
        add(site, portal)
    desk = desk or Desk()
    if portal.archive:
        desk = replace(desk, suggest=Suggested(portal.archive, lambda: portal.bot.is_idle).questions)
    mount_page(site, portal.bot, describe, examples, brand_of(portal.settings), desk)
    only_what_the_page_needs(site)
    _cover(site, portal, access or Access(everyone=True))
    return site


def _cover(site: FastAPI, portal: Portal, access: Access) -> None:
    """Puts over everything what holds for every request; the innermost comes first."""
    settings = portal.settings
    site.add_middleware(Front)
    site.add_middleware(GZipMiddleware, compresslevel=6)
    site.add_middleware(BodiesMiddleware)
    site.add_middleware(RatesMiddleware, rate=rate_of(settings.rate))
    site.add_middleware(AccessMiddleware, access=access)
    site.add_middleware(GuessesMiddleware, settings=settings)
    site.add_middleware(SessionsMiddleware, settings=settings)
    site.add_middleware(
        OriginsMiddleware,
        hosts=settings.hosts,
        origins=settings.embed_origins,
        is_for_own_machine=lambda: not access.everyone and not access.is_required,
    )
    admit_origins(site, settings.embed_origins)
    site.add_middleware(FaultsMiddleware)
    site.add_middleware(ReplyHeadersMiddleware)
    headers = [header for header in (settings.user_header, settings.groups_header) if header]
    site.add_middleware(ProxiesMiddleware, proxies=settings.proxies, dropped=headers)
    site.add_middleware(ObservingMiddleware, meters=portal.meters)
