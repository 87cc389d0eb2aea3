"""S3, Google Cloud Storage and Azure, by obstore: it has conditional writes for all three, and needs nothing else."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import obstore
from obstore.exceptions import (
    AlreadyExistsError,
    BaseError,
    PermissionDeniedError,
    PreconditionError,
    UnauthenticatedError,
)
from obstore.store import from_url

from corpus.errors import BylineError, SettingsError
from index.storage.remote.store import LONGEST, PART, Listed, Replaced, Stored

SECONDS = timedelta(seconds=60)
"""How long one request may take, its bytes included."""
RETRIES = 4


class Objects:
    """The objects under a prefix of a bucket."""

    def __init__(self, url: str) -> None:
        """Reads credentials from the environment, as each provider's own tools name them."""
        self._url = url
        scheme, _, rest = url.partition("://")
        try:
            self._store = from_url(
                f"{'gs' if scheme == 'gcs' else scheme}://{rest}",
                client_options={
                    "timeout": SECONDS,
                    "connect_timeout": timedelta(seconds=10),
                    "allow_http": True,  # where an endpoint is set that starts with it
                },
                retry_config={"max_retries": RETRIES, "retry_timeout": 2 * SECONDS},
            )
        except (BaseError, ValueError, OSError) as error:
            raise SettingsError(f"{url!r} cannot be used: {_reason(error)}") from error

    def get(self, name: str) -> Stored | None:
        """A small file, or None where there is none."""
        with self._explained():
            try:
                found = obstore.get(self._store, name)
                if found.meta["size"] > LONGEST:
                    raise BylineError(f"{self._url}/{name} is {found.meta['size']:,} bytes long, which it cannot be")
                return Stored(bytes(found.bytes()), _version(found.meta))
            except FileNotFoundError:
                return None

    def read(self, name: str, start: int, end: int) -> bytes:
        """The bytes from start up to end."""
        with self._explained():
            return bytes(obstore.get_range(self._store, name, start=start, end=end))

    def put(self, name: str, data: bytes, replacing: Any = None) -> Any:
        """Writes a small file in place of the version that was seen."""
        with self._explained():
            try:
                return _version(obstore.put(self._store, name, data, mode=replacing or "create", use_multipart=False))
            except (AlreadyExistsError, PreconditionError) as error:
                raise Replaced(name) from error
            except FileNotFoundError as error:
                if replacing:
                    raise Replaced(name) from error
                raise

    def upload(self, path: Path, name: str) -> None:
        """Writes a file of any size; a part of it at a time."""
        with self._explained():
            obstore.put(self._store, name, path, chunk_size=PART, max_concurrency=4)

    def find(self, name: str) -> Listed | None:
        """What a listing would state of one file; None where there is none."""
        with self._explained():
            try:
                found = obstore.head(self._store, name)
            except FileNotFoundError:
                return None
            return Listed(found["size"], found["last_modified"])

    def listing(self, under: str) -> dict[str, Listed]:
        """All files whose names begin with a folder's."""
        with self._explained():
            return {
                found["path"]: Listed(found["size"], found["last_modified"])
                for page in obstore.list(self._store, under)
                for found in page
            }

    def remove(self, names: list[str]) -> None:
        """Removes files."""
        with self._explained():
            for name in names:
                with suppress(FileNotFoundError):
                    obstore.delete(self._store, name)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (PermissionDeniedError, UnauthenticatedError) as error:
            raise BylineError(f"{self._url!r} does not let us in: {_reason(error)}; check the credentials") from error
        except (BaseError, OSError) as error:
            raise BylineError(f"{self._url!r} fails: {_reason(error)}; check the address and the network") from error


def _version(meta: Any) -> dict[str, str]:
    """What names a version of an object; stores differ in which of the two they state."""
    return {kind: meta[kind] for kind in ("e_tag", "version") if meta[kind]}


def _reason(error: Exception) -> str:
    """The first line of what went wrong, without what a signed address or the XML behind it may hold."""
    line = next(iter(str(error).strip().splitlines()), type(error).__name__)
    return re.sub(r"\?\S*", "", line.partition(": <")[0])[:400]
