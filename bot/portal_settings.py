"""What can be set of a served site; part of `Settings`."""

from pydantic import Field
from pydantic_settings import BaseSettings


class PortalSettings(BaseSettings):
    """Who may use the site, and how it is served."""

    open: bool = Field(
        False, description="Whether other machines are answered where no one has to sign in. Without it only this one."
    )
