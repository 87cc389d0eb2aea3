"""The access rule, as one ASGI middleware over everything that the site serves."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.portal.access.caller import ADMIN, Caller, with_caller
from bot.portal.access.refused import Refused
from bot.portal.access.rule import needed
from bot.portal.operations.current_request import note_caller
from bot.portal.path import path_below
from bot.portal.problem import problem
from corpus.errors import BylineError

Method = Callable[[HTTPConnection], Awaitable[Caller | None]]
"""One way to know a caller: None where the request carries nothing of it; raises `Refused` where that is wrong."""
NO_ONE = Caller(scopes=frozenset())
"""Who asks for what anyone may see."""
CLOSED = (
    "This server answers its own machine only, because it is not set who may use it. "
    "Set BYLINE_PASSWORD, an API key or a sign-in (docs/portal.md), or BYLINE_OPEN=true to let everyone in."
)


@dataclass(frozen=True, slots=True)
class Access:
    """Who may use the site.

    Attributes:
        methods: The ways to know a caller, tried in this order.
        when_required: Whether callers have to say who they are, where that changes: with the first key.
        everyone: Whether those of other machines are let in where they do not have to.
        sign_in: Where to send a person who has to sign in, from the site's root path and the path they want.
    """

    methods: tuple[Method, ...] = ()
    when_required: Callable[[], bool] | None = None
    everyone: bool = False
    sign_in: Callable[[str, str], str] | None = None

    @property
    def is_required(self) -> bool:
        """Whether callers have to say who they are."""
        return self.when_required() if self.when_required else bool(self.methods)


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
            caller = await self._caller(HTTPConnection(scope)) if wanted else NO_ONE
        except Refused as refused:
            await _unknown(str(refused))(scope, receive, send)
        except BylineError as error:
            await problem(503, str(error), {"Retry-After": "10"})(scope, receive, send)
        else:
            if caller and (wanted is None or caller.may(wanted)):
                note_caller(caller)
                await self.app(with_caller(scope, caller), receive, send)
            else:
                await self._refusal(scope, caller, wanted)(scope, receive, send)

    async def _caller(self, connection: HTTPConnection) -> Caller | None:
        for method in self._access.methods:
            if caller := await method(connection):
                return caller
        if not self._access.is_required and (self._access.everyone or _is_own_machine(connection)):
            return Caller(scopes=ADMIN)
        return None

    def _refusal(self, scope: Scope, caller: Caller | None, wanted: str | None) -> Response:
        if caller:
            return problem(403, f"This needs the scope {wanted!r}, which you do not have.")
        if not self._access.is_required:
            return problem(403, CLOSED)
        if self._access.sign_in and scope["type"] == "http" and _is_page(scope):
            return RedirectResponse(self._access.sign_in(scope.get("root_path", "").rstrip("/"), _target(scope)), 303)
        return _unknown("Sign in, or send an API key (docs/portal.md).")


def _unknown(detail: str) -> Response:
    return problem(401, detail, {"WWW-Authenticate": 'Bearer realm="Byline"'})


def _is_page(scope: Scope) -> bool:
    return scope["method"] == "GET" and "text/html" in Headers(scope=scope).get("accept", "")


def _target(scope: Scope) -> str:
    query = scope.get("query_string", b"").decode("latin-1")
    return path_below(scope) + (f"?{query}" if query else "")


def _is_own_machine(connection: HTTPConnection) -> bool:
    try:
        return connection.client is not None and ip_address(connection.client.host).is_loopback
    except ValueError:
        return False
