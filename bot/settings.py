"""All settings, read from the environment here and nowhere else."""

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError
from pydantic_settings import SettingsConfigDict

from bot.model_settings import ModelSettings
from bot.page_settings import PageSettings
from bot.portal_settings import PortalSettings
from bot.storage_settings import StorageSettings

Caution = Literal["low", "medium", "high"]
"""How readily to decline for want of evidence."""


def _contact(typed: str) -> str:
    """It goes into a header, in parentheses."""
    if not re.fullmatch(r"[^\s@()]+@[^\s@()]+|https?://[^\s()]+", typed) or not typed.isascii() or len(typed) > 200:
        raise PydanticCustomError("contact", "write a mail address, or a web address that starts with https://")
    return typed


class Settings(PortalSettings, PageSettings, ModelSettings, StorageSettings):
    """Byline's settings; each is read from an environment variable, BYLINE_INDEX for `index` and so on."""

    model_config = SettingsConfigDict(
        env_prefix="BYLINE_",
        env_file=None,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    contact: Annotated[str, AfterValidator(_contact)] | None = Field(
        None, description="A mail or web address, sent to the sites that articles are fetched from."
    )
    feedback: Path | None = Field(
        None,
        description="The file that keeps what visitors make of answers: feedback.sqlite in the folder of the index "
        "unless set, nothing beside an index at a URL; off keeps none.",
    )
    caution: Caution = Field("medium", description="How readily to say that the archive does not answer.")
    max_sentences: int = Field(3, ge=1, le=6, description="The most sentences an answer quotes.")
