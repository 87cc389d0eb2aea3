"""Text to vector: the `Embedder` protocol, and the MiniLM that comes with the install."""

from collections.abc import Sequence
from operator import attrgetter
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np
from cachetools import LRUCache, cachedmethod
from numpy.typing import NDArray

from index.search.encoder import MODELS, Encoder

BATCH = 16
"""Source: benchmarks/embedding.py."""
QUESTIONS = 64
"""Vectors of questions that are kept: one is embedded to be classified and searched for, and with each follow-up."""


class Embedder(Protocol):
    """Turns texts into vectors whose dot product is their nearness in meaning."""

    @property
    def name(self) -> str:
        """Names the model and everything that changes its vectors; an index made under another name is refused."""

    @property
    def dimensions(self) -> int:
        """The length of a vector."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(len(texts), dimensions) unit vectors of passages, in the order given."""

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """(dimensions,) the unit vector of what is searched for; some models embed questions in another way."""


class MiniLM:
    """all-MiniLM-L6-v2; loaded on first use, shared between threads."""

    name = "all-MiniLM-L6-v2"
    dimensions = 384

    def __init__(self, folder: Path = MODELS / "all-MiniLM-L6-v2", threads: int = 0) -> None:
        self._encoder = Encoder(folder, BATCH, threads=threads)
        self._questions: LRUCache[Any, NDArray[np.float32]] = LRUCache(QUESTIONS)
        self._lock = Lock()

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(len(texts), 384) unit vectors; a text is read up to 256 word pieces."""
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        for row, (_, (vector,)) in enumerate(self._encoder.run(texts)):
            vectors[row] = vector
        return vectors

    def batches(self, texts: Sequence[str]) -> list[list[int]]:
        """The places of the texts that are computed together: apart from the others, they get the same vectors."""
        return self._encoder.batches(texts)

    @cachedmethod(attrgetter("_questions"), lock=attrgetter("_lock"))
    def embed_question(self, text: str) -> NDArray[np.float32]:
        """(384,) the unit vector of a question, which is embedded as passages are; not to be changed."""
        vector: NDArray[np.float32] = self.embed([text])[0]
        return vector
