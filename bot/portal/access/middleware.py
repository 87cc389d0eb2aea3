"""The access rule, as one ASGI middleware over everything that the site serves."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from ipaddress import ip_address

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.portal.access.caller import Caller, with_caller
from bot.portal.access.rule import needed
from bot.portal.path import path_below
from bot.portal.problem import problem

Method = Callable[[HTTPConnection], Awaitable[Caller | None]]
"""One way to know a caller: None where the request carries nothing of it.

Raises:
    Refused: It carries something that is wrong.
"""
CLOSED = (
    "This server answers its own machine only, because it is not set who may use it. "
    "Set BYLINE_PASSWORD, an API key or a sign-in (docs/portal.md), or BYLINE_OPEN=true to let everyone in."
)


class Refused(Exception):
    """What a request says of its sender is wrong; the message says how."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who may use the site.

    Attributes:
        methods: The ways to know a caller, tried in this order; without any, no one has to say who they are.
        everyone: Whether callers from other machines are let in where there is no method.
    """

    methods: tuple[Method, ...] = ()
    everyone: bool = False


class AccessMiddleware:
    """Lets a request through if its caller may do what it asks for, and refuses it otherwise."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self.app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles a connection; that of the server's own start and end passes."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        wanted = needed(path_below(scope))
        try:
            caller = await self._caller(HTTPConnection(scope))
        except Refused as refused:
            await problem(401, str(refused))(scope, receive, send)
            return
        if wanted is None or (caller and caller.may(wanted)):
            await self.app(with_caller(scope, caller or Caller(scopes=frozenset())), receive, send)
        elif caller:
            await problem(403, f"This needs the scope {wanted!r}, which you do not have.")(scope, receive, send)
        elif self._access.methods:
            await problem(401, "Say who you are.")(scope, receive, send)
        else:
            await problem(403, CLOSED)(scope, receive, send)

    async def _caller(self, connection: HTTPConnection) -> Caller | None:
        for method in self._access.methods:
            if caller := await method(connection):
                return caller
        if not self._access.methods and (self._access.everyone or _is_own_machine(connection)):
            return Caller(scopes=frozenset({"read", "ask", "admin"}))
        return None


def _is_own_machine(connection: HTTPConnection) -> bool:
    try:
        return connection.client is not None and ip_address(connection.client.host).is_loopback
    except ValueError:
        return False
