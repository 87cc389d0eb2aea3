"""Vectors in a folder of this machine: one Chroma directory a generation, written by one process, once.

Chroma writes to its database whenever it opens one, so readers open a private copy of that beside links to the graph.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from threading import Lock
from time import time
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import finalize

from corpus.errors import BylineError, IndexDamaged
from index.storage.locks import LOCK_EX, LOCK_NB, LOCK_SH, flock
from index.storage.obstacles import obstacle

if TYPE_CHECKING:
    from chromadb.api.client import Client

T = TypeVar("T")

COLLECTION = "passages"
SYNC_THRESHOLD = 1000
BATCH = 2048
DATABASE = "chroma.sqlite3"
COPY, HELD = "byline-vectors-", "held"
ABANDONED = 3600.0
"""Seconds after which a private copy that no process holds is removed: its process was killed."""
MEMORY = Path("/dev/shm")
"""Where the private copy of the database goes when the temporary folder takes none; Linux has it."""

_clients = Lock()
"""Chroma keeps its clients in a dictionary that two threads may not change at once."""


class LocalVectors:
    """The collection in a folder."""

    batch = BATCH

    def __init__(self, folder: Path, hnsw: dict[str, Any], *, create: bool, read_only: bool) -> None:
        """Opens it.

        Args:
            folder: Where it is.
            hnsw: How a new one's graph is made.
            create: Whether it is new.
            read_only: Whether to leave its files as they are, bytes included; they may be on a read-only disk.
        """
        self._folder, self._writes = folder, not read_only
        with ExitStack() as stack:
            opened = folder
            if read_only:
                opened = _private_copy(folder)
                # Also at the end of a process that closes nothing.
                stack.callback(finalize(self, shutil.rmtree, opened, ignore_errors=True))
                stack.enter_context(_held(opened))
            with _clients, self._explained():
                self._client: Any = _client(opened)
            stack.callback(self._close_client)
            configuration: Any = {"hnsw": {**hnsw, "sync_threshold": SYNC_THRESHOLD}}
            with self._explained():
                self.collection: Any = (
                    self._client.create_collection(COLLECTION, configuration=configuration, embedding_function=None)
                    if create
                    else self._client.get_collection(COLLECTION, None)
                )
            self._opened = stack.pop_all()

    def close(self) -> None:
        """Frees its memory and files."""
        self._opened.close()

    def _close_client(self) -> None:
        with _clients:
            self._client.close()

    def settle(self, sampled: Sequence[str]) -> None:
        """Writes the last rows into the graph; otherwise every reader would do so anew when it opens.

        Must be the first call on a store just opened: Chroma takes the threshold up only then. The checksums of its
        files make a sample needless.
        """
        with self._explained():
            self.collection.modify(configuration=_synced_after(2))
            self.collection.count()
            self.collection.modify(configuration=_synced_after(SYNC_THRESHOLD))

    def run(self, call: Callable[[], T]) -> T:
        """What a call to Chroma returns.

        Raises:
            IndexDamaged: It failed, and the files are to blame.
            BylineError: It failed, and the machine is to blame.
        """
        with self._explained():
            return call()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Chroma's errors in our words."""
        from chromadb.errors import ChromaError

        try:
            yield
        except (KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as error:  # a panic of Chroma's is no Exception
            if not isinstance(error, ChromaError | ValueError) and type(error).__name__ != "PanicException":
                raise
            message = f"the vectors in {str(self._folder)!r} cannot be used ({error})"
            if why := obstacle(error, self._folder, writes=self._writes):
                raise BylineError(f"{message}: {why}") from error
            raise IndexDamaged(f"{message}; run: byline rebuild --full") from error


def _private_copy(folder: Path) -> Path:
    """A new folder that Chroma may write to, in memory where the temporary folder takes none.

    Raises:
        OSError: The database is not there.
        BylineError: There is no room for a copy of it.
    """
    (folder / DATABASE).stat()
    failures = []
    for choose in (gettempdir, lambda: MEMORY):
        copy = None
        try:
            place = Path(choose())  # where all are full, that fails
            _sweep(place)
            copy = Path(mkdtemp(prefix=COPY, dir=place))
            _copy(folder, copy)
        except OSError as error:
            failures.append(str(error))
            if copy:
                shutil.rmtree(copy, ignore_errors=True)
        else:
            return copy
    raise BylineError(
        f"searching needs a copy of {str(folder / DATABASE)!r}, and there is no place for it ({'; '.join(failures)}); "
        "free some space, or name another folder in TMPDIR"
    )


@contextmanager
def _held(copy: Path) -> Iterator[None]:
    """Keeps a private copy from being swept; the kernel lets go when the process ends, however it ends."""
    with (copy / HELD).open("wb") as file:
        flock(file.fileno(), LOCK_SH)
        yield


def _sweep(place: Path) -> None:
    """Removes the private copies that killed processes left."""
    for copy in place.glob(f"{COPY}*"):
        with suppress(OSError), (copy / HELD).open("rb") as file:
            if time() - copy.stat().st_mtime > ABANDONED:
                flock(file.fileno(), LOCK_EX | LOCK_NB)
                shutil.rmtree(copy, ignore_errors=True)


def _copy(folder: Path, copy: Path) -> None:
    """Copies the database, and links the graph, which is only read."""
    (copy / HELD).touch()
    shutil.copyfile(folder / DATABASE, copy / DATABASE)
    for path in folder.iterdir():
        if path.is_dir():
            (copy / path.name).symlink_to(path.absolute(), target_is_directory=True)


def _synced_after(rows: int) -> Any:
    """The configuration under which Chroma writes its graph to disk after so many rows."""
    return {"hnsw": {"sync_threshold": rows, "batch_size": min(rows, 100)}}


def _client(folder: Path) -> "Client":
    import chromadb
    from chromadb.config import Settings

    client: Any = chromadb.PersistentClient(_as_utf8(folder), settings=Settings(anonymized_telemetry=False))
    return client  # type: ignore[no-any-return]


def _as_utf8(folder: Path) -> str:
    """A path as Chroma reads it: in UTF-8, whatever encoding the environment asks for.

    Raises:
        BylineError: It cannot be written so.
    """
    try:
        return os.fsencode(folder).decode("utf-8")
    except UnicodeDecodeError as error:
        raise BylineError(
            f"the name of the folder {str(folder)!r} is no UTF-8, and the vectors cannot be kept there; "
            "name another one with --index or BYLINE_INDEX"
        ) from error
