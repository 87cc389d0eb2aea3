"""Connections to public addresses only."""

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
    """The address is not allowed."""


class CheckedTransport(httpx.AsyncBaseTransport):
    """Resolves a host name once and connects to the very IP address that was checked.

    So a name that resolves to another address after the check cannot reach the private network.
    """

    def __init__(self, exempt: Collection[Place]) -> None:
        """Prepares the pool.

        Args:
            exempt: Hosts and ports that may be in the private network.
        """
        self._exempt = exempt
        # Connections are not reused: they are pooled by IP address, and one address may serve many hosts.
        self._inner = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_keepalive_connections=0))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Tries the host's IP addresses in turn."""
        host, port = place_of(request.url)
        failure: httpx.TransportError = httpx.ConnectError("the host has no address")
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
                f"has the private address {private[0]}; if that is meant to be, name {host}:{port} as a source"
                " and add --allow-private"
            )
        return machines


def place_of(url: httpx.URL) -> Place:
    """The host as it is resolved, and the port."""
    return url.raw_host.decode("ascii"), url.port or _PORTS.get(url.scheme, 0)


def _sent_to(machine: str, request: httpx.Request) -> httpx.Request:
    """The request for that IP address. The host stays in its headers, and its certificate is checked."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=machine),
        headers=request.headers,
        extensions={**request.extensions, "sni_hostname": request.url.raw_host.decode("ascii")},
    )
