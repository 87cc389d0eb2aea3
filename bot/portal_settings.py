"""What can be set of a served site; part of `Settings`."""

from pydantic import Field
from pydantic_settings import BaseSettings


class PortalSettings(BaseSettings):
    """Who may use the site, and how it is served."""

    open: bool = Field(
        False, description="Whether other machines are answered where no one has to sign in. Without it only this one."
    )
    answers_at_once: int = Field(2, ge=1, le=64, description="Questions that are answered at the same time.")
    answers_waiting: int = Field(32, ge=0, le=128, description="Questions that may wait; one more is refused.")
