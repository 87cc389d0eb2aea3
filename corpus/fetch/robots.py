"""What sites allow: their robots.txt, read once each, as RFC 9309 defines it."""

from collections.abc import Awaitable, Callable
from urllib.parse import urljoin

import httpx
from protego import Protego

from corpus.fetch.reply import NONE, Reply, Unfetched, Validators
from corpus.fetch.transport import Refused
from corpus.read.decode import decode
from corpus.read.file import Unreadable

LARGEST_ROBOTS = 1024**2
"""Bytes of a robots.txt; RFC 9309 requires half as many."""

Ask = Callable[[str, Validators, int], Awaitable[Reply]]
"""Fetches an address, up to a number of bytes."""


class Robots:
    """The rules of the sites asked so far."""

    def __init__(self, ask: Ask, redirects: int) -> None:
        self._ask = ask
        self._redirects = redirects
        self._known: dict[str, Protego | Unfetched] = {}

    async def rules(self, address: str) -> Protego:
        """The rules of an address's site.

        Raises:
            Unfetched: The site forbids everything, or cannot be asked for now.
        """
        place = urljoin(address, "/robots.txt")
        if place not in self._known:
            try:
                self._known[place] = Protego.parse(await self._text(place))
            except Unfetched as error:
                self._known[place] = error
        rules = self._known[place]
        if isinstance(rules, Unfetched):
            raise rules
        return rules

    async def _text(self, address: str) -> str:
        """Everything is allowed where there is no robots.txt, nothing where the server fails."""
        try:
            reply = await self._followed(address)
        except Unfetched as error:
            if error.passing or isinstance(error, Refused):
                raise
            raise Unfetched(f"is on a site whose robots.txt {error}") from error
        if reply.status >= httpx.codes.INTERNAL_SERVER_ERROR or reply.status == httpx.codes.TOO_MANY_REQUESTS:
            raise Unfetched(f"is on a site whose robots.txt is not available ({reply.status})", passing=True)
        try:
            return decode(reply.data) if reply.data else ""
        except Unreadable:
            return ""

    async def _followed(self, address: str) -> Reply:
        for _ in range(self._redirects):
            reply = await self._ask(address, NONE, LARGEST_ROBOTS)
            if reply.onward is None:
                return reply
            address = reply.onward
        return await self._ask(address, NONE, LARGEST_ROBOTS)
