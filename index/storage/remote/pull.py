"""From a store to a folder of this machine: what is published, verified before it is used."""

import os
import re
import shutil
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath
from time import sleep

from corpus.errors import BylineError, IndexDamaged
from index.storage.checksums import Checksum, check
from index.storage.durable import writing, written_at_once
from index.storage.generations import BUILDING, Generations
from index.storage.locks import excluding
from index.storage.manifest import FILE, Manifest
from index.storage.purged import FILE as PURGED
from index.storage.remote.layout import GENERATIONS, complete, published
from index.storage.remote.store import PART, Store
from index.storage.rows import Show

TRIES = 3
"""How often a file is read whose bytes are not those that were written."""
PAUSE_SECONDS = 0.5
AT_ONCE = 4
"""Parts of a file that are read at the same time."""
_FILE_NAME = re.compile(r"[\w-][\w.-]*(/[\w-][\w.-]*)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Copy:
    """A folder that holds generations of a store.

    Attributes:
        store: The store.
        url: Its address.
        folder: The folder.
        near: Another folder of this machine that may have the same files.
        show: Called with the stage, how much is done, and of how much.
    """

    store: Store
    url: str
    folder: Path
    near: Path
    show: Show

    @property
    def generations(self) -> Generations:
        """Those in the folder."""
        return Generations(self.folder)

    @contextmanager
    def locked(self, seconds: float) -> Iterator[None]:
        """Keeps other processes of this machine out that would change the folder.

        Raises:
            IndexBusy: One is in, even after so many seconds.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        refusal = f"another process of this machine is copying {self.url!r}; try again when it ends"
        with excluding(self.folder / "copying.lock", refusal, seconds):
            yield

    def pull(self, *, everything: bool = False, resumed: bool = False) -> str | None:
        """Makes the folder's generation in use that of the store. Needs the lock.

        Args:
            everything: Whether to bring all its generations here.
            resumed: Whether a generation that was built here on top of that, and could not be published, stays in use.

        Returns:
            The id of the store's generation in use; None where nothing is published.

        Raises:
            IndexDamaged: What is published has other bytes than were written.
            BylineError: The store fails, or the disk.
        """
        with writing(self.folder, "status"):
            listed = self.store.get(PURGED)
            changed = self._purged() != (listed and listed.data)
            current = published(self.store, self.url)
            if current:
                self.fetch(current)
            stays = self._unpublished(current) if resumed else None
            if not stays and (current or listed):
                self._switch(current)
            if changed or everything:
                whole = complete(self.store)
                for generation in whole if everything else ():
                    self.fetch(generation)
                self.forget_others({*whole, stays or current})
            if changed and listed:  # last: what a killed process has not forgotten is forgotten the next time
                written_at_once(self.folder / PURGED, listed.data.decode("utf-8", "replace"))
            return current

    def fetch(self, generation: str) -> None:
        """Brings a generation here unless it is. Needs the lock.

        What a killed process has fetched of it is used.
        """
        if generation in self.generations.kept():
            return
        folder = self.folder / GENERATIONS / f"{generation}{BUILDING}"
        for path in folder.parent.glob(f"*{BUILDING}"):
            if path != folder:
                shutil.rmtree(path)
        folder.mkdir(parents=True, exist_ok=True)
        manifest = self._manifest(generation, folder)
        total, done = sum(one.bytes for one in manifest.files.values()), 0
        for name, stated in manifest.files.items():
            self._fetch_file(generation, folder, name, stated)
            done += stated.bytes
            self.show("fetching", done, total)
        for path in folder.rglob("*"):
            if path.is_file() and path.relative_to(folder).as_posix() not in {FILE, *manifest.files}:
                path.unlink()
        self.generations.place(folder, generation)

    def download(self, name: str, path: Path, size: int) -> None:
        """Reads a file of the store into one of this machine, in parts."""
        parts = iter([(start, min(start + PART, size)) for start in range(0, size, PART)])
        with path.open("wb") as file, ThreadPoolExecutor(AT_ONCE) as pool:
            while some := list(islice(parts, AT_ONCE)):
                for data in pool.map(lambda part: self.store.read(name, *part), some):
                    file.write(data)

    def forget_others(self, wanted: Collection[str | None]) -> None:
        """Removes all generations but these, even while they are read. Needs the lock."""
        for generation in self.generations.kept():
            if generation not in wanted:
                self.generations.discard(generation)

    def _purged(self) -> bytes | None:
        path = self.folder / PURGED
        return path.read_bytes() if path.exists() else None

    def _unpublished(self, current: str | None) -> str | None:
        """The generation that was built here on top of the published one; None where there is none."""
        with suppress(BylineError):
            here = self.generations.current()
            is_next = Manifest.read(self.generations.folder(here)).parent == current
            return here if here != current and is_next and here not in complete(self.store) else None
        return None

    def _switch(self, generation: str | None) -> None:
        with suppress(BylineError):
            if self.generations.current() == generation:
                return
        with self.generations.locked():
            self.generations.switch(generation)
            if generation:
                self.generations.reclaim()

    def _manifest(self, generation: str, folder: Path) -> Manifest:
        found = self.store.get(f"{GENERATIONS}/{generation}/{FILE}")
        if found is None:
            raise IndexDamaged(f"generation {generation!r} is not in {self.url!r}; run: byline rebuild --full")
        (folder / FILE).write_bytes(found.data)
        manifest = Manifest.read(folder)
        wrong = [name for name in manifest.files if not _FILE_NAME.fullmatch(name) or name == FILE]
        if manifest.generation != generation or wrong or not manifest.files:
            raise IndexDamaged(
                f"the manifest of generation {generation!r} in {self.url!r} is not as it was written"
                f"{f' (it names a file {wrong[0][:80]!r})' if wrong else ''}; run: byline rebuild --full"
            )
        return manifest

    def _fetch_file(self, generation: str, folder: Path, name: str, stated: Checksum) -> None:
        path = folder / PurePosixPath(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        near = self.near / GENERATIONS / generation
        if _is_as_written(folder, name, stated):
            return
        if _is_as_written(near, name, stated):
            path.unlink(missing_ok=True)
            _linked(near / PurePosixPath(name), path)
            return
        for attempt in range(TRIES):
            sleep(PAUSE_SECONDS * attempt)
            self.download(f"{GENERATIONS}/{generation}/{name}", path, stated.bytes)
            if _is_as_written(folder, name, stated):
                return
        raise IndexDamaged(
            f"{self.url}/{GENERATIONS}/{generation}/{name} has other bytes than were written; "
            "run: byline rebuild --full, or byline rollback"
        )


def _is_as_written(folder: Path, name: str, stated: Checksum) -> bool:
    with suppress(IndexDamaged):
        check(folder, {name: stated}, whole=True)
        return True
    return False


def _linked(source: Path, target: Path) -> None:
    """The files of generations never change, so two folders can share them."""
    try:
        os.link(source, target)
    except OSError:  # another disk, or one that has no links
        shutil.copyfile(source, target)
