"""The former place of `bot.portal.serve` and `bot.portal.site`."""

from bot.portal.serve import serve
from bot.portal.site import build_site

__all__ = ["build_site", "serve"]
