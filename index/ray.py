"""Reading and embedding on a Ray cluster; the process that starts it writes the index, as it does alone.

The stages are plain tasks, not Ray Data: the index is written between them, as only new texts are embedded; a file that
kills its process has to be named, not given to one process after another; and Ray Data needs pandas and pyarrow.
"""

import logging
import os
import re
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from threading import current_thread, main_thread
from typing import Any, Protocol

import grpc
import numpy as np
import ray
from numpy.typing import NDArray
from ray import exceptions as faults
from ray._private.services import canonicalize_bootstrap_address

from corpus.article import Rejected
from corpus.errors import BylineError, ModelError, ReadError, SettingsError
from corpus.read.file import File, Unreadable
from corpus.read.packed import BROKEN
from corpus.read.parallel import Found, parse, parse_batch
from index.search.embed import Embedder

LOCAL, AUTO = "local", "auto"
ADDRESS = re.compile(r"(?:ray://)?(?:[\w.-]+|\[[\da-fA-F:.]+\]):\d{1,5}")
SECONDS = 10.0
"""How long a cluster may take to say that it is one: where there is none, Ray itself waits for minutes."""
ATTEMPTS = 3
"""How many processes may be killed by a task before what it works on counts as the cause."""
BLOCK = 32
"""The least texts of a task: some seconds of work for one processor."""

KILLED = faults.WorkerCrashedError, faults.OutOfMemoryError, faults.NodeDiedError, faults.ObjectLostError


class Divisible(Embedder, Protocol):
    """An embedder whose work can be divided."""

    def batches(self, texts: Sequence[str]) -> list[list[int]]:
        """The places of texts, in groups that get the same vectors when they are embedded apart from the others."""


@contextmanager
def cluster(address: str) -> Iterator["Cluster"]:
    """The cluster at an address, joined until the block ends.

    Args:
        address: "local" starts one on this machine; "auto" is the one that this machine belongs to; else HOST:PORT of
            such a one, or ray://HOST:PORT from any machine.

    Raises:
        SettingsError: It is no address.
        BylineError: There is no cluster, or it cannot be joined.
    """
    if address not in (LOCAL, AUTO) and not ADDRESS.fullmatch(address):
        raise SettingsError(f"--ray {address!r}: write local, auto, HOST:PORT or ray://HOST:PORT")
    if address != LOCAL:
        _check(_found() if address == AUTO else address)
    dashboard = False if address == LOCAL else None
    with _signals_kept():
        try:
            ray.init(address, log_to_driver=False, logging_level=logging.ERROR, include_dashboard=dashboard)
        except Exception as error:  # of as many kinds as there are steps
            raise BylineError(f"the Ray cluster at {address!r} cannot be joined: {_line(error)}") from error
    try:
        processors = int(ray.cluster_resources().get("CPU", 0))  # type: ignore[no-untyped-call]
        if not processors:
            raise BylineError(f"the Ray cluster at {address!r} has no processor; add a node to it")
        yield Cluster(processors)
    finally:
        ray.shutdown()


@contextmanager
def _signals_kept() -> Iterator[None]:
    """Ray takes SIGTERM over."""
    before = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        if current_thread() is main_thread():
            signal.signal(signal.SIGTERM, before)


def _found() -> str:
    """The address that "auto" means."""
    try:
        return os.environ.get("RAY_ADDRESS") or str(canonicalize_bootstrap_address(AUTO))
    except ConnectionError:
        raise BylineError(
            "this machine belongs to no Ray cluster: run ray start, or name a cluster as --ray ray://HOST:PORT"
        ) from None


def _check(address: str) -> None:
    """Checks that a Ray cluster answers.

    Raises:
        BylineError: It does not.
    """
    if os.environ.get("RAY_USE_TLS", "0").lower() not in ("0", "false", ""):
        return
    # The client's port has no such service, and says so; one that wants a token may ask for it.
    answers = {grpc.StatusCode.UNAUTHENTICATED} | ({grpc.StatusCode.UNIMPLEMENTED} if "://" in address else set())
    place = address.rpartition("://")[2]
    with grpc.insecure_channel(place, [("grpc.enable_http_proxy", 0)]) as channel:
        try:
            channel.unary_unary("/grpc.health.v1.Health/Check")(b"", timeout=SECONDS)
        except grpc.RpcError as error:
            if error.code() not in answers:
                said = "nothing listens" if "refused" in (error.details() or "") else f"no Ray answers ({_line(error)})"
                raise BylineError(f"{said} at {address!r}; name the address that ray start showed") from None


def _line(error: BaseException) -> str:
    said = error.details() if isinstance(error, grpc.Call) else str(error)
    return (said or type(error).__name__).strip().splitlines()[0][:200]


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster that has been joined.

    Attributes:
        processors: How many it has.
    """

    processors: int

    def submit(self, files: list[File | Rejected]) -> "_Batch":
        """Has files parsed. Their bytes travel along, so the cluster needs no access to them."""
        return _Batch([one for file in files for one in _carried(file)])


def _carried(file: File | Rejected) -> list[File | Found]:
    """The file with its bytes; or, if it cannot be read as a whole, what it holds."""
    if isinstance(file, Rejected):
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
                    raise _Killed(_line(error)) from error
                self._under_way = self._start()
            except (faults.RayError, ConnectionError) as error:
                raise BylineError(f"the Ray cluster fails: {_line(error)}; the index is unchanged") from error


def _lacking(error: BaseException) -> BylineError:
    return BylineError(
        f"the Ray cluster cannot run Byline ({_line(error)}); install the same version of it on each machine"
    )


_parse = ray.remote(num_cpus=1, scheduling_strategy="SPREAD")(parse_batch)


@ray.remote(num_cpus=1, scheduling_strategy="SPREAD")
def _embed(make: Callable[[], Embedder], texts: Sequence[str]) -> NDArray[np.float32]:
    return _made(make).embed(texts)


@lru_cache(1)
def _made(make: Callable[[], Embedder]) -> Embedder:
    return make()
