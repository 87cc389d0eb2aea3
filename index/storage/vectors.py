"""Vectors on disk: one Chroma directory a generation, written by one process, once.

Chroma holds ids and vectors alone. Texts stand in SQLite: Chroma indexes every document for substring search, which
makes rows 2.5 times as slow to add and the folder 5 times as large. Source: benchmarks/vector_store.py.

Chroma writes to its database whenever it opens one, so readers open a private copy of that beside links to the graph.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from threading import Lock
from time import time
from typing import TYPE_CHECKING, Any
from weakref import finalize

import numpy as np
from numpy.typing import NDArray

from corpus.errors import BylineError, IndexDamaged
from index.storage.locks import LOCK_EX, LOCK_NB, LOCK_SH, flock
from index.storage.obstacles import obstacle

if TYPE_CHECKING:
    from chromadb.api.client import Client

COLLECTION = "passages"
HNSW = {"space": "cosine", "ef_construction": 100, "max_neighbors": 24, "ef_search": 500}
"""Finds .998 of the 100 nearest of 20,000 MiniLM vectors, Chroma's defaults .954. Source: benchmarks/vector_store.py"""
SYNC_THRESHOLD = 1000
BATCH = 2048
DATABASE = "chroma.sqlite3"
COPY, HELD = "byline-vectors-", "held"
TRIED = 100
"""Vectors that are searched for when a store is tried out, and how many are found each time."""
ABANDONED = 3600.0
"""Seconds after which a private copy that no process holds is removed: its process was killed."""
MEMORY = Path("/dev/shm")
"""Where the private copy of the database goes when the temporary folder takes none; Linux has it."""

_clients = Lock()
"""Chroma keeps its clients in a dictionary that two threads may not change at once."""


class VectorStore:
    """The vectors of one generation, by id."""

    def __init__(self, folder: Path, *, create: bool = False, read_only: bool = False) -> None:
        """Opens a store.

        Args:
            folder: Where it is.
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
                self._client = _client(opened)
            stack.callback(self._close_client)
            with self._explained():
                self._collection = self._create() if create else self._client.get_collection(COLLECTION, None)
            self._opened = stack.pop_all()

    def close(self) -> None:
        """Frees its memory and files."""
        self._opened.close()

    def _close_client(self) -> None:
        with _clients:
            self._client.close()

    def settle(self) -> None:
        """Writes the last rows into the graph; otherwise every reader would do so anew when it opens.

        Must be the first call on a store just opened: Chroma takes the threshold up only then.
        """
        with self._explained():
            self._collection.modify(configuration=_synced_after(2))
            self._collection.count()
            self._collection.modify(configuration=_synced_after(SYNC_THRESHOLD))

    def put(self, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Adds unit vectors, each in the place of one with the same id."""
        for first in range(0, len(ids), BATCH):
            batch = slice(first, first + BATCH)
            with self._explained():
                self._collection.upsert(ids=list(ids[batch]), embeddings=vectors[batch])
        if len(ids) == 1:  # Chroma writes no graph after a single change: each reader would, in the generation's files
            with self._explained():
                self._collection.upsert(ids=list(ids), embeddings=vectors)

    def delete(self, ids: Sequence[str]) -> None:
        """Removes vectors."""
        for first in range(0, len(ids), BATCH):
            with self._explained():
                self._collection.delete(ids=list(ids[first : first + BATCH]))

    def vectors(self, ids: Sequence[str]) -> NDArray[np.float32]:
        """(len(ids), dimensions) vectors in the order of the ids, at least one, all of which must be known."""
        wanted = list(dict.fromkeys(ids))  # Chroma refuses repeated ids
        with self._explained():
            found = self._collection.get(ids=wanted, include=["embeddings"])
        places = {name: place for place, name in enumerate(found["ids"])}
        if len(places) < len(wanted):
            raise IndexDamaged(f"{str(self._folder)!r} lacks vectors of its passages; run: byline rebuild --full")
        return np.asarray(found["embeddings"], np.float32)[[places[name] for name in ids]]

    def nearest(self, vector: NDArray[np.float32], top_k: int) -> list[tuple[str, float]]:
        """The ids nearest to a unit vector, with their cosine, best first."""
        with self._explained():
            top_k = min(top_k, self._collection.count())
            if top_k <= 0:
                return []
            found: Any = self._collection.query(
                query_embeddings=vector[None, :], n_results=top_k, include=["distances"]
            )
        return [(name, 1.0 - distance) for name, distance in zip(found["ids"][0], found["distances"][0], strict=True)]

    def try_out(self) -> None:
        """Searches for some of what it holds; what it returns does not count, only that it does."""
        with self._explained():
            found = self._collection.get(limit=TRIED, include=["embeddings"])
        for vector in np.asarray(found["embeddings"], np.float32):
            self.nearest(vector, TRIED)

    def count(self) -> int:
        """The number of vectors."""
        with self._explained():
            return self._collection.count()

    def _create(self) -> Any:
        configuration: Any = {"hnsw": {**HNSW, "sync_threshold": SYNC_THRESHOLD}}
        return self._client.create_collection(COLLECTION, configuration=configuration, embedding_function=None)

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
