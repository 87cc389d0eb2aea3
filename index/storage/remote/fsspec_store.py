"""Whatever else fsspec reaches: SFTP, a file server, a mounted folder."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from secrets import token_hex
from typing import Any

import fsspec

from corpus.errors import BylineError, SettingsError
from index.storage.remote.store import PART, Listed, Replaced, Stored

_MODIFIED = ("mtime", "created", "last_modified", "LastModified", "modified")
"""How file systems name the time of a file."""


class Files:
    """The files below a folder.

    A file system can write a file only where there is none, but cannot replace just the version that was seen: between
    the look and the renaming there is a moment. The lock of publish.py keeps publishers apart there.
    """

    def __init__(self, url: str) -> None:
        """Connects, where the file system needs it."""
        self._url = url
        try:
            options = {"host_key_policy": _known_hosts()} if url.lower().startswith(("sftp:", "ssh:")) else {}
            self._system, self._root = fsspec.url_to_fs(url, skip_instance_cache=True, **options)
        except ImportError as error:
            raise SettingsError(f"for {url!r} a package is missing: {error}") from error
        except ValueError as error:
            raise SettingsError(f"{url!r} names no store that is known: {error}") from error
        except Exception as error:  # the exceptions of file systems have no common base
            raise BylineError(f"{url!r} cannot be reached: {error}; check the address and the network") from error

    def get(self, name: str) -> Stored | None:
        """A small file, or None where there is none."""
        with self._explained():
            try:
                data: bytes = self._system.cat_file(self._path(name))
            except (FileNotFoundError, NotADirectoryError):
                return None
            return Stored(data, sha256(data).hexdigest())

    def read(self, name: str, start: int, end: int) -> bytes:
        """The bytes from start up to end."""
        with self._explained():
            data: bytes = self._system.cat_file(self._path(name), start=start, end=end)
            return data

    def put(self, name: str, data: bytes, replacing: Any = None) -> Any:
        """Writes a small file in place of the version that was seen."""
        with self._explained():
            path = self._path(name)
            self._system.makedirs(str(PurePosixPath(path).parent), exist_ok=True)
            if replacing is None:
                try:
                    with self._system.open(path, "xb") as file:
                        file.write(data)
                except FileExistsError as error:
                    raise Replaced(name) from error
            else:
                seen = self.get(name)
                if seen is None or seen.version != replacing:
                    raise Replaced(name)
                fresh = f"{path}.{token_hex(4)}.new"
                self._system.pipe_file(fresh, data)
                self._system.mv(fresh, path)
            return sha256(data).hexdigest()

    def upload(self, path: Path, name: str) -> None:
        """Writes a file of any size."""
        with self._explained():
            target = self._path(name)
            self._system.makedirs(str(PurePosixPath(target).parent), exist_ok=True)
            self._system.put_file(str(path), target, block_size=PART)

    def find(self, name: str) -> Listed | None:
        """What a listing would state of one file; None where there is none."""
        with self._explained():
            try:
                found = self._system.info(self._path(name))
            except (FileNotFoundError, NotADirectoryError):
                return None
            return Listed(found["size"], _modified(found))

    def listing(self, under: str) -> dict[str, Listed]:
        """All files whose names begin with a folder's."""
        with self._explained():
            self._system.invalidate_cache()
            found = self._system.find(self._path(under), detail=True)
            start = len(self._root.rstrip("/")) + 1
            return {path[start:]: Listed(one["size"], _modified(one)) for path, one in found.items()}

    def remove(self, names: list[str]) -> None:
        """Removes files, and folders that are then empty."""
        with self._explained():
            for name in names:
                with suppress(FileNotFoundError):
                    self._system.rm_file(self._path(name))
            folders = {str(folder) for name in names for folder in PurePosixPath(name).parents}
            for folder in sorted(folders - {"."}, key=len, reverse=True):
                with suppress(OSError, NotImplementedError):
                    self._system.rmdir(self._path(folder))

    def _path(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}"

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (BylineError, Replaced):
            raise
        except Exception as error:  # the exceptions of file systems have no common base
            raise BylineError(
                f"{self._url!r} fails ({type(error).__name__}: {error}); check the address and the network"
            ) from error


def _known_hosts() -> Any:
    """Lets in the hosts that the user's own ssh knows; fsspec would let any in."""
    from paramiko import HostKeys, MissingHostKeyPolicy, SSHException

    known = Path("~/.ssh/known_hosts").expanduser()

    class KnownHosts(MissingHostKeyPolicy):  # type: ignore[misc]
        def missing_host_key(self, client: Any, hostname: str, key: Any) -> None:
            if not (known.exists() and HostKeys(str(known)).check(hostname, key)):
                raise SSHException(f"the key of {hostname!r} is not in {str(known)!r}; connect once with ssh")

    return KnownHosts()


def _modified(found: dict[str, Any]) -> datetime:
    stated = next((found[name] for name in _MODIFIED if found.get(name)), None)
    if isinstance(stated, datetime):
        return stated if stated.tzinfo else stated.replace(tzinfo=UTC)
    return datetime.fromtimestamp(stated or 0, UTC)
