"""Where people sign in: with the shared password, or at the identity provider."""

from hmac import compare_digest
from html import escape
from typing import Any, Literal
from urllib.parse import parse_qs, quote

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client.oauth2_client import httpx2  # what authlib sends with: httpx2, or else httpx
from authlib.integrations.starlette_client import OAuth
from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from joserfc.errors import JoseError

from bot.portal.access.caller import Caller
from bot.portal.access.methods import groups_of, person, user_of
from bot.portal.access.provider import Provider
from bot.portal.portal import Portal
from bot.settings import Settings
from bot.ui.language import spoken

GROUPS_KEPT = 40
"""Groups of a user that the cookie holds."""
PAGE = """<!doctype html><html lang="{code}" dir="{direction}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Byline: {title}</title><style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 22rem; margin: 15vh auto; padding: 0 1rem }}
input, button {{ font: inherit; padding: .5rem; width: 100%; box-sizing: border-box; margin: .25rem 0 }}
</style><h1><bdi>Byline</bdi></h1>{message}{ways}</html>"""
PASSWORD = """<form method="post" action="{root}/sign-in"><input type="hidden" name="next" value="{next}">
<label>{label} <input type="password" name="password" autocomplete="current-password" autofocus required></label>
<button>{enter}</button></form>"""
PROVIDER = """<p><a href="{root}/sign-in/start?next={next}">{label}</a></p>"""
Message = Literal["", "wrong", "often", "failed", "issuer", "unreachable"]
"""Why someone is not signed in yet, as in the catalogue of strings."""


def add_sign_in(site: FastAPI, portal: Portal) -> None:
    """Adds the page to sign in, and what ends a sign-in."""
    settings = portal.settings
    password = settings.password.get_secret_value() if settings.password else ""

    @site.get("/sign-in", include_in_schema=False)
    def page(request: Request) -> Response:
        return sign_in_page(request, settings, _next(request.query_params.get("next")))

    @site.post("/sign-in", include_in_schema=False)
    async def enter(request: Request) -> Response:
        fields = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=10)
        target, typed = _next(fields.get("next", [""])[0]), fields.get("password", [""])[0]
        if not password or not compare_digest(typed.encode(), password.encode()):
            return sign_in_page(request, settings, target, "wrong", 401)
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
    failures = (AuthlibBaseError, httpx2.HTTPError, JoseError, KeyError, ValueError)

    @site.get("/sign-in/start", include_in_schema=False)
    async def start(request: Request) -> Response:
        request.session.clear()
        target = request.session["next"] = _next(request.query_params.get("next"))
        back = f"{str(request.base_url).rstrip('/')}/sign-in/done"
        try:
            reply: Response = await client.authorize_redirect(request, back)
        except failures:
            return sign_in_page(request, settings, target, "unreachable", 503)
        return reply

    @site.get("/sign-in/done", include_in_schema=False)
    async def done(request: Request) -> Response:
        target = _next(request.session.get("next"))
        try:
            claims = (await client.authorize_access_token(request))["userinfo"]
        except failures:
            return sign_in_page(request, settings, target, "failed", 401)
        if claims.get("iss") != settings.oidc_issuer:
            return sign_in_page(request, settings, target, "issuer", 401)
        _begin(request, person(user_of(claims), "session", groups_of(claims, settings)[:GROUPS_KEPT], settings))
        return RedirectResponse(_root(request) + target, 303)


def _begin(request: Request, caller: Caller) -> None:
    request.session.clear()
    request.session["caller"] = {
        "name": caller.name,
        "scopes": sorted(caller.scopes),
        "groups": list(caller.groups),
    }


def sign_in_page(
    request: Request, settings: Settings, target: str = "/", message: Message = "", status: int = 200, **headers: str
) -> Response:
    """The page to sign in, in the visitor's language.

    Args:
        request: The visitor's.
        settings: The ways to sign in.
        target: A path of this site to go on with.
        message: Why the visitor is not signed in yet.
        status: The reply's.
        headers: Sent with it.
    """
    language = spoken(request.headers.get("accept-language"))
    say = {key: escape(language.say(f"sign_in.{key}")) for key in ("title", "password", "enter", "provider", "none")}
    root, ways = escape(_root(request)), ""
    if settings.password:
        ways += PASSWORD.format(root=root, next=escape(target), label=say["password"], enter=say["enter"])
    if has_provider(settings):
        ways += PROVIDER.format(root=root, next=escape(quote(target, safe="/")), label=say["provider"])
    alert = f'<p role="alert">{escape(language.say(f"sign_in.{message}"))}</p>' if message else ""
    page = PAGE.format(
        code=language.code,
        direction=language.direction,
        title=say["title"],
        message=alert,
        ways=ways or f"<p>{say['none']}</p>",
    )
    return HTMLResponse(page, status, {"Vary": "Accept-Language", **headers})


def _next(typed: object) -> str:
    """A path of this site to go on with, and nothing that leads elsewhere, as two slashes or a backslash do."""
    is_path = isinstance(typed, str) and typed.startswith("/") and typed[1:2] not in {"/", "\\"}
    return typed if isinstance(typed, str) and is_path and typed.isprintable() and len(typed) < 500 else "/"


def _root(request: Request) -> str:
    return str(request.scope.get("root_path", "")).rstrip("/")
