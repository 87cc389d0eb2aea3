"""Connections that lead nowhere but where they may."""

import asyncio
import socket
from collections.abc import Collection

import httpx

from corpus.fetch.addresses import is_public
from corpus.fetch.reply import Unfetched

Place = tuple[str, int]
"""A host and a port."""

_PORTS = {"http": 80, "https": 443}


class Refused(Unfetched):
    """What was asked for stands where nothing may be asked."""


class CheckedTransport(httpx.AsyncBaseTransport):
    """Looks a host's name up once and connects to the very machine that was checked.

    A name that stands for one machine when it is checked and for another when it is used leads nowhere so.
    """

    def __init__(self, exempt: Collection[Place]) -> None:
        """Prepares for connections.

        Args:
            exempt: Hosts and ports that may be machines of the own network.
        """
        self._exempt = exempt
        # Connections are not kept: they go by machines, and one machine may serve many hosts.
        self._inner = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_keepalive_connections=0))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Tries the host's machines one after another."""
        host, port = place_of(request.url)
        failure: httpx.TransportError = httpx.ConnectError("it stands for no machine")
        for machine in await self._machines(host, port):
            try:
                return await self._inner.handle_async_request(_sent_to(machine, request))
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failure = error
        raise failure

    async def aclose(self) -> None:
        """Closes all connections."""
        await self._inner.aclose()

    async def _machines(self, host: str, port: int) -> list[str]:
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpx.ConnectError(f"the host {host!r} is not known") from error
        machines = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if (host, port) in self._exempt:
            return machines
        if private := [machine for machine in machines if not is_public(machine)]:
            raise Refused(
                f"stands at the private address {private[0]}; if that is meant to be, name {host}:{port} as a source"
                " and add --allow-private"
            )
        return machines


def place_of(url: httpx.URL) -> Place:
    """The host as it is looked up, and the port."""
    return url.raw_host.decode("ascii"), url.port or _PORTS.get(url.scheme, 0)


def _sent_to(machine: str, request: httpx.Request) -> httpx.Request:
    """The request for that machine. The host that was meant stays in its headers, and its certificate is checked."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=machine),
        headers=request.headers,
        extensions={**request.extensions, "sni_hostname": request.url.raw_host.decode("ascii")},
    )
