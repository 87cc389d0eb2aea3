"""The lock of a store: one publisher at a time, and a dead one for some minutes only.

What makes it safe where a store can replace just the version that was seen is that CURRENT is replaced so, too: a
publisher that was stopped for longer than its lock lasted finds another CURRENT than it began with, and gives up.
"""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from typing import Any

from corpus.errors import BylineError, IndexBusy
from index.storage.remote.store import Replaced, Store, Stored

LOCK = "lock"
LASTS = timedelta(minutes=3)
"""How long a lock counts after it was last renewed; the clocks of publishers may differ by less."""
RENEWALS = 6
"""How often a lock is renewed while it would last."""


class Lease:
    """A lock that is held, and renewed in the background."""

    def __init__(self, store: Store, url: str, owner: str) -> None:
        """Holds nothing yet.

        Args:
            store: Where the lock is.
            url: Its address, for messages.
            owner: The id of the folder that is published from; only one process at a time may use it.
        """
        self._store = store
        self._url = url
        self._owner = owner
        self._since = datetime.now(UTC)
        self._version: Any = None
        self._stop = Event()

    @contextmanager
    def held(self) -> Iterator["Lease"]:
        """Takes the lock, and lets it go.

        Raises:
            IndexBusy: Another publisher has it.
        """
        self._take()
        thread = Thread(target=self._keep, name="byline-lock")
        thread.start()
        try:
            yield self
        finally:
            self._stop.set()
            thread.join()
            with suppress(BylineError):  # it runs out by itself
                self._release()

    def confirm(self) -> None:
        """Renews the lock.

        Raises:
            IndexBusy: It ran out, and another publisher has taken it.
        """
        try:
            self._version = self._store.put(LOCK, self._content(), self._version)
        except Replaced:
            found = self._store.get(LOCK)
            if found is None or _stated(found).get("owner") != self._owner:  # a renewal of ours may have been retried
                raise IndexBusy(
                    f"the lock of {self._url!r} ran out and was taken by another publisher; nothing more is published, "
                    "try again"
                ) from None
            self._version = found.version

    def _take(self) -> None:
        found = self._store.get(LOCK)
        if found and not self._is_free(found):
            raise self._busy(found)
        try:
            self._version = self._store.put(LOCK, self._content(), found.version if found else None)
        except Replaced:
            found = self._store.get(LOCK)
            if found is None or _stated(found).get("owner") != self._owner:
                raise self._busy(found) from None
            self._version = found.version

    def _is_free(self, found: Stored) -> bool:
        """Whether the lock ran out, or is what an earlier process left that published from the same folder."""
        stated = _stated(found)
        if stated.get("owner") == self._owner:
            return True
        try:
            return datetime.fromisoformat(stated["expires"]) < datetime.now(UTC)
        except (KeyError, TypeError, ValueError):
            return False

    def _busy(self, found: Stored | None) -> IndexBusy:
        stated = _stated(found) if found else {}
        who = f" from {stated.get('host')!s:.80}" if stated.get("host") else ""
        until = stated.get("expires", "it is removed")
        return IndexBusy(
            f"another publisher{who} has the lock of {self._url!r}; wait for it to end, then try again. "
            f"If it has died, its lock counts until {until!s:.40}"
        )

    def _content(self) -> bytes:
        stated = {
            "owner": self._owner,
            "host": socket.gethostname(),
            "since": self._since.isoformat(timespec="seconds"),
            "expires": (datetime.now(UTC) + LASTS).isoformat(),
        }
        return json.dumps(stated, indent=1).encode()

    def _keep(self) -> None:
        while not self._stop.wait(LASTS.total_seconds() / RENEWALS):
            try:
                self.confirm()
            except IndexBusy:  # is found again before anything is switched
                return
            except BylineError:  # the store may be back before the lock runs out
                continue

    def _release(self) -> None:
        found = self._store.get(LOCK)
        if found and _stated(found).get("owner") == self._owner:
            self._store.remove([LOCK])


def _stated(found: Stored) -> dict[str, Any]:
    try:
        stated = json.loads(found.data)
    except ValueError:
        return {}
    return stated if isinstance(stated, dict) else {}
