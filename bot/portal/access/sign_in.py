"""Where people sign in: with the shared password, or at the identity provider."""

from hmac import compare_digest
from html import escape
from typing import Any
from urllib.parse import parse_qs, quote

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth
from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from httpx import HTTPError
from joserfc.errors import JoseError

from bot.portal.access.caller import Caller
from bot.portal.access.methods import groups_of, person, user_of
from bot.portal.access.provider import Provider
from bot.portal.portal import Portal
from bot.portal.problem import problem
from bot.settings import Settings

GROUPS_KEPT = 40
"""Groups of a user that the cookie holds."""
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Byline: sign in</title><style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 22rem; margin: 15vh auto; padding: 0 1rem }}
input, button {{ font: inherit; padding: .5rem; width: 100%; box-sizing: border-box; margin: .25rem 0 }}
</style><h1>Byline</h1>{message}{ways}</html>"""
PASSWORD = """<form method="post" action="sign-in"><input type="hidden" name="next" value="{next}">
<label>Password <input type="password" name="password" autocomplete="current-password" autofocus required></label>
<button>Sign in</button></form>"""
PROVIDER = """<p><a href="sign-in/start?next={next}">Sign in with your organisation's account</a></p>"""
NEITHER = "<p>There is no way to sign in at this page: it is for programs with an API key.</p>"


def add_sign_in(site: FastAPI, portal: Portal) -> None:
    """Adds the page to sign in, and what ends a sign-in."""
    settings = portal.settings
    password = settings.password.get_secret_value() if settings.password else ""

    @site.get("/sign-in", include_in_schema=False)
    def page(request: Request) -> Response:
        return _page(settings, _next(request.query_params.get("next")))

    @site.post("/sign-in", include_in_schema=False)
    async def enter(request: Request) -> Response:
        fields = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=10)
        target, typed = _next(fields.get("next", [""])[0]), fields.get("password", [""])[0]
        if not password or not compare_digest(typed.encode(), password.encode()):
            return _page(settings, target, "The password is wrong.", 401)
        _begin(request, Caller("", "password"))
        return RedirectResponse(_root(request) + target, 303)

    @site.post("/sign-out", include_in_schema=False)
    def leave(request: Request) -> Response:
        request.session.clear()
        return RedirectResponse(f"{_root(request)}/sign-in", 303)

    if has_provider(settings):
        _add_provider(site, settings)


def has_sign_in(settings: Settings) -> bool:
    """Whether people can sign in at the page."""
    return settings.password is not None or has_provider(settings)


def has_provider(settings: Settings) -> bool:
    """Whether they can do so at an identity provider."""
    return bool(settings.oidc_issuer and settings.oidc_client_id)


def sign_in_address(root: str, target: str) -> str:
    """Where to send a person who has to sign in first."""
    return f"{root}/sign-in?next={quote(target, safe='/')}"


def _add_provider(site: FastAPI, settings: Settings) -> None:
    assert settings.oidc_issuer
    secret = settings.oidc_client_secret.get_secret_value() if settings.oidc_client_secret else None
    client: Any = OAuth().register(
        "provider",
        client_id=settings.oidc_client_id,
        client_secret=secret,
        server_metadata_url=Provider(settings.oidc_issuer).metadata_url,
        client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256", "timeout": 10.0},
    )
    failures = (AuthlibBaseError, HTTPError, JoseError, KeyError, ValueError)

    @site.get("/sign-in/start", include_in_schema=False)
    async def start(request: Request) -> Response:
        request.session.clear()
        request.session["next"] = _next(request.query_params.get("next"))
        back = f"{str(request.base_url).rstrip('/')}/sign-in/done"
        try:
            reply: Response = await client.authorize_redirect(request, back)
        except failures:
            return problem(503, "The identity provider cannot be reached. Try again in a moment.")
        return reply

    @site.get("/sign-in/done", include_in_schema=False)
    async def done(request: Request) -> Response:
        target = _next(request.session.get("next"))
        try:
            claims = (await client.authorize_access_token(request))["userinfo"]
        except failures:
            return _page(settings, target, "The sign-in did not succeed. Please try again.", 401)
        if claims.get("iss") != settings.oidc_issuer:
            return _page(settings, target, "The sign-in came from another issuer.", 401)
        _begin(request, person(user_of(claims), "session", groups_of(claims, settings)[:GROUPS_KEPT], settings))
        return RedirectResponse(_root(request) + target, 303)


def _begin(request: Request, caller: Caller) -> None:
    request.session.clear()
    request.session["caller"] = {
        "name": caller.name,
        "scopes": sorted(caller.scopes),
        "groups": list(caller.groups),
    }


def _page(settings: Settings, target: str, message: str = "", status: int = 200) -> Response:
    ways = PASSWORD.format(next=escape(target)) if settings.password else ""
    ways += PROVIDER.format(next=escape(quote(target, safe="/"))) if has_provider(settings) else ""
    alert = f'<p role="alert">{escape(message)}</p>' if message else ""
    return HTMLResponse(PAGE.format(message=alert, ways=ways or NEITHER), status)


def _next(typed: object) -> str:
    """A path of this site to go on with, and nothing that leads elsewhere, as two slashes or a backslash do."""
    is_path = isinstance(typed, str) and typed.startswith("/") and typed[1:2] not in {"/", "\\"}
    return typed if isinstance(typed, str) and is_path and typed.isprintable() and len(typed) < 500 else "/"


def _root(request: Request) -> str:
    return str(request.scope.get("root_path", "")).rstrip("/")
