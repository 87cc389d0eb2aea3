"""The plain pages of a site: the archive, its state, and the operator's page."""

from fastapi import FastAPI

from bot.portal.portal import Portal
from bot.ui.archive_page import add_archive
from bot.ui.brand import brand_of
from bot.ui.operator_page import add_operator
from bot.ui.plain_pages import add_state, add_style
from bot.ui.states import Lookout


def add_pages(site: FastAPI, portal: Portal) -> None:
    """Add the pages on a bot's archive; for a bot without one, only the style and the state."""
    brand = brand_of(portal.settings)
    add_style(site, brand)
    bot = portal.archive
    if not bot or not bot.index:
        add_state(site, None)
        return
    lookout = Lookout(bot.index)
    add_state(site, lookout)
    add_archive(site, bot.index.path, brand)
    if portal.settings.operator:
        add_operator(site, bot, bot.index.path, lookout, brand)
