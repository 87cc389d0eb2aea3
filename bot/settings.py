"""What can be set, read from the environment at the edge and nowhere else."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

Caution = Literal["low", "medium", "high"]
"""How readily an answer is declined for want of evidence."""


class Settings(BaseSettings):
    """Byline's settings; each is read from an environment variable, BYLINE_INDEX for `index` and so on."""

    model_config = SettingsConfigDict(env_prefix="BYLINE_", env_file=None, extra="ignore", frozen=True)

    index: Path = Field(Path("byline-index"), description="The folder of the index.")
    caution: Caution = Field("medium", description="How readily to say that the archive does not answer.")
    max_sentences: int = Field(3, ge=1, le=6, description="The most sentences an answer quotes.")
