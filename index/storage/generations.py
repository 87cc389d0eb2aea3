"""Immutable builds of an index, one of them in use.

    INDEX/CURRENT                 the id of the generation in use; replaced in one step, never written in place
    INDEX/lock                    held by the one process that rebuilds or purges
    INDEX/generations/<id>/       complete, and never written again
    INDEX/generations/*.building  a running build, or what a killed one left
    INDEX/generations/*.removed   a generation being removed

A kill at any moment leaves CURRENT on a complete generation; leftovers are swept by the next rebuild.
"""

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep

from corpus.errors import BylineError, IndexDamaged, IndexMismatch, IndexMissing
from index.storage.checksums import check
from index.storage.durable import to_disk, writing, written_at_once
from index.storage.locks import LOCK_EX, LOCK_NB, LOCK_SH, excluding, flock
from index.storage.manifest import FILE, Manifest
from index.storage.obstacles import named
from index.storage.purged import Purged
from index.storage.served_vectors import is_served
from index.storage.vector_server import VectorServer
from index.storage.vectors import VECTORS, check_served, clear

CURRENT = "CURRENT"
BUILDING = ".building"
REMOVED = ".removed"
DISCARD_SECONDS = 2.0
"""How long to wait for a generation's readers before it is discarded."""
NAME = re.compile(r"[\w-]+", re.ASCII)


def generation_id(moment: datetime, content: str) -> str:
    """An id that sorts by time and names the content."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%S%f}-{content[:8]}"


def moment_of(generation: str) -> str:
    """The time part of an id."""
    return generation.partition("-")[0]


@dataclass(frozen=True, slots=True)
class Generations:
    """The generations of one index folder.

    Attributes:
        index: The folder.
        server: Where the vectors of generations are, unless they are in its folder.
    """

    index: Path
    server: VectorServer | None = None

    def current(self) -> str:
        """The id of the generation in use.

        Raises:
            IndexMissing: Nothing has been built here yet.
            IndexDamaged: CURRENT names no generation.
        """
        path = self.index / CURRENT
        try:
            stated = path.read_text(encoding="utf-8").strip()
        except (FileNotFoundError, NotADirectoryError):
            if kept := self.kept():
                raise IndexDamaged(f"{str(path)!r} is missing; {_advice(kept)}") from None
            raise IndexMissing(
                f"there is no index in {str(self.index.absolute())!r}; "
                "run: byline rebuild, or name another folder with --index or BYLINE_INDEX"
            ) from None
        except (OSError, ValueError) as error:
            if named(error):
                raise
            raise IndexDamaged(f"{str(path)!r} cannot be read ({error}); {_advice(self.kept())}") from error
        if not NAME.fullmatch(stated):
            raise IndexDamaged(f"{str(path)!r} names no generation: {stated[:80]!r}; {_advice(self.kept())}")
        return stated

    def folder(self, generation: str) -> Path:
        """The folder of a generation's files."""
        return self._all / generation

    def kept(self) -> list[str]:
        """The ids of all complete generations, oldest first."""
        if not self._all.is_dir():
            return []
        return sorted(path.name for path in self._all.iterdir() if not path.suffix and path.is_dir())

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Excludes other rebuilds; the kernel releases the lock when the process ends, in any way.

        Raises:
            IndexBusy: Another process or thread holds it.
        """
        self._all.mkdir(parents=True, exist_ok=True)
        refusal = f"another rebuild of {str(self.index)!r} is running; wait for it to end, then try again"
        with excluding(self.index / "lock", refusal):
            yield

    @contextmanager
    def building(self) -> Iterator[Path]:
        """A new folder to build in; removed with its contents unless published. Needs the lock."""
        self.sweep()
        folder = self._all / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}{BUILDING}"
        folder.mkdir()
        try:
            yield folder
        finally:
            clear(folder, self.server)  # what is left is swept by the next rebuild

    def publish(self, built: Path, generation: str) -> None:
        """Puts a finished build into use, durably. Needs the lock."""
        self.place(built, generation)
        self.switch(generation)

    def place(self, built: Path, generation: str) -> None:
        """Moves a finished build among the kept generations. Needs the lock."""
        for path in [*built.rglob("*"), built]:
            to_disk(path)
        built.rename(self.folder(generation))
        to_disk(self._all)

    def rollback(self, generation: str | None = None) -> str:
        """Switches to another kept generation.

        Args:
            generation: Its id, or None for the one in use before the current one.

        Returns:
            The id of the generation now in use.

        Raises:
            IndexMissing: There is no such generation.
            IndexDamaged: Its files have changed since they were written.
            BylineError: The disk refuses, or a purge was interrupted.
        """
        with writing(self.index, "rollback"), self.locked():
            if warning := Purged.read(self.index).warning:
                raise BylineError(warning)
            current = self._current_if_known()
            target = generation or self._before(current)
            if target is None or target not in self.kept() or target == current:
                asked = f"generation {generation!r}" if generation else "earlier generation"
                kept = ", ".join(f"{one} (in use)" if one == current else one for one in self.kept())
                raise IndexMissing(f"there is no {asked} to go back to in {str(self.index)!r}; kept: {kept}")
            self._verify(target)
            self.switch(target)
            return target

    def _current_if_known(self) -> str | None:
        with suppress(IndexDamaged):
            return self.current()
        return None

    def _before(self, current: str | None) -> str | None:
        """The generation before the current one; if that is unreadable, the newest readable one of the others."""
        if current:
            with suppress(IndexDamaged, IndexMismatch):
                return self._parent(current)
        return next((one for one in reversed(self.kept()) if one != current and self._is_sound(one)), None)

    def _parent(self, generation: str) -> str | None:
        """A generation's predecessor, under its present id: a purge changes the id's content part."""
        parent = Manifest.read(self.folder(generation)).parent
        if parent is None or parent in (kept := self.kept()):
            return parent
        return next((one for one in kept if moment_of(one) == moment_of(parent)), parent)

    def _is_sound(self, generation: str) -> bool:
        with suppress(IndexDamaged, IndexMismatch):
            self._verify(generation)
            return True
        return False

    def _verify(self, generation: str) -> None:
        folder = self.folder(generation)
        check(folder, Manifest.read(folder).files)
        check_served(folder / VECTORS, self.server)

    @contextmanager
    def held(self, generation: str) -> Iterator[Path]:
        """Keeps a generation from being reclaimed; the kernel releases it when the process ends.

        Raises:
            IndexDamaged: It is missing or being removed.
        """
        folder = self.folder(generation)
        try:
            file = (folder / FILE).open("rb")
        except OSError as error:
            if named(error):
                raise
            kept = self.kept()
            lacks = "has no readable manifest" if generation in kept else f"that {CURRENT} names is not there"
            raise IndexDamaged(f"generation {generation!r} {lacks}; {_advice(kept, generation)}") from error
        with file:
            try:
                flock(file.fileno(), LOCK_SH | LOCK_NB)
            except BlockingIOError:
                raise IndexDamaged(f"generation {generation!r} is being removed; run: byline status") from None
            if not folder.exists():
                raise IndexDamaged(f"generation {generation!r} has been removed; run: byline status")
            yield folder

    def reclaim(self) -> list[str]:
        """Removes all generations except the current one, the one before it, and those with readers. Needs the lock.

        Returns:
            The ids of the removed ones.
        """
        current = self.current()
        needed = {current, self._parent(current)}
        return [generation for generation in self.kept() if generation not in needed and self._remove(generation)]

    def discard(self, generation: str) -> None:
        """Removes a generation even while it is read; its readers get a moment to finish. Needs the lock."""
        patience = monotonic() + DISCARD_SECONDS
        while not self._remove(generation) and monotonic() < patience:
            sleep(0.05)
        if (folder := self.folder(generation)).exists():
            folder.rename(doomed := self.folder(generation + REMOVED))
            clear(doomed, self.server)
            if doomed.exists() and not is_served(doomed / VECTORS):
                shutil.rmtree(doomed)  # says why it cannot be removed

    def switch(self, generation: str | None) -> None:
        """Puts a generation into use, or none. Needs the lock."""
        if (self.index / CURRENT).is_dir():  # the next rebuild sweeps it
            (self.index / CURRENT).rename(self._all / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{CURRENT}{REMOVED}")
        if generation:
            written_at_once(self.index / CURRENT, generation + "\n")
        else:
            (self.index / CURRENT).unlink(missing_ok=True)
            to_disk(self.index)

    def sweep(self) -> None:
        """Removes leftovers of killed rebuilds. Needs the lock."""
        for path in self._all.iterdir():
            if path.suffix in (BUILDING, REMOVED):
                clear(path, self.server)

    @property
    def _all(self) -> Path:
        return self.index / "generations"

    def _remove(self, generation: str) -> bool:
        """Renamed first, so that no reader opens it while its files are deleted."""
        doomed = self.folder(generation + REMOVED)
        with suppress(OSError), (self.folder(generation) / FILE).open("rb") as file:
            flock(file.fileno(), LOCK_EX | LOCK_NB)
            self.folder(generation).rename(doomed)
        clear(doomed, self.server)
        return not self.folder(generation).exists()


def _advice(kept: Sequence[str], damaged: str | None = None) -> str:
    """What to run, and the generations to return to, newest first."""
    others = ", ".join(one for one in reversed(kept) if one != damaged)
    return f"run: byline rollback (kept: {others}), or byline rebuild" if others else "run: byline rebuild"
