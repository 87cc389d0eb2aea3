"""Vectors in a collection of a Chroma server: `chroma run`, distributed Chroma, Chroma Cloud.

A generation's folder names its collection, which no other generation has; nothing but builds writes to it.
"""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexDamaged, IndexUnreachable
from index.storage.checksums import ADVICE
from index.storage.vector_server import VectorServer, connected, disconnect, explained, patiently

T = TypeVar("T")

POINTER = "server.json"
BATCH = 250
"""Chroma Cloud takes and gives 300 at once; Chroma's documentation advises 50 to 250."""
SAMPLED = 16
"""Vectors that are compared with what was written whenever a collection is opened."""
NEAR = 1e-5
"""How far their numbers may be off: the server scales vectors to length one by itself, some sooner than others."""
_COLLECTION = re.compile(r"byline-[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which collection is a generation's, and what is known of it.

    Attributes:
        collection: Its name.
        count: How many vectors it holds; -1 until it is complete.
        sampled: Some of them by id, as float32 in base 64.
    """

    collection: str
    count: int = -1
    sampled: dict[str, str] = field(default_factory=dict)

    @classmethod
    def new(cls, folder: Path) -> "Pointer":
        """A name that is written down before there is a collection, so that whatever is made can be found again."""
        folder.mkdir(exist_ok=True)
        pointer = cls(f"byline-{uuid4().hex}")
        pointer.write(folder)
        return pointer

    @classmethod
    def read(cls, folder: Path) -> "Pointer":
        """What a folder says.

        Raises:
            IndexDamaged: It names no collection of ours.
        """
        path = folder / POINTER
        try:
            stated = json.loads(path.read_text(encoding="utf-8"))
            pointer = cls(stated["collection"], stated["count"], dict(stated["sampled"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexDamaged(f"{str(path)!r} cannot be read ({error}); {ADVICE}") from error
        if not isinstance(pointer.collection, str) or not _COLLECTION.fullmatch(pointer.collection):
            raise IndexDamaged(f"{str(path)!r} names no collection; {ADVICE}")
        return pointer

    def write(self, folder: Path) -> None:
        """Writes it into a folder."""
        (folder / POINTER).write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")


def is_served(folder: Path) -> bool:
    """Whether the vectors of this folder are on a server."""
    return (folder / POINTER).exists()


class ServedVectors:
    """A collection of a server."""

    batch = BATCH

    def __init__(
        self, folder: Path, hnsw: dict[str, Any], server: VectorServer | None, *, create: bool, read_only: bool
    ) -> None:
        """Connects.

        Args:
            folder: Which names the collection.
            hnsw: How a new one's graph is made.
            server: Where it is.
            create: Whether it is new.
            read_only: Whether it must be complete.
        """
        self._folder = folder
        self._pointer = Pointer.new(folder) if create else Pointer.read(folder)
        self._server = known(server, self._pointer)
        self._client = connected(self._server)
        try:
            self.collection: Any = self.run(lambda: self._create(hnsw) if create else self._found())
            if read_only:
                self._check()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Ends its connections."""
        disconnect(self._client)

    def settle(self, sampled: Sequence[str]) -> None:
        """Writes down how the collection can be recognised."""
        count = self.run(lambda: int(self.collection.count()))
        found = self._vectors(sampled)
        written = {name: b64encode(vector.astype("<f4").tobytes()).decode() for name, vector in found.items()}
        Pointer(self._pointer.collection, count, written).write(self._folder)

    def run(self, call: Callable[[], T]) -> T:
        """What a call to Chroma returns, after several attempts where connections break.

        Raises:
            IndexDamaged: The collection is not there.
            IndexUnreachable: The server does not do it.
        """
        with explained(self._server, f"the collection {self._pointer.collection!r}"):
            return patiently(call)

    def _create(self, hnsw: dict[str, Any]) -> Any:
        return self._client.create_collection(
            self._pointer.collection,
            configuration={"hnsw": hnsw},
            embedding_function=None,
            get_or_create=True,  # where the reply to a first attempt was lost
        )

    def _found(self) -> Any:
        return self._client.get_collection(self._pointer.collection, None)

    def _check(self) -> None:
        count = self.run(lambda: int(self.collection.count()))
        if count != self._pointer.count or not self._has_sampled():
            raise IndexDamaged(
                f"the collection {self._pointer.collection!r} at {self._server.place} is damaged: it has {count:,} "
                f"vectors in place of {self._pointer.count:,}, or others than were written; {ADVICE}"
            )

    def _has_sampled(self) -> bool:
        """Whether the vectors that were written down are there."""
        stated = {name: np.frombuffer(b64decode(text), "<f4") for name, text in self._pointer.sampled.items()}
        found = self._vectors(list(stated))
        return found.keys() == stated.keys() and all(
            found[name].shape == vector.shape and np.abs(found[name] - vector).max() < NEAR
            for name, vector in stated.items()
        )

    def _vectors(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        if not ids:
            return {}
        found = self.run(lambda: self.collection.get(ids=list(ids), include=["embeddings"]))
        return dict(zip(found["ids"], np.asarray(found["embeddings"], np.float32), strict=True))


def forked(source: Path, folder: Path, server: VectorServer) -> bool:
    """Copies a collection on the server, without a download.

    Returns:
        Whether the server can: Chroma Cloud and distributed Chroma can, `chroma run` cannot.
    """
    from chromadb.errors import ChromaError

    was, client = Pointer.read(source), connected(server)
    try:
        pointer = Pointer.new(folder)
        with explained(server, f"the collection {was.collection!r}"):
            try:
                client.get_collection(was.collection, None).fork(pointer.collection)
            except ChromaError:
                (folder / POINTER).unlink()
                return False
        return True
    finally:
        disconnect(client)


def drop(folder: Path, server: VectorServer | None) -> None:
    """Removes the collection that a folder names, if it is there.

    Raises:
        IndexUnreachable: The server does not answer.
    """
    from chromadb.errors import NotFoundError

    pointer = Pointer.read(folder)
    client = connected(server := known(server, pointer))
    try:
        with explained(server, f"the collection {pointer.collection!r}"), suppress(NotFoundError):
            patiently(lambda: client.delete_collection(pointer.collection))
    finally:
        disconnect(client)


def known(server: VectorServer | None, pointer: Pointer) -> VectorServer:
    """The server that is set.

    Raises:
        IndexUnreachable: None is.
    """
    if not server:
        raise IndexUnreachable(
            f"the vectors are in the collection {pointer.collection!r} of a Chroma server, and none is set; "
            "set BYLINE_CHROMA_URL, or run: byline rebuild --full"
        )
    return server
