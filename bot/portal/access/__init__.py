"""Who may do what: one rule over the page, the API, files and streams."""

from bot.portal.access.caller import Caller, caller_of
from bot.portal.access.middleware import Access, AccessMiddleware

__all__ = ["Access", "AccessMiddleware", "Caller", "caller_of"]
