"""How often one user, key or address may ask, and how often one address may guess."""

from time import time

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.portal.access.caller import caller_of
from bot.portal.access.sign_in import sign_in_page
from bot.portal.path import path_below
from bot.portal.problem import problem
from bot.settings import Settings
from corpus.errors import SettingsError

GUESSES = parse("20/minute")
OTHERS = 20
"""How many times as often as questions anything else may be requested."""
ASKING = ("/api/v1/ask", "/api/ask", "/v1/chat/completions", "/gradio_api/queue/join")
FREE = ("/assets/", "/static/", "/api/v1/docs/files/", "/healthz", "/readyz")
"""What costs next to nothing."""


def rate_of(written: str) -> RateLimitItem:
    """A rate as people write it.

    Raises:
        SettingsError: It is none.
    """
    try:
        return parse(written)
    except ValueError:
        raise SettingsError(f"BYLINE_RATE: {written!r} is no rate; write it like 60/minute") from None


class RatesMiddleware:
    """Counts the requests of a caller the access rule knows; within one process."""

    def __init__(self, app: ASGIApp, rate: RateLimitItem) -> None:
        self.app = app
        self._asking = rate
        self._others = type(rate)(rate.amount * OTHERS, rate.multiples)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles a connection."""
        path = path_below(scope) if scope["type"] == "http" else ""
        if not path or path.startswith(FREE):
            await self.app(scope, receive, send)
            return
        caller, address = caller_of(scope), (scope.get("client") or ("",))[0]
        asks = scope["method"] == "POST" and path.rstrip("/") in ASKING
        limit, kind = (self._asking, "ask") if asks else (self._others, "other")
        who = f"{caller.how} {caller.name or address}"
        if not await self._limiter.hit(limit, kind, who):
            reset = (await self._limiter.get_window_stats(limit, kind, who)).reset_time
            refusal = problem(429, f"More than {limit} of these requests; wait a moment.", _later(reset))
            await refusal(scope, receive, send)
            return
        await self.app(scope, receive, send)


class GuessesMiddleware:
    """Stops an address that sends one wrong password, key or token after the other."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._settings = settings
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles a connection."""
        if scope["type"] != "http" or not _names_someone(scope):
            await self.app(scope, receive, send)
            return
        address = (scope.get("client") or ("",))[0]
        if not await self._limiter.test(GUESSES, address):
            reset = (await self._limiter.get_window_stats(GUESSES, address)).reset_time
            await self._refusal(scope, reset)(scope, receive, send)
            return
        wrong = False

        async def noting(message: Message) -> None:
            nonlocal wrong
            wrong = wrong or message.get("status") == 401
            await send(message)

        await self.app(scope, receive, noting)
        if wrong:
            await self._limiter.hit(GUESSES, address)

    def _refusal(self, scope: Scope, reset: float) -> ASGIApp:
        """The page to sign in for a person who sent its form; a problem for programs."""
        if _is_form(scope) and "text/html" in Headers(scope=scope).get("accept", ""):
            return sign_in_page(Request(scope), self._settings, "/", "often", 429, **_later(reset))
        return problem(429, "Too many wrong passwords, keys or tokens; wait a moment.", _later(reset))


def _is_form(scope: Scope) -> bool:
    return (scope["method"], path_below(scope)) == ("POST", "/sign-in")


def _names_someone(scope: Scope) -> bool:
    return "authorization" in Headers(scope=scope) or _is_form(scope)


def _later(reset: float) -> dict[str, str]:
    return {"Retry-After": str(max(1, round(reset - time())))}
