"""What can be set of a served site; part of `Settings`."""

import re
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode


def _origins(typed: object) -> object:
    """Origins parted by spaces or commas; each goes into a header, so it is nothing but an origin."""
    if not isinstance(typed, str):
        return typed
    origins = tuple(part.rstrip("/").lower() for part in re.split(r"[\s,]+", typed) if part)
    for origin in origins:
        if not re.fullmatch(r"https?://(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d{1,5})?", origin):
            raise PydanticCustomError(
                "origin", "{origin} is not an origin; write it like https://intranet.example", {"origin": repr(origin)}
            )
    return origins


class PortalSettings(BaseSettings):
    """Who may use the site, and how it is served."""

    open: bool = Field(
        False, description="Whether other machines are answered where no one has to sign in. Without it only this one."
    )
    answers_at_once: int = Field(2, ge=1, le=64, description="Questions that are answered at the same time.")
    answers_waiting: int = Field(32, ge=0, le=128, description="Questions that may wait; one more is refused.")
    embed_origins: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_origins)] = Field(
        (), description="Other origins whose pages may frame the site or call it, parted by spaces."
    )
