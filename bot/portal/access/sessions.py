"""Sign-ins of people at the page, in a signed cookie."""

import secrets
from hashlib import sha256

from starlette.middleware.sessions import SessionMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.settings import Settings

COOKIE = "byline_session"
_HOST = "byline.host_session"


class SessionsMiddleware:
    """A cookie for the site's own path, which only https carries where the site is reached by https.

    The session of a host application is set aside: neither is read or changed in place of the other.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._settings = settings
        self._secret = _secret(settings)
        self._by_place: dict[tuple[str, bool], SessionMiddleware] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles a connection."""
        scope = dict(scope)
        if "session" in scope:
            scope[_HOST] = scope.pop("session")
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        place = (scope.get("root_path", "").rstrip("/") or "/", scope.get("scheme") == "https")
        if place not in self._by_place:
            self._by_place[place] = SessionMiddleware(
                self.app,
                self._secret,
                COOKIE,
                max_age=int(self._settings.session_hours * 3600),
                path=place[0],
                https_only=place[1],
            )
        await self._by_place[place](scope, receive, send)


def as_host_saw(scope: Scope) -> Scope:
    """A copy of a request's ASGI scope with the host's own session, or none if the host has none."""
    seen = {name: value for name, value in scope.items() if name not in ("session", _HOST)}
    return {**seen, "session": scope[_HOST]} if _HOST in scope else seen


def _secret(settings: Settings) -> str:
    """Made with the password too, so that a new one ends all sign-ins."""
    own = settings.session_secret.get_secret_value() if settings.session_secret else secrets.token_hex(32)
    password = settings.password.get_secret_value() if settings.password else ""
    return sha256(f"{own}\n{password}".encode()).hexdigest()
