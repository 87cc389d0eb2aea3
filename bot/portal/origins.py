"""From which pages, and under which names, the site may be used by a browser."""

from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.portal.access.middleware import CLOSED
from bot.portal.access.rule import needed
from bot.portal.path import path_below
from bot.portal.problem import problem

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})


class OriginsMiddleware:
    """Refuses requests under a foreign host name, and those that another site's page has a browser send.

    The first keeps a name that is pointed at this machine from reading what only this machine may; the second keeps
    pages elsewhere from asking in a visitor's name.
    """

    def __init__(
        self, app: ASGIApp, hosts: Sequence[str], origins: Sequence[str], is_for_own_machine: Callable[[], bool]
    ) -> None:
        """Takes host names without a port, and origins besides the site's own.

        Without host names any will do, unless the site is for this machine alone.
        """
        self.app = app
        self._named = frozenset(host.lower() for host in hosts)
        self._is_for_own_machine = is_for_own_machine
        self._origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles a connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host, public = _without_port(headers.get("host", "")), needed(path_below(scope)) is None
        if self._named and host not in self._named and not public:
            named = "This site is not served under that host name; BYLINE_HOSTS lists those that are."
            await problem(400, named)(scope, receive, send)
        elif not self._named and host not in LOOPBACK and not public and self._is_for_own_machine():
            await problem(403, CLOSED)(scope, receive, send)
        elif scope["method"] not in HARMLESS and not self._is_from_own_page(headers):
            await problem(403, "A page of another site sent this; BYLINE_EMBED_ORIGINS lists those that may.")(
                scope, receive, send
            )
        else:
            await self.app(scope, receive, send)

    def _is_from_own_page(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        if origin is None or headers.get("sec-fetch-site") in {"same-origin", "none"}:
            return True  # no browser, or one that states it
        return origin.lower() in self._origins or urlsplit(origin).netloc == headers.get("host")


def _without_port(host: str) -> str:
    name, _, port = host.rpartition(":")
    return (name if name and port.isdecimal() else host).lower()
