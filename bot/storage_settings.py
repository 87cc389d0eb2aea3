"""What can be set of where the index is; part of `Settings`."""

from pathlib import Path
from typing import Annotated

from platformdirs import user_cache_path
from pydantic import AfterValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings

from bot.model_settings import BaseUrl, Key
from index.storage.remote.place import Origin, Place, is_url
from index.storage.vector_server import VectorServer


def _name(typed: str) -> str:
    if not typed.replace("-", "").replace("_", "").replace(".", "").isalnum() or not typed.isascii():
        raise PydanticCustomError("name", "write a name of letters, digits, dots, hyphens and underscores")
    return typed


def _index(typed: Path | str) -> Path | str:
    """A URL as it is; the folder that is meant by any other words."""
    if not is_url(str(typed)):
        return Path(typed)
    try:
        Origin.at(str(typed), Path())
    except ValueError as error:
        raise PydanticCustomError("index", "{reason}", {"reason": str(error)}) from None
    return typed


def _beside_a_folder(typed: str | None, others: ValidationInfo) -> str | None:
    if typed and isinstance(others.data.get("index"), str):
        raise PydanticCustomError("both", "the index is at a URL and holds its vectors; leave one of the two unset")
    return typed


Name = Annotated[str, AfterValidator(_name)]


class StorageSettings(BaseSettings):
    """Where the index is, and its vectors."""

    index: Annotated[Path | str, AfterValidator(_index)] = Field(
        Path("byline-index"), description="The folder of the index, or its URL: s3://, gs://, az://, sftp://, file://."
    )
    cache: Path = Field(
        user_cache_path("byline"), description="The folder for copies of an index at a URL; the user's own unless set."
    )
    chroma_url: Annotated[BaseUrl | None, AfterValidator(_beside_a_folder)] = Field(
        None, description="The address of a Chroma server that holds the vectors; the index's folder unless set."
    )
    chroma_token: Key | None = Field(None, description="The token that it wants: of Chroma Cloud, the API key.")
    chroma_tenant: Name = Field("default_tenant", description="The tenant at the Chroma server.")
    chroma_database: Name = Field("default_database", description="The tenant's database.")
    chroma_seconds: float = Field(30.0, gt=0, le=600, description="How long the Chroma server may take to reply.")

    @property
    def place(self) -> Place:
        """Where the index is."""
        return Origin.at(self.index, self.cache) if isinstance(self.index, str) else self.index

    @property
    def folder(self) -> Path:
        """The folder that the index is opened in."""
        return self.place.copy if isinstance(self.place, Origin) else self.place

    @property
    def vector_server(self) -> VectorServer | None:
        """The Chroma server; None where vectors are in the index's folder."""
        if not self.chroma_url:
            return None
        token = self.chroma_token.get_secret_value() if self.chroma_token else None
        return VectorServer(self.chroma_url, token, self.chroma_tenant, self.chroma_database, self.chroma_seconds)
