"""An identity provider: real HTTP, real keys, real tokens; it signs in everyone as Ada."""

import base64
import hashlib
import secrets
from time import time
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "byline", "the client's secret"


class Issuer:
    """The provider and what it has seen."""

    def __init__(self) -> None:
        self.address = ""
        self.key = RSAKey.generate_key(2048, {"kid": "first"})
        self.claims: dict[str, Any] = {"preferred_username": "ada", "groups": ["desk", "ops"]}
        self.issued: dict[str, dict[str, str]] = {}
        self.fetched = 0
        self.app = FastAPI()
        self.app.get("/.well-known/openid-configuration")(self._metadata)
        self.app.get("/jwks")(self._jwks)
        self.app.get("/authorize")(self._authorize)
        self.app.post("/token")(self._token)

    def token(self, key: RSAKey | OctKey | None = None, algorithm: str = "RS256", **claims: Any) -> str:
        """A token of the provider, unless another key signs it, with these claims in the place of good ones."""
        good = {"iss": self.address, "aud": "news", "sub": "1", "exp": int(time()) + 300, **self.claims}
        stated = {name: value for name, value in (good | claims).items() if value is not None}
        signing = key or self.key
        return jwt.encode({"alg": algorithm, "kid": signing.kid}, stated, signing)

    def _metadata(self) -> dict[str, Any]:
        self.fetched += 1
        at = self.address
        return {
            "issuer": at,
            "authorization_endpoint": f"{at}/authorize",
            "token_endpoint": f"{at}/token",
            "jwks_uri": f"{at}/jwks",
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def _jwks(self) -> dict[str, Any]:
        return {"keys": [self.key.as_dict(private=False)]}

    def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        code = secrets.token_hex(8)
        self.issued[code] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    def _token(self, request: Request, code: str = Form(), code_verifier: str = Form()) -> Response:
        asked = self.issued.pop(code, None)
        digest = base64.urlsafe_b64encode(hashlib.sha256(code_verifier.encode()).digest()).rstrip(b"=").decode()
        basic = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET.replace(' ', '+')}".encode()).decode()
        known = request.headers.get("authorization", "").startswith("Basic ") or basic
        if not asked or asked["code_challenge"] != digest or not known:
            return JSONResponse({"error": "invalid_grant"}, 400)
        id_token = self.token(aud=CLIENT, nonce=asked["nonce"], iat=int(time()))
        return JSONResponse({"access_token": "opaque", "token_type": "Bearer", "id_token": id_token})
