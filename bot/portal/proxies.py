"""What proxies in front say of a request, believed only from those that are named."""

from collections.abc import Sequence

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

PROXIED = "byline.proxied"
"""In the ASGI scope: whether the request came through a named proxy."""
FORWARDED = frozenset(
    {b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-proto", b"x-forwarded-port"}
)


class ProxiesMiddleware:
    """Puts client, scheme and host that a named proxy reports in their places, and drops all others' claims.

    What comes after sees the truth in the usual places and no X-Forwarded header at all.
    """

    def __init__(self, app: ASGIApp, proxies: Sequence[str], dropped: Sequence[str] = ()) -> None:
        """Takes networks, and names of further headers that are dropped where they come from anyone else."""
        self.app = app
        self._believing = ProxyHeadersMiddleware(self._through_proxy, list(proxies))  # type: ignore[arg-type]
        self._dropped = FORWARDED | {name.encode() for name in dropped}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles a connection."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        scope = dict(scope)  # a host's own middlewares keep theirs
        if scope.get("client") and scope["client"][0] in self._believing.trusted_hosts:
            await self._believing(scope, receive, send)  # type: ignore[arg-type]
            return
        scope["headers"] = [(name, value) for name, value in scope["headers"] if name not in self._dropped]
        await self.app({**scope, PROXIED: False}, receive, send)

    async def _through_proxy(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        kept = [(name, value) for name, value in scope["headers"] if name not in FORWARDED]
        if host := headers.get(b"x-forwarded-host", b"").partition(b",")[0].strip():
            kept = [(name, value) for name, value in kept if name != b"host"] + [(b"host", host)]
        await self.app({**scope, "headers": kept, PROXIED: True}, receive, send)
