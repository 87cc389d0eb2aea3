"""What can be set of models behind servers; part of `Settings`."""

from typing import Annotated, Literal, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationInfo
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings

Unsupported = Literal["held back", "marked"]
"""What becomes of a model's sentence that no passage supports."""
Style = Literal["prose", "quotes"]
"""Whether a model writes the answer, or only chooses the sentences that are quoted."""


def _base_url(typed: str, others: ValidationInfo) -> str:
    """Without a key in it: an address is logged and shown, a key is not."""
    parts = urlsplit(typed)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise PydanticCustomError("address", "write it like http://127.0.0.1:8080/v1")
    if parts.username or parts.password or parts.query or parts.fragment:
        key = f"BYLINE_{others.field_name}".upper().replace("BASE_URL", "API_KEY").replace("A_URL", "A_TOKEN")
        advice = "leave user, password and ?query out of it; a key goes into {key}"
        raise PydanticCustomError("address", advice, {"key": key})
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


def _served(address: str | None, others: ValidationInfo) -> str | None:
    if address and not others.data.get("embed_model"):
        raise PydanticCustomError("model", "set BYLINE_EMBED_MODEL too: the index keeps the name of its embedder")
    return address


BaseUrl = Annotated[str, AfterValidator(_base_url)]
Key = Annotated[SecretStr, AfterValidator(_key)]


class ModelSettings(BaseSettings):
    """The language model that writes answers, and the embedder that searches by meaning."""

    llm_base_url: BaseUrl | None = Field(
        None, description="The address of a server that speaks OpenAI's protocol; OpenAI's own if only a model is set."
    )
    llm_model: str | None = Field(None, description="The model; the server's first if only an address is set.")
    llm_api_key: Key | None = Field(None, description="The server's key.")
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
    embed_model: str | None = Field(
        None,
        max_length=200,
        description="The model that embeds, behind a server; unless set, the one that comes along.",
    )
    embed_base_url: Annotated[BaseUrl | None, AfterValidator(_served)] = Field(
        None, description="The address of a server that embeds as OpenAI's does; OpenAI's own if only a model is set."
    )
    embed_api_key: Key | None = Field(None, description="The embedding server's key.")
    embed_question_prefix: str = Field("", max_length=500, description="What the model wants before a question.")
    embed_passage_prefix: str = Field("", max_length=500, description="What the model wants before a passage.")
    embed_batch: int = Field(32, ge=1, le=2048, description="Passages in a request to the embedding server.")
    embed_at_once: int = Field(4, ge=1, le=64, description="Requests to the embedding server at the same time.")
    embed_seconds: float = Field(30.0, gt=0, le=600, description="How long the embedding server may take to reply.")
