"""Settings of the page's appearance; part of `Settings`."""

import re
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings


def _accent(typed: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", typed):
        raise PydanticCustomError("accent", "write a colour like #9f1d20")
    return typed.lower()


class PageSettings(BaseSettings):
    """How the page looks, and whether it has an operator's page."""

    name: str = Field("Byline", min_length=1, max_length=60, description="What the page is called.")
    logo: Path | None = Field(
        None, description="An image beside the name: PNG, JPEG, GIF, WebP or SVG, 100 kB at most."
    )
    accent: Annotated[str, AfterValidator(_accent)] | None = Field(
        None, description="The colour of marks and links, like #9f1d20."
    )
    welcome: str | None = Field(None, max_length=300, description="A line above the first question.")
    operator: bool = Field(False, description="Whether there is a page at /operator, for callers who may do all.")
