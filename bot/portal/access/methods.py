"""The ways to know who sends a request: each a function of the connection."""

from base64 import b64decode
from hmac import compare_digest

from starlette.requests import HTTPConnection

from bot.portal.access.caller import ADMIN, PERSON, Caller
from bot.portal.access.keys import PREFIX, KeyFile
from bot.portal.access.provider import Provider
from bot.portal.access.refused import Refused
from bot.portal.proxies import PROXIED
from bot.settings import Settings
from bot.threads import on_thread


def person(name: str, how: str, groups: tuple[str, ...], settings: Settings) -> Caller:
    """A person with the scopes that their groups give them."""
    scopes = ADMIN if set(groups) & set(settings.admin_groups) else PERSON
    return Caller(name, how, scopes, groups)  # type: ignore[arg-type]


class ByKey:
    """`Authorization: Bearer byline_...`."""

    def __init__(self, keys: KeyFile) -> None:
        self._keys = keys

    async def __call__(self, connection: HTTPConnection) -> Caller | None:
        """The key's holder."""
        typed = bearer(connection)
        if not typed.startswith(f"{PREFIX}_"):
            return None
        caller = await on_thread(self._keys.caller, typed)
        if caller is None:
            raise Refused("This API key is not known, or was revoked.")
        return caller


class ByToken:
    """`Authorization: Bearer` and a token of the identity provider."""

    def __init__(self, provider: Provider, settings: Settings) -> None:
        self._provider = provider
        self._settings = settings

    async def __call__(self, connection: HTTPConnection) -> Caller | None:
        """The token's subject."""
        typed = bearer(connection)
        if not typed or typed.startswith(f"{PREFIX}_"):
            return None
        claims = await self._provider.claims(typed, self._settings.oidc_audience or "")
        return person(user_of(claims), "token", groups_of(claims, self._settings), self._settings)


class ByPassword:
    """HTTP Basic with the shared password and any user name."""

    def __init__(self, password: str) -> None:
        self._password = password.encode()

    async def __call__(self, connection: HTTPConnection) -> Caller | None:
        """Someone who knows the password."""
        scheme, _, typed = connection.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            name, _, password = b64decode(typed, validate=True).partition(b":")
        except ValueError:
            raise Refused("The Authorization header cannot be read.") from None
        if not compare_digest(password, self._password):
            raise Refused("The password is wrong.")
        return Caller(name.decode("utf-8", "replace")[:100], "password")


class ByProxy:
    """A header that a named proxy sets."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def __call__(self, connection: HTTPConnection) -> Caller | None:
        """The user that the proxy names."""
        if not connection.scope.get(PROXIED) or not self._settings.user_header:
            return None
        named = connection.headers.getlist(self._settings.user_header)
        if len(named) > 1:
            raise Refused("The proxy passes a user header of the client on; it has to overwrite it.")
        if not named or not named[0].strip():
            return None
        listed = ",".join(connection.headers.getlist(self._settings.groups_header or ""))
        groups = tuple(group.strip() for group in listed.split(",") if group.strip())
        return person(named[0].strip(), "proxy", groups, self._settings)


async def by_session(connection: HTTPConnection) -> Caller | None:
    """Someone who signed in at the page."""
    signed_in = connection.scope.get("session", {}).get("caller")
    if not signed_in:
        return None
    return Caller(signed_in["name"], "session", frozenset(signed_in["scopes"]), tuple(signed_in["groups"]))


def bearer(connection: HTTPConnection) -> str:
    """The bearer token of a request; empty if it has none."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def user_of(claims: dict[str, object]) -> str:
    """The name under which the provider knows a user."""
    return str(claims.get("preferred_username") or claims.get("email") or claims.get("sub") or "")


def groups_of(claims: dict[str, object], settings: Settings) -> tuple[str, ...]:
    """The groups that the provider puts a user in."""
    groups = claims.get(settings.groups_claim)
    return tuple(map(str, groups)) if isinstance(groups, list) else ()
