"""Settings of a served site; part of `Settings`."""

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode

SHORTEST = 12
"""The least characters of a shared password, and of the secret of sessions."""


def _listed(typed: object) -> object:
    """A list separated by commas."""
    return tuple(part.strip() for part in typed.split(",") if part.strip()) if isinstance(typed, str) else typed


def _network(typed: str) -> str:
    try:
        ip_network(typed)
    except ValueError:
        raise PydanticCustomError("network", "write addresses or networks, as 127.0.0.1,10.1.0.0/16") from None
    return typed


def _origins(typed: object) -> object:
    """Origins separated by spaces or commas; each goes into a header, so anything else is refused."""
    if not isinstance(typed, str):
        return typed
    origins = tuple(part.rstrip("/").lower() for part in re.split(r"[\s,]+", typed) if part)
    for origin in origins:
        if not re.fullmatch(r"https?://(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d{1,5})?", origin):
            raise PydanticCustomError(
                "origin", "{origin} is not an origin; write it like https://intranet.example", {"origin": repr(origin)}
            )
    return origins


def _issuer(typed: str) -> str:
    parts = urlsplit(typed)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise PydanticCustomError("issuer", "write it like https://login.example/realms/news")
    return typed


def _secret(typed: SecretStr) -> SecretStr:
    if len(typed.get_secret_value()) < SHORTEST:
        raise PydanticCustomError("short", f"it has fewer than {SHORTEST} characters; take a longer one")
    return typed


def _header(typed: str) -> str:
    if not typed.replace("-", "").isalnum() or not typed.isascii():
        raise PydanticCustomError("header", "write the name of a header, as X-Forwarded-User")
    return typed.lower()


Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)]
Networks = Annotated[tuple[Annotated[str, AfterValidator(_network)], ...], NoDecode, BeforeValidator(_listed)]
Secret = Annotated[SecretStr, AfterValidator(_secret)]
Header = Annotated[str, AfterValidator(_header)]


class PortalSettings(BaseSettings):
    """Who may use the site, and how it is served. docs/portal.md and docs/operate.md explain each."""

    open: bool = Field(
        False, description="Whether other machines are answered where no one has to sign in. Without it only this one."
    )
    password: Secret | None = Field(None, description="A password that all users share.")
    keys: Path | None = Field(None, description="The file of API keys; keys.sqlite in the index unless set.")
    proxies: Networks = Field((), description="Addresses of proxies in front, whose X-Forwarded headers count.")
    user_header: Header | None = Field(None, description="The header in which those proxies name the user.")
    groups_header: Header | None = Field(None, description="The header in which they list the user's groups.")
    oidc_issuer: Annotated[str, AfterValidator(_issuer)] | None = Field(
        None, description="The identity provider, whose tokens are accepted."
    )
    oidc_audience: str | None = Field(None, description="The audience that its tokens must name.")
    oidc_client_id: str | None = Field(None, description="Byline's name there, to let people sign in at the page.")
    oidc_client_secret: SecretStr | None = Field(None, description="Byline's secret there.")
    groups_claim: str = Field("groups", description="The claim that lists a user's groups.")
    admin_groups: Names = Field((), description="Groups whose members may see /metrics.")
    session_secret: Secret | None = Field(
        None, description="What sign-ins are signed with; without it they end when the server does."
    )
    session_hours: float = Field(12, gt=0, le=720, description="How long a sign-in lasts.")
    hosts: Names = Field((), description="The host names under which the site is reached; any unless set.")
    rate: str = Field("60/minute", description="Questions of one user, key or address.")
    answers_at_once: int = Field(2, ge=1, le=64, description="Questions that are answered at the same time.")
    answers_waiting: int = Field(32, ge=0, le=128, description="Questions that may wait; one more is refused.")
    embed_origins: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_origins)] = Field(
        (), description="Other origins whose pages may frame the site or call it, separated by spaces."
    )
    shutdown_seconds: float = Field(30, ge=0, le=600, description="How long a stopping server finishes its answers.")
    ready_hours: float | None = Field(
        None, gt=0, description="An index older than this makes /readyz fail; no index is too old unless set."
    )
    log: Literal["text", "json"] = Field("text", description="Whether logs are for people or for programs.")
    log_questions: bool = Field(False, description="Whether logs for programs and spans hold what is asked.")
    audit: Path | None = Field(None, description="The file where it is noted who asked what; none unless set.")
