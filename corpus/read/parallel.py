"""From files to articles: in this process or, where there is much to read, in several."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass, field
from multiprocessing import get_context
from time import monotonic
from typing import Protocol

from corpus.article import Article, Rejected
from corpus.errors import ReadError
from corpus.read.cache import ReadCache, with_key
from corpus.read.file import File, Unreadable
from corpus.read.files import broken_off
from corpus.read.packed import BROKEN
from corpus.read.readers import STREAMED, reader_of

PATIENCE = 3.0
"""Seconds of reading before other processes are started: each takes one or two to start."""

# Limits of a batch handed to a process, in files and in bytes, and how many batches are queued for each: enough that
# none waits, few enough to hold in memory. A larger file is read in this process.
BATCH, BATCH_BYTES, AHEAD = 16, 8 * 1024**2, 3

MOST_PROCESSES = 16

Found = Article | Rejected


class Pending(Protocol):
    """A batch of files that is being parsed elsewhere."""

    def result(self) -> list[Found]:
        """Waits for the articles of its files."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A batch of which nothing has to be parsed."""

    found: list[Found]

    def result(self) -> list[Found]:
        """Its articles."""
        return self.found


Submit = Callable[[list[File | Found]], Pending]
"""Has a batch parsed elsewhere."""


def processors() -> int:
    """How many this process may use; no more than memory allows, at some 100 MB each."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, MOST_PROCESSES)


def parse(file: File) -> Iterator[Found]:
    """The articles of one file of a known kind."""
    try:
        if file.cache and _is_whole(file):
            yield from _whole(file, file.cache)
        else:
            yield from reader_of(file.kind)(file)
    except Unreadable as error:
        yield Rejected(file.origin, None, str(error))
    except BROKEN as error:
        yield broken_off(file, error)


def _is_whole(file: File) -> bool:
    """Whether it is read at once; a dump of a wiki is XML too, and may be larger than memory."""
    return file.kind not in STREAMED and (file.kind != ".xml" or 0 < file.size <= BATCH_BYTES)


def _whole(file: File, cache: ReadCache) -> Iterator[Found]:
    """The articles of a file that is read at once; one that is alone in it has the file's key."""
    data = file.contents()
    key = cache.key_of_file(file, data)
    if article := cache.found(key):
        yield article
        return
    found = list[Found]()
    try:
        for one in reader_of(file.kind)(file.holding(data)):
            found.append(one)
    except (Unreadable, *BROKEN):
        yield from found
        raise
    yield from [with_key(found[0], key)] if len(found) == 1 else found


def _looked_up(file: File) -> File | Article:
    """The article that was read before from the same bytes; else the file, with its bytes where they were looked at."""
    if file.cache is None or file.cache.find is None or not _is_whole(file) or file.size > BATCH_BYTES:
        return file
    try:
        data = file.contents()
    except (Unreadable, *BROKEN):  # its reader says why
        return file
    return file.cache.found(file.cache.key_of_file(file, data)) or file.holding(data)


def parse_all(files: Iterable[File | Rejected], workers: int, patience: float = PATIENCE) -> Iterator[Found]:
    """The articles of all files, in their order.

    Files of streamed kinds are read here, as they may be larger than memory; the others wherever a process is free.

    Args:
        files: Each must be read, or be in memory, before the next is requested.
        workers: The most processes.
        patience: Seconds after which more than one is used.

    Raises:
        ReadError: A process was killed.
    """
    coming = iter(files)
    started = monotonic()
    for file in coming:
        yield from [file] if isinstance(file, Rejected) else parse(file)
        if workers > 1 and monotonic() - started > patience:
            yield from _parse_at_once(coming, workers)


def _parse_at_once(files: Iterator[File | Rejected], workers: int) -> Iterator[Found]:
    # Not forked: locks would be copied, but not the threads of loaded libraries that release them.
    context = get_context("spawn")
    with ExitStack() as stack:
        pool = ProcessPoolExecutor(workers, context, signal.signal, (signal.SIGINT, signal.SIG_IGN))
        stack.callback(pool.shutdown, cancel_futures=True)
        queue = Queue(lambda files: pool.submit(parse_batch, files), workers * AHEAD)
        try:
            yield from queue.run(files)
        except BrokenProcessPool as error:
            raise ReadError(
                f"the process that was reading {queue.place!r} and what follows it was killed, perhaps for want of "
                "memory; look at these files one by one with: byline read FILE"
            ) from error


@dataclass(slots=True)
class Queue:
    """Batches of files under way, oldest first."""

    submit: Submit
    most: int
    batch: list[File | Found] = field(default_factory=list)
    size: int = 0
    under_way: deque[tuple[str, Pending]] = field(default_factory=deque)
    place: str = ""

    def run(self, files: Iterable[File | Rejected]) -> Iterator[Found]:
        """The articles of all files, in their order; files of streamed kinds and large ones are parsed here."""
        for one in files:
            file = _looked_up(one) if isinstance(one, File) else one
            if not isinstance(file, File) or (file.kind not in STREAMED and file.size <= BATCH_BYTES):
                yield from self._put(file)
            else:
                yield from self._finish()
                yield from parse(file)
        yield from self._finish()

    def _put(self, file: File | Found) -> Iterator[Found]:
        """Adds a file, and returns the results that are due."""
        self.batch.append(file)
        self.size += file.size if isinstance(file, File) else 0
        if len(self.batch) >= BATCH or self.size >= BATCH_BYTES:
            self._send()
        while len(self.under_way) > self.most:
            yield from self._oldest()

    def _finish(self) -> Iterator[Found]:
        """Waits for all results."""
        if self.batch:
            self._send()
        while self.under_way:
            yield from self._oldest()

    def _send(self) -> None:
        named = [one.origin for one in self.batch if isinstance(one, File)]
        pending = self.submit(self.batch) if named else Parsed([one for one in self.batch if not isinstance(one, File)])
        self.under_way.append((named[0] if named else "", pending))
        self.batch, self.size = [], 0

    def _oldest(self) -> list[Found]:
        self.place, result = self.under_way.popleft()
        return result.result()


def parse_batch(files: Iterable[File | Found]) -> list[Found]:
    """The articles of some files, in their order, and what has been parsed of others."""
    return [one for file in files for one in (parse(file) if isinstance(file, File) else [file])]
