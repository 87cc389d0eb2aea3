"""All settings, read from the environment here and nowhere else."""

import re
from pathlib import Path
from typing import Annotated, Literal, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationInfo
from pydantic_core import PydanticCustomError
from pydantic_settings import SettingsConfigDict

from bot.page_settings import PageSettings
from bot.portal_settings import PortalSettings

Caution = Literal["low", "medium", "high"]
"""How readily to decline for want of evidence."""
Unsupported = Literal["held back", "marked"]
"""How to treat a model's sentence that no passage supports."""
Style = Literal["prose", "quotes"]
"""Whether a model writes the answer, or only chooses the sentences to quote."""


def _base_url(typed: str) -> str:
    """An address without a key in it: addresses are logged and shown, keys are not."""
    parts = urlsplit(typed)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise PydanticCustomError("address", "write it like http://127.0.0.1:8080/v1")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise PydanticCustomError(
            "address", "leave user, password and ?query out of it; a key goes into BYLINE_LLM_API_KEY"
        )
    return typed.rstrip("/")


def _key(typed: SecretStr) -> SecretStr:
    value = typed.get_secret_value().strip()
    if not value.isascii() or not value.isprintable() or " " in value:
        raise PydanticCustomError("key", "a key has no spaces, line breaks or accents; copy it again")
    return SecretStr(value)


def _reply(tokens: int, others: ValidationInfo) -> int:
    if others.data.get("llm_context", 2 * tokens) < 2 * tokens:
        raise PydanticCustomError("room", "it may be half of BYLINE_LLM_CONTEXT at most; the passages need the rest")
    return tokens


def _style(typed: object) -> object:
    if typed not in get_args(Style):
        named = {"typed": repr(typed), "choices": " or ".join(get_args(Style))}
        raise PydanticCustomError("style", "{typed} is not a style; write {choices}", named)
    return typed


def _contact(typed: str) -> str:
    """It goes into a header, in parentheses."""
    if not re.fullmatch(r"[^\s@()]+@[^\s@()]+|https?://[^\s()]+", typed) or not typed.isascii() or len(typed) > 200:
        raise PydanticCustomError("contact", "write a mail address, or a web address that starts with https://")
    return typed


class Settings(PortalSettings, PageSettings):
    """Byline's settings; each is read from an environment variable, BYLINE_INDEX for `index` and so on."""

    model_config = SettingsConfigDict(
        env_prefix="BYLINE_",
        env_file=None,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    index: Path = Field(Path("byline-index"), description="The folder of the index.")
    contact: Annotated[str, AfterValidator(_contact)] | None = Field(
        None, description="A mail or web address, sent to the sites that articles are fetched from."
    )
    feedback: Path | None = Field(
        None,
        description="The file that keeps what visitors make of answers: feedback.sqlite in the folder of the index "
        "unless set; off keeps none.",
    )
    caution: Caution = Field("medium", description="How readily to say that the archive does not answer.")
    max_sentences: int = Field(3, ge=1, le=6, description="The most sentences an answer quotes.")
    llm_base_url: Annotated[str, AfterValidator(_base_url)] | None = Field(
        None, description="The address of a server that speaks OpenAI's protocol; OpenAI's own if only a model is set."
    )
    llm_model: str | None = Field(None, description="The model; the server's first if only an address is set.")
    llm_api_key: Annotated[SecretStr, AfterValidator(_key)] | None = Field(None, description="The server's key.")
    llm_style: Annotated[Style, BeforeValidator(_style)] = Field(
        "prose", description="Whether the model writes the answer, or only chooses the sentences to quote."
    )
    llm_context: int = Field(4096, ge=1024, description="Tokens the model takes, prompt and reply together.")
    llm_reply: Annotated[int, AfterValidator(_reply)] = Field(
        600, ge=100, description="Tokens a reply may have; a model that thinks first needs more."
    )
    llm_first_seconds: float = Field(30.0, gt=0, le=600, description="How long to wait for a reply's first words.")
    llm_next_seconds: float = Field(15.0, gt=0, le=600, description="How long to wait for the next words.")
    unsupported: Unsupported = Field("held back", description="What becomes of sentences that no passage supports.")
