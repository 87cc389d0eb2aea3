"""Text to vector: the `Embedder` protocol, and the MiniLM that comes with the install."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError

if TYPE_CHECKING:
    import openvino
    from tokenizers import Encoding, Tokenizer

MODELS = Path(__file__).parent / "models"
BATCH = 16
"""Texts in one inference; sorted by length first, so little of a batch is padding. Source: benchmarks/embedding.py."""


class Embedder(Protocol):
    """Turns texts into vectors whose dot product is their nearness in meaning."""

    @property
    def name(self) -> str:
        """Names the model and everything that changes its vectors; an index made under another name is refused."""

    @property
    def dimensions(self) -> int:
        """The length of a vector."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(len(texts), dimensions) unit vectors, in the order given."""


class MiniLM:
    """all-MiniLM-L6-v2 on OpenVINO; loaded on first use, shared between threads.

    Source: the choice of runtime is measured in benchmarks/embedding.py.
    """

    name = "all-MiniLM-L6-v2"
    dimensions = 384
    max_pieces = 256

    def __init__(self, folder: Path = MODELS / "all-MiniLM-L6-v2") -> None:
        self._folder = folder
        self._lock = Lock()

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(len(texts), 384) unit vectors; a text is read up to 256 word pieces."""
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        if not texts:
            return vectors
        with self._lock:
            encodings = self._tokenizer.encode_batch_fast(list(texts))
            order = sorted(range(len(texts)), key=lambda place: len(encodings[place].ids))
            queue = self._queue
            queue.set_callback(lambda request, rows: vectors.__setitem__(rows, request.get_output_tensor().data))
            for first in range(0, len(order), BATCH):
                rows = order[first : first + BATCH]
                queue.start_async(_padded([encodings[row] for row in rows]), rows)
            queue.wait_all()
        return vectors

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._file("tokenizer.json")))
        tokenizer.enable_truncation(self.max_pieces)
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _queue(self) -> "openvino.AsyncInferQueue":
        return openvino_queue(self._file("model.onnx"))

    def _file(self, name: str) -> Path:
        path = self._folder / name
        if not path.is_file():
            raise ModelError(f"the embedding model lacks {str(path)!r}; install byline again")
        return path


def openvino_queue(model: Path) -> "openvino.AsyncInferQueue":
    """A queue that runs a model on as many streams as the processor has use for, in bfloat16 where it can."""
    import openvino

    compiled = openvino.Core().compile_model(model, "CPU", {"PERFORMANCE_HINT": "THROUGHPUT"})
    return openvino.AsyncInferQueue(compiled)


def _padded(encodings: Sequence["Encoding"]) -> dict[str, Any]:
    """(texts, longest) token ids and their mask."""
    longest = max(len(encoding.ids) for encoding in encodings)
    ids = np.zeros((len(encodings), longest), np.int64)
    for row, encoding in enumerate(encodings):
        ids[row, : len(encoding.ids)] = encoding.ids
    lengths = np.array([[len(encoding.ids)] for encoding in encodings])
    return {"input_ids": ids, "attention_mask": (np.arange(longest) < lengths).astype(np.int64)}
