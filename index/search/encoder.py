"""A transformer on OpenVINO: texts in, the rows of its outputs out."""

import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError

if TYPE_CHECKING:
    import openvino
    from tokenizers import Encoding, Tokenizer

    Idle = SimpleQueue[openvino.InferRequest]

MODELS = Path(__file__).parent.parent / "models"
MAX_PIECES = 256
"""The most word pieces of a text, or of a pair; of a pair the longer text is cut."""

REQUESTS_A_STREAM = 2
"""A stream has its next batch ready while a caller fetches the results of the last."""
Rows = list[NDArray[Any]]
"""One text's row of each output, padding included."""

_only_one = Lock()


class Encoder:
    """A model and its tokenizer, loaded on first use, shared between threads, whose batches are computed side by side.

    Source: the choice of runtime is measured in benchmarks/embedding.py.
    """

    def __init__(self, folder: Path, batch: int, pairs: bool = False, threads: int = 0) -> None:
        """Prepares a model that is loaded later.

        Args:
            folder: Holds model.xml with model.bin, or model.onnx, and tokenizer.json.
            batch: Texts per inference; sorted by length first, to save padding.
            pairs: Whether the model reads pairs of texts.
            threads: How many compute at the same time; as many as the processor can use if 0.
        """
        self._folder, self._batch, self._pairs, self._threads = folder, batch, pairs, threads
        self._lock = Lock()

    def run(self, texts: Sequence[str] | Sequence[tuple[str, str]]) -> "list[tuple[Encoding, Rows]]":
        """The tokens and outputs of each text or pair, in order.

        Raises:
            ModelError: The folder lacks a file.
        """
        if not texts:
            return []
        with self._lock:
            tokenizer, idle = self._tokenizer, self._idle
        encodings = tokenizer.encode_batch(list(texts))
        outputs: list[Rows] = [[] for _ in texts]
        running: deque[_Running] = deque()
        try:
            for places in self._batches(encodings):
                request = _taken(idle, running)
                running.append(_Running(request, [outputs[place] for place in places]))
                request.start_async(self._padded([encodings[place] for place in places]))
        finally:
            while running:
                running.popleft().finish(idle)
        return list(zip(encodings, outputs, strict=True))

    def batches(self, texts: Sequence[str]) -> list[list[int]]:
        """The places of the texts of each inference, sorted by length.

        A text's row depends a little on what it is computed with, as that decides how far it is padded.
        """
        with self._lock:
            tokenizer = self._tokenizer
        return self._batches(tokenizer.encode_batch(list(texts)))

    def _batches(self, encodings: "Sequence[Encoding]") -> list[list[int]]:
        order = sorted(range(len(encodings)), key=lambda place: len(encodings[place].ids))
        return [order[first : first + self._batch] for first in range(0, len(order), self._batch)]

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._file("tokenizer.json")))
        tokenizer.enable_truncation(MAX_PIECES)
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _idle(self) -> "Idle":
        """Requests for as many streams as the processor can use, in int8 and bfloat16 where it is fast at these."""
        with _only_one:  # alone, as _core wants
            core = _core()
        model = core.read_model(self._model_file())
        if "BF16" not in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES"):
            _compute_in_full(model)
        # Processes of one thread each would all be tied to the same processor.
        limit = {"INFERENCE_NUM_THREADS": self._threads, "ENABLE_CPU_PINNING": False} if self._threads else {}
        compiled = core.compile_model(model, "CPU", {"PERFORMANCE_HINT": "THROUGHPUT"} | limit)
        idle: Idle = SimpleQueue()
        for _ in range(REQUESTS_A_STREAM * compiled.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS")):
            idle.put(compiled.create_infer_request())
        return idle

    def _model_file(self) -> Path:
        quantized = self._folder / "model.xml"
        if not quantized.is_file():
            return self._file("model.onnx")
        self._file("model.bin")  # its weights
        return quantized

    def _file(self, name: str) -> Path:
        path = self._folder / name
        if not path.is_file():
            raise ModelError(f"the model lacks {str(path)!r}; install byline again")
        return path

    def _padded(self, encodings: "Sequence[Encoding]") -> dict[str, NDArray[np.int64]]:
        """(texts, longest) each of the model's inputs."""
        inputs = {"input_ids": "ids", "attention_mask": "attention_mask"}
        if self._pairs:
            inputs["token_type_ids"] = "type_ids"
        shape = len(encodings), max(len(encoding.ids) for encoding in encodings)
        padded = {name: np.zeros(shape, np.int64) for name in inputs}
        for row, encoding in enumerate(encodings):
            for name, attribute in inputs.items():
                padded[name][row, : len(encoding.ids)] = getattr(encoding, attribute)
        return padded


@dataclass(frozen=True, slots=True)
class _Running:
    """A batch that is computed, and where its rows go."""

    request: "openvino.InferRequest"
    kept: Sequence[Rows]

    def finish(self, idle: "Idle") -> None:
        """Waits for it, keeps its rows and lets others have the request."""
        try:
            self.request.wait()
            for output in self.request.output_tensors:
                for rows, values in zip(self.kept, output.data, strict=True):
                    rows.append(values.copy())
        finally:
            idle.put(self.request)


@cache
def _core() -> "openvino.Core":
    """One for the process, never released.

    Each gives its thread another stack to handle signals on, and takes that memory away with it even where the thread
    still uses it: after two that are not released in reverse order, the next signal ends the process.

    The first tensor that is read as an array is read here, by one thread. Two at once would wait for each other for
    ever: pybind11 looks numpy up behind a static guard, gives up the interpreter's lock meanwhile, and the second
    thread takes that lock and waits at the guard.
    """
    with _without_converter():
        import openvino

        openvino.Tensor(np.zeros(1)).data.sum()
        return openvino.Core()


def _compute_in_full(model: "openvino.Model") -> None:
    """Leaves out the rounding to 8 bits of what is multiplied; the weights stay rounded.

    Processors that compute in bfloat16 multiply 8 bits twice as fast (VNNI), others more slowly than 32.
    Source: benchmarks/embedding.py.
    """
    for node in model.get_ops():
        if node.get_type_name() == "FakeQuantize":
            node.output(0).replace(node.input_value(0))


@contextmanager
def _without_converter() -> Iterator[None]:
    """Imports OpenVINO without its model converter, whose import reports to Intel and Google.

    It would write an id into the user's home directory, and start a thread that uses the network.
    """
    name = "openvino.tools.ovc"
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]  # OpenVINO ignores that this import fails
    try:
        yield
    finally:
        del sys.modules[name]


def _taken(idle: "Idle", running: "deque[_Running]") -> "openvino.InferRequest":
    """A request that is idle. Those of our own are finished first: two callers that wait for each other never end."""
    while running:
        with suppress(Empty):
            return idle.get_nowait()
        running.popleft().finish(idle)
    return idle.get()
