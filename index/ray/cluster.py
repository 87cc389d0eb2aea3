"""Reads and embeds on a Ray cluster; the process that joined it writes the index, as it does alone.

The stages are plain tasks, not Ray Data: the index is written between them, as only new texts are embedded; a file that
kills its process has to be named, not given to one process after another; and Ray Data needs pandas and pyarrow.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Protocol

import grpc
import numpy as np
import ray
from numpy.typing import NDArray
from ray import exceptions as faults

from corpus.errors import BylineError, ModelError, ReadError
from corpus.read.file import File, Unreadable
from corpus.read.packed import BROKEN
from corpus.read.parallel import Found, parse, parse_batch
from index.search.embed import Embedder

ATTEMPTS = 3
"""How many processes may be killed by a task before what it works on counts as the cause."""
BLOCK = 32
"""The least texts of a task: some seconds of work for one processor."""

KILLED = faults.WorkerCrashedError, faults.OutOfMemoryError, faults.NodeDiedError, faults.ObjectLostError


class Divisible(Embedder, Protocol):
    """An embedder whose work can be divided."""

    def batches(self, texts: Sequence[str]) -> list[list[int]]:
        """The places of texts, in groups that get the same vectors when they are embedded apart from the others."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster that has been joined.

    Attributes:
        processors: How many it has.
    """

    processors: int

    def submit(self, files: list[File | Found]) -> "_Batch":
        """Has files parsed. Their bytes travel along, so the cluster needs no access to them."""
        return _Batch([one for file in files for one in _carried(file)])


def _carried(file: File | Found) -> list[File | Found]:
    """The file with its bytes; or, if it cannot be read as a whole, what it holds."""
    if not isinstance(file, File):
        return [file]
    try:
        return [file.holding(file.contents())]
    except (Unreadable, *BROKEN):
        return list(parse(file))


class _Batch:
    """Files that are being parsed."""

    def __init__(self, files: list[File | Found]) -> None:
        self._files = files
        self._task = _Task(_parse, files, attempts=1)

    def result(self) -> list[Found]:
        """The articles of its files.

        Raises:
            ReadError: A file kills each process that reads it.
        """
        try:
            found: list[Found] = self._task.result()
        except _Killed:
            found = [one for file in self._files for one in self._alone(file)]
        return found

    def _alone(self, file: File | Found) -> list[Found]:
        if not isinstance(file, File):
            return [file]
        try:
            found: list[Found] = _Task(_parse, [file]).result()
        except _Killed as error:
            raise ReadError(
                f"each process that read {file.origin!r} was killed, perhaps for want of memory; look at it with: "
                f"byline read FILE, or leave it out with --exclude ({error})"
            ) from error
        return found


class RayEmbedder:
    """Embeds on the cluster that has been joined, each block of texts by a process of one thread."""

    def __init__(self, make: Callable[[], Divisible]) -> None:
        """Prepares.

        Args:
            make: A function or class of a module: called here, and once in each process.
        """
        self._make = make
        self._here = make()
        self.name = self._here.name

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return self._here.dimensions

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(len(texts), dimensions) unit vectors, those that the embedder gives elsewhere.

        Raises:
            ModelError: The processes that embed some texts are killed.
        """
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        blocks = _joined(self._here.batches(texts))
        tasks = [_Task(_embed, self._make, [texts[place] for place in block]) for block in blocks]
        for block, task in zip(blocks, tasks, strict=True):
            try:
                vectors[block] = task.result()
            except _Killed as error:
                raise ModelError(
                    f"each process that embedded the text {texts[block[0]][:40]!r} and {len(block) - 1} more was "
                    f"killed, perhaps for want of memory ({error})"
                ) from error
        return vectors

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """(dimensions,) the unit vector of a question, made here."""
        return self._here.embed_question(text)


def _joined(batches: list[list[int]]) -> list[list[int]]:
    """Blocks of whole batches, the longest texts first, as they take the longest."""
    blocks: list[list[int]] = []
    for batch in reversed(batches):
        if not blocks or len(blocks[-1]) >= BLOCK:
            blocks.append([])
        blocks[-1] = batch + blocks[-1]
    return blocks


class _Killed(Exception):
    """The processes that did a task were killed."""


class _Task:
    """A task under way. Ray's own attempts are not used, as they may have no end where memory is short."""

    def __init__(self, function: Any, *values: Any, attempts: int = ATTEMPTS) -> None:
        self._start = partial(function.options(max_retries=0).remote, *values)
        self._attempts = attempts
        try:
            self._under_way = self._start()
        except ImportError as error:  # by ray:// the cluster reads the values at once
            raise _lacking(error) from error

    def result(self) -> Any:
        """What it returns; it raises what the function raises, too.

        Raises:
            _Killed: Each process that did it was killed.
            BylineError: The cluster fails, or cannot run Byline.
        """
        while True:
            try:
                return self._under_way.future().result()  # ray.get loses what a signal raises
            except faults.RayTaskError as error:
                if isinstance(error.cause, ImportError | faults.RaySystemError):
                    raise _lacking(error.cause) from error
                raise error.cause from None
            except KILLED as error:
                self._attempts -= 1
                if not self._attempts:
                    raise _Killed(line(error)) from error
                self._under_way = self._start()
            except (faults.RayError, ConnectionError) as error:
                raise BylineError(f"the Ray cluster fails: {line(error)}; the index is unchanged") from error


def _lacking(error: BaseException) -> BylineError:
    return BylineError(
        f"the Ray cluster cannot run Byline ({line(error)}); install the same version of it on each machine"
    )


_parse = ray.remote(num_cpus=1, scheduling_strategy="SPREAD")(parse_batch)


@ray.remote(num_cpus=1, scheduling_strategy="SPREAD")
def _embed(make: Callable[[], Embedder], texts: Sequence[str]) -> NDArray[np.float32]:
    return _made(make).embed(texts)


@lru_cache(1)
def _made(make: Callable[[], Embedder]) -> Embedder:
    return make()


def line(error: BaseException) -> str:
    """What an error of Ray or gRPC says, on one line."""
    said = error.details() if isinstance(error, grpc.Call) else str(error)
    lines = (said or type(error).__name__).strip().splitlines()
    return lines[-1 if any(one.startswith("Traceback") for one in lines) else 0][:200]
