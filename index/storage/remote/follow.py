"""Readers of an index at a URL: a copy that is filled once, or that follows what is published."""

import logging
from threading import Event, Thread, main_thread
from time import monotonic

from corpus.errors import BylineError, IndexMissing
from index.storage.generations import Generations
from index.storage.remote.layout import SILENCE
from index.storage.remote.place import Origin, Place
from index.storage.remote.pull import Copy
from index.storage.remote.store import Store, open_store
from index.storage.rows import Show

POLL_SECONDS = 10.0
"""How often a store is asked for its generation in use."""
COPYING_SECONDS = 600.0
"""How long to wait for another process of this machine that fills the same copy."""

log = logging.getLogger(__name__)


def mirror(place: Place, show: Show = SILENCE) -> None:
    """Fills the copy of an index at a URL; does nothing for one in a folder.

    Raises:
        IndexMissing: Nothing is published.
        IndexDamaged: What is published has other bytes than were written.
        BylineError: The store fails, or the disk.
    """
    if isinstance(place, Origin):
        _fill(place, open_store(place.url), show)


def _fill(origin: Origin, store: Store, show: Show) -> None:
    copy = Copy(store, origin.url, origin.copy, origin.workshop, show)
    with copy.locked(COPYING_SECONDS):
        if copy.pull() is None:
            raise IndexMissing(f"nothing is published at {origin.url!r}; run: byline rebuild")


class Follower:
    """Keeps a copy as the store is, on a thread of its own that ends with the main thread.

    The copy answers meanwhile, whatever becomes of the store: what cannot be had now is asked for again.
    """

    def __init__(self, origin: Origin, seconds: float = POLL_SECONDS) -> None:
        """Starts.

        Args:
            origin: The index.
            seconds: How often the store is asked.
        """
        self._origin = origin
        self._seconds = seconds
        self._first = Event()
        self._stopped = Event()
        self._error: BylineError | None = None
        self._thread = Thread(target=self._run, name="byline-index")
        self._thread.start()

    def wait(self) -> None:
        """Waits until the copy is as the store is, or cannot be.

        Raises:
            BylineError: It cannot, and the copy has nothing to answer from.
        """
        self._first.wait()
        if self._error:
            try:
                Generations(self._origin.copy).current()
            except BylineError:
                raise self._error from None

    def stop(self) -> None:
        """Ends the thread, once what is under way is done."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        store = None
        while not self._stopped.is_set() and main_thread().is_alive():
            try:
                store = store or open_store(self._origin.url)
                _fill(self._origin, store, SILENCE)
                self._error = None
            except BylineError as error:
                store = None  # its connection may be what is broken
                if str(error) != str(self._error):  # once, not every ten seconds
                    log.warning("the copy of the index stays as it is: %s", error)
                self._error = error
            self._first.set()
            self._pause()

    def _pause(self) -> None:
        """No daemon is killed inside a library that is not Python, so the thread looks for the end itself."""
        until = monotonic() + self._seconds
        while not self._stopped.is_set() and main_thread().is_alive() and monotonic() < until:
            main_thread().join(min(self._seconds, 0.5))
