"""The identity provider: its keys, fetched when they are needed, and its tokens, checked."""

from asyncio import Lock
from time import monotonic
from typing import Any

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from bot.portal.access.refused import Refused
from corpus.errors import BylineError

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""Signatures with a pair of keys. One with a shared secret, or none at all, is no signature of the provider."""
SKEW = 60
"""Seconds by which clocks may differ."""
FRESH, AGAIN = 3600.0, 30.0
"""Seconds after which keys are fetched anew, and the least between two fetches for a key that is not known."""
TIMEOUT = 10.0


class Unreachable(BylineError):
    """The identity provider gives no answer."""


class Provider:
    """Checks tokens against the keys that an issuer publishes."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.metadata_url = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
        self._lock = Lock()
        self._keys = KeySet([])
        self._fetched = -FRESH

    async def claims(self, token: str, audience: str) -> dict[str, Any]:
        """What a token states.

        Raises:
            Refused: It is not a valid token of this issuer for this audience.
            Unreachable: The provider's keys cannot be fetched.
        """
        if monotonic() - self._fetched >= FRESH:
            await self._fetch(FRESH)
        try:
            return self._checked(token, audience)
        except (JoseError, ValueError):
            if monotonic() - self._fetched < AGAIN:
                raise Refused("The token is not valid here.") from None
        await self._fetch(AGAIN)  # the provider may have new keys
        try:
            return self._checked(token, audience)
        except (JoseError, ValueError):
            raise Refused("The token is not valid here.") from None

    def _checked(self, token: str, audience: str) -> dict[str, Any]:
        decoded = jwt.decode(token, self._keys, algorithms=ALGORITHMS)
        rule = jwt.JWTClaimsRegistry(
            leeway=SKEW,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
        )
        rule.validate(decoded.claims)
        return dict(decoded.claims)

    async def _fetch(self, age: float) -> None:
        async with self._lock:
            if monotonic() - self._fetched < age:
                return
            try:
                async with httpx.AsyncClient(timeout=TIMEOUT) as client:
                    described = (await client.get(self.metadata_url)).raise_for_status().json()
                    if described["issuer"] != self.issuer:
                        raise Unreachable(f"the identity provider calls itself another issuer than {self.issuer!r}")
                    keys = (await client.get(described["jwks_uri"])).raise_for_status().json()
                self._keys = KeySet.import_key_set(keys)
            except (httpx.HTTPError, KeyError, ValueError, TypeError, JoseError) as error:
                raise Unreachable("The identity provider cannot be reached. Ask again in a moment.") from error
            self._fetched = monotonic()
