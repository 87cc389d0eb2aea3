"""The vectors of a generation, in Chroma: in a directory of the generation's folder, or in a collection of a server.

Chroma holds ids and vectors alone. Texts are in SQLite: Chroma indexes every document for substring search, which
makes rows 2.5 times as slow to add and the folder 5 times as large. Source: benchmarks/vector_store.py.
"""

import logging
import shutil
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexDamaged, IndexUnreachable
from index.storage.local_vectors import LocalVectors
from index.storage.served_vectors import ServedVectors, drop, forked, is_served
from index.storage.vector_server import VectorServer

log = logging.getLogger(__name__)

VECTORS = "chroma"
"""Where the vectors are in a generation's folder."""
HNSW = {"space": "cosine", "ef_construction": 100, "max_neighbors": 24, "ef_search": 500}
"""Finds .998 of the 100 nearest of 20,000 MiniLM vectors, Chroma's defaults .954. Source: benchmarks/vector_store.py"""
TRIED = 100
"""Vectors that are searched for when a store is tried out, and how many are found each time."""


class VectorStore:
    """The vectors of one generation, by id; safe to share between threads."""

    def __init__(
        self, folder: Path, *, create: bool = False, read_only: bool = False, server: VectorServer | None = None
    ) -> None:
        """Opens a store.

        Args:
            folder: Where it is, or the name of its collection.
            create: Whether it is new; then it is on the server, if there is one.
            read_only: Whether to leave its files as they are, bytes included; they may be on a read-only disk.
            server: Where collections are.

        Raises:
            IndexDamaged: It cannot be used.
            IndexUnreachable: The server that has it does not answer.
        """
        self._folder, self._is_final = folder, read_only
        self._counted: int | None = None
        self._home: LocalVectors | ServedVectors
        if (create and server) or is_served(folder):
            self._home = ServedVectors(folder, HNSW, server, create=create, read_only=read_only)
        else:
            self._home = LocalVectors(folder, HNSW, create=create, read_only=read_only)

    @property
    def _collection(self) -> Any:
        return self._home.collection

    def close(self) -> None:
        """Frees its memory, files and connections."""
        self._home.close()

    def settle(self, sampled: Sequence[str] = ()) -> None:
        """Ends the writing. Must be the first call on a store just opened.

        Args:
            sampled: Some of its ids; that they have their vectors is looked at whenever a served store is opened.
        """
        self._home.settle(sampled)

    def put(self, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Adds unit vectors, each in the place of one with the same id."""
        for first in range(0, len(ids), self._home.batch):
            batch = slice(first, first + self._home.batch)
            self._upsert(ids[batch], vectors[batch])
        if len(ids) == 1:  # Chroma writes no graph after a single change: each reader would, in the generation's files
            self._upsert(ids, vectors)

    def _upsert(self, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        self._home.run(lambda: self._collection.upsert(ids=list(ids), embeddings=vectors))

    def delete(self, ids: Sequence[str]) -> None:
        """Removes vectors."""
        for first in range(0, len(ids), self._home.batch):
            batch = list(ids[first : first + self._home.batch])
            self._home.run(partial(self._collection.delete, ids=batch))

    def vectors(self, ids: Sequence[str]) -> NDArray[np.float32]:
        """(len(ids), dimensions) vectors in the order of the ids, at least one, all of which must be known."""
        wanted = list(dict.fromkeys(ids))  # Chroma refuses repeated ids
        places: dict[str, int] = {}
        found: list[NDArray[np.float32]] = []
        for first in range(0, len(wanted), self._home.batch):
            batch = wanted[first : first + self._home.batch]
            got = self._home.run(partial(self._collection.get, ids=batch, include=["embeddings"]))
            places |= {name: len(places) + place for place, name in enumerate(got["ids"])}
            found.append(np.asarray(got["embeddings"], np.float32))
        if len(places) < len(wanted):
            raise IndexDamaged(f"{str(self._folder)!r} lacks vectors of its passages; run: byline rebuild --full")
        return np.concatenate(found)[[places[name] for name in ids]]

    def nearest(self, vector: NDArray[np.float32], top_k: int) -> list[tuple[str, float]]:
        """The ids nearest to a unit vector, with their cosine, best first."""
        top_k = min(top_k, self.count())
        return self._nearest(vector, top_k) if top_k > 0 else []

    def warm_up(self, dimensions: int) -> None:
        """Searches once: at its first search Chroma reads its graph, and other threads can go on meanwhile.

        Counting reads it too, and no other thread can go on.
        """
        self._nearest(np.full(dimensions, dimensions**-0.5, np.float32), 1)

    def _nearest(self, vector: NDArray[np.float32], top_k: int) -> list[tuple[str, float]]:
        found: Any = self._home.run(
            lambda: self._collection.query(query_embeddings=vector[None, :], n_results=top_k, include=["distances"])
        )
        return [(name, 1.0 - distance) for name, distance in zip(found["ids"][0], found["distances"][0], strict=True)]

    def try_out(self) -> None:
        """Searches for some of what it holds; what it returns does not count, only that it does."""
        found = self._home.run(lambda: self._collection.get(limit=TRIED, include=["embeddings"]))
        for vector in np.asarray(found["embeddings"], np.float32):
            self.nearest(vector, TRIED)

    def count(self) -> int:
        """The number of vectors."""
        if self._counted is None or not self._is_final:
            self._counted = self._home.run(lambda: int(self._collection.count()))
        return self._counted


def copied(source: Path, folder: Path, server: VectorServer | None) -> VectorStore | None:
    """A new store with the vectors of another; None where they must be read from there and put here.

    Args:
        source: The folder of the other.
        folder: Of the new one.
        server: Where the new one is to be; None for the folder itself.
    """
    if server and is_served(source):
        return VectorStore(folder, server=server) if forked(source, folder, server) else None
    if server or is_served(source):
        return None
    shutil.copytree(source, folder)
    return VectorStore(folder)


def clear(doomed: Path, server: VectorServer | None) -> None:
    """Removes a generation's folder and its collection; where the server cannot now, the name is kept for a sweep."""
    vectors = doomed / VECTORS
    try:
        if is_served(vectors):
            drop(vectors, server)
    except IndexUnreachable as error:
        log.warning("a collection that is no longer needed is dropped by a later rebuild: %s", error)
        for path in doomed.iterdir():
            if path != vectors:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        return
    except IndexDamaged as error:
        log.warning("a collection that is no longer needed may be left: %s", error)
    shutil.rmtree(doomed, ignore_errors=True)


def check_served(folder: Path, server: VectorServer | None) -> None:
    """Whether a server has the vectors that a generation's folder says it has; what is in the folder has checksums.

    Raises:
        IndexDamaged: It has not.
        IndexUnreachable: It does not answer.
    """
    if is_served(folder):
        with closing(VectorStore(folder, read_only=True, server=server)):
            pass
