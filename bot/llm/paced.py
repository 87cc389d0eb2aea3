"""Time limits on a stream that has none of its own."""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic


@dataclass(frozen=True, slots=True)
class Limits:
    """Time limits of a reply, in seconds.

    Attributes:
        first: Until the first delta; a model may have to be loaded, and to read the passages.
        following: Between deltas.
        whole: For the whole reply.
    """

    first: float = 30.0
    following: float = 15.0
    whole: float = 300.0


def paced(start: Callable[[], Generator[str]], limits: Limits) -> Iterator[str]:
    """The non-empty deltas of a stream that is read on a thread of its own.

    When the caller stops reading, the thread ends at the next delta.

    Raises:
        TimeoutError: A limit was reached. The thread is left running; its connection has a limit too.
    """
    items: SimpleQueue[str | Exception | None] = SimpleQueue()
    over = Event()

    def read() -> None:
        try:
            with closing(start()) as deltas:
                for delta in deltas:
                    items.put(delta)
                    if over.is_set():
                        return
            items.put(None)
        except Exception as error:  # noqa: BLE001  # raised again where the stream is read
            items.put(error.with_traceback(None))  # or its frames would keep themselves, and their sockets, alive

    Thread(target=read, daemon=True).start()
    try:
        yield from _taken(items, limits)
    finally:
        over.set()


def _taken(items: "SimpleQueue[str | Exception | None]", limits: Limits) -> Iterator[str]:
    end, patience = monotonic() + limits.whole, limits.first
    while True:
        left = end - monotonic()
        try:
            item = items.get(timeout=max(0.0, min(patience, left)))
        except Empty:
            raise TimeoutError(f"timed out after {min(patience, limits.whole):g} s") from None
        if isinstance(item, Exception):
            raise item
        if item is None:
            return
        if item:
            patience = limits.following
            yield item
