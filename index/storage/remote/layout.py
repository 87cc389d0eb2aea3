"""What a store of an index holds, by name."""

from pathlib import PurePosixPath

from corpus.errors import IndexDamaged
from index.storage.generations import CURRENT, NAME
from index.storage.manifest import FILE
from index.storage.rebuild_progress import NullProgress
from index.storage.remote.store import Store

GENERATIONS = "generations"


SILENCE = NullProgress().show
"""Shows nothing of what is done."""


def published(store: Store, url: str) -> str | None:
    """The id of the generation in use; None where none is.

    Raises:
        IndexDamaged: CURRENT names no generation.
    """
    found = store.get(CURRENT)
    return None if found is None else named(found.data, url)


def named(data: bytes, url: str) -> str:
    """The generation that CURRENT's bytes name."""
    text = data.decode("utf-8", "replace").strip()
    if not NAME.fullmatch(text):
        raise IndexDamaged(f"{url}/{CURRENT} names no generation: {text[:80]!r}; run: byline rebuild --full")
    return text


def complete(store: Store) -> list[str]:
    """The ids of the generations that are whole in a store, oldest first."""
    names = (PurePosixPath(name).parts for name in store.listing(GENERATIONS))
    return sorted(parts[1] for parts in names if parts[2:] == (FILE,) and NAME.fullmatch(parts[1]))
