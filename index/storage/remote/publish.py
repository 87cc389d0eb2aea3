"""From a folder that was built in to a store: the files first, then CURRENT, then away with what is not needed."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path, PurePosixPath
from secrets import token_hex
from tempfile import TemporaryDirectory

from corpus.errors import BylineError, IndexBusy, IndexDamaged, IndexMissing
from index.storage.durable import written_at_once
from index.storage.generations import CURRENT, Generations
from index.storage.manifest import FILE, Manifest
from index.storage.purged import FILE as PURGED
from index.storage.purged import Purged
from index.storage.remote.fetched import pull_fetched, push_fetched
from index.storage.remote.layout import GENERATIONS, SILENCE, complete, named
from index.storage.remote.lease import Lease
from index.storage.remote.place import Origin, Place
from index.storage.remote.pull import Copy
from index.storage.remote.store import Listed, Replaced, Stored, open_store
from index.storage.rows import Show

GRACE = timedelta(hours=1)
"""How long a generation that is not needed stays in a store: a replica may be in the middle of reading it."""
OWNER = "publisher"


@contextmanager
def publishing(place: Place, show: Show = SILENCE, *, everything: bool = False, push: bool = True) -> Iterator[Path]:
    """A folder that has what is published, to be changed; afterwards the changes are published in one step.

    An index that is a folder is that folder itself. If the block raises, nothing is published.

    Args:
        place: Where the index is.
        show: Called with the stage, how much is done, and of how much.
        everything: Whether the block needs the generations before the one in use.
        push: Whether to publish.

    Raises:
        IndexBusy: Another publisher is at work, or has published meanwhile.
        IndexDamaged: What is published has other bytes than were written.
        BylineError: The store fails, or the disk.
    """
    if not isinstance(place, Origin):
        yield place
        return
    store = open_store(place.url)
    copy = Copy(store, place.url, place.workshop, place.copy, show)
    with ExitStack() as stack:
        stack.enter_context(copy.locked(0))
        lease = stack.enter_context(Lease(store, place.url, _owner(copy.folder)).held())
        publication = _begun(copy, lease, everything)
        yield copy.folder
        if push:
            try:
                publication.push()
            except KeyboardInterrupt as error:
                error.args = ("what was done is kept on this machine and is not published; run the command again",)
                raise


def prepared(place: Place) -> Path:
    """The folder that `publishing` gives, with what is published in it."""
    with publishing(place, push=False) as folder:
        return folder


def _begun(copy: Copy, lease: Lease, everything: bool) -> "_Publication":
    """What is published, brought here."""
    current, purged = copy.store.get(CURRENT), copy.store.get(PURGED)
    pull_fetched(copy)
    copy.pull(resumed=True)
    whole = everything or Purged.read(copy.folder).is_unfinished
    if whole:
        copy.pull(everything=True, resumed=True)
    return _Publication(copy, lease, current, purged, whole)


@dataclass(frozen=True, slots=True)
class _Publication:
    """What was published when the folder was filled, and what differs now.

    Attributes:
        copy: The folder, and the store.
        lease: The lock of the store.
        current: CURRENT as it was.
        purged: The list of what is purged as it was.
        whole: Whether the folder had all generations of the store, which the store is then to have, too.
    """

    copy: Copy
    lease: Lease
    current: Stored | None
    purged: Stored | None
    whole: bool

    def push(self) -> None:
        """Publishes what differs."""
        store, here = self.copy.store, self.copy.generations
        listed = Purged.read(self.copy.folder)
        purges = bool(listed.ids) and self._differs(PURGED, self.purged)
        if purges:  # so that a purge whose publication is killed is known to be unfinished
            self._upload_purged(replace(listed, is_unfinished=True))
        there = complete(store)
        current = _in_use(here)
        for generation in here.kept() if self.whole else filter(None, [current]):
            if generation not in there:
                self._upload(generation)
        self.lease.confirm()
        self._switch(current)
        self._remove(current)
        push_fetched(self.copy)
        if purges or self._differs(PURGED, self.purged):
            self._upload_purged(listed)

    def _differs(self, name: str, was: Stored | None) -> bool:
        path = self.copy.folder / name
        return (path.read_bytes() if path.exists() else None) != (was and was.data)

    def _upload(self, generation: str) -> None:
        """All files, and then the manifest, which makes it count."""
        folder = self.copy.generations.folder(generation)
        files = Manifest.read(folder).files
        if not files:
            raise IndexDamaged(f"generation {generation!r} was built without checksums; run: byline rebuild --full")
        total, done = sum(one.bytes for one in files.values()), 0
        under = f"{GENERATIONS}/{generation}"
        for name, stated in files.items():
            self.copy.store.upload(folder / PurePosixPath(name), f"{under}/{name}")
            done += stated.bytes
            self.copy.show("publishing", done, total)
        listed = self.copy.store.listing(under)
        arrived = {name: listed[f"{under}/{name}"].size for name in files if f"{under}/{name}" in listed}
        if cut := [name for name, stated in files.items() if arrived.get(name) != stated.bytes]:
            raise BylineError(f"{self.copy.url}/{under}/{cut[0]} did not arrive whole; run the command again")
        self.copy.store.upload(folder / FILE, f"{under}/{FILE}")

    def _switch(self, current: str | None) -> None:
        was = self.current
        if current == (was and named(was.data, self.copy.url)):
            return
        if current is None:
            self.copy.store.remove([CURRENT])
            return
        try:
            self.copy.store.put(CURRENT, f"{current}\n".encode(), was.version if was else None)
        except Replaced:
            found = self.copy.store.get(CURRENT)
            if found and named(found.data, self.copy.url) == current:  # our own request, retried
                return
            raise IndexBusy(
                f"another publisher has published to {self.copy.url!r} meanwhile, so nothing was switched; "
                "run the command again, on top of what that one did"
            ) from None

    def _remove(self, current: str | None) -> None:
        """Takes away what is not needed: the manifest first, so that no one begins to read the rest."""
        store = self.copy.store
        listed = store.listing(GENERATIONS)
        needed = self._needed(current, listed)
        doomed = [name for name in listed if PurePosixPath(name).parts[1] not in needed]
        store.remove([name for name in doomed if PurePosixPath(name).parts[2:] == (FILE,)])
        store.remove([name for name in doomed if PurePosixPath(name).parts[2:] != (FILE,)])

    def _needed(self, current: str | None, listed: Mapping[str, Listed]) -> set[str | None]:
        """The generation in use, the one before it, and those that a replica may be reading."""
        here = self.copy.generations
        if self.whole:
            return set(here.kept())
        parent = Manifest.read(here.folder(current)).parent if current else None
        written = {name: one.modified for name, one in listed.items() if name.endswith(f"/{FILE}")}
        now = max(written.values(), default=None)
        whole = sorted(PurePosixPath(name).parts[1] for name in written)
        fresh = {
            one for one, after in pairwise(whole) if now and now - written[f"{GENERATIONS}/{after}/{FILE}"] < GRACE
        }
        return {current, parent, *whole[-1:], *fresh}

    def _upload_purged(self, listed: Purged) -> None:
        with TemporaryDirectory() as folder:
            listed.write(Path(folder))
            self.copy.store.upload(Path(folder) / PURGED, PURGED)


def _in_use(generations: Generations) -> str | None:
    try:
        return generations.current()
    except IndexMissing:  # the last of its articles was purged
        return None


def _owner(folder: Path) -> str:
    """The id of a folder that is published from."""
    path = folder / OWNER
    if not path.exists():
        written_at_once(path, token_hex(8))
    return path.read_text(encoding="utf-8")
