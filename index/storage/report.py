"""The state of an index, for its operator."""

from contextlib import closing
from pathlib import Path
from sqlite3 import DatabaseError
from typing import Any

from corpus.errors import BylineError, IndexDamaged, IndexMissing, SettingsError
from index.storage.articles import ArticleStore
from index.storage.checksums import ADVICE, check
from index.storage.generations import Generations
from index.storage.manifest import Manifest, stated_options, stated_sources
from index.storage.opened import ARTICLES
from index.storage.purged import FILE as PURGED
from index.storage.purged import Purged
from index.storage.served_vectors import Pointer, is_served
from index.storage.vector_server import VectorServer
from index.storage.vectors import VECTORS, check_served


def report(index: Path) -> dict[str, Any]:
    """The manifest of the generation in use, with the dates and outlets of its articles and the generations on disk.

    Raises:
        IndexMissing: There is no index yet.
        IndexDamaged: Its files cannot be read.
    """
    generations = Generations(index)
    with generations.held(generations.current()) as folder:
        manifest = Manifest.read(folder)
        check(folder, manifest.files)
        try:
            with closing(ArticleStore.open(folder / ARTICLES)) as store:
                first, last = store.days() or (None, None)
                outlets = [{"source": source, "articles": articles} for source, articles in store.outlets()]
        except DatabaseError as error:
            raise IndexDamaged(f"{str(folder / ARTICLES)!r} cannot be read ({error}); {ADVICE}") from error
    stated = manifest.to_json()
    del stated["files"]
    collection = Pointer.read(folder / VECTORS).collection if is_served(folder / VECTORS) else None
    purged = Purged.read(index)
    return stated | {
        "index": str(index.absolute()),
        "collection": collection,
        "first_day": first and first.isoformat(),
        "last_day": last and last.isoformat(),
        "outlets": outlets,
        "kept": generations.kept(),
        "purged": dict(purged.since),
        "purge_unfinished": purged.is_unfinished,
        "bytes": sum(path.stat().st_size for path in index.rglob("*") if path.is_file()),
    }


def recorded_sources(index: Path) -> list[str] | None:
    """The paths of the generation in use, even if nothing else of it is readable; None without an index.

    Raises:
        SettingsError: It does not state them, or a purge left nothing of it.
    """
    try:
        folders = _recorded(Generations(index))
    except IndexMissing:
        if not (index / PURGED).exists():
            return None
        folders = []
    for folder in folders:
        if sources := stated_sources(folder):
            return sources
    raise SettingsError(f"the index in {str(index)!r} does not state what it was built from; name the paths")


def recorded_options(index: Path) -> dict[str, list[str]]:
    """How the generation in use was read: values by option name; empty without an index."""
    try:
        folders = _recorded(Generations(index))
    except IndexMissing:
        return {}
    return next((stated_options(folder) for folder in folders if stated_sources(folder)), {})


def verify(index: Path, server: VectorServer | None = None) -> list[str]:
    """Reads every byte of every kept generation; of collections on a server their size and a sample.

    Args:
        index: The folder.
        server: Where vectors are, unless they are in the folder.

    Returns:
        The damage, one line per generation; empty if there is none.
    """
    generations = Generations(index)
    damaged = []
    for generation in generations.kept():
        try:
            with generations.held(generation) as folder:
                check(folder, Manifest.read(folder).files, whole=True)
                check_served(folder / VECTORS, server)
        except BylineError as error:
            damaged.append(str(error))
    return damaged


def _recorded(generations: Generations) -> list[Path]:
    """The folder of the generation in use, then the others, newest first: its manifest may be damaged."""
    others = [generations.folder(one) for one in reversed(generations.kept())]
    try:
        return [generations.folder(generations.current()), *others]
    except IndexDamaged:
        return others
