"""The newest generation of an index, for as long as a process runs."""

import logging
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from time import monotonic

from corpus.errors import BylineError, IndexDamaged, IndexMissing
from index.storage.generations import Generations
from index.storage.manifest import Manifest
from index.storage.opened import OpenGeneration
from index.storage.purged import Purged
from index.storage.snapshot import Snapshot
from index.storage.vector_server import VectorServer

RETRY_SECONDS = 10.0
"""Seconds before a generation that failed to open is tried again, while an older one serves."""

PATIENCE = 1.0
"""Seconds that questions wait for a newer generation to open; after that, the older one serves until it is open."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Lease:
    """An open generation and the number of its users; the last user closes it once a newer one serves.

    Attributes:
        purged: What was kept out of the index when it was opened.
    """

    snapshot: OpenGeneration
    parts: ExitStack
    purged: Purged
    users: int = 0
    retired: bool = False

    def stays_allowed(self, purged: Purged) -> bool:
        """Whether nothing was purged since it was opened, nor was being purged then."""
        return self.purged == purged and not purged.is_unfinished

    def close_if_idle(self) -> None:
        if self.retired and not self.users:
            self.parts.close()


class _Opening:
    """A generation that is being opened in the background."""

    def __init__(self, generation: str, open_: Callable[[], _Lease]) -> None:
        """Begins to open it."""
        self.generation = generation
        self._until = monotonic() + PATIENCE
        thread = ThreadPoolExecutor(1, "opening")
        self.lease = thread.submit(open_)
        thread.shutdown(wait=False)

    def is_done(self) -> bool:
        """Whether it is open or has failed; waits for that during the first `PATIENCE` seconds."""
        wait([self.lease], max(0.0, self._until - monotonic()))
        return self.lease.done()


def _close_unused(opened: "Future[_Lease]") -> None:
    """Closes a generation that is no longer wanted."""
    if not opened.exception():
        opened.result().parts.close()


class LiveIndex:
    """Opens the generation in use at the first question, and a newer one as soon as there is one.

    A newer one that takes long to open is opened in the background, unless an article was purged.
    Safe to share between threads. Each use reads one small file to see whether the generation changed.
    """

    def __init__(
        self, path: Path, embedder: str, generation: str | None = None, server: VectorServer | None = None
    ) -> None:
        """Opens nothing yet.

        Args:
            path: The folder of the index.
            embedder: The embedder that its vectors must come from.
            generation: The id of a fixed generation; None for always the newest.
            server: Where vectors are, unless they are in the folder.
        """
        self.path, self.server = path, server
        self._generations = Generations(path, server)
        self._embedder = embedder
        self._fixed = generation
        self._lock = Lock()
        self._lease: _Lease | None = None
        self._failed: tuple[str, float] | None = None
        self._opening: _Opening | None = None

    @contextmanager
    def snapshot(self, groups: Collection[str] | None = None) -> Iterator[Snapshot]:
        """The newest generation, which stays open and unchanged inside the `with` block.

        Args:
            groups: Only what callers in these groups may read; None for all.

        Raises:
            IndexMissing: There is no index yet.
            IndexMismatch: It was made with another schema or embedder.
            IndexDamaged: It cannot be read, and no older generation is open.
            IndexUnreachable: Nor does the server that has its vectors answer.
        """
        with self._lock:
            lease = self._newest()
            lease.users += 1
        try:
            yield lease.snapshot.readable(groups)
        finally:
            with self._lock:
                lease.users -= 1
                lease.close_if_idle()

    @property
    def is_open(self) -> bool:
        """Whether a generation is open; never waits for one."""
        return self._lease is not None

    def manifest(self) -> Manifest:
        """The newest generation's manifest."""
        with self.snapshot() as snapshot:
            assert isinstance(snapshot, OpenGeneration)
            return snapshot.manifest

    def is_restricted(self) -> bool:
        """Whether the newest generation has an article that is not for everyone."""
        with self.snapshot() as snapshot:
            assert isinstance(snapshot, OpenGeneration)
            return snapshot.is_restricted

    def close(self) -> None:
        """Closes the generation once it has no users."""
        with self._lock:
            self._replace(None)

    def _newest(self) -> _Lease:
        """Needs the lock, so that two threads open a generation once."""
        current = ""
        try:
            current = self._wanted()
            if self._lease and (self._lease.snapshot.generation == current or self._failed_lately(current)):
                return self._lease
            opened = self._opened(current)
            if opened is self._lease:
                return opened
            if warning := Purged.read(self._generations.index).warning:
                log.warning("%s", warning)
        except IndexMissing:  # its last article was purged
            self._replace(None)
            raise
        except BylineError as error:
            if self._lease is None:
                raise
            self._failed = (current, monotonic())
            log.warning("still serving generation %s: %s", self._lease.snapshot.generation, error)
            return self._lease
        self._replace(opened)
        return opened

    def _opened(self, current: str) -> _Lease:
        """The newer generation; the older one while that is being opened, unless it may hold a purged article."""
        if not self._lease or not self._lease.stays_allowed(Purged.read(self._generations.index)):
            return self._open()
        if not self._opening or self._opening.generation != current:
            self._abandon()
            self._opening = _Opening(current, self._open)
        if not self._opening.is_done():
            return self._lease
        opening, self._opening = self._opening, None
        return opening.lease.result()

    def _abandon(self) -> None:
        """Has a generation that is being opened closed again as soon as it is open."""
        if self._opening:
            self._opening.lease.add_done_callback(_close_unused)
        self._opening = None

    def _wanted(self) -> str:
        return self._fixed or self._generations.current()

    def _open(self, attempts: int = 3) -> _Lease:
        """Retries if the generation was replaced and reclaimed between reading CURRENT and opening.

        Args:
            attempts: How often to try.
        """
        current = self._wanted()
        with ExitStack() as parts:
            try:
                purged = Purged.read(self._generations.index)
                folder = parts.enter_context(self._generations.held(current))
                Manifest.read(folder).check_embedder(self._embedder)
                snapshot = parts.enter_context(closing(OpenGeneration(folder, self.server)))
            except IndexDamaged:
                if attempts == 1 or current == self._wanted():
                    raise
                return self._open(attempts - 1)
            return _Lease(snapshot, parts.pop_all(), purged)

    def _replace(self, lease: _Lease | None) -> None:
        self._abandon()
        if self._lease:
            self._lease.retired = True
            self._lease.close_if_idle()
        self._lease, self._failed = lease, None

    def _failed_lately(self, generation: str) -> bool:
        failed, moment = self._failed or ("", 0.0)
        return failed == generation and monotonic() - moment < RETRY_SECONDS
