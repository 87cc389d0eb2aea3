"""What can be set of where the index is; part of `Settings`."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings

from bot.model_settings import BaseUrl, Key
from index.storage.vector_server import VectorServer


def _name(typed: str) -> str:
    if not typed.replace("-", "").replace("_", "").replace(".", "").isalnum() or not typed.isascii():
        raise PydanticCustomError("name", "write a name of letters, digits, dots, hyphens and underscores")
    return typed


Name = Annotated[str, AfterValidator(_name)]


class StorageSettings(BaseSettings):
    """Where the index is, and its vectors."""

    index: Path = Field(Path("byline-index"), description="The folder of the index.")
    chroma_url: BaseUrl | None = Field(
        None, description="The address of a Chroma server that holds the vectors; the index's folder unless set."
    )
    chroma_token: Key | None = Field(None, description="The token that it wants: of Chroma Cloud, the API key.")
    chroma_tenant: Name = Field("default_tenant", description="The tenant at the Chroma server.")
    chroma_database: Name = Field("default_database", description="The tenant's database.")
    chroma_seconds: float = Field(30.0, gt=0, le=600, description="How long the Chroma server may take to reply.")

    @property
    def vector_server(self) -> VectorServer | None:
        """The Chroma server; None where vectors are in the index's folder."""
        if not self.chroma_url:
            return None
        token = self.chroma_token.get_secret_value() if self.chroma_token else None
        return VectorServer(self.chroma_url, token, self.chroma_tenant, self.chroma_database, self.chroma_seconds)
