"""Fetches politely: obeys robots.txt, sends one request at a time, pauses between them, and limits sizes and times."""

import asyncio
from collections.abc import Collection
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from importlib.metadata import version
from time import monotonic
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpx
from anyio.from_thread import start_blocking_portal

from corpus.fetch.addresses import is_address
from corpus.fetch.reply import NONE, Reply, Unfetched, Validators, read_reply
from corpus.fetch.robots import Robots
from corpus.fetch.transport import CheckedTransport, place_of
from corpus.read.file import LARGEST_WHOLE, LONGEST_REASON, printable

AGENT = "byline"
TRIES = 3


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is fetched, and how fast.

    Attributes:
        pages: Pages of one feed or sitemap that are read in one run.
        sitemaps: Sitemaps that another one may name.
        pause: Seconds between two requests to a host, unless its robots.txt asks for more.
        longest_pause: The longest wait, in seconds, that a server may ask for.
        seconds: For one reply.
        whole_seconds: For one document, with its redirections, pauses, and repeated attempts.
        connect_seconds: For connecting.
        size: Bytes of one document.
        redirects: Redirections in a row.
    """

    pages: int = 1000
    sitemaps: int = 200
    pause: float = 1.0
    longest_pause: float = 60.0
    seconds: float = 60.0
    whole_seconds: float = 300.0
    connect_seconds: float = 10.0
    size: int = LARGEST_WHOLE
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """A fetched document.

    Attributes:
        address: Its final address, redirections followed.
        data: Its bytes.
        kind: Its media type as stated, in lower case; empty if none is.
        encoding: As stated.
        validators: To ask for a newer version with.
    """

    address: str
    data: bytes
    kind: str
    encoding: str | None
    validators: Validators


class Client:
    """Fetches documents one after another; a context that closes its connections."""

    def __init__(self, limits: Limits, own: Collection[str] = (), contact: str | None = None) -> None:
        """Prepares a client without connecting.

        Args:
            limits: How much, and how fast.
            own: Addresses whose hosts and ports may be in the private network.
            contact: Sent to every server, beside the name by which robots.txt knows this program.
        """
        self.limits = limits
        about = "; ".join(part for part in ("reads articles for an archive", contact) if part)
        self._agent = f"{AGENT}/{version('byline')} ({about})"
        self._exempt = {place_of(httpx.URL(address)) for address in own}
        self._portals = start_blocking_portal()  # a loop of its own: the caller may already run one
        self._closing = AsyncExitStack()
        self._robots = Robots(self._ask, limits.redirects)
        self._free: dict[str, float] = {}

    def __enter__(self) -> Self:
        """Opens the connections."""
        self._portal = self._portals.__enter__()
        self._http = self._portal.call(self._open)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes the connections."""
        self._portal.call(self._closing.aclose)
        self._portals.__exit__(kind, error, trace)

    def get(self, address: str, known: Validators | None = None) -> Fetched | None:
        """The document; None if it has not changed since the known version.

        Raises:
            Unfetched: It cannot be fetched.
        """
        return self._portal.call(self._get_in_time, address, known or NONE)

    async def _open(self) -> httpx.AsyncClient:
        client = httpx.AsyncClient(
            transport=CheckedTransport(self._exempt),
            headers={
                "User-Agent": self._agent,
                "Accept": "text/html, application/rss+xml, application/atom+xml, application/feed+json, */*;q=0.5",
                "Accept-Encoding": "gzip",
            },
            timeout=httpx.Timeout(self.limits.seconds, connect=self.limits.connect_seconds),
            trust_env=False,  # a proxy would resolve host names itself, and cannot be kept from private ones
        )
        return await self._closing.enter_async_context(client)

    async def _get_in_time(self, address: str, known: Validators) -> Fetched | None:
        try:
            async with asyncio.timeout(self.limits.whole_seconds):
                return await self._get(address, known)
        except TimeoutError as error:
            reason = f"did not come within {self.limits.whole_seconds:g} s, redirections and pauses included"
            raise Unfetched(reason, passing=True) from error

    async def _get(self, address: str, known: Validators) -> Fetched | None:
        for _ in range(self.limits.redirects + 1):
            await self._permitted(address, _host(address))
            reply = await self._insist(address, known)
            if reply.status == httpx.codes.NOT_MODIFIED and known != NONE:
                return None
            if reply.onward is None:
                return _document(address, reply)
            address = reply.onward
        raise Unfetched(f"leads through more than {self.limits.redirects} redirections")

    async def _insist(self, address: str, known: Validators) -> Reply:
        """Retries when the server says to."""
        for attempt in range(1, TRIES + 1):
            reply = await self._ask(address, known, self.limits.size)
            wait = reply.retry_after if reply.status in {429, 503} else None
            if wait is None or attempt == TRIES:
                break
            if wait > self.limits.longest_pause:
                raise Unfetched(f"is not to be asked for again for {wait:,.0f} s ({reply.status})", passing=True)
            await asyncio.sleep(wait)
        return reply

    async def _ask(self, address: str, known: Validators, size: int) -> Reply:
        host = _host(address)
        await asyncio.sleep(self._free.get(host, 0.0) - monotonic())
        try:
            async with (
                asyncio.timeout(self.limits.seconds),
                self._http.stream("GET", address, headers=known.headers()) as response,
            ):
                return await read_reply(response, size)
        except (TimeoutError, httpx.TimeoutException) as error:
            raise Unfetched(f"did not come within {self.limits.seconds:g} s", passing=True) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            reason = printable(" ".join(str(error).split()))[:LONGEST_REASON] or type(error).__name__
            raise Unfetched(f"cannot be fetched: {reason}", passing=True) from error
        finally:
            self._free[host] = monotonic() + self.limits.pause

    async def _permitted(self, address: str, host: str) -> None:
        """Returns once the address may be requested.

        Raises:
            Unfetched: It never may.
        """
        rules = await self._robots.rules(address)
        if not rules.can_fetch(address, AGENT):
            raise Unfetched("is closed to programs by the site's robots.txt")
        delay = rules.crawl_delay(AGENT) or 0.0
        if delay > self.limits.longest_pause:
            raise Unfetched(f"is on a site whose robots.txt asks for a pause of {delay:,.0f} s between requests")
        self._free[host] = self._free.get(host, 0.0) + max(0.0, delay - self.limits.pause)


def _host(address: str) -> str:
    """The host, whose requests are paced.

    Raises:
        Unfetched: The address has none.
    """
    with suppress(httpx.InvalidURL, ValueError):  # httpx takes some that the standard library does not
        if is_address(address) and urlsplit(address).hostname and (host := httpx.URL(address).host):
            return host
    raise Unfetched(f"leads to {printable(address)[:LONGEST_REASON]!r}, which is no web address")


def _document(address: str, reply: Reply) -> Fetched:
    if reply.status != httpx.codes.OK:
        raise reply.fault()
    kind, _, parameters = reply.headers.get("Content-Type", "").partition(";")
    _, _, encoding = parameters.partition("charset=")
    return Fetched(
        address, reply.data, kind.strip().lower(), encoding.strip(" \"';").split(";")[0] or None, reply.validators
    )
